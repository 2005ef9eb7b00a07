/** Files as the core sees them: bytes at a revision, handed in from outside. */
import { messages } from './messages.ts';

/** A place in a file. Lines and columns count from 1; columns count UTF-16 units of the decoded text. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A place in a named file (an effective value may appear in another file than the one that was changed). */
export interface Place extends Position {
  readonly file: string;
}

/** The two revisions that a review compares. */
export type Side = 'base' | 'head';

/**
 * The known facts of one file at one revision: its bytes, or why they are not available, with an id that differs for different
 * contents (git's blob id, a digest). Null: there is no such file.
 */
export type FileContent =
  | { readonly bytes: Uint8Array }
  | { readonly unavailable: string; readonly id: string; readonly bytes?: undefined };

/**
 * Largest file that is read, in bytes. A larger file is never skipped in silence: it is unreadable, so a person must review it.
 */
export const MAX_FILE_BYTES = 5 * 1024 * 1024;

/** The content of a file over the limit. */
export function createTooLargeContent(bytes: number, id: string): FileContent {
  return { unavailable: messages.fileTooLarge({ bytes, limit: MAX_FILE_BYTES }).message, id };
}

/** The content of a symbolic link, which is not followed. */
export function createLinkContent(id: string): FileContent {
  return { unavailable: messages.notAFile().message, id };
}

/** One file with its bytes. `path` is relative to the root of the repository and uses `/`. */
export interface SourceFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The file's status from git or GitHub. `copied` and `changed` from GitHub's API arrive as `added` and `modified`. */
export type FileStatus = 'added' | 'removed' | 'modified' | 'renamed';

/** A line that is on one side only. Lines count from 1, on their own side. */
export interface ChangedLine {
  readonly side: Side;
  readonly line: number;
  readonly text: string;
  /** The line before it on its side, if the difference shows it. */
  readonly previous?: string;
}

/** One entry of the list of changed files. */
export interface ChangedFile {
  readonly path: string;
  /** Only for `renamed`: the path at the base. */
  readonly previousPath?: string;
  readonly status: FileStatus;
  /** The lines that were added and removed. Absent: not known, because there was no complete text difference. */
  readonly lines?: readonly ChangedLine[];
  /** An id of its content at head (at base for a removed file), if the list has one. */
  readonly contentId?: string;
}

/**
 * One revision of the repository for readers. A lookup that has no answer yet returns null and is noted. The caller gathers the
 * answer and runs the reader again, so readers simply ask.
 */
export interface Tree {
  readonly side: Side;
  /** The file at `path` (exact case), or null if it is missing or not available. */
  readFile(path: string): FileContent | null;
  /** Names (not paths) of the files directly in a folder; '' is the root. Empty when there is no such folder. */
  listFolder(path: string): readonly string[];
  /** Paths of all files of the revision. Costly on GitHub, so use it only as a last resort. */
  listPaths(): readonly string[];
  /**
   * The value of `make` for this key on this revision, computed once. A value based on a lookup without an answer is not kept.
   * The key names the function and its arguments: `includers`, `pom:a/pom.xml`.
   */
  computeOnce<T>(key: string, make: () => T): T;
}

/** Facts in a certificate. Times are ISO 8601 in UTC. */
export interface CertificateFacts {
  readonly subject: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** For example `RSA`. */
  readonly keyType: string;
  /** Null if the key type has no such number. */
  readonly keyBits: number | null;
}

/** One revision with batch requests (one request each on GitHub). */
export interface RevisionSource {
  /** The contents of the files; null for a missing one. @throws PlatformError if that is not known */
  readFiles(paths: readonly string[]): Promise<ReadonlyMap<string, FileContent | null>>;
  /** The names of the files directly in each folder ('' is the root); an empty list for no such folder. */
  listFolders(paths: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** All paths. @throws PlatformError when the list would be partial. */
  listPaths(): Promise<readonly string[]>;
}

/** The files that the review requests from one revision. */
export interface Wanted {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** True: the list of all paths. */
  readonly paths: boolean;
}

/** The answer to a request. `paths` is null if no paths were requested. */
export interface Found {
  readonly files: ReadonlyMap<string, FileContent | null>;
  readonly folders: ReadonlyMap<string, readonly string[]>;
  readonly paths: readonly string[] | null;
}

/** Both revisions of a comparison, requested together so that a remote source needs few requests. @throws PlatformError */
export interface RevisionPair {
  /** Most files that may be read only because the list of changes has no lines of them. Absent: reading costs no requests. */
  readonly maxUnlisted?: number;
  read(wanted: Readonly<Record<Side, Wanted>>): Promise<Readonly<Record<Side, Found>>>;
}

/** Two sources, each with its own requests. */
export function pairRevisions(base: RevisionSource, head: RevisionSource): RevisionPair {
  const readWanted = async (source: RevisionSource, wanted: Wanted): Promise<Found> => {
    const [files, folders, paths] = await Promise.all([
      wanted.files.length > 0 ? source.readFiles(wanted.files) : new Map<string, FileContent | null>(),
      wanted.folders.length > 0 ? source.listFolders(wanted.folders) : new Map<string, readonly string[]>(),
      wanted.paths ? source.listPaths() : null,
    ]);
    return { files, folders, paths };
  };
  return {
    async read(wanted) {
      const [first, second] = await Promise.all([readWanted(base, wanted.base), readWanted(head, wanted.head)]);
      return { base: first, head: second };
    },
  };
}
