/** A certificate named by its thumbprint. It is the same element of the set as the certificate itself. */
import { computeSha256 } from '../../model/digest.ts';
import type { SettingValue } from '../../model/document.ts';
import type { Place } from '../../model/source.ts';
import { isWholePlaceholder } from '../secrets/secrets.ts';
import { messages, words } from './messages.ts';

/**
 * 40 hexadecimal digits in either case, with spaces, colons, dashes, or the invisible marks that the Windows dialog
 * puts in front. An empty text means no certificate. Anything else is `unresolved`. Of that, only a build's placeholder
 * is shown, because other text may be a key.
 */
export function toThumbprintValue(key: string, text: string, at: Place): SettingValue {
  const plain = text.replace(/[\s:\-\u200b-\u200f\u202a-\u202e\ufeff]/g, '').toLowerCase();
  if (plain === '') return { kind: 'set', items: [] };
  if (/^[0-9a-f]{40}$/.test(plain)) {
    return { kind: 'set', items: [{ meaning: plain, shown: words.thumbprint(plain), at }] };
  }
  const written = text.trim();
  const reason = messages.valueThumbprint({ key }).message;
  if (isWholePlaceholder(written)) return { kind: 'unresolved', meaning: written, shown: written, reason };
  return { kind: 'unresolved', meaning: computeSha256(written), shown: words.characters(written.length), reason };
}
