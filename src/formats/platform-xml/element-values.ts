/** The values of single elements of a registered configuration's XML. An unreadable value is `unresolved`, never a guess. */
import { computeSha256, readCertificate } from '../../model/digest.ts';
import type { Lint, SetItem, Setting, SettingValue } from '../../model/document.ts';
import type { Place } from '../../model/source.ts';
import { findAttribute, findChild, listChildrenNamed, writeCanonicalXml, type XmlElement } from '../../syntax/xml.ts';
import { parseBoolean } from '../boolean.ts';
import { toCertificateItem } from '../certificates/certificate-value.ts';
import { isKeyMaterial } from '../certificates/pem.ts';
import { checkKeySize, createPlatformLint } from '../registered/limits.ts';
import { messages as limits } from '../registered/messages.ts';
import type { RegisteredContent } from '../registered/settings.ts';
import {
  createAllItem,
  toBulkExtractionValue,
  toCaselessItem,
  toIpPrefixItem,
  toLocationItem,
  toPersistentTokensValue,
  toPlainItem,
  toSetValue,
  toVocabularyItem,
} from '../registered/values.ts';
import { buildKeySecret } from '../secrets/key-text.ts';
import { messages, words } from './messages.ts';

/** Where an element is. */
export function locate(element: XmlElement, file: string): Place {
  return { file, ...element.at };
}

/** The registered keys. A private key among them is a secret and not part of the set. */
export function readPublicKeys(element: XmlElement, file: string): RegisteredContent {
  const keys = listChildrenNamed(element, 'public-key').map((key) => readPublicKey(key, file));
  const secrets = keys.flatMap(({ secret }) => secret ?? []);
  const broken = keys.find(({ isHex }) => !isHex);
  const value =
    broken === undefined
      ? toSetValue(keys.flatMap(({ item }) => item ?? []))
      : buildUnresolvedElement(messages.valueHex, broken.element, element);
  return {
    settings: [{ id: 'public-keys', value, at: locate(element, file) }, ...secrets],
    lints: keys.flatMap(({ lints }) => lints),
  };
}

interface PublicKey {
  readonly element: XmlElement;
  readonly isHex: boolean;
  readonly item?: SetItem;
  readonly secret?: Setting;
  readonly lints: readonly Lint[];
}

function readPublicKey(element: XmlElement, file: string): PublicKey {
  const hex = element.text.replace(/\s+/g, '');
  const at = locate(element, file);
  if (!/^(?:[0-9a-f]{2})+$/i.test(hex)) return { element, isHex: false, lints: [] };
  const der = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  if (isKeyMaterial(der)) {
    const secret = buildKeySecret({ label: 'hexadecimal', body: hex }, at);
    return { element, isHex: true, secret, lints: [] };
  }
  const isRegistrable = readCertificate(der) !== null && hex.length >= 512 && hex.length <= 4096;
  const lints = isRegistrable
    ? checkKeySize(der, at)
    : [createPlatformLint(limits.limitPublicKey({ length: hex.length }), 'XAPP', at)];
  return { element, isHex: true, item: toCertificateItem(der, at), lints };
}

export function readMethods(element: XmlElement, file: string): SettingValue {
  return toSetValue(splitList(element.text).map((name) => toCaselessItem(name, locate(element, file))));
}

export function readIpPrefixes(element: XmlElement, file: string): SettingValue {
  const items = splitList(element.text).map((prefix) => toIpPrefixItem(prefix, locate(element, file)));
  const valid = items.filter((item) => item !== null);
  return valid.length < items.length ? buildUnresolvedElement(messages.valueIpPrefix, element) : toSetValue(valid);
}

function splitList(text: string): string[] {
  return text.split(',').filter((part) => part.trim() !== '');
}

export function readPersistentTokens(element: XmlElement): SettingValue {
  const enabled = parseBoolean(findChild(element, 'enabled')?.text ?? '');
  const seconds = findChild(element, 'token-ttl-seconds')?.text.trim() ?? null;
  if (enabled === null || (seconds !== null && !/^\+?0*[1-9]\d{0,9}$/.test(seconds))) {
    return buildUnresolvedElement(messages.valuePersistentTokens, element);
  }
  return toPersistentTokensValue(enabled, seconds === null ? null : Number(seconds));
}

export function readBulkExtraction(element: XmlElement): SettingValue {
  const onboarded = parseBoolean(findChild(element, 'is-onboarded')?.text ?? '');
  const required = parseBoolean(findChild(element, 'is-permission-required')?.text ?? '');
  if (onboarded === null || required === null) return buildUnresolvedElement(messages.valueBoolean, element);
  return toBulkExtractionValue(onboarded, required);
}

export function readVocabularies(element: XmlElement, file: string): SettingValue {
  const items: SetItem[] = [];
  for (const entry of listChildrenNamed(element, 'vocabulary-authorization')) {
    const family = findChild(entry, 'family')?.text.trim() ?? '';
    const name = findChild(entry, 'name')?.text.trim() ?? null;
    if (family === '' || name === '') return buildUnresolvedElement(messages.valueVocabulary, entry, element);
    items.push(toVocabularyItem(family, name, locate(entry, file)));
  }
  return toSetValue(items);
}

export function readLocations(element: XmlElement, file: string): SettingValue {
  const all = findChild(element, 'all-locations');
  if (all !== null) {
    // The schema fixes the element at true, so false has no documented meaning.
    if (parseBoolean(all.text) !== true) return buildUnresolvedElement(messages.valueAllLocations, all, element);
    return toSetValue([createAllItem(locate(all, file))]);
  }
  const items: SetItem[] = [];
  for (const entry of listChildrenNamed(element, 'location')) {
    const country = findChild(entry, 'country')?.text.trim() ?? '';
    if (country === '') return buildUnresolvedElement(messages.valueLocation, entry, element);
    items.push(toLocationItem(country, findChild(entry, 'state-province')?.text ?? null, locate(entry, file)));
  }
  return toSetValue(items);
}

export function readInstances(element: XmlElement, file: string): SettingValue {
  const all = parseBoolean(findAttribute(element, 'support-all-instances')?.value ?? 'false');
  if (all === null) return buildUnresolvedElement(messages.valueBoolean, element);
  if (all) return toSetValue([createAllItem(locate(element, file))]); // ids are ignored then (location.xsd)
  return toSetValue(listChildrenNamed(element, 'instance-id').map((id) => toPlainItem(id.text, locate(id, file))));
}

type ValueMessage = Extract<keyof typeof messages, `value${string}`>;

/** A value that cannot be read. `wrong` is the element to show, `whole` is compared. */
export function buildUnresolvedElement(
  message: (typeof messages)[ValueMessage],
  wrong: XmlElement,
  whole: XmlElement = wrong,
): SettingValue {
  const reason = message({ element: wrong.local, line: wrong.at.line }).message;
  const shown = words.unreadableElement({ element: whole.local });
  return { kind: 'unresolved', meaning: computeSha256(writeCanonicalXml(whole)), shown, reason };
}
