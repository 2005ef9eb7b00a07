/** Property lists (`*.plist`), where keys name HealthVault; any other list is left alone. */
import sentences from '../../data/messages/formats-xml.json' with { type: 'json' };
import type { ConfigDocument, ReadResult, Setting, SettingValue } from '../model/document.ts';
import { environmentOf } from '../model/environment.ts';
import { fill } from '../model/messages.ts';
import type { Cryptography, Place, SourceFile } from '../model/source.ts';
import { decodeText } from '../syntax/text.ts';
import { parseXml, type XmlElement } from '../syntax/xml.ts';
import { applicationIdValue } from './application-id-value.ts';
import { endpointsOf, endpointValue, isSecretKey, plainValue, secretValue, switchValue } from './client-values.ts';
import type { Format, ReadContext } from './format.ts';
import { canonical } from './xml-shape.ts';

const ID = 'property-list';

interface Key {
  readonly setting: string;
  readonly value: (text: string) => SettingValue;
}

/** Keys that only HealthVault has, in lower case: of the 2011, VNext and 2017 libraries. */
const TELLING: ReadonlyMap<string, Key> = new Map([
  ['masterappid', { setting: 'app-id', value: applicationIdValue }],
  ['masterapplicationid', { setting: 'app-id', value: applicationIdValue }],
  ['health_vault_master_application_id', { setting: 'app-id', value: applicationIdValue }],
  ['defaulthealthvaulturl', { setting: 'client.endpoints.platform', value: endpointValue }],
  ['health_vault_platform_url', { setting: 'client.endpoints.platform', value: endpointValue }],
  ['defaultshellurl', { setting: 'client.endpoints.shell', value: endpointValue }],
  ['health_vault_shell_url', { setting: 'client.endpoints.shell', value: endpointValue }],
  ['resthealthvaulturl', { setting: 'client.endpoints.rest', value: endpointValue }],
  ['ismultiinstanceaware', { setting: 'client.multi-instance', value: switchValue }],
  ['ismultirecordapp', { setting: 'client.multi-record', value: switchValue }],
]);

/** Keys that other software has too: read beside a telling one. */
const BESIDE: ReadonlyMap<string, Key> = new Map([
  ['serviceurl', { setting: 'client.endpoints.platform', value: endpointValue }],
  ['shellurl', { setting: 'client.endpoints.shell', value: endpointValue }],
  ['resturl', { setting: 'client.endpoints.rest', value: endpointValue }],
  ['restversion', { setting: 'client.runtime.restVersion', value: plainValue }],
]);

interface Entry {
  readonly key: string;
  readonly node: XmlElement;
}

/** Property lists that name HealthVault's keys. */
export const propertyList: Format = {
  id: ID,
  claims: (path) => /\.plist$/i.test(path),
  read(file: SourceFile, { cryptography }: ReadContext): ReadResult {
    const named = namesHealthVault(file.bytes);
    if (String.fromCharCode(...file.bytes.subarray(0, 6)) === 'bplist') {
      if (!named) return { kind: 'not-configuration' };
      const problem = { id: 'property-list-binary', message: sentences['property-list-binary'], at: null };
      return { kind: 'unreadable', problem };
    }
    const decoded = decodeText(file.bytes, 'xml');
    const parsed = 'problem' in decoded ? decoded : parseXml(decoded.text);
    if ('problem' in parsed) {
      // Entities could spell any key; otherwise a list that names none is somebody else's, broken or of the old kind.
      const ours = named || parsed.problem.id === 'xml-doctype-declarations';
      return ours ? { kind: 'unreadable', problem: parsed.problem } : { kind: 'not-configuration' };
    }
    const documents = documentsOf(parsed.root, file.path, cryptography);
    return documents.length === 0 ? { kind: 'not-configuration' } : { kind: 'documents', documents };
  },
};

/** Whether the bytes hold one of the telling keys, in one-byte or two-byte characters. */
function namesHealthVault(bytes: Uint8Array): boolean {
  const text = new TextDecoder('windows-1252').decode(bytes.filter((byte) => byte !== 0)).toLowerCase();
  return [...TELLING.keys()].some((key) => text.includes(key));
}

function documentsOf(root: XmlElement, file: string, cryptography: Cryptography): readonly ConfigDocument[] {
  if (root.local !== 'plist') return [];
  const found: { readonly path: string; readonly entries: readonly Entry[] }[] = [];
  const search = (node: XmlElement, path: string): void => {
    const entries = node.local === 'dict' ? entriesOf(node) : [];
    if (entries.some(({ key }) => TELLING.has(key.toLowerCase()))) found.push({ path, entries });
    for (const { key, node: value } of entries) search(value, path === '' ? key : `${path}.${key}`);
    if (node.local !== 'dict')
      for (const [index, item] of node.children.entries()) search(item, step(path, node, index));
  };
  search(root, '');
  const parts = new Map<string, number>();
  return found.map(({ path, entries }) => {
    const count = (parts.get(path) ?? 0) + 1;
    parts.set(path, count);
    const part = count === 1 ? path : `${path} (${count})`;
    return documentOf(file, found.length === 1 ? null : part || sentences['shown-top'], entries, cryptography);
  });
}

function step(path: string, node: XmlElement, index: number): string {
  return node.local === 'array' ? `${path}[${index}]` : path;
}

function entriesOf(dict: XmlElement): readonly Entry[] {
  const entries: Entry[] = [];
  let key: string | null = null;
  for (const node of dict.children) {
    if (node.local === 'key') key = node.text.trim();
    else if (key !== null) {
      entries.push({ key, node });
      key = null;
    }
  }
  return entries;
}

function documentOf(
  file: string,
  part: string | null,
  entries: readonly Entry[],
  cryptography: Cryptography,
): ConfigDocument {
  const secrets: Setting[] = [];
  const settings = new Map<string, Setting>();
  for (const { key, node } of entries) {
    const name = key.toLowerCase();
    const known = TELLING.get(name) ?? BESIDE.get(name) ?? otherKey(key);
    if (known === null) continue;
    const at: Place = { file, ...node.at };
    if (isSecretKey(key)) {
      const secret = secretValue(node.text.trim(), key, cryptography);
      if (secret !== null) secrets.push({ id: 'secret', value: secret, at });
      continue;
    }
    const value = nodeValue(node, known);
    const former = settings.get(known.setting);
    settings.set(known.setting, former === undefined ? { id: known.setting, value, at } : twice(former, value, at));
  }
  const sorted = [...settings.values(), ...secrets].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  // The 2017 library's names come with its default; the older library's is the other way round.
  const older = entries.some(({ key }) => key.toLowerCase() === 'masterappid');
  return {
    file,
    part,
    format: ID,
    role: 'client',
    completeness: 'complete',
    environment: environmentOf(endpointsOf(sorted)),
    settings: sorted,
    defaults: { 'client.multi-instance': String(!older), 'client.multi-record': 'false' },
    silentOn: [],
    lints: [],
    digest: null,
  };
}

/** Keys with the libraries' prefixes that the tables do not know matter only to how the application runs. */
function otherKey(key: string): Key | null {
  return /^M?HV[A-Z]/.test(key) || /health_?vault/i.test(key)
    ? { setting: `client.runtime.${key}`, value: plainValue }
    : null;
}

function nodeValue(node: XmlElement, key: Key): SettingValue {
  if (node.local === 'true' || node.local === 'false') return key.value(node.local);
  if (node.children.length === 0) return key.value(node.text);
  const text = canonical(node);
  return { kind: 'text', meaning: text, shown: text };
}

function twice(former: Setting, value: SettingValue, at: Place): Setting {
  const same = JSON.stringify(former.value) === JSON.stringify(value);
  if (same) return former;
  const meaning = `${JSON.stringify(former.value)} ${JSON.stringify(value)}`;
  const reason = fill(sentences['value-twice'], { name: former.id });
  return { ...former, value: { kind: 'unresolved', meaning, shown: former.id, reason }, at };
}
