/** One side of one file: which reader takes it, and what it turned out to be. Pure. */
import { keyStore } from '../formats/certificates/key-store.ts';
import type { Format, GateFiles, ReadContext } from '../formats/format.ts';
import { formats } from '../formats/formats.ts';
import { isLfsPointer } from '../formats/git-lfs.ts';
import { governance } from '../formats/governance.ts';
import { isReferencedKind } from '../formats/manifest/referenced-file.ts';
import { addEmbeddedKeys } from '../formats/secrets/embedded-keys.ts';
import type { ConfigDocument, ParseProblem, ReadResult } from '../model/document.ts';
import type { Message } from '../model/messages.ts';
import type { Policy } from '../model/policy.ts';
import type { Side, Tree } from '../model/source.ts';
import { isWatched } from '../policy/paths.ts';
import { messages } from './messages.ts';

/** What one side of a file turned out to be. */
export type SideReading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'not-configuration' }
  | { readonly kind: 'unreadable'; readonly problem: ParseProblem }
  | { readonly kind: 'part-of'; readonly owners: readonly string[]; readonly format: string }
  | { readonly kind: 'documents'; readonly documents: readonly ConfigDocument[]; readonly format: string };

/** Reads a path at a side. Null: there is no file by the list of changes. */
export type ReadSide = (side: Side, path: string | null) => SideReading;

/** What decides which paths are read, and as what. */
export interface ReadScope {
  readonly policy: Policy;
  readonly gateFiles: GateFiles;
}

/** The gate's own files and poms are read whatever the globs say: a policy must not be able to hide itself. */
const ALWAYS_READ: ReadonlySet<string> = new Set(['governance', 'maven-pom']);

/** A key store is a secret even where Git LFS keeps its bytes, and a change to the gate's own files needs no content. */
const MATTERS_IN_GIT_LFS: ReadonlySet<Format> = new Set([governance, keyStore]);

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

/** What readers may use of a revision. */
export function readContext(tree: Tree, { policy, gateFiles }: ReadScope): ReadContext {
  return { tree, gateFiles, plainDocuments: policy.documents };
}

/** Reads both revisions. A reading that needed something which is still missing is not kept by its tree. */
export function createReader(input: ReadScope & Readonly<Record<Side, Tree>>): ReadSide {
  return (side, path) => {
    if (path === null) return { kind: 'absent' };
    const tree = input[side];
    return tree.memo(`reading:${path}`, () => readFile(path, readContext(tree, input), input.policy));
  };
}

function readFile(path: string, context: ReadContext, policy: Policy): SideReading {
  const isPathWatched = isWatched(policy, path);
  const readers = formats.filter(
    (format) => (isPathWatched || ALWAYS_READ.has(format.id)) && format.matchesPath(path, context),
  );
  const content = context.tree.file(path);
  if (content === null) return { kind: 'absent' };
  if (readers.length === 0) {
    if (!isPathWatched || isReferencedKind(path)) return { kind: 'not-configuration' };
    return unreadable(messages.noReader({ path }));
  }
  if (content.bytes === undefined) return unreadable({ id: 'file-unavailable', message: content.unavailable });
  if (isLfsPointer(content.bytes) && !readers.some((format) => MATTERS_IN_GIT_LFS.has(format)))
    return unreadable(messages.gitLfsPointer());
  let firstUnreadable: SideReading | null = null;
  for (const format of readers) {
    const result = format.read({ path, bytes: content.bytes }, context);
    if (result.kind === 'documents') {
      return { kind: 'documents', documents: withKeys(path, result, context), format: format.id };
    }
    if (result.kind === 'part-of') return { ...result, format: format.id };
    if (result.kind === 'unreadable') firstUnreadable ??= result;
  }
  return firstUnreadable ?? { kind: 'not-configuration' };
}

/** The documents with the private keys of their file and of the other files whose text is part of them. */
function withKeys(
  path: string,
  { documents, files = [] }: Extract<ReadResult, { kind: 'documents' }>,
  { tree }: ReadContext,
): readonly ConfigDocument[] {
  return [path, ...files].reduce((found, file) => {
    const bytes = tree.file(file)?.bytes;
    return bytes === undefined ? found : addEmbeddedKeys({ path: file, bytes }, found);
  }, documents);
}

function unreadable(message: Message): SideReading {
  return { kind: 'unreadable', problem: { ...message, at: null } };
}

/** Whether there is nothing to review at a side of a file. */
export function hasNoConfiguration(reading: SideReading): boolean {
  return reading.kind === 'absent' || reading.kind === 'not-configuration';
}
