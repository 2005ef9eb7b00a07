/**
 * The `appSettings` and `appSettingsUser` sections of a configuration as .NET loads them: `add`, `remove`, `clear`, the
 * `file` and `configSource` includes, keys without regard to case, the user's section first.
 */
import sentences from '../../data/messages/formats-dotnet.json' with { type: 'json' };
import { fill } from '../model/messages.ts';
import type { Place, Tree } from '../model/source.ts';
import { existing, folderOf, includePath, type Loader } from './dotnet-files.ts';
import { type AppSetting, knownSettings } from './dotnet-values.ts';
import { type PlacedElement, plainAttribute } from './xdt-tree.ts';

/** Names of the sections that the SDK reads; the first wins. */
export const SECTIONS: readonly string[] = ['appSettingsUser', 'appSettings'];

/** Deepest chain of includes; .NET itself knows two. */
export const MAX_INCLUDES = 4;

/** Something about the sections that cannot be told. `meaning` is what is compared between revisions. */
export interface SectionGap {
  readonly meaning: string;
  /** Whether `shown` and `reason` tell all of the meaning. */
  readonly plain: boolean;
  readonly shown: string;
  readonly reason: string;
  readonly at: Place;
}

/** What the sections of one configuration say. */
export interface Sections {
  /** One entry per key, as the application sees it. */
  readonly effective: readonly AppSetting[];
  /** Every `add` of every file that took part, effective or not. */
  readonly written: readonly AppSetting[];
  readonly gaps: readonly SectionGap[];
}

/** Reads the sections of a configuration, or of a file that is one section by itself. */
export function readSections(root: PlacedElement, tree: Tree, load: Loader): Sections {
  const reading: Reading = { tree, load, written: [...addsOf(root)], gaps: [] };
  const effective = new Map<string, AppSetting>();
  for (const name of [...SECTIONS].reverse()) {
    const entries = new Map<string, AppSetting>();
    for (const section of sectionsOf(root, name)) follow(section, entries, reading, []);
    for (const [key, entry] of entries) effective.set(key, entry);
  }
  for (const location of partialLocations(root)) reading.gaps.push(locationGap(location));
  return { effective: [...effective.values()], written: reading.written, gaps: reading.gaps };
}

/** Whether the root is a section by itself: a file that others include. */
export function isSection(root: PlacedElement): boolean {
  return SECTIONS.includes(root.local);
}

/** Every `add` with a key below any section of the tree, also in transforms and under `location`. */
export function addsOf(root: PlacedElement): readonly AppSetting[] {
  const sections = isSection(root) ? [root] : descendantSections(root);
  return sections.flatMap((section) =>
    section.children.flatMap((child) => (child.local === 'add' ? entryOf(child) : [])),
  );
}

/** The includes that a file's sections write, as paths; those that leave the repository are left out. */
export function includesOf(root: PlacedElement): readonly string[] {
  const sections = isSection(root) ? [root] : descendantSections(root);
  return sections.flatMap((section) =>
    ['file', 'configSource'].flatMap((name) => {
      const written = plainAttribute(section, name);
      const path = written === null ? null : includePath(folderOf(section.at.file), written.value);
      return path === null || path === '' ? [] : [path];
    }),
  );
}

interface Reading {
  readonly tree: Tree;
  readonly load: Loader;
  readonly written: AppSetting[];
  readonly gaps: SectionGap[];
}

/** Applies one section to the entries so far. An include's content comes after the inline one, so it wins. */
function follow(
  section: PlacedElement,
  entries: Map<string, AppSetting>,
  reading: Reading,
  trail: readonly string[],
): void {
  for (const child of section.children) {
    if (child.local === 'clear') entries.clear();
    if (child.local === 'remove') entries.delete((plainAttribute(child, 'key')?.value ?? '').toLowerCase());
    if (child.local === 'add') for (const entry of entryOf(child)) entries.set(entry.key.toLowerCase(), entry);
  }
  for (const kind of ['configSource', 'file']) {
    const written = plainAttribute(section, kind);
    if (written === null || written.value.trim() === '') continue;
    const gap = (id: GapId, values: Readonly<Record<string, string>> = {}): void => {
      const reason = fill(sentences[id], { include: written.value, section: section.local, ...values });
      const meaning = `${WORDS[id]}: ${written.value.trim().replaceAll('\\', '/').toLowerCase()}`;
      reading.gaps.push({ meaning, plain: true, shown: written.value, reason, at: written.valueAt });
    };
    // The section of a transformed file may come from the transform, which stands in the same folder.
    const wanted = includePath(folderOf(section.at.file), written.value);
    const path = wanted === null ? null : existing(reading.tree, wanted);
    const xml = path === null ? null : reading.load(path);
    if (path === null || xml === null) gap(wanted === null ? 'dotnet-include-outside' : 'dotnet-include-missing');
    else if (trail.includes(path) || trail.length >= MAX_INCLUDES) gap('dotnet-include-chain');
    else if ('problem' in xml) gap('dotnet-include-unreadable', { detail: xml.problem.message });
    else if (xml.root.local !== section.local) gap('dotnet-include-root');
    else {
      for (const entry of addsOf(xml.root)) reading.written.push(entry);
      follow(xml.root, entries, reading, [...trail, path]);
    }
  }
}

type GapId =
  | 'dotnet-include-missing'
  | 'dotnet-include-outside'
  | 'dotnet-include-unreadable'
  | 'dotnet-include-root'
  | 'dotnet-include-chain';

const WORDS: Readonly<Record<GapId, string>> = {
  'dotnet-include-missing': 'missing include',
  'dotnet-include-outside': 'include outside',
  'dotnet-include-unreadable': 'unreadable include',
  'dotnet-include-root': 'include of another root',
  'dotnet-include-chain': 'include chain',
};

/** The sections of one name that hold for the whole application. */
function sectionsOf(root: PlacedElement, name: string): readonly PlacedElement[] {
  if (isSection(root)) return root.local === name ? [root] : [];
  const holders = [root, ...root.children.filter((child) => child.local === 'location' && isWhole(child))];
  return holders.flatMap(({ children }) => children.filter(({ local }) => local === name));
}

function partialLocations(root: PlacedElement): readonly PlacedElement[] {
  return root.children.filter(
    (child) =>
      child.local === 'location' && !isWhole(child) && knownSettings(addsOf(child)).some(({ known }) => known.telling),
  );
}

/** `<location>` without a path, or with the path `.`, is the application itself. */
function isWhole(location: PlacedElement): boolean {
  return ['', '.'].includes(plainAttribute(location, 'path')?.value.trim() ?? '');
}

function locationGap(location: PlacedElement): SectionGap {
  const path = plainAttribute(location, 'path')?.value ?? '';
  const known = knownSettings(addsOf(location)).filter(({ known: { kind } }) => kind !== 'secret');
  const meaning = `location ${path}: ${JSON.stringify(known.map(({ key, value }) => [key.toLowerCase(), value]).sort())}`;
  const reason = fill(sentences['dotnet-location-settings'], { path });
  return { meaning, plain: false, shown: path, reason, at: location.at };
}

function descendantSections(element: PlacedElement): readonly PlacedElement[] {
  return element.children.flatMap((child) => (SECTIONS.includes(child.local) ? [child] : descendantSections(child)));
}

function entryOf(add: PlacedElement): readonly AppSetting[] {
  const key = plainAttribute(add, 'key');
  const value = plainAttribute(add, 'value');
  return key === null ? [] : [{ key: key.value, value: value?.value ?? '', at: value?.valueAt ?? add.at }];
}
