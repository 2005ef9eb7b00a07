/** The values of single elements of a registered configuration's XML. What cannot be read is `unresolved`, never a guess. */
import sentences from '../../../data/messages/formats-xml.json' with { type: 'json' };
import type { Lint, SetItem, Setting, SettingValue } from '../../model/document.ts';
import { fill } from '../../model/messages.ts';
import type { Cryptography, Place } from '../../model/source.ts';
import { attribute, child, childrenNamed, type XmlElement } from '../../syntax/xml.ts';
import { certificateItem } from '../certificates/certificate-value.ts';
import { isKeyMaterial } from '../certificates/pem.ts';
import { lint } from '../registered/limits.ts';
import {
  allItem,
  bulkExtractionValue,
  caselessItem,
  ipPrefixItem,
  type LogoFacts,
  locationItem,
  persistentTokensValue,
  plainItem,
  setValue,
  vocabularyItem,
} from '../registered/values.ts';
import { keySecret } from '../secrets/key-text.ts';
import { booleanOf } from './access-rules.ts';
import { canonical } from './shape.ts';

/** What reading one body gathers besides its settings. */
export interface Gathering {
  readonly file: string;
  readonly cryptography: Cryptography;
  readonly lints: Lint[];
  readonly logos: LogoFacts[];
}

/** A value that cannot be read: compared by what the element says, explained by a sentence. */
type ReasonId = Extract<keyof typeof sentences, `value-${string}`>;

export function place(element: XmlElement, file: string): Place {
  return { file, ...element.at };
}

/** The keys that are registered. What should not stand there, a private key, is a secret and no part of the set. */
export function publicKeys(element: XmlElement, gathering: Gathering): readonly Setting[] {
  const secrets: Setting[] = [];
  const whole = (value: SettingValue): readonly Setting[] => [
    { id: 'public-keys', value, at: place(element, gathering.file) },
    ...secrets,
  ];
  const items: SetItem[] = [];
  for (const key of childrenNamed(element, 'public-key')) {
    const hex = key.text.replace(/\s+/g, '');
    const at = place(key, gathering.file);
    const der = bytesOfHex(hex);
    if (der === null) return whole(unresolved(key, 'value-hex', gathering, element));
    if (isKeyMaterial(der)) {
      secrets.push(keySecret({ label: 'hexadecimal', body: hex }, at, gathering.cryptography));
      continue;
    }
    const facts = gathering.cryptography.certificate(der);
    if (facts === null || hex.length < 512 || hex.length > 4096) {
      gathering.lints.push(lint('limit-public-key', 'refused', 'XAPP', at, { length: hex.length }));
    } else if (facts.keyType === 'RSA' && facts.keyBits !== null && facts.keyBits < 2048) {
      gathering.lints.push(lint('limit-key-size', 'advice', 'ACC-certs', at, { bits: facts.keyBits }));
    }
    items.push(certificateItem(der, at, gathering.cryptography));
  }
  return whole(setValue(items));
}

export function methods(element: XmlElement, { file }: Gathering): SettingValue {
  const at = place(element, file);
  return setValue(parts(element.text).map((name) => caselessItem(name, at)));
}

export function ipPrefixes(element: XmlElement, gathering: Gathering): SettingValue {
  const at = place(element, gathering.file);
  const items = parts(element.text).map((prefix) => ipPrefixItem(prefix, at));
  const valid = items.filter((item) => item !== null);
  return valid.length < items.length ? unresolved(element, 'value-ip-prefix', gathering) : setValue(valid);
}

function parts(text: string): string[] {
  return text.split(',').filter((part) => part.trim() !== '');
}

export function persistentTokens(element: XmlElement, gathering: Gathering): SettingValue {
  const enabled = booleanOf(child(element, 'enabled')?.text ?? '');
  const seconds = child(element, 'token-ttl-seconds')?.text.trim() ?? null;
  if (enabled === null || (seconds !== null && !/^\+?0*[1-9]\d{0,9}$/.test(seconds))) {
    return unresolved(element, 'value-persistent-tokens', gathering);
  }
  return persistentTokensValue(enabled, seconds === null ? null : Number(seconds));
}

export function bulkExtraction(element: XmlElement, gathering: Gathering): SettingValue {
  const onboarded = booleanOf(child(element, 'is-onboarded')?.text ?? '');
  const required = booleanOf(child(element, 'is-permission-required')?.text ?? '');
  if (onboarded === null || required === null) return unresolved(element, 'value-boolean', gathering);
  return bulkExtractionValue(onboarded, required);
}

export function vocabularies(element: XmlElement, gathering: Gathering): SettingValue {
  const items: SetItem[] = [];
  for (const entry of childrenNamed(element, 'vocabulary-authorization')) {
    const family = child(entry, 'family')?.text.trim() ?? '';
    const name = child(entry, 'name')?.text.trim() ?? null;
    if (family === '' || name === '') return unresolved(entry, 'value-vocabulary', gathering, element);
    items.push(vocabularyItem(family, name, place(entry, gathering.file)));
  }
  return setValue(items);
}

export function locations(element: XmlElement, gathering: Gathering): SettingValue {
  const all = child(element, 'all-locations');
  if (all !== null) {
    // The schema fixes the element at true, so nobody says what false means.
    if (booleanOf(all.text) !== true) return unresolved(all, 'value-all-locations', gathering, element);
    return setValue([allItem(place(all, gathering.file))]);
  }
  const items: SetItem[] = [];
  for (const entry of childrenNamed(element, 'location')) {
    const country = child(entry, 'country')?.text.trim() ?? '';
    if (country === '') return unresolved(entry, 'value-location', gathering, element);
    items.push(locationItem(country, child(entry, 'state-province')?.text ?? null, place(entry, gathering.file)));
  }
  return setValue(items);
}

export function instances(element: XmlElement, gathering: Gathering): SettingValue {
  const written = attribute(element, 'support-all-instances');
  const all = written === null ? false : booleanOf(written.value);
  if (all === null) return unresolved(element, 'value-boolean', gathering);
  if (all) return setValue([allItem(place(element, gathering.file))]); // ids are ignored then (location.xsd)
  return setValue(childrenNamed(element, 'instance-id').map((id) => plainItem(id.text, place(id, gathering.file))));
}

export function sources(element: XmlElement, { file }: Gathering): SettingValue {
  return setValue(childrenNamed(element, 'source').map((source) => plainItem(source.text, place(source, file))));
}

/** `wrong` is what to point at; `whole` what is compared. */
export function unresolved(
  wrong: XmlElement,
  id: ReasonId,
  gathering: Gathering,
  whole: XmlElement = wrong,
): SettingValue {
  const meaning = gathering.cryptography.sha256(new TextEncoder().encode(canonical(whole)));
  const reason = fill(sentences[id], { element: wrong.local, line: wrong.at.line });
  return { kind: 'unresolved', meaning, shown: fill(sentences['shown-element'], { element: whole.local }), reason };
}

function bytesOfHex(hex: string): Uint8Array | null {
  if (hex === '' || hex.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(hex)) return null;
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
}

export function bytesOfBase64(text: string): Uint8Array | null {
  try {
    const binary = atob(text);
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
