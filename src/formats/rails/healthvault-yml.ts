/**
 * `healthvault.yml` of Rails applications: a map from environments to the Ruby library's settings, or the settings
 * alone, or both. An environment is a part of the file. ERB inside values is read but never run.
 */
import { computeSha256 } from '../../model/digest.ts';
import type { ConfigDocument, ParseProblem, Setting, SettingValue } from '../../model/document.ts';
import { determineEnvironment } from '../../model/environment.ts';
import { getBaseName } from '../../model/paths.ts';
import { type MaskedErb, maskErb } from '../../syntax/erb.ts';
import { decodeText } from '../../syntax/text.ts';
import { parseYaml, type YamlEntry, type YamlNode } from '../../syntax/yaml/yaml.ts';
import { readApplicationId } from '../client/application-id.ts';
import { createClientDocument } from '../client/client-document.ts';
import {
  addUnlistedKeys,
  collectTexts,
  type InnerText,
  readStructure,
  resemblesSettingName,
  type UnlistedKey,
} from '../client/unlisted-key.ts';
import { findEndpoints, readEndpoint, readRuntimeText } from '../client/values.ts';
import type { Format } from '../format.ts';
import { isSecretName, isWholePlaceholder } from '../secrets/secrets.ts';
import { messages, words } from './messages.ts';

const ID = 'healthvault-yml';

/** The library's keys, passwords aside. */
const LISTED: ReadonlyMap<string, { readonly id: string; readonly readValue: (text: string) => SettingValue }> =
  new Map([
    ['app_id', { id: 'app-id', readValue: (text: string) => toComputedValue(text) ?? readApplicationId(text) }],
    [
      'shell_url',
      { id: 'client.endpoints.shell', readValue: (text: string) => toComputedValue(text) ?? readEndpoint(text) },
    ],
    [
      'hv_url',
      { id: 'client.endpoints.platform', readValue: (text: string) => toComputedValue(text) ?? readEndpoint(text) },
    ],
    // These are not reviewed, so a text with Ruby in it that only looks something up is compared as written.
    ['cert_file', { id: 'client.certificate', readValue: readRuntime }],
    ['logger', { id: 'client.runtime.logger', readValue: readRuntime }],
  ]);
/** The setting that a key of the Ruby library sets, or null. */
export function findRailsKey(key: string): string | null {
  return LISTED.get(key)?.id ?? null;
}

/** Environments that the others inherit from, by convention in Rails. */
const SHARED: ReadonlySet<string> = new Set(['default', 'defaults']);

export const healthvaultYml: Format = {
  id: ID,
  matchesPath: (path) => /^healthvault\.ya?ml(?:\.erb)?$/i.test(getBaseName(path)),
  getLoadedName: (path) => /(?:^|\/)(config\/[^/]+)$/.exec(path)?.[1] ?? getBaseName(path),
  read(file) {
    const decoded = decodeText(file.bytes, 'plain');
    if ('problem' in decoded) return { kind: 'unreadable', problem: decoded.problem };
    const masked = maskErb(decoded.text);
    if ('problem' in masked) return { kind: 'unreadable', problem: masked.problem };
    const tree = parseYaml(masked.text, { mergeKeys: 'in-order' });
    if ('problem' in tree) return { kind: 'unreadable', problem: tree.problem };
    const parts = findParts(tree.root);
    if ('problem' in parts) return { kind: 'unreadable', problem: parts.problem };
    if (parts.every(({ entries }) => entries.length === 0)) return { kind: 'not-configuration' };
    const [first, ...others] = buildDocuments(parts, { file: file.path, masked });
    const outside = readTagsOutside(tree.root, { file: file.path, masked });
    if (first === undefined) return { kind: 'not-configuration' };
    return { kind: 'documents', documents: [{ ...first, settings: [...first.settings, ...outside] }, ...others] };
  },
};

interface Reading {
  readonly file: string;
  readonly masked: MaskedErb;
}

/** Ruby outside of values may write any line, so it is one setting that changes with it. */
function readTagsOutside(root: YamlNode, { file, masked }: Reading): readonly Setting[] {
  const outside = masked.findTagsOutside(listValues(root, masked));
  const [first] = outside;
  if (first === undefined) return [];
  const meaning = outside.map(({ tag }) => tag).join('\n');
  const { message: reason } = messages.outsideValue();
  const value = { kind: 'unresolved', meaning: computeSha256(meaning), shown: words.ruby, reason } as const;
  return [{ id: 'document', value, at: { file, ...first.at } }];
}

/** The values with their tags. A password that Ruby computes cannot be compared, so its tag counts as outside. */
function listValues(node: YamlNode, masked: MaskedErb, isSecret = false): readonly string[] {
  if (node.kind === 'list') return node.items.flatMap((item) => listValues(item, masked, isSecret));
  if (node.kind === 'map') {
    return node.entries.flatMap(({ key, value }) =>
      listValues(value, masked, isSecret || isSecretName(toPlainName(key))),
    );
  }
  return isSecret && isWholePlaceholder(masked.restore(node.text)) ? [] : [node.text];
}

interface Part {
  readonly name: string | null;
  readonly entries: readonly YamlEntry[];
  /** If there are environments, a value next to them may be another one. */
  readonly mayBeEnvironments?: boolean;
}

/**
 * The environments with their inherited settings, and the settings next to them. An empty file has none. A map next to
 * settings is an environment only if it contains such keys itself.
 */
function findParts(root: YamlNode): readonly Part[] | { readonly problem: ParseProblem } {
  if (root.kind !== 'map') {
    if (isNull(root)) return [];
    const found = root.kind === 'list' ? words.list : words.scalar;
    return { problem: { ...messages.notMap({ found }), at: root.at } };
  }
  const dynamic = listKeys(root).find(({ key }) => /[\ue000-\uf8ff]/.test(key));
  if (dynamic !== undefined) return { problem: { ...messages.computedKey(), at: dynamic.keyAt } };
  const top = listEntries(root);
  const isAlone = !top.some((one) => one.value.kind !== 'map' && isKnown(one));
  const isEnvironment = ({ value }: YamlEntry) => value.kind === 'map' && (isAlone || listEntries(value).some(isKnown));
  const environments = top.filter(isEnvironment);
  const outside = top.filter((one) => !isEnvironment(one) && (isKnown(one) || !isNull(one.value)));
  const defaults = environments
    .filter(({ key }) => SHARED.has(toPlainName(key)))
    .flatMap(({ value }) => listEntries(value));
  const shared = inherit(defaults, outside.filter(isKnown));
  const parts = environments.map(
    ({ key, value }): Part => ({ name: toPlainName(key), entries: inherit(listEntries(value), shared) }),
  );
  const mayBeEnvironments = environments.length > 0;
  return outside.length === 0 ? parts : [{ name: null, entries: outside, mayBeEnvironments }, ...parts];
}

function inherit(own: readonly YamlEntry[], shared: readonly YamlEntry[]): readonly YamlEntry[] {
  const keys = new Set(own.map(({ key }) => toPlainName(key)));
  return [...own, ...shared.filter(({ key }) => !keys.has(toPlainName(key)))];
}

/** Entries of a map. Those under the bare name of HealthVault count as its own. */
function listEntries(node: YamlNode): readonly YamlEntry[] {
  const entries = node.kind === 'map' ? node.entries : [];
  return entries.flatMap((one) =>
    /^health_?vault$/i.test(toPlainName(one.key)) && one.value.kind === 'map' ? listEntries(one.value) : [one],
  );
}

function listKeys(node: YamlNode): readonly YamlEntry[] {
  if (node.kind === 'list') return node.items.flatMap(listKeys);
  return node.kind === 'map' ? node.entries.flatMap((one) => [one, ...listKeys(one.value)]) : [];
}

/** Ruby's symbols (`:app_id`) count as plain names. */
function toPlainName(key: string): string {
  return key.trim().replace(/^:/, '');
}

/** Whether a key is the library's or has a similar name. A password may belong to other software. */
function isKnown({ key }: YamlEntry): boolean {
  const name = toPlainName(key).toLowerCase();
  return LISTED.has(name) || name === 'cert_pass' || resemblesSettingName(toPlainName(key));
}

function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function buildDocuments(parts: readonly Part[], reading: Reading): readonly ConfigDocument[] {
  const read = parts.map((part) => ({ part, settings: readSettings(part, reading) }));
  // The settings next to environments are part of all of them.
  const everywhere = determineEnvironment(read.flatMap(({ settings }) => findEndpoints(settings)));
  return read.map(({ part, settings }) => {
    const environment = part.name === null ? everywhere : determineEnvironment(findEndpoints(settings));
    return createClientDocument({ file: reading.file, part: part.name, format: ID, environment, settings });
  });
}

function readSettings({ entries, mayBeEnvironments }: Part, reading: Reading): readonly Setting[] {
  const listed: Setting[] = [];
  const unlisted: UnlistedKey[] = [];
  for (const { key, value: node } of entries) {
    const name = toPlainName(key);
    const at = { file: reading.file, ...node.at };
    const inner = readTexts(name, node, reading);
    const text = node.kind === 'scalar' ? (inner[0]?.text ?? '') : null;
    const known = LISTED.get(name);
    if (known === undefined) {
      // Ruby may put a whole environment in place of a value, or other lines behind it.
      const isOpen = text?.includes('<%') === true && (mayBeEnvironments === true || !isPlainRuby(text));
      unlisted.push(text === null ? { key: name, text: '', inner, at } : { key: name, text, isOpen, at });
      continue;
    }
    const { value, secrets } = readStructure(name, inner, at);
    listed.push(...secrets);
    // For Ruby, a symbol and a text are two keys. The loader of the file decides which one the library uses.
    if (listed.some(({ id }) => id === known.id)) unlisted.push({ key, text: text ?? '', isOpen: true, at });
    else if (text === null) listed.push({ id: known.id, value, at });
    else if (text !== '' || known.id === 'app-id') listed.push({ id: known.id, value: known.readValue(text), at });
  }
  return addUnlistedKeys(listed, unlisted);
}

/** The texts in the value of a key. The order of keys within is not part of their meaning. */
function readTexts(name: string, value: YamlNode, { file, masked }: Reading): readonly InnerText[] {
  return collectTexts(value, file, (node, path) => {
    if (node.kind === 'list') return node.items.map((item, index) => [String(index), item]);
    if (node.kind === 'map') {
      const sorted = [...node.entries].sort((a, b) => (toPlainName(a.key) < toPlainName(b.key) ? -1 : 1));
      return sorted.map((one) => [toPlainName(one.key), one.value]);
    }
    const written = node.value === null ? '' : masked.restore(node.text);
    // A password that Ruby fetches from elsewhere is not in the file.
    return [name, ...path].some(isSecretName) && isFetched(written) ? '' : written;
  });
}

function toComputedValue(written: string): SettingValue | null {
  if (!written.includes('<%')) return null;
  return { kind: 'unresolved', meaning: written, shown: written, reason: messages.computedValue().message };
}

function readRuntime(written: string): SettingValue {
  return isPlainRuby(written) ? readRuntimeText(written) : (toComputedValue(written) ?? readRuntimeText(written));
}

/** Names by which Ruby looks up a value, which is one line. */
const LOOKUPS =
  /^(?:ENV|fetch|Rails|RAILS_ROOT|RAILS_ENV|root|join|env|application|credentials|secrets|config|dig|to_s|File|expand_path|dirname|__FILE__|__dir__|nil)$/;

/** Whether the Ruby in a value is only a lookup: plain texts without escapes, and names that compute nothing. */
function isPlainRuby(written: string): boolean {
  return Array.from(written.matchAll(/<%=(.*?)-?%>/gs)).every(([, code = '']) => {
    const names = code
      .replace(/'[^'\\]*'|"[^"\\#]*"|:\w+|\b(?:credentials|secrets|config)\.\w+/g, '')
      .match(/\w+|["'\\`]/g);
    return (names ?? []).every((name) => LOOKUPS.test(name));
  });
}

/** Whether a value is one tag that reads the environment. Any other quoted text may be the secret itself. */
function isFetched(written: string): boolean {
  return /^<%=\s*ENV(?:\.fetch)?[[(]\s*['"]\w+['"]\s*[\])]\s*-?%>$/.test(written);
}
