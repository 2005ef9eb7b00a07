/** Key stores and files that hold private keys and no certificate: opaque, and always a secret. Nothing of them is shown. */
import type { ConfigDocument, ReadResult } from '../../model/document.ts';
import type { SourceFile } from '../../model/source.ts';
import { decodeText } from '../../syntax/text.ts';
import type { Format, ReadContext } from '../format.ts';
import { environmentOfPath } from './certificate.ts';
import { bytesOfPlainText, isKeyMaterial, isPrivateKeyLabel, pemBlocks } from './pem.ts';

const ID = 'key-store';

export const keyStore: Format = {
  id: ID,
  claims: (path) => isStore(path) || /\.(?:cer|crt|der|pem)$/i.test(path),
  read(file, context): ReadResult {
    const keys = keyContent(file);
    if (keys === null && !isStore(file.path)) return { kind: 'not-configuration' };
    return { kind: 'documents', documents: [documentOf(file, keys ?? file.bytes, context)] };
  },
};

/** Stores by name: what is in them cannot be told from outside. */
function isStore(path: string): boolean {
  return /\.(?:pfx|p12|jks|keystore)$/i.test(path);
}

/** The bytes that make the keys what they are (line ends of a PEM file do not), or null when there is no key. */
function keyContent(file: SourceFile): Uint8Array | null {
  if (isKeyMaterial(file.bytes)) return file.bytes;
  const decoded = decodeText(file.bytes, 'plain');
  if ('problem' in decoded) return null;
  const keys = pemBlocks(decoded.text).filter(({ label }) => isPrivateKeyLabel(label));
  if (keys.length > 0) return new TextEncoder().encode(keys.map(({ label, body }) => `${label} ${body}`).join('\n'));
  const bare = bytesOfPlainText(decoded.text);
  return bare !== null && isKeyMaterial(bare) ? bare : null;
}

function documentOf(file: SourceFile, content: Uint8Array, { cryptography }: ReadContext): ConfigDocument {
  return {
    file: file.path,
    part: null,
    format: ID,
    role: 'key-store',
    completeness: 'complete',
    environment: environmentOfPath(file.path),
    settings: [],
    defaults: {},
    silentOn: [],
    lints: [],
    digest: cryptography.sha256(content),
  };
}
