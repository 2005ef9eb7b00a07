/**
 * `healthvault.yml` of Rails applications: a map from environments to the Ruby library's settings, or the settings alone.
 * An environment is a part of the file; ERB inside values is looked at, never run.
 */
import sentences from '../../data/messages/formats-yaml.json' with { type: 'json' };
import type { ConfigDocument, ParseProblem, Setting, SettingValue } from '../model/document.ts';
import { environmentOf } from '../model/environment.ts';
import { fill } from '../model/messages.ts';
import type { Cryptography, Place } from '../model/source.ts';
import { type MaskedErb, maskErb } from '../syntax/erb.ts';
import { decodeText } from '../syntax/text.ts';
import { parseYaml, type YamlEntry, type YamlMap, type YamlNode } from '../syntax/yaml.ts';
import { applicationIdValue } from './application-id-value.ts';
import { endpointsOf, endpointValue } from './client-values.ts';
import type { Format } from './format.ts';
import { baseName, canonicalJson } from './yaml-file.ts';

const KNOWN: ReadonlySet<string> = new Set(['app_id', 'cert_file', 'cert_pass', 'shell_url', 'hv_url', 'logger']);
/** Environments that the others inherit from, by Rails' custom. */
const SHARED: ReadonlySet<string> = new Set(['default', 'defaults']);
const SECRET_KEY = /pass|secret|private|token/i;

export const healthvaultYml: Format = {
  id: 'healthvault-yml',
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
    if (parts.length === 0) return { kind: 'not-configuration' };
    const reading: Reading = { file: file.path, masked, cryptography: context.cryptography };
    return { kind: 'documents', documents: parts.map((part) => documentOf(part, reading)) };
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
}

/** The environments, each with what it inherits; none when no key of ours is there at all. */
function partsOf(root: YamlNode): readonly Part[] | { readonly problem: ParseProblem } {
  if (root.kind !== 'map') {
    if (root.kind === 'scalar' && root.value === null) return [];
    return { problem: problemAt('healthvault-yml-shape', root) };
  }
  const dynamic = [root, ...root.entries.map(({ value }) => value)]
    .flatMap((node) => (node.kind === 'map' ? node.entries : []))
    .find(({ key }) => /[\ue000-\uf8ff]/.test(key));
  if (dynamic !== undefined) {
    return { problem: { id: 'erb-key', message: sentences['erb-key'], at: dynamic.keyAt } };
  }
  if (root.entries.some(({ key }) => KNOWN.has(key))) return [{ name: null, entries: root.entries }];
  const environments = root.entries.filter(({ value }) => value.kind === 'map');
  if (!environments.some(({ value }) => hasKnownKey(value))) return [];
  const shared = environments.filter(({ key }) => SHARED.has(key)).flatMap(({ value }) => entriesOf(value));
  return environments.map(({ key, value }) => ({ name: key, entries: inherited(entriesOf(value), shared) }));
}

function inherited(own: readonly YamlEntry[], shared: readonly YamlEntry[]): readonly YamlEntry[] {
  const keys = new Set(own.map(({ key }) => key));
  return [...own, ...shared.filter(({ key }) => !keys.has(key))];
}

function hasKnownKey(node: YamlNode): boolean {
  return entriesOf(node).some(({ key }) => KNOWN.has(key));
}

function entriesOf(node: YamlNode): YamlMap['entries'] {
  return node.kind === 'map' ? node.entries : [];
}

function problemAt(id: 'healthvault-yml-shape', node: YamlNode): ParseProblem {
  const found = node.kind === 'list' ? 'a list' : 'one value';
  return { id, message: fill(sentences[id], { found }), at: node.at };
}

function documentOf({ name, entries }: Part, reading: Reading): ConfigDocument {
  const settings = entries.flatMap((one) => settingOf(one, reading) ?? []);
  return {
    file: reading.file,
    part: name,
    format: 'healthvault-yml',
    role: 'client',
    completeness: 'complete',
    environment: environmentOf(endpointsOf(settings)),
    settings,
    defaults: {},
    silentOn: [],
    lints: [],
    digest: null,
  };
}

function settingOf({ key, value: node }: YamlEntry, { file, masked, cryptography }: Reading): Setting | null {
  const at: Place = { file, ...node.at };
  const written = masked.restore(node.kind === 'scalar' ? node.text : canonicalJson(node));
  const isNothing = node.kind === 'scalar' && node.value === null;
  if (key === 'cert_pass' || SECRET_KEY.test(key)) {
    if (isNothing || written === '' || isFetched(written)) return null;
    const meaning = cryptography.sha256(new TextEncoder().encode(written));
    return { id: 'secret', value: { kind: 'secret', meaning, what: key }, at };
  }
  if (key === 'app_id') return { id: 'app-id', value: applicationId(node, written), at };
  if (isNothing) return null;
  if (key === 'shell_url') return { id: 'client.endpoints.shell', value: endpoint(node, written), at };
  if (key === 'hv_url') return { id: 'client.endpoints.platform', value: endpoint(node, written), at };
  const id = key === 'cert_file' ? 'client.certificate' : `client.runtime.${key}`;
  // Nobody reviews these, so a text with Ruby in it is compared as it stands.
  return { id, value: { kind: 'text', meaning: written, shown: written }, at };
}

function applicationId(node: YamlNode, written: string): SettingValue {
  if (node.kind !== 'scalar') return structured(written);
  return computed(written) ?? applicationIdValue(written);
}

function endpoint(node: YamlNode, written: string): SettingValue {
  if (node.kind !== 'scalar') return structured(written);
  return computed(written) ?? endpointValue(written);
}

function computed(written: string): SettingValue | null {
  if (!written.includes('<%')) return null;
  return { kind: 'unresolved', meaning: written, shown: written, reason: sentences['erb-value'] };
}

function structured(written: string): SettingValue {
  return { kind: 'unresolved', meaning: written, shown: '{...}', reason: sentences['value-structured'] };
}

/** Nothing but one tag that fetches the value from elsewhere; anything else may hold the secret itself. */
function isFetched(written: string): boolean {
  return /^<%=\s*(?:ENV(?:\.fetch)?[[(]\s*['"]\w+['"]\s*[\])]|Rails\.\w+(?:[.\w]|\[:\w+\])*|[A-Za-z_][\w.]*(?:\[:\w+\])*)\s*-?%>$/.test(
    written,
  );
}
