/** What every format in this room is: a name, the paths it matches, and a pure reader. */

import type { ReadResult } from '../model/document.ts';
import type { PlainDocument } from '../model/policy.ts';
import type { SourceFile, Tree } from '../model/source.ts';

/** What a reader may use in addition to the file. */
export interface ReadContext {
  /** The revision of the file, for includes, transforms and referenced files. */
  readonly tree: Tree;
  /** The gate's own files: changes to them are `governance`. */
  readonly gateFiles: GateFiles;
  /** Plain JSON or YAML documents that the policy declares. */
  readonly plainDocuments: readonly PlainDocument[];
}

/** What a format may know when it looks at a path only. */
export type PathContext = Pick<ReadContext, 'gateFiles' | 'plainDocuments'>;

/** Paths and names by which the gate's own files are known. */
export interface GateFiles {
  readonly policy: string;
  /** The workflow that runs the gate now (GITHUB_WORKFLOW_REF), or null. */
  readonly workflow: string | null;
  /** `owner/name` of the action as workflows use it (GITHUB_ACTION_REPOSITORY), or null: any owner's. */
  readonly action: string | null;
}

/** One file format. `matchesPath` looks at the path only; `read` confirms by content. */
export interface Format {
  readonly id: string;
  /** True where the reader lists the files of the same folder: their names are fetched with the file. */
  readonly needsSiblings?: true;
  /** True where it adds to the other readers: a file that both match is read by both. */
  readonly adds?: true;
  matchesPath(path: string, context: PathContext): boolean;
  /**
   * The part of a path by which an application finds the file. A file that is renamed to another one is lost to its
   * application. Absent: files of this format are not loaded by their names.
   */
  getLoadedName?(path: string): string;
  /** Never throws on any bytes. */
  read(file: SourceFile, context: ReadContext): ReadResult;
}
