/**
 * `healthvault.yml` of Rails applications: a map from environments to the Ruby library's settings, or the settings alone, or
 * both. An environment is a part of the file; ERB inside values is looked at, never run.
 */
import sentences from '../../../data/messages/formats-yaml.json' with { type: 'json' };
import type { ConfigDocument, ParseProblem, Setting, SettingValue } from '../../model/document.ts';
import { determineEnvironment } from '../../model/environment.ts';
import { fill } from '../../model/messages.ts';
import { baseName } from '../../model/paths.ts';
import type { Cryptography } from '../../model/source.ts';
import { type MaskedErb, maskErb } from '../../syntax/erb.ts';
import { decodeText } from '../../syntax/text.ts';
import { parseYaml, type YamlEntry, type YamlNode } from '../../syntax/yaml/yaml.ts';
import { applicationIdValue } from '../client/application-id.ts';
import { clientDocument } from '../client/client-document.ts';
import {
  type InnerText,
  isTellingName,
  structuredValue,
  type UnlistedKey,
  withUnlisted,
} from '../client/unlisted-key.ts';
import { endpointsOf, endpointValue, runtimeValue } from '../client/values.ts';
import type { Format } from '../format.ts';
import { isSecretName } from '../secrets/secrets.ts';

const ID = 'healthvault-yml';

/** The library's keys, passwords aside. */
const LISTED: ReadonlyMap<string, { readonly id: string; readonly value: (text: string) => SettingValue }> = new Map([
  ['app_id', { id: 'app-id', value: (text: string) => computed(text) ?? applicationIdValue(text) }],
  ['shell_url', { id: 'client.endpoints.shell', value: (text: string) => computed(text) ?? endpointValue(text) }],
  ['hv_url', { id: 'client.endpoints.platform', value: (text: string) => computed(text) ?? endpointValue(text) }],
  // Nobody reviews these, so a text with Ruby in it is compared as it stands.
  ['cert_file', { id: 'client.certificate', value: runtimeValue }],
  ['logger', { id: 'client.runtime.logger', value: runtimeValue }],
]);
/** Environments that the others inherit from, by Rails' custom. */
const SHARED: ReadonlySet<string> = new Set(['default', 'defaults']);

export const healthvaultYml: Format = {
  id: ID,
  claims: (path) => /^healthvault\.ya?ml(?:\.erb)?$/i.test(baseName(path)),
  read(file, context) {
    const decoded = decodeText(file.bytes, 'plain');
    if ('problem' in decoded) return { kind: 'unreadable', problem: decoded.problem };
    const masked = maskErb(decoded.text);
    if ('problem' in masked) return { kind: 'unreadable', problem: masked.problem };
    const tree = parseYaml(masked.text, { mergeKeys: true });
    if ('problem' in tree) return { kind: 'unreadable', problem: tree.problem };
    const parts = partsOf(tree.root);
    if ('problem' in parts) return { kind: 'unreadable', problem: parts.problem };
    if (parts.every(({ entries }) => entries.length === 0)) return { kind: 'not-configuration' };
    const reading: Reading = { file: file.path, masked, cryptography: context.cryptography };
    return { kind: 'documents', documents: documentsOf(parts, reading) };
  },
};

interface Reading {
  readonly file: string;
  readonly masked: MaskedErb;
  readonly cryptography: Cryptography;
}

interface Part {
  readonly name: string | null;
  readonly entries: readonly YamlEntry[];
  /** Where there are environments, a value beside them may be one as well. */
  readonly mayBeEnvironments?: boolean;
}

/**
 * The environments, each with what it inherits, and what stands beside them; none where nothing stands there at all. A map
 * beside settings is an environment only where it holds such keys itself.
 */
function partsOf(root: YamlNode): readonly Part[] | { readonly problem: ParseProblem } {
  if (root.kind !== 'map') {
    if (isNull(root)) return [];
    return { problem: problemAt('healthvault-yml-shape', root) };
  }
  const dynamic = keysIn(root).find(({ key }) => /[\ue000-\uf8ff]/.test(key));
  if (dynamic !== undefined) return { problem: { id: 'erb-key', message: sentences['erb-key'], at: dynamic.keyAt } };
  const top = entriesOf(root);
  const isAlone = !top.some((one) => one.value.kind !== 'map' && isKnown(one));
  const isEnvironment = ({ value }: YamlEntry) => value.kind === 'map' && (isAlone || entriesOf(value).some(isKnown));
  const environments = top.filter(isEnvironment);
  const beside = top.filter((one) => !isEnvironment(one) && (isKnown(one) || !isNull(one.value)));
  const defaults = environments.filter(({ key }) => SHARED.has(nameOf(key))).flatMap(({ value }) => entriesOf(value));
  const shared = inherited(defaults, beside.filter(isKnown));
  const parts = environments.map(
    ({ key, value }): Part => ({ name: nameOf(key), entries: inherited(entriesOf(value), shared) }),
  );
  const mayBeEnvironments = environments.length > 0;
  return beside.length === 0 ? parts : [{ name: null, entries: beside, mayBeEnvironments }, ...parts];
}

function inherited(own: readonly YamlEntry[], shared: readonly YamlEntry[]): readonly YamlEntry[] {
  const keys = new Set(own.map(({ key }) => nameOf(key)));
  return [...own, ...shared.filter(({ key }) => !keys.has(nameOf(key)))];
}

/** Entries of a map; those under the bare name of HealthVault stand as if they were its own. */
function entriesOf(node: YamlNode): readonly YamlEntry[] {
  const entries = node.kind === 'map' ? node.entries : [];
  return entries.flatMap((one) =>
    /^health_?vault$/i.test(nameOf(one.key)) && one.value.kind === 'map' ? entriesOf(one.value) : [one],
  );
}

function keysIn(node: YamlNode): readonly YamlEntry[] {
  if (node.kind === 'list') return node.items.flatMap(keysIn);
  return node.kind === 'map' ? node.entries.flatMap((one) => [one, ...keysIn(one.value)]) : [];
}

/** Ruby's symbols (`:app_id`) are names like others. */
function nameOf(key: string): string {
  return key.trim().replace(/^:/, '');
}

/** Whether a key is the library's, or named like one of it. A password may be anybody's. */
function isKnown({ key }: YamlEntry): boolean {
  const name = nameOf(key).toLowerCase();
  return LISTED.has(name) || name === 'cert_pass' || isTellingName(nameOf(key));
}

function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function problemAt(id: 'healthvault-yml-shape', node: YamlNode): ParseProblem {
  const found = node.kind === 'list' ? 'a list' : 'one value';
  return { id, message: fill(sentences[id], { found }), at: node.at };
}

function documentsOf(parts: readonly Part[], reading: Reading): readonly ConfigDocument[] {
  const read = parts.map((part) => ({ part, settings: settingsOf(part, reading) }));
  // What stands beside environments is said in all of them.
  const everywhere = determineEnvironment(read.flatMap(({ settings }) => endpointsOf(settings)));
  return read.map(({ part, settings }) => {
    const environment = part.name === null ? everywhere : determineEnvironment(endpointsOf(settings));
    return clientDocument({ file: reading.file, part: part.name, format: ID, environment, settings });
  });
}

function settingsOf({ entries, mayBeEnvironments }: Part, reading: Reading): readonly Setting[] {
  const { file, cryptography } = reading;
  const listed: Setting[] = [];
  const unlisted: UnlistedKey[] = [];
  for (const { key, value: node } of entries) {
    const name = nameOf(key);
    const at = { file, ...node.at };
    const inner = innerTexts(node, [], isSecretName(name), reading);
    const text = node.kind === 'scalar' ? (inner[0]?.text ?? '') : null;
    const known = LISTED.get(name.toLowerCase());
    if (known === undefined) {
      // Ruby may put a whole environment where a value stands.
      const isOpen = mayBeEnvironments === true && text?.includes('<%') === true;
      unlisted.push(text === null ? { key: name, text: '', inner, at } : { key: name, text, isOpen, at });
      continue;
    }
    const { value, secrets } = structuredValue(name, inner, at, cryptography);
    listed.push(...secrets);
    if (text === null) listed.push({ id: known.id, value, at });
    else if (text !== '' || known.id === 'app-id') listed.push({ id: known.id, value: known.value(text), at });
  }
  return withUnlisted(listed, unlisted, cryptography);
}

/** The texts that a node holds; the order of keys means nothing. A password that Ruby fetches from elsewhere is none. */
function innerTexts(
  node: YamlNode,
  path: readonly string[],
  isSecret: boolean,
  reading: Reading,
): readonly InnerText[] {
  if (node.kind === 'list')
    return node.items.flatMap((item, index) => innerTexts(item, [...path, String(index)], isSecret, reading));
  if (node.kind === 'map') {
    const sorted = [...node.entries].sort((a, b) => (nameOf(a.key) < nameOf(b.key) ? -1 : 1));
    return sorted.flatMap(({ key, value }) =>
      innerTexts(value, [...path, nameOf(key)], isSecret || isSecretName(nameOf(key)), reading),
    );
  }
  const written = node.value === null ? '' : reading.masked.restore(node.text);
  const text = isSecret && isFetched(written) ? '' : written;
  return [{ path, text, at: { file: reading.file, ...node.at } }];
}

function computed(written: string): SettingValue | null {
  if (!written.includes('<%')) return null;
  return { kind: 'unresolved', meaning: written, shown: written, reason: sentences['erb-value'] };
}

/** Nothing but one tag that fetches the value from the environment; any other text in quotes may be the secret itself. */
function isFetched(written: string): boolean {
  return /^<%=\s*ENV(?:\.fetch)?[[(]\s*['"]\w+['"]\s*[\])]\s*-?%>$/.test(written);
}
