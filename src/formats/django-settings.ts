/** `settings*.py` of Django and pyhealthvault: plain assignments of literals. What Python would compute is `unresolved`. */
import sentences from '../../data/messages/formats-files.json' with { type: 'json' };
import type { ConfigDocument, ParseProblem, ReadResult, Setting, SettingValue } from '../model/document.ts';
import { environmentOf } from '../model/environment.ts';
import { fill } from '../model/messages.ts';
import type { Cryptography, Place, SourceFile } from '../model/source.ts';
import {
  type PythonLiteral,
  type PythonProblem,
  type PythonStatement,
  pythonLiteral,
  pythonStatements,
} from '../syntax/python.ts';
import { decodeText } from '../syntax/text.ts';
import { applicationIdValue, isBuildPlaceholder } from './application-id-value.ts';
import { endpointsOf, endpointValue, plainValue } from './client-values.ts';
import { DJANGO_DEFAULTS, type DjangoKey, djangoKey, marksHealthVault } from './django-keys.ts';
import type { Format, ReadContext } from './format.ts';
import { addressValue } from './platform-values.ts';
import { thumbprintValue } from './thumbprint.ts';
import { baseName } from './yaml-file.ts';

const ID = 'django-settings';

export const djangoSettings: Format = {
  id: ID,
  claims: (path) => /^settings.*\.py$/i.test(baseName(path)),
  read(file, context): ReadResult {
    const decoded = decodeText(file.bytes, 'plain');
    if ('problem' in decoded) return unreadable(new TextDecoder('windows-1252').decode(file.bytes), decoded.problem);
    if (!namesKey(decoded.text)) return { kind: 'not-configuration' };
    const parsed = pythonStatements(decoded.text);
    if ('problem' in parsed) return { kind: 'unreadable', problem: problemOf(parsed.problem) };
    const assignments = parsed.statements.flatMap((statement) => assignmentsOf(statement, file.path));
    if (!assignments.some(({ key }) => marksHealthVault(key))) return { kind: 'not-configuration' };
    return { kind: 'documents', documents: [documentOf(file, assignments, context)] };
  },
};

/** A value given to one of our keys. `literal` is null where Python would have to compute it. */
interface Assignment {
  readonly key: string;
  readonly known: DjangoKey;
  readonly literal: PythonLiteral | null;
  /** The value as written, or the whole statement where it is no plain assignment. */
  readonly written: string;
  /** Holds whatever happens: a plain assignment at the left margin. */
  readonly certain: boolean;
  readonly at: Place;
}

/** Bytes that are no text are ours when they name one of the keys anywhere. */
function unreadable(text: string, problem: ParseProblem): ReadResult {
  return namesKey(text) ? { kind: 'unreadable', problem } : { kind: 'not-configuration' };
}

function namesKey(text: string): boolean {
  for (const [name] of text.matchAll(/\b[A-Z][A-Z0-9_]+\b/g)) if (marksHealthVault(name)) return true;
  return false;
}

function problemOf({ kind, at }: PythonProblem): ParseProblem {
  const id = kind === 'text-open' ? 'python-text-open' : 'python-bracket-open';
  return { id, message: sentences[id], at };
}

function assignmentsOf(statement: PythonStatement, file: string): readonly Assignment[] {
  const { code, bare, nested } = statement;
  const plain = /^([A-Za-z_]\w*)\s*(?::[^=]*)?=(?!=)/.exec(bare);
  const key = plain?.[1] ?? '';
  const known = djangoKey(key);
  if (plain !== null && known !== null) {
    const rest = code.slice(plain[0].length);
    const written = rest.trimStart();
    const at = { file, ...statement.position(code.length - written.length) };
    return [{ key, known, literal: pythonLiteral(written), written, certain: !nested, at }];
  }
  // Anything else that gives one of our names a value: several at once, added to, deleted, after `if ...:`.
  const target = /^del\b/.test(bare) ? bare : /^(.*?)(?<![=!<>])=(?!=)/s.exec(bare)?.[1];
  const names = new Set(target?.match(/(?<![\w.])[A-Z][A-Z0-9_]+\b/g) ?? []);
  return [...names].flatMap((name) => {
    const other = djangoKey(name);
    const at = { file, ...statement.at };
    return other === null ? [] : [{ key: name, known: other, literal: null, written: code, certain: false, at }];
  });
}

function documentOf(
  file: SourceFile,
  assignments: readonly Assignment[],
  { cryptography }: ReadContext,
): ConfigDocument {
  const byKey = new Map<string, Assignment[]>();
  for (const one of assignments) {
    if (one.known.kind === 'private-key') continue;
    const given = byKey.get(one.key);
    if (given === undefined) byKey.set(one.key, [one]);
    else given.push(one);
  }
  const settings = [
    ...mergedById([...byKey.values()].flatMap((given) => settingOf(given, cryptography))),
    ...assignments.flatMap((one) => secretOf(one, cryptography)),
  ];
  const isDjango = assignments.some(({ key }) => key.startsWith('HEALTHVAULT_'));
  return {
    file: file.path,
    part: null,
    format: ID,
    role: 'client',
    completeness: 'complete',
    environment: environmentOf(endpointsOf(settings)),
    settings,
    defaults: isDjango ? DJANGO_DEFAULTS : {},
    silentOn: [],
    lints: [],
    digest: null,
  };
}

interface KeySetting extends Setting {
  readonly key: string;
}

/** What a key comes to: its last plain assignment, unless a condition or a computation may change it. */
function settingOf(given: readonly Assignment[], cryptography: Cryptography): readonly KeySetting[] {
  const last = given.at(-1);
  if (last === undefined) return [];
  const { key, known, literal, at } = last;
  const uncertain = given.some(({ certain }) => !certain);
  if (literal === null || uncertain) {
    const written = (uncertain ? given : [last]).map((one) => one.written.replace(/\s+/g, ' '));
    const reason = fill(sentences[uncertain ? 'python-conditional' : 'python-computed'], { key });
    return [{ key, id: known.setting, value: unresolved(written.join('; '), reason, cryptography), at }];
  }
  const value = literalValue(key, known, literal, at, cryptography);
  return value === null ? [] : [{ key, id: known.setting, value, at }];
}

/** Longest expression that is shown; a longer one is bound by its digest. */
const MAX_SHOWN = 120;

function unresolved(written: string, reason: string, cryptography: Cryptography): SettingValue {
  if (written.length <= MAX_SHOWN && !looksLikeKey(written)) {
    return { kind: 'unresolved', meaning: written, shown: written, reason };
  }
  const shown = looksLikeKey(written) ? '…' : `${written.slice(0, MAX_SHOWN)}…`;
  return { kind: 'unresolved', meaning: cryptography.sha256(new TextEncoder().encode(written)), shown, reason };
}

/** `None` and an empty text are no value; an application id without one is a placeholder. */
function literalValue(
  key: string,
  { kind }: DjangoKey,
  literal: PythonLiteral,
  at: Place,
  cryptography: Cryptography,
): SettingValue | null {
  const text = literalText(literal);
  if (kind === 'application-id') return applicationIdValue(text);
  if (text.trim() === '') return null;
  if (kind === 'endpoint') return endpointValue(text);
  if (kind === 'action-url') return addressValue(text);
  if (kind === 'thumbprint') return thumbprintValue(key, text, at);
  if (kind === 'public-key') return publicKeyValue(literal, text, cryptography);
  return looksLikeKey(text) ? null : plainValue(text);
}

function literalText(literal: PythonLiteral): string {
  if (literal.kind === 'text') return literal.text;
  if (literal.kind === 'number') return literal.digits;
  return literal.word === 'None' ? '' : literal.word;
}

/** Digits of the longest number that is converted: RSA of 32,768 bits. */
const MAX_DIGITS = 10_000;

/** A public key is compared as a number, whatever base it is written in. */
function publicKeyValue(literal: PythonLiteral, text: string, cryptography: Cryptography): SettingValue {
  const plain = literal.kind === 'number' && text.length <= MAX_DIGITS ? numberOf(text) : null;
  const canonical = plain === null ? text.replace(/\s+/g, '') : plain.toString(16);
  const meaning = cryptography.sha256(new TextEncoder().encode(canonical));
  const bits = plain === null ? canonical.length * 4 : plain.toString(2).length;
  const shown = fill(sentences['shown-public-key'], { bits, short: meaning.slice(0, 12) });
  return { kind: 'content', meaning, shown };
}

function numberOf(digits: string): bigint | null {
  const octal = /^0\d+$/.test(digits) ? `0o${digits.slice(1)}` : digits; // Python 2
  try {
    return BigInt(octal);
  } catch {
    return null; // a negative hexadecimal number, or an octal one with an 8
  }
}

/** A key in text, or a number or hexadecimal text as long as a key is. */
function looksLikeKey(text: string): boolean {
  return /PRIVATE KEY|[0-9a-fA-F]{100}/.test(text);
}

/** A literal private key or password, wherever it stands; also one that hides in an expression. */
function secretOf({ key, known, literal, written, at }: Assignment, cryptography: Cryptography): readonly Setting[] {
  const text = literal === null ? written : literalText(literal);
  const isSecretKey = known.kind === 'private-key' && literal !== null && literal.kind !== 'word' && text.trim() !== '';
  const hidesKey = known.kind !== 'public-key' && looksLikeKey(text);
  if ((!isSecretKey && !hidesKey) || isBuildPlaceholder(text)) return [];
  if (literal?.kind === 'number' && numberOf(text.slice(0, MAX_DIGITS)) === 0n) return [];
  const id = known.kind === 'private-key' && /KEY/.test(key) ? 'python-private-key' : 'python-secret';
  const what = fill(sentences[id], { key });
  const meaning = cryptography.sha256(new TextEncoder().encode(text));
  return [{ id: 'secret', value: { kind: 'secret', meaning, what }, at }];
}

/** Two keys of different libraries may name the same thing; where they say different things, a person must look. */
function mergedById(settings: readonly KeySetting[]): readonly Setting[] {
  const byId = new Map<string, KeySetting[]>();
  for (const setting of settings) byId.set(setting.id, [...(byId.get(setting.id) ?? []), setting]);
  return [...byId.values()].flatMap((same): readonly Setting[] => {
    const [first] = same;
    if (first === undefined) return [];
    const { id, at } = first;
    const meanings = same.map(({ value }) => JSON.stringify({ ...value, shown: '', at: '', items: itemsOf(value) }));
    if (new Set(meanings).size === 1) return [{ id, value: first.value, at }];
    const texts = same.map(({ key, value }) => `${key} ${shownOf(value)}`);
    const reason = fill(sentences['python-several'], { keys: same.map(({ key }) => key).join(', ') });
    return [{ id, value: { kind: 'unresolved', meaning: texts.join('; '), shown: texts.join('; '), reason }, at }];
  });
}

function itemsOf(value: SettingValue): readonly string[] {
  return value.kind === 'set' ? value.items.map(({ meaning }) => meaning) : [];
}

function shownOf(value: SettingValue): string {
  if (value.kind === 'set') return value.items.map(({ shown }) => shown).join(', ');
  return value.kind === 'text' || value.kind === 'content' || value.kind === 'unresolved' ? value.shown : '';
}
