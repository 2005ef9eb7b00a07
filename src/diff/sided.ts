/** What one side says of a setting: a value as written, what its absence means there, or nothing at all. */
import messages from '../../data/messages/diff.json' with { type: 'json' };
import type { ConfigDocument, Setting, SettingValue } from '../model/document.ts';
import { fill } from '../model/messages.ts';
import type { Place } from '../model/source.ts';

/**
 * `said`: written, or absent where absence means a default or nothing (null). `unsaid`: the document changes only what it
 * names and does not name this. `silent`: this format cannot hold it, so its absence compares with nothing.
 */
export type Sided =
  | { readonly kind: 'said'; readonly value: SettingValue | null; readonly at: Place | null }
  | { readonly kind: 'unsaid' }
  | { readonly kind: 'silent' };

/** One setting on both sides; both are said. */
export interface SettingPair {
  readonly id: string;
  /** With its culture, as the report has it. */
  readonly name: string;
  readonly before: SettingValue | null;
  readonly after: SettingValue | null;
  readonly placeBefore: Place | null;
  readonly placeAfter: Place | null;
  /** True when the base did not say it: what was there is unknown, `before` is null. */
  readonly unsaid: boolean;
}

/** How a document stands to a setting. `other` is the document it is compared with: no document says what that one would. */
export function sidedOf(
  document: ConfigDocument | null,
  other: ConfigDocument | null,
  id: string,
  setting: Setting | undefined,
): Sided {
  if (setting !== undefined) return { kind: 'said', value: setting.value, at: setting.at };
  if (document === null) return other?.completeness === 'patch' ? { kind: 'unsaid' } : NOTHING;
  if (document.silentOn.includes(id)) return { kind: 'silent' };
  if (document.completeness === 'patch') return { kind: 'unsaid' };
  const standard = Object.hasOwn(document.defaults, id) ? document.defaults[id] : undefined;
  if (standard === undefined) return NOTHING;
  const shown = fill(messages['default-value'], { value: standard });
  return { kind: 'said', value: { kind: 'text', meaning: standard, shown }, at: null };
}

const NOTHING: Sided = { kind: 'said', value: null, at: null };
