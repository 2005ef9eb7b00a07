/**
 * Program source that names the SDK's configuration (domain 3.3 to 3.7). Nothing in it is read, comments included: that it
 * changed is all there is to say, and a person has to say what it means.
 */
import type { ConfigDocument } from '../model/document.ts';
import type { SourceFile } from '../model/source.ts';
import { decodeText } from '../syntax/text.ts';
import type { Format, ReadContext } from './format.ts';

const ID = 'source-code';

/** Names by which the SDKs of .NET, Android, iOS, Ruby, PHP and Python are configured, and by which children are made. */
const NAMES: readonly RegExp[] = [
  /HealthVault\w{0,40}Configuration\b/i,
  /\bHealth(?:Web)?ApplicationConfiguration\b/,
  /\bMHVConfiguration\b/,
  /master[-_]?app(?:lication)?[-_]?id/i,
  /\b(?:default|rest)HealthVault(?:Shell)?Url\b/i,
  /\bdefaultShellUrl\b/i,
  /\bProvisioner\.(?:Add|Update)Application\b/,
  /\bMicrosoft\.Health\.ApplicationProvisioning\b/,
  /\b(?:Online|Offline)BaseAuthorizations\b/,
  /\bHEALTH_VAULT_(?:PLATFORM_URL|SHELL_URL)\b/,
  /\bHEALTHVAULT_[A-Z][A-Z_]*\b/,
  /\bHV_(?:APP_?ID|CERT_FILE|CERT_PASS|SHELL_URL|HV_URL|SERVICE_SERVER)\b/,
];

export const sourceCode: Format = {
  id: ID,
  claims: (path) => /\.(?:cs|vb|java|kt|m|mm|h|swift|php|rb|py|ps1)$/i.test(path),
  read(file, context) {
    const text = textOf(file.bytes);
    if (!NAMES.some((name) => name.test(text))) return { kind: 'not-configuration' };
    return { kind: 'documents', documents: [documentOf(file, text, context)] };
  },
};

/** Compilers take encodings of all kinds; for the names alone, and to tell two versions apart, any reading will do. */
function textOf(bytes: Uint8Array): string {
  const decoded = decodeText(bytes, 'plain');
  return 'text' in decoded ? decoded.text : new TextDecoder('windows-1252').decode(bytes);
}

function documentOf(file: SourceFile, text: string, { cryptography }: ReadContext): ConfigDocument {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  return {
    file: file.path,
    part: null,
    format: ID,
    role: 'source-code',
    completeness: 'complete',
    environment: 'unknown',
    settings: [],
    defaults: {},
    silentOn: [],
    lints: [],
    digest: cryptography.sha256(new TextEncoder().encode(lines.join('\n'))),
  };
}
