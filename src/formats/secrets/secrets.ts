/** What is a secret, the same for every reader: by the name of its key, and by the text in its place. */
import { sha256 } from '../../model/digest.ts';
import type { SettingValue } from '../../model/document.ts';

/** Ends of the names of passwords, tokens and private keys, as words. */
const SECRET_ENDS =
  /(?:^|[^a-z])(?:pass|pwd|pin|token|credentials?|(?:api|access|account|encryption|cookie|signing)key)$/;

/** Words that make a name one anywhere in it. */
const SECRET_WORDS = /password|passwd|passphrase|secret|privatekey/;

/** Whether a key of this name, in any spelling (`cert_pass`, `CertPass`, `keystore.pwd`, `api-key`), holds a secret. */
export function isSecretName(name: string): boolean {
  const words = splitWords(name).trim();
  return SECRET_WORDS.test(words.replaceAll(' ', '')) || SECRET_ENDS.test(words.replace(/ key$/, 'key'));
}

/** A name in any spelling as words in lower case, separated by single spaces. The result may start or end with one. */
export function splitWords(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3 $2$4').toLowerCase();
  return words.replace(/[^a-z0-9]+/g, ' ');
}

/**
 * Whether a build or a deployment fills in the whole value, so that nothing of it is in the file: `${x}`, `#{x}#`, `$(X)`,
 * `__X__`, `{{x}}`, `<%= x %>`, `%X%`. One with a default value (`${x:...}`) or with other text around it is a literal.
 */
export function isWholePlaceholder(text: string): boolean {
  return /^(?:[$#]\{[\w.\- ]+\}#?|\$\([\w.\- ]+\)|__[A-Za-z](?:(?!__)[\w.-])*__|\{\{[\w.\- ]+\}\}|<%=?[^%'"]*%>|%[A-Za-z_]\w*%)$/.test(
    text.trim(),
  );
}

/** A secret by its digest, or null for an empty text and for a placeholder, which give nothing away. `what` names it for people. */
export function buildSecret(text: string, what: string): SettingValue | null {
  if (text === '' || isWholePlaceholder(text)) return null;
  return { kind: 'secret', meaning: sha256(text), what };
}

/** The scheme of an address anywhere in a text, except in the path of another address. */
const SCHEME = '(?<![\\w+./-])[a-z][a-z0-9+.-]{0,20}://';

/** The passwords in the addresses (`https://user:password@host`) of a text, in order. */
export function findAddressPasswords(text: string): readonly string[] {
  const found = text.matchAll(new RegExp(`${SCHEME}[^/?#@\\s:]*:([^/?#\\s]+)@`, 'gi'));
  return [...found].map(([, password = '']) => password);
}

/** The same as one secret: of several, those that are not placeholders; null where there is none. */
export function joinAddressPasswords(text: string): string | null {
  const all = findAddressPasswords(text);
  const [first = null] = all;
  return all.length < 2 ? first : all.filter((one) => !isWholePlaceholder(one)).join('\n');
}

/** A text to show: addresses in it without the user's name and password. */
export function removeCredentials(text: string): string {
  return text.replace(new RegExp(`(${SCHEME})[^/?#\\s]*@`, 'gi'), '$1');
}
