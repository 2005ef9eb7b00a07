/** Values of the SDKs' own configuration in their compared form, for the mobile, Java and Ruby readers. */
import sentences from '../../../data/messages/formats-xml.json' with { type: 'json' };
import type { Setting, SettingValue } from '../../model/document.ts';
import { endpointMeaning } from '../../model/environment.ts';
import { fill } from '../../model/messages.ts';
import type { Cryptography, Place } from '../../model/source.ts';
import { passwordInAddress, secretValue, withoutCredentials } from '../secrets/secrets.ts';
import { isBuildPlaceholder } from './application-id.ts';

/** Something written in a file that may be shown. */
export type WrittenValue = Extract<SettingValue, { kind: 'text' | 'unresolved' }>;

/** An endpoint; a build's placeholder is `unresolved`. */
export function endpointValue(text: string): WrittenValue {
  const written = withoutCredentials(text.trim());
  return placeholderValue(written) ?? { kind: 'text', meaning: endpointMeaning(written), shown: written };
}

/** Text as it stands, blanks around it and a password in an address aside; a build's placeholder is `unresolved`. */
export function plainValue(text: string): WrittenValue {
  return placeholderValue(withoutCredentials(text.trim())) ?? runtimeValue(text);
}

/** The same for what nobody reviews: a text with a placeholder in it is compared as it stands. */
export function runtimeValue(text: string): WrittenValue {
  const written = withoutCredentials(text.trim());
  return { kind: 'text', meaning: written, shown: written };
}

/** `true`, `false` and their usual other spellings, in any case; anything else is `unresolved`. */
export function switchValue(text: string): WrittenValue {
  const written = text.trim();
  const word = written.toLowerCase();
  if (['true', 'yes', '1'].includes(word)) return { kind: 'text', meaning: 'true', shown: written };
  if (['false', 'no', '0', ''].includes(word)) return { kind: 'text', meaning: 'false', shown: written };
  const placeholder = placeholderValue(written);
  const reason = fill(sentences['value-switch'], { value: written });
  return placeholder ?? { kind: 'unresolved', meaning: written, shown: written, reason };
}

/** The password in an address as a secret. `what` names for people where it stands. */
export function addressSecrets(what: string, text: string, at: Place, cryptography: Cryptography): readonly Setting[] {
  const password = passwordInAddress(text);
  const value = password === null ? null : secretValue(password, what, cryptography);
  return value === null ? [] : [{ id: 'secret', value, at }];
}

/** The addresses among the endpoint settings, from which the environment is told. */
export function endpointsOf(
  settings: readonly { readonly id: string; readonly value: SettingValue }[],
): readonly string[] {
  return settings.flatMap(({ id, value }) => {
    if (!id.startsWith('client.endpoints.')) return [];
    return value.kind === 'text' || value.kind === 'unresolved' ? [value.meaning] : [];
  });
}

/** Settings by id; those of one id in the order in which they were found. */
export function sortedById(settings: readonly Setting[]): readonly Setting[] {
  return [...settings].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function placeholderValue(text: string): WrittenValue | null {
  if (!isBuildPlaceholder(text)) return null;
  const reason = fill(sentences['value-placeholder'], { value: text });
  return { kind: 'unresolved', meaning: text, shown: text, reason };
}
