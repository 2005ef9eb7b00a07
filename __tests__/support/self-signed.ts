/** A certificate for one host name and its key, created for each run of the tests and never kept. */
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';

export interface ServerIdentity {
  readonly key: string;
  readonly certificate: string;
}

/** DER: a tag, a length, and its content. */
function encodeDer(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const encodeSequence = (...parts: readonly Buffer[]): Buffer => encodeDer(0x30, ...parts);
const encodeIdentifier = (hex: string): Buffer => encodeDer(0x06, Buffer.from(hex, 'hex'));
const encodeBitString = (bytes: Buffer): Buffer => encodeDer(0x03, Buffer.from([0]), bytes);
const encodeTime = (text: string): Buffer => encodeDer(0x18, Buffer.from(text));

const COMMON_NAME = '550403';
const SUBJECT_ALTERNATIVE_NAME = '551d11';
const BASIC_CONSTRAINTS = '551d13';
const ECDSA_WITH_SHA256 = '2a8648ce3d040302';

/** A self-signed P-256 certificate (X.509 v3) whose only name is the host. */
export function createSelfSigned(host: string): ServerIdentity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  });
  const algorithm = encodeSequence(encodeIdentifier(ECDSA_WITH_SHA256));
  const name = encodeSequence(
    encodeDer(0x31, encodeSequence(encodeIdentifier(COMMON_NAME), encodeDer(0x0c, Buffer.from(host)))),
  );
  const names = encodeDer(0x04, encodeSequence(encodeDer(0x82, Buffer.from(host))));
  const authority = encodeDer(0x04, encodeSequence(encodeDer(0x01, Buffer.from([0xff]))));
  const extensions = encodeSequence(
    encodeSequence(encodeIdentifier(SUBJECT_ALTERNATIVE_NAME), names),
    encodeSequence(encodeIdentifier(BASIC_CONSTRAINTS), encodeDer(0x01, Buffer.from([0xff])), authority),
  );
  const body = encodeSequence(
    encodeDer(0xa0, encodeDer(0x02, Buffer.from([2]))),
    encodeDer(0x02, Buffer.from([1])),
    algorithm,
    name,
    encodeSequence(encodeTime('20200101000000Z'), encodeTime('20991231235959Z')),
    name,
    publicKey,
    encodeDer(0xa3, extensions),
  );
  const certificate = encodeSequence(
    body,
    algorithm,
    encodeBitString(sign('sha256', body, createPrivateKey(privateKey))),
  );
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    key: privateKey,
    certificate: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
  };
}

export type KeyKind = 'RSA' | 'DSA' | 'EC';

/** A new public key as DER (SubjectPublicKeyInfo). `bits` matters to RSA and DSA. */
export function makePublicKey(kind: KeyKind, bits = 2048): Buffer {
  const encoding = { type: 'spki', format: 'der' } as const;
  if (kind === 'EC') return generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export(encoding);
  if (kind === 'RSA') return generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export(encoding);
  return generateKeyPairSync('dsa', { modulusLength: bits, divisorLength: 160 }).publicKey.export(encoding);
}

/** A certificate as DER whose signature is empty: enough where only its content is looked at. */
export function makeUnsignedCertificate(publicKey: Buffer, subject: string, issuer = subject): Buffer {
  const name = (text: string) =>
    encodeSequence(encodeDer(0x31, encodeSequence(encodeIdentifier(COMMON_NAME), encodeDer(0x0c, Buffer.from(text)))));
  const algorithm = encodeSequence(encodeIdentifier(ECDSA_WITH_SHA256));
  const body = encodeSequence(
    encodeDer(0x02, Buffer.from([1])),
    algorithm,
    name(issuer),
    encodeSequence(encodeTime('20200101000000Z'), encodeTime('20991231235959Z')),
    name(subject),
    publicKey,
  );
  return encodeSequence(body, algorithm, encodeBitString(Buffer.alloc(1)));
}
