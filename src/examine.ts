/** From a list of changed files to changes in meaning: reads both sides of every watched file and compares them. Pure. */

import messages from '../data/messages/examine.json' with { type: 'json' };
import { diffFile } from './diff/file.ts';
import { manifestsReferencing } from './formats/application-manifest.ts';
import { withEmbeddedKeys } from './formats/embedded-keys.ts';
import type { Format, GateFiles, ReadContext } from './formats/format.ts';
import { formats } from './formats/list.ts';
import { isReferencedKind } from './formats/referenced-file.ts';
import type { Change } from './model/change.ts';
import type { ConfigDocument, ParseProblem, ReadResult } from './model/document.ts';
import { parseGuid } from './model/guid.ts';
import { fill } from './model/messages.ts';
import type { Policy } from './model/policy.ts';
import type { Problem, ReportFile } from './model/report.ts';
import type { ChangedFile, Cryptography, FileContent, Side, Tree } from './model/source.ts';
import { isWatched } from './policy/paths.ts';

/** What an examination needs: the list of changed files and both revisions. */
export interface ExamineInput {
  readonly changedFiles: readonly ChangedFile[];
  readonly base: Tree;
  readonly head: Tree;
  readonly policy: Policy;
  readonly gateFiles: GateFiles;
  readonly cryptography: Cryptography;
}

/** Everything that was found, before any rule is asked. */
export interface Examination {
  readonly files: readonly ReportFile[];
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
  /** Real application ids that the documents at head name, sorted: the review request speaks of them. */
  readonly applicationIds: readonly string[];
}

/** What one side of a file turned out to be. */
type SideReading =
  | { readonly kind: 'absent' }
  | { readonly kind: 'not-configuration' }
  | { readonly kind: 'unreadable'; readonly problem: ParseProblem; readonly digest: string | null }
  | { readonly kind: 'part-of'; readonly owners: readonly string[]; readonly format: string }
  | { readonly kind: 'documents'; readonly documents: readonly ConfigDocument[]; readonly format: string };

/** One file to compare: where it is on each side, and the entry of the list it came from (null: pulled in by another). */
interface Unit {
  readonly basePath: string | null;
  readonly headPath: string | null;
  readonly listed: ChangedFile | null;
}

/** Reads that needed nothing which is still missing may be kept between two runs of the same examination. */
export type ReadingMemory = Map<string, SideReading>;

/**
 * Reads and compares. A tree that has not everything yet answers null and notes it; the caller fetches and runs this
 * again, with the same `memory`, until nothing is missing. `missing` counts such answers and only ever grows: a reading
 * during which it stood still rests on all it asked for.
 */
export function examine(
  input: ExamineInput,
  memory: ReadingMemory = new Map(),
  missing: () => number = () => 0,
): Examination {
  const contexts: Record<Side, ReadContext> = {
    base: contextOf(input, input.base),
    head: contextOf(input, input.head),
  };
  const read = (side: Side, path: string | null): SideReading => {
    if (path === null) return { kind: 'absent' };
    const key = `${side}:${path}`;
    const known = memory.get(key);
    if (known !== undefined) return known;
    const before = missing();
    const reading = readSide(path, contexts[side], input.policy);
    if (missing() === before) memory.set(key, reading);
    return reading;
  };

  const references = referencesOf(input.changedFiles, contexts.head);
  const files: ReportFile[] = references.flatMap(({ file, owners }) =>
    owners.every((owner) => isNothing(read('head', owner))) ? [] : [{ ...file, format: 'referenced-file' }],
  );
  const changes: Change[] = [];
  const problems: Problem[] = [];
  const applicationIds = new Set<string>();
  for (const unit of pairMoves(unitsOf(input, references, read), read)) {
    const base = read('base', unit.basePath);
    const head = read('head', unit.headPath);
    if (isNothing(base) && isNothing(head)) continue;
    if (base.kind === 'part-of' || head.kind === 'part-of') {
      if (takesPart('base', base, read) || takesPart('head', head, read)) files.push(reportFile(unit, base, head));
      continue;
    }
    if (unit.listed !== null) files.push(reportFile(unit, base, head));
    if (base.kind === 'unreadable' || head.kind === 'unreadable') {
      const { change, problem } = unreadable(unit, base, head);
      changes.push(change);
      problems.push(problem);
      continue;
    }
    const headDocuments = head.kind === 'documents' ? head.documents : [];
    changes.push(...diffFile(base.kind === 'documents' ? base.documents : [], headDocuments));
    problems.push(...headDocuments.flatMap(lintsOf));
    for (const id of headDocuments.flatMap(applicationIdsOf)) applicationIds.add(id);
  }
  return {
    files: uniqueFiles(files),
    changes,
    problems: uniqueProblems(problems),
    applicationIds: [...applicationIds].sort(),
  };
}

function contextOf(input: ExamineInput, tree: Tree): ReadContext {
  return {
    tree,
    cryptography: input.cryptography,
    gateFiles: input.gateFiles,
    plainDocuments: input.policy.documents,
  };
}

/** The gate's own files and poms are looked at whatever the globs say: a policy must not be able to hide itself. */
const ALWAYS_LOOKED_AT: ReadonlySet<string> = new Set(['governance', 'maven-pom']);

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

function readSide(path: string, context: ReadContext, policy: Policy): SideReading {
  const readers = readersOf(path, context, policy);
  const content = context.tree.file(path);
  if (content === null) return { kind: 'absent' };
  if (readers.length === 0) {
    if (!isWatched(policy, path) || isReferencedKind(path)) return { kind: 'not-configuration' };
    return unreadableSide('no-reader', fill(messages['no-reader'], { path }), content, context);
  }
  if (content.bytes === undefined) {
    return unreadableSide('file-unavailable', content.unavailable, content, context);
  }
  let unread: { readonly problem: ParseProblem } | null = null;
  for (const format of readers) {
    const result: ReadResult = format.read({ path, bytes: content.bytes }, context);
    if (result.kind === 'documents') {
      const documents = withEmbeddedKeys({ path, bytes: content.bytes }, result.documents, context.cryptography);
      return { kind: 'documents', documents, format: format.id };
    }
    if (result.kind === 'part-of') return { ...result, format: format.id };
    if (result.kind === 'unreadable') unread ??= result;
  }
  if (unread === null) return { kind: 'not-configuration' };
  return { kind: 'unreadable', problem: unread.problem, digest: context.cryptography.sha256(content.bytes) };
}

function unreadableSide(id: string, message: string, content: FileContent, context: ReadContext): SideReading {
  const digest = content.bytes === undefined ? null : context.cryptography.sha256(content.bytes);
  return { kind: 'unreadable', problem: { id, message, at: null }, digest };
}

/** Whether a file that belongs to others belongs to one that is configuration. */
function takesPart(side: Side, reading: SideReading, read: (side: Side, path: string) => SideReading): boolean {
  return reading.kind === 'part-of' && reading.owners.some((owner) => !isNothing(read(side, owner)));
}

function isNothing(reading: SideReading): boolean {
  return reading.kind === 'absent' || reading.kind === 'not-configuration';
}

/** A changed file that manifests name. */
interface Reference {
  readonly file: ChangedFile;
  readonly owners: readonly string[];
}

/** Manifests that did not change themselves are the same on both sides, so those of the head tell. */
function referencesOf(changedFiles: readonly ChangedFile[], head: ReadContext): readonly Reference[] {
  return changedFiles.flatMap((file) => {
    const paths = [file.path, ...(file.previousPath === undefined ? [] : [file.previousPath])].filter(isReferencedKind);
    const owners = [...new Set(paths.flatMap((path) => manifestsReferencing(path, head)))];
    return owners.length === 0 ? [] : [{ file, owners }];
  });
}

/** The files to compare: the listed ones, and those whose meaning a listed one takes part in. */
function unitsOf(
  input: ExamineInput,
  references: readonly Reference[],
  read: (side: Side, path: string | null) => SideReading,
): readonly Unit[] {
  const units = new Map<string, Unit>();
  const add = (unit: Unit) => {
    const key = unit.headPath ?? unit.basePath ?? '';
    if (!units.has(key)) units.set(key, unit);
  };
  const listed = [...input.changedFiles].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  for (const file of listed) {
    const basePath = file.status === 'added' ? null : (file.previousPath ?? file.path);
    const headPath = file.status === 'removed' ? null : file.path;
    const candidate = [basePath, headPath].some(
      (path) => path !== null && isCandidate(path, input.policy, input.gateFiles),
    );
    if (candidate) add({ basePath, headPath, listed: file });
  }
  const owned = (owner: string) => {
    const listedItself = input.changedFiles.some((file) => file.path === owner || file.previousPath === owner);
    if (!listedItself) add({ basePath: owner, headPath: owner, listed: null });
  };
  for (const { owners } of references) owners.forEach(owned);
  for (const unit of [...units.values()]) {
    for (const side of ['base', 'head'] as const) {
      const reading = read(side, side === 'base' ? unit.basePath : unit.headPath);
      if (reading.kind === 'part-of') reading.owners.forEach(owned);
    }
  }
  return [...units.values()];
}

/** A file that is gone and one that is new with the same application in the same format are one file that moved. */
function pairMoves(units: readonly Unit[], read: (side: Side, path: string | null) => SideReading): readonly Unit[] {
  const added = units.filter((unit) => unit.basePath === null);
  const taken = new Set<Unit>();
  const moves = new Map<Unit, Unit>();
  for (const gone of units.filter((unit) => unit.headPath === null)) {
    const identity = identityOf(read('base', gone.basePath));
    if (identity === null) continue;
    const target = added.find((unit) => !taken.has(unit) && identityOf(read('head', unit.headPath)) === identity);
    if (target === undefined) continue;
    taken.add(target);
    moves.set(gone, target);
  }
  return units.flatMap((unit) => {
    if (taken.has(unit)) return [];
    const target = moves.get(unit);
    if (target?.headPath === undefined || target.headPath === null || unit.basePath === null) return [unit];
    const listed: ChangedFile = { path: target.headPath, previousPath: unit.basePath, status: 'renamed' };
    return [{ basePath: unit.basePath, headPath: target.headPath, listed }];
  });
}

/** What makes two documents the same one: its format and its application, or for a certificate what it holds. */
function identityOf(reading: SideReading): string | null {
  if (reading.kind !== 'documents') return null;
  const [document] = reading.documents;
  const setting = document?.settings.find(({ id }) => id === 'app-id' || id === 'certificate');
  if (document === undefined || setting === undefined) return null;
  const { value } = setting;
  if (value.kind === 'text' && value.meaning !== 'placeholder') return `${document.format}:${value.meaning}`;
  if (value.kind === 'set') return `${document.format}:${value.items.map((item) => item.meaning).join()}`;
  return null;
}

function reportFile(unit: Unit, base: SideReading, head: SideReading): ReportFile {
  const listed = unit.listed;
  const format =
    base.kind === 'unreadable' || head.kind === 'unreadable'
      ? 'unreadable'
      : 'format' in head
        ? head.format
        : 'format' in base
          ? base.format
          : 'unreadable';
  return {
    path: listed?.path ?? unit.headPath ?? unit.basePath ?? '',
    ...(listed?.previousPath === undefined ? {} : { previousPath: listed.previousPath }),
    status: listed?.status ?? 'modified',
    format,
  };
}

/** An unreadable side hides what changed: one change that only a person can classify, bound to the bytes of both sides. */
function unreadable(unit: Unit, base: SideReading, head: SideReading): { change: Change; problem: Problem } {
  const side: Side = head.kind === 'unreadable' ? 'head' : 'base';
  const reading = head.kind === 'unreadable' ? head : base;
  const problem = reading.kind === 'unreadable' ? reading.problem : { id: 'file-unavailable', message: '', at: null };
  const file = unit.headPath ?? unit.basePath ?? '';
  const digestOf = (read: SideReading) => (read.kind === 'unreadable' ? read.digest : null);
  const documents = base.kind === 'documents' ? base.documents : head.kind === 'documents' ? head.documents : [];
  return {
    change: {
      file,
      setting: 'document',
      kind: base.kind === 'absent' ? 'added' : head.kind === 'absent' ? 'removed' : 'modified',
      effect: 'unknown',
      before: null,
      after: null,
      location: problem.at === null ? null : { side, line: problem.at.line, column: problem.at.column },
      traits: ['unresolved'],
      document: {
        format: 'unreadable',
        role: documents[0]?.role ?? 'client',
        environment: documents[0]?.environment ?? 'unknown',
        part: null,
        state: 'unreadable',
      },
      content: { before: digestOf(base), after: digestOf(head) },
      detail: fill(messages[side === 'head' ? 'unreadable-head' : 'unreadable-base'], { message: problem.message }),
    },
    problem: {
      id: problem.id,
      severity: 'unreadable',
      file,
      ...(problem.at === null ? {} : { line: problem.at.line, column: problem.at.column }),
      message: problem.message,
    },
  };
}

function applicationIdsOf(document: ConfigDocument): readonly string[] {
  return document.settings.flatMap(({ id, value }) =>
    id === 'app-id' && value.kind === 'text' && parseGuid(value.meaning) !== null ? [value.meaning] : [],
  );
}

function lintsOf(document: ConfigDocument): readonly Problem[] {
  return document.lints.map((lint) => ({
    id: lint.id,
    severity: lint.severity,
    file: lint.at.file,
    line: lint.at.line,
    column: lint.at.column,
    message: lint.message,
    source: lint.source,
  }));
}

function uniqueFiles(files: readonly ReportFile[]): readonly ReportFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

function uniqueProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
