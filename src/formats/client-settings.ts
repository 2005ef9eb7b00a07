/**
 * `ClientSettings.xml` of the iOS library: one application, several environments, of which the first is the default.
 * The file's document is the application with the default environment; every further environment is a part: the same
 * application with that one.
 */
import sentences from '../../data/messages/formats-xml.json' with { type: 'json' };
import type { ConfigDocument, ReadResult, Setting, SettingValue } from '../model/document.ts';
import { environmentOf } from '../model/environment.ts';
import { fill } from '../model/messages.ts';
import type { Cryptography, SourceFile } from '../model/source.ts';
import { decodeText } from '../syntax/text.ts';
import { child, childrenNamed, parseXml, type XmlElement } from '../syntax/xml.ts';
import { applicationIdValue } from './application-id-value.ts';
import { endpointsOf, endpointValue, isSecretKey, plainValue, secretValue, switchValue } from './client-values.ts';
import type { Format, ReadContext } from './format.ts';
import { canonical } from './xml-shape.ts';

const ID = 'client-settings';

interface Reading {
  readonly file: string;
  readonly cryptography: Cryptography;
}

/** iOS library's configuration. */
export const clientSettings: Format = {
  id: ID,
  claims: (path) => /(?:^|\/)[^/]*clientsettings[^/]*\.xml$/i.test(path),
  read(file: SourceFile, { cryptography }: ReadContext): ReadResult {
    const decoded = decodeText(file.bytes, 'xml');
    if ('problem' in decoded) return { kind: 'unreadable', problem: decoded.problem };
    const parsed = parseXml(decoded.text);
    if ('problem' in parsed) return { kind: 'unreadable', problem: parsed.problem };
    if (parsed.root.local !== 'clientSettings') return { kind: 'not-configuration' };
    return { kind: 'documents', documents: documentsOf(parsed.root, { file: file.path, cryptography }) };
  },
};

function documentsOf(root: XmlElement, reading: Reading): readonly ConfigDocument[] {
  const environments = childrenNamed(root, 'environment');
  const [first, ...further] = environments;
  const own = root.children.filter(({ local }) => local !== 'environment');
  const shared = settingsOf(own, reading, '');
  if (first !== undefined) shared.push(defaultOf(first, reading));
  const settings = first === undefined ? shared : withEnvironment(shared, first, reading);
  const parts = further.map((environment) => withEnvironment(shared, environment, reading));
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

function documentOf(
  file: string,
  part: string | null,
  settings: readonly Setting[],
  environment: ConfigDocument['environment'],
): ConfigDocument {
  const sorted = [...settings].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return {
    file,
    part,
    format: ID,
    role: 'client',
    completeness: 'complete',
    environment,
    settings: sorted,
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
function withEnvironment(shared: readonly Setting[], environment: XmlElement, reading: Reading): readonly Setting[] {
  const rest = environment.children.filter(({ local }) => local !== 'name');
  const own = settingsOf(rest, reading, 'environment.');
  const said = new Set(own.map(({ id }) => id));
  return [...shared.filter(({ id }) => id === 'secret' || !said.has(id)), ...own];
}

/** `scope` keeps an environment's own names apart from the application's (`appData` stands in both). */
function settingsOf(elements: readonly XmlElement[], { file, cryptography }: Reading, scope: string): Setting[] {
  const secrets: Setting[] = [];
  const found = new Map<string, { readonly setting: Setting; readonly written: string[] }>();
  for (const element of elements) {
    if (isSecretKey(element.local)) {
      const value = secretValue(element.text.trim(), element.local, cryptography);
      if (value !== null) secrets.push({ id: 'secret', value, at: { file, ...element.at } });
      continue;
    }
    const id = settingId(element.local, scope);
    const known = found.get(id);
    known?.written.push(canonical(element));
    if (known === undefined) {
      const setting: Setting = { id, value: elementValue(element), at: { file, ...element.at } };
      found.set(id, { setting, written: [canonical(element)] });
    }
  }
  const plain = [...found.values()].map(({ setting, written }): Setting => {
    if (written.length === 1) return setting;
    const reason = fill(sentences['value-twice'], { name: setting.id });
    return { ...setting, value: { kind: 'unresolved', meaning: written.join(' '), shown: setting.id, reason } };
  });
  return [...plain, ...secrets];
}

function settingId(name: string, scope: string): string {
  if (name === 'serviceUrl') return 'client.endpoints.platform';
  if (name === 'shellUrl') return 'client.endpoints.shell';
  if (scope === '' && name === 'masterAppID') return 'app-id';
  if (scope === '' && name === 'isMultiInstanceAware') return 'client.multi-instance';
  return `client.runtime.${scope}${name}`;
}

function elementValue(element: XmlElement): SettingValue {
  if (element.children.length > 0) {
    const text = canonical(element);
    return { kind: 'text', meaning: text, shown: text };
  }
  if (element.local === 'masterAppID') return applicationIdValue(element.text);
  if (element.local === 'isMultiInstanceAware') return switchValue(element.text);
  const endpoint = element.local === 'serviceUrl' || element.local === 'shellUrl';
  return endpoint ? endpointValue(element.text) : plainValue(element.text);
}
