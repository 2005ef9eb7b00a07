/** `settings*.py` of Django and pyhealthvault: plain assignments of literals. What Python would compute is `unresolved`. */
import sentences from '../../../data/messages/formats-files.json' with { type: 'json' };
import type { ConfigDocument, ParseProblem, ReadResult, Setting, SettingValue } from '../../model/document.ts';
import { environmentOf } from '../../model/environment.ts';
import { fill } from '../../model/messages.ts';
import { baseName } from '../../model/paths.ts';
import type { Cryptography, Place, SourceFile } from '../../model/source.ts';
import { dependenciesIn, type PythonCode, pythonCode } from '../../syntax/python/names.ts';
import { pythonStatements } from '../../syntax/python/python.ts';
import { type PythonLiteral, type PythonToken, pythonLiteral } from '../../syntax/python/tokens.ts';
import { decodeText } from '../../syntax/text.ts';
import { isTellingName, isTellingText, type UnlistedKey, withUnlisted } from '../client/unlisted-key.ts';
import { endpointsOf } from '../client/values.ts';
import type { Format, ReadContext } from '../format.ts';
import { isSecretName } from '../secrets/secrets.ts';
import { DJANGO_DEFAULTS, type DjangoKey, djangoKey, marksHealthVault } from './keys.ts';
import { isEnvironmentLookup, looksLikeKey, shownCode } from './literals.ts';
import { literalText, type SecretSearch, secretsIn, withoutLogin } from './secrets.ts';
import { type KeySetting, literalValue, mergedById, shownOf } from './values.ts';

const ID = 'django-settings';

export const djangoSettings: Format = {
  id: ID,
  claims: (path) => /^settings.*\.py$/i.test(baseName(path)),
  read(file, context): ReadResult {
    const decoded = decodeText(file.bytes, 'plain');
    if ('problem' in decoded) return unreadable(new TextDecoder('windows-1252').decode(file.bytes), decoded.problem);
    if (!namesKey(decoded.text)) return { kind: 'not-configuration' };
    const parsed = pythonStatements(decoded.text);
    if ('problem' in parsed) return { kind: 'unreadable', problem: parsed.problem };
    const code = parsed.statements.map(pythonCode);
    const assignments = code.flatMap(assignmentsOf);
    if (!assignments.some(({ key }) => marksHealthVault(key))) return { kind: 'not-configuration' };
    return { kind: 'documents', documents: [documentOf(file, code, assignments, context)] };
  },
};

/** A value given to one of our keys. */
interface Assignment {
  readonly key: string;
  readonly known: DjangoKey;
  readonly statement: PythonCode;
  /** The words of the value, or of the whole statement where it is no plain assignment. */
  readonly value: readonly PythonToken[];
  /** Null where Python would have to compute it. */
  readonly literal: PythonLiteral | null;
  /** Holds whatever happens: a plain assignment at the left margin. */
  readonly certain: boolean;
}

/** Bytes that are no text are ours when they name one of the keys anywhere. */
function unreadable(text: string, problem: ParseProblem): ReadResult {
  return namesKey(text) ? { kind: 'unreadable', problem } : { kind: 'not-configuration' };
}

function namesKey(text: string): boolean {
  for (const [name] of text.matchAll(/\b[A-Z][A-Z0-9_]+\b/g)) if (marksHealthVault(name)) return true;
  return false;
}

function assignmentsOf(statement: PythonCode): readonly Assignment[] {
  const { plain, value, others, tokens, nested } = statement;
  const assigned = plain.flatMap((key): readonly Assignment[] => {
    const known = djangoKey(key);
    return known === null ? [] : [{ key, known, statement, value, literal: pythonLiteral(value), certain: !nested }];
  });
  const touched = [...new Set(others)].flatMap((key): readonly Assignment[] => {
    const known = djangoKey(key);
    return known === null ? [] : [{ key, known, statement, value: tokens, literal: null, certain: false }];
  });
  return [...assigned, ...touched];
}

/** What the readers of single settings share. */
interface Reading {
  readonly file: string;
  readonly cryptography: Cryptography;
  /** All that the values of statements hang on, for what is not understood. */
  readonly dependencies: (of: readonly PythonCode[]) => Dependencies;
}

interface Dependencies {
  readonly digest: string;
  /** True where an application id or a host of HealthVault stands in it. */
  readonly isTelling: boolean;
}

/** Each text of what values hang on is looked at once. */
function dependenciesOf(code: readonly PythonCode[], cryptography: Cryptography): Reading['dependencies'] {
  const textOf = dependenciesIn(code);
  const known = new Map<string, Dependencies>();
  return (statements) => {
    const text = textOf(statements);
    const digest = () => cryptography.sha256(new TextEncoder().encode(text));
    const found = known.get(text) ?? { digest: digest(), isTelling: isTellingText(text) };
    known.set(text, found);
    return found;
  };
}

function documentOf(
  file: SourceFile,
  code: readonly PythonCode[],
  assignments: readonly Assignment[],
  { cryptography }: ReadContext,
): ConfigDocument {
  const reading = { file: file.path, cryptography, dependencies: dependenciesOf(code, cryptography) };
  const other = otherCode(code, assignments);
  const bindersOf = bindersIn(code);
  const secretsOf = (
    search: Pick<SecretSearch, 'key' | 'statement' | 'value' | 'isSecret' | 'isPublic' | 'isSecretName'>,
  ) => secretsIn({ ...search, bindersOf, file: file.path, cryptography });
  const secrets: Setting[] = other.flatMap((statement) => {
    const isOurSecret = (name: string) => djangoKey(name)?.kind === 'private-key';
    const key = keyNamedIn(statement) ?? baseName(file.path);
    return secretsOf({
      key,
      statement,
      value: statement.tokens,
      isSecret: false,
      isPublic: false,
      isSecretName: isOurSecret,
    });
  });
  const listed: KeySetting[] = [];
  const unclear: Setting[] = [];
  const unlisted: UnlistedKey[] = [];
  for (const given of byKey(assignments)) {
    const open: Assignment[] = [];
    for (const one of given) {
      const isSecret = one.known.kind === 'private-key';
      const isPublic = one.known.kind === 'public-key';
      const found = secretsOf({ ...one, isSecret, isPublic, isSecretName });
      secrets.push(...found);
      if (!isSecret || (found.length === 0 && one.literal === null && !isEnvironmentLookup(codeOf(one))))
        open.push(one);
    }
    const kind = given[0]?.known.kind;
    if (kind === 'unlisted') unlisted.push(...unlistedKey(open, reading));
    else if (kind === 'private-key') unclear.push(...settingOf(open, reading));
    else listed.push(...settingOf(open, reading));
  }
  const known = [
    ...mergedById(listed, cryptography),
    ...onceEach(secrets),
    ...unclear,
    ...otherSetting(other, reading),
  ];
  const settings = withUnlisted(known, unlisted, cryptography);
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

/** The assignments of each key, in order. */
function byKey(assignments: readonly Assignment[]): readonly (readonly Assignment[])[] {
  const groups = new Map<string, Assignment[]>();
  for (const one of assignments) {
    const given = groups.get(one.key);
    if (given === undefined) groups.set(one.key, [one]);
    else given.push(one);
  }
  return [...groups.values()];
}

/** Statements that give a name its value, by that name; of very many the first ones. */
function bindersIn(code: readonly PythonCode[]): SecretSearch['bindersOf'] {
  const binders = new Map<string, PythonCode[]>();
  for (const statement of code) {
    for (const name of statement.plain) {
      const known = binders.get(name);
      if (known === undefined) binders.set(name, [statement]);
      else if (known.length < 20) known.push(statement);
    }
  }
  return (name) => binders.get(name) ?? [];
}

/** One secret of several that stand at one place: one value behind two names. */
function onceEach(secrets: readonly Setting[]): readonly Setting[] {
  return [...new Map(secrets.map((secret) => [`${secret.at.line}:${secret.at.column}`, secret])).values()];
}

/** Calls by which Python gives values to names that no assignment shows. */
const RUNS = /^(?:exec|execfile|globals|locals|vars|setattr|include)$/;

/** Statements that may set anything, or name a key of ours in a text or an argument; a text alone is a comment. */
function otherCode(code: readonly PythonCode[], assignments: readonly Assignment[]): readonly PythonCode[] {
  const ours = new Set(assignments.map(({ statement }) => statement));
  return code.filter((statement) => {
    const { tokens, others, text: whole } = statement;
    if (ours.has(statement) || tokens.every(({ kind }) => kind === 'text')) return false;
    const runs = tokens.some(({ text }, index) => {
      return RUNS.test(text) && tokens[index + 1]?.text === '(' && tokens[index - 1]?.text !== '.';
    });
    return runs || /^\d+ exec /.test(whole) || others.includes('*') || keyNamedIn(statement) !== null;
  });
}

/** The key that a statement names in a text or an argument. */
function keyNamedIn({ tokens }: PythonCode): string | null {
  const found = tokens.find(({ kind, text }, index) => {
    return marksHealthVault(text) && (kind === 'text' || tokens[index + 1]?.text === '=');
  });
  return found?.text ?? null;
}

function otherSetting(other: readonly PythonCode[], reading: Reading): readonly Setting[] {
  const [first] = other;
  if (first === undefined) return [];
  const shown = joined(other, ({ code }) => shownCode(code));
  const value = unresolved(other, shown, sentences['python-other-code'], reading);
  return [{ id: 'document', value, at: { file: reading.file, ...first.at } }];
}

/** A value that a person must look at: what is compared is all that it hangs on. */
function unresolved(statements: readonly PythonCode[], shown: string, reason: string, reading: Reading): SettingValue {
  return { kind: 'unresolved', meaning: reading.dependencies(statements).digest, shown, reason };
}

/** Most expressions that are shown of one setting. */
const MOST_SHOWN = 5;

function joined<T>(parts: readonly T[], textOf: (part: T) => string): string {
  return [...parts.slice(0, MOST_SHOWN).map(textOf), ...(parts.length > MOST_SHOWN ? ['…'] : [])].join('; ');
}

/** What a key comes to: its last plain assignment, unless a condition or a computation may change it. */
function settingOf(given: readonly Assignment[], reading: Reading): readonly KeySetting[] {
  const last = given.at(-1);
  if (last === undefined) return [];
  const { key, known, literal } = last;
  const at = placeOf(last, reading);
  const uncertain = given.some(({ certain }) => !certain);
  if (literal === null || uncertain) {
    const open = uncertain ? given : [last];
    const shown = shownAll(open, reading);
    const reason = fill(sentences[uncertain ? 'python-conditional' : 'python-computed'], { key });
    const statements = open.map(({ statement }) => statement);
    return [{ key, id: known.setting, value: unresolved(statements, shown, reason, reading), at }];
  }
  const value = literalOf(last, reading);
  return value === null ? [] : [{ key, id: known.setting, value, at }];
}

/** A key that no document lists: one plain literal, or what Python computes with all that it hangs on. */
function unlistedKey(given: readonly Assignment[], reading: Reading): readonly UnlistedKey[] {
  const last = given.at(-1);
  if (last === undefined) return [];
  const { key, literal } = last;
  const at = placeOf(last, reading);
  const uncertain = given.some(({ certain }) => !certain);
  if (literal !== null && !uncertain) {
    const text = literalText(literal);
    return looksLikeKey(text) ? [] : [{ key, text: withoutLogin(text), at }];
  }
  const open = uncertain ? given : [last];
  const { digest, isTelling } = reading.dependencies(open.map(({ statement }) => statement));
  const isPlain = open.every((one) => one.literal !== null || isArithmetic(one.value));
  const isOpen = !isPlain || isTellingName(key) || isTelling;
  return [{ key, text: shownAll(open, reading), others: [digest], isOpen, at }];
}

/** Numbers and names only: no text, nothing called, looked into or collected. */
function isArithmetic(value: readonly PythonToken[]): boolean {
  return value.every(({ kind, text }, index) => {
    if (kind === 'mark') return text !== '[' && text !== '{' && (text !== '(' || value[index - 1]?.kind !== 'name');
    return kind !== 'text';
  });
}

/** The values as they are written, of literals what they mean. */
function shownAll(given: readonly Assignment[], reading: Reading): string {
  return joined(given, (one) => shownOf(literalOf(one, reading)) || shownCode(codeOf(one)));
}

/** The value as it is written, or the statement as a whole. */
function codeOf({ statement, value }: Assignment): string {
  return statement.code.slice(value[0]?.at ?? 0);
}

function placeOf({ statement, value }: Assignment, { file }: Reading): Place {
  return { file, ...statement.position(value[0]?.at ?? 0) };
}

/** What a literal means; null for what has to be computed. */
function literalOf(one: Assignment, reading: Reading): SettingValue | null {
  const { key, known, literal } = one;
  return literal === null ? null : literalValue(key, known, literal, placeOf(one, reading), reading.cryptography);
}
