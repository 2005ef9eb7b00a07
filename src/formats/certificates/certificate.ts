/**
 * Public certificates as files: DER, PEM with one or several, hexadecimal text. Compared as a set of certificates, so
 * that another encoding of the same one is no change. A private key beside them is a secret.
 */
import sentences from '../../../data/messages/formats-files.json' with { type: 'json' };
import type { ConfigDocument, Environment, Lint, ParseProblem, Setting } from '../../model/document.ts';
import { fill } from '../../model/messages.ts';
import type { Place, SourceFile } from '../../model/source.ts';
import { decodeText } from '../../syntax/text.ts';
import type { Format, ReadContext } from '../format.ts';
import { setValue } from '../registered/values.ts';
import { certificateItem } from './certificate-value.ts';
import {
  bytesOfBase64,
  bytesOfPlainText,
  isCertificateLabel,
  isKeyMaterial,
  isPrivateKeyLabel,
  pemBlocks,
} from './pem.ts';

const ID = 'certificate';

/** Length advised for new keys; shorter ones are taken (ACC-certs). */
const ADVISED_KEY_BITS = 2048;

/** Blocks that may stand in such files and are neither a certificate nor a key. */
const OTHER_BLOCK = /^(?:(?:NEW )?CERTIFICATE REQUEST|X509 CRL|DH PARAMETERS|EC PARAMETERS|(?:RSA )?PUBLIC KEY)$/;

export const certificate: Format = {
  id: ID,
  claims: (path) => /\.(?:cer|crt|der|pem)$/i.test(path),
  read(file, context) {
    const found = contentsOf(file, context);
    if (found === null) return { kind: 'not-configuration' };
    if ('problem' in found) return { kind: 'unreadable', problem: found.problem };
    return { kind: 'documents', documents: [documentOf(file, found, context)] };
  },
};

/**
 * Pre-production by the word `ppe` in a folder's or the file's name, unless a word for production stands there too;
 * nothing else in a certificate tells.
 */
export function environmentOfPath(path: string): Environment {
  const words = path.toLowerCase().split(/[^a-z0-9]+/);
  return words.includes('ppe') && !words.some((word) => /^(?:prod|production|live)$/.test(word)) ? 'ppe' : 'unknown';
}

interface Found {
  readonly certificates: readonly { readonly der: Uint8Array; readonly at: Place }[];
  readonly secrets: readonly Setting[];
}

/** The certificates of a file; null when it is nothing but keys, requests or parameters. */
function contentsOf(file: SourceFile, context: ReadContext): Found | { readonly problem: ParseProblem } | null {
  const start: Place = { file: file.path, line: 1, column: 1 };
  const isCertificate = (der: Uint8Array) => context.cryptography.certificate(der) !== null;
  if (file.bytes[0] === 0x30 && isCertificate(file.bytes)) {
    return { certificates: [{ der: file.bytes, at: start }], secrets: [] };
  }
  if (isKeyMaterial(file.bytes)) return null;
  const decoded = decodeText(file.bytes, 'plain');
  if ('problem' in decoded) return unreadable();
  const blocks = pemBlocks(decoded.text);
  if (blocks.length === 0) {
    const der = bytesOfPlainText(decoded.text);
    if (der === null) return unreadable();
    if (isCertificate(der)) return { certificates: [{ der, at: start }], secrets: [] };
    return isKeyMaterial(der) ? null : unreadable();
  }
  const certificates: Found['certificates'][number][] = [];
  const secrets: Setting[] = [];
  for (const { label, body, at } of blocks) {
    if (isPrivateKeyLabel(label)) {
      const meaning = context.cryptography.sha256(new TextEncoder().encode(body ?? decoded.text));
      const what = fill(sentences['key-in-certificate-file'], { label });
      secrets.push({ id: 'secret', value: { kind: 'secret', meaning, what }, at: { file: file.path, ...at } });
    } else if (isCertificateLabel(label)) {
      const der = body === null ? null : bytesOfBase64(body);
      if (der !== null && isCertificate(der)) certificates.push({ der, at: { file: file.path, ...at } });
      else {
        const id = body === null ? 'certificate-block-open' : 'certificate-block-unreadable';
        return { problem: { id, message: fill(sentences[id], { label }), at } };
      }
    } else if (!OTHER_BLOCK.test(label)) {
      const id = 'certificate-block-unreadable';
      return { problem: { id, message: fill(sentences[id], { label }), at } };
    }
  }
  return certificates.length === 0 ? null : { certificates, secrets };
}

function unreadable(): { readonly problem: ParseProblem } {
  const id = 'certificate-unreadable';
  return { problem: { id, message: sentences[id], at: null } };
}

function documentOf(file: SourceFile, { certificates, secrets }: Found, context: ReadContext): ConfigDocument {
  const at = certificates[0]?.at ?? { file: file.path, line: 1, column: 1 };
  const items = certificates.map((found) => certificateItem(found.der, found.at, context.cryptography));
  return {
    file: file.path,
    part: null,
    format: ID,
    role: 'certificate',
    completeness: 'complete',
    environment: environmentOfPath(file.path),
    settings: [{ id: 'certificate', value: setValue(items), at }, ...secrets],
    defaults: {},
    silentOn: [],
    lints: certificates.flatMap((found) => keySizeLint(found.der, found.at, context)),
    digest: null,
  };
}

function keySizeLint(der: Uint8Array, at: Place, { cryptography }: ReadContext): readonly Lint[] {
  const facts = cryptography.certificate(der);
  if (facts?.keyType !== 'RSA' || facts.keyBits === null || facts.keyBits >= ADVISED_KEY_BITS) return [];
  const message = fill(sentences['certificate-key-size'], { subject: facts.subject, bits: facts.keyBits });
  return [{ id: 'certificate-key-size', severity: 'advice', message, source: 'ACC-certs', at }];
}
