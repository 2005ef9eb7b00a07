/**
 * Public certificates as files: DER, PEM with one or several, or hexadecimal text. They are compared as a set, so
 * another encoding of the same certificate is not a change. A private key in the file is a secret.
 */
import { computeSha256, readCertificate } from '../../model/digest.ts';
import type { Environment, Lint, ParseProblem, Setting } from '../../model/document.ts';
import type { Message } from '../../model/messages.ts';
import type { Place, Position, SourceFile } from '../../model/source.ts';
import { decodeText } from '../../syntax/text.ts';
import { completeDocument } from '../client/client-document.ts';
import type { Format } from '../format.ts';
import { createAdvice, findShortKeyBits } from '../registered/limits.ts';
import { toSetValue } from '../registered/values.ts';
import { toCertificateItem } from './certificate-value.ts';
import { messages, words } from './messages.ts';
import {
  decodeBase64,
  decodePlainText,
  isCertificateLabel,
  isKeyMaterial,
  isPrivateKeyLabel,
  parsePemBlocks,
} from './pem.ts';

const ID = 'certificate';

/** Blocks that such files may contain in addition to certificates and keys. */
const OTHER_BLOCK = /^(?:(?:NEW )?CERTIFICATE REQUEST|X509 CRL|DH PARAMETERS|EC PARAMETERS|(?:RSA )?PUBLIC KEY)$/;

export const certificate: Format = {
  id: ID,
  matchesPath: (path) => /\.(?:cer|crt|der|pem)$/i.test(path),
  read(file) {
    const found = readContent(file);
    if (found === null) return { kind: 'not-configuration' };
    if ('problem' in found) return { kind: 'unreadable', problem: found.problem };
    const { certificates, secrets } = found;
    const at = certificates[0]?.at ?? { file: file.path, line: 1, column: 1 };
    const items = certificates.map((one) => toCertificateItem(one.der, one.at));
    const document = completeDocument({
      file: file.path,
      format: ID,
      role: 'certificate',
      environment: findPathEnvironment(file.path),
      settings: [{ id: 'certificate', value: toSetValue(items), at }, ...secrets],
      lints: certificates.flatMap((one) => checkKey(one.der, one.at)),
    });
    return { kind: 'documents', documents: [document] };
  },
};

/** Pre-production if the path contains the word `ppe` and no word for production. Otherwise unknown. */
export function findPathEnvironment(path: string): Environment {
  const parts = path.toLowerCase().split(/[^a-z0-9]+/);
  return parts.includes('ppe') && !parts.some((word) => /^(?:prod|production|live)$/.test(word)) ? 'ppe' : 'unknown';
}

interface CertificateContent {
  readonly certificates: readonly { readonly der: Uint8Array; readonly at: Place }[];
  readonly secrets: readonly Setting[];
}

/** The certificates in a file. Null if it contains only keys, requests or parameters. */
function readContent({ path, bytes }: SourceFile): CertificateContent | { readonly problem: ParseProblem } | null {
  const buildSingleContent = (der: Uint8Array): CertificateContent => ({
    certificates: [{ der, at: { file: path, line: 1, column: 1 } }],
    secrets: [],
  });
  if (bytes[0] === 0x30 && isCertificate(bytes)) return buildSingleContent(bytes);
  if (isKeyMaterial(bytes)) return null;
  const decoded = decodeText(bytes, 'plain');
  if ('problem' in decoded) return refuse(messages.certificateUnreadable(), null);
  const blocks = parsePemBlocks(decoded.text);
  if (blocks.length === 0) {
    const der = decodePlainText(decoded.text);
    if (der !== null && isCertificate(der)) return buildSingleContent(der);
    return der !== null && isKeyMaterial(der) ? null : refuse(messages.certificateUnreadable(), null);
  }
  const certificates: CertificateContent['certificates'][number][] = [];
  const secrets: Setting[] = [];
  for (const { label, body, at, start, end } of blocks) {
    if (isPrivateKeyLabel(label)) {
      const value = {
        kind: 'secret',
        meaning: computeSha256(body ?? decoded.text.slice(start, end)),
        what: words.keyBesideCertificate(label),
      } as const;
      secrets.push({ id: 'secret', value, at: { file: path, ...at } });
    } else if (isCertificateLabel(label)) {
      if (body === null) return refuse(messages.certificateBlockOpen({ label }), at);
      const der = decodeBase64(body);
      if (der === null || !isCertificate(der)) return refuse(messages.certificateBlockUnreadable({ label }), at);
      certificates.push({ der, at: { file: path, ...at } });
    } else if (!OTHER_BLOCK.test(label)) return refuse(messages.certificateBlockUnreadable({ label }), at);
  }
  return certificates.length === 0 ? null : { certificates, secrets };
}

function refuse(message: Message, at: Position | null): { readonly problem: ParseProblem } {
  return { problem: { ...message, at } };
}

function isCertificate(der: Uint8Array): boolean {
  return readCertificate(der) !== null;
}

function checkKey(der: Uint8Array, at: Place): readonly Lint[] {
  const bits = findShortKeyBits(der);
  const subject = readCertificate(der)?.subject ?? '';
  return bits === null ? [] : [createAdvice(messages.certificateKeySize({ subject, bits }), 'ACC-certs', at)];
}
