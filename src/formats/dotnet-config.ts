/**
 * `Web.config`, `App.config` and their kin: the effective client configuration of an application on HealthVault's .NET
 * SDKs. One document for the file as it stands, one for each transform beside it that makes a difference.
 */
import sentences from '../../data/messages/formats-dotnet.json' with { type: 'json' };
import type { ConfigDocument, Lint, ParseProblem, ReadResult, Setting } from '../model/document.ts';
import { environmentOf } from '../model/environment.ts';
import { fill } from '../model/messages.ts';
import type { Cryptography, Place, SourceFile } from '../model/source.ts';
import {
  baseOf,
  type ConfigXml,
  configXml,
  existing,
  folderOf,
  join,
  type Loader,
  loaderOf,
  roughText,
  type TransformFile,
  transformsOf,
} from './dotnet-files.ts';
import { DOTNET_DEFAULTS, dotnetKey, namesDotnetKey } from './dotnet-keys.ts';
import { lintsOf, missLints } from './dotnet-lints.ts';
import { addsOf, includesOf, isSection, readSections, SECTIONS, type SectionGap } from './dotnet-sections.ts';
import {
  type AppSetting,
  endpointsOf,
  type KnownSetting,
  knownSettings,
  meaningOf,
  secretsOf,
  settingsOf,
} from './dotnet-values.ts';
import type { Format, ReadContext } from './format.ts';
import { applyTransform, type XdtProblem } from './xdt.ts';
import { declaresXdt, usesXdt } from './xdt-step.ts';
import { type PlacedElement, plainAttribute } from './xdt-tree.ts';

const ID = 'dotnet-config';

/** The reader of .NET configuration. `.xml` is claimed because included sections may be called so. */
export const dotnetConfig: Format = {
  id: ID,
  looksBeside: true,
  claims: (path) => /\.(?:config|xml)$/i.test(path),
  read(file, context) {
    const xml = configXml(file);
    if ('problem' in xml) return unreadable(file, xml.problem);
    const load = loaderOf(context.tree, file, xml);
    const isConfig = /\.config$/i.test(file.path);
    if (!isConfig && !isSection(xml.root)) return NOT_OURS;
    if (isConfig && declaresXdt(xml.root)) {
      const base = baseOf(file.path, context.tree, load);
      if (base !== null) return { kind: 'part-of', owners: [base] };
      if (usesXdt(xml.root)) return orphanOf(file.path, xml.root, context);
    }
    const owners = isSection(xml.root) ? ownersOf(file.path, context, load, new Set([file.path])) : [];
    if (owners.length === 0 || hasOwnTransforms(file.path, context, load)) {
      return documentsOf(file.path, xml.root, context, load);
    }
    return { kind: 'part-of', owners };
  },
};

/** An included section that is transformed by itself: its owner would not show what comes of that. */
function hasOwnTransforms(path: string, context: ReadContext, load: Loader): boolean {
  return transformsOf(path, context.tree, load).some((transform) => {
    const xml = load(transform.path);
    return xml === null || 'problem' in xml || touches(xml.root);
  });
}

const NOT_OURS: ReadResult = { kind: 'not-configuration' };

/** XML that does not parse could say anything; other text only counts when it names the SDK's keys. */
function unreadable(file: SourceFile, problem: ParseProblem): ReadResult {
  const text = roughText(file.bytes);
  const markup = text
    .trimStart()
    .replace(/^\ufeff\s*/, '')
    .startsWith('<');
  if (!/\.config$/i.test(file.path)) {
    return /<appSettings/.test(text) && namesDotnetKey(text) ? { kind: 'unreadable', problem } : NOT_OURS;
  }
  if (markup) return { kind: 'unreadable', problem };
  if (!namesDotnetKey(text)) return NOT_OURS;
  return { kind: 'unreadable', problem: { ...problem, id: 'dotnet-not-xml', message: sentences['dotnet-not-xml'] } };
}

/** One way to deploy a file: as it is, or with a transform. */
interface Variant {
  readonly part: string | null;
  readonly effective: readonly KnownSetting[];
  readonly written: readonly KnownSetting[];
  readonly gaps: readonly SectionGap[];
  readonly lints: readonly Lint[];
}

function documentsOf(path: string, root: PlacedElement, context: ReadContext, load: Loader): ReadResult {
  const plain = variantOf(null, root, [], [], [], context, load);
  const transforms = transformsOf(path, context.tree, load);
  const files = transforms.map((transform) => ({ transform, xml: load(transform.path) }));
  const variants = files.map(({ transform, xml }) => transformed(path, root, plain, transform, xml, context, load));
  const ours = [plain, ...variants].some(({ written }) => written.some(({ known }) => known.telling));
  if (!ours && !files.some(({ xml }) => xml !== null && 'root' in xml && touches(xml.root))) return NOT_OURS;
  const base = documentOf(path, plain, context.cryptography);
  const parts = variants.map((variant) => documentOf(path, variant, context.cryptography));
  const same = fingerprint(base);
  return { kind: 'documents', documents: [base, ...parts.filter((part) => fingerprint(part) !== same)] };
}

function variantOf(
  part: string | null,
  root: PlacedElement,
  gaps: readonly SectionGap[],
  lints: readonly Lint[],
  written: readonly AppSetting[],
  context: ReadContext,
  load: Loader,
): Variant {
  const sections = readSections(root, context.tree, load);
  return {
    part,
    effective: knownSettings(sections.effective),
    written: knownSettings([...sections.written, ...written]),
    gaps: [...sections.gaps, ...gaps],
    lints,
  };
}

function transformed(
  path: string,
  root: PlacedElement,
  plain: Variant,
  transform: TransformFile,
  xml: ConfigXml | null,
  context: ReadContext,
  load: Loader,
): Variant {
  if (xml === null || 'problem' in xml) {
    const detail = xml === null ? '' : xml.problem.message;
    const reason = fill(sentences['dotnet-transform-unreadable'], { transform: transform.path, detail }).trim();
    const content = context.tree.file(transform.path);
    const digest = content?.bytes === undefined ? '' : context.cryptography.sha256(content.bytes);
    const at = { file: transform.path, ...(xml?.problem.at ?? START) };
    const meaning = `unreadable transform ${digest}`;
    const gap: SectionGap = { meaning, plain: false, shown: transform.path, reason, at };
    return { ...plain, part: transform.name, gaps: [...plain.gaps, gap], lints: [] };
  }
  const result = applyTransform(root, xml.root);
  const gaps = result.problems.filter(concernsSections).map((problem) => gapOf(problem, context.cryptography));
  const written = [...plain.written, ...addsOf(xml.root)];
  return variantOf(transform.name, result.root, gaps, missLints(result.missed, path), written, context, load);
}

const START = { line: 1, column: 1 };

/** A step that failed elsewhere in the file says nothing of the sections that are read. */
function concernsSections({ trail, anywhere }: XdtProblem): boolean {
  const [root = '', section] = trail;
  if (anywhere || section === undefined || SECTIONS.includes(root)) return true;
  return section === 'location' || SECTIONS.includes(section);
}

function gapOf({ id, named, at, element }: XdtProblem, cryptography: Cryptography): SectionGap {
  const transform = element.attributes.find(({ local, prefix }) => local === 'Transform' && prefix !== '')?.value;
  const values = { named, transform: transform ?? 'xdt:Transform', file: at.file, line: at.line };
  const content = cryptography.sha256(new TextEncoder().encode(JSON.stringify(canonical(element))));
  return { meaning: `${id} ${content}`, plain: false, shown: named, reason: fill(sentences[id], values), at };
}

type Canonical = readonly [name: string, attributes: readonly (readonly string[])[], children: readonly Canonical[]];

function canonical({ name, attributes, children }: PlacedElement): Canonical {
  const pairs = attributes.map((attribute) => [attribute.name, attribute.value] as const);
  return [name, pairs.sort(([one], [other]) => (one < other ? -1 : 1)), children.map(canonical)];
}

function documentOf(path: string, variant: Variant, cryptography: Cryptography): ConfigDocument {
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

/** All that cannot be told is one setting, since a document is readable in full or not. */
function gapSettings(gaps: readonly SectionGap[], cryptography: Cryptography): readonly Setting[] {
  const [first] = gaps;
  if (first === undefined) return [];
  const joined = (texts: readonly string[], glue: string): string => [...new Set(texts)].sort().join(glue);
  const said = joined(
    gaps.map(({ meaning }) => meaning),
    '\n',
  );
  // What the shown text does not tell in full is compared by digest, so that an approval is bound to all of it.
  const meaning = gaps.every(({ plain }) => plain) ? said : cryptography.sha256(new TextEncoder().encode(said));
  const shown = joined(
    gaps.map((gap) => gap.shown),
    ', ',
  );
  const reason = joined(
    gaps.map((gap) => gap.reason),
    ' ',
  );
  return [{ id: 'document', value: { kind: 'unresolved', meaning, shown, reason }, at: first.at }];
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
  const said = settings.map(({ id, value }) => [id, value.kind, meaningOf(value)].join('\n')).sort();
  return JSON.stringify([environment, said, lints.map(({ id, message }) => `${id} ${message}`).sort()]);
}

/** Whether a transform speaks of HealthVault's keys, effective or not. */
function touches(element: PlacedElement): boolean {
  const key = element.local === 'add' || element.local === 'remove' ? plainAttribute(element, 'key') : null;
  if (key !== null && dotnetKey(key.value)?.telling === true) return true;
  const locator = element.attributes.find(({ local, prefix }) => local === 'Locator' && prefix !== '');
  return (locator !== undefined && namesDotnetKey(locator.value)) || element.children.some(touches);
}

/** A transform without its base: what it will make cannot be told. */
function orphanOf(path: string, root: PlacedElement, context: ReadContext): ReadResult {
  if (!touches(root)) return NOT_OURS;
  const [stem = ''] = path.slice(folderOf(path).length).replace(/^\//, '').split('.');
  const reason = fill(sentences['dotnet-transform-without-base'], { base: join(folderOf(path), `${stem}.config`) });
  const content = context.cryptography.sha256(new TextEncoder().encode(JSON.stringify(canonical(root))));
  const meaning = `transform without base ${content}`;
  const gap: SectionGap = { meaning, plain: false, shown: path, reason, at: root.at };
  const written = knownSettings(addsOf(root));
  const document = documentOf(
    path,
    { part: null, effective: [], written, gaps: [gap], lints: [] },
    context.cryptography,
  );
  const environment = environmentOf(endpointsOf(written));
  return { kind: 'documents', documents: [{ ...document, environment }] };
}

/** The configurations of the same and the parent folder that include a section's file, transforms by their base. */
function ownersOf(path: string, context: ReadContext, load: Loader, seen: Set<string>): readonly string[] {
  const { tree } = context;
  const folder = folderOf(path);
  const folders = folder === '' ? [''] : [folder, folderOf(folder)];
  const owners = new Set<string>();
  for (const candidate of folders.flatMap((where) => tree.folder(where).map((name) => join(where, name)))) {
    if (!/\.config$/i.test(candidate) || seen.has(candidate)) continue;
    const xml = load(candidate);
    if (xml === null || 'problem' in xml) continue;
    if (!includesOf(xml.root).some((include) => existing(tree, include) === path)) continue;
    const base = declaresXdt(xml.root) ? baseOf(candidate, tree, load) : null;
    if (base !== null) owners.add(base);
    else if (isSection(xml.root)) {
      seen.add(candidate);
      const outer = ownersOf(candidate, context, load, seen);
      for (const owner of outer.length > 0 ? outer : [candidate]) owners.add(owner);
    } else owners.add(candidate);
  }
  return [...owners].sort();
}
