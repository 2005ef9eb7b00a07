/** Facts first: asks a source for what the readers want to see, in as few rounds as possible, until nothing is missing. */
import { sortByKey, uniqueBy } from '../model/lists.ts';
import { folderOf } from '../model/paths.ts';
import type { Policy } from '../model/policy.ts';
import type { ExaminedFile } from '../model/report.ts';
import type { ChangedFile, FileContent, Found, RevisionPair, Side, Tree, Wanted } from '../model/source.ts';
import { isWorkflowFile } from '../policy/paths.ts';
import { type ComparedFiles, compareFiles } from './compare-files.ts';
import { createMarkSearch } from './marks.ts';
import { messages } from './messages.ts';
import type { ChangedFilesInput } from './pair-files.ts';
import { isCandidate, needsSiblings } from './read-file.ts';
import { basePath, headPath, readUnlisted, type UnlistedContents } from './read-unlisted.ts';
import { isModulesFile } from './submodules.ts';
import { compareContents, type SweptContent, sweepFiles } from './sweep.ts';
import { WORKFLOW_FORMAT } from './workflow-files.ts';

/** Which files changed, where both revisions are read, and what the policy watches. */
export interface GatherInput extends ChangedFilesInput {
  readonly revisions: RevisionPair;
}

/** More rounds than any chain of includes and transforms needs; a longer one is a circle. */
const MAX_ROUNDS = 12;

/** Everything that was found, and what was done with each changed file. */
export interface Gathered extends Omit<ComparedFiles, 'documents'> {
  readonly examined: readonly ExaminedFile[];
}

/** Reads everything the review needs and compares it. @throws what the sources throw; never returns on partial facts. */
export async function gather(input: GatherInput): Promise<Gathered> {
  const [compared, contents] = await Promise.all([readAndCompare(input), readUnlisted(input)]);
  return addSweep(compared, input, contents);
}

type ComparedTrees = ComparedFiles & Readonly<Record<Side, Tree>>;

/** Searches what no reader claims. A file that a reader looked at in vain is in the trees already. */
function addSweep(
  { base, head, documents, ...compared }: ComparedTrees,
  { changedFiles, policy }: GatherInput,
  contents: UnlistedContents,
): Gathered {
  const claimed = new Map(
    compared.files.flatMap((file) => [file.path, file.previousPath ?? file.path].map((path) => [path, file])),
  );
  const { sweep } = policy;
  // What is only compared as a part of sign-up was not read.
  const isRead = ({ path }: ChangedFile) => (claimed.get(path)?.format ?? WORKFLOW_FORMAT) !== WORKFLOW_FORMAT;
  const swept = sweepFiles(
    changedFiles.filter((file) => !isRead(file)),
    {
      policy,
      findMarks: sweep === undefined ? () => [] : createMarkSearch(sweep, documents),
      contentOf: (file) => contents.get(file.path) ?? compareKnown(file, { base, head }),
    },
  );
  const changed = new Set(compared.changes.map(({ file }) => file));
  const read = changedFiles.flatMap(({ path }): readonly ExaminedFile[] => {
    const file = claimed.get(path);
    if (file === undefined) return [];
    return [{ path, outcome: changed.has(file.path) ? 'read' : 'equal', reader: file.format }];
  });
  return {
    ...compared,
    files: uniqueBy([...swept.files, ...compared.files], ({ path }) => path),
    changes: [...compared.changes, ...swept.changes],
    examined: sortByKey(
      uniqueBy([...read, ...swept.examined], ({ path }) => path),
      ({ path }) => [path],
    ),
  };
}

/** Compares the contents of a file of which the list has no lines, as far as they were read. */
function compareKnown(file: ChangedFile, trees: Readonly<Record<Side, Tree>>): SweptContent | null {
  if (file.lines !== undefined) return null;
  const [base, head] = [basePath(file), headPath(file)];
  const [before, after] = [base === null ? null : trees.base.file(base), head === null ? null : trees.head.file(head)];
  if ((base !== null && before === null) || (head !== null && after === null)) return null;
  return compareContents(file, before, after);
}

async function readAndCompare(input: GatherInput): Promise<ComparedTrees> {
  const base = new PartialTree('base');
  const head = new PartialTree('head');
  for (const file of input.changedFiles) {
    const { path, previousPath = path, status } = file;
    const isRead = [path, previousPath].some((one) => isCandidate(one, input)) || isReadWhole(input.policy, file);
    if (!isRead) continue;
    const withFolder = needsSiblings(path, input);
    if (status !== 'added') base.promise(previousPath, withFolder);
    if (status !== 'removed') head.promise(path, withFolder);
  }
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const found = await input.revisions.read({ base: base.wanted(), head: head.wanted() });
    base.accept(found.base);
    head.accept(found.head);
    const compared = compareFiles({ ...input, base, head });
    if (!base.isMissingSomething && !head.isMissingSomething) return { ...compared, base, head };
  }
  throw new Error(`the files' references to each other did not end after ${MAX_ROUNDS} rounds`);
}

/** What is compared although no reader claims it. */
function isReadWhole(policy: Policy, file: ChangedFile): boolean {
  return isWorkflowFile(policy, file) || isModulesFile(file);
}

/** A tree that notes what it was asked for and does not have yet. What was made of complete answers is kept. */
class PartialTree implements Tree {
  readonly side: Side;
  readonly #files = new Map<string, FileContent | null>();
  readonly #folders = new Map<string, readonly string[]>();
  #paths: readonly string[] | null = null;
  readonly #wantedFiles = new Set<string>();
  readonly #promised = new Set<string>();
  readonly #wantedFolders = new Set<string>();
  readonly #memory = new Map<string, unknown>();
  #wantsPaths = false;
  /** Total number of lookups without an answer. What grows it while it is made is incomplete and must not be kept. */
  #unanswered = 0;

  constructor(side: Side) {
    this.side = side;
  }

  get isMissingSomething(): boolean {
    return this.#wantedFiles.size + this.#wantedFolders.size > 0 || this.#wantsPaths;
  }

  file(path: string): FileContent | null {
    const content = this.#files.get(path);
    if (content === undefined) {
      this.#wantedFiles.add(path);
      this.#unanswered += 1;
    }
    return content ?? null;
  }

  /** Asks for a file that the list of changes promises: its absence would hide a change. */
  promise(path: string, withFolder: boolean): void {
    this.#promised.add(path);
    this.file(path);
    if (withFolder) this.folder(folderOf(path));
  }

  folder(path: string): readonly string[] {
    const names = this.#folders.get(path);
    if (names === undefined) {
      this.#wantedFolders.add(path);
      this.#unanswered += 1;
    }
    return names ?? [];
  }

  paths(): readonly string[] {
    if (this.#paths === null) {
      this.#wantsPaths = true;
      this.#unanswered += 1;
    }
    return this.#paths ?? [];
  }

  memo<T>(key: string, make: () => T): T {
    if (this.#memory.has(key)) return this.#memory.get(key) as T;
    const before = this.#unanswered;
    const value = make();
    if (this.#unanswered === before) this.#memory.set(key, value);
    return value;
  }

  /** What was asked for and is not here yet. */
  wanted(): Wanted {
    return {
      files: [...this.#wantedFiles].sort(),
      folders: [...this.#wantedFolders].sort(),
      paths: this.#wantsPaths,
    };
  }

  /** Takes what was found. A source that forgets an answer would look like "not there": that is an error. */
  accept(found: Found): void {
    for (const path of this.#wantedFiles) {
      const content = found.files.get(path);
      if (content === undefined) throw new Error('the source did not answer for a file it was asked for');
      const withheld = content === null && this.#promised.has(path);
      this.#files.set(path, withheld ? { unavailable: messages.listedButAbsent().message, id: '' } : content);
    }
    for (const path of this.#wantedFolders) {
      const names = found.folders.get(path);
      if (names === undefined) throw new Error('the source did not answer for a folder it was asked for');
      this.#folders.set(path, names);
    }
    if (this.#wantsPaths && found.paths === null) throw new Error('the source did not answer for the list of paths');
    this.#paths = found.paths ?? this.#paths;
    this.#wantedFiles.clear();
    this.#wantedFolders.clear();
    this.#wantsPaths = false;
  }
}
