/** Key stores, and files with private keys but no certificate. They are opaque and always a secret, and no part is shown. */
import { computeSha256 } from '../../model/digest.ts';
import type { SourceFile } from '../../model/source.ts';
import { decodeText } from '../../syntax/text.ts';
import { completeDocument } from '../client/client-document.ts';
import type { Format } from '../format.ts';
import { findPathEnvironment } from './certificate.ts';
import { decodePlainText, isKeyMaterial, isPrivateKeyLabel, parsePemBlocks } from './pem.ts';

const ID = 'key-store';

export const keyStore: Format = {
  id: ID,
  matchesPath: (path) => isStore(path) || /\.(?:cer|crt|der|pem)$/i.test(path),
  read(file) {
    const keys = readKeys(file);
    if (keys === null && !isStore(file.path)) return { kind: 'not-configuration' };
    const document = completeDocument({
      file: file.path,
      format: ID,
      role: 'key-store',
      environment: findPathEnvironment(file.path),
      settings: [],
      digest: computeSha256(keys ?? file.bytes),
    });
    return { kind: 'documents', documents: [document] };
  },
};

/** Stores are recognized by name, because their content cannot be read. */
function isStore(path: string): boolean {
  return /\.(?:pfx|p12|jks|keystore)$/i.test(path);
}

/** The keys in a file, or null. Line ends of a PEM file are left out, because they can change without the key. */
function readKeys(file: SourceFile): Uint8Array | string | null {
  if (isKeyMaterial(file.bytes)) return file.bytes;
  const decoded = decodeText(file.bytes, 'plain');
  if ('problem' in decoded) return null;
  const keys = parsePemBlocks(decoded.text).filter(({ label }) => isPrivateKeyLabel(label));
  if (keys.length > 0) return keys.map(({ label, body }) => `${label} ${body}`).join('\n');
  const bare = decodePlainText(decoded.text);
  return bare !== null && isKeyMaterial(bare) ? bare : null;
}
