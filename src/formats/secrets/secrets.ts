/** Finds secrets for every reader, by the name of the key and by the text of the value. */
import { computeSha256 } from '../../model/digest.ts';
import type { SettingValue } from '../../model/document.ts';

/** Kinds of keys that are never public. */
const KEY_KINDS =
  'private|priv|shared|secret|hmac|symmetric|master|encrypt(?:ion)?|decrypt(?:ion)?|crypt(?:o|ography)?|cipher|sign(?:ing|ature)?|' +
  'api|access|account|auth(?:entication|orization)?|cookie|session|validation|machine|storage|subscription|sas|jwt|aes|3?des|rsa|ssh|tls|ssl|pfx|p12|pem';

/** Last words in names of passwords, tokens and private keys. Within another word they have another meaning. */
const SECRET_ENDS = new RegExp(`(?:^|[^a-z])(?:pw|pin|token|cred(?:ential)?s?|bearer|(?:${KEY_KINDS})key)$`);

/** Ends of names that also count as the end of one word (`storepass`, `certpwd`), after any text. */
const COMPOUND_ENDS =
  /(?:(?<!by|com|over|under|tres|sur|encom|tran|im)pass|pwd|(?:user|db|key|cert|pfx|p12|store|admin|root)pw|pincode|(?:priv|private|shared|secret|hmac|symmetric|master|encryption|signing|api)key)$/;

/** Words that mark the name of a secret anywhere in it. */
const SECRET_WORDS =
  /password|passwd|passphrase|passcode|passwort|kennwort|motdepasse|contrasena|wachtwoord|secret|privatekey/;

/** Whether a key of this name, in any spelling (`cert_pass`, `storepass`, `CertPwd`, `keystore.pwd`, `api-key`), contains a secret. */
export function isSecretName(name: string): boolean {
  const words = splitWords(name).trim();
  const joined = words.replaceAll(' ', '');
  if (/public ?key(?: ?token)?$/.test(words)) return false;
  return SECRET_WORDS.test(joined) || COMPOUND_ENDS.test(words) || SECRET_ENDS.test(words.replace(/ key$/, 'key'));
}

/** Other names only mention passwords: `minRequiredPasswordLength`, `passwordFormat`. */
const CONTAINS_SECRET =
  /(?:pass|pw|pwd|password|passwd|passphrase|passcode|passwort|kennwort|pin|pincode|secret|token|cred(?:ential)?s?|bearer|key)$/i;

/** Texts that stand for no value, are a switch, or are looked up when the application starts. */
const GIVES_NOTHING = /^(?:null|none|nil|~|true|false|[|>][-+\d]*|[\w.]+[([].*|<%=? *ENV *[^%]*%>)$/i;

/** Whether a value under any software's key is a secret, because its name is a secret's and its value may be one. */
export function containsSecret(name: string, value: string): boolean {
  return isSecretName(name) && CONTAINS_SECRET.test(name) && !GIVES_NOTHING.test(value.trim());
}

/** A name in any spelling as words in lower case, separated by single spaces. The result may start or end with one. */
export function splitWords(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3 $2$4').toLowerCase();
  return words.replace(/[^a-z0-9]+/g, ' ');
}

/**
 * Whether a build or a deployment fills in the whole value, so that the file contains none of it: `${x}`, `#{x}#`,
 * `$(X)`, `__X__`, `{{x}}`, `<%= x %>`, `%X%`. A placeholder with a default value (`${x:...}`) or with other text
 * around it is a literal.
 */
export function isWholePlaceholder(text: string): boolean {
  return /^(?:[$#]\{[\w.\- ]+\}#?|\$\([\w.\- ]+\)|__[A-Za-z](?:(?!__)[\w.-])*__|\{\{[\w.\- ]+\}\}|<%=?[^%'"]*%>|%[A-Za-z_]\w*%)$/.test(
    text.trim(),
  );
}

/** A secret by its digest. Null for an empty text or a placeholder, which reveal nothing. `what` names it for people. */
export function buildSecret(text: string, what: string): SettingValue | null {
  if (text === '' || isWholePlaceholder(text)) return null;
  return { kind: 'secret', meaning: computeSha256(text), what };
}

/** The scheme of an address anywhere in a text, except in the path of another address. */
const SCHEME = '(?<![\\w+./-])[a-z][a-z0-9+.-]{0,20}://';

/** User and password of an address, before its host. */
const LOGIN = new RegExp(`(${SCHEME})[^/?#\\s]*@`, 'gi');

const NAME = '((?:[A-Za-z_][\\w.-]{0,60} ){0,2}[A-Za-z_][\\w.-]{0,60})';

/**
 * Forms of a password under a name. The first group is the name. `plain` matches a password without quotes. Nearly
 * every text lacks one of the `needs` characters, and that check is faster than the pattern.
 */
const NAMED: readonly { readonly needs: readonly string[]; readonly name: RegExp; readonly plain: RegExp }[] = [
  // Server=x;Password=y, as ADO.NET, JDBC and Azure write it
  { needs: ['=', ';'], name: new RegExp(`(?<![\\w.-])${NAME}\\s{0,3}=\\s{0,3}`, 'g'), plain: /[^;\r\n]*/y },
  // ?user=x&password=y, /p:Password=y, --password=y
  { needs: ['='], name: new RegExp(`(?<![\\w.])${NAME}\\s{0,3}=\\s{0,3}`, 'g'), plain: /[^&;\s]*/y },
  // -storepass y
  { needs: ['-'], name: /(?<![\w-])--?([A-Za-z][\w-]{0,60})\s{1,3}(?!-)/g, plain: /\S*/y },
  // {"password": "y"}
  { needs: [':'], name: /["']([\w. -]{1,60})["']\s{0,3}:\s{0,3}(?=["'])/g, plain: /[^,}]*/y },
];

/** A value in quotes or braces, which may end with the text. */
const QUOTED = /"([^"]*)"?|'([^']*)'?|\{([^{}]*)\}?/y;

/** Passwords that are recognized by the text before them or by their own form. They are one group, or the whole match. */
const UNNAMED: readonly RegExp[] = [
  new RegExp(`${SCHEME}[^/?#@\\s:]*:([^/?#\\s]+)@`, 'gi'),
  /\bjdbc:oracle:\w{1,10}:[^/\s@]{1,60}\/([^@\s]+)@/gi,
  /\b(?:bearer|basic)\s{1,3}([\w.~+/=-]{8,})/gi,
  /(?<!\S)(?:pass:|(?:-u|--user)\s{1,3}[^\s:]{1,60}:)(\S+)/g,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/g,
  /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|[rs]k_live_\w{16,}|AIza[\w-]{35})/g,
];

/** Switches and empty words after a name are not passwords. */
const NO_PASSWORD = /^(?:(?:|true|false|null|none|yes|no|\*+)$|…)/i;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Every password within a text, in order: in addresses, connection strings, command lines, headers and JSON. */
function locatePasswords(text: string): readonly Span[] {
  const found = [
    ...UNNAMED.flatMap((pattern) => (text.search(pattern) < 0 ? [] : Array.from(text.matchAll(pattern), locateGroup))),
    ...NAMED.filter(({ needs }) => needs.every((one) => text.includes(one))).flatMap((one) => locateNamed(text, one)),
  ];
  let until = -1;
  return found
    .filter(({ start, end }) => !NO_PASSWORD.test(text.slice(start, end).trim()))
    .sort((one, other) => one.start - other.start || other.end - one.end)
    .filter(({ start, end }) => {
      const isOwn = start >= until;
      if (isOwn) until = end;
      return isOwn;
    });
}

/** The first group of a match, or all of it. */
function locateGroup({ 0: whole, 1: group = whole, index }: RegExpExecArray): Span {
  const start = index + whole.lastIndexOf(group);
  return { start, end: start + group.length };
}

function locateNamed(text: string, { name, plain }: (typeof NAMED)[number]): readonly Span[] {
  const found: Span[] = [];
  let until = -1;
  for (const { 0: whole, 1: written = '', index } of text.matchAll(name)) {
    const at = index + whole.length;
    if (at < until || !isSecretParameter(written)) continue;
    const span = locateValue(text, at, plain);
    until = span.end;
    found.push(span);
  }
  return found;
}

function locateValue(text: string, at: number, plain: RegExp): Span {
  QUOTED.lastIndex = at;
  const quoted = QUOTED.exec(text);
  const inner = quoted?.slice(1).find((group) => group !== undefined);
  if (inner !== undefined) return { start: at + 1, end: at + 1 + inner.length };
  plain.lastIndex = at;
  return { start: at, end: at + (plain.exec(text)?.[0].trimEnd().length ?? 0) };
}

/** Checks the last of several words, because the others may belong to the sentence before it. */
function isSecretParameter(name: string): boolean {
  const last = name.slice(name.lastIndexOf(' ') + 1);
  return isSecretName(last) || /^sig$/i.test(last) || (/^(?:key|signature)$/i.test(last) && isSecretName(name));
}

/** The passwords within any text: `https://user:password@host`, `Server=x;Password=y`, `-storepass y`. */
export function findEmbeddedPasswords(text: string): readonly string[] {
  return locatePasswords(text).map(({ start, end }) => text.slice(start, end));
}

/** All passwords within a text as one secret. If there are several, placeholders are left out. Null if there is none. */
export function joinEmbeddedPasswords(text: string): string | null {
  const all = findEmbeddedPasswords(text);
  const [first = null] = all;
  return all.length < 2 ? first : all.filter((one) => !isWholePlaceholder(one)).join('\n');
}

/** A text to show. Addresses lose the user's name and password. An ellipsis replaces other passwords. */
export function removeCredentials(text: string): string {
  const plain = text.replace(LOGIN, '$1');
  let shown = '';
  let from = 0;
  for (const { start, end } of locatePasswords(plain)) {
    if (isWholePlaceholder(plain.slice(start, end))) continue;
    shown += `${plain.slice(from, start)}…`;
    from = end;
  }
  return shown + plain.slice(from);
}

/** Words that are too common in configuration to be a password. */
const COMMON_WORDS =
  'true|false|yes|no|on|off|null|none|all|auto|default|enabled|disabled|trace|debug|verbose|info|information|warn|warning|' +
  'error|fatal|production|prod|live|ppe|staging|stage|development|dev|test|testing|qa|uat|local|localhost|release';

/** Values that cannot be a password: switches, numbers, versions, dates, ids, cultures, files, addresses without a query. */
const HARMLESS: readonly RegExp[] = [
  new RegExp(`^(?:${COMMON_WORDS})$`, 'i'),
  /^[+-]?\d{1,9}(?:\.\d{1,6}){0,3} ?(?:ms|s|sec|min|m|h|d|kb|mb|gb|%)?$/i,
  /^\d{4}-\d\d-\d\d(?:[T ][\d:.+Z-]{5,20})?$/,
  /^[({]?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}[)}]?$/i,
  /^[a-z]{2}(?:-[a-z]{2,4})?$/i,
  /^(?:~|\.{1,2}|[a-z]:)?[\\/]?[\w. -]+(?:[\\/][\w. -]+)*\.(?:aspx?|html?|cshtml|php|jsp|xml|json|ya?ml|properties|cer|crt|der|pem|pfx|p12|jks|log|txt|png|gif|jpe?g)$/i,
  /^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?(?:\/[a-z_.-]{0,30}){0,8}$/i,
];

/** Whether a text under an unknown name may be a password or token. A list of harmless values is not. */
export function mayContainSecret(text: string): boolean {
  return !text.split(/[,;|]/).every((part) => {
    const value = part.trim();
    return value === '' || isWholePlaceholder(value) || HARMLESS.some((form) => form.test(value));
  });
}
