/** The value of a setting on one side: as written, the meaning of its absence, or not stated. */
import type { ConfigDocument, Setting, SettingValue } from '../model/document.ts';
import type { Place } from '../model/source.ts';
import { words } from './messages.ts';

/**
 * `stated`: written, or absent if absence means a default or nothing (null). `not-stated`: the document changes only the
 * settings that it names, and does not name this one. `not-expressible`: this format cannot contain it, so its absence is not
 * compared.
 */
export type StatedSetting =
  | { readonly kind: 'stated'; readonly value: SettingValue | null; readonly at: Place | null }
  | { readonly kind: 'not-stated' }
  | { readonly kind: 'not-expressible' };

/** One setting on both sides. */
export interface SettingPair {
  readonly id: string;
  /** With its culture, as the report has it. */
  readonly name: string;
  readonly before: SettingValue | null;
  readonly after: SettingValue | null;
  readonly placeBefore: Place | null;
  readonly placeAfter: Place | null;
  /** True when the base did not state it: the former value is unknown, `before` is null. */
  readonly notStated: boolean;
}

/** Resolves the setting of a document. If there is no document, a patch on the `other` side leaves the former value open. */
export function resolveSetting(
  document: ConfigDocument | null,
  other: ConfigDocument | null,
  id: string,
  setting: Setting | undefined,
): StatedSetting {
  if (setting !== undefined) return { kind: 'stated', value: setting.value, at: setting.at };
  if (document === null) return other?.completeness === 'patch' ? { kind: 'not-stated' } : NOTHING;
  if (document.notExpressible.includes(id)) return { kind: 'not-expressible' };
  if (document.completeness === 'patch') return { kind: 'not-stated' };
  const standard = Object.hasOwn(document.defaults, id) ? document.defaults[id] : undefined;
  if (standard === undefined) return NOTHING;
  return { kind: 'stated', value: { kind: 'text', meaning: standard, shown: words.defaultValue(standard) }, at: null };
}

const NOTHING: StatedSetting = { kind: 'stated', value: null, at: null };
