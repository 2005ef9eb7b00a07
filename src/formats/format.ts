/** A format has a name, the paths that it matches, and a pure reader. */

import type { ReadResult } from '../model/document.ts';
import type { PlainDocument } from '../model/policy.ts';
import type { SourceFile, Tree } from '../model/source.ts';

/** Facts that a reader may use in addition to the file. */
export interface ReadContext {
  /** The revision of the file, for includes, transforms and referenced files. */
  readonly tree: Tree;
  /** The gate's own files. Changes to them are `governance`. */
  readonly gateFiles: GateFiles;
  /** Plain JSON or YAML documents that the policy declares. */
  readonly plainDocuments: readonly PlainDocument[];
}

/** Facts that a format may use when it matches a path. */
export type PathContext = Pick<ReadContext, 'gateFiles' | 'plainDocuments'>;

/** Paths and names that identify the gate's own files. */
export interface GateFiles {
  readonly policy: string;
  /** The workflow that runs the gate now (GITHUB_WORKFLOW_REF), or null. */
  readonly workflow: string | null;
  /** `owner/name` of the action as workflows use it (GITHUB_ACTION_REPOSITORY), or null for any owner. */
  readonly action: string | null;
}

/** One file format. `matchesPath` examines only the path. `read` confirms by content. */
export interface Format {
  readonly id: string;
  /** True if the reader lists the files in the same folder. Their names are then fetched with the file. */
  readonly needsSiblings?: true;
  /** True if it adds to the other readers. A file that both match is read by both. */
  readonly adds?: true;
  matchesPath(path: string, context: PathContext): boolean;
  /**
   * The part of a path by which an application finds the file. If it changes, the application no longer finds the file.
   * Absent if files of this format are not loaded by name.
   */
  getLoadedName?(path: string): string;
  /** Never throws on any bytes. */
  read(file: SourceFile, context: ReadContext): ReadResult;
}
