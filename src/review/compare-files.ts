/** From a list of changed files to changes in meaning: reads both sides of every watched file and compares them. Pure. */

import { diffFile } from '../diff/file.ts';
import { markCertificatesOfNewApplications } from '../diff/new-application.ts';
import { withFormerParts } from '../formats/platform-xml/former-parts.ts';
import type { Change } from '../model/change.ts';
import type { ConfigDocument } from '../model/document.ts';
import { createPathMatcher } from '../model/globs.ts';
import { parseGuid } from '../model/guid.ts';
import { uniqueBy } from '../model/lists.ts';
import type { Policy } from '../model/policy.ts';
import type { Problem, ReportFile } from '../model/report.ts';
import type { Side, Tree } from '../model/source.ts';
import { isWatched } from '../policy/paths.ts';
import { describeFolderLinks } from './folder-links.ts';
import { createMarkSearch, namesSubject } from './marks.ts';
import { messages } from './messages.ts';
import { type ChangedFilesInput, type FilePair, findReferences, joinMovedFiles, pairFiles } from './pair-files.ts';
import { createReader, type FileReading, hasNoConfiguration, type ReadRevisionFile } from './read-file.ts';
import { describeLostConfiguration } from './renamed-file.ts';
import { describeSubmodules } from './submodules.ts';
import type { DocumentsByRevision } from './surroundings.ts';
import { compareUnreadable, describeProblem, findNewKeys } from './unreadable-file.ts';
import { describeWorkflowFiles } from './workflow-files.ts';

/** The list of changed files, and both revisions. */
export interface CompareInput extends ChangedFilesInput {
  readonly base: Tree;
  readonly head: Tree;
}

/** Everything that was found, before any rule is applied. */
export interface ComparedFiles {
  readonly files: readonly ReportFile[];
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
  /** Real application ids that the documents at head name, sorted. The review request lists them. */
  readonly applicationIds: readonly string[];
  /** The documents of each file on both sides. */
  readonly documents: readonly DocumentsByRevision[];
}

const NOTHING: ComparedFiles = { files: [], changes: [], problems: [], applicationIds: [], documents: [] };

/**
 * Reads and compares. An incomplete tree answers null and notes the missing file. The caller then fetches the missing files and
 * runs this again on the same trees, which keep the complete readings.
 */
export function compareFiles(input: CompareInput): ComparedFiles {
  const read = createReader(input);
  const references = findReferences(input);
  const pairs = joinMovedFiles(pairFiles(input, references, read), read);
  const documents = pairs.map(({ basePath, headPath }): DocumentsByRevision => {
    return { base: listDocuments(read('base', basePath)), head: listDocuments(read('head', headPath)) };
  });
  const all = documents.flatMap(({ base, head }) => [...base, ...head]);
  const compared = pairs
    .filter((pair) => !isUnreadableAndUnrelated(pair, all, input, read))
    .map((pair) => comparePair(pair, input, read));
  const referencedFiles = references.flatMap(
    ({ file: { path, previousPath, status }, owners }): readonly ReportFile[] => {
      if (!(['base', 'head'] as const).some((side) => hasConfiguration(side, owners, read))) return [];
      const moved = previousPath === undefined ? {} : { previousPath };
      return [{ path, ...moved, status, format: 'referenced-file' }];
    },
  );
  // A file that is read itself is reported with its own format, even if others refer to it: the last entry counts.
  const workflow = describeWorkflowFiles(input);
  const submodules = describeSubmodules(input);
  const links = describeFolderLinks(input, read);
  const files = [
    ...workflow.files,
    ...submodules.files,
    ...links.files,
    ...referencedFiles,
    ...compared.flatMap((one) => one.files),
  ];
  return {
    files: [...new Map(files.map((file) => [file.path, file])).values()],
    changes: markCertificatesOfNewApplications([
      ...workflow.changes,
      ...submodules.changes,
      ...links.changes,
      ...compared.flatMap(({ changes }) => changes),
    ]),
    problems: uniqueBy(
      compared.flatMap(({ problems }) => problems),
      (problem) => JSON.stringify(problem),
    ),
    applicationIds: [...new Set(compared.flatMap(({ applicationIds }) => applicationIds))].sort(),
    documents,
  };
}

function listDocuments(reading: FileReading): readonly ConfigDocument[] {
  return reading.kind === 'documents' ? reading.documents : [];
}

/** Formats that other software uses as well, so a file's name does not determine its content. */
const COMMON_FORMATS: ReadonlySet<string> = new Set([
  ...['dotnet-config', 'platform-xml', 'spring', 'django-settings', 'property-list', 'maven-pom'],
]);

/** Whether an unreadable file was never configuration and does not name the policy's subject. */
function isUnreadableAndUnrelated(
  { basePath, headPath, listed }: FilePair,
  documents: readonly ConfigDocument[],
  { policy, ...trees }: CompareInput,
  read: ReadRevisionFile,
): boolean {
  const { sweep } = policy;
  if (sweep === undefined || listed === null) return false;
  const readings = [
    { path: basePath, reading: read('base', basePath), tree: trees.base },
    { path: headPath, reading: read('head', headPath), tree: trees.head },
  ];
  const unreadable = readings.filter(({ reading }) => reading.kind === 'unreadable');
  if (unreadable.length === 0) return false;
  const isUnrelated = ({ path, reading, tree }: (typeof readings)[number]): boolean => {
    if (reading.kind !== 'unreadable') return hasNoConfiguration(reading);
    const bytes = path === null ? undefined : tree.readFile(path)?.bytes;
    if (path === null || bytes === undefined || !COMMON_FORMATS.has(reading.reader ?? '')) return false;
    return !namesSubject({ path, bytes }, sweep, createMarkSearch(sweep, documents));
  };
  return readings.every(isUnrelated);
}

function comparePair(pair: FilePair, trees: CompareInput, read: ReadRevisionFile): ComparedFiles {
  const base = read('base', pair.basePath);
  const head = read('head', pair.headPath);
  if (hasNoConfiguration(base) && hasNoConfiguration(head)) return compareUnclaimed(pair, base, head, trees);
  const isPart = base.kind === 'part-of' || head.kind === 'part-of';
  const isPartOfConfiguration = hasConfiguringOwner('base', base, read) || hasConfiguringOwner('head', head, read);
  // A file that is a document on one side only is new or removed. Any other part is compared with its owners.
  const isComparedWithOwners = isPart && base.kind !== 'documents' && head.kind !== 'documents';
  const isReported = isPartOfConfiguration || (pair.listed !== null && !isComparedWithOwners);
  const files = isReported ? [describeFile(pair, base, head)] : [];
  if (isComparedWithOwners) return { ...NOTHING, files };
  if (base.kind === 'unreadable' || head.kind === 'unreadable') {
    return { ...NOTHING, files, ...compareUnreadable(pair, { base, head }, trees) };
  }
  const [baseDocuments, headDocuments] = [listDocuments(base), listDocuments(head)];
  const changes = diffFile(baseDocuments, withFormerParts(baseDocuments, headDocuments));
  const isGone = changes.some(({ setting, kind }) => setting === 'document' && kind === 'removed');
  return {
    files,
    changes: [...changes, ...(isGone ? [] : describeLostConfiguration(pair, baseDocuments))],
    problems: [
      ...('unread' in head && head.unread !== undefined ? [describeProblem(head.unread, pair.headPath ?? '')] : []),
      ...compareLints(baseDocuments.flatMap(listLints), headDocuments.flatMap(listLints)),
    ],
    applicationIds: headDocuments.flatMap(listApplicationIds),
    documents: [],
  };
}

/** Whether the policy expects configuration at a watched path, so that a file without any is not understood. */
function isExpected(path: string, { unrecognized, documents }: Policy): boolean {
  const declared = documents.filter(({ files }) => createPathMatcher(files)(path));
  if (declared.length > 0) return declared.some(({ otherwise }) => otherwise !== 'nothing');
  return unrecognized === 'unknown';
}

/**
 * A watched file that no reader claims on either side. If the policy expects configuration, a person decides. Otherwise private
 * keys in it still count.
 */
function compareUnclaimed(pair: FilePair, base: FileReading, head: FileReading, trees: CompareInput): ComparedFiles {
  if (pair.listed === null || !isWatched(trees.policy, pair.listed.path)) return NOTHING;
  if (isExpected(pair.listed.path, trees.policy)) {
    const problem = { ...messages.unrecognized({ path: pair.listed.path }), at: null };
    const markUnreadable = (reading: FileReading): FileReading =>
      reading.kind === 'absent' ? reading : { kind: 'unreadable', problem };
    const readings = { base: markUnreadable(base), head: markUnreadable(head) };
    return {
      ...NOTHING,
      files: [describeFile(pair, readings.base, readings.head)],
      ...compareUnreadable(pair, readings, trees),
    };
  }
  const changes = findNewKeys(pair, trees);
  if (changes.length === 0) return NOTHING;
  const { path, previousPath, status } = pair.listed;
  const file = { path, ...(previousPath === undefined ? {} : { previousPath }), status, format: 'unrecognized' };
  return { ...NOTHING, files: [file], changes };
}

/** Whether a file that is part of others is part of at least one that is configuration. */
function hasConfiguringOwner(side: Side, reading: FileReading, read: ReadRevisionFile): boolean {
  return reading.kind === 'part-of' && hasConfiguration(side, reading.owners, read);
}

function hasConfiguration(side: Side, paths: readonly string[], read: ReadRevisionFile): boolean {
  return paths.some((path) => !hasNoConfiguration(read(side, path)));
}

function describeFile({ listed, basePath, headPath }: FilePair, base: FileReading, head: FileReading): ReportFile {
  const readable = [head, base].find((reading) => 'format' in reading);
  const isUnreadable = base.kind === 'unreadable' || head.kind === 'unreadable' || readable === undefined;
  return {
    path: listed?.path ?? headPath ?? basePath ?? '',
    ...(listed?.previousPath === undefined ? {} : { previousPath: listed.previousPath }),
    status: listed?.status ?? 'modified',
    format: isUnreadable ? 'unreadable' : readable.format,
  };
}

function listApplicationIds(document: ConfigDocument): readonly string[] {
  return document.settings.flatMap(({ id, value }) =>
    id === 'app-id' && value.kind === 'text' && parseGuid(value.meaning) !== null ? [value.meaning] : [],
  );
}

function listLints({ lints }: ConfigDocument): readonly Problem[] {
  return lints.map(({ at: { file, line, column }, ...lint }) => ({ ...lint, file, line, column }));
}

/** The lints at head. A value that the platform would reject is only advice if the base already had it. */
function compareLints(base: readonly Problem[], head: readonly Problem[]): readonly Problem[] {
  const known = new Map<string, number>();
  for (const lint of base) known.set(identifyLint(lint), (known.get(identifyLint(lint)) ?? 0) + 1);
  const problems: Problem[] = [];
  for (const lint of head) {
    const text = identifyLint(lint);
    const count = known.get(text) ?? 0;
    const isKnown = lint.severity === 'refused' && count > 0;
    if (isKnown) known.set(text, count - 1);
    problems.push(isKnown ? { ...lint, severity: 'advice' } : lint);
  }
  return problems;
}

/** The identity of a lint finding, independent of its place in the file. */
function identifyLint({ id, message }: Problem): string {
  return `${id} ${message.replace(/\bin line \d+/g, '')}`;
}
