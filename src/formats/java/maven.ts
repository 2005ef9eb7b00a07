/**
 * Maven's part in Java configuration: `${name}` in a filtered file stands for a property of the nearest `pom.xml`, of its
 * parents, or of the files that their `<filters>` name; profiles may give it several values. A changed pom or filter file
 * means the properties files that it is filled into.
 */
import sentences from '../../../data/messages/formats-xml.json' with { type: 'json' };
import type { ReadResult } from '../../model/document.ts';
import { fill } from '../../model/messages.ts';
import { baseName, folderOf, resolvePath } from '../../model/paths.ts';
import type { Place, SourceFile, Tree } from '../../model/source.ts';
import { parseProperties } from '../../syntax/properties.ts';
import { decodeText } from '../../syntax/text.ts';
import { canonicalXml, child, childrenNamed, parseXml, type XmlElement } from '../../syntax/xml.ts';
import type { Format, ReadContext } from '../format.ts';

/** The Java SDK's file, wherever it is kept. */
export const HV_PROPERTIES = 'hv-application.properties';

/** Parents of parents, properties of properties: deeper than any build that people read. */
const DEPTH = 10;

/** One text that a placeholder may come to. */
export interface Candidate {
  readonly text: string;
  /** Where it stands; null: in the file with the placeholder. */
  readonly at: Place | null;
  /** What has to hold for it (profiles and how they are activated, filter files); '' for nothing. */
  readonly under: string;
}

/** What a text with placeholders comes to. */
export type Resolution =
  | { readonly kind: 'resolved'; readonly text: string; readonly at: Place | null }
  /** `candidates`: every text it may come to, as far as known, sorted. */
  | { readonly kind: 'unresolved'; readonly candidates: readonly Candidate[]; readonly reason: string };

/** Poms, and filter files by Maven's custom (`src/main/filters/live.properties`). */
export const mavenPom: Format = {
  id: 'maven-pom',
  claims: (path) =>
    /(?:^|\/)pom\.xml$/i.test(path) || /(?:^|\/)(?:filters\/|[^/]*filter)[^/]*\.properties$/i.test(path),
  read({ path }: SourceFile, { tree }: ReadContext): ReadResult {
    const files = tree.paths().filter((file) => baseName(file).toLowerCase() === HV_PROPERTIES);
    const owners = files.filter((file) => buildOf(file, tree).parts.has(path));
    return owners.length === 0 ? { kind: 'not-configuration' } : { kind: 'part-of', owners };
  },
};

/** Fills in the placeholders (`${name}`, `@name@`) of a text that stands in the file at `path`. */
export function resolveMaven(text: string, path: string, tree: Tree): Resolution {
  if (!PLACEHOLDER.test(text)) return { kind: 'resolved', text, at: null };
  const { sources, poms } = buildOf(path, tree);
  const unknown: string[] = [];
  const expanded = expand({ text, at: null, under: '' }, sources, unknown, DEPTH);
  const candidates = [...expanded, ...uncounted(expanded, sources)].sort(byText);
  const only = candidates[0];
  if (unknown.length === 0 && only !== undefined && candidates.every((one) => one.text === only.text)) {
    return { kind: 'resolved', text: only.text, at: only.at };
  }
  const id = unknown.length > 0 ? (poms === 0 ? 'maven-no-pom' : 'maven-undefined') : 'maven-profiles';
  return { kind: 'unresolved', candidates, reason: fill(sentences[id], { name: unknown[0] ?? text }) };
}

function byText(a: Candidate, b: Candidate): number {
  return `${a.text}\n${a.under}` < `${b.text}\n${b.under}` ? -1 : 1;
}

const PLACEHOLDER = /\$\{([^{}]+)\}|@([A-Za-z][\w.-]*)@/;

/** Texts a placeholder text may come to are at most this many; more is a build that nobody can judge by reading. */
const MOST_CANDIDATES = 64;

/** Where there are more candidates than are told apart, all that they are made of. */
function uncounted(expanded: readonly Candidate[], sources: readonly Source[]): readonly Candidate[] {
  if (expanded.length < MOST_CANDIDATES) return [];
  const text = JSON.stringify(sources.map(({ properties }) => [...properties].map(([name, one]) => [name, one.text])));
  return [{ text, at: null, under: 'all' }];
}

function expand(start: Candidate, sources: readonly Source[], unknown: string[], depth: number): readonly Candidate[] {
  const { text, at, under } = start;
  const match = PLACEHOLDER.exec(text);
  if (match === null) return [start];
  const name = (match[1] ?? match[2] ?? '').trim();
  const values = depth === 0 ? [] : valuesOf(name, sources);
  if (values.length === 0) {
    unknown.push(name);
    return [start];
  }
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + match[0].length);
  const whole = before === '' && after === '';
  return values
    .flatMap((value) => {
      const filled = `${before}${value.text}${after}`;
      const conditions = [under, value.under].filter((one) => one !== '').join(' ');
      return expand({ text: filled, at: whole ? value.at : at, under: conditions }, sources, unknown, depth - 1);
    })
    .slice(0, MOST_CANDIDATES);
}

/** All values of a property: of the nearest source that always holds, and of every other one on the way. */
function valuesOf(name: string, sources: readonly Source[]): readonly Candidate[] {
  const values: Candidate[] = [];
  for (const { under, properties } of sources) {
    const found = properties.get(name);
    if (found !== undefined) values.push({ ...found, under });
    if (found !== undefined && under === '') break;
  }
  return values;
}

/** A place that defines properties: a pom, one of its profiles, a file that it names as a filter. */
interface Source {
  /** What has to hold for it; '' for the pom itself. */
  readonly under: string;
  readonly properties: ReadonlyMap<string, { readonly text: string; readonly at: Place }>;
}

interface Build {
  readonly sources: readonly Source[];
  /** Paths of the poms and filter files that a file's values may come from, whether they can be read or not. */
  readonly parts: ReadonlySet<string>;
  /** How many poms could be read. */
  readonly poms: number;
}

/** The nearest pom, the parents it names, and their filters, nearest first. */
function buildOf(file: string, tree: Tree): Build {
  const sources: Source[] = [];
  const filters: Filter[] = [];
  const parts = new Set<string>();
  let poms = 0;
  let next = nearestPom(folderOf(file), tree);
  while (next !== null && poms < DEPTH && !parts.has(next)) {
    parts.add(next);
    const project = parsePom(tree.file(next)?.bytes);
    if (project === null) break;
    poms += 1;
    const path = next;
    for (const { under, holder } of [...profilesOf(project), { under: '', holder: project }]) {
      sources.push({ under, properties: propertiesOf(holder, path) });
      filters.push(...filtersOf(holder).map((text) => ({ text, under, folder: folderOf(path) })));
    }
    const parent = child(project, 'parent');
    const relative = (parent === null ? null : child(parent, 'relativePath'))?.text.trim() ?? '../pom.xml';
    // An empty path leads to the pom itself, which ends the way.
    next = parent === null ? null : pomPathOf(join(folderOf(path), relative));
  }
  const files = filters.flatMap((filter) => filterFiles(filter, sources, tree));
  for (const { path } of files) parts.add(path);
  return { sources: [...files.map((one) => filterSource(one, tree)), ...sources], parts, poms };
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

/** The files that a filter may be; where nothing says what its placeholder is, every file that fits. */
function filterFiles({ text, under, folder }: Filter, sources: readonly Source[], tree: Tree): readonly FilterFile[] {
  return expand({ text, at: null, under }, sources, [], DEPTH).flatMap((candidate) => {
    const own = candidate.text.replace(/^\$\{(?:project\.)?basedir\}\//, '');
    const path = join(folder, own);
    const label = `${candidate.under} filter ${path}`.trim();
    if (!PLACEHOLDER.test(own)) return [{ path, under: label }];
    const parts = path.split(new RegExp(PLACEHOLDER.source)).filter((_, index) => index % 3 === 0);
    const fits = new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
    return tree
      .paths()
      .filter((one) => fits.test(one))
      .map((one) => ({ path: one, under: `${label} ${one}` }));
  });
}

function filterSource({ path, under }: FilterFile, tree: Tree): Source {
  const decoded = decodeText(tree.file(path)?.bytes ?? new Uint8Array(), 'plain');
  const parsed = 'problem' in decoded ? decoded : parseProperties(decoded.text);
  const entries = 'problem' in parsed ? [] : parsed.entries;
  const places = entries.map(
    ({ key, value, valueAt }) => [key, { text: value, at: { file: path, ...valueAt } }] as const,
  );
  return { under, properties: new Map(places) };
}

function propertiesOf(holder: XmlElement, path: string): Source['properties'] {
  const entries = child(holder, 'properties')?.children ?? [];
  return new Map(entries.map(({ name, text, at }) => [name, { text: text.trim(), at: { file: path, ...at } }]));
}

function filtersOf(holder: XmlElement): readonly string[] {
  const build = child(holder, 'build');
  const filters = build === null ? null : child(build, 'filters');
  return filters === null ? [] : childrenNamed(filters, 'filter').map(({ text }) => text.trim());
}

function pomPathOf(path: string): string {
  return /\.xml$/i.test(path) ? path : join(path, 'pom.xml');
}

function nearestPom(folder: string, tree: Tree): string | null {
  for (let at = folder; ; at = folderOf(at)) {
    const path = join(at, 'pom.xml');
    if (tree.file(path) !== null) return path;
    if (at === '') return null;
  }
}

/** The profiles, each under its id and what activates it. */
function profilesOf(project: XmlElement): readonly { readonly under: string; readonly holder: XmlElement }[] {
  const profiles = child(project, 'profiles');
  if (profiles === null) return [];
  return childrenNamed(profiles, 'profile').map((holder) => {
    const activation = child(holder, 'activation');
    const id = child(holder, 'id')?.text.trim() ?? '';
    return { under: `profile ${id} ${activation === null ? '' : canonicalXml(activation)}`.trim(), holder };
  });
}

/** Every placeholder of every properties file below asks for the same few poms. */
const known = new WeakMap<Uint8Array, XmlElement | null>();

function parsePom(bytes: Uint8Array | undefined): XmlElement | null {
  if (bytes === undefined) return null;
  const earlier = known.get(bytes);
  if (earlier !== undefined) return earlier;
  const decoded = decodeText(bytes, 'xml');
  const parsed = 'problem' in decoded ? decoded : parseXml(decoded.text);
  const project = 'problem' in parsed || parsed.root.local !== 'project' ? null : parsed.root;
  known.set(bytes, project);
  return project;
}

/** A path that leaves the repository stays within its root, where nothing will be found. */
function join(folder: string, path: string): string {
  return resolvePath(folder, path) ?? '../outside';
}
