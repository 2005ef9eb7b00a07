/**
 * Every element of a registered configuration's XML: what it may hold and which settings it makes. One line per
 * element in `PLATFORM_ELEMENTS`; order, prefix and namespace do not matter.
 */
import type { Setting, SettingValue } from '../../model/document.ts';
import { child, childrenNamed, type XmlElement } from '../../syntax/xml.ts';
import { applicationIdValue } from '../client/application-id.ts';
import { imageHeader } from '../registered/image-header.ts';
import {
  addressSettings,
  appTypeValue,
  attributeItem,
  ceilingValue,
  clientTokenValue,
  cultureOf,
  flagValue,
  logoValue,
  setValue,
  statementValue,
  textValue,
} from '../registered/values.ts';
import { booleanOf, readAccess } from './access-rules.ts';
import {
  bulkExtraction,
  bytesOfBase64,
  type Gathering,
  instances,
  ipPrefixes,
  locations,
  methods,
  persistentTokens,
  place,
  publicKeys,
  sources,
  unresolved,
  vocabularies,
} from './element-values.ts';
import { languageOf, type Shape } from './shape.ts';

/** One element of a body. */
export interface ElementReader {
  readonly shape: Shape;
  read(element: XmlElement, gathering: Gathering): readonly Setting[];
}

type ValueOf = (element: XmlElement, gathering: Gathering) => SettingValue;

export const PLATFORM_ELEMENTS: Readonly<Record<string, ElementReader>> = {
  id: one('app-id', {}, ({ text }) => applicationIdValue(text)),
  'master-app-id': one('app-id.master', {}, ({ text }) => applicationIdValue(text)),
  'parent-id': one('app-id.master', {}, ({ text }) => applicationIdValue(text)),
  name: localized('name'),
  description: localized('description'),
  'auth-reason': localized('auth-reason'),
  'public-keys': { shape: list('public-key'), read: publicKeys },
  'person-online-base-auth': access('access.online'),
  'person-online-base-auth-xml': access('access.online'),
  'person-offline-base-auth': access('access.offline'),
  'person-offline-base-auth-xml': access('access.offline'),
  methods: one('methods', {}, methods),
  'child-method-mask-ceiling': one('ceilings.methods', {}, ceiling(methods)),
  'action-url': {
    shape: {},
    read: (element, { file, cryptography }) => addressSettings(element.text, place(element, file), cryptography),
  },
  'domain-name': one('domain-name', {}, ({ text }) => textValue(text)),
  'large-logo': contents('logo.large', 'logo'),
  'small-logo': contents('logo.small', 'logo'),
  'privacy-statement': contents('privacy-statement', 'statement'),
  'terms-of-use': contents('terms-of-use', 'statement'),
  'dtc-success-message': contents('success-message', 'statement'),
  'persistent-tokens': one(
    'persistent-tokens',
    { children: { enabled: {}, 'token-ttl-seconds': {} } },
    persistentTokens,
  ),
  'app-type': one('app-type', {}, ({ text }) => appTypeValue(text)),
  'restrict-app-users': one('restrict-users', {}, (element, gathering) => {
    const flag = booleanOf(element.text);
    return flag === null ? unresolved(element, 'value-boolean', gathering) : flagValue(flag);
  }),
  'app-attributes': one('attributes', list('app-attribute'), (element, { file }) =>
    setValue(childrenNamed(element, 'app-attribute').map((item) => attributeItem(item.text, place(item, file)))),
  ),
  'valid-ip-prefixes': one('ip-prefixes', {}, ipPrefixes),
  'vocabulary-authorizations': one('vocabularies', vocabularyList(), vocabularies),
  'child-vocabulary-authorizations-ceiling': one('ceilings.vocabularies', vocabularyList(), ceiling(vocabularies)),
  'child-authorized-vocabularies-ceiling': one('ceilings.vocabularies', vocabularyList(), ceiling(vocabularies)),
  'supported-record-locations': one('locations', locationList(), locations),
  'supported-instances': one('instances', { attributes: ['support-all-instances'], ...list('instance-id') }, instances),
  'meaningful-use-sources': one('meaningful-use-sources', list('source'), sources),
  'meaningful-use-sources-ceiling': one('ceilings.meaningful-use-sources', list('source'), ceiling(sources)),
  organizations: {
    shape: { children: { organization: { children: { name: { attributes: ['lang'], occurs: 'by-culture' } } } } },
    read: (element, { file }) =>
      childrenNamed(child(element, 'organization') ?? element, 'name').map((name) =>
        localizedSetting('organization', name, file),
      ),
  },
  'bulk-extraction-settings': one(
    'bulk-extraction',
    { children: { 'is-onboarded': {}, 'is-permission-required': {} } },
    bulkExtraction,
  ),
  'client-service-token': one('client-token', {}, ({ text }, { cryptography }) => clientTokenValue(text, cryptography)),
  // The platform ignores these two (XADD), keeps the dates itself, and looks the master's name up by its id.
  'app-auth-required': ignored(),
  'is-published': ignored(),
  'created-date': ignored(),
  'updated-date': ignored(),
  'master-app-name': { shape: { attributes: ['lang'], occurs: 'by-culture' }, read: () => [] },
};

/** The parts of a SODA registration (method-addsodaapplication.xsd) that a whole application has not. */
export const SODA_ELEMENTS: Readonly<Record<string, ElementReader>> = {
  id: PLATFORM_ELEMENTS.id ?? ignored(),
  'parent-id': PLATFORM_ELEMENTS['parent-id'] ?? ignored(),
  name: PLATFORM_ELEMENTS.name ?? ignored(),
  'public-keys': PLATFORM_ELEMENTS['public-keys'] ?? ignored(),
  'app-creation-token': one('client-token', {}, ({ text }, { cryptography }) => clientTokenValue(text, cryptography)),
};

function one(id: string, shape: Shape, value: ValueOf): ElementReader {
  return {
    shape,
    read: (element, gathering) => [{ id, value: value(element, gathering), at: place(element, gathering.file) }],
  };
}

function ceiling(value: ValueOf): ValueOf {
  return (element, gathering) => {
    const read = value(element, gathering);
    return read.kind === 'set' ? ceilingValue(read.items, place(element, gathering.file)) : read;
  };
}

function ignored(): ElementReader {
  return { shape: {}, read: () => [] };
}

function list(item: string): Shape {
  return { children: { [item]: { occurs: 'often' } } };
}

function vocabularyList(): Shape {
  return { children: { 'vocabulary-authorization': { occurs: 'often', children: { family: {}, name: {} } } } };
}

function locationList(): Shape {
  return {
    children: { location: { occurs: 'often', children: { country: {}, 'state-province': {} } }, 'all-locations': {} },
  };
}

function localized(id: string): ElementReader {
  return {
    shape: { attributes: ['lang'], occurs: 'by-culture' },
    read: (element, { file }) => [localizedSetting(id, element, file)],
  };
}

function localizedSetting(id: string, element: XmlElement, file: string): Setting {
  return { id, ...culture(element), value: textValue(element.text), at: place(element, file) };
}

function culture(element: XmlElement): { readonly culture?: string } {
  const tag = cultureOf(languageOf(element));
  return tag === '' ? {} : { culture: tag };
}

function access(id: 'access.online' | 'access.offline'): ElementReader {
  return {
    shape: { judgedElsewhere: true },
    read: (element, gathering) => {
      const { value, lints } = readAccess(element, gathering.file, gathering.cryptography);
      gathering.lints.push(...lints);
      return [{ id, value, at: place(element, gathering.file) }];
    },
  };
}

/** Logos and statements: base64 per culture beside one content type. */
function contents(id: string, item: 'logo' | 'statement'): ElementReader {
  return {
    shape: { children: { [item]: { attributes: ['lang'], occurs: 'by-culture' }, 'content-type': {} } },
    read: (element, gathering) => {
      const type = child(element, 'content-type')?.text ?? null;
      return childrenNamed(element, item).map((entry) => {
        const at = place(entry, gathering.file);
        const bytes = bytesOfBase64(entry.text);
        if (bytes === null) return { id, ...culture(entry), value: unresolved(entry, 'value-base64', gathering), at };
        if (id === 'logo.large' || id === 'logo.small') {
          gathering.logos.push({ setting: id, bytes: bytes.length, image: imageHeader(bytes), at });
          return { id, ...culture(entry), value: logoValue(bytes, type, gathering.cryptography), at };
        }
        return { id, ...culture(entry), value: statementValue(bytes, type, gathering.cryptography), at };
      });
    },
  };
}
