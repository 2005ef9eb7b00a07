/** The meaning of an application id's text: a real id, the placeholder of a sample, or a placeholder of a build. */
import type { SettingValue } from '../../model/document.ts';
import { EMPTY_GUID, parseGuid } from '../../model/guid.ts';
import { messages, words } from './messages.ts';

/** Meaning of every placeholder (empty, all zero, plain words): replacing one by another is not a change. */
export const PLACEHOLDER = 'placeholder';

/** Invisible marks that copying leaves in a text. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;

/** Digits that may be a part of some application's id, in whatever notation. */
const HAS_DIGITS = /[0-9a-f]{8}|0x[0-9a-f]|^[{(]?[0-9a-f-]{16,}[)}]?$/i;

/**
 * The value of an application id as written. A GUID in any .NET spelling: its plain lower-case form. Empty, all-zero
 * or plain words: meaning {@link PLACEHOLDER}. A build's placeholder, or a text with hexadecimal digits that is not a
 * GUID: `unresolved`.
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

/** Each from its last opening mark on: a row of opening marks would else take as long as the square of its length. */
const BUILD_PLACEHOLDER =
  /[$#]\{(?:(?![$#]\{)[^}])*\}|\$\((?:(?!\$\()[^)])*\)|__[A-Za-z][\w.-]*__|\{\{(?:(?!\{\{)[^}])*\}\}|<%(?:(?!<%).)*?%>|^%\w+%$/;

/** Whether a build or a deployment writes (part of) this value: `${x}`, `#{x}`, `$(X)`, `__X__`, `{{x}}`, `<%= x %>`, `%X%`. */
export function isBuildPlaceholder(text: string): boolean {
  return BUILD_PLACEHOLDER.test(text);
}

/** A text that a build fills in. */
export function readPlaceholder(text: string): Extract<SettingValue, { kind: 'unresolved' }> {
  return { kind: 'unresolved', meaning: text, shown: text, reason: messages.placeholder({ value: text }).message };
}
