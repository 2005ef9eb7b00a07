/** Files that are encrypted as a whole, so that the commit does not contain their text. */

/** The beginnings of git-crypt, Ansible Vault, OpenPGP, age and OpenSSL, the last also in base64. */
const BEGINNING =
  /^(?:\0GITCRYPT\0|\$ANSIBLE_VAULT;|-----BEGIN (?:PGP MESSAGE|AGE ENCRYPTED FILE)-----|age-encryption\.org\/|Salted__|U2FsdGVkX1)/;

/** Whether the bytes are an encrypted file. A tolerant reader would take it for another product's configuration. */
export function isEncrypted(bytes: Uint8Array): boolean {
  return BEGINNING.test(new TextDecoder('latin1').decode(bytes.subarray(0, 64)));
}
