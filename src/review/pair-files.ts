/** Which base file is compared with which head file: listed files, those that they are part of, and files that moved. Pure. */

import { findImportingSettings } from '../formats/django/imports.ts';
import { findConfigurationsIncluding, isUnrelatedSection } from '../formats/dotnet/includes.ts';
import { HV_PROPERTIES, listFilledFiles } from '../formats/java/maven.ts';
import { findImportingFiles, mayBeImported } from '../formats/java/spring.ts';
import { listManifestsReferencing } from '../formats/manifest/manifest.ts';
import { isFollowedKind } from '../formats/manifest/referenced-file.ts';
import { sortByKey, uniqueBy } from '../model/lists.ts';
import { getBaseName } from '../model/paths.ts';
import type { ChangedFile, Tree } from '../model/source.ts';
import { type FileReading, isCandidate, type ReadRevisionFile, type ReadScope, readContext } from './read-file.ts';

/** The list of changed files, and the scope that determines which of them are read. */
export interface ChangedFilesInput extends ReadScope {
  readonly changedFiles: readonly ChangedFile[];
}

/** One file to compare: its path on each side, and its entry of the list of changes (null: another entry refers to it). */
export interface FilePair {
  readonly basePath: string | null;
  readonly headPath: string | null;
  readonly listed: ChangedFile | null;
}

/** A changed file that manifests name, .NET or Spring configurations, or the builds of Java's properties. */
export interface Reference {
  readonly file: ChangedFile;
  readonly owners: readonly string[];
}

/** Finds the files that refer to a changed one at head. A file that did not change refers to the same ones at base. */
export function findReferences(input: ChangedFilesInput & { readonly head: Tree }): readonly Reference[] {
  const context = readContext(input.head, input);
  let filteredFiles: ReturnType<typeof listFilledFiles> | null = null; // while files are missing, no tree keeps the list
  const findFilteredFiles = (path: string) => {
    filteredFiles ??= listFilledFiles(input.head);
    return filteredFiles.get(path) ?? [];
  };
  return input.changedFiles.flatMap((file) => {
    const paths = [file.path, ...(file.previousPath === undefined ? [] : [file.previousPath])].filter(
      (path) => !CODE.test(path) || mayHaveSettings(file),
    );
    const manifests = paths.filter(isFollowedKind).flatMap((path) => listManifestsReferencing(path, context));
    const included = paths.filter((path) => !PROSE_OR_PICTURE.test(path) || mayHaveSettings(file));
    const including = included
      .filter((path) => mayBeUnrecognizedInclude(path, file, input))
      .flatMap((path) => findConfigurationsIncluding(path, input.head));
    const filled = included
      // The properties of the SDK are filled in themselves and fill in no others.
      .filter((path) => getBaseName(path).toLowerCase() !== HV_PROPERTIES)
      .filter((path) => !isCandidate(path, input) || /\.properties$|(?:^|\/)maven\.config$/i.test(path))
      .flatMap(findFilteredFiles);
    const importing = paths
      .filter((path) => mayBeImported(path) && !isCandidate(path, input))
      .flatMap((path) => findImportingFiles(path, input.head));
    const settings = paths
      .filter((path) => /\.py$/i.test(path) && assignsConstant(file))
      .flatMap((path) => findImportingSettings(path, input.head));
    const owners = [...new Set([...manifests, ...including, ...filled, ...importing, ...settings])];
    return owners.length === 0 ? [] : [{ file, owners }];
  });
}

/**
 * Program source, pages and styles that no reader claims. Every pull request contains some, and configuration does not name
 * them.
 */
const CODE =
  /\.(?:[cm]?[jt]sx?|vue|svelte|css|s[ac]ss|less|cshtml|vbhtml|razor|as[cp]x|jsp|erb|haml|twig|go|rs|c|cc|cpp|hpp|fs|scala|dart|lua|sql|graphql|proto|tf|ipynb)$/i;

const PROSE_OR_PICTURE = /\.(?:txt|md|markdown|rst|adoc|html?|png|gif|jpe?g|bmp|svg|webp|ico|tiff?|pdf)$/i;

/** An element of a section of .NET, the rest of one, or a property of Java. */
const SETTING =
  /<(?:add|remove|clear|appSettings)\b|^\s*[\w.-]+\s*(?:=\s*["'][^"']*["']\s*\/?>|=[^;,({]*$|:\s*[^\s;,({]*\s*$)/i;

/** Whether a file of these kinds may be an include or a certificate after all. Lines that are not known may be anything. */
function mayHaveSettings({ lines }: ChangedFile): boolean {
  return lines === undefined || lines.some(({ text }) => SETTING.test(text) || /^[\w+/=-]{60,}$/.test(text));
}

const CONSTANT =
  /^(?:\w+|\s+[A-Z][A-Z0-9_]*)\s*(?::[^=]{0,60})?=\s*(?:['"\d([{-]|[a-zA-Z]{1,2}['"]|\w+\s*$)|^from\s+\./;

/** Whether a changed line of a module gives a name a plain value, or a name of another module. */
function assignsConstant({ lines }: ChangedFile): boolean {
  return lines === undefined || lines.some(({ text }) => CONSTANT.test(text));
}

/** An include of a configuration may have any name, so it is possible that no reader claims it, or the wrong one. */
function mayBeUnrecognizedInclude(
  path: string,
  { path: headPath, status }: ChangedFile,
  input: ReadScope & { readonly head: Tree },
): boolean {
  if (!isCandidate(path, input)) return true;
  return path === headPath && status !== 'removed' && isUnrelatedSection(path, input.head);
}

/** The files to compare: the listed ones that some reader may claim, and the owners of listed ones. */
export function pairFiles(
  input: ChangedFilesInput,
  references: readonly Reference[],
  read: ReadRevisionFile,
): readonly FilePair[] {
  const listed = sortByKey(input.changedFiles, ({ path }) => [path])
    .map((file): FilePair => {
      const basePath = file.status === 'added' ? null : (file.previousPath ?? file.path);
      return { basePath, headPath: file.status === 'removed' ? null : file.path, listed: file };
    })
    .filter(({ basePath, headPath }) => [basePath, headPath].some((path) => path !== null && isCandidate(path, input)));
  const changedPaths = new Set(input.changedFiles.flatMap(({ path, previousPath }) => [path, previousPath]));
  const pairOwners = (owners: readonly string[]): readonly FilePair[] =>
    owners
      .filter((owner) => !changedPaths.has(owner))
      .map((owner) => ({ basePath: owner, headPath: owner, listed: null }));
  const named = removeDuplicatePairs([...listed, ...references.flatMap(({ owners }) => pairOwners(owners))]);
  const including = named.flatMap(({ basePath, headPath }) =>
    [read('base', basePath), read('head', headPath)].flatMap((reading) =>
      'owners' in reading ? pairOwners(reading.owners ?? []) : [],
    ),
  );
  return removeDuplicatePairs([...named, ...including]);
}

function removeDuplicatePairs(pairs: readonly FilePair[]): readonly FilePair[] {
  return uniqueBy(pairs, ({ basePath, headPath }) => headPath ?? basePath);
}

/** A removed file and a new one with the same application in the same format are one moved file. */
export function joinMovedFiles(listedPairs: readonly FilePair[], read: ReadRevisionFile): readonly FilePair[] {
  const pairs = listedPairs.flatMap((pair) => splitByEnvironment(pair, read));
  const added = pairs.filter(({ basePath }) => basePath === null);
  const targets = new Map<FilePair, FilePair>();
  const taken = new Set<FilePair>();
  for (const gone of pairs.filter(({ headPath }) => headPath === null)) {
    const identity = findIdentity(read('base', gone.basePath));
    if (identity === null) continue;
    const target = added.find((pair) => !taken.has(pair) && findIdentity(read('head', pair.headPath)) === identity);
    if (target === undefined) continue;
    taken.add(target);
    targets.set(gone, target);
  }
  return pairs
    .filter((pair) => !taken.has(pair))
    .map((pair) => {
      const headPath = targets.get(pair)?.headPath ?? null;
      if (headPath === null || pair.basePath === null) return pair;
      const listed: ChangedFile = { path: headPath, previousPath: pair.basePath, status: 'renamed' };
      return { basePath: pair.basePath, headPath, listed };
    });
}

/**
 * A certificate that moves to another environment is removed from one and added to the other, even if git calls it a rename.
 */
function splitByEnvironment(pair: FilePair, read: ReadRevisionFile): readonly FilePair[] {
  const { basePath, headPath } = pair;
  if (basePath === null || headPath === null || basePath === headPath) return [pair];
  const [was, is] = [
    findCertificateEnvironment(read('base', basePath)),
    findCertificateEnvironment(read('head', headPath)),
  ];
  if (was === null || is === null || was === is) return [pair];
  return [
    { basePath, headPath: null, listed: { path: basePath, status: 'removed' } },
    { basePath: null, headPath, listed: { path: headPath, status: 'added' } },
  ];
}

function findCertificateEnvironment(reading: FileReading): string | null {
  const document = reading.kind === 'documents' ? reading.documents[0] : undefined;
  return document?.role === 'certificate' ? document.environment : null;
}

/** The identity of a document: format and application, or a certificate file's content and environment. */
function findIdentity(reading: FileReading): string | null {
  if (reading.kind !== 'documents') return null;
  const [document] = reading.documents;
  const value = document?.settings.find(({ id }) => id === 'app-id' || id === 'certificate')?.value;
  if (document === undefined || value === undefined) return null;
  if (value.kind === 'text' && value.meaning !== 'placeholder') return `${document.format}:${value.meaning}`;
  if (value.kind !== 'set') return null;
  const meanings = value.items.map(({ meaning }) => meaning).sort();
  const environment = document.role === 'certificate' ? document.environment : '';
  return `${document.format}:${environment}:${meanings.join()}`;
}
