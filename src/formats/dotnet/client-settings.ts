/**
 * `ClientSettings.xml` of the iOS library has one application and several environments. The first environment is the
 * default. The file's document is the application with the default environment. Every further environment is a part
 * with the same application.
 */
import type { ConfigDocument, ReadResult, Setting, SettingValue } from '../../model/document.ts';
import { determineEnvironment } from '../../model/environment.ts';
import { groupBy } from '../../model/lists.ts';
import { getBaseName } from '../../model/paths.ts';
import type { SourceFile } from '../../model/source.ts';
import { decodeRoughly } from '../../syntax/text.ts';
import { findChild } from '../../syntax/xml.ts';
import { readApplicationId } from '../client/application-id.ts';
import { createClientDocument, withUniqueParts } from '../client/client-document.ts';
import { messages as clientMessages } from '../client/messages.ts';
import { addUnlistedKeys, type InnerText, readStructure, type UnlistedKey } from '../client/unlisted-key.ts';
import {
  findEndpoints,
  readBoolean,
  readEndpoint,
  readPlainText,
  readRuntimeText,
  sortById,
} from '../client/values.ts';
import type { Format } from '../format.ts';
import { parseConfig } from './files.ts';
import { messages, words } from './messages.ts';
import type { PlacedElement } from './xdt/tree.ts';

const ID = 'client-settings';

interface Listed {
  readonly id: string;
  readonly readValue: (text: string) => SettingValue;
}

/** Element names in lower case -> their settings. */
const LISTED: ReadonlyMap<string, Listed> = new Map([
  ['serviceurl', { id: 'client.endpoints.platform', readValue: readEndpoint }],
  ['shellurl', { id: 'client.endpoints.shell', readValue: readEndpoint }],
  ['friendlyname', { id: 'client.runtime.environment.friendlyName', readValue: readRuntimeText }],
]);

/** Elements of the application as a whole -> their settings. */
const LISTED_AT_TOP: typeof LISTED = new Map<string, Listed>([
  ...LISTED,
  ['masterappid', { id: 'app-id', readValue: readApplicationId }],
  ['ismultiinstanceaware', { id: 'client.multi-instance', readValue: readBoolean }],
  ...['appName', 'deviceName', 'country', 'language', 'signInTitle', 'signInRetryMessage'].map(
    (name) => [name.toLowerCase(), { id: `client.runtime.${name}`, readValue: readRuntimeText }] as const,
  ),
]);

/** The setting that an element of the iOS library sets, or null. */
export function findClientSettingsKey(name: string): string | null {
  return LISTED_AT_TOP.get(name.toLowerCase())?.id ?? null;
}

/** iOS library's configuration. */
export const clientSettings: Format = {
  id: ID,
  matchesPath: (path) => /\.xml$/i.test(path),
  getLoadedName: getBaseName,
  read(file: SourceFile): ReadResult {
    const isNamed = /clientsettings[^/]*$/i.test(file.path);
    const raw = decodeRoughly(file.bytes);
    const namesHealthVault = /healthvault|masterappid/i.test(raw);
    if (!isNamed && !(namesHealthVault && /<clientsettings[\s>]/i.test(raw))) return { kind: 'not-configuration' };
    const parsed = parseConfig(file);
    if ('problem' in parsed) return { kind: 'unreadable', problem: parsed.problem };
    const roots = findRoots(parsed.root);
    const [root] = roots;
    if (root !== undefined && roots.length === 1 && (namesHealthVault || root.local === 'clientSettings')) {
      return { kind: 'documents', documents: readDocuments(root) };
    }
    if (!namesHealthVault || (!isNamed && root === undefined)) return { kind: 'not-configuration' };
    const { line, column } = parsed.root.at;
    return { kind: 'unreadable', problem: { ...messages.clientSettingsRoot(), at: { line, column } } };
  },
};

function findRoots(element: PlacedElement): readonly PlacedElement[] {
  return element.local.toLowerCase() === 'clientsettings' ? [element] : element.children.flatMap(findRoots);
}

/** The content of one element: settings by listed names, and everything else. */
interface Content {
  readonly settings: readonly Setting[];
  readonly unlisted: readonly UnlistedKey[];
}

function readDocuments(root: PlacedElement): readonly ConfigDocument[] {
  const [first, ...parts] = buildDocuments(root);
  return first === undefined ? [] : [{ ...first, settings: [...first.settings, ...readOrder(root)] }, ...parts];
}

function buildDocuments(root: PlacedElement): readonly ConfigDocument[] {
  const { file } = root.at;
  const [first, ...further] = root.children.filter(isEnvironment);
  const application = readContent(root, LISTED_AT_TOP, '');
  if (first === undefined) return [buildDocument(file, null, application)];
  const shared = { ...application, settings: [...application.settings, buildDefault(first)] };
  const main = buildDocument(file, null, withEnvironment(shared, first));
  const parts = further.map((environment) => {
    const name = findChild(environment, 'name')?.text.trim() || words.unnamed;
    return buildDocument(file, name, withEnvironment(shared, environment));
  });
  // The application id applies to every environment, so the file is PPE only if all environments are.
  const everywhere = determineEnvironment([main, ...parts].flatMap(({ settings }) => findEndpoints(settings)));
  return withUniqueParts([{ ...main, environment: everywhere }, ...parts]);
}

function buildDocument(file: string, part: string | null, content: Content): ConfigDocument {
  const settings = sortById(addUnlistedKeys(content.settings, content.unlisted));
  return createClientDocument({ file, part, format: ID, settings, defaults: { 'client.multi-instance': 'false' } });
}

/** The elements of the file and of an environment, in the order of the library's deserializer. */
const ORDER = [
  ...['debug', 'masterAppID', 'appName', 'environment', 'serviceUrl', 'shellUrl', 'deviceName', 'country', 'language'],
  ...['signInTitle', 'signInRetryMessage', 'httpTimeout', 'maxAttemptsPerRequest', 'useCachingInStore'],
  ...['autoRequestDelay', 'appData'],
];
const ENVIRONMENT_ORDER = ['name', 'friendlyName', 'serviceUrl', 'shellUrl', 'appData'];
/** From unpublished libraries, so its place in the order is not known. */
const ANYWHERE = 'isMultiInstanceAware';

/**
 * The library reads the elements in order (`readStringElement`). It ignores an element at an unexpected place and all
 * elements after it. The order then counts as one setting.
 */
function readOrder(root: PlacedElement): readonly Setting[] {
  const holders = [
    { element: root, order: ORDER },
    ...root.children.filter(isEnvironment).map((element) => ({ element, order: ENVIRONMENT_ORDER })),
  ];
  if (holders.every(({ element, order }) => isInOrder(element, order))) return [];
  const meaning = JSON.stringify(holders.map(({ element }) => element.children.map(({ local }) => local)));
  const { message: reason } = messages.clientSettingsOrder();
  return [{ id: 'document', value: { kind: 'unresolved', meaning, shown: words.otherOrder, reason }, at: root.at }];
}

function isInOrder({ children }: PlacedElement, order: readonly string[]): boolean {
  const places = children.filter(({ local }) => local !== ANYWHERE).map(({ local }) => order.indexOf(local));
  return places.every((place, index) => {
    const before = places[index - 1] ?? -1;
    return place > before || (place === before && order[place] === 'environment');
  });
}

function isEnvironment({ local }: PlacedElement): boolean {
  return local.toLowerCase() === 'environment';
}

/** The first environment is a separate setting, because it decides which platform the application uses. */
function buildDefault(environment: PlacedElement): Setting {
  const name = findChild(environment, 'name');
  return {
    id: 'client.runtime.default-environment',
    value: readPlainText(name?.text ?? ''),
    at: { ...environment.at, ...name?.at },
  };
}

/** The application in one environment. The environment's settings take precedence. */
function withEnvironment(shared: Content, environment: PlacedElement): Content {
  const own = readContent(environment, LISTED, 'environment.');
  const stated = new Set(own.settings.map(({ id }) => id));
  const kept = shared.settings.filter(({ id }) => id === 'secret' || !stated.has(id));
  return { settings: [...kept, ...own.settings], unlisted: [...shared.unlisted, ...own.unlisted] };
}

/** `scope` keeps an environment's own names apart from the application's (`appData` occurs in both). */
function readContent(holder: PlacedElement, listed: typeof LISTED, scope: string): Content {
  const found: { readonly known: Listed; readonly element: PlacedElement }[] = [];
  const unlisted: UnlistedKey[] = listAttributes(holder, []).map(({ path, text, at }) => {
    return { key: [scope, ...path].join(''), text, at };
  });
  for (const element of holder.children) {
    const name = element.local.toLowerCase();
    if (isEnvironment(element) || (name === 'name' && scope !== '')) continue;
    const known = listed.get(name);
    if (known !== undefined) found.push({ known, element });
    else unlisted.push(readUnlisted(`${scope}${element.local}`, element));
  }
  const byName = groupBy(found, ({ known }) => known);
  return {
    settings: [...byName].flatMap(([known, group]) =>
      readListed(
        known,
        group.map(({ element }) => element),
      ),
    ),
    unlisted,
  };
}

/** A listed name has one text. If there are several, the value is undetermined. */
function readListed({ id, readValue }: Listed, elements: readonly PlacedElement[]): readonly Setting[] {
  const [element, ...others] = elements;
  if (element === undefined) return [];
  const { at } = element;
  const inner = elements.flatMap((each) => listTexts(each, []));
  const { value, secrets } = readStructure(element.local, inner, at);
  const twice = { ...value, shown: id, reason: clientMessages.duplicate({ name: id }).message };
  const only = element.children.length === 0 ? readValue(element.text) : value;
  return [{ id, value: others.length === 0 ? only : twice, at }, ...secrets];
}

function readUnlisted(key: string, element: PlacedElement): UnlistedKey {
  const { text, at } = element;
  const inner = listTexts(element, []);
  return inner.length === 1 ? { key, text, at } : { key, text: '', inner, at };
}

/** All texts and attributes within an element, in order. */
function listTexts(element: PlacedElement, path: readonly string[]): readonly InnerText[] {
  return [
    ...listAttributes(element, path),
    { path, text: element.text.replace(/\s+/g, ' '), at: element.at },
    ...element.children.flatMap((inner) => listTexts(inner, [...path, inner.local])),
  ];
}

function listAttributes(element: PlacedElement, path: readonly string[]): readonly InnerText[] {
  return element.attributes
    .filter(({ name, prefix }) => name !== 'xmlns' && prefix !== 'xmlns')
    .map(({ local, value, at }) => ({ path: [...path, `@${local}`], text: value, at }));
}
