/** A secret that is put into files, where files contain secrets, to see whether anything that the gate says repeats it. */

/** Looks like base64, so that it may appear in a key block. No part of it is in any file by chance. */
export const SECRET = 'Qm9vdHNBcmVTZWNyZXRBbmRMb3VkT25lcw';

/** So much of the secret in one piece is a leak. */
const TELLING = 10;

const BLOCK = `-----BEGIN RSA PRIVATE KEY-----\n${SECRET}${SECRET}\n-----END RSA PRIVATE KEY-----`;

/** Where a secret may appear in a file of that name: behind the first match of the pattern, the text. */
interface Spot {
  readonly path: RegExp;
  readonly behind: RegExp;
  readonly text: string;
}

const SPOTS: readonly Spot[] = [
  {
    path: /\.config$/i,
    behind: /<appSettings[^<>]*>/,
    text: `<add key="ApplicationCertificatePassword" value="${SECRET}"/>`,
  },
  {
    path: /\.config$/i,
    behind: /<appSettings[^<>]*>/,
    text: `<add key="WCPage_CookieEncryptionKey" value="${SECRET}"/>`,
  },
  { path: /\.properties$/i, behind: /^/, text: `keystore.password=${SECRET}\n` },
  { path: /healthvault\.ya?ml$/i, behind: /\nproduction:[^\n]*\n/, text: `  cert_pass: ${SECRET}\n` },
  { path: /application\.ya?ml$/i, behind: /^/, text: `health-vault-keystore-password: ${SECRET}\n` },
  { path: /settings[^/]*\.py$/i, behind: /^/, text: `HEALTHVAULT_PRIVATE_KEY = '${SECRET}'\n` },
  {
    path: /clientsettings[^/]*\.xml$/i,
    behind: /<(?:clientsettings|environment)[^<>]*>/i,
    text: `<password>${SECRET}</password>`,
  },
  { path: /\.plist$/i, behind: /<dict>/, text: `<key>password</key><string>${SECRET}</string>` },
  { path: /\.(?:pem|cer|crt)$/i, behind: /^/, text: `${BLOCK}\n` },
  { path: /\.(?:cs|java|rb|ps1)$/i, behind: /^/, text: `// ${BLOCK}\n` },
  { path: /settings[^/]*\.py$/i, behind: /^/, text: `SIGNING = """${BLOCK}"""\n` },
];

/** The file with the secret in it, or the file itself where it has no place for one. `choice` picks among the places. */
export function plant(path: string, bytes: Uint8Array, choice: number): Uint8Array {
  const spots = SPOTS.filter((spot) => spot.path.test(path));
  const spot = spots[choice % Math.max(spots.length, 1)];
  if (spot === undefined) return bytes;
  const text = Buffer.from(bytes).toString('latin1');
  const found = spot.behind.exec(text);
  if (found === null) return bytes;
  const at = found.index + found[0].length;
  return Buffer.from(`${text.slice(0, at)}${spot.text}${text.slice(at)}`, 'latin1');
}

/** Whether a text repeats so much of the secret that it helps to guess it. */
export function leaks(text: string): boolean {
  for (let start = 0; start + TELLING <= SECRET.length; start += TELLING) {
    if (text.includes(SECRET.slice(start, start + TELLING))) return true;
  }
  return false;
}
