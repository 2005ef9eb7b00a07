/**
 * `ClientSettings.xml` of the iOS library: one application, several environments, of which the first is the default.
 * The file's document is the application with the default environment; every further environment is a part: the same
 * application with that one.
 */
import sentences from '../../../data/messages/formats-xml.json' with { type: 'json' };
import type { ConfigDocument, ReadResult, Setting, SettingValue } from '../../model/document.ts';
import { environmentOf } from '../../model/environment.ts';
import { fill } from '../../model/messages.ts';
import type { Cryptography, SourceFile } from '../../model/source.ts';
import { decodeText } from '../../syntax/text.ts';
import { child, parseXml, type XmlElement } from '../../syntax/xml.ts';
import { applicationIdValue } from '../client/application-id.ts';
import { type InnerText, structuredValue, type UnlistedKey, withUnlisted } from '../client/unlisted-key.ts';
import { endpointsOf, endpointValue, plainValue, sortedById, switchValue } from '../client/values.ts';
import type { Format, ReadContext } from '../format.ts';
import { rawText } from '../secrets/raw-text.ts';

const ID = 'client-settings';

interface Reading {
  readonly file: string;
  readonly cryptography: Cryptography;
}

interface Listed {
  readonly id: string;
  readonly value: (text: string) => SettingValue;
}

/** Element names in lower case -> what they are. */
const LISTED: ReadonlyMap<string, Listed> = new Map([
  ['serviceurl', { id: 'client.endpoints.platform', value: endpointValue }],
  ['shellurl', { id: 'client.endpoints.shell', value: endpointValue }],
]);

/** The same for names that belong to the application as a whole. */
const LISTED_AT_TOP: typeof LISTED = new Map<string, Listed>([
  ...LISTED,
  ['masterappid', { id: 'app-id', value: applicationIdValue }],
  ['ismultiinstanceaware', { id: 'client.multi-instance', value: switchValue }],
]);

/** iOS library's configuration. */
export const clientSettings: Format = {
  id: ID,
  claims: (path) => /\.xml$/i.test(path),
  read({ path, bytes }: SourceFile, { cryptography }: ReadContext): ReadResult {
    const isNamed = /clientsettings[^/]*$/i.test(path);
    const raw = rawText(bytes);
    const namesHealthVault = /healthvault|masterappid/i.test(raw);
    if (!isNamed && !(namesHealthVault && /<clientsettings[\s>]/i.test(raw))) return { kind: 'not-configuration' };
    const decoded = decodeText(bytes, 'xml');
    const parsed = 'problem' in decoded ? decoded : parseXml(decoded.text);
    if ('problem' in parsed) return { kind: 'unreadable', problem: parsed.problem };
    const roots = [...rootsIn(parsed.root)];
    const [root] = roots;
    if (root !== undefined && roots.length === 1 && (namesHealthVault || root.local === 'clientSettings')) {
      return { kind: 'documents', documents: documentsOf(root, { file: path, cryptography }) };
    }
    if (!namesHealthVault || (!isNamed && root === undefined)) return { kind: 'not-configuration' };
    const problem = { id: 'client-settings-root', message: sentences['client-settings-root'], at: parsed.root.at };
    return { kind: 'unreadable', problem };
  },
};

function* rootsIn(element: XmlElement): Generator<XmlElement> {
  if (element.local.toLowerCase() === 'clientsettings') yield element;
  else for (const inner of element.children) yield* rootsIn(inner);
}

/** What stands in one element: settings by listed names, and whatever else. */
interface Found {
  readonly settings: readonly Setting[];
  readonly unlisted: readonly UnlistedKey[];
}

function documentsOf(root: XmlElement, reading: Reading): readonly ConfigDocument[] {
  const environments = root.children.filter(isEnvironment);
  const [first, ...further] = environments;
  const own = foundIn(root, reading, LISTED_AT_TOP, '');
  const shared = first === undefined ? own : { ...own, settings: [...own.settings, defaultOf(first, reading)] };
  const complete = ({ settings, unlisted }: Found): readonly Setting[] =>
    withUnlisted(settings, unlisted, reading.cryptography);
  const settings = complete(first === undefined ? shared : withEnvironment(shared, first, reading));
  const parts = further.map((environment) => complete(withEnvironment(shared, environment, reading)));
  // The application id serves every environment, so one that is not PPE makes the whole file more than PPE.
  const everywhere = environmentOf([...endpointsOf(settings), ...parts.flatMap(endpointsOf)]);
  const names = new Map<string, number>();
  return [
    documentOf(reading.file, null, settings, everywhere),
    ...further.map((environment, index) => {
      const name = child(environment, 'name')?.text.trim() || sentences['shown-unnamed'];
      const count = (names.get(name) ?? 0) + 1;
      names.set(name, count);
      const partSettings = parts[index] ?? [];
      const part = count === 1 ? name : `${name} (${count})`;
      return documentOf(reading.file, part, partSettings, environmentOf(endpointsOf(partSettings)));
    }),
  ];
}

function isEnvironment({ local }: XmlElement): boolean {
  return local.toLowerCase() === 'environment';
}

function documentOf(
  file: string,
  part: string | null,
  settings: readonly Setting[],
  environment: ConfigDocument['environment'],
): ConfigDocument {
  return {
    file,
    part,
    format: ID,
    role: 'client',
    completeness: 'complete',
    environment,
    settings: sortedById(settings),
    defaults: { 'client.multi-instance': 'false' },
    silentOn: [],
    lints: [],
    digest: null,
  };
}

/** Which environment comes first is a fact of its own: it decides where the application talks to. */
function defaultOf(environment: XmlElement, { file }: Reading): Setting {
  const name = child(environment, 'name');
  const at = { file, ...(name ?? environment).at };
  return { id: 'client.runtime.default-environment', value: plainValue(name?.text ?? ''), at };
}

/** The application in one environment, whose own words come before the application's. */
function withEnvironment(shared: Found, environment: XmlElement, reading: Reading): Found {
  const own = foundIn(environment, reading, LISTED, 'environment.');
  const said = new Set(own.settings.map(({ id }) => id));
  const kept = shared.settings.filter(({ id }) => id === 'secret' || !said.has(id));
  return { settings: [...kept, ...own.settings], unlisted: [...shared.unlisted, ...own.unlisted] };
}

/** `scope` keeps an environment's own names apart from the application's (`appData` stands in both). */
function foundIn(holder: XmlElement, reading: Reading, listed: typeof LISTED, scope: string): Found {
  const byName = new Map<Listed, readonly [XmlElement, ...XmlElement[]]>();
  const unlisted: UnlistedKey[] = innerAttributes(holder, [], reading.file).map(({ path, text, at }) => {
    return { key: [scope, ...path].join(''), text, at };
  });
  for (const element of holder.children) {
    const name = element.local.toLowerCase();
    if (isEnvironment(element) || (name === 'name' && scope !== '')) continue;
    const known = listed.get(name);
    const former = known === undefined ? undefined : byName.get(known);
    if (known !== undefined) byName.set(known, former === undefined ? [element] : [...former, element]);
    else unlisted.push(unlistedKey(`${scope}${element.local}`, element, reading.file));
  }
  return { settings: [...byName].flatMap(([known, elements]) => listedSettings(known, elements, reading)), unlisted };
}

/** A listed name has one text; of several, nothing says which one counts. */
function listedSettings(
  known: Listed,
  [element, ...others]: readonly [XmlElement, ...XmlElement[]],
  { file, cryptography }: Reading,
): readonly Setting[] {
  const { id } = known;
  const at = { file, ...element.at };
  const inner = [element, ...others].flatMap((one) => innerTexts(one, [], file));
  const { value, secrets } = structuredValue(element.local, inner, at, cryptography);
  const twice = { ...value, shown: id, reason: fill(sentences['value-twice'], { name: id }) };
  const only = element.children.length === 0 ? known.value(element.text) : value;
  return [{ id, value: others.length === 0 ? only : twice, at }, ...secrets];
}

function unlistedKey(key: string, element: XmlElement, file: string): UnlistedKey {
  const at = { file, ...element.at };
  const inner = innerTexts(element, [], file);
  const isText = inner.length === 1;
  return isText ? { key, text: element.text, at } : { key, text: '', inner, at };
}

/** All texts and attributes within an element, in order. */
function innerTexts(element: XmlElement, path: readonly string[], file: string): readonly InnerText[] {
  return [
    ...innerAttributes(element, path, file),
    { path, text: element.text.replace(/\s+/g, ' '), at: { file, ...element.at } },
    ...element.children.flatMap((one) => innerTexts(one, [...path, one.local], file)),
  ];
}

function innerAttributes(element: XmlElement, path: readonly string[], file: string): readonly InnerText[] {
  return element.attributes
    .filter(({ name, prefix }) => name !== 'xmlns' && prefix !== 'xmlns')
    .map(({ local, value, at }) => ({ path: [...path, `@${local}`], text: value, at: { file, ...at } }));
}
