/**
 * Which .NET configurations include a file. An include may lie anywhere and have any name, so this looks at all
 * configurations of the revision: a request for the list of paths, and the files that are called `*.config`.
 */
import type { Tree } from '../../model/source.ts';
import { baseOf, beginsLikeXml, configXml, type Loader, loaderOf, roughText } from './files.ts';
import { includesOf, isSection } from './sections.ts';
import { declaresXdt } from './xdt/step.ts';
import type { PlacedElement } from './xdt/tree.ts';

/**
 * The configurations that a file takes part in, directly or through other includes, in order; of a transform, its base.
 * Sections that include each other in a circle are part of the first of them. `load` is for a reader that has read some.
 */
export function configurationsIncluding(path: string, tree: Tree, load: Loader = loaderOf(tree)): readonly string[] {
  const includers = includersIn(tree);
  const around = (file: string): readonly Includer[] => includers.get(file.toLowerCase()) ?? [];
  const owners = new Set<string>();
  const sections = new Set([path]);
  let isCircle = false;
  for (const section of sections) {
    for (const includer of around(section)) {
      const base = includer.isTransform ? baseOf(includer.path, tree, load) : null;
      isCircle ||= includer.path === path;
      if (base !== null) owners.add(base);
      // A section that nobody includes stands for itself.
      else if (includer.isSection && around(includer.path).length > 0) sections.add(includer.path);
      else owners.add(includer.path);
    }
  }
  if (owners.size > 0) return [...owners].sort();
  const [first = path] = [...sections].slice(isCircle ? 0 : 1).sort();
  return first === path ? [] : [first];
}

/** Whether a file that is named like something else holds a section all the same. */
export function isSectionOfOtherKind(path: string, tree: Tree): boolean {
  if (/\.(?:config|xml)$/i.test(path)) return false;
  const text = roughText(tree.file(path)?.bytes ?? new Uint8Array());
  return beginsLikeXml(text) && /<appSettings/.test(text);
}

/** A file that includes others: their paths in lower case, as Windows finds them. */
interface Includer {
  readonly path: string;
  readonly includes: readonly string[];
  readonly isSection: boolean;
  readonly isTransform: boolean;
}

/** Path in lower case -> the files that include it. */
type Includers = ReadonlyMap<string, readonly Includer[]>;

/** Kept by the list of paths, once everything that is asked for is there: a pull request may change thousands of files. */
const known = new WeakMap<readonly string[], Includers>();

function includersIn(tree: Tree): Includers {
  const paths = tree.paths();
  const earlier = known.get(paths);
  if (earlier !== undefined) return earlier;
  const found = new Map<string, Includer[]>();
  const exact = new Map(paths.map((path) => [path.toLowerCase(), path]));
  const queue = new Set(paths.filter(mayInclude));
  let isWhole = true;
  for (const path of queue) {
    const content = tree.file(path);
    if (content === null) isWhole = false;
    const includer = content?.bytes === undefined ? null : includerOf(path, content.bytes);
    if (includer === null) continue;
    for (const include of includer.includes) {
      found.set(include, [...(found.get(include) ?? []), includer]);
      queue.add(exact.get(include) ?? path);
    }
  }
  if (isWhole) known.set(paths, found);
  return found;
}

/** Lists of packages and of their sources include nothing, and every project has them. */
function mayInclude(path: string): boolean {
  return /\.config$/i.test(path) && !/(?:^|\/)(?:packages|nuget)\.config$/i.test(path);
}

/** Each file is looked at once, whatever asks for it. */
const includersByContent = new WeakMap<Uint8Array, { readonly path: string; readonly includer: Includer | null }>();

function includerOf(path: string, bytes: Uint8Array): Includer | null {
  const earlier = includersByContent.get(bytes);
  if (earlier?.path === path) return earlier.includer;
  const xml = /\b(?:file|configSource)\s*=/.test(roughText(bytes)) ? configXml({ path, bytes }) : null;
  const includer = xml === null || 'problem' in xml ? null : includerIn(path, xml.root);
  includersByContent.set(bytes, { path, includer });
  return includer;
}

function includerIn(path: string, root: PlacedElement): Includer {
  const includes = includesOf(root).map((include) => include.toLowerCase());
  return { path, includes, isSection: isSection(root), isTransform: declaresXdt(root) };
}
