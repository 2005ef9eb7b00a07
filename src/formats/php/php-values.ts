/** One-value files of the PHP library, known by their exact names: `app.id` and `app.fp` (the certificate's thumbprint). */
import sentences from '../../../data/messages/formats-files.json' with { type: 'json' };
import type { ConfigDocument, Setting, SettingValue } from '../../model/document.ts';
import { fill } from '../../model/messages.ts';
import { baseName } from '../../model/paths.ts';
import type { Cryptography, Place } from '../../model/source.ts';
import { positionsIn } from '../../syntax/positions.ts';
import { decodeText } from '../../syntax/text.ts';
import { thumbprintValue } from '../certificates/thumbprint.ts';
import { applicationIdValue } from '../client/application-id.ts';
import { clientDocument } from '../client/client-document.ts';
import type { Format } from '../format.ts';
import { keysIn } from '../secrets/key-text.ts';
import { secretValue } from '../secrets/secrets.ts';

const ID = 'php-values';

export const phpValues: Format = {
  id: ID,
  claims: (path) => /^app\.(?:id|fp)$/i.test(baseName(path)),
  read(file, context) {
    const decoded = decodeText(file.bytes, 'plain');
    if ('problem' in decoded) return { kind: 'unreadable', problem: decoded.problem };
    return { kind: 'documents', documents: [documentOf(file.path, decoded.text, context.cryptography)] };
  },
};

function documentOf(file: string, text: string, cryptography: Cryptography): ConfigDocument {
  const at: Place = { file, ...positionsIn(text)(text.length - text.trimStart().length) };
  const key = baseName(file).toLowerCase();
  return clientDocument({ file, format: ID, settings: [settingOf(key, text, at, cryptography)] });
}

function settingOf(key: string, text: string, at: Place, cryptography: Cryptography): Setting {
  const hidden = keysIn(text).length > 0 ? secretValue(text.trim(), key, cryptography) : null;
  if (hidden !== null) return { id: 'secret', value: hidden, at };
  const several = severalLines(key, text, cryptography);
  if (key === 'app.id') return { id: 'app-id', value: several ?? applicationIdValue(text), at };
  return { id: 'certificate', value: several ?? thumbprintValue(key, text, at), at };
}

/** More than the one value may be anything, a key included: bound by its digest and not shown. */
function severalLines(key: string, text: string, cryptography: Cryptography): SettingValue | null {
  const written = text.trim();
  if (!/[\r\n]/.test(written)) return null;
  const reason = fill(sentences['value-several-lines'], { key });
  const lines = written.split(/\r\n|\r|\n/);
  const shown = fill(sentences['shown-lines'], { lines: lines.length });
  const meaning = cryptography.sha256(new TextEncoder().encode(lines.map((line) => line.trim()).join('\n')));
  return { kind: 'unresolved', meaning, shown, reason };
}
