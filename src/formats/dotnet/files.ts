/** The XML files of one .NET configuration, with their bases and transforms. Each is parsed once and found in any case. */
import type { ParseProblem } from '../../model/document.ts';
import { getBaseName, getFolder, joinPath, resolvePath } from '../../model/paths.ts';
import type { SourceFile, Tree } from '../../model/source.ts';
import { decodeRoughly, decodeText } from '../../syntax/text.ts';
import { parseXml } from '../../syntax/xml.ts';
import { messages } from './messages.ts';
import { declaresXdt, usesXdt } from './xdt/step.ts';
import { type PlacedElement, toPlacedElement } from './xdt/tree.ts';

/** A file as XML, or why it cannot be read. */
export type ConfigXml = { readonly root: PlacedElement } | { readonly problem: ParseProblem };

/** A revision with configuration files that are parsed on demand. */
export interface ConfigFiles {
  readonly tree: Tree;
  /** The file at a path, or null when it does not exist. */
  load(path: string): ConfigXml | null;
}

/** Parses a file's bytes. */
export function parseConfig({ path, bytes }: SourceFile): ConfigXml {
  const decoded = decodeText(bytes, 'xml');
  if ('problem' in decoded) return decoded;
  const parsed = parseXml(decoded.text);
  return 'problem' in parsed ? parsed : { root: toPlacedElement(path, parsed.root) };
}

/** The configuration files of a revision. `file` is parsed already. */
export function openConfigFiles(tree: Tree, file?: { readonly path: string; readonly xml: ConfigXml }): ConfigFiles {
  const known = new Map<string, ConfigXml | null>(file === undefined ? [] : [[file.path, file.xml]]);
  const parse = (path: string): ConfigXml | null => {
    const content = tree.readFile(path);
    if (content === null) return null;
    if (content.bytes !== undefined) return parseConfig({ path, bytes: content.bytes });
    return { problem: { id: messages.includeUnreadable.id, message: content.unavailable, at: null } };
  };
  return {
    tree,
    load(path) {
      const xml = known.get(path) ?? parse(path);
      known.set(path, xml);
      return xml;
    },
  };
}

/** The path of an existing file, or null. Names compare as on Windows. An exact match comes first. */
export function findFile(path: string, tree: Tree): string | null {
  const folder = getFolder(path);
  const name = getBaseName(path);
  const names = tree.listFolder(folder);
  // Requested together with the folder, since most files have exactly this name.
  tree.readFile(path);
  if (names.includes(name)) return path;
  const [found] = names.filter((candidate) => candidate.toLowerCase() === name.toLowerCase()).sort();
  return found === undefined ? null : joinPath(folder, found);
}

/** The target of an include in a file of `folder`, or null if it is outside the repository. */
export function resolveInclude(folder: string, written: string): string | null {
  const path = written.trim();
  if (/^(?:[a-z]:|[\\/~])/i.test(path)) return null;
  // A name is appended, because the root of the repository counts as inside.
  const inner = resolvePath(folder, `${path}/_`);
  return inner === null ? null : getFolder(inner);
}

/** A transform beside its base. `Web.Release.config` is `Release` of `Web.config`. */
export interface TransformFile {
  readonly path: string;
  readonly name: string;
  readonly xml: ConfigXml;
}

/** The transforms of a base file, by name. An unreadable file is one of them when its text mentions transforms. */
export function findTransforms(base: string, files: ConfigFiles): readonly TransformFile[] {
  const folder = getFolder(base);
  const stem = getBaseName(base).replace(/config$/i, '');
  return files.tree
    .listFolder(folder)
    .filter((name) => name.toLowerCase().startsWith(stem.toLowerCase()) && /\.config$/i.test(name))
    .flatMap((name): readonly TransformFile[] => {
      const path = joinPath(folder, name);
      const xml = files.load(path);
      if (xml === null || !isTransform(path, xml, files.tree) || findBase(path, files) !== base) return [];
      return [{ path, name: name.slice(stem.length, -'.config'.length), xml }];
    })
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** The base of a transform: the file with the longest part of its name that exists and is not a transform itself. */
export function findBase(transform: string, files: ConfigFiles): string | null {
  const words = getBaseName(transform).split('.');
  for (let length = words.length - 2; length > 0; length -= 1) {
    const name = [...words.slice(0, length), words.at(-1)].join('.');
    const path = findFile(joinPath(getFolder(transform), name), files.tree);
    if (path === null) continue;
    const xml = files.load(path);
    if (xml === null || 'problem' in xml || !usesXdt(xml.root)) return path;
  }
  return null;
}

/** An unavailable file may be a transform. A file that cannot be parsed is one if it mentions the namespace. */
function isTransform(path: string, xml: ConfigXml, tree: Tree): boolean {
  if ('root' in xml) return declaresXdt(xml.root);
  const bytes = tree.readFile(path)?.bytes;
  return bytes === undefined || /XML-Document-Transform|xdt:/.test(decodeRoughly(bytes));
}

/** Whether a text begins like XML, in any encoding. */
export function beginsLikeXml(text: string): boolean {
  return /^[\s\u0080-\uffff]*</.test(text);
}
