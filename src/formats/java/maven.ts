/**
 * Resolves Maven's placeholders in Java configuration. `${name}` in a filtered file is a property from the nearest
 * `pom.xml`, its parents, or the files that their `<filters>` name. Profiles may give it several values. A change to a
 * pom or filter file affects the properties files that it fills in.
 */
import type { ReadResult } from '../../model/document.ts';
import { createTextMatcher } from '../../model/globs.ts';
import { getBaseName, getFolder, resolvePath } from '../../model/paths.ts';
import type { Place, Tree } from '../../model/source.ts';
import { decodeProperties, parseProperties } from '../../syntax/properties.ts';
import { decodeRoughly, decodeText } from '../../syntax/text.ts';
import { findChild, listChildrenNamed, parseXml, writeCanonicalXml, type XmlElement } from '../../syntax/xml.ts';
import type { Format } from '../format.ts';
import { messages } from './messages.ts';

/** The Java SDK's file, in any folder. */
export const HV_PROPERTIES = 'hv-application.properties';

/** Most levels of parents and of nested properties. Real builds have fewer. */
const DEPTH = 10;

/** One text that a placeholder may evaluate to. */
export interface Candidate {
  readonly text: string;
  /** Its place, or null if it is in the file with the placeholder. */
  readonly at: Place | null;
  /** Its dependencies (profiles with their activation, filter files), or ''. */
  readonly under: string;
}

/** The result of evaluating a text with placeholders. */
export type Resolution =
  | { readonly kind: 'resolved'; readonly text: string; readonly at: Place | null }
  /** `candidates` has all known texts that it may evaluate to, sorted. */
  | { readonly kind: 'unresolved'; readonly candidates: readonly Candidate[]; readonly reason: string };

/** Poms, and filter files by Maven's custom (`src/main/filters/live.properties`). */
export const mavenPom: Format = {
  id: 'maven-pom',
  matchesPath: (path) =>
    /(?:^|\/)pom\.xml$/i.test(path) || /(?:^|\/)(?:filters\/|[^/]*filter)[^/]*\.properties$/i.test(path),
  read({ path }, { tree }): ReadResult {
    const owners = listFilledFiles(tree).get(path) ?? [];
    return owners.length === 0 ? { kind: 'not-configuration' } : { kind: 'part-of', owners };
  },
};

/** Files with values -> the Java SDK's properties files that use them. A build's filter may have any name. */
export function listFilledFiles(tree: Tree): ReadonlyMap<string, readonly string[]> {
  return tree.computeOnce('filled-files', () => {
    const filled = new Map<string, string[]>();
    for (const file of tree.listPaths()) {
      if (getBaseName(file).toLowerCase() !== HV_PROPERTIES) continue;
      for (const part of tree.computeOnce(`build:${file}`, () => readBuild(file, tree)).parts) {
        const files = filled.get(part) ?? [];
        files.push(file);
        filled.set(part, files);
      }
    }
    return filled;
  });
}

/** Fills in the placeholders (`${name}`, `@name@`) of a text in the file at `path`. */
export function resolveMaven(text: string, path: string, tree: Tree): Resolution {
  if (!PLACEHOLDER.test(text)) return { kind: 'resolved', text, at: null };
  const { sources, poms, lines } = tree.computeOnce(`build:${path}`, () => readBuild(path, tree));
  const expanded = listCandidates({ text, at: null, under: '' }, sources);
  const unknown = expanded.map((one) => findPlaceholderName(one.text)).find((name) => name !== null) ?? null;
  const candidates = [...expanded, ...describeRest(expanded, sources), ...describeLines(text, lines)].sort(
    compareTexts,
  );
  const only = candidates[0];
  if (unknown === null && only !== undefined && candidates.every((one) => one.text === only.text)) {
    return { kind: 'resolved', text: only.text, at: only.at };
  }
  const reason =
    unknown === null
      ? messages.severalProfiles({ name: text })
      : (poms === 0 ? messages.noPom : messages.undefinedProperty)({ name: unknown });
  return { kind: 'unresolved', candidates, reason: reason.message };
}

function compareTexts(a: Candidate, b: Candidate): number {
  return `${a.text}\n${a.under}` < `${b.text}\n${b.under}` ? -1 : 1;
}

const PLACEHOLDER = /\$\{([^{}]+)\}|@([A-Za-z][\w.-]*)@/;

/** The name in the first placeholder of a text, or null. */
function findPlaceholderName(text: string): string | null {
  const match = PLACEHOLDER.exec(text);
  return match === null ? null : (match[1] ?? match[2] ?? '').trim();
}

/** Most candidates for a text with placeholders. A review cannot follow a build with more. */
const MAX_CANDIDATES = 64;

/** The sources of all candidates, if there are more than can be listed. */
function describeRest(expanded: readonly Candidate[], sources: readonly PropertySource[]): readonly Candidate[] {
  if (expanded.length < MAX_CANDIDATES) return [];
  const text = JSON.stringify(sources.map(({ properties }) => [...properties].map(([name, one]) => [name, one.text])));
  return [{ text, at: null, under: 'all' }];
}

/** The lines of builds other than Maven's for the names in a text. */
function describeLines(text: string, lines: Build['lines']): readonly Candidate[] {
  const named = Array.from(text.matchAll(new RegExp(PLACEHOLDER, 'g')), ([, one, other]) =>
    (one ?? other ?? '').trim(),
  );
  const found = named.flatMap((name) => lines.get(name) ?? lines.get(name.replace(/^project\.|^.*\./, '')) ?? []);
  return found.length === 0 ? [] : [{ text: found.join(''), at: null, under: 'build' }];
}

/** The first candidates for a text. A candidate that still has a placeholder could not be resolved further. */
function listCandidates(start: Candidate, sources: readonly PropertySource[]): readonly Candidate[] {
  const found: Candidate[] = [];
  for (const one of expand(start, sources, DEPTH)) if (found.push(one) === MAX_CANDIDATES) break;
  return found;
}

function* expand(start: Candidate, sources: readonly PropertySource[], depth: number): Generator<Candidate> {
  const { text, at, under } = start;
  const match = PLACEHOLDER.exec(text);
  const values = match === null || depth === 0 ? [] : findValues(findPlaceholderName(text) ?? '', sources);
  if (match === null || values.length === 0) {
    yield start;
    return;
  }
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + match[0].length);
  const isWhole = before === '' && after === '';
  for (const value of values) {
    const filled = `${before}${value.text}${after}`;
    const conditions = [under, value.under].filter((one) => one !== '').join(' ');
    yield* expand({ text: filled, at: isWhole ? value.at : at, under: conditions }, sources, depth - 1);
  }
}

/** All values of a property, from the nearest unconditional source and from every source before it. */
function findValues(name: string, sources: readonly PropertySource[]): readonly Candidate[] {
  const values: Candidate[] = [];
  for (const { under, properties } of sources) {
    const found = properties.get(name);
    if (found !== undefined) values.push({ ...found, under });
    if (found !== undefined && under === '') break;
  }
  return values;
}

/** A pom, one of its profiles, or a file that it names as a filter. */
interface PropertySource {
  /** Its dependencies, or '' for the pom itself. */
  readonly under: string;
  readonly properties: ReadonlyMap<string, { readonly text: string; readonly at: Place }>;
}

interface Build {
  readonly sources: readonly PropertySource[];
  /** Paths of the poms and filter files that a file's values may come from, readable or not. */
  readonly parts: ReadonlySet<string>;
  /** Number of readable poms. */
  readonly poms: number;
  /** If there is no pom, the lines of other builds by the names in them. */
  readonly lines: ReadonlyMap<string, string>;
}

/** The nearest pom, the parents it names, and their filters, nearest first. */
function readBuild(file: string, tree: Tree): Build {
  const sources: PropertySource[] = [];
  const filters: Filter[] = [];
  const parts = new Set<string>();
  let poms = 0;
  let next = findNearestPom(getFolder(file), tree);
  while (next !== null && poms < DEPTH && !parts.has(next)) {
    parts.add(next);
    const path = next;
    const folder = getFolder(path);
    const project = tree.computeOnce(`pom:${path}`, () => parsePom(tree.readFile(path)?.bytes));
    if (project === null) break;
    poms += 1;
    for (const { under, holder } of [...listProfiles(project), { under: '', holder: project }]) {
      sources.push({ under, properties: readProperties(holder, path) });
      filters.push(...listFilters(holder).map((text) => ({ text, under, folder })));
    }
    const parent = findChild(project, 'parent');
    const relative = (parent === null ? null : findChild(parent, 'relativePath'))?.text.trim() ?? '../pom.xml';
    // An empty path leads to the pom itself, which ends the loop.
    next = parent === null ? null : join(folder, /\.xml$/i.test(relative) ? relative : `${relative}/pom.xml`);
  }
  const files = filters.flatMap((filter) => listFilterFiles(filter, sources, tree));
  for (const { path } of files) parts.add(path);
  if (poms === 0) {
    const other = readOtherBuild(file, tree);
    return { sources: [], poms, parts: new Set([...parts, ...other.parts]), lines: other.lines };
  }
  const options = readOptions(file, tree);
  if (options !== null) parts.add(options.path);
  const found = [...files.map((one) => readFilter(one, tree)), ...sources];
  return { sources: withOptions(found, options), parts, poms, lines: new Map() };
}

/** Options for all builds of a team. */
interface BuildOptions {
  readonly path: string;
  /** Properties (`-Dname=value`), which take precedence over those of every pom. */
  readonly properties: PropertySource['properties'];
  /** The profiles that they switch on and off. */
  readonly profiles: string;
}

/** `.mvn/maven.config` of the nearest folder that has one (Maven 3.3.1). */
function readOptions(file: string, tree: Tree): BuildOptions | null {
  for (let at = getFolder(file); ; at = getFolder(at)) {
    const path = join(at, '.mvn/maven.config');
    const bytes = tree.readFile(path)?.bytes;
    if (bytes !== undefined) {
      const words = decodeRoughly(bytes)
        .replace(/(^|\s)(-D|-P|--define|--activate-profiles)[\s=]+/g, '$1$2')
        .split(/\s+/);
      const place = { file: path, line: 1, column: 1 };
      const defined = words.flatMap((word) => {
        const [, name, text = 'true'] = /^(?:-D|--define)([^=]+)(?:=(.*))?$/.exec(word) ?? [];
        return name === undefined ? [] : [[name, { text, at: place }] as const];
      });
      const profiles = words.filter((word) => /^(?:-P|--activate-profiles)/.test(word)).join(' ');
      return { path, properties: new Map(defined), profiles };
    }
    if (at === '') return null;
  }
}

function withOptions(sources: readonly PropertySource[], options: BuildOptions | null): readonly PropertySource[] {
  if (options === null) return sources;
  const { properties, profiles } = options;
  const switched = sources.map((one) =>
    one.under.startsWith('profile ') && profiles !== '' ? { ...one, under: `${one.under} (${profiles})` } : one,
  );
  return [{ under: '', properties }, ...switched];
}

/** Files of other builds that may fill placeholders in. */
const OTHER_BUILDS = ['gradle.properties', 'build.gradle', 'build.gradle.kts', 'build.properties', 'build.xml'];
/** Most characters that are compared of the lines with a name. */
const LONGEST_LINES = 2000;

/**
 * The files of Gradle and Ant, which run code. The value that they give a placeholder is not determined. The lines with
 * its name are compared instead.
 */
function readOtherBuild(file: string, tree: Tree): Pick<Build, 'parts' | 'lines'> {
  const parts = new Set<string>();
  const lines = new Map<string, string>();
  for (let at = getFolder(file); ; at = getFolder(at)) {
    for (const path of OTHER_BUILDS.map((name) => join(at, name))) {
      const bytes = tree.readFile(path)?.bytes;
      if (bytes === undefined) continue;
      parts.add(path);
      for (const line of decodeRoughly(bytes).split(/[\r\n]+/)) {
        for (const name of new Set(line.match(/[A-Za-z_][\w.-]*/g))) {
          const former = lines.get(name) ?? '';
          if (former.length < LONGEST_LINES) lines.set(name, `${former}${line.trim()}\n`);
        }
      }
    }
    if (at === '') return { parts, lines };
  }
}

interface Filter {
  readonly text: string;
  readonly under: string;
  readonly folder: string;
}

interface FilterFile {
  readonly path: string;
  readonly under: string;
}

/** The possible files of a filter. If its placeholder is not resolved, every file that fits. */
function listFilterFiles(
  { text, under, folder }: Filter,
  sources: readonly PropertySource[],
  tree: Tree,
): readonly FilterFile[] {
  return listCandidates({ text, at: null, under }, sources).flatMap((candidate) => {
    const own = candidate.text.replace(/^\$\{(?:project\.)?basedir\}\//, '');
    const path = join(folder, own);
    const label = `${candidate.under} filter ${path}`.trim();
    if (!PLACEHOLDER.test(own)) return [{ path, under: label }];
    const parts = path.split(new RegExp(PLACEHOLDER.source)).filter((_, index) => index % 3 === 0);
    const fits = createTextMatcher([parts.map((part) => part.replaceAll('*', '\\*')).join('*')]);
    const files = tree.listPaths().filter(fits);
    return files.map((one) => ({ path: one, under: `${label} ${one}` }));
  });
}

function readFilter({ path, under }: FilterFile, tree: Tree): PropertySource {
  const decoded = decodeProperties(tree.readFile(path)?.bytes ?? new Uint8Array());
  const parsed = 'problem' in decoded ? decoded : parseProperties(decoded.text);
  const entries = 'problem' in parsed ? [] : parsed.entries;
  const places = entries.map(
    ({ key, value, valueAt }) => [key, { text: value, at: { file: path, ...valueAt } }] as const,
  );
  return { under, properties: new Map(places) };
}

function readProperties(holder: XmlElement, path: string): PropertySource['properties'] {
  const entries = findChild(holder, 'properties')?.children ?? [];
  return new Map(entries.map(({ name, text, at }) => [name, { text: text.trim(), at: { file: path, ...at } }]));
}

function listFilters(holder: XmlElement): readonly string[] {
  const build = findChild(holder, 'build');
  const filters = build === null ? null : findChild(build, 'filters');
  return filters === null ? [] : listChildrenNamed(filters, 'filter').map(({ text }) => text.trim());
}

function findNearestPom(folder: string, tree: Tree): string | null {
  for (let at = folder; ; at = getFolder(at)) {
    const path = join(at, 'pom.xml');
    if (tree.readFile(path) !== null) return path;
    if (at === '') return null;
  }
}

/** The profiles with their ids and activations. */
function listProfiles(project: XmlElement): readonly { readonly under: string; readonly holder: XmlElement }[] {
  const profiles = findChild(project, 'profiles');
  if (profiles === null) return [];
  return listChildrenNamed(profiles, 'profile').map((holder) => {
    const activation = findChild(holder, 'activation');
    const id = findChild(holder, 'id')?.text.trim() ?? '';
    return { under: `profile ${id} ${activation === null ? '' : writeCanonicalXml(activation)}`.trim(), holder };
  });
}

function parsePom(bytes: Uint8Array | undefined): XmlElement | null {
  if (bytes === undefined) return null;
  const decoded = decodeText(bytes, 'xml');
  const parsed = 'problem' in decoded ? decoded : parseXml(decoded.text);
  return 'problem' in parsed || parsed.root.local !== 'project' ? null : parsed.root;
}

/** A path that leaves the repository stays within its root, so no file is found. */
function join(folder: string, path: string): string {
  return resolvePath(folder, path) ?? '../outside';
}
