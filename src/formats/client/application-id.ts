/** Determines whether an application id is a real id, a sample's placeholder or a build's placeholder. */
import type { SettingValue } from '../../model/document.ts';
import { EMPTY_GUID, parseGuid } from '../../model/guid.ts';
import { messages, words } from './messages.ts';

/** Every placeholder (empty, all zero, plain words) has this meaning, so replacing one by another is not a change. */
export const PLACEHOLDER = 'placeholder';

/** Invisible marks that copying leaves in a text. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;

/** Digits that may be part of an application's id, in any notation. */
const HAS_DIGITS = /[0-9a-f]{8}|0x[0-9a-f]|^[{(]?[0-9a-f-]{16,}[)}]?$/i;

/**
 * The value of an application id as written. A GUID in any .NET spelling becomes its plain lower-case form. Empty,
 * all-zero or plain words mean {@link PLACEHOLDER}. A build's placeholder is `unresolved`. So is a text with
 * hexadecimal digits that is not a GUID.
 */
export function readApplicationId(text: string): SettingValue {
  const written = text.replace(INVISIBLE, '').trim();
  const guid = parseGuid(written);
  if (guid !== null && guid !== EMPTY_GUID) return { kind: 'text', meaning: guid, shown: guid };
  if (guid === null && isBuildPlaceholder(written)) return readPlaceholder(written);
  if (guid === null && HAS_DIGITS.test(written)) {
    const reason = messages.malformedApplicationId({ value: written }).message;
    return { kind: 'unresolved', meaning: written, shown: written, reason };
  }
  return { kind: 'text', meaning: PLACEHOLDER, shown: written === '' ? words.empty : written };
}

/** Each match begins at its last opening mark. Otherwise a row of opening marks would take quadratic time. */
const BUILD_PLACEHOLDER =
  /[$#]\{(?:(?![$#]\{)[^}])*\}|\$\((?:(?!\$\()[^)])*\)|__[A-Za-z][\w.-]*__|\{\{(?:(?!\{\{)[^}])*\}\}|<%(?:(?!<%).)*?%>|^%\w+%$|^ENC[[(]|^\{cipher\}/;

/**
 * Whether a build or a deployment writes (part of) this value: `${x}`, `#{x}`, `$(X)`, `__X__`, `{{x}}`, `<%= x %>`, `%X%`, or
 * decrypts it: `ENC[x]` of SOPS, `ENC(x)` of Jasypt, `{cipher}x` of Spring.
 */
export function isBuildPlaceholder(text: string): boolean {
  return BUILD_PLACEHOLDER.test(text);
}

/** A text that a build fills in. */
export function readPlaceholder(text: string): Extract<SettingValue, { kind: 'unresolved' }> {
  return { kind: 'unresolved', meaning: text, shown: text, reason: messages.placeholder({ value: text }).message };
}
