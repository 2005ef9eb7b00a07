/** From a list of changed files to changes in meaning: reads both sides of every watched file and compares them. Pure. */

import { diffDocuments } from '../diff/documents.ts';
import { diffFile } from '../diff/file.ts';
import { words as changeWords } from '../diff/messages.ts';
import type { GateFiles, ReadContext } from '../formats/format.ts';
import { withFormerParts } from '../formats/platform-xml/former-parts.ts';
import { keysInFile } from '../formats/secrets/embedded-keys.ts';
import { withoutKeys } from '../formats/secrets/key-text.ts';
import { secretsInUnread } from '../formats/secrets/unread-secrets.ts';
import type { Change } from '../model/change.ts';
import { nodeCryptography, sha256 } from '../model/digest.ts';
import type { ConfigDocument, Setting } from '../model/document.ts';
import { parseGuid } from '../model/guid.ts';
import type { Policy } from '../model/policy.ts';
import type { Problem, ReportFile } from '../model/report.ts';
import type { ChangedFile, Side, Tree } from '../model/source.ts';
import { messages } from './messages.ts';
import { pairMoves, referencesOf, type Unit, unitsOf } from './pair-files.ts';
import { isNothing, type ReadingMemory, type ReadSide, readSide, type SideReading } from './read-file.ts';

/** What an examination needs: the list of changed files and both revisions. */
export interface ExamineInput {
  readonly changedFiles: readonly ChangedFile[];
  readonly base: Tree;
  readonly head: Tree;
  readonly policy: Policy;
  readonly gateFiles: GateFiles;
}

/** Everything that was found, before any rule is asked. */
export interface Examination {
  readonly files: readonly ReportFile[];
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
  /** Real application ids that the documents at head name, sorted: the review request speaks of them. */
  readonly applicationIds: readonly string[];
}

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
  const read: ReadSide = (side, path) => {
    if (path === null) return { kind: 'absent' };
    const key = `${side}:${path}`;
    const known = memory.get(key);
    if (known !== undefined) return known;
    const before = missing();
    const reading = readSide(path, contexts[side], input.policy);
    if (missing() === before) memory.set(key, reading);
    return reading;
  };

  const references = referencesOf(input, contexts.head);
  const files: ReportFile[] = references.flatMap(({ file, owners }) =>
    owners.every((owner) => isNothing(read('base', owner)) && isNothing(read('head', owner)))
      ? []
      : [{ ...file, format: 'referenced-file' }],
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
      // What speaks for itself on one side only is new, or gone; anything else is told with its owners.
      if (base.kind !== 'documents' && head.kind !== 'documents') continue;
    }
    if (unit.listed !== null) files.push(reportFile(unit, base, head));
    if (base.kind === 'unreadable' || head.kind === 'unreadable') {
      const { change, problem } = unreadable(unit, base, head, contexts);
      changes.push(change, ...unreadSecrets(unit, base, head, contexts));
      problems.push(problem);
      continue;
    }
    const headDocuments = head.kind === 'documents' ? head.documents : [];
    const baseDocuments = base.kind === 'documents' ? base.documents : [];
    changes.push(...diffFile(baseDocuments, withFormerParts(baseDocuments, headDocuments)));
    problems.push(...newLints(baseDocuments.flatMap(lintsOf), headDocuments.flatMap(lintsOf)));
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
    cryptography: nodeCryptography,
    gateFiles: input.gateFiles,
    plainDocuments: input.policy.documents,
  };
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

/** An unreadable side hides what changed: one change that only a person can classify, bound to the content of both sides. */
function unreadable(
  unit: Unit,
  base: SideReading,
  head: SideReading,
  contexts: Readonly<Record<Side, ReadContext>>,
): { change: Change; problem: Problem } {
  const side: Side = head.kind === 'unreadable' ? 'head' : 'base';
  const reading = head.kind === 'unreadable' ? head : base;
  const found = reading.kind === 'unreadable' ? reading.problem : { id: 'file-unavailable', message: '', at: null };
  const problem = { ...found, message: withoutKeys(found.message) };
  const file = unit.headPath ?? unit.basePath ?? '';
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
      content: { before: contentId(unit.basePath, contexts.base), after: contentId(unit.headPath, contexts.head) },
      detail: (side === 'head' ? messages.unreadableHead : messages.unreadableBase)({ message: problem.message })
        .message,
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

/** No file hides its secrets by being unreadable: those at head that the base, as far as anything of it is seen, had not. */
function unreadSecrets(
  { basePath, headPath }: Unit,
  base: SideReading,
  head: SideReading,
  contexts: Readonly<Record<Side, ReadContext>>,
): readonly Change[] {
  const file = headPath ?? basePath ?? '';
  const before = [...secretsOf(base), ...secretsInBytes(basePath, base, contexts.base)];
  const after = head.kind === 'unreadable' ? secretsInBytes(headPath, head, contexts.head) : secretsOf(head);
  const changes = diffDocuments(unreadDocument(file, before), unreadDocument(file, after));
  return changes.filter(({ kind }) => kind !== 'removed');
}

function secretsOf(reading: SideReading): readonly Setting[] {
  const documents = reading.kind === 'documents' ? reading.documents : [];
  return documents.flatMap(({ file, role, digest, settings }): readonly Setting[] => {
    if (role !== 'key-store' || digest === null) return settings.filter(({ value }) => value.kind === 'secret');
    const value = { kind: 'secret', meaning: digest, what: changeWords.keyStore } as const;
    return [{ id: 'secret', value, at: { file, line: 1, column: 1 } }];
  });
}

/** Of a file that no reader claims only what is certain counts: private keys. */
function secretsInBytes(
  path: string | null,
  reading: SideReading,
  { tree, cryptography }: ReadContext,
): readonly Setting[] {
  const bytes = path === null ? undefined : tree.file(path)?.bytes;
  if (path === null || bytes === undefined) return [];
  const search = reading.kind === 'unreadable' && reading.problem.id === 'no-reader' ? keysInFile : secretsInUnread;
  return search({ path, bytes }, cryptography);
}

function unreadDocument(file: string, settings: readonly Setting[]): ConfigDocument {
  return {
    file,
    part: null,
    format: 'unreadable',
    role: 'client',
    completeness: 'patch',
    environment: 'unknown',
    settings,
    defaults: {},
    silentOn: [],
    lints: [],
    digest: null,
  };
}

/** Tells one content of a file from another, also where nobody can read it; null: there is no file. */
function contentId(path: string | null, { tree }: ReadContext): string | null {
  const content = path === null ? null : tree.file(path);
  if (content === null) return null;
  return content.bytes === undefined ? content.id : sha256(content.bytes);
}

/** Whether a file that belongs to others belongs to one that is configuration. */
function takesPart(side: Side, reading: SideReading, read: ReadSide): boolean {
  return reading.kind === 'part-of' && reading.owners.some((owner) => !isNothing(read(side, owner)));
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

/**
 * The lints at head. What the platform would refuse and the base had too is advice: it stands, and nothing in the change
 * made it.
 */
function newLints(base: readonly Problem[], head: readonly Problem[]): readonly Problem[] {
  const left = new Map<string, number>();
  for (const lint of base) left.set(saying(lint), (left.get(saying(lint)) ?? 0) + 1);
  return head.map((lint) => {
    const count = left.get(saying(lint)) ?? 0;
    if (lint.severity !== 'refused' || count === 0) return lint;
    left.set(saying(lint), count - 1);
    return { ...lint, severity: 'advice' };
  });
}

/** What a lint says, wherever in the file it stands. */
function saying({ id, message }: Problem): string {
  return `${id} ${message.replace(/\bin line \d+/g, '')}`;
}

function uniqueFiles(files: readonly ReportFile[]): readonly ReportFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

function uniqueProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
