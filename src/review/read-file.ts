/** One side of one file: its reader, and the result of reading. Pure. */
import { keyStore } from '../formats/certificates/key-store.ts';
import { isEncrypted } from '../formats/encrypted.ts';
import type { Format, GateFiles, ReadContext } from '../formats/format.ts';
import { formats } from '../formats/formats.ts';
import { isLfsPointer } from '../formats/git-lfs.ts';
import { governance } from '../formats/governance/governance.ts';
import { isReferencedKind } from '../formats/manifest/referenced-file.ts';
import { addEmbeddedKeys } from '../formats/secrets/embedded-keys.ts';
import type { ConfigDocument, ParseProblem, Setting } from '../model/document.ts';
import type { Message } from '../model/messages.ts';
import type { Policy } from '../model/policy.ts';
import type { Side, SourceFile, Tree } from '../model/source.ts';
import { isWatched } from '../policy/paths.ts';
import { messages } from './messages.ts';

/** The result of reading one side of a file. */
export type FileReading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'not-configuration' }
  /** `reader` could not parse it. Absent if there is no content or no reader for the kind of file. */
  | { readonly kind: 'unreadable'; readonly problem: ParseProblem; readonly reader?: string }
  | { readonly kind: 'part-of'; readonly owners: readonly string[]; readonly format: string }
  /**
   * `owners`: the file is part of others as well, which are compared on their own. `unread`: why a more specific reader could
   * not read it.
   */
  | {
      readonly kind: 'documents';
      readonly documents: readonly ConfigDocument[];
      readonly format: string;
      readonly owners?: readonly string[];
      readonly unread?: ParseProblem;
    };

/** Reads a path at a side. Null: there is no file by the list of changes. */
export type ReadRevisionFile = (side: Side, path: string | null) => FileReading;

/** The settings that determine which paths are read, and in which format. */
export interface ReadScope {
  readonly policy: Policy;
  readonly gateFiles: GateFiles;
  /** The reader of the documents that the policy declares; null: it declares none. */
  readonly declared: Format | null;
}

/** The gate's own files and poms are read even if no glob matches: a policy must not be able to hide itself. */
const ALWAYS_READ: ReadonlySet<string> = new Set(['governance', 'maven-pom']);

/** A key store is a secret even if its bytes are elsewhere, and a change to the gate's own files needs no content. */
const READ_WITHOUT_TEXT: ReadonlySet<Format> = new Set([governance, keyStore]);

/** Whether a review must read this path, because some reader may claim it. */
export function isCandidate(path: string, { policy, gateFiles }: ReadScope): boolean {
  const context = { gateFiles, plainDocuments: policy.documents };
  return (
    isWatched(policy, path) || formats.some((format) => ALWAYS_READ.has(format.id) && format.matchesPath(path, context))
  );
}

/** Whether a reader of this path needs the names of the files beside it. */
export function needsSiblings(path: string, { policy, gateFiles }: ReadScope): boolean {
  const context = { gateFiles, plainDocuments: policy.documents };
  return isWatched(policy, path) && formats.some((format) => format.needsSiblings && format.matchesPath(path, context));
}

/** The parts of a revision that readers may use. */
export function readContext(tree: Tree, { policy, gateFiles }: Pick<ReadScope, 'policy' | 'gateFiles'>): ReadContext {
  return { tree, gateFiles, plainDocuments: policy.documents };
}

/** Reads both revisions. A reading that needed something which is still missing is not kept by its tree. */
export function createReader(input: ReadScope & Readonly<Record<Side, Tree>>): ReadRevisionFile {
  return (side, path) => {
    if (path === null) return { kind: 'absent' };
    const tree = input[side];
    return tree.computeOnce(`reading:${path}`, () => readFile(path, readContext(tree, input), input));
  };
}

function readFile(path: string, context: ReadContext, { policy, declared }: ReadScope): FileReading {
  const isPathWatched = isWatched(policy, path);
  const readers = [...formats, ...(declared === null ? [] : [declared])].filter(
    (format) => (isPathWatched || ALWAYS_READ.has(format.id)) && format.matchesPath(path, context),
  );
  const content = context.tree.readFile(path);
  if (content === null) return { kind: 'absent' };
  if (readers.length === 0) {
    const isStrict = policy.unrecognized === 'unknown';
    if (!isPathWatched || (isReferencedKind(path) && !isStrict)) return { kind: 'not-configuration' };
    return createUnreadableReading(messages.noReader({ path }));
  }
  if (content.bytes === undefined)
    return createUnreadableReading({ id: 'file-unavailable', message: content.unavailable });
  if (!readers.some((format) => READ_WITHOUT_TEXT.has(format))) {
    if (isLfsPointer(content.bytes)) return createUnreadableReading(messages.gitLfsPointer());
    if (isEncrypted(content.bytes)) return createUnreadableReading(messages.encrypted());
  }
  const file = { path, bytes: content.bytes };
  const [own, ...added] = [
    readFirst(
      readers.filter(({ adds }) => adds !== true),
      file,
      context,
    ),
    ...readers.filter(({ adds }) => adds === true).map((format) => readAs(format, file, context)),
  ];
  const reading = added.reduce(joinReadings, own);
  if (reading.kind !== 'documents') return reading;
  const { files = [], ...facts } = reading;
  return { ...facts, documents: withKeys([path, ...files], reading.documents, context) };
}

/** One reader's result for a file, with the reader's name. */
type NamedReading = Exclude<FileReading, { kind: 'absent' | 'documents' }> | JoinedDocuments;
type JoinedDocuments = Extract<FileReading, { kind: 'documents' }> & { readonly files?: readonly string[] };

function readAs(format: Format, file: SourceFile, context: ReadContext): NamedReading {
  const result = format.read(file, context);
  if (result.kind === 'unreadable') return { ...result, reader: format.id };
  return result.kind === 'not-configuration' ? result : { ...result, format: format.id };
}

/** The first reader that claims the file; else the first that could not read it. */
function readFirst(readers: readonly Format[], file: SourceFile, context: ReadContext): NamedReading {
  let unread: Extract<NamedReading, { kind: 'unreadable' }> | null = null;
  for (const format of readers) {
    const reading = readAs(format, file, context);
    if (reading.kind === 'documents') return unread === null ? reading : { ...reading, unread: unread.problem };
    if (reading.kind === 'part-of') return reading;
    if (reading.kind === 'unreadable') unread ??= reading;
  }
  return unread ?? { kind: 'not-configuration' };
}

/** Joins two readings of one file. An unreadable result of one reader must not be hidden by the other. */
function joinReadings(own: NamedReading, added: NamedReading): NamedReading {
  if (own.kind === 'not-configuration' || added.kind === 'unreadable') return added;
  if (added.kind !== 'documents' || own.kind === 'unreadable') return own;
  const owners = [own, added].flatMap((one) => one.owners ?? []);
  if (own.kind === 'part-of') return { ...added, owners };
  return {
    ...own,
    owners,
    documents: [...own.documents, ...added.documents.map((one) => removeSecretsOwnedBy(own, one))],
  };
}

/** A document without the secrets that another reader of the file found in the same line. */
function removeSecretsOwnedBy({ documents }: JoinedDocuments, document: ConfigDocument): ConfigDocument {
  const identify = ({ value, at }: Setting): string | null =>
    value.kind === 'secret' ? `${at.file}:${at.line} ${value.meaning}` : null;
  const known = new Set(documents.flatMap(({ settings }) => settings.map(identify)));
  const isNew = (setting: Setting): boolean => setting.value.kind !== 'secret' || !known.has(identify(setting));
  return { ...document, settings: document.settings.filter(isNew) };
}

/** The documents with the private keys of their file and of the other files with text that is part of them. */
function withKeys(
  paths: readonly string[],
  documents: readonly ConfigDocument[],
  { tree }: ReadContext,
): readonly ConfigDocument[] {
  return paths.reduce((found, path) => {
    const bytes = tree.readFile(path)?.bytes;
    return bytes === undefined ? found : addEmbeddedKeys({ path, bytes }, found);
  }, documents);
}

function createUnreadableReading(message: Message): FileReading {
  return { kind: 'unreadable', problem: { ...message, at: null } };
}

/** Whether a side of a file contains nothing to review. */
export function hasNoConfiguration(reading: FileReading): boolean {
  return reading.kind === 'absent' || reading.kind === 'not-configuration';
}
