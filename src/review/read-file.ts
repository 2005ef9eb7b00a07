/** One side of one file: which reader takes it, and what it turned out to be. Pure. */
import { keyStore } from '../formats/certificates/key-store.ts';
import type { Format, GateFiles, ReadContext } from '../formats/format.ts';
import { formats } from '../formats/formats.ts';
import { isLfsPointer } from '../formats/git-lfs.ts';
import { governance } from '../formats/governance.ts';
import { isReferencedKind } from '../formats/manifest/referenced-file.ts';
import { withEmbeddedKeys } from '../formats/secrets/embedded-keys.ts';
import type { ConfigDocument, ParseProblem, ReadResult } from '../model/document.ts';
import type { Message } from '../model/messages.ts';
import type { Policy } from '../model/policy.ts';
import type { Side } from '../model/source.ts';
import { isWatched } from '../policy/paths.ts';
import { messages } from './messages.ts';

/** What one side of a file turned out to be. */
export type SideReading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'not-configuration' }
  | { readonly kind: 'unreadable'; readonly problem: ParseProblem }
  | { readonly kind: 'part-of'; readonly owners: readonly string[]; readonly format: string }
  | { readonly kind: 'documents'; readonly documents: readonly ConfigDocument[]; readonly format: string };

/** Reads a path at a side; null stands for "not there by the list of changes". */
export type ReadSide = (side: Side, path: string | null) => SideReading;

/** Reads that needed nothing which is still missing may be kept between two runs of the same examination. */
export type ReadingMemory = Map<string, SideReading>;

/** The gate's own files and poms are looked at whatever the globs say: a policy must not be able to hide itself. */
const ALWAYS_LOOKED_AT: ReadonlySet<string> = new Set(['governance', 'maven-pom']);

/** A key store is one wherever its bytes are kept, and a change of the gate's own files is one whatever they say. */
const MATTERS_ANYWHERE: ReadonlySet<Format> = new Set([governance, keyStore]);

/** Paths that a review must fetch first: everything that some reader may want to look at. */
export function isCandidate(path: string, policy: Policy, gateFiles: GateFiles): boolean {
  const context = { gateFiles, plainDocuments: policy.documents };
  return (
    isWatched(policy, path) || formats.some((format) => ALWAYS_LOOKED_AT.has(format.id) && format.claims(path, context))
  );
}

/** Whether a reader of this path looks at the names of the files beside it. */
export function looksBeside(path: string, policy: Policy, gateFiles: GateFiles): boolean {
  const context = { gateFiles, plainDocuments: policy.documents };
  return isWatched(policy, path) && formats.some((format) => format.looksBeside && format.claims(path, context));
}

function readersOf(path: string, context: ReadContext, policy: Policy): readonly Format[] {
  const watched = isWatched(policy, path);
  return formats.filter((format) => (watched || ALWAYS_LOOKED_AT.has(format.id)) && format.claims(path, context));
}

/** What stands at a path of one revision. */
export function readSide(path: string, context: ReadContext, policy: Policy): SideReading {
  const readers = readersOf(path, context, policy);
  const content = context.tree.file(path);
  if (content === null) return { kind: 'absent' };
  if (readers.length === 0) {
    if (!isWatched(policy, path) || isReferencedKind(path)) return { kind: 'not-configuration' };
    return unreadable(messages.noReader({ path }));
  }
  if (content.bytes === undefined) return unreadable({ id: 'file-unavailable', message: content.unavailable });
  if (isLfsPointer(content.bytes) && !readers.some((format) => MATTERS_ANYWHERE.has(format)))
    return unreadable(messages.gitLfsPointer());
  let unread: { readonly problem: ParseProblem } | null = null;
  for (const format of readers) {
    const result: ReadResult = format.read({ path, bytes: content.bytes }, context);
    if (result.kind === 'documents') {
      return { kind: 'documents', documents: withKeys(path, result, context), format: format.id };
    }
    if (result.kind === 'part-of') return { ...result, format: format.id };
    if (result.kind === 'unreadable') unread ??= result;
  }
  return unread === null ? { kind: 'not-configuration' } : { kind: 'unreadable', problem: unread.problem };
}

/** The documents with the private keys of their file and of those that take part in them. */
function withKeys(
  path: string,
  { documents, files = [] }: Extract<ReadResult, { kind: 'documents' }>,
  { tree, cryptography }: ReadContext,
): readonly ConfigDocument[] {
  return [path, ...files].reduce((found, file) => {
    const bytes = tree.file(file)?.bytes;
    return bytes === undefined ? found : withEmbeddedKeys({ path: file, bytes }, found, cryptography);
  }, documents);
}

function unreadable(message: Message): SideReading {
  return { kind: 'unreadable', problem: { ...message, at: null } };
}

/** Whether a side holds nothing that a review looks at. */
export function isNothing(reading: SideReading): boolean {
  return reading.kind === 'absent' || reading.kind === 'not-configuration';
}
