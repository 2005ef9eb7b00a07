/** The XML files of one .NET configuration: read once, found without regard to case, told apart into bases and transforms. */

import type { ParseProblem } from '../../model/document.ts';
import { baseName, folderOf, joinPath } from '../../model/paths.ts';
import type { SourceFile, Tree } from '../../model/source.ts';
import { decodeText } from '../../syntax/text.ts';
import { parseXml } from '../../syntax/xml.ts';
import type { ReadContext } from '../format.ts';
import { declaresXdt, usesXdt } from './xdt/step.ts';
import { type PlacedElement, placeIn } from './xdt/tree.ts';

/** A file as XML, or why it is none. */
export type ConfigXml = { readonly root: PlacedElement } | { readonly problem: ParseProblem };

/** Reads files of one revision by path; null where there is none. Each is parsed once. */
export type Loader = (path: string) => ConfigXml | null;

/** Parses a file's bytes. */
export function configXml({ path, bytes }: SourceFile): ConfigXml {
  const decoded = decodeText(bytes, 'xml');
  if ('problem' in decoded) return decoded;
  const parsed = parseXml(decoded.text);
  return 'problem' in parsed ? parsed : { root: placeIn(path, parsed.root) };
}

/** A loader over a tree; `file` is known already. */
export function loaderOf(tree: Tree, file?: { readonly path: string; readonly xml: ConfigXml }): Loader {
  const known = new Map<string, ConfigXml | null>(file === undefined ? [] : [[file.path, file.xml]]);
  return (path) => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const content = tree.file(path);
    let loaded: ConfigXml | null = null;
    if (content?.bytes !== undefined) loaded = configXml({ path, bytes: content.bytes });
    else if (content !== null)
      loaded = { problem: { id: 'dotnet-include-unreadable', message: content.unavailable, at: null } };
    known.set(path, loaded);
    return loaded;
  };
}

/** Tells one content of a file from another, also where nobody can read it. */
export function contentId(path: string, { tree, cryptography }: ReadContext): string {
  const content = tree.file(path);
  if (content === null) return '';
  return content.bytes === undefined ? content.id : cryptography.sha256(content.bytes);
}

/** The path as it exists: names compare as on Windows, an exact match first. Null when there is no such file. */
export function existing(tree: Tree, path: string): string | null {
  const folder = folderOf(path);
  const name = baseName(path);
  const names = tree.folder(folder);
  // Asked for at once, as it is called so in most cases.
  tree.file(path);
  if (names.includes(name)) return path;
  const [found] = names.filter((candidate) => candidate.toLowerCase() === name.toLowerCase()).sort();
  return found === undefined ? null : joinPath(folder, found);
}

/**
 * Where an include written in a file of `folder` points to, or null when it leaves the repository. Windows paths; `.` and
 * `..` are followed.
 */
export function includePath(folder: string, written: string): string | null {
  const path = written.trim().replaceAll('\\', '/');
  if (/^(?:[a-z]:|\/|~)/i.test(path)) return null;
  const steps = folder === '' ? [] : folder.split('/');
  for (const step of path.split('/')) {
    if (step === '..') {
      if (steps.pop() === undefined) return null;
    } else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

/** A transform beside its base: `Web.Release.config` is `Release` of `Web.config`. */
export interface TransformFile {
  readonly path: string;
  readonly name: string;
  readonly xml: ConfigXml;
}

/** The transforms of a base file, by name. One that cannot be read is among them when its text speaks of transforms. */
export function transformsOf(base: string, tree: Tree, load: Loader): readonly TransformFile[] {
  const folder = folderOf(base);
  const stem = baseName(base).replace(/config$/i, '');
  const names = tree.folder(folder).filter((name) => name.toLowerCase().startsWith(stem.toLowerCase()));
  return names
    .filter((name) => /\.config$/i.test(name))
    .flatMap((name): readonly TransformFile[] => {
      const path = joinPath(folder, name);
      const xml = load(path);
      if (xml === null || !isTransform(path, xml, tree) || baseOf(path, tree, load) !== base) return [];
      return [{ path, name: name.slice(stem.length, -'.config'.length), xml }];
    })
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** The base of a transform: the file with the longest part of its name that exists and is no transform itself. */
export function baseOf(transform: string, tree: Tree, load: Loader): string | null {
  const words = baseName(transform).split('.');
  for (let length = words.length - 2; length > 0; length -= 1) {
    const name = [...words.slice(0, length), words.at(-1)].join('.');
    const path = existing(tree, joinPath(folderOf(transform), name));
    if (path === null) continue;
    const xml = load(path);
    if (xml === null || 'problem' in xml || !usesXdt(xml.root)) return path;
  }
  return null;
}

/** What cannot be had could be one; what cannot be parsed is one when it says so. */
function isTransform(path: string, xml: ConfigXml, tree: Tree): boolean {
  if ('root' in xml) return declaresXdt(xml.root);
  const bytes = tree.file(path)?.bytes;
  return bytes === undefined || /XML-Document-Transform|xdt:/.test(roughText(bytes));
}

/** Whether a text begins like XML, whatever its encoding. */
export function beginsLikeXml(text: string): boolean {
  return /^[\s\ufffd]*</.test(text);
}

/** A file's letters, whatever its encoding: good for looking for words, for nothing else. */
export function roughText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes).replaceAll('\0', '');
}
