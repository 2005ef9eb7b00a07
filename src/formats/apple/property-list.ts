/** Property lists (`*.plist`), where keys name HealthVault; any other list is left alone. */
import sentences from '../../../data/messages/formats-xml.json' with { type: 'json' };
import type { ConfigDocument, ReadResult, Setting, SettingValue } from '../../model/document.ts';
import { fill } from '../../model/messages.ts';
import type { Cryptography, Place, SourceFile } from '../../model/source.ts';
import { decodeText } from '../../syntax/text.ts';
import { parseXml, type XmlElement } from '../../syntax/xml.ts';
import { applicationIdValue } from '../client/application-id.ts';
import { clientDocument, withUniqueParts } from '../client/client-document.ts';
import {
  type InnerText,
  isTellingName,
  structuredValue,
  type UnlistedKey,
  withOthers,
  withUnlisted,
} from '../client/unlisted-key.ts';
import { endpointValue, plainValue, sortedById, switchValue } from '../client/values.ts';
import type { Format, ReadContext } from '../format.ts';
import { rawText } from '../secrets/raw-text.ts';

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

function namesHealthVault(bytes: Uint8Array): boolean {
  const text = rawText(bytes).toLowerCase();
  return /health_?vault/.test(text) || [...TELLING.keys()].some((key) => text.includes(key));
}

/** Whether a key makes a dictionary ours: listed, or with the name of HealthVault (but no host's) or the libraries' prefix. */
function isOurs(key: string): boolean {
  if (TELLING.has(key.toLowerCase()) || /^[^.]*health_?vault[^.]*$/i.test(key)) return true;
  return /^M?HV(?:_|[A-Z][a-z])/.test(key) && isTellingName(key);
}

/** A dictionary that is ours. `whole`: it stands under the bare name of HealthVault, so that all its keys are. */
interface Dictionary {
  readonly node: XmlElement;
  readonly path: string;
  readonly entries: readonly Entry[];
  readonly whole: boolean;
}

/** A dictionary under the bare name is ours itself, not what it stands in. */
function isWhole({ key, node }: Entry): boolean {
  return node.local === 'dict' && /^health_?vault$/i.test(key);
}

function documentsOf(root: XmlElement, file: string, cryptography: Cryptography): readonly ConfigDocument[] {
  if (root.local !== 'plist') return [];
  const found: Dictionary[] = [];
  const search = (node: XmlElement, path: string, whole: boolean): void => {
    const entries = node.local === 'dict' ? entriesOf(node) : [];
    const marks = entries.some((one) => isOurs(one.key) && !isWhole(one));
    if (entries.length > 0 && (whole || marks)) found.push({ node, path, entries, whole });
    for (const one of entries) search(one.node, path === '' ? one.key : `${path}.${one.key}`, isWhole(one));
    if (node.local !== 'dict')
      for (const [index, item] of node.children.entries()) search(item, step(path, node, index), false);
  };
  search(root, '', false);
  const own = new Set(found.map(({ node }) => node));
  const documents = found.flatMap((dictionary) => {
    const part = found.length === 1 ? null : dictionary.path || sentences['shown-top'];
    return documentOf(part, dictionary, own, { file, cryptography }) ?? [];
  });
  return withUniqueParts(documents);
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

interface Reading {
  readonly file: string;
  readonly cryptography: Cryptography;
}

/** Null for a dictionary that only holds others of ours. */
function documentOf(
  part: string | null,
  { entries, whole }: Dictionary,
  own: ReadonlySet<XmlElement>,
  { file, cryptography }: Reading,
): ConfigDocument | null {
  const secrets: Setting[] = [];
  const listed = new Map<string, Setting>();
  const unlisted: UnlistedKey[] = [];
  for (const { key, node } of entries) {
    const name = key.toLowerCase();
    const known = TELLING.get(name) ?? BESIDE.get(name);
    const at: Place = { file, ...node.at };
    const inner = innerTexts(node, [], own, file);
    const [only] = inner;
    const isText = only !== undefined && only.path.length === 0;
    if (known === undefined) {
      const counts = (whole || isOurs(key) || /^M?HV[A-Z]/.test(key)) && only !== undefined;
      if (counts) unlisted.push(isText ? { key, text: only.text, at } : { key, text: '', inner, at });
      continue;
    }
    const structured = structuredValue(key, inner, at, cryptography);
    secrets.push(...structured.secrets);
    const value = isText ? known.value(only.text) : structured.value;
    const former = listed.get(known.setting);
    listed.set(
      known.setting,
      former === undefined ? { id: known.setting, value, at } : twice(former, value, cryptography),
    );
  }
  const settings = sortedById(withUnlisted([...listed.values(), ...secrets], unlisted, cryptography));
  if (settings.length === 0) return null;
  // The 2017 library's names come with its default; the older library's is the other way round.
  const older = entries.some(({ key }) => key.toLowerCase() === 'masterappid');
  const defaults = { 'client.multi-instance': String(!older), 'client.multi-record': 'false' };
  return clientDocument({ file, part, format: ID, settings, defaults });
}

/** What a value holds: one text, or the texts of a list or a dictionary, whose order means nothing. */
function innerTexts(
  node: XmlElement,
  path: readonly string[],
  own: ReadonlySet<XmlElement>,
  file: string,
): readonly InnerText[] {
  if (own.has(node)) return []; // a document of its own
  if (node.local === 'dict') {
    const sorted = [...entriesOf(node)].sort((a, b) => (a.key < b.key ? -1 : 1));
    return sorted.flatMap(({ key, node: value }) => innerTexts(value, [...path, key], own, file));
  }
  if (node.local === 'array')
    return node.children.flatMap((item, index) => innerTexts(item, [...path, String(index)], own, file));
  const text = node.local === 'true' || node.local === 'false' ? node.local : node.text;
  return [{ path, text, at: { file, ...node.at } }];
}

function twice(former: Setting, value: SettingValue, cryptography: Cryptography): Setting {
  if (JSON.stringify(former.value) === JSON.stringify(value)) return former;
  const reason = fill(sentences['value-twice'], { name: former.id });
  const unresolved: SettingValue = { kind: 'unresolved', meaning: former.id, shown: former.id, reason };
  const others = [JSON.stringify(former.value), JSON.stringify(value)];
  return { ...former, value: withOthers(unresolved, others, cryptography) };
}
