/**
 * The `appSettings` and `appSettingsUser` sections of a configuration as .NET loads them: `add`, `remove`, `clear`, the
 * `file` and `configSource` includes, keys without regard to case, the user's section first. What else a section says,
 * and what it takes away from a configuration above it, cannot be told.
 */
import sentences from '../../../data/messages/formats-dotnet.json' with { type: 'json' };
import { fill } from '../../model/messages.ts';
import { folderOf, joinPath } from '../../model/paths.ts';
import type { Place } from '../../model/source.ts';
import type { ReadContext } from '../format.ts';
import { contentId, existing, includePath, type Loader } from './files.ts';
import { contentOf, type SectionGap } from './gaps.ts';
import { dotnetKey, dotnetKeysIn } from './keys.ts';
import { type AppSetting, knownSettings, namesOurs } from './values.ts';
import { type PlacedElement, plainAttribute, prefixedAttribute } from './xdt/tree.ts';

/** Names of the sections that the SDK reads; the first wins. */
export const SECTIONS: readonly string[] = ['appSettingsUser', 'appSettings'];

/** Deepest chain of includes; .NET itself knows two. */
export const MAX_INCLUDES = 4;

/** What the sections of one configuration say. */
export interface Sections {
  /** One entry per key, as the application sees it. */
  readonly effective: readonly AppSetting[];
  /** Every `add` of every file that took part, effective or not. */
  readonly written: readonly AppSetting[];
  readonly gaps: readonly SectionGap[];
  /** The files that were included. */
  readonly files: readonly string[];
  /** Whether it is HealthVault's, or written so that nobody can say that it is not. */
  readonly isOurs: boolean;
}

/** Reads the sections of a configuration, or of a file that is one section by itself. */
export function readSections(root: PlacedElement, context: ReadContext, load: Loader): Sections {
  const reading = readingOf(root, context, load);
  const sections = [...SECTIONS].reverse().map((name) => entriesOf(sectionsOf(root, name), reading));
  const effective = new Map(sections.flatMap(({ set }) => [...set]));
  const taken = sections.flatMap((entries) => takenFromAbove(entries, effective, reading));
  const locations = partialLocations(root).map((location) => readLocation(location, reading));
  const isOurs = taken.length > 0 || isReadingOurs(reading) || locations.some(({ isTelling }) => isTelling);
  const parts = locations.filter(({ saysSomething }) => saysSomething).map(({ gap }) => gap);
  const { written, gaps, files } = reading;
  return { effective: [...effective.values()], written, gaps: [...gaps, ...taken, ...parts], files, isOurs };
}

/** Whether the root is a section by itself: a file that others include. */
export function isSection(root: PlacedElement): boolean {
  return SECTIONS.includes(root.local);
}

/** Every `add` with a key below any section of the tree, also in transforms and under `location`. */
export function addsOf(root: PlacedElement): readonly AppSetting[] {
  const sections = isSection(root) ? [root] : descendantSections(root);
  return sections.flatMap((section) =>
    section.children.flatMap((child) => (child.local === 'add' ? saidBy(child) : [])),
  );
}

/** The includes that a file's sections write, as paths; those that leave the repository are left out. */
export function includesOf(root: PlacedElement): readonly string[] {
  const sections = isSection(root) ? [root] : descendantSections(root);
  return sections.flatMap((section) =>
    ['file', 'configSource'].flatMap((name) => {
      const written = plainAttribute(section, name);
      const path = written === null ? null : includePath(folderOf(section.at.file), written.value);
      return path === null ? [] : [path];
    }),
  );
}

interface Reading {
  readonly root: PlacedElement;
  readonly context: ReadContext;
  readonly load: Loader;
  readonly written: AppSetting[];
  readonly gaps: SectionGap[];
  readonly files: string[];
  isEncrypted: boolean;
}

/** What sections of one name come to, by keys in lower case. */
interface Entries {
  readonly set: Map<string, AppSetting>;
  /** Keys that are removed and were not set before. */
  readonly removed: Map<string, { readonly written: string; readonly at: Place }>;
  cleared: Place | null;
}

function readingOf(root: PlacedElement, context: ReadContext, load: Loader): Reading {
  return { root, context, load, written: [...addsOf(root)], gaps: [], files: [], isEncrypted: false };
}

function isReadingOurs({ written, isEncrypted }: Reading): boolean {
  return isEncrypted || namesOurs(written);
}

function entriesOf(sections: readonly PlacedElement[], reading: Reading): Entries {
  const entries: Entries = { set: new Map(), removed: new Map(), cleared: null };
  for (const section of sections) follow(section, entries, reading, []);
  return entries;
}

/** Applies one section to the entries so far. An include's content comes after the inline one, so it wins. */
function follow(section: PlacedElement, entries: Entries, reading: Reading, trail: readonly string[]): void {
  const odd = oddityOf(section, reading);
  if (odd !== null) reading.gaps.push(odd);
  for (const child of section.children) apply(child, entries);
  for (const kind of ['configSource', 'file']) {
    const written = plainAttribute(section, kind);
    if (written === null || written.value.trim() === '') continue;
    // The section of a transformed file may come from the transform, which stands in the same folder.
    const wanted = includePath(folderOf(section.at.file), written.value);
    const path = wanted === null ? null : existing(reading.context.tree, wanted);
    const gap = (id: GapId, detail = ''): void => {
      const reason = fill(sentences[id], { include: written.value, section: section.local, detail });
      const content = path === null ? '' : contentId(path, reading.context);
      const meaning = `${id}: ${written.value.trim().replaceAll('\\', '/').toLowerCase()} ${content}`.trimEnd();
      reading.gaps.push({ meaning, plain: content === '', shown: written.value, reason, at: written.valueAt });
    };
    const xml = path === null ? null : reading.load(path);
    if (path === null || xml === null) gap(wanted === null ? 'dotnet-include-outside' : 'dotnet-include-missing');
    else if (trail.includes(path) || trail.length >= MAX_INCLUDES) gap('dotnet-include-chain');
    else if ('problem' in xml) gap('dotnet-include-unreadable', xml.problem.message);
    else if (xml.root.local !== section.local) gap('dotnet-include-root');
    else {
      reading.files.push(path);
      for (const entry of addsOf(xml.root)) reading.written.push(entry);
      follow(xml.root, entries, reading, [...trail, path]);
    }
  }
}

function apply(child: PlacedElement, entries: Entries): void {
  if (child.local === 'clear') {
    entries.set.clear();
    entries.cleared ??= child.at;
  }
  const written = plainAttribute(child, 'key');
  if (written === null || !isEntry(child)) return;
  const key = written.value.toLowerCase();
  if (child.local === 'add') {
    const value = plainAttribute(child, 'value');
    entries.set.set(key, { key: written.value, value: value?.value ?? '', at: value?.valueAt ?? child.at });
  } else if (!entries.set.delete(key)) entries.removed.set(key, { written: written.value, at: child.at });
}

/** An element that .NET takes in a section: `clear`, `remove` with a key, `add` with a key and nothing within. */
function isEntry(child: PlacedElement): boolean {
  if (child.local === 'clear') return true;
  if (plainAttribute(child, 'key') === null) return false;
  return child.local === 'remove' || (child.local === 'add' && child.children.length === 0 && child.text.trim() === '');
}

/** What a section says besides entries and includes: encrypted content, values that a builder puts in, a mistake. */
function oddityOf(section: PlacedElement, reading: Reading): SectionGap | null {
  const attributes = section.attributes.filter(
    ({ name, prefix }) => prefix === '' && !/^(?:xmlns|file|configSource|lock\w*)$/.test(name),
  );
  const children = section.children.filter((child) => !isEntry(child));
  if (attributes.some(({ name }) => name === 'configProtectionProvider')) reading.isEncrypted = true;
  const [first] = [...attributes, ...children];
  if (first === undefined) return null;
  const builders =
    attributes.length === 0 ? [] : reading.root.children.filter(({ local }) => local === 'configBuilders');
  const meaning = [contentOf({ ...section, attributes, children }), ...builders.map(contentOf)].join('\n');
  const what = [
    ...new Set([...attributes, ...children.map(({ name }) => ({ name: `<${name}>` }))].map(({ name }) => name)),
  ].join(', ');
  const reason = fill(sentences['dotnet-section-not-followed'], { section: section.local, what });
  return { meaning, plain: false, shown: what, reason, at: first.at };
}

/** The keys of HealthVault that a configuration takes away from the ones above it, and sets to nothing itself. */
function takenFromAbove(
  { removed, cleared }: Entries,
  effective: ReadonlyMap<string, AppSetting>,
  { root, context, load }: Reading,
): readonly SectionGap[] {
  const gapAt = (what: string, at: Place): SectionGap => {
    const reason = fill(sentences['dotnet-inherited-removed'], { what });
    return { meaning: `removed from above: ${what.toLowerCase()}`, plain: true, shown: what, reason, at };
  };
  const gaps = [...removed]
    .filter(([key]) => isTelling(key) && !effective.has(key))
    .map(([, { written, at }]) => gapAt(`<remove key="${written}">`, at));
  if (cleared === null || !inheritsOurs(root.at.file, context, load)) return gaps;
  return [...gaps, gapAt('<clear>', cleared)];
}

function isTelling(key: string): boolean {
  return dotnetKey(key)?.telling === true;
}

/** Whether the site's configuration in a folder above is HealthVault's: a `Web.config` inherits from it. */
function inheritsOurs(path: string, context: ReadContext, load: Loader): boolean {
  if (!/\/web\.config$/i.test(path)) return false;
  for (let folder = folderOf(path); folder !== ''; ) {
    folder = folderOf(folder);
    const above = existing(context.tree, joinPath(folder, 'Web.config'));
    const xml = above === null ? null : load(above);
    if (xml === null || 'problem' in xml) continue;
    const reading = readingOf(xml.root, context, load);
    for (const name of SECTIONS) entriesOf(sectionsOf(xml.root, name), reading);
    if (isReadingOurs(reading)) return true;
  }
  return false;
}

type GapId =
  | 'dotnet-include-missing'
  | 'dotnet-include-outside'
  | 'dotnet-include-unreadable'
  | 'dotnet-include-root'
  | 'dotnet-include-chain';

/** The sections of one name that hold for the whole application. */
function sectionsOf(root: PlacedElement, name: string): readonly PlacedElement[] {
  const holders = [root, ...locationsOf(root).filter((location) => isWhole(location))];
  const sections = isSection(root) ? [root] : holders.flatMap(({ children }) => children);
  return sections.filter(({ local }) => local === name);
}

function locationsOf(root: PlacedElement): readonly PlacedElement[] {
  return root.children.filter(({ local }) => local === 'location');
}

function partialLocations(root: PlacedElement): readonly PlacedElement[] {
  return locationsOf(root).filter((location) => !isWhole(location));
}

/** `<location>` without a path, or with the path `.`, is the application itself. */
function isWhole(location: PlacedElement): boolean {
  return ['', '.'].includes(pathOf(location));
}

function pathOf(location: PlacedElement): string {
  return plainAttribute(location, 'path')?.value.trim() ?? '';
}

/** What holds for a part of the site. `isTelling`: HealthVault's for certain; else it only may be, in such a file. */
interface PartialLocation {
  readonly gap: SectionGap;
  readonly isTelling: boolean;
  readonly saysSomething: boolean;
}

function readLocation(location: PlacedElement, reading: Reading): PartialLocation {
  const own: Reading = { ...reading, gaps: [], isEncrypted: false };
  const { set, removed, cleared } = entriesOf(location.children.filter(isSection), own);
  const taken = [...removed.keys()].filter(isTelling).sort();
  const isOurs = namesOurs([...set.values()]) || taken.length > 0 || own.isEncrypted;
  const isCleared = cleared !== null;
  const path = pathOf(location);
  const values = knownSettings([...set.values()])
    .filter(({ known: { kind } }) => kind !== 'secret')
    .map(({ key, value }) => [key.toLowerCase(), value]);
  const said = [values.sort(), taken, isCleared, own.gaps.map(({ meaning }) => meaning)];
  const meaning = `location ${path}: ${JSON.stringify(said)}`;
  const reason = fill(sentences['dotnet-location-settings'], { path });
  return {
    gap: { meaning, plain: false, shown: path, reason, at: location.at },
    isTelling: isOurs,
    saysSomething: isOurs || isCleared || own.gaps.length > 0,
  };
}

function descendantSections(element: PlacedElement): readonly PlacedElement[] {
  return element.children.flatMap((child) => (SECTIONS.includes(child.local) ? [child] : descendantSections(child)));
}

/** What an `add` writes, wherever it does: as .NET takes it, as text, or for the keys that its locator names. */
function saidBy(add: PlacedElement): readonly AppSetting[] {
  const written = plainAttribute(add, 'value');
  const said = { value: written?.value ?? add.text, at: written?.valueAt ?? add.at };
  const key = plainAttribute(add, 'key');
  if (key !== null) return [{ key: key.value, ...said }];
  const locator = prefixedAttribute(add, 'Locator');
  return locator === null ? [] : dotnetKeysIn(locator.value).map((named) => ({ key: named, ...said }));
}
