/** `settings*.py` of Django and pyhealthvault: plain assignments of literals. Computed values are `unresolved`. */
import { computeSha256 } from '../../model/digest.ts';
import type { ConfigDocument, ReadResult, Setting, SettingValue } from '../../model/document.ts';
import { groupBy } from '../../model/lists.ts';
import { getBaseName } from '../../model/paths.ts';
import type { Tree } from '../../model/source.ts';
import { decodePython } from '../../syntax/python/encoding.ts';
import { type PythonCode, readPythonNames, trackDependencies } from '../../syntax/python/names.ts';
import { parsePython } from '../../syntax/python/python.ts';
import type { PythonToken } from '../../syntax/python/tokens.ts';
import { createClientDocument } from '../client/client-document.ts';
import { addUnlistedKeys, mentionsIdOrHost, resemblesSettingName, type UnlistedKey } from '../client/unlisted-key.ts';
import type { Format } from '../format.ts';
import { isSecretName, mayContainSecret } from '../secrets/secrets.ts';
import { type Assignment, findAssignments, findNamedKey, findOtherCode } from './assignments.ts';
import { isSettingsModule, writeImports } from './imports.ts';
import { DJANGO_DEFAULTS, findDjangoKey, marksHealthVault } from './keys.ts';
import { isEnvironmentLookup, looksLikeKey, redactCode } from './literals.ts';
import { messages } from './messages.ts';
import { findSecretsInPython, removeLogin, toLiteralText } from './secrets.ts';
import { getShownText, type KeySetting, mergeById, toLiteralValue } from './values.ts';

const ID = 'django-settings';

export const djangoSettings: Format = {
  id: ID,
  matchesPath: isSettingsModule,
  getLoadedName: getBaseName,
  read({ path, bytes }, { tree }): ReadResult {
    const decoded = decodePython(bytes);
    // A file that does not decode is HealthVault's if it names one of the keys.
    const text = 'problem' in decoded ? new TextDecoder('windows-1252').decode(bytes) : decoded.text;
    if (!namesKey(text)) return { kind: 'not-configuration' };
    const parsed = 'problem' in decoded ? decoded : parsePython(text);
    if ('problem' in parsed) return { kind: 'unreadable', problem: parsed.problem };
    const code = parsed.statements.map(readPythonNames);
    const assignments = code.flatMap((statement) => findAssignments(statement, path));
    if (!assignments.some(({ key }) => marksHealthVault(key))) return { kind: 'not-configuration' };
    return { kind: 'documents', documents: [readDocument({ path, tree }, code, assignments)] };
  },
};

function namesKey(text: string): boolean {
  for (const [name] of text.normalize('NFKC').matchAll(/\b[A-Z][A-Z0-9_]+\b/g)) if (marksHealthVault(name)) return true;
  return false;
}

/** A settings module, and the revision with the modules that it imports. */
interface Module {
  readonly path: string;
  readonly tree: Tree;
}

function readDocument(module: Module, code: readonly PythonCode[], assignments: readonly Assignment[]): ConfigDocument {
  const { path: file } = module;
  const trackCode = trackStatements(code, module);
  const other = findOtherCode(code, assignments);
  const assignmentsTo = indexByName(code);
  const otherSecrets = other.flatMap((statement) => {
    const key = findNamedKey(statement) ?? getBaseName(file);
    return findSecretsInPython({
      key,
      file,
      statement,
      value: statement.tokens,
      isSecretName: isHealthVaultSecret,
      listAssignments: assignmentsTo,
    });
  });
  const keys = [...groupBy(assignments, ({ key }) => key).values()].map((given) => {
    const secrets = given.map((one) => {
      return findSecretsInPython({ ...one, kind: one.known.kind, file, isSecretName, listAssignments: assignmentsTo });
    });
    return { kind: given[0]?.known.kind, given, secrets };
  });
  const listed = keys.filter(({ kind }) => kind !== 'unlisted' && kind !== 'private-key');
  const unclear = keys.flatMap(({ kind, given, secrets }): readonly Setting[] => {
    if (kind !== 'private-key') return [];
    const isOpen = ({ literal, code: written }: Assignment, index: number) =>
      secrets[index]?.length === 0 && literal === null && !isEnvironmentLookup(written);
    return readSetting(given.filter(isOpen), trackCode);
  });
  const known = [
    ...mergeById(listed.flatMap(({ given }) => readSetting(given, trackCode))),
    ...removeDuplicates([...otherSecrets, ...keys.flatMap(({ secrets }) => secrets.flat())]),
    ...unclear,
    ...readOtherCode(other, file, trackCode),
  ];
  const unlisted = keys
    .filter(({ kind }) => kind === 'unlisted')
    .flatMap(({ given }) => readUnlisted(given, trackCode));
  const isDjango = assignments.some(({ key }) => key.startsWith('HEALTHVAULT_'));
  return createClientDocument({
    file,
    format: ID,
    settings: addUnlistedKeys(known, unlisted),
    defaults: isDjango ? DJANGO_DEFAULTS : {},
  });
}

function isHealthVaultSecret(name: string): boolean {
  return findDjangoKey(name)?.kind === 'private-key';
}

/** A digest of everything that the statements' values depend on. Computed values are compared by it. */
type TrackCode = (statements: readonly PythonCode[]) => {
  readonly digest: string;
  /** True if it contains an application id or a host of HealthVault. */
  readonly mentionsHealthVault: boolean;
};

/** Examines each text of dependencies once. */
function trackStatements(code: readonly PythonCode[], { path, tree }: Module): TrackCode {
  const writeDependencies = trackDependencies(code);
  const known = new Map<string, ReturnType<TrackCode>>();
  const describe = (own: string, imported: string): ReturnType<TrackCode> => {
    const text = imported === '' ? own : `${own}\n${imported}`;
    return { digest: computeSha256(new TextEncoder().encode(text)), mentionsHealthVault: mentionsIdOrHost(text) };
  };
  return (statements) => {
    const text = writeDependencies(statements);
    const found = known.get(text) ?? describe(text, writeImports(text, path, tree));
    known.set(text, found);
    return found;
  };
}

/** Most statements with one name that are examined. */
const MAX_STATEMENTS_PER_NAME = 20;

/** Statements that give a name its value, by that name. */
function indexByName(code: readonly PythonCode[]): (name: string) => readonly PythonCode[] {
  const named = code.flatMap((statement) => statement.plain.map((name) => ({ name, statement })));
  const byName = groupBy(named, ({ name }) => name);
  return (name) => (byName.get(name) ?? []).slice(0, MAX_STATEMENTS_PER_NAME).map(({ statement }) => statement);
}

/** Keeps one secret for each place, because two names can have the same value. */
function removeDuplicates(secrets: readonly Setting[]): readonly Setting[] {
  return [...new Map(secrets.map((secret) => [`${secret.at.line}:${secret.at.column}`, secret])).values()];
}

function readOtherCode(other: readonly PythonCode[], file: string, trackCode: TrackCode): readonly Setting[] {
  const [first] = other;
  if (first === undefined) return [];
  const shown = joinFirst(other.map(({ code }) => redactCode(code)));
  const { digest: meaning } = trackCode(other);
  const value = { kind: 'unresolved', meaning, shown, reason: messages.otherCode().message } as const;
  return [{ id: 'document', value, at: { file, ...first.at } }];
}

/** Most expressions that are shown for one setting. */
const MAX_SHOWN = 5;

function joinFirst(texts: readonly string[]): string {
  return [...texts.slice(0, MAX_SHOWN), ...(texts.length > MAX_SHOWN ? ['…'] : [])].join('; ');
}

/** The value of a key is its last plain assignment, unless a condition or a computation may change it. */
function readSetting(given: readonly Assignment[], trackCode: TrackCode): readonly KeySetting[] {
  const last = given.at(-1);
  if (last === undefined) return [];
  const { key, known, at } = last;
  const open = findOpen(given);
  const value = open.length === 0 ? toLiteralValue(last) : buildUnresolvedValue(key, open, trackCode);
  return value === null ? [] : [{ key, id: known.setting, value, at }];
}

/** Assignments that only Python can evaluate: those that compute a value, or all if a condition chooses. */
function findOpen(given: readonly Assignment[]): readonly Assignment[] {
  return given.some(({ isCertain }) => !isCertain) ? given : given.slice(-1).filter(({ literal }) => literal === null);
}

function buildUnresolvedValue(key: string, open: readonly Assignment[], trackCode: TrackCode): SettingValue {
  const isConditional = open.some(({ isCertain }) => !isCertain);
  const { message: reason } = (isConditional ? messages.conditional : messages.computed)({ key });
  const { digest: meaning } = trackCode(open.map(({ statement }) => statement));
  return { kind: 'unresolved', meaning, shown: showAll(open), reason };
}

/** An unlisted key with a plain literal, or with a computed value and all its dependencies. */
function readUnlisted(given: readonly Assignment[], trackCode: TrackCode): readonly UnlistedKey[] {
  const last = given.at(-1);
  if (last === undefined) return [];
  const { key, literal, at } = last;
  const open = findOpen(given);
  if (open.length === 0 && literal !== null) {
    const text = toLiteralText(literal);
    return looksLikeKey(text) ? [] : [{ key, text: removeLogin(text), at }];
  }
  const { digest, mentionsHealthVault } = trackCode(open.map(({ statement }) => statement));
  const isPlain = open.every((one) => one.literal !== null || isArithmetic(one.value));
  const isOpen = !isPlain || resemblesSettingName(key) || mentionsHealthVault;
  const text = joinFirst(open.map(showUnlisted));
  return [{ key, text, others: [digest], isOpen, isRedacted: true, at }];
}

/** Whether a value has only numbers and names, without texts, calls, lookups or collections. */
function isArithmetic(value: readonly PythonToken[]): boolean {
  return value.every(({ kind, text }, index) => {
    if (kind === 'mark') return text !== '[' && text !== '{' && (text !== '(' || value[index - 1]?.kind !== 'name');
    return kind !== 'text';
  });
}

/** Under an unlisted name, a literal is shown only if it cannot be a password. */
function showUnlisted(one: Assignment): string {
  const text = getShownText(toLiteralValue(one));
  return text === '' || mayContainSecret(text) ? redactCode(one.code) : text;
}

/** The values as written, except that literals are shown by their meaning. */
function showAll(given: readonly Assignment[]): string {
  return joinFirst(given.map((one) => getShownText(toLiteralValue(one)) || redactCode(one.code)));
}
