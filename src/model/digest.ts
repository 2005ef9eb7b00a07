/** Digests and certificates, by Node's own library: pure, and the one file of the core that may import it. */
import { createHash, X509Certificate } from 'node:crypto';
import type { CertificateFacts, Tree } from './source.ts';

/** SHA-1 as lower-case hex: git's ids and certificate thumbprints. */
export function computeSha1(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}

/** SHA-256 of bytes, or of a text as UTF-8, as lower-case hex. */
export function computeSha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Identifies the content of a file, even if it is not available; null: there is no file. */
export function identifyContent(path: string | null, tree: Tree): string | null {
  const content = path === null ? null : tree.readFile(path);
  if (content === null) return null;
  return content.bytes === undefined ? content.id : computeSha256(content.bytes);
}

/** Git's id of a file with this content. A repository has ids of one of two lengths: 40 digits (SHA-1) or 64. */
export function computeGitBlobId(bytes: Uint8Array, length: 40 | 64 = 40): string {
  const hash = createHash(length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Facts of one DER certificate, or null when the bytes are not a certificate. */
export function readCertificate(der: Uint8Array): CertificateFacts | null {
  try {
    const parsed = new X509Certificate(der);
    return {
      subject: parsed.subject.split('\n').join(', '),
      notBefore: new Date(parsed.validFrom).toISOString(),
      notAfter: new Date(parsed.validTo).toISOString(),
      keyType: (parsed.publicKey.asymmetricKeyType ?? 'unknown').toUpperCase(),
      keyBits: parsed.publicKey.asymmetricKeyDetails?.modulusLength ?? null,
    };
  } catch {
    return null; // by contract: not a certificate
  }
}
