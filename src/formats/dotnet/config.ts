/**
 * `Web.config`, `App.config` and similar files: the effective client configuration of an application on HealthVault's
 * .NET SDKs. There is one document for the file as it is, and one for each effective transform beside it.
 */
import type { ConfigDocument, ParseProblem, ReadResult, Setting } from '../../model/document.ts';
import { determineEnvironment } from '../../model/environment.ts';
import { getBaseName, getFolder, joinPath } from '../../model/paths.ts';
import { isProductionName } from '../../model/production-name.ts';
import type { SourceFile } from '../../model/source.ts';
import { decodeRoughly } from '../../syntax/text.ts';
import { createClientDocument } from '../client/client-document.ts';
import type { UnlistedKey } from '../client/unlisted-key.ts';
import type { Format } from '../format.ts';
import { isWebDeploy, readWebDeployValues } from './deploy.ts';
import { beginsLikeXml, type ConfigFiles, findBase, openConfigFiles, parseConfig } from './files.ts';
import { buildGapSettings, type Gap, serializeElement } from './gaps.ts';
import { findConfigurationsIncluding } from './includes.ts';
import { DOTNET_DEFAULTS, isDistinctiveKey, listDotnetKeys } from './keys.ts';
import { adviseOnSettings } from './lints.ts';
import type { TextOutsideSettings } from './mentions.ts';
import { messages } from './messages.ts';
import { isSection, listAdds } from './sections.ts';
import {
  type AppSetting,
  buildSettings,
  findSecretsInSections,
  getComparedText,
  listEndpoints,
  selectKnownSettings,
} from './values.ts';
import { hasRelevantTransforms, mayChangeSettings, readVariants, type Variant } from './variants.ts';
import { declaresXdt, usesXdt } from './xdt/step.ts';
import type { PlacedElement } from './xdt/tree.ts';

const ID = 'dotnet-config';
const NOT_HEALTHVAULT: ReadResult = { kind: 'not-configuration' };

/** The reader of .NET configuration. It matches `.xml`, because included sections may have that ending. */
export const dotnetConfig: Format = {
  id: ID,
  needsSiblings: true,
  matchesPath: (path) => /\.(?:config|xml)$/i.test(path),
  // Windows finds a file in any case.
  getLoadedName: (path) => getBaseName(path).toLowerCase(),
  read(file, { tree }) {
    const { path } = file;
    const xml = parseConfig(file);
    if ('problem' in xml) return reportProblem(file, xml.problem);
    const { root } = xml;
    const files = openConfigFiles(tree, { path, xml });
    const isConfig = /\.config$/i.test(path);
    if (!isConfig && !isSection(root)) {
      if (isWebDeploy(root)) return readWebDeploy(root, files);
      // MSBuild's TransformXml takes a transform of any name.
      return usesXdt(root) ? readTransformWithoutBase(root) : NOT_HEALTHVAULT;
    }
    if (isConfig && declaresXdt(root)) {
      const base = findBase(path, files);
      if (base !== null) return { kind: 'part-of', owners: [base] };
      if (usesXdt(root)) return readTransformWithoutBase(root);
    }
    const owners = isSection(root) ? findConfigurationsIncluding(path, tree, files) : [];
    // The owner of an included section would not show the result of the section's own transform.
    if (owners.length === 0 || hasRelevantTransforms(path, files)) return readConfiguration(root, files);
    return { kind: 'part-of', owners };
  },
};

/** XML that does not parse may contain anything. Other text counts only if it names the SDK's keys. */
function reportProblem(file: SourceFile, problem: ParseProblem): ReadResult {
  const text = decodeRoughly(file.bytes);
  const namesKeys = listDotnetKeys(text).length > 0;
  if (!/\.config$/i.test(file.path)) {
    return namesKeys && /<appSettings/.test(text) ? { kind: 'unreadable', problem } : NOT_HEALTHVAULT;
  }
  if (beginsLikeXml(text)) return { kind: 'unreadable', problem };
  return namesKeys ? { kind: 'unreadable', problem: { ...problem, ...messages.notXml() } } : NOT_HEALTHVAULT;
}

function readConfiguration(root: PlacedElement, files: ConfigFiles): ReadResult {
  const variants = readVariants(root, files);
  if (!variants.some(({ isHealthVault }) => isHealthVault)) return NOT_HEALTHVAULT;
  const [base, ...parts] = variants.map((variant) => buildDocument(root.at.file, variant));
  if (base === undefined) return NOT_HEALTHVAULT;
  const unchanged = serializeMeaning(base);
  // A production transform without effect is kept, because it shows the production configuration.
  const kept = parts.filter((part) => isProductionName(part.part) || serializeMeaning(part) !== unchanged);
  const included = new Set(variants.flatMap((variant) => variant.files));
  return { kind: 'documents', documents: [base, ...kept], files: [...included].sort() };
}

function buildDocument(file: string, variant: Omit<Variant, 'files' | 'isHealthVault'>): ConfigDocument {
  const environment = determineEnvironment(listEndpoints(variant.effective));
  const settings = [
    ...buildSettings(variant.effective, variant.mentions.map(describeMention)),
    ...findSecretsInSections(variant.written),
    ...buildGapSettings(variant.gaps),
  ];
  return createClientDocument({
    file,
    part: variant.part,
    format: ID,
    environment,
    settings: settings.sort(compareSettings),
    defaults: DOTNET_DEFAULTS,
    lints: [...variant.lints, ...adviseOnSettings(variant.effective, environment)],
  });
}

/** Only the application's code determines whether this is a setting, and which one. */
function describeMention({ path, value, at }: TextOutsideSettings): UnlistedKey {
  return { key: path.join('.'), text: value, isOpen: true, at };
}

/** By id, then by place. */
function compareSettings(one: Setting, other: Setting): number {
  if (one.id !== other.id) return one.id < other.id ? -1 : 1;
  if (one.at.file !== other.at.file) return one.at.file < other.at.file ? -1 : 1;
  return one.at.line - other.at.line || one.at.column - other.at.column;
}

/** The meaning of a document without places. A part that equals the untransformed file needs no document. */
function serializeMeaning({ environment, settings, lints }: ConfigDocument): string {
  const meanings = settings.map(({ id, value }) => [id, value.kind, getComparedText(value)]);
  return JSON.stringify([environment, meanings, lints.map(({ id, message }) => [id, message])]);
}

/** A transform without its base. Its result cannot be determined. */
function readTransformWithoutBase(root: PlacedElement): ReadResult {
  if (!mayChangeSettings(root)) return NOT_HEALTHVAULT;
  const { file } = root.at;
  const base = joinPath(getFolder(file), getBaseName(file).replace(/\..*/s, '.config'));
  return readUnresolved(root, listAdds(root), messages.transformWithoutBase({ base }).message);
}

/** The repository does not contain the target of Web Deploy's values, nor the values that they replace. */
function readWebDeploy(root: PlacedElement, files: ConfigFiles): ReadResult {
  const values = readWebDeployValues(root, () => hasConfigurationInFolder(root.at.file, files));
  return values.length === 0 ? NOT_HEALTHVAULT : readUnresolved(root, values, messages.webDeploy().message);
}

/** Whether a configuration in the same folder is HealthVault's. */
function hasConfigurationInFolder(path: string, files: ConfigFiles): boolean {
  const folder = getFolder(path);
  const names = files.tree.listFolder(folder).filter((name) => /\.config$/i.test(name));
  return names.some((name) => {
    const xml = files.load(joinPath(folder, name));
    return xml !== null && 'root' in xml && listAdds(xml.root).some(({ key }) => isDistinctiveKey(key));
  });
}

/** A document with secrets as its only settings. An approval applies to its exact content. */
function readUnresolved(root: PlacedElement, values: readonly AppSetting[], reason: string): ReadResult {
  const { file } = root.at;
  const gap: Gap = { meaning: serializeElement(root), shown: file, reason, at: root.at };
  const written = selectKnownSettings(values);
  const document = buildDocument(file, {
    part: null,
    effective: [],
    mentions: [],
    written: values,
    gaps: [gap],
    lints: [],
  });
  return { kind: 'documents', documents: [{ ...document, environment: determineEnvironment(listEndpoints(written)) }] };
}
