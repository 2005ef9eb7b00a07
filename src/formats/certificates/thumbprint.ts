/** A certificate named by its thumbprint: the same element of the set as the certificate itself. */
import sentences from '../../../data/messages/formats-files.json' with { type: 'json' };
import type { SettingValue } from '../../model/document.ts';
import { fill } from '../../model/messages.ts';
import type { Cryptography, Place } from '../../model/source.ts';
import { isWholePlaceholder } from '../secrets/secrets.ts';

/**
 * 40 hexadecimal digits, however they are written: spaces, colons, dashes, either case, and the invisible marks that the
 * Windows dialog puts in front. Empty: no certificate. Anything else is `unresolved`, and but for a build's
 * placeholder never shown: it may be a key.
 */
export function thumbprintValue(key: string, text: string, at: Place, cryptography: Cryptography): SettingValue {
  const plain = text.replace(/[\s:\-\u200b-\u200f\u202a-\u202e\ufeff]/g, '').toLowerCase();
  if (plain === '') return { kind: 'set', items: [] };
  if (/^[0-9a-f]{40}$/.test(plain)) {
    const shown = fill(sentences['shown-thumbprint'], { thumbprint: plain });
    return { kind: 'set', items: [{ meaning: plain, shown, at }] };
  }
  const written = text.trim();
  const reason = fill(sentences['value-thumbprint'], { key });
  if (isWholePlaceholder(written)) return { kind: 'unresolved', meaning: written, shown: written, reason };
  const meaning = cryptography.sha256(new TextEncoder().encode(written));
  const shown = fill(sentences['shown-characters'], { characters: written.length });
  return { kind: 'unresolved', meaning, shown, reason };
}
