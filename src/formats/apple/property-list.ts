/** Property lists (`*.plist`) with keys that name HealthVault. Any other list is skipped. */
import type { ConfigDocument, ReadResult, Setting, SettingValue } from '../../model/document.ts';
import { getBaseName } from '../../model/paths.ts';
import type { Place } from '../../model/source.ts';
import { decodeRoughly, decodeText } from '../../syntax/text.ts';
import { parseXml, type XmlElement } from '../../syntax/xml.ts';
import { readApplicationId } from '../client/application-id.ts';
import { createClientDocument, withUniqueParts } from '../client/client-document.ts';
import { messages as clientMessages } from '../client/messages.ts';
import {
  addAlternatives,
  addUnlistedKeys,
  collectTexts,
  readStructure,
  resemblesSettingName,
  type UnlistedKey,
} from '../client/unlisted-key.ts';
import { readBoolean, readEndpoint, readPlainText, sortById } from '../client/values.ts';
import type { Format } from '../format.ts';
import { messages, words } from './messages.ts';

const ID = 'property-list';

interface Key {
  readonly setting: string;
  readonly readValue: (text: string) => SettingValue;
}

/** Keys that only HealthVault's 2011, VNext and 2017 libraries have, in lower case. */
const DISTINCTIVE: ReadonlyMap<string, Key> = new Map([
  ['masterappid', { setting: 'app-id', readValue: readApplicationId }],
  ['masterapplicationid', { setting: 'app-id', readValue: readApplicationId }],
  ['health_vault_master_application_id', { setting: 'app-id', readValue: readApplicationId }],
  ['defaulthealthvaulturl', { setting: 'client.endpoints.platform', readValue: readEndpoint }],
  ['health_vault_platform_url', { setting: 'client.endpoints.platform', readValue: readEndpoint }],
  ['defaultshellurl', { setting: 'client.endpoints.shell', readValue: readEndpoint }],
  ['health_vault_shell_url', { setting: 'client.endpoints.shell', readValue: readEndpoint }],
  ['resthealthvaulturl', { setting: 'client.endpoints.rest', readValue: readEndpoint }],
  ['ismultiinstanceaware', { setting: 'client.multi-instance', readValue: readBoolean }],
  ['ismultirecordapp', { setting: 'client.multi-record', readValue: readBoolean }],
]);

/** Keys that other software has too. They count only in a dictionary with a distinctive key. */
const COMMON: ReadonlyMap<string, Key> = new Map([
  ['serviceurl', { setting: 'client.endpoints.platform', readValue: readEndpoint }],
  ['shellurl', { setting: 'client.endpoints.shell', readValue: readEndpoint }],
  ['resturl', { setting: 'client.endpoints.rest', readValue: readEndpoint }],
  ['restversion', { setting: 'client.runtime.restVersion', readValue: readPlainText }],
]);

/** The setting that a key of a property list sets, or null. */
export function findPropertyListKey(key: string): string | null {
  const name = key.toLowerCase();
  return (DISTINCTIVE.get(name) ?? COMMON.get(name))?.setting ?? null;
}

interface Entry {
  readonly key: string;
  readonly node: XmlElement;
}

/** Property lists that name HealthVault's keys. */
export const propertyList: Format = {
  id: ID,
  matchesPath: (path) => /\.plist$/i.test(path),
  getLoadedName: getBaseName,
  read(file): ReadResult {
    const named = namesHealthVault(file.bytes);
    if (String.fromCharCode(...file.bytes.subarray(0, 6)) === 'bplist') {
      return named
        ? { kind: 'unreadable', problem: { ...messages.binary(), at: null } }
        : { kind: 'not-configuration' };
    }
    const decoded = decodeText(file.bytes, 'xml');
    const parsed = 'problem' in decoded ? decoded : parseXml(decoded.text);
    if ('problem' in parsed) {
      // Entities could spell any key, so a list with a document type counts. Any other unreadable list must name HealthVault.
      const isHealthVaultList = named || parsed.problem.id === 'xml-doctype-declarations';
      return isHealthVaultList ? { kind: 'unreadable', problem: parsed.problem } : { kind: 'not-configuration' };
    }
    const documents = readDocuments(parsed.root, file.path);
    return documents.length === 0 ? { kind: 'not-configuration' } : { kind: 'documents', documents };
  },
};

function namesHealthVault(bytes: Uint8Array): boolean {
  const text = decodeRoughly(bytes).toLowerCase();
  return /health_?vault/.test(text) || [...DISTINCTIVE.keys()].some((key) => text.includes(key));
}

/** A key marks HealthVault's dictionary if it is listed, or has HealthVault's name (not a host's) or the libraries' prefix. */
function isHealthVaultKey(key: string): boolean {
  if (DISTINCTIVE.has(key.toLowerCase()) || /^[^.]*health_?vault[^.]*$/i.test(key)) return true;
  return /^M?HV(?:_|[A-Z][a-z])/.test(key) && resemblesSettingName(key);
}

/** A dictionary of HealthVault. With `whole`, it is the value of HealthVault's bare name, so all its keys count. */
interface Dictionary {
  readonly node: XmlElement;
  readonly path: string;
  readonly entries: readonly Entry[];
  readonly whole: boolean;
}

/** A dictionary under the bare name is HealthVault's. The dictionary that contains it is not. */
function isWhole({ key, node }: Entry): boolean {
  return node.local === 'dict' && /^health_?vault$/i.test(key);
}

function readDocuments(root: XmlElement, file: string): readonly ConfigDocument[] {
  if (root.local !== 'plist') return [];
  const found = [...findDictionaries(root, '', false)];
  const own = new Set(found.map(({ node }) => node));
  const documents = found.flatMap((dictionary) => {
    const part = found.length === 1 ? null : dictionary.path || words.top;
    return readDictionary(dictionary, part, own, file) ?? [];
  });
  return withUniqueParts(documents);
}

function* findDictionaries(node: XmlElement, path: string, whole: boolean): Generator<Dictionary> {
  if (node.local === 'dict') {
    const entries = listEntries(node);
    const marks = entries.some((one) => isHealthVaultKey(one.key) && !isWhole(one));
    if (entries.length > 0 && (whole || marks)) yield { node, path, entries, whole };
    for (const one of entries)
      yield* findDictionaries(one.node, path === '' ? one.key : `${path}.${one.key}`, isWhole(one));
  } else {
    for (const [index, item] of node.children.entries())
      yield* findDictionaries(item, node.local === 'array' ? `${path}[${index}]` : path, false);
  }
}

function listEntries(dict: XmlElement): readonly Entry[] {
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

/** Null for a dictionary that only contains other dictionaries with settings. */
function readDictionary(
  { entries, whole }: Dictionary,
  part: string | null,
  own: ReadonlySet<XmlElement>,
  file: string,
): ConfigDocument | null {
  const secrets: Setting[] = [];
  const listed = new Map<string, Setting>();
  const unlisted: UnlistedKey[] = [];
  for (const { key, node } of entries) {
    const name = key.toLowerCase();
    const known = DISTINCTIVE.get(name) ?? COMMON.get(name);
    const at: Place = { file, ...node.at };
    // A nested dictionary of HealthVault is a separate document.
    const inner = collectTexts(node, file, (one) => (own.has(one) ? [] : readNode(one)));
    const [only] = inner;
    const isText = only !== undefined && only.path.length === 0;
    if (known === undefined) {
      const counts = (whole || isHealthVaultKey(key) || /^M?HV[A-Z]/.test(key)) && only !== undefined;
      if (counts) unlisted.push(isText ? { key, text: only.text, at } : { key, text: '', inner, at });
      continue;
    }
    const structured = readStructure(key, inner, at);
    secrets.push(...structured.secrets);
    const value = isText ? known.readValue(only.text) : structured.value;
    const former = listed.get(known.setting);
    listed.set(known.setting, former === undefined ? { id: known.setting, value, at } : mergeDuplicate(former, value));
  }
  const settings = sortById(addUnlistedKeys([...listed.values(), ...secrets], unlisted));
  if (settings.length === 0) return null;
  // The 2017 library and the older one have opposite defaults. The names show which library it is.
  const older = entries.some(({ key }) => key.toLowerCase() === 'masterappid');
  const defaults = { 'client.multi-instance': String(!older), 'client.multi-record': 'false' };
  return createClientDocument({ file, part, format: ID, settings, defaults });
}

/** The text of a value, or the content of a list or dictionary. The order of keys is not part of the meaning. */
function readNode(node: XmlElement): string | readonly (readonly [string, XmlElement])[] {
  switch (node.local) {
    case 'dict': {
      const sorted = [...listEntries(node)].sort((a, b) => (a.key < b.key ? -1 : 1));
      return sorted.map(({ key, node: value }) => [key, value]);
    }
    case 'array':
      return node.children.map((item, index) => [String(index), item]);
    case 'true':
    case 'false':
      return node.local;
    default:
      return node.text;
  }
}

function mergeDuplicate(former: Setting, value: SettingValue): Setting {
  if (JSON.stringify(former.value) === JSON.stringify(value)) return former;
  const reason = clientMessages.duplicate({ name: former.id }).message;
  const unresolved: SettingValue = { kind: 'unresolved', meaning: former.id, shown: former.id, reason };
  return { ...former, value: addAlternatives(unresolved, [JSON.stringify(former.value), JSON.stringify(value)]) };
}
