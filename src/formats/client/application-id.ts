/** What the text in an application id's place means: a real id, a sample's placeholder, or something a build fills in. */
import sentences from '../../../data/messages/formats-xml.json' with { type: 'json' };
import type { SettingValue } from '../../model/document.ts';
import { EMPTY_GUID, parseGuid } from '../../model/guid.ts';
import { fill } from '../../model/messages.ts';

/** Meaning of every placeholder (empty, all zero, plain words): replacing one by another is no change. */
export const PLACEHOLDER = 'placeholder';

/** Marks that copying leaves in a text and nobody sees. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;

/** Digits that may be a part of some application's id, in whatever notation. */
const HAS_DIGITS = /[0-9a-f]{8}|0x[0-9a-f]|^[{(]?[0-9a-f-]{16,}[)}]?$/i;

/**
 * The value of an application id as written. A GUID in any .NET spelling: its plain lower-case form. Empty, all-zero
 * or plain words: meaning {@link PLACEHOLDER}. A build's placeholder, or a text with hexadecimal digits that is no GUID:
 * `unresolved`.
 */
export function applicationIdValue(text: string): SettingValue {
  const written = text.replace(INVISIBLE, '').trim();
  const guid = parseGuid(written);
  if (guid === EMPTY_GUID) return { kind: 'text', meaning: PLACEHOLDER, shown: written };
  if (guid !== null) return { kind: 'text', meaning: guid, shown: guid };
  if (written === '') return { kind: 'text', meaning: PLACEHOLDER, shown: sentences['shown-empty'] };
  if (isBuildPlaceholder(written)) return unresolved(written, 'value-placeholder');
  if (HAS_DIGITS.test(written)) return unresolved(written, 'application-id-malformed');
  return { kind: 'text', meaning: PLACEHOLDER, shown: written };
}

/** Each from its last opening mark on: a row of opening marks would else take as long as the square of its length. */
const BUILD_PLACEHOLDER =
  /[$#]\{(?:(?![$#]\{)[^}])*\}|\$\((?:(?!\$\()[^)])*\)|__[A-Za-z][\w.-]*__|\{\{(?:(?!\{\{)[^}])*\}\}|<%(?:(?!<%).)*?%>|^%\w+%$/;

/** Whether a build or a deployment writes (part of) this value: `${x}`, `#{x}`, `$(X)`, `__X__`, `{{x}}`, `<%= x %>`, `%X%`. */
export function isBuildPlaceholder(text: string): boolean {
  return BUILD_PLACEHOLDER.test(text);
}

function unresolved(text: string, id: 'value-placeholder' | 'application-id-malformed'): SettingValue {
  return { kind: 'unresolved', meaning: text, shown: text, reason: fill(sentences[id], { value: text }) };
}
