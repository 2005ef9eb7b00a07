/**
 * Secrets in a file that its reader could not read: private keys, and values under the name of a password, in the
 * notations that configuration is written in. No file hides its passwords by a mistake in it.
 */
import type { Setting } from '../../model/document.ts';
import type { SourceFile } from '../../model/source.ts';
import { positionsIn } from '../../syntax/positions.ts';
import { decodeForSearch, findPrivateKeysInFile } from './embedded-keys.ts';
import { findPrivateKeys } from './key-text.ts';
import { buildSecret, isSecretName } from './secrets.ts';

const NAME = '([A-Za-z_][\\w.-]{0,99})';
const QUOTED = `"([^"\\n]*)"|'([^'\\n]*)'`;

/** Ways to write a value behind its name; the name is the first group, the value the first of the others that is there. */
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

/** Other names only mention passwords: `minRequiredPasswordLength`, `passwordFormat`. A public key's token is not secret. */
const HOLDS_IT = /^(?!public).*(?:pass|password|passwd|passphrase|pwd|pin|secret|token|credentials?|key)$/i;

/** Stands for no value, is a switch, or is looked up when the application starts. */
const GIVES_NOTHING = /^(?:null|none|nil|~|true|false|[|>][-+\d]*|[\w.]+[([].*|<%=? *ENV *[^%]*%>)$/i;

/** The secrets of a file as settings. Never throws. */
export function findUnreadSecrets(file: SourceFile): readonly Setting[] {
  const text = decodeForSearch(file);
  const positionOf = positionsIn(text);
  const found = new Map<number, Setting>();
  for (const notation of NOTATIONS) {
    for (const match of text.matchAll(notation)) {
      const [written, name = '', ...groups] = match;
      const [quoted, single, bare] = groups;
      const given = bare === undefined ? unescaped(quoted ?? single ?? '') : uncommented(bare);
      if (!isSecretName(name) || !HOLDS_IT.test(name) || GIVES_NOTHING.test(given) || findPrivateKeys(given).length > 0)
        continue;
      const value = buildSecret(given, name);
      const offset = match.index + written.indexOf(name);
      if (value !== null) found.set(offset, { id: 'secret', value, at: { file: file.path, ...positionOf(offset) } });
    }
  }
  return [...findPrivateKeysInFile(file), ...found.values()];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Built-in entities of XML written out. */
function unescaped(value: string): string {
  return value.trim().replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '');
}

/** Without a comment behind it and what ends a statement. */
function uncommented(value: string): string {
  return value
    .replace(/(?<!\s)\s+#.*/, '')
    .replace(/[;,]\s*$/, '')
    .trim();
}
