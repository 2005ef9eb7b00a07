/**
 * Finds the .NET configurations that include a file. An include may have any path and name. This requests the list of
 * paths and reads all `*.config` files in the revision.
 */
import type { Tree } from '../../model/source.ts';
import { decodeRoughly } from '../../syntax/text.ts';
import { beginsLikeXml, type ConfigFiles, findBase, openConfigFiles, parseConfig } from './files.ts';
import { isSection, listIncludes } from './sections.ts';
import { declaresXdt } from './xdt/step.ts';

/**
 * The configurations that include a file, directly or through other includes, in order. A transform is replaced by its
 * base. Sections that include each other in a circle belong to the first of them.
 */
export function findConfigurationsIncluding(
  path: string,
  tree: Tree,
  files: ConfigFiles = openConfigFiles(tree),
): readonly string[] {
  const includers = tree.computeOnce('dotnet-includers', () => findIncluders(tree));
  const listIncluders = (file: string): readonly Includer[] => includers.get(file.toLowerCase()) ?? [];
  const owners = new Set<string>();
  const sections = new Set([path]);
  let isCircle = false;
  for (const section of sections) {
    for (const includer of listIncluders(section)) {
      const base = includer.isTransform ? findBase(includer.path, files) : null;
      isCircle ||= includer.path === path;
      if (base !== null) owners.add(base);
      // A section that is not included anywhere is a configuration by itself.
      else if (includer.isSection && listIncluders(includer.path).length > 0) sections.add(includer.path);
      else owners.add(includer.path);
    }
  }
  if (owners.size > 0) return [...owners].sort();
  const [first = path] = [...sections].slice(isCircle ? 0 : 1).sort();
  return first === path ? [] : [first];
}

/** Whether a file that is named like another kind of file contains a section. */
export function isUnrelatedSection(path: string, tree: Tree): boolean {
  if (/\.(?:config|xml)$/i.test(path)) return false;
  const text = decodeRoughly(tree.readFile(path)?.bytes ?? new Uint8Array());
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
function findIncluders(tree: Tree): ReadonlyMap<string, readonly Includer[]> {
  const found = new Map<string, Includer[]>();
  const paths = tree.listPaths();
  const exact = new Map(paths.map((path) => [path.toLowerCase(), path]));
  const queue = new Set(paths.filter(mayInclude));
  for (const path of queue) {
    const includer = tree.computeOnce(`dotnet-includer:${path}`, () => readIncluder(path, tree));
    if (includer === null) continue;
    for (const include of includer.includes) {
      found.set(include, [...(found.get(include) ?? []), includer]);
      queue.add(exact.get(include) ?? path);
    }
  }
  return found;
}

/** Package and source lists include nothing. They are skipped because every project has them. */
function mayInclude(path: string): boolean {
  return /\.config$/i.test(path) && !/(?:^|\/)(?:packages|nuget)\.config$/i.test(path);
}

function readIncluder(path: string, tree: Tree): Includer | null {
  const bytes = tree.readFile(path)?.bytes;
  if (bytes === undefined || !/\b(?:file|configSource)\s*=/.test(decodeRoughly(bytes))) return null;
  const xml = parseConfig({ path, bytes });
  if ('problem' in xml) return null;
  const includes = listIncludes(xml.root).map((include) => include.toLowerCase());
  return { path, includes, isSection: isSection(xml.root), isTransform: declaresXdt(xml.root) };
}
