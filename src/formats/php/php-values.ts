/** One-value files of the PHP library, known by their exact names: `app.id` and `app.fp` (the certificate's thumbprint). */
import { computeSha256 } from '../../model/digest.ts';
import type { Setting, SettingValue } from '../../model/document.ts';
import { getBaseName } from '../../model/paths.ts';
import type { Place } from '../../model/source.ts';
import { createPositionFinder } from '../../syntax/positions.ts';
import { decodeText } from '../../syntax/text.ts';
import { toThumbprintValue } from '../certificates/thumbprint.ts';
import { readApplicationId } from '../client/application-id.ts';
import { createClientDocument } from '../client/client-document.ts';
import type { Format } from '../format.ts';
import { findPrivateKeys } from '../secrets/key-text.ts';
import { buildSecret } from '../secrets/secrets.ts';
import { messages, words } from './messages.ts';

const ID = 'php-values';

export const phpValues: Format = {
  id: ID,
  matchesPath: (path) => /^app\.(?:id|fp)$/i.test(getBaseName(path)),
  getLoadedName: getBaseName,
  read({ path: file, bytes }) {
    const decoded = decodeText(bytes, 'plain');
    if ('problem' in decoded) return { kind: 'unreadable', problem: decoded.problem };
    const { text } = decoded;
    const at: Place = { file, ...createPositionFinder(text)(text.length - text.trimStart().length) };
    const key = getBaseName(file).toLowerCase();
    const hidden = findPrivateKeys(text).length > 0 ? buildSecret(text.trim(), key) : null;
    const value = buildMultilineValue(key, text.trim());
    const setting: Setting =
      hidden !== null
        ? { id: 'secret', value: hidden, at }
        : key === 'app.id'
          ? { id: 'app-id', value: value ?? readApplicationId(text), at }
          : { id: 'certificate', value: value ?? toThumbprintValue(key, text, at), at };
    return { kind: 'documents', documents: [createClientDocument({ file, format: ID, settings: [setting] })] };
  },
};

/** Several lines may contain anything, even a key. They are compared by digest and not shown. */
function buildMultilineValue(key: string, text: string): SettingValue | null {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  if (lines.length < 2) return null;
  const reason = messages.severalLines({ key }).message;
  return { kind: 'unresolved', meaning: computeSha256(lines.join('\n')), shown: words.lines(lines.length), reason };
}
