/** A file that is unreadable at base or head: one change that a reviewer must classify, and its possible secrets. Pure. */

import { diffDocuments } from '../diff/documents.ts';
import { words as changeWords } from '../diff/messages.ts';
import { completeDocument } from '../formats/client/client-document.ts';
import { findPrivateKeysInFile } from '../formats/secrets/embedded-keys.ts';
import { hidePrivateKeys } from '../formats/secrets/key-text.ts';
import { removeCredentials } from '../formats/secrets/secrets.ts';
import { findUnreadSecrets } from '../formats/secrets/unread-secrets.ts';
import type { Change, ChangedDocument } from '../model/change.ts';
import { computeSha256, identifyContent } from '../model/digest.ts';
import type { ConfigDocument, ParseProblem, Setting } from '../model/document.ts';
import type { Problem } from '../model/report.ts';
import type { Side, Tree } from '../model/source.ts';
import { messages } from './messages.ts';
import type { FilePair } from './pair-files.ts';
import type { FileReading } from './read-file.ts';

type ByRevision<T> = Readonly<Record<Side, T>>;

/**
 * Compares a pair with at least one unreadable side. The unreadable side hides the differences, so the one change is bound to
 * the content of both sides.
 */
export function compareUnreadable(
  pair: FilePair,
  readings: ByRevision<FileReading>,
  trees: ByRevision<Tree>,
): { readonly changes: readonly Change[]; readonly problems: readonly Problem[] } {
  const { base, head } = readings;
  const side: Side = head.kind === 'unreadable' ? 'head' : 'base';
  const found = findProblem(readings[side]);
  const file = pair.headPath ?? pair.basePath ?? '';
  const problem = describeProblem(found, file);
  const { message } = problem;
  const [document] = [base, head].flatMap((reading) => (reading.kind === 'documents' ? reading.documents : []));
  const { line, column } = found.at ?? {};
  const isPlaced = line !== undefined && column !== undefined;
  const change: Change = {
    file,
    setting: 'document',
    kind: base.kind === 'absent' ? 'added' : head.kind === 'absent' ? 'removed' : 'modified',
    effect: 'unknown',
    before: null,
    after: null,
    location: isPlaced ? { side, line, column } : null,
    traits: ['unresolved'],
    document: {
      format: 'unreadable',
      role: document?.role ?? 'client',
      environment: document?.environment ?? 'unknown',
      part: null,
      state: 'unreadable',
    },
    content: { before: identifyContent(pair.basePath, trees.base), after: identifyContent(pair.headPath, trees.head) },
    detail: (side === 'head' ? messages.unreadableHead : messages.unreadableBase)({ message }).message,
  };
  return {
    changes: [change, ...findNewSecrets(pair, readings, trees)],
    problems: [problem],
  };
}

/**
 * One change for content that was not read. Its meaning cannot be determined. It is bound to a digest of the content, if given.
 */
export function describeUnread(
  file: string,
  detail: string,
  document: Pick<ChangedDocument, 'format' | 'role'>,
  content?: string,
): Change {
  return {
    file,
    setting: 'document',
    kind: 'modified',
    effect: 'unknown',
    before: null,
    after: null,
    location: null,
    traits: ['unresolved'],
    document: { ...document, environment: 'unknown', part: null, state: 'unreadable' },
    ...(content === undefined ? {} : { content: { before: null, after: computeSha256(content) } }),
    detail,
  };
}

/** Why a file could not be read, without the secrets that the parser quoted. */
export function describeProblem({ id, message, at }: ParseProblem, file: string): Problem {
  const place = at === null ? {} : { line: at.line, column: at.column };
  return { id, severity: 'unreadable', file, ...place, message: removeCredentials(hidePrivateKeys(message)) };
}

function findProblem(reading: FileReading): ParseProblem {
  return reading.kind === 'unreadable' ? reading.problem : { id: 'file-unavailable', message: '', at: null };
}

/** An unreadable file must not hide secrets: those at head that the base, as far as anything of it can be seen, lacks. */
function findNewSecrets(
  { basePath, headPath }: FilePair,
  { base, head }: ByRevision<FileReading>,
  trees: ByRevision<Tree>,
): readonly Change[] {
  const file = headPath ?? basePath ?? '';
  const before = [...listSecrets(base), ...findSecretsInBytes(basePath, base, trees.base)];
  const after = head.kind === 'unreadable' ? findSecretsInBytes(headPath, head, trees.head) : listSecrets(head);
  const changes = diffDocuments(createUnreadableDocument(file, before), createUnreadableDocument(file, after));
  return changes.filter(({ kind }) => kind !== 'removed');
}

/** The private keys at head that the base lacks, in a file that no reader claims. */
export function findNewKeys({ basePath, headPath }: FilePair, trees: ByRevision<Tree>): readonly Change[] {
  const list = (path: string | null, tree: Tree): readonly Setting[] => {
    const bytes = path === null ? undefined : tree.readFile(path)?.bytes;
    return path === null || bytes === undefined ? [] : findPrivateKeysInFile({ path, bytes });
  };
  const after = list(headPath, trees.head);
  if (after.length === 0) return [];
  const file = headPath ?? '';
  const before = createUnreadableDocument(file, list(basePath, trees.base));
  return diffDocuments(before, createUnreadableDocument(file, after)).filter(({ kind }) => kind !== 'removed');
}

function listSecrets(reading: FileReading): readonly Setting[] {
  const documents = reading.kind === 'documents' ? reading.documents : [];
  return documents.flatMap(({ file, role, digest, settings }): readonly Setting[] => {
    if (role !== 'key-store' || digest === null) return settings.filter(({ value }) => value.kind === 'secret');
    const value = { kind: 'secret', meaning: digest, what: changeWords.keyStore } as const;
    return [{ id: 'secret', value, at: { file, line: 1, column: 1 } }];
  });
}

/** Of a file that no reader claims, only private keys count: they are certain. */
function findSecretsInBytes(path: string | null, reading: FileReading, tree: Tree): readonly Setting[] {
  const bytes = path === null ? undefined : tree.readFile(path)?.bytes;
  if (path === null || bytes === undefined) return [];
  const search =
    reading.kind === 'unreadable' && reading.problem.id === 'no-reader' ? findPrivateKeysInFile : findUnreadSecrets;
  return search({ path, bytes });
}

function createUnreadableDocument(file: string, settings: readonly Setting[]): ConfigDocument {
  const facts = { role: 'client', environment: 'unknown', completeness: 'patch' } as const;
  return completeDocument({ file, format: 'unreadable', settings, ...facts });
}
