/** Files and values that are not certificates, and keys that are shorter than recommended. */
import { defineMessage } from '../../model/messages.ts';
import type { CertificateFacts } from '../../model/source.ts';

export const messages = {
  certificateUnreadable: defineMessage(
    'certificate-unreadable',
    'This is not a certificate in DER, PEM or hexadecimal. Export it again.',
    'Export the certificate again. If the file is not a certificate, rename it or add it to `ignore`.',
  ),
  certificateBlockUnreadable: defineMessage(
    'certificate-block-unreadable',
    ({ label }: { label: string }) =>
      `The block ${label} of this PEM file is not a readable certificate. Export it again.`,
    'Export the certificate again.',
  ),
  certificateBlockOpen: defineMessage(
    'certificate-block-open',
    ({ label }: { label: string }) => `The block ${label} of this PEM file is not closed. Add its END line.`,
    'Add the line `-----END ...-----`.',
  ),
  certificateKeySize: defineMessage(
    'certificate-key-size',
    ({ subject, bits }: { subject: string; bits: number }) =>
      `The key of ${subject} has ${bits} bits, and 2048 are recommended. Use a longer key for the next certificate.`,
    'Use a key of 2048 bits for the next certificate.',
  ),
  valueThumbprint: defineMessage(
    'value-thumbprint',
    ({ key }: { key: string }) => `${key} is not a valid SHA-1 thumbprint. Write 40 hexadecimal digits.`,
    'Write the 40 hexadecimal digits of the SHA-1 thumbprint.',
  ),
};

/** Names and values as they are shown. */
export const words = {
  keyBesideCertificate: (label: string) => `private key beside the certificate (${label})`,
  certificate: ({ subject, notBefore, notAfter, keyType, keyBits }: CertificateFacts, short: string) => {
    const key = keyBits === null ? keyType : `${keyType} ${keyBits}`;
    return `${subject}, valid ${notBefore.slice(0, 10)} to ${notAfter.slice(0, 10)}, ${key}, thumbprint ${short}…`;
  },
  noCertificate: (bytes: number, short: string) =>
    `${bytes} bytes that are not a readable certificate, digest ${short}…`,
  thumbprint: (thumbprint: string) => `thumbprint ${thumbprint}`,
  characters: (characters: number) => `${characters} characters`,
};
