/** Imports of a settings module: the statements in other modules of the repository that give a name its value. */
import { identifyContent } from '../../model/digest.ts';
import { getFolder, joinPath } from '../../model/paths.ts';
import type { Tree } from '../../model/source.ts';
import { decodePython } from '../../syntax/python/encoding.ts';
import { type PythonCode, readPythonNames, trackDependencies } from '../../syntax/python/names.ts';
import { parsePython } from '../../syntax/python/python.ts';
import { marksHealthVault } from './keys.ts';

/** Most levels of imports that are followed. Real projects have fewer. */
const DEPTH = 4;

/** One module, or a package with one for each environment. Teams add modules such as `local_settings.py`. */
export function isSettingsModule(path: string): boolean {
  return /(?:^|\/)(?:settings[^/]*|[^/]*settings)\.py$|(?:^|\/)settings\/[^/]+\.py$/i.test(path);
}

/** An imported name with its module's path without ending. `*` stands for all names, null for the module itself. */
interface ImportedName {
  readonly modules: readonly string[];
  readonly name: string | null;
}

/** The statements behind the imports in lines of dependencies (see `trackDependencies`), as a text to compare. */
export function writeImports(dependencies: string, file: string, tree: Tree, depth = 0): string {
  if (depth === DEPTH) return '';
  return listImportedNames(dependencies, file)
    .map(({ modules, name }) => {
      const path = findModule(modules, tree);
      if (path === null) return '';
      const code = parseModule(path, tree);
      if (code === null) return `${path} ${identifyContent(path, tree)}`;
      const isBound = (bound: string) =>
        bound === '*' || name === null || (name === '*' ? marksHealthVault(bound) : bound === name);
      const binding = code.filter(({ plain, others }) => [...plain, ...others].some(isBound));
      const text = trackDependencies(code)(binding);
      return `${path}\n${text}\n${writeImports(text, path, tree, depth + 1)}`;
    })
    .join('\n');
}

/** The settings modules that import from the module at `path`, directly or through others. */
export function findImportingSettings(path: string, tree: Tree): readonly string[] {
  const paths = tree.computeOnce('python-modules', () => new Set(tree.listPaths().filter((one) => /\.py$/i.test(one))));
  const settings = [...paths].filter(isSettingsModule);
  return settings.filter((file) => file !== path && reachModules(file, paths, tree).has(path));
}

function reachModules(file: string, paths: ReadonlySet<string>, tree: Tree): ReadonlySet<string> {
  return tree.computeOnce(`django-imports:${file}`, () => {
    const reached = new Set([file]);
    for (let [depth, next] = [0, [file]]; depth < DEPTH && next.length > 0; depth += 1) {
      next = next.flatMap((one) => listModules(one, tree)).filter((one) => paths.has(one) && !reached.has(one));
      for (const one of next) reached.add(one);
    }
    return reached;
  });
}

/** Possible paths of the modules that a module imports. */
function listModules(file: string, tree: Tree): readonly string[] {
  const text = (parseModule(file, tree) ?? []).map((statement) => statement.text).join('\n');
  return listImportedNames(text, file).flatMap(({ modules }) => listPaths(modules));
}

/** `from .keys import LIVE as ID` is written `from . keys import LIVE as ID`, or `import . keys LIVE as ID`. */
function listImportedNames(text: string, file: string): readonly ImportedName[] {
  return text.split('\n').flatMap((line) => {
    const [, from, written = ''] = /^\d+ (?:(?:from (.+) )?import) (.+)$/.exec(line) ?? [];
    return written.split(',').flatMap((part): readonly ImportedName[] => {
      const words = `${from ?? ''} ${part}`
        .replace(/ as .*$/, '')
        .split(' ')
        .filter((word) => /^(?:\.+|\*|\w+)$/u.test(word));
      const dots = words.join('').match(/^\.+/)?.[0].length ?? 0;
      const names = words.filter((word) => !/^\.+$/.test(word));
      if (names.length === 0) return [];
      const folders = listFolders(file, dots);
      const listInFolders = (parts: readonly string[]) =>
        folders.map((folder) => [folder, ...parts].filter((one) => one !== '').join('/'));
      const name = names.at(-1) ?? '';
      return [
        ...(name === '*' ? [] : [{ modules: listInFolders(names), name: null }]),
        ...(names.length === 1 && dots === 0 ? [] : [{ modules: listInFolders(names.slice(0, -1)), name }]),
      ];
    });
  });
}

/** The folders to search for a module. Dots name one folder. Without dots, any folder above may be on Python's path. */
function listFolders(file: string, dots: number): readonly string[] {
  const above = [getFolder(file)];
  for (let at = getFolder(file); at !== ''; at = getFolder(at)) above.push(getFolder(at));
  return dots === 0 ? above : above.slice(dots - 1, dots);
}

function findModule(modules: readonly string[], tree: Tree): string | null {
  return listPaths(modules).find((path) => tree.readFile(path) !== null) ?? null;
}

function listPaths(modules: readonly string[]): readonly string[] {
  return modules.flatMap((module) => [...(module === '' ? [] : [`${module}.py`]), joinPath(module, '__init__.py')]);
}

function parseModule(path: string, tree: Tree): readonly PythonCode[] | null {
  return tree.computeOnce(`python:${path}`, () => {
    const decoded = decodePython(tree.readFile(path)?.bytes ?? new Uint8Array());
    const parsed = 'problem' in decoded ? decoded : parsePython(decoded.text);
    return 'problem' in parsed ? null : parsed.statements.map(readPythonNames);
  });
}
