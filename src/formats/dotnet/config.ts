/**
 * `Web.config`, `App.config` and their kin: the effective client configuration of an application on HealthVault's .NET
 * SDKs. One document for the file as it stands, one for each transform beside it that makes a difference.
 */

import sentences from '../../../data/messages/formats-dotnet.json' with { type: 'json' };
import type { ConfigDocument, Lint, ParseProblem, ReadResult, Setting } from '../../model/document.ts';
import { environmentOf } from '../../model/environment.ts';
import { fill } from '../../model/messages.ts';
import { baseName, folderOf, joinPath } from '../../model/paths.ts';
import { isProductionName } from '../../model/production-name.ts';
import type { Cryptography, Place, SourceFile } from '../../model/source.ts';
import type { Format, ReadContext } from '../format.ts';
import { isWebDeploy, webDeployValues } from './deploy.ts';
import {
  baseOf,
  beginsLikeXml,
  configXml,
  contentId,
  type Loader,
  loaderOf,
  roughText,
  type TransformFile,
  transformsOf,
} from './files.ts';
import { contentOf, gapOf, gapSettings, type SectionGap } from './gaps.ts';
import { configurationsIncluding } from './includes.ts';
import { DOTNET_DEFAULTS, dotnetKey, dotnetKeysIn } from './keys.ts';
import { lintsOf, missLints } from './lints.ts';
import { addsOf, isSection, readSections, SECTIONS } from './sections.ts';
import {
  type AppSetting,
  endpointsOf,
  type KnownSetting,
  knownSettings,
  meaningOf,
  secretsOf,
  settingsOf,
} from './values.ts';
import { declaresXdt, usesXdt } from './xdt/step.ts';
import { type PlacedElement, plainAttribute, prefixedAttribute } from './xdt/tree.ts';
import { applyTransform, type XdtProblem } from './xdt/xdt.ts';

const ID = 'dotnet-config';

/** The reader of .NET configuration. `.xml` is claimed because included sections may be called so. */
export const dotnetConfig: Format = {
  id: ID,
  looksBeside: true,
  claims: (path) => /\.(?:config|xml)$/i.test(path),
  read(file, context) {
    const { path } = file;
    const xml = configXml(file);
    if ('problem' in xml) return unreadable(file, xml.problem);
    const { root } = xml;
    const load = loaderOf(context.tree, { path, xml });
    const isConfig = /\.config$/i.test(path);
    if (!isConfig && !isSection(root)) return isWebDeploy(root) ? webDeploy(path, root, context) : NOT_OURS;
    if (isConfig && declaresXdt(root)) {
      const base = baseOf(path, context.tree, load);
      if (base !== null) return { kind: 'part-of', owners: [base] };
      if (usesXdt(root)) return orphanOf(path, root, context);
    }
    const owners = isSection(root) ? configurationsIncluding(path, context.tree, load) : [];
    if (owners.length === 0 || hasOwnTransforms(path, context, load)) return documentsOf(path, root, context, load);
    return { kind: 'part-of', owners };
  },
};

/** An included section that is transformed by itself: its owner would not show what comes of that. */
function hasOwnTransforms(path: string, context: ReadContext, load: Loader): boolean {
  return transformsOf(path, context.tree, load).some(({ xml }) => 'problem' in xml || touches(xml.root));
}

const NOT_OURS: ReadResult = { kind: 'not-configuration' };

/** XML that does not parse could say anything; other text only counts when it names the SDK's keys. */
function unreadable(file: SourceFile, problem: ParseProblem): ReadResult {
  const text = roughText(file.bytes);
  const namesKeys = dotnetKeysIn(text).length > 0;
  if (!/\.config$/i.test(file.path)) {
    return namesKeys && /<appSettings/.test(text) ? { kind: 'unreadable', problem } : NOT_OURS;
  }
  if (beginsLikeXml(text)) return { kind: 'unreadable', problem };
  if (!namesKeys) return NOT_OURS;
  return { kind: 'unreadable', problem: { ...problem, id: 'dotnet-not-xml', message: sentences['dotnet-not-xml'] } };
}

/** What a document tells. */
interface Told {
  readonly part: string | null;
  readonly effective: readonly KnownSetting[];
  readonly written: readonly KnownSetting[];
  readonly gaps: readonly SectionGap[];
  readonly lints: readonly Lint[];
}

/** One way to deploy a file: as it is, or with a transform. */
interface Variant extends Told {
  /** Other files that take part. */
  readonly files: readonly string[];
  readonly isOurs: boolean;
}

function documentsOf(path: string, root: PlacedElement, context: ReadContext, load: Loader): ReadResult {
  const plain = variantOf(null, root, context, load);
  const transforms = transformsOf(path, context.tree, load);
  const variants = transforms.map((transform) => transformed(path, root, plain, transform, context, load));
  if (![plain, ...variants].some(({ isOurs }) => isOurs)) return NOT_OURS;
  const base = documentOf(path, plain, context.cryptography);
  const parts = variants.map((variant) => documentOf(path, variant, context.cryptography));
  const same = fingerprint(base);
  // A transform of production that changes nothing still says what production gets.
  const telling = parts.filter((part) => isProductionName(part.part) || fingerprint(part) !== same);
  const files = [plain, ...variants].flatMap((variant) => variant.files);
  return { kind: 'documents', documents: [base, ...telling], files: [...new Set(files)].sort() };
}

function variantOf(part: string | null, root: PlacedElement, context: ReadContext, load: Loader): Variant {
  const { effective, written, gaps, files, isOurs } = readSections(root, context, load);
  const known = { effective: knownSettings(effective), written: knownSettings(written) };
  return { part, ...known, gaps, lints: [], files, isOurs };
}

function transformed(
  path: string,
  root: PlacedElement,
  plain: Variant,
  transform: TransformFile,
  context: ReadContext,
  load: Loader,
): Variant {
  const { name: part, path: file, xml } = transform;
  if ('problem' in xml) {
    const gap = unreadableTransform(file, xml.problem, context);
    return { ...plain, part, gaps: [...plain.gaps, gap], files: [file] };
  }
  const result = applyTransform(root, xml.root);
  const variant = variantOf(part, result.root, context, load);
  const isTelling = touches(xml.root);
  return {
    ...variant,
    written: [...variant.written, ...plain.written, ...knownSettings(addsOf(xml.root))],
    gaps: [
      ...variant.gaps,
      ...result.problems.filter(concernsSections).map(gapOf),
      ...(isTelling && !usesXdt(xml.root) ? [withoutSteps(file, xml.root)] : []),
    ],
    lints: missLints(result.missed, path),
    files: [...variant.files, file],
    isOurs: variant.isOurs || isTelling,
  };
}

function unreadableTransform(transform: string, problem: ParseProblem, context: ReadContext): SectionGap {
  const reason = fill(sentences['dotnet-transform-unreadable'], { transform, detail: problem.message });
  const meaning = `unreadable transform ${contentId(transform, context)}`;
  const at = { file: transform, ...(problem.at ?? { line: 1, column: 1 }) };
  return { meaning, plain: false, shown: transform, reason, at };
}

/** A whole file in the place of a transform, or steps that somebody forgot: two readings, so neither is taken. */
function withoutSteps(file: string, root: PlacedElement): SectionGap {
  const reason = fill(sentences['dotnet-transform-without-steps'], { transform: file });
  return { meaning: `transform without steps ${contentOf(root)}`, plain: false, shown: file, reason, at: root.at };
}

/** A step that failed elsewhere in the file says nothing of the sections that are read. */
function concernsSections({ trail, anywhere }: XdtProblem): boolean {
  if (anywhere || trail.length < 2) return true;
  return trail.slice(0, 2).some((name) => name === 'location' || SECTIONS.includes(name));
}

function documentOf(path: string, variant: Told, cryptography: Cryptography): ConfigDocument {
  const environment = environmentOf(endpointsOf(variant.effective));
  const settings = [
    ...settingsOf(variant.effective),
    ...secretsOf(variant.written, cryptography),
    ...gapSettings(variant.gaps, cryptography),
  ];
  return {
    file: path,
    part: variant.part,
    format: ID,
    role: 'client',
    completeness: 'complete',
    environment,
    settings: settings.sort(byIdAndPlace),
    defaults: DOTNET_DEFAULTS,
    silentOn: [],
    lints: [...variant.lints, ...lintsOf(variant.effective, environment)],
    digest: null,
  };
}

function byIdAndPlace(one: Setting, other: Setting): number {
  if (one.id !== other.id) return one.id < other.id ? -1 : 1;
  return comparePlaces(one.at, other.at);
}

function comparePlaces(one: Place, other: Place): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.line - other.line || one.column - other.column;
}

/** What a document says without where it says it: a part that equals the untransformed one is not worth a document. */
function fingerprint({ environment, settings, lints }: ConfigDocument): string {
  const said = settings.map(({ id, value }) => [id, value.kind, meaningOf(value)]);
  return JSON.stringify([environment, said, lints.map(({ id, message }) => [id, message])]);
}

/** Whether a transform speaks of HealthVault's keys, effective or not. */
function touches(element: PlacedElement): boolean {
  const key = plainAttribute(element, 'key');
  if (key !== null && dotnetKey(key.value)?.telling === true) return true;
  return dotnetKeysIn(locatorOf(element)).length > 0 || element.children.some(touches);
}

/** Whether a step changes entries of a section without naming a key: by position, or all of them. */
function touchesAny(element: PlacedElement, isWithin = false): boolean {
  const locator = locatorOf(element);
  const isEntry = (isWithin || /appSettings/.test(locator)) && !isSection(element);
  const namesKey = plainAttribute(element, 'key') !== null || /['"]/.test(locator);
  if (isEntry && !namesKey && prefixedAttribute(element, 'Transform') !== null) return true;
  return element.children.some((child) => touchesAny(child, isWithin || isSection(element)));
}

function locatorOf(element: PlacedElement): string {
  return prefixedAttribute(element, 'Locator')?.value ?? '';
}

/** A transform without its base: what it will make cannot be told. */
function orphanOf(path: string, root: PlacedElement, context: ReadContext): ReadResult {
  if (!touches(root) && !touchesAny(root)) return NOT_OURS;
  const base = joinPath(folderOf(path), baseName(path).replace(/\..*/s, '.config'));
  const reason = fill(sentences['dotnet-transform-without-base'], { base });
  return untold(path, root, addsOf(root), reason, context);
}

/** Which configuration Web Deploy's values go into, and over what, cannot be told. */
function webDeploy(path: string, root: PlacedElement, context: ReadContext): ReadResult {
  const values = webDeployValues(root);
  return values.length === 0 ? NOT_OURS : untold(path, root, values, sentences['dotnet-web-deploy'], context);
}

/** A document of which only the secrets are told; an approval of it is bound to all that it says. */
function untold(
  path: string,
  root: PlacedElement,
  values: readonly AppSetting[],
  reason: string,
  { cryptography }: ReadContext,
): ReadResult {
  const gap: SectionGap = { meaning: contentOf(root), plain: false, shown: path, reason, at: root.at };
  const written = knownSettings(values);
  const document = documentOf(path, { part: null, effective: [], written, gaps: [gap], lints: [] }, cryptography);
  return { kind: 'documents', documents: [{ ...document, environment: environmentOf(endpointsOf(written)) }] };
}
