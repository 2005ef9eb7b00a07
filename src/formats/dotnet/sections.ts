/**
 * The `appSettings` and `appSettingsUser` sections of a configuration, with the `file` and `configSource` includes that
 * they follow. Any other content of a section is a gap.
 */
import { identifyContent } from '../../model/digest.ts';
import type { Message } from '../../model/messages.ts';
import { getFolder } from '../../model/paths.ts';
import type { Tree } from '../../model/source.ts';
import { findInAnyCase, isGathered } from '../any-case.ts';
import { type ConfigFiles, findFile, resolveInclude } from './files.ts';
import { type Gap, serializeElement } from './gaps.ts';
import { listDotnetKeys } from './keys.ts';
import { messages } from './messages.ts';
import type { AppSetting } from './values.ts';
import { findPlainAttribute, findPrefixedAttribute, type PlacedAttribute, type PlacedElement } from './xdt/tree.ts';

/** Names of the sections that the SDK reads. The first wins. */
export const SECTIONS: readonly string[] = ['appSettingsUser', 'appSettings'];

/** Deepest chain of includes. .NET itself follows two. */
export const MAX_INCLUDES = 4;

/** Whether the root is a section, so other files include this one. */
export function isSection(root: PlacedElement): boolean {
  return SECTIONS.includes(root.local);
}

/** Every `add` with a key below any section of the tree, also in transforms and under `location`. */
export function listAdds(root: PlacedElement): readonly AppSetting[] {
  return findAllSections(root).flatMap(({ children }) =>
    children.filter(({ local }) => local === 'add').flatMap(readAdd),
  );
}

/** The includes that a file's sections write, as paths. Those that leave the repository are left out. */
export function listIncludes(root: PlacedElement): readonly string[] {
  return findAllSections(root).flatMap((section) =>
    ['file', 'configSource'].flatMap((name) => {
      const written = findPlainAttribute(section, name);
      return written === null ? [] : (resolveInclude(getFolder(section.at.file), written.value) ?? []);
    }),
  );
}

/** An element that .NET accepts in a section: `clear`, `remove` with a key, `add` with a key and no content. */
export function isEntry(child: PlacedElement): boolean {
  if (child.local === 'clear') return true;
  if (findPlainAttribute(child, 'key') === null) return false;
  return child.local === 'remove' || (child.local === 'add' && child.children.length === 0 && child.text.trim() === '');
}

/** Sections with all that they include. */
export interface ExpandedSections {
  /** In order of application. An include comes after the section that names it, so it takes precedence. */
  readonly sections: readonly PlacedElement[];
  /** The sections from included files. */
  readonly included: readonly PlacedElement[];
  readonly gaps: readonly Gap[];
}

/** Follows the includes of sections of the configuration `root`. */
export function expandSections(
  sections: readonly PlacedElement[],
  root: PlacedElement,
  files: ConfigFiles,
): ExpandedSections {
  return mergeExpanded(sections.map((section) => expandSection(section, { root, files, trail: [] })));
}

interface IncludeContext {
  readonly root: PlacedElement;
  readonly files: ConfigFiles;
  /** The chain of included files that leads to a section. */
  readonly trail: readonly string[];
}

function expandSection(section: PlacedElement, context: IncludeContext): ExpandedSections {
  const gap = findUnsupportedContent(section, context.root);
  const includes = ['configSource', 'file'].flatMap((kind) => {
    const written = findPlainAttribute(section, kind);
    return written === null || written.value.trim() === '' ? [] : [followInclude(section, written, context)];
  });
  return mergeExpanded([{ sections: [section], included: [], gaps: gap === null ? [] : [gap] }, ...includes]);
}

function followInclude(
  section: PlacedElement,
  written: PlacedAttribute,
  { root, files, trail }: IncludeContext,
): ExpandedSections {
  const names = { include: written.value, section: section.local };
  // The section of a transformed file may come from the transform, which is in the same folder.
  const wanted = resolveInclude(getFolder(section.at.file), written.value);
  const path = wanted === null ? null : findInclude(wanted, section.at.file, files.tree);
  const stop = (why: Message): ExpandedSections => {
    return { sections: [], included: [], gaps: [createIncludeGap(why, written, path, files.tree)] };
  };
  const xml = path === null ? null : files.load(path);
  if (path === null || xml === null) {
    return stop(wanted === null ? messages.includeOutside(names) : messages.includeMissing(names));
  }
  if (trail.includes(path) || trail.length >= MAX_INCLUDES) return stop(messages.includeChain(names));
  if ('problem' in xml) return stop(messages.includeUnreadable({ ...names, detail: xml.problem.message }));
  if (xml.root.local !== section.local) return stop(messages.includeRoot(names));
  const inner = expandSection(xml.root, { root, files, trail: [...trail, path] });
  return { ...inner, included: [xml.root, ...inner.included] };
}

/** Windows ignores the case of folders. The includer's folder exists as written, so only other folders are searched. */
function findInclude(wanted: string, includer: string, tree: Tree): string | null {
  const found = findFile(wanted, tree);
  if (found !== null || getFolder(wanted) === getFolder(includer)) return found;
  return isGathered(tree, `include:${wanted}`, () => findFile(wanted, tree)) ? findInAnyCase(wanted, tree) : null;
}

function createIncludeGap({ id, message }: Message, written: PlacedAttribute, path: string | null, tree: Tree): Gap {
  const content = identifyContent(path, tree) ?? '';
  const meaning = `${id}: ${written.value.trim().replaceAll('\\', '/').toLowerCase()} ${content}`.trimEnd();
  return { meaning, isShownInFull: content === '', shown: written.value, reason: message, at: written.valueAt };
}

/** Content of a section other than entries and includes: encrypted content, values from a builder, or a mistake. */
function findUnsupportedContent(section: PlacedElement, root: PlacedElement): Gap | null {
  const attributes = section.attributes.filter(
    ({ name, prefix }) => prefix === '' && !/^(?:xmlns|file|configSource|lock\w*)$/.test(name),
  );
  const children = section.children.filter((child) => !isEntry(child));
  const [first] = [...attributes, ...children];
  if (first === undefined) return null;
  const builders = attributes.length === 0 ? [] : root.children.filter(({ local }) => local === 'configBuilders');
  const meaning = [{ ...section, attributes, children }, ...builders].map(serializeElement).join('\n');
  const names = [...attributes.map(({ name }) => name), ...children.map(({ name }) => `<${name}>`)];
  const shown = [...new Set(names)].join(', ');
  const reason = messages.sectionNotFollowed({ section: section.local, what: shown }).message;
  return { meaning, shown, reason, at: first.at };
}

function mergeExpanded(all: readonly ExpandedSections[]): ExpandedSections {
  return {
    sections: all.flatMap(({ sections }) => sections),
    included: all.flatMap(({ included }) => included),
    gaps: all.flatMap(({ gaps }) => gaps),
  };
}

/** Every section of a tree, wherever it is. */
function findAllSections(root: PlacedElement): readonly PlacedElement[] {
  return isSection(root) ? [root] : root.children.flatMap(findAllSections);
}

/** The setting that an `add` writes, in an attribute or as text, by its key or by the keys that its locator names. */
function readAdd(add: PlacedElement): readonly AppSetting[] {
  const written = findPlainAttribute(add, 'value');
  const value = { value: written?.value ?? add.text, at: written?.valueAt ?? add.at };
  const key = findPlainAttribute(add, 'key');
  if (key !== null) return [{ key: key.value, ...value }];
  const locator = findPrefixedAttribute(add, 'Locator');
  return locator === null ? [] : listDotnetKeys(locator.value).map((named) => ({ key: named, ...value }));
}
