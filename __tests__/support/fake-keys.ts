/** Texts in the form of private keys that belong to no account. */

/** PKCS#1 by its first bytes, a sentence behind them. */
export const KEY_DER = Uint8Array.from([
  ...[0x30, 0x82, 0x01, 0x20, 0x02, 0x01, 0x00],
  ...new TextEncoder().encode('FAKE, this is not a real private key of anybody. '.repeat(3)),
]);
export const KEY_BASE64 = Buffer.from(KEY_DER).toString('base64');
export const KEY_HEX = Buffer.from(KEY_DER).toString('hex');
export const KEY_BODY = 'FAKEFAKEnotARealKeyFAKEFAKE';
export const KEY_PEM = `-----BEGIN RSA PRIVATE KEY-----\n${KEY_BODY}\n-----END RSA PRIVATE KEY-----`;

/** Text in lines of so many characters. */
export function wrapText(text: string, width: number, between = '\n'): string {
  return (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(between);
}
