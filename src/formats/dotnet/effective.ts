/**
 * The settings of a configuration as .NET loads them: `add`, `remove` and `clear`, keys without regard to case, the
 * user's section first. Keys that it removes from a configuration above are a gap. So are settings for a part of the
 * site.
 */
import { getFolder, joinPath } from '../../model/paths.ts';
import type { Place } from '../../model/source.ts';
import { mentionsHost } from '../client/unlisted-key.ts';
import { type ConfigFiles, findFile } from './files.ts';
import type { Gap } from './gaps.ts';
import { findDotnetKey, isDistinctiveKey } from './keys.ts';
import { isMention, listTextsOutsideSettings, type TextOutsideSettings } from './mentions.ts';
import { messages } from './messages.ts';
import { type ExpandedSections, expandSections, isEntry, isSection, listAdds, SECTIONS } from './sections.ts';
import { type AppSetting, type KnownSetting, selectKnownSettings } from './values.ts';
import { findPlainAttribute, type PlacedElement } from './xdt/tree.ts';

/** The combined sections of one configuration, with the entries that the SDK reads. */
export interface EffectiveSections {
  /** One entry per key, as the application sees it. */
  readonly effective: readonly KnownSetting[];
  /** All values in the files that were read, effective or not. They are searched for secrets. */
  readonly written: readonly AppSetting[];
  /** Other texts that may be settings of HealthVault. */
  readonly mentions: readonly TextOutsideSettings[];
  readonly gaps: readonly Gap[];
  /** The files that were included. */
  readonly files: readonly string[];
  /** Whether it is HealthVault's, or may be because it is encrypted. */
  readonly isHealthVault: boolean;
}

/** Reads the sections of a configuration, or of a file that is one section by itself. */
export function readSections(root: PlacedElement, files: ConfigFiles): EffectiveSections {
  const expanded = [...SECTIONS].reverse().map((name) => expandSections(findSections(root, name), root, files));
  const entries = expanded.map(({ sections }) => applyEntries(sections));
  const effective = new Map(entries.flatMap(({ set }) => [...set]));
  const removed = entries.flatMap((each) => findRemovedFromAbove(each, effective, root.at.file, files));
  const partial = findLocations(root).filter((location) => !isWholeApplication(location));
  const locations = partial.map((location) => readLocation(location, root, files));
  const included = [...expanded, ...locations.map((location) => location.expanded)].flatMap((each) => each.included);
  const written = [root, ...included].flatMap(listAdds);
  const outer = listTextsOutsideSettings(root);
  const known = selectKnownSettings([...effective.values()]);
  const mentions = [
    ...[...effective.values()]
      .filter(({ key, value }) => findDotnetKey(key) === null && mentionsHost(value))
      .map(describeEntry),
    ...outer.filter(isMention),
  ];
  return {
    effective: known,
    written: [...written, ...outer],
    mentions,
    gaps: [...expanded.flatMap(({ gaps }) => gaps), ...removed, ...locations.flatMap(({ gap }) => gap ?? [])],
    files: included.map(({ at }) => at.file),
    isHealthVault:
      removed.length > 0 ||
      mentions.length > 0 ||
      hasDistinctiveKey(written) ||
      expanded.some(isEncrypted) ||
      locations.some((location) => location.isHealthVault),
  };
}

function describeEntry(entry: AppSetting): TextOutsideSettings {
  return { ...entry, path: [entry.key] };
}

/** The sections of one name that apply to the whole application. */
function findSections(root: PlacedElement, name: string): readonly PlacedElement[] {
  const holders = [root, ...findLocations(root).filter(isWholeApplication)];
  const sections = isSection(root) ? [root] : holders.flatMap(({ children }) => children);
  return sections.filter(({ local }) => local === name);
}

function findLocations(root: PlacedElement): readonly PlacedElement[] {
  return root.children.filter(({ local }) => local === 'location');
}

/** `<location>` without a path, or with the path `.`, is the application itself. */
function isWholeApplication(location: PlacedElement): boolean {
  return ['', '.'].includes(readPath(location));
}

function readPath(location: PlacedElement): string {
  return findPlainAttribute(location, 'path')?.value.trim() ?? '';
}

/** The combined entries of sections with one name, by keys in lower case. */
interface Entries {
  readonly set: ReadonlyMap<string, AppSetting>;
  /** Keys that are removed and were not set before. */
  readonly removed: ReadonlyMap<string, { readonly written: string; readonly at: Place }>;
  readonly cleared: Place | null;
}

function applyEntries(sections: readonly PlacedElement[]): Entries {
  const set = new Map<string, AppSetting>();
  const removed = new Map<string, { readonly written: string; readonly at: Place }>();
  let cleared: Place | null = null;
  for (const child of sections.flatMap(({ children }) => children.filter(isEntry))) {
    if (child.local === 'clear') {
      set.clear();
      cleared ??= child.at;
    }
    const written = findPlainAttribute(child, 'key');
    if (written === null) continue;
    const key = written.value.toLowerCase();
    if (child.local === 'add') {
      const value = findPlainAttribute(child, 'value');
      set.set(key, { key: written.value, value: value?.value ?? '', at: value?.valueAt ?? child.at });
    } else if (!set.delete(key)) removed.set(key, { written: written.value, at: child.at });
  }
  return { set, removed, cleared };
}

/** HealthVault's keys that a configuration removes from the ones above it without setting them itself. */
function findRemovedFromAbove(
  { removed, cleared }: Entries,
  effective: ReadonlyMap<string, AppSetting>,
  path: string,
  files: ConfigFiles,
): readonly Gap[] {
  const createGap = (what: string, at: Place): Gap => {
    const reason = messages.inheritedRemoved({ what }).message;
    return { meaning: `removed from above: ${what.toLowerCase()}`, isShownInFull: true, shown: what, reason, at };
  };
  const gaps = [...removed]
    .filter(([key]) => isDistinctiveKey(key) && !effective.has(key))
    .map(([, { written, at }]) => createGap(`<remove key="${written}">`, at));
  if (cleared === null || !inheritsHealthVault(path, files)) return gaps;
  return [...gaps, createGap('<clear>', cleared)];
}

/** Whether a `Web.config` in a folder above, from which this one inherits, is HealthVault's. */
function inheritsHealthVault(path: string, files: ConfigFiles): boolean {
  if (!/\/web\.config$/i.test(path)) return false;
  for (let folder = getFolder(path); folder !== ''; ) {
    folder = getFolder(folder);
    const above = findFile(joinPath(folder, 'Web.config'), files.tree);
    const xml = above === null ? null : files.load(above);
    if (xml === null || 'problem' in xml) continue;
    const { root } = xml;
    const sections = SECTIONS.flatMap((name) => findSections(root, name));
    const expanded = expandSections(sections, root, files);
    if (isEncrypted(expanded) || hasDistinctiveKey([root, ...expanded.included].flatMap(listAdds))) return true;
  }
  return false;
}

function hasDistinctiveKey(entries: readonly AppSetting[]): boolean {
  return entries.some(({ key }) => isDistinctiveKey(key));
}

function isEncrypted({ sections }: ExpandedSections): boolean {
  return sections.some((section) => findPlainAttribute(section, 'configProtectionProvider') !== null);
}

/** Configuration for a part of the site. `gap` is null if none of it is HealthVault's. */
interface PartialLocation {
  readonly gap: Gap | null;
  /** True if it is certainly HealthVault's. Otherwise it only may be, in a configuration that is. */
  readonly isHealthVault: boolean;
  readonly expanded: ExpandedSections;
}

function readLocation(location: PlacedElement, root: PlacedElement, files: ConfigFiles): PartialLocation {
  const expanded = expandSections(location.children.filter(isSection), root, files);
  const { set, removed, cleared } = applyEntries(expanded.sections);
  const removedKeys = [...removed.keys()].filter(isDistinctiveKey).sort();
  const entries = [...set.values()];
  const isHealthVault = hasDistinctiveKey(entries) || removedKeys.length > 0 || isEncrypted(expanded);
  if (!isHealthVault && cleared === null && expanded.gaps.length === 0) return { gap: null, isHealthVault, expanded };
  const path = readPath(location);
  const values = selectKnownSettings(entries)
    .filter(({ known: { kind } }) => kind !== 'secret')
    .map(({ key, value }) => [key.toLowerCase(), value]);
  const content = [values.sort(), removedKeys, cleared !== null, expanded.gaps.map(({ meaning }) => meaning)];
  const gap = {
    meaning: `location ${path}: ${JSON.stringify(content)}`,
    shown: path,
    reason: messages.locationSettings({ path }).message,
    at: location.at,
  };
  return { gap, isHealthVault, expanded };
}
