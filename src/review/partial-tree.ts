/** One revision as far as it has been read, and the rounds of requests for the rest. */
import { getFolder } from '../model/paths.ts';
import type { FileContent, Found, RevisionPair, Side, Tree, Wanted } from '../model/source.ts';
import { messages } from './messages.ts';

/** Both revisions as far as they have been read. */
export type PartialTrees = Readonly<Record<Side, PartialTree>>;

/** More rounds than any chain of includes, parents and transforms that an application loads. */
export const MAX_ROUNDS = 16;

/**
 * Computes on both trees, reads the missing files, and repeats until none is missing. Endless references close the trees. Then
 * the last result rests on the files read by then. @throws errors of the sources
 */
export async function computeOnTrees<Result>(
  revisions: RevisionPair,
  { base, head }: PartialTrees,
  compute: () => Result,
): Promise<Result> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (base.isMissingSomething || head.isMissingSomething) {
      const found = await revisions.read({ base: base.listWanted(), head: head.listWanted() });
      base.accept(found.base);
      head.accept(found.head);
    }
    const result = compute();
    if (!base.isMissingSomething && !head.isMissingSomething) return result;
  }
  base.close();
  head.close();
  return compute();
}

/** A tree that notes requests for files that it does not have yet. Results from complete answers are kept. */
export class PartialTree implements Tree {
  readonly side: Side;
  readonly #files = new Map<string, FileContent | null>();
  readonly #folders = new Map<string, readonly string[]>();
  #paths: readonly string[] | null = null;
  readonly #wantedFiles = new Set<string>();
  readonly #promised = new Set<string>();
  readonly #wantedFolders = new Set<string>();
  readonly #memory = new Map<string, unknown>();
  #wantsPaths = false;
  #isClosed = false;
  /** Total number of lookups without an answer. A result during which it grows is incomplete and must not be kept. */
  #unanswered = 0;

  constructor(side: Side) {
    this.side = side;
  }

  get isMissingSomething(): boolean {
    return this.#wantedFiles.size + this.#wantedFolders.size > 0 || this.#wantsPaths;
  }

  /** True: references did not end, and files not read by then count as not available. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** From now on, files that were not gathered are not available. */
  close(): void {
    this.#isClosed = true;
    this.#wantedFiles.clear();
    this.#wantedFolders.clear();
    this.#wantsPaths = false;
  }

  readFile(path: string): FileContent | null {
    const content = this.#files.get(path);
    if (content === undefined && this.#isClosed) {
      return { unavailable: messages.referencesTooLong({ limit: MAX_ROUNDS }).message, id: '' };
    }
    if (content === undefined) {
      this.#wantedFiles.add(path);
      this.#unanswered += 1;
    }
    return content ?? null;
  }

  /** A file as far as it has been read, without requesting it: null if it does not exist, or was not read. */
  findReadFile(path: string): FileContent | null {
    return this.#files.get(path) ?? null;
  }

  /** Requests a file from the list of changes, because its absence would hide a change. */
  requireFile(path: string, withFolder: boolean): void {
    this.#promised.add(path);
    this.readFile(path);
    if (withFolder) this.listFolder(getFolder(path));
  }

  listFolder(path: string): readonly string[] {
    const names = this.#folders.get(path);
    if (names === undefined && !this.#isClosed) {
      this.#wantedFolders.add(path);
      this.#unanswered += 1;
    }
    return names ?? [];
  }

  listPaths(): readonly string[] {
    if (this.#paths === null && !this.#isClosed) {
      this.#wantsPaths = true;
      this.#unanswered += 1;
    }
    return this.#paths ?? [];
  }

  computeOnce<T>(key: string, make: () => T): T {
    if (this.#memory.has(key)) return this.#memory.get(key) as T;
    const before = this.#unanswered;
    const value = make();
    if (this.#unanswered === before) this.#memory.set(key, value);
    return value;
  }

  /** The requested files and folders that have not arrived yet. */
  listWanted(): Wanted {
    return {
      files: [...this.#wantedFiles].sort(),
      folders: [...this.#wantedFolders].sort(),
      paths: this.#wantsPaths,
    };
  }

  /** Adds the answers of a source. An answer that the source omits would look like "does not exist", so it is an error. */
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
