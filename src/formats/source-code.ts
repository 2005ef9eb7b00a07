/**
 * Program source that names the SDK's configuration. Its code and comments are not interpreted. A change is reported,
 * and a person has to determine its meaning. Only literal secrets are settings.
 */
import { computeSha256, readCertificate } from '../model/digest.ts';
import type { Setting } from '../model/document.ts';
import { findHealthVaultHost } from '../model/environment.ts';
import { uniqueBy } from '../model/lists.ts';
import { createPositionFinder } from '../syntax/positions.ts';
import { decodeText } from '../syntax/text.ts';
import { decodePlainText } from './certificates/pem.ts';
import { completeDocument } from './client/client-document.ts';
import type { Format } from './format.ts';
import { buildSecret, isSecretName } from './secrets/secrets.ts';
import { words } from './words.ts';

const ID = 'source-code';

/** Names that configure the SDKs of .NET, Android, iOS, Ruby, PHP and Python, and names that create child applications. */
const NAMES: readonly RegExp[] = [
  /HealthVault\w{0,40}Configuration\b/i,
  /\bHealth(?:Web)?ApplicationConfiguration\b/,
  /\bMHVConfiguration\b/,
  /master[-_]?app(?:lication)?[-_]?id/i,
  /\b(?:default|rest)HealthVault(?:Shell)?Url\b/i,
  /\bdefaultShellUrl\b/i,
  /\b[Pp]rovisioner\]?(?:\.|::)(?:Add|Update)Application\b/,
  /\bMicrosoft\.Health\.ApplicationProvisioning\b/,
  /\bcom\.microsoft\.wc\.methods\.(?:Add|AddSoda|Update)Application\b/,
  /\b(?:Online|Offline)BaseAuthorizations\b/,
  /\bHEALTH_VAULT_(?:PLATFORM_URL|SHELL_URL)\b/,
  /\bHEALTHVAULT_[A-Z][A-Z_]*\b/,
  /\bhealthvaultlib\b|\bHealthVaultConn\b/,
  /\bHV_(?:APP_?ID|CERT_FILE|CERT_PASS|SHELL_URL|HV_URL|SERVICE_SERVER)\b/,
];

/** Names of single settings. A script that only writes configuration files names them too. */
const SETTING_NAMES: readonly RegExp[] = [
  /\b(?:HV_|Rest)?HealthServiceUrl\b|\bsetShellUrl\b/,
  /multi[-_]?instance[-_]?aware|\bis[-_]?multi[-_]?record[-_]?app\b|\bsetIsMRA\b|["']is-mra["']/i,
  /\bHV_(?:ApplicationId|ShellUrl|AppCert\w+|ApplicationCertificate\w+|RestHealthServiceUrl|Action[A-Z]\w+|Is[A-Z]\w+)\b/,
  /\bWCPage_(?:Action|Is)[A-Z]\w+\b/,
  /\bprovider\s*\(?\s*:healthvault\b/,
];

/** Names that other software has too. They count only if the file mentions HealthVault. */
const COMMON_NAMES =
  /\bset(?:Service|Rest)Url\b|\bisMRA\b|["'](?:service-url|shell-url|rest-url|ApplicationId|ShellUrl|(?:Add|AddSoda|Update)Application)["']/i;
const MENTIONS_HEALTHVAULT =
  /health_?vault|\bMicrosoft\.Health\b|\bcom\.microsoft\.hsg\b|\bHealthService(?:Request|Connection)\b/i;

/** Settings of pyhealthvault with names that are too common to count in any other language. */
const PYTHON_NAMES = /^[ \t]*APP_(?:(?:ACTION_URL|THUMBPRINT)\s*=(?!=)|(?:PRIVATE|PUBLIC)_KEY\s*=\s*(?:int\s*\(|0x))/m;

export const sourceCode: Format = {
  id: ID,
  matchesPath: (path) => /\.(?:cs|vb|java|kt|m|mm|h|swift|php|rb|py|ps1)$/i.test(path),
  read({ path: file, bytes }) {
    const text = decodeSource(bytes);
    if (!namesConfiguration(file, text)) return { kind: 'not-configuration' };
    const lines = text.trimEnd().split(/\r\n|\r|\n/);
    const document = completeDocument({
      file,
      format: ID,
      role: 'source-code',
      environment: 'unknown',
      settings: findSecrets(file, text),
      digest: computeSha256(lines.map((line) => line.trimEnd()).join('\n')),
    });
    return { kind: 'documents', documents: [document] };
  },
};

function namesConfiguration(path: string, text: string): boolean {
  if (NAMES.some((name) => name.test(text))) return true;
  if (/\.ps1$/i.test(path)) return false; // what edits configuration files is tooling
  if (/\.py$/i.test(path) && PYTHON_NAMES.test(text)) return true;
  if (COMMON_NAMES.test(text) && MENTIONS_HEALTHVAULT.test(text)) return true;
  return SETTING_NAMES.some((name) => name.test(text)) || namesHost(text);
}

/** Whether the text contains one of HealthVault's hosts. Its web site does not count, because it is only linked to. */
function namesHost(text: string): boolean {
  for (const [host] of text.matchAll(/(?<![\w.-])[\w-]+(?:\.[\w-]+){2,}/g)) {
    if (!host.startsWith('www.') && findHealthVaultHost(host) !== null) return true;
  }
  return false;
}

/** Compilers accept many encodings. Any of them is enough to find names and to compare two versions. */
function decodeSource(bytes: Uint8Array): string {
  const decoded = decodeText(bytes, 'plain');
  return 'text' in decoded ? decoded.text : new TextDecoder('windows-1252').decode(bytes);
}

/** Constants of the Ruby and Python libraries with a text or a number. A name as the text refers to a variable. */
const CONSTANT =
  /(?<![\w.])((?:HEALTHVAULT|HV|APP)_[A-Z_]+)\s*=\s*(?:(0x[0-9a-fA-F]{4,}|\d{5,})|[rbu]{0,2}(["'])(?![A-Z][A-Z0-9_]*\3)([^"'\\\r\n]+)\3)/g;

function findSecrets(file: string, text: string): readonly Setting[] {
  const findPosition = createPositionFinder(text);
  const constants = [...text.matchAll(CONSTANT)].flatMap((match): readonly Literal[] => {
    const [{ length }, name = '', number, , written = ''] = match;
    const start = match.index + length - (number === undefined ? written.length + 2 : number.length);
    return isSecretName(name) ? [{ name, text: number ?? written, start }] : [];
  });
  return uniqueBy([...constants, ...findExponents(text)], ({ start }) => start).flatMap(
    ({ name, text: written, start }): readonly Setting[] => {
      const value = buildSecret(written, /KEY/i.test(name) ? words.privateKey(name) : words.secret(name));
      return value === null ? [] : [{ id: 'secret', value, at: { file, ...findPosition(start) } }];
    },
  );
}

interface Literal {
  readonly name: string;
  readonly text: string;
  readonly start: number;
}

/** A long number, or hexadecimal digits in quotes, in pieces that a language joins or that are added. */
const LONG_NUMBER =
  /(?<![\w.])(?:0[xX][0-9a-fA-F_]{100,}|\d[\d_]{149,})|(["'])[0-9a-fA-F]{16,}\1(?:[\s\\+&.]{0,80}[rbuRBU@]{0,2}(["'])[0-9a-fA-F]{1,2000}\2)*/g;
/** Fewest digits of a private exponent of an RSA key (512 bits), regardless of its name. */
const SHORTEST_KEY = 100;
const LONGEST_DIGEST = 128;
/** The name of a literal in an assignment, an argument or an entry. */
const GIVEN_NAME =
  /([A-Za-z_]\w{0,80})["']?\s{0,5}(?::\s{0,3}\w{1,20}\s{0,3})?(?:=>?|:|\()\s{0,80}(?:new\s{1,3})?(?:[\w.]{1,60}\(\s{0,80})?[rbuRBU@]{0,2}$/;
const PUBLIC_NAME = /pub|modul|^n$|cert|thumb|finger|sign|hash|digest|sha|md5|image|icon|logo|png|blob/i;

/** Private exponents. The libraries of Python and PHP take them as numbers, and so may any code. */
function findExponents(text: string): readonly Literal[] {
  return [...text.matchAll(LONG_NUMBER)].flatMap(({ 0: written, index: start }) => {
    const pieces = Array.from(written.matchAll(/["']([0-9a-fA-F]+)["']/g), ([, piece = '']) => piece);
    const digits = pieces.length > 0 ? pieces.join('') : written.replace(/^0[xX]|_/g, '');
    const name = GIVEN_NAME.exec(text.slice(Math.max(0, start - 300), start))?.[1] ?? '';
    const isLong = digits.length >= SHORTEST_KEY && (digits.length > LONGEST_DIGEST || isSecretName(name));
    const isPublic = PUBLIC_NAME.test(name) && !isSecretName(name);
    return isLong && !isPublic && !isCertificate(digits) ? [{ name, text: digits, start }] : [];
  });
}

function isCertificate(digits: string): boolean {
  const der = decodePlainText(digits);
  return der !== null && readCertificate(der) !== null;
}
