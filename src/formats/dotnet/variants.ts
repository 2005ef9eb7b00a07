/** The ways to deploy a .NET configuration: the file as it is, and the file with each of its transforms. */
import { identifyContent } from '../../model/digest.ts';
import type { Lint, ParseProblem } from '../../model/document.ts';
import type { Tree } from '../../model/source.ts';
import { readSections } from './effective.ts';
import { type ConfigFiles, findTransforms, type TransformFile } from './files.ts';
import { type Gap, serializeElement } from './gaps.ts';
import { isDistinctiveKey, listDotnetKeys } from './keys.ts';
import { adviseOnMissedTargets } from './lints.ts';
import { listTextsOutsideSettings, type TextOutsideSettings } from './mentions.ts';
import { messages } from './messages.ts';
import { isSection, listAdds, SECTIONS } from './sections.ts';
import type { AppSetting, KnownSetting } from './values.ts';
import type { Budget } from './xdt/path.ts';
import { usesXdt } from './xdt/step.ts';
import { findPlainAttribute, findPrefixedAttribute, type PlacedElement } from './xdt/tree.ts';
import { applyTransform, XDT_BUDGET, type XdtProblem } from './xdt/xdt.ts';

/** One way to deploy a file. */
export interface Variant {
  /** The transform's name, null for the file as it is. */
  readonly part: string | null;
  readonly effective: readonly KnownSetting[];
  /** All values in the files that were read. They are searched for secrets. */
  readonly written: readonly AppSetting[];
  /** Other texts that may be settings of HealthVault. */
  readonly mentions: readonly TextOutsideSettings[];
  readonly gaps: readonly Gap[];
  readonly lints: readonly Lint[];
  /** Other files that were read. */
  readonly files: readonly string[];
  readonly isHealthVault: boolean;
}

/** The file as it is, then with each of its transforms. */
export function readVariants(root: PlacedElement, files: ConfigFiles): readonly Variant[] {
  const plain = readVariant(null, root, files);
  const transforms = findTransforms(root.at.file, files);
  const spent = readNodeCount(files.tree);
  const before = spent.byFile.get(root.at.file) ?? 0;
  const limit = Math.min(XDT_BUDGET, RUN_BUDGET - (spent.total - before));
  const budget = { left: limit };
  const transformed = transforms.map((transform) => readTransformed({ root, plain, transform, files, budget }));
  const visited = limit - budget.left;
  spent.byFile.set(root.at.file, visited);
  spent.total += visited - before;
  return [plain, ...transformed];
}

/** Nodes that the transforms of a revision may visit in all. */
const RUN_BUDGET = 20_000_000;

/** Nodes that the transforms of a revision have visited so far. A file that is read again counts once. */
interface NodeCount {
  readonly byFile: Map<string, number>;
  total: number;
}

function readNodeCount(tree: Tree): NodeCount {
  return tree.computeOnce('xdt-nodes-visited', () => ({ byFile: new Map(), total: 0 }));
}

/** A transform, its base, and the remaining limit of work. */
interface Transformation {
  readonly root: PlacedElement;
  readonly plain: Variant;
  readonly transform: TransformFile;
  readonly files: ConfigFiles;
  readonly budget: Budget;
}

/** Whether a file has transforms that change HealthVault's settings, or may do so because they are unreadable. */
export function hasRelevantTransforms(path: string, files: ConfigFiles): boolean {
  return findTransforms(path, files).some(({ xml }) => 'problem' in xml || namesDotnetKey(xml.root));
}

/** Whether a transform without its base changes HealthVault's settings, or may do so. */
export function mayChangeSettings(transform: PlacedElement): boolean {
  return namesDotnetKey(transform) || changesUnnamedEntries(transform);
}

function readVariant(part: string | null, root: PlacedElement, files: ConfigFiles): Variant {
  return { ...readSections(root, files), part, lints: [] };
}

function readTransformed({ root, plain, transform, files, budget }: Transformation): Variant {
  const { name: part, path, xml } = transform;
  if ('problem' in xml) {
    return { ...plain, part, gaps: [...plain.gaps, createUnreadableGap(path, xml.problem, files)], files: [path] };
  }
  const result = applyTransform(root, xml.root, budget);
  const variant = readVariant(part, result.root, files);
  const isRelevant = namesDotnetKey(xml.root);
  return {
    ...variant,
    written: [...variant.written, ...plain.written, ...listAdds(xml.root), ...listTextsOutsideSettings(xml.root)],
    gaps: [
      ...variant.gaps,
      ...result.problems.filter(mayConcernSections).map(createStepGap),
      ...(isRelevant && !usesXdt(xml.root) ? [createNoStepsGap(path, xml.root)] : []),
    ],
    lints: adviseOnMissedTargets(result.missed, root.at.file),
    files: [...variant.files, path],
    isHealthVault: variant.isHealthVault || isRelevant,
  };
}

function createUnreadableGap(path: string, problem: ParseProblem, { tree }: ConfigFiles): Gap {
  const reason = messages.transformUnreadable({ transform: path, detail: problem.message }).message;
  const at = { file: path, ...(problem.at ?? { line: 1, column: 1 }) };
  return { meaning: `unreadable transform ${identifyContent(path, tree) ?? ''}`, shown: path, reason, at };
}

/** The file may be a whole configuration, or its steps are missing. Neither is assumed. */
function createNoStepsGap(path: string, root: PlacedElement): Gap {
  const reason = messages.transformWithoutSteps({ transform: path }).message;
  return { meaning: `transform without steps ${serializeElement(root)}`, shown: path, reason, at: root.at };
}

function createStepGap({ id, message, named, at, element }: XdtProblem): Gap {
  return { meaning: `${id} ${serializeElement(element)}`, shown: named, reason: message, at };
}

/** A step that failed elsewhere in the file does not affect the sections. */
function mayConcernSections({ trail, anywhere }: XdtProblem): boolean {
  return anywhere || trail.slice(0, 2).some((name) => name === 'location' || SECTIONS.includes(name));
}

/** Whether a transform names HealthVault's keys, in entries or in locators. */
function namesDotnetKey(element: PlacedElement): boolean {
  const key = findPlainAttribute(element, 'key');
  if (key !== null && isDistinctiveKey(key.value)) return true;
  return listDotnetKeys(readLocator(element)).length > 0 || element.children.some(namesDotnetKey);
}

/** Whether a step changes entries of a section without naming a key: by position, or all of them. */
function changesUnnamedEntries(element: PlacedElement, isWithin = false): boolean {
  const locator = readLocator(element);
  const isEntry = (isWithin || /appSettings/.test(locator)) && !isSection(element);
  const namesKey = findPlainAttribute(element, 'key') !== null || /['"]/.test(locator);
  if (isEntry && !namesKey && findPrefixedAttribute(element, 'Transform') !== null) return true;
  return element.children.some((child) => changesUnnamedEntries(child, isWithin || isSection(element)));
}

function readLocator(element: PlacedElement): string {
  return findPrefixedAttribute(element, 'Locator')?.value ?? '';
}
