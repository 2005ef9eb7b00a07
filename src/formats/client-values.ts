/** Values of the SDKs' own configuration in their compared form, for the mobile and Java readers. */
import sentences from '../../data/messages/formats-xml.json' with { type: 'json' };
import type { SettingValue } from '../model/document.ts';
import { endpointMeaning } from '../model/environment.ts';
import { fill } from '../model/messages.ts';
import type { Cryptography } from '../model/source.ts';
import { isBuildPlaceholder } from './application-id-value.ts';

/** Something written in a file that may be shown. */
export type WrittenValue = Extract<SettingValue, { kind: 'text' | 'unresolved' }>;

/** An endpoint; a build's placeholder is `unresolved`. */
export function endpointValue(text: string): WrittenValue {
  const written = text.trim();
  return placeholderValue(written) ?? { kind: 'text', meaning: endpointMeaning(written), shown: written };
}

/** Text as it stands, blanks around it aside. */
export function plainValue(text: string): WrittenValue {
  const written = text.trim();
  return placeholderValue(written) ?? { kind: 'text', meaning: written, shown: written };
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

/** A key of any spelling that holds a password or a private key. */
export function isSecretKey(key: string): boolean {
  return /password|passwd|passphrase|secret|private-?key/i.test(key);
}

/** A literal secret, or null for an empty one and for a placeholder, which give nothing away. */
export function secretValue(text: string, what: string, cryptography: Cryptography): SettingValue | null {
  if (text === '' || isBuildPlaceholder(text)) return null;
  return { kind: 'secret', meaning: cryptography.sha256(new TextEncoder().encode(text)), what };
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

function placeholderValue(text: string): WrittenValue | null {
  if (!isBuildPlaceholder(text)) return null;
  const reason = fill(sentences['value-placeholder'], { value: text });
  return { kind: 'unresolved', meaning: text, shown: text, reason };
}
