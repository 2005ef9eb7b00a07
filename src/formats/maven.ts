/**
 * Maven's part in Java configuration: `${name}` in a filtered file stands for a property of the nearest `pom.xml` or of
 * its parents, and profiles may give it several values. A changed pom means its properties files.
 */
import sentences from '../../data/messages/formats-xml.json' with { type: 'json' };
import type { ReadResult } from '../model/document.ts';
import { fill } from '../model/messages.ts';
import type { Place, SourceFile, Tree } from '../model/source.ts';
import { decodeText } from '../syntax/text.ts';
import { child, childrenNamed, parseXml, type XmlElement } from '../syntax/xml.ts';
import type { Format, ReadContext } from './format.ts';

/** The Java SDK's file and where Maven projects keep it. */
export const HV_PROPERTIES = 'hv-application.properties';
const HOMES = [`src/main/resources/${HV_PROPERTIES}`, HV_PROPERTIES];

/** Modules of modules, parents of parents, properties of properties: deeper than any build that people read. */
const DEPTH = 10;

/** One value that a placeholder may have, and where it stands; null place: in the text itself. */
interface Candidate {
  readonly text: string;
  readonly at: Place | null;
}

/** What a text with placeholders comes to. */
export type Resolution =
  | { readonly kind: 'resolved'; readonly text: string; readonly at: Place | null }
  /** `candidates`: every text it may come to, as far as known, sorted. */
  | { readonly kind: 'unresolved'; readonly candidates: readonly Candidate[]; readonly reason: string };

/** A pom leads to the properties files that its values are filled into. */
export const mavenPom: Format = {
  id: 'maven-pom',
  claims: (path) => /(?:^|\/)pom\.xml$/i.test(path),
  read(file: SourceFile, context: ReadContext): ReadResult {
    const owners = [...new Set(ownersOf(file.path, file.bytes, context.tree, DEPTH))].sort();
    return owners.length === 0 ? { kind: 'not-configuration' } : { kind: 'part-of', owners };
  },
};

function ownersOf(pomPath: string, bytes: Uint8Array, tree: Tree, depth: number): readonly string[] {
  const folder = folderOf(pomPath);
  const own = HOMES.map((home) => join(folder, home)).filter((path) => tree.file(path) !== null);
  const project = parsePom(bytes);
  if (project === null || depth === 0) return own;
  const below = modulesOf(project).flatMap((module) => {
    const path = join(folder, /\.xml$/i.test(module) ? module : `${module}/pom.xml`);
    const pom = path === null || path === pomPath ? null : tree.file(path);
    if (pom?.bytes !== undefined) return ownersOf(path, pom.bytes, tree, depth - 1);
    return HOMES.map((home) => join(folderOf(path), home)).filter((home) => tree.file(home) !== null);
  });
  return [...own, ...below];
}

function modulesOf(project: XmlElement): readonly string[] {
  return [project, ...profilesOf(project)]
    .flatMap((holder) => childrenNamed(child(holder, 'modules') ?? EMPTY, 'module'))
    .flatMap((module) => (module.text.trim() === '' ? [] : [module.text.trim()]));
}

/** Fills in the placeholders (`${name}`, `@name@`) of a text that stands in the file at `path`. */
export function resolveMaven(text: string, path: string, tree: Tree): Resolution {
  if (!PLACEHOLDER.test(text)) return { kind: 'resolved', text, at: null };
  const poms = pomsFor(path, tree);
  const unknown: string[] = [];
  const expanded = expand(text, null, poms, unknown, DEPTH);
  const texts = new Map(expanded.map((candidate) => [candidate.text, candidate]));
  const candidates = [...texts.values()].sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  const only = candidates[0];
  if (unknown.length === 0 && candidates.length === 1 && only !== undefined) {
    return { kind: 'resolved', text: only.text, at: only.at };
  }
  const id = unknown.length > 0 ? (poms.length === 0 ? 'maven-no-pom' : 'maven-undefined') : 'maven-profiles';
  return { kind: 'unresolved', candidates, reason: fill(sentences[id], { name: unknown[0] ?? text }) };
}

const PLACEHOLDER = /\$\{([^{}]+)\}|@([A-Za-z][\w.-]*)@/;

/** Texts a placeholder text may come to are at most this many; more is a build that nobody can judge by reading. */
const MOST_CANDIDATES = 64;

function expand(
  text: string,
  at: Place | null,
  poms: readonly Pom[],
  unknown: string[],
  depth: number,
): readonly Candidate[] {
  const match = PLACEHOLDER.exec(text);
  if (match === null) return [{ text, at }];
  const name = (match[1] ?? match[2] ?? '').trim();
  const values = depth === 0 ? [] : valuesOf(name, poms);
  if (values.length === 0) {
    unknown.push(name);
    return [{ text, at }];
  }
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + match[0].length);
  const whole = before === '' && after === '';
  return values
    .flatMap((value) => expand(`${before}${value.text}${after}`, whole ? value.at : at, poms, unknown, depth - 1))
    .slice(0, MOST_CANDIDATES);
}

interface Pom {
  readonly path: string;
  readonly project: XmlElement;
}

/** The nearest pom and the parents it names, nearest first. */
function pomsFor(path: string, tree: Tree): readonly Pom[] {
  const poms: Pom[] = [];
  let next = nearestPom(folderOf(path), tree);
  while (next !== null && poms.length < DEPTH && poms.every((pom) => pom.path !== next)) {
    const bytes = tree.file(next)?.bytes;
    const project = bytes === undefined ? null : parsePom(bytes);
    if (project === null) break;
    poms.push({ path: next, project });
    const parent = child(project, 'parent');
    const relative = (parent === null ? null : child(parent, 'relativePath'))?.text.trim() ?? '../pom.xml';
    next = parent === null || relative === '' ? null : pomPathOf(join(folderOf(next), relative));
  }
  return poms;
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

/** All values of a property: of the nearest pom that defines it outside profiles, and of every profile on the way. */
function valuesOf(name: string, poms: readonly Pom[]): readonly Candidate[] {
  const values: Candidate[] = [];
  for (const { path, project } of poms) {
    const valueIn = (holder: XmlElement): Candidate[] => {
      const property = child(holder, 'properties')?.children.find((entry) => entry.name === name);
      return property === undefined ? [] : [{ text: property.text.trim(), at: { file: path, ...property.at } }];
    };
    values.push(...profilesOf(project).flatMap(valueIn));
    const plain = valueIn(project);
    values.push(...plain);
    if (plain.length > 0) break;
  }
  return values;
}

function profilesOf(project: XmlElement): readonly XmlElement[] {
  return childrenNamed(child(project, 'profiles') ?? EMPTY, 'profile');
}

const EMPTY: XmlElement = {
  name: '',
  local: '',
  prefix: '',
  attributes: [],
  children: [],
  text: '',
  at: { line: 1, column: 1 },
};

function parsePom(bytes: Uint8Array): XmlElement | null {
  const decoded = decodeText(bytes, 'xml');
  const parsed = 'problem' in decoded ? decoded : parseXml(decoded.text);
  return 'problem' in parsed || parsed.root.local !== 'project' ? null : parsed.root;
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** Joins and normalizes; a path that leaves the repository stays within its root, where nothing will be found. */
function join(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return '../outside';
  }
  return parts.join('/');
}
