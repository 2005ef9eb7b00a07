/** Digests and certificates, by Node's own library: pure, and the one file of the core that may import it. */
import { createHash, X509Certificate } from 'node:crypto';
import type { CertificateFacts, Cryptography } from './source.ts';

function digest(algorithm: 'sha1' | 'sha256', bytes: Uint8Array): string {
  return createHash(algorithm).update(bytes).digest('hex');
}

function certificate(der: Uint8Array): CertificateFacts | null {
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

/** Digests and certificates by `node:crypto`. */
export const nodeCryptography: Cryptography = {
  sha1: (bytes) => digest('sha1', bytes),
  sha256: (bytes) => digest('sha256', bytes),
  certificate,
};
