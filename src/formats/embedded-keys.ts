/**
 * Private keys in the text of any configuration, whatever the setting that holds them is called: a PEM block in Python
 * settings, in a value of XML, in program source (domain: secrets are found by content, not only by name).
 */
import sentences from '../../data/messages/formats-files.json' with { type: 'json' };
import type { ConfigDocument, Setting } from '../model/document.ts';
import { fill } from '../model/messages.ts';
import type { Cryptography, SourceFile } from '../model/source.ts';
import { decodeText } from '../syntax/text.ts';
import { isPrivateKeyLabel, pemBlocks } from './pem.ts';

/** Formats that look for keys themselves. */
const OWN_SEARCH: ReadonlySet<string> = new Set(['certificate', 'key-store']);

/** Less than this in one piece is a mention of PEM (a comparison, a comment), no key. */
const KEY_CHARACTERS = /[A-Za-z0-9+/]{24}/;

/**
 * The documents of a file, the first of them with a `secret` for each private key in the text that no reader found: none
 * stands on the line where the block begins. Never throws; a text that cannot be decoded is left to the readers.
 */
export function withEmbeddedKeys(
  file: SourceFile,
  documents: readonly ConfigDocument[],
  cryptography: Cryptography,
): readonly ConfigDocument[] {
  const [first, ...others] = documents;
  if (first === undefined || OWN_SEARCH.has(first.format)) return documents;
  const decoded = decodeText(file.bytes, 'plain');
  if ('problem' in decoded || !decoded.text.includes('PRIVATE KEY-----')) return documents;
  const known = documents.flatMap(({ settings }) => settings.filter(({ value }) => value.kind === 'secret'));
  const found = pemBlocks(decoded.text).flatMap(({ label, body, at }): readonly Setting[] => {
    if (!isPrivateKeyLabel(label) || body === null || !KEY_CHARACTERS.test(body)) return [];
    if (known.some((secret) => secret.at.file === file.path && secret.at.line === at.line)) return [];
    const meaning = cryptography.sha256(new TextEncoder().encode(body));
    const what = fill(sentences['key-in-text'], { label });
    return [{ id: 'secret', value: { kind: 'secret', meaning, what }, at: { file: file.path, ...at } }];
  });
  return found.length === 0 ? documents : [{ ...first, settings: [...first.settings, ...found] }, ...others];
}
