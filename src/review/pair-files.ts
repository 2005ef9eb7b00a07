/** Which files are compared with which: listed files, those whose meaning a listed one takes part in, and files that moved. Pure. */

import { findConfigurationsIncluding, isSectionOfOtherKind } from '../formats/dotnet/includes.ts';
import type { GateFiles, ReadContext } from '../formats/format.ts';
import { manifestsReferencing } from '../formats/manifest/manifest.ts';
import { isFollowedKind } from '../formats/manifest/referenced-file.ts';
import type { Policy } from '../model/policy.ts';
import type { ChangedFile } from '../model/source.ts';
import { isCandidate, type ReadSide, type SideReading } from './read-file.ts';

/** One file to compare: where it is on each side, and the entry of the list it came from (null: pulled in by another). */
export interface Unit {
  readonly basePath: string | null;
  readonly headPath: string | null;
  readonly listed: ChangedFile | null;
}

/** A changed file that manifests name, or .NET configurations. */
export interface Reference {
  readonly file: ChangedFile;
  readonly owners: readonly string[];
}

/** The list of changed files, and what the policy and the gate make of their paths. */
export interface UnitsInput {
  readonly changedFiles: readonly ChangedFile[];
  readonly policy: Policy;
  readonly gateFiles: GateFiles;
}

/** Files that did not change themselves are the same on both sides, so those of the head tell what they name. */
export function referencesOf(input: UnitsInput, head: ReadContext): readonly Reference[] {
  return input.changedFiles.flatMap((file) => {
    const paths = [file.path, ...(file.previousPath === undefined ? [] : [file.previousPath])];
    const manifests = paths.filter(isFollowedKind).flatMap((path) => manifestsReferencing(path, head));
    const including = paths
      .filter((path) => mayBeIncludedUnseen(path, file, input, head))
      .flatMap((path) => findConfigurationsIncluding(path, head.tree));
    const owners = [...new Set([...manifests, ...including])];
    return owners.length === 0 ? [] : [{ file, owners }];
  });
}

/** A configuration's include may have any name, so that no reader, or the wrong one, looks at it. */
function mayBeIncludedUnseen(path: string, { path: now, status }: ChangedFile, input: UnitsInput, head: ReadContext) {
  if (!isCandidate(path, input.policy, input.gateFiles)) return true;
  return path === now && status !== 'removed' && isSectionOfOtherKind(path, head.tree);
}

/** The files to compare: the listed ones, and those whose meaning a listed one takes part in. */
export function unitsOf(input: UnitsInput, references: readonly Reference[], read: ReadSide): readonly Unit[] {
  const units = new Map<string, Unit>();
  const add = (unit: Unit) => {
    const key = unit.headPath ?? unit.basePath ?? '';
    if (!units.has(key)) units.set(key, unit);
  };
  const listed = [...input.changedFiles].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  for (const file of listed) {
    const basePath = file.status === 'added' ? null : (file.previousPath ?? file.path);
    const headPath = file.status === 'removed' ? null : file.path;
    const candidate = [basePath, headPath].some(
      (path) => path !== null && isCandidate(path, input.policy, input.gateFiles),
    );
    if (candidate) add({ basePath, headPath, listed: file });
  }
  const changedPaths = new Set(input.changedFiles.flatMap(({ path, previousPath }) => [path, previousPath]));
  const owned = (owner: string) => {
    if (!changedPaths.has(owner)) add({ basePath: owner, headPath: owner, listed: null });
  };
  for (const { owners } of references) owners.forEach(owned);
  for (const unit of [...units.values()]) {
    for (const side of ['base', 'head'] as const) {
      const reading = read(side, side === 'base' ? unit.basePath : unit.headPath);
      if (reading.kind === 'part-of') reading.owners.forEach(owned);
    }
  }
  return [...units.values()];
}

/** A file that is gone and one that is new with the same application in the same format are one file that moved. */
export function pairMoves(listedUnits: readonly Unit[], read: ReadSide): readonly Unit[] {
  const units = listedUnits.flatMap((unit) => byEnvironment(unit, read));
  const added = units.filter((unit) => unit.basePath === null);
  const taken = new Set<Unit>();
  const moves = new Map<Unit, Unit>();
  for (const gone of units.filter((unit) => unit.headPath === null)) {
    const identity = identityOf(read('base', gone.basePath));
    if (identity === null) continue;
    const target = added.find((unit) => !taken.has(unit) && identityOf(read('head', unit.headPath)) === identity);
    if (target === undefined) continue;
    taken.add(target);
    moves.set(gone, target);
  }
  return units.flatMap((unit) => {
    if (taken.has(unit)) return [];
    const target = moves.get(unit);
    if (target?.headPath === undefined || target.headPath === null || unit.basePath === null) return [unit];
    const listed: ChangedFile = { path: target.headPath, previousPath: unit.basePath, status: 'renamed' };
    return [{ basePath: unit.basePath, headPath: target.headPath, listed }];
  });
}

/** A certificate that moves to another environment is gone from the one and new in the other, whatever git calls it. */
function byEnvironment(unit: Unit, read: ReadSide): readonly Unit[] {
  const { basePath, headPath } = unit;
  if (basePath === null || headPath === null || basePath === headPath) return [unit];
  const [was, is] = [certificateEnvironment(read('base', basePath)), certificateEnvironment(read('head', headPath))];
  if (was === null || is === null || was === is) return [unit];
  return [
    { basePath, headPath: null, listed: { path: basePath, status: 'removed' } },
    { basePath: null, headPath, listed: { path: headPath, status: 'added' } },
  ];
}

function certificateEnvironment(reading: SideReading): string | null {
  const document = reading.kind === 'documents' ? reading.documents[0] : undefined;
  return document?.role === 'certificate' ? document.environment : null;
}

/** What makes two documents the same one: its format and its application, or what a certificate file holds and where it counts. */
function identityOf(reading: SideReading): string | null {
  if (reading.kind !== 'documents') return null;
  const [document] = reading.documents;
  const setting = document?.settings.find(({ id }) => id === 'app-id' || id === 'certificate');
  if (document === undefined || setting === undefined) return null;
  const { value } = setting;
  if (value.kind === 'text' && value.meaning !== 'placeholder') return `${document.format}:${value.meaning}`;
  const place = `${document.format}:${document.role === 'certificate' ? document.environment : ''}`;
  if (value.kind === 'set')
    return `${place}:${value.items
      .map((item) => item.meaning)
      .sort()
      .join()}`;
  return null;
}
