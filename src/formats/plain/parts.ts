/** The parts of a declared document, which a build merges from several files. */
import { cachePerObject, createPathMatcher } from '../../model/globs.ts';
import { getFolder, joinPath } from '../../model/paths.ts';
import type { PlainDocument } from '../../model/policy.ts';
import { readRoots } from '../../syntax/read-roots.ts';
import type { YamlNode } from '../../syntax/yaml/yaml.ts';
import type { PathContext, ReadContext } from '../format.ts';
import { findAt } from './settings.ts';

/** Further parts are not read, because each costs a request or a place in one. */
export const MAX_PARTS = 100;

/** Whether a path is one of the files that a declaration names. */
const isDeclared = cachePerObject(({ files }: PlainDocument) => createPathMatcher(files));

/** A declaration of the policy, and its number, which names it. */
export interface NumberedDeclaration {
  readonly declaration: PlainDocument;
  readonly index: number;
}

/** The declarations that match a file, in the order of the policy. */
export function findDeclarations(path: string, { plainDocuments }: PathContext): readonly NumberedDeclaration[] {
  return plainDocuments
    .map((declaration, index) => ({ declaration, index }))
    .filter(({ declaration }) => isDeclared(declaration)(path));
}

/** The name that all parts of a document share, or null if the file is a document by itself. */
export function nameWhole(path: string, { declaration, index }: NumberedDeclaration): string | null {
  const place = findPartPlace(path, declaration);
  return place === null ? null : `${index}:${place}`;
}

/** The folder that the parts share. */
function findPartPlace(path: string, { parts }: PlainDocument): string | null {
  const folder = getFolder(path);
  if (parts === 'folder') return folder;
  return parts === undefined || folder === '' ? null : getFolder(folder);
}

/** All files of the revision that are parts of the same document, the file itself included. */
export function listParts(path: string, numbered: NumberedDeclaration, { tree }: ReadContext): readonly string[] {
  const { declaration } = numbered;
  const place = findPartPlace(path, declaration);
  if (place === null) return [path];
  return tree.computeOnce(`parts:${nameWhole(path, numbered)}`, () => {
    const near =
      declaration.parts === 'folder' ? tree.listFolder(place).map((name) => joinPath(place, name)) : tree.listPaths();
    return near.filter((other) => findPartPlace(other, declaration) === place && isDeclared(declaration)(other));
  });
}

/** The required keys that no part of the document has. */
export function listMissingKeys(
  paths: readonly string[],
  numbered: NumberedDeclaration,
  { tree }: ReadContext,
): readonly string[] {
  const [first = ''] = paths;
  const { requires, format, namespaces } = numbered.declaration;
  return tree.computeOnce(`missing:${nameWhole(first, numbered)}`, () => {
    const roots = paths.flatMap((path): readonly YamlNode[] => {
      const bytes = tree.readFile(path)?.bytes;
      const read = bytes === undefined ? { roots: [] } : readRoots({ path, bytes }, format, namespaces);
      return 'problem' in read ? [] : read.roots;
    });
    return requires.filter((key) => !roots.some((root) => hasKey(root, key)));
  });
}

/** Whether a tree has a node at a path. */
export function hasKey(root: YamlNode, path: string): boolean {
  return findAt(root, path).nodes.length > 0;
}
