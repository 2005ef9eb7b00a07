/** Which files are compared with which: listed files, those whose meaning a listed one takes part in, and files that moved. Pure. */
import { manifestsReferencing } from './formats/application-manifest.ts';
import type { GateFiles, ReadContext } from './formats/format.ts';
import { isReferencedKind } from './formats/referenced-file.ts';
import type { Policy } from './model/policy.ts';
import type { ChangedFile } from './model/source.ts';
import { isCandidate, type ReadSide, type SideReading } from './reading.ts';

/** One file to compare: where it is on each side, and the entry of the list it came from (null: pulled in by another). */
export interface Unit {
  readonly basePath: string | null;
  readonly headPath: string | null;
  readonly listed: ChangedFile | null;
}

/** A changed file that manifests name. */
export interface Reference {
  readonly file: ChangedFile;
  readonly owners: readonly string[];
}

/** Manifests that did not change themselves are the same on both sides, so those of the head tell. */
export function referencesOf(changedFiles: readonly ChangedFile[], head: ReadContext): readonly Reference[] {
  return changedFiles.flatMap((file) => {
    const paths = [file.path, ...(file.previousPath === undefined ? [] : [file.previousPath])].filter(isReferencedKind);
    const owners = [...new Set(paths.flatMap((path) => manifestsReferencing(path, head)))];
    return owners.length === 0 ? [] : [{ file, owners }];
  });
}

/** The list of changed files, and what the policy and the gate make of their paths. */
export interface UnitsInput {
  readonly changedFiles: readonly ChangedFile[];
  readonly policy: Policy;
  readonly gateFiles: GateFiles;
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
export function pairMoves(units: readonly Unit[], read: ReadSide): readonly Unit[] {
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

/** What makes two documents the same one: its format and its application, or for a certificate what it holds. */
function identityOf(reading: SideReading): string | null {
  if (reading.kind !== 'documents') return null;
  const [document] = reading.documents;
  const setting = document?.settings.find(({ id }) => id === 'app-id' || id === 'certificate');
  if (document === undefined || setting === undefined) return null;
  const { value } = setting;
  if (value.kind === 'text' && value.meaning !== 'placeholder') return `${document.format}:${value.meaning}`;
  if (value.kind === 'set') return `${document.format}:${value.items.map((item) => item.meaning).join()}`;
  return null;
}
