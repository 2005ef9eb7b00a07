/**
 * Every element of a registered configuration's XML, with its allowed content and its settings. Order, prefix and
 * namespace do not matter.
 */
import type { Setting, SettingValue } from '../../model/document.ts';
import { findChild, listChildrenNamed, readLanguage, type XmlElement } from '../../syntax/xml.ts';
import { parseBoolean } from '../boolean.ts';
import { readApplicationId } from '../client/application-id.ts';
import { checkLogo } from '../registered/limits.ts';
import {
  joinContents,
  REGISTERED_SETTINGS,
  type RegisteredContent,
  type RegisteredKind,
  type RegisteredSetting,
} from '../registered/settings.ts';
import {
  buildAddressSettings,
  parseCulture,
  toAppTypeValue,
  toAttributeItem,
  toCeilingValue,
  toClientTokenValue,
  toFlagValue,
  toLogoValue,
  toPlainItem,
  toSetValue,
  toStatementValue,
  toTextValue,
} from '../registered/values.ts';
import { readAccess } from './access-rules.ts';
import {
  buildUnresolvedElement,
  locate,
  readBulkExtraction,
  readInstances,
  readIpPrefixes,
  readLocations,
  readMethods,
  readPersistentTokens,
  readPublicKeys,
  readVocabularies,
} from './element-values.ts';
import { messages } from './messages.ts';
import type { ElementShape } from './shape.ts';

/** One element of a body. */
export interface ElementReader {
  readonly shape: ElementShape;
  read(element: XmlElement, file: string): RegisteredContent;
}

/** The reader of a kind of setting. */
interface KindReader {
  readonly shape: ElementShape;
  read(element: XmlElement, file: string, row: RegisteredSetting): RegisteredContent;
}

const BY_CULTURE: ElementShape = { attributes: ['xml:lang'], occurs: 'by-culture' };

const KINDS: Readonly<Record<RegisteredKind, KindReader>> = {
  'application-id': createValueReader({}, ({ text }) => readApplicationId(text)),
  'application-type': createValueReader({}, ({ text }) => toAppTypeValue(text)),
  text: createValueReader({}, ({ text }) => toTextValue(text)),
  token: createValueReader({}, ({ text }) => toClientTokenValue(text)),
  flag: createValueReader({}, (element) => {
    const flag = parseBoolean(element.text);
    return flag === null ? buildUnresolvedElement(messages.valueBoolean, element) : toFlagValue(flag);
  }),
  methods: createValueReader({}, readMethods),
  'ip-prefixes': createValueReader({}, readIpPrefixes),
  attributes: createValueReader(listShape('app-attribute'), (element, file) =>
    toSetValue(
      listChildrenNamed(element, 'app-attribute').map((item) => toAttributeItem(item.text, locate(item, file))),
    ),
  ),
  sources: createValueReader(listShape('source'), (element, file) =>
    toSetValue(listChildrenNamed(element, 'source').map((item) => toPlainItem(item.text, locate(item, file)))),
  ),
  instances: createValueReader({ attributes: ['support-all-instances'], ...listShape('instance-id') }, readInstances),
  vocabularies: createValueReader(listShape('vocabulary-authorization', { family: {}, name: {} }), readVocabularies),
  locations: createValueReader(
    {
      children: { ...listShape('location', { country: {}, 'state-province': {} }).children, 'all-locations': {} },
    },
    readLocations,
  ),
  'persistent-tokens': createValueReader({ children: { enabled: {}, 'token-ttl-seconds': {} } }, readPersistentTokens),
  'bulk-extraction': createValueReader(
    { children: { 'is-onboarded': {}, 'is-permission-required': {} } },
    readBulkExtraction,
  ),
  'localized-text': { shape: BY_CULTURE, read: (element, file, { id }) => readLocalizedText(id, [element], file) },
  organization: {
    shape: { children: { organization: { children: { name: BY_CULTURE } } } },
    read: (element, file, { id }) =>
      readLocalizedText(id, listChildrenNamed(findChild(element, 'organization') ?? element, 'name'), file),
  },
  address: {
    shape: {},
    read: (element, file) => ({ settings: buildAddressSettings(element.text, locate(element, file)), lints: [] }),
  },
  'access-rules': {
    shape: { checkedByReader: true },
    read(element, file, { id }) {
      const { value, lints } = readAccess(element, file);
      return { settings: [{ id, value, at: locate(element, file) }], lints };
    },
  },
  'public-keys': { shape: listShape('public-key'), read: readPublicKeys },
  logo: createContentReader('logo'),
  statement: createContentReader('statement'),
};

/** The platform ignores two of these (XADD), keeps the dates itself, and looks the master's name up by its id. */
const IGNORED: Readonly<Record<string, ElementShape>> = {
  'app-auth-required': {},
  'is-published': {},
  'created-date': {},
  'updated-date': {},
  'master-app-name': BY_CULTURE,
};

export const PLATFORM_ELEMENTS: Readonly<Record<string, ElementReader>> = Object.fromEntries([
  ...REGISTERED_SETTINGS.flatMap((row) => {
    const { shape, read } = KINDS[row.kind];
    const reader: ElementReader = { shape, read: (element, file) => read(element, file, row) };
    return row.elements.map((name) => [name, reader] as const);
  }),
  ...Object.entries(IGNORED).map(([name, shape]) => [name, createIgnoringReader(shape)] as const),
]);

/** The parts of a SODA registration (method-addsodaapplication.xsd), by the elements of an application that they equal. */
const SODA_PARTS = {
  id: 'id',
  'parent-id': 'parent-id',
  name: 'name',
  'public-keys': 'public-keys',
  'app-creation-token': 'client-service-token',
} as const;

export const SODA_ELEMENTS: Readonly<Record<string, ElementReader>> = Object.fromEntries(
  Object.entries(SODA_PARTS).map(([name, equal]) => [name, PLATFORM_ELEMENTS[equal] ?? createIgnoringReader({})]),
);

function createIgnoringReader(shape: ElementShape): ElementReader {
  return { shape, read: () => ({ settings: [], lints: [] }) };
}

/** An element that makes one value. */
function createValueReader(
  shape: ElementShape,
  readValue: (element: XmlElement, file: string) => SettingValue,
): KindReader {
  return {
    shape,
    read(element, file, { id, isCeiling = false }) {
      const at = locate(element, file);
      const value = readValue(element, file);
      const setting = { id, value: isCeiling && value.kind === 'set' ? toCeilingValue(value.items, at) : value, at };
      return { settings: [setting], lints: [] };
    },
  };
}

function listShape(item: string, children?: Readonly<Record<string, ElementShape>>): ElementShape {
  return { children: { [item]: { occurs: 'often', ...(children === undefined ? {} : { children }) } } };
}

function readLocalizedText(id: string, elements: readonly XmlElement[], file: string): RegisteredContent {
  const settings = elements.map((element) => buildLocalized(id, element, toTextValue(element.text), file));
  return { settings, lints: [] };
}

function buildLocalized(id: string, element: XmlElement, value: SettingValue, file: string): Setting {
  const culture = parseCulture(readLanguage(element));
  return { id, ...(culture === '' ? {} : { culture }), value, at: locate(element, file) };
}

/** Logos and statements: base64 per culture beside one content type. */
function createContentReader(item: 'logo' | 'statement'): KindReader {
  return {
    shape: { children: { [item]: BY_CULTURE, 'content-type': {} } },
    read(element, file, { id }) {
      const type = findChild(element, 'content-type')?.text ?? null;
      return joinContents(
        listChildrenNamed(element, item).map((entry) => {
          const bytes = decodeLenientBase64(entry.text);
          const isLogo = id === 'logo.large' || id === 'logo.small';
          const value =
            bytes === null
              ? buildUnresolvedElement(messages.valueBase64, entry)
              : (isLogo ? toLogoValue : toStatementValue)(bytes, type);
          const lints = bytes !== null && isLogo ? checkLogo(id, bytes, locate(entry, file)) : [];
          return { settings: [buildLocalized(id, entry, value, file)], lints };
        }),
      );
    },
  };
}

/** Base64 as .NET accepts it: possibly empty, with white space between the characters. */
function decodeLenientBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0));
  } catch {
    return null;
  }
}
