/** What every format in this room is: a name, the paths it may claim, and a pure reader. */

import type { ReadResult } from '../model/document.ts';
import type { PlainDocument } from '../model/policy.ts';
import type { Cryptography, SourceFile, Tree } from '../model/source.ts';

/** What a reader may use besides the file. */
export interface ReadContext {
  /** The revision that the file stands in, for includes, transforms and referenced files. */
  readonly tree: Tree;
  readonly cryptography: Cryptography;
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
  /** True where the reader looks at the names beside the file: they are fetched with it. */
  readonly needsSiblings?: true;
  matchesPath(path: string, context: PathContext): boolean;
  /** Never throws on any bytes. */
  read(file: SourceFile, context: ReadContext): ReadResult;
}
