/** Values of the SDKs' own configuration in their compared form, for the mobile, Java and Ruby readers. */
import type { Setting, SettingValue } from '../../model/document.ts';
import { normalizeEndpoint } from '../../model/environment.ts';
import type { Place } from '../../model/source.ts';
import { parseBoolean } from '../boolean.ts';
import { buildSecret, joinEmbeddedPasswords, removeCredentials } from '../secrets/secrets.ts';
import { isBuildPlaceholder, readPlaceholder } from './application-id.ts';
import { messages } from './messages.ts';

/** A value from a file that may be shown. */
export type WrittenValue = Extract<SettingValue, { kind: 'text' | 'unresolved' }>;

/** An endpoint. A build's placeholder is `unresolved`. */
export function readEndpoint(text: string): WrittenValue {
  const written = removeCredentials(text.trim());
  if (isBuildPlaceholder(written)) return readPlaceholder(written);
  return { kind: 'text', meaning: normalizeEndpoint(written), shown: written };
}

/** Text without surrounding spaces and without a password in an address. A build's placeholder is `unresolved`. */
export function readPlainText(text: string): WrittenValue {
  const value = readRuntimeText(text);
  return isBuildPlaceholder(value.shown) ? readPlaceholder(value.shown) : value;
}

/** Plain text of settings that are not reviewed. A text with a placeholder is compared as written. */
export function readRuntimeText(text: string): WrittenValue {
  const written = removeCredentials(text.trim());
  return { kind: 'text', meaning: written, shown: written };
}

/** `true`, `false` and their usual other spellings, in any case. Anything else is `unresolved`. */
export function readBoolean(text: string): WrittenValue {
  const shown = text.trim();
  const word = shown.toLowerCase();
  const flag = word === 'yes' ? true : word === 'no' || word === '' ? false : parseBoolean(word);
  if (flag !== null) return { kind: 'text', meaning: String(flag), shown };
  if (isBuildPlaceholder(shown)) return readPlaceholder(shown);
  return { kind: 'unresolved', meaning: shown, shown, reason: messages.notBoolean({ value: shown }).message };
}

/** The password in an address as a secret. `what` describes its place to people. */
export function findEmbeddedSecrets(what: string, text: string, at: Place): readonly Setting[] {
  const password = joinEmbeddedPasswords(text);
  const value = password === null ? null : buildSecret(password, what);
  return value === null ? [] : [{ id: 'secret', value, at }];
}

/** The addresses among the endpoint settings, which determine the environment. */
export function findEndpoints(
  settings: readonly { readonly id: string; readonly value: SettingValue }[],
): readonly string[] {
  return settings.flatMap(({ id, value }) => {
    if (!id.startsWith('client.endpoints.')) return [];
    return value.kind === 'text' || value.kind === 'unresolved' ? [value.meaning] : [];
  });
}

/** Sorts settings by id. Settings with the same id keep their order. */
export function sortById(settings: readonly Setting[]): readonly Setting[] {
  return [...settings].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
