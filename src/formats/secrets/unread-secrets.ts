/**
 * Secrets in a file that its reader could not read: private keys, and values under a password's name in the notations
 * of configuration. A syntax error must not hide a password.
 */
import type { Setting } from '../../model/document.ts';
import type { SourceFile } from '../../model/source.ts';
import { createPositionFinder } from '../../syntax/positions.ts';
import { decodeForSearch, findPrivateKeysInFile } from './embedded-keys.ts';
import { findPrivateKeys } from './key-text.ts';
import { buildSecret, containsSecret, joinEmbeddedPasswords } from './secrets.ts';

const NAME = '([A-Za-z_][\\w.-]{0,99})';
const QUOTED = `"([^"\\n]*)"|'([^'\\n]*)'`;

/** Notations of a value after its name. The first group is the name. The value is the first other group that matches. */
const NOTATIONS: readonly RegExp[] = [
  // <add key="name" value="..."/>
  new RegExp(`\\bkey\\s*=\\s*["']${NAME}["'][^<>]{0,200}?\\bvalue\\s*=\\s*(?:${QUOTED})`, 'g'),
  // <name>...</name>
  new RegExp(`<${NAME}(?:\\s[^<>]*)?>([^<>]+)</`, 'g'),
  // <key>name</key><string>...</string>
  new RegExp(`<key>\\s*${NAME}\\s*</key>\\s*<string>([^<>]+)</`, 'g'),
  // <x name="...">
  new RegExp(`\\s${NAME}\\s*=\\s*(?:${QUOTED})`, 'g'),
  // {"name": "..."} and {name: ...}
  new RegExp(`[{,]\\s*["']?${NAME}["']?\\s*:\\s*(?:${QUOTED}|([^\\s"'{}[\\],][^{},\\n]*))`, 'g'),
  // name: ... and name = ... as a line of its own
  new RegExp(`^[ \\t]*(?:- +|export +)?["']?${NAME}["']?[ \\t]*[:=][ \\t]*(?:${QUOTED}|([^\\s"'{[].*))`, 'gm'),
];

/** The secrets of a file as settings. Never throws. */
export function findUnreadSecrets(file: SourceFile): readonly Setting[] {
  const text = decodeForSearch(file);
  const findPosition = createPositionFinder(text);
  const found = new Map<number, Setting>();
  for (const notation of NOTATIONS) {
    for (const match of text.matchAll(notation)) {
      const [written, name = '', ...groups] = match;
      const [quoted, single, bare] = groups;
      const given = bare === undefined ? unescapeValue(quoted ?? single ?? '') : removeComment(bare);
      const password = containsSecret(name, given) ? given : joinEmbeddedPasswords(given);
      if (password === null || findPrivateKeys(password).length > 0) continue;
      const value = buildSecret(password, name);
      const offset = match.index + written.indexOf(name);
      if (value !== null && !found.has(offset))
        found.set(offset, { id: 'secret', value, at: { file: file.path, ...findPosition(offset) } });
    }
  }
  return [...findPrivateKeysInFile(file), ...found.values()];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Decodes XML's built-in entities. */
function unescapeValue(value: string): string {
  return value.trim().replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '');
}

/** Removes the comment after a value and the end of the statement. */
function removeComment(value: string): string {
  return value
    .replace(/(?<!\s)\s+#.*/, '')
    .replace(/[;,]\s*$/, '')
    .trim();
}
