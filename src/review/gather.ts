/** Facts first: asks a source for what the readers want to see, in as few rounds as possible, until nothing is missing. */
import { folderOf } from '../model/paths.ts';
import type { FileContent, Found, RevisionPair, Side, Tree, Wanted } from '../model/source.ts';
import { type ComparedFiles, compareFiles } from './compare-files.ts';
import { messages } from './messages.ts';
import type { ChangedFilesInput } from './pair-files.ts';
import { isCandidate, needsSiblings } from './read-file.ts';

/** Which files changed, where both revisions are read, and what the policy watches. */
export interface GatherInput extends ChangedFilesInput {
  readonly revisions: RevisionPair;
}

/** More rounds than any chain of includes and transforms needs; a longer one is a circle. */
const MAX_ROUNDS = 12;

/** Reads everything the review needs and compares it. @throws what the sources throw; never returns on partial facts. */
export async function gather(input: GatherInput): Promise<ComparedFiles> {
  const base = new PartialTree('base');
  const head = new PartialTree('head');
  for (const { path, previousPath = path, status } of input.changedFiles) {
    if (!isCandidate(previousPath, input) && !isCandidate(path, input)) continue;
    const withFolder = needsSiblings(path, input);
    if (status !== 'added') base.promise(previousPath, withFolder);
    if (status !== 'removed') head.promise(path, withFolder);
  }
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const found = await input.revisions.read({ base: base.wanted(), head: head.wanted() });
    base.accept(found.base);
    head.accept(found.head);
    const compared = compareFiles({ ...input, base, head });
    if (!base.isMissingSomething && !head.isMissingSomething) return compared;
  }
  throw new Error(`the files' references to each other did not end after ${MAX_ROUNDS} rounds`);
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
