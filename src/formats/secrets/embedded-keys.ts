/**
 * Private keys in the text of any configuration, under any setting: in Python settings, in a
 * value of XML, in program source. They count as secrets and are never shown.
 */
import { computeSha256 } from '../../model/digest.ts';
import type { ConfigDocument, Setting } from '../../model/document.ts';
import type { SourceFile } from '../../model/source.ts';
import { createPositionFinder } from '../../syntax/positions.ts';
import { decodeRoughly, decodeText } from '../../syntax/text.ts';
import { buildKeySecret, findPrivateKeys, type KeyText } from './key-text.ts';
import { hideShownKeys } from './shown-keys.ts';

/** Formats that look for keys themselves. */
const OWN_SEARCH: ReadonlySet<string> = new Set(['certificate', 'key-store']);

/**
 * The documents of a file without keys in the shown text. Each key that no reader found is a `secret`. Keys from the
 * file's text are in the first document. Never throws.
 */
export function addEmbeddedKeys(file: SourceFile, documents: readonly ConfigDocument[]): readonly ConfigDocument[] {
  const [first] = documents;
  if (first === undefined) return documents;
  const text = decodeForSearch(file);
  const keys = OWN_SEARCH.has(first.format) ? [] : findPrivateKeys(text);
  const secrets = locateSecrets(findUncountedKeys(keys, text, documents), file.path, text);
  return documents.map((document) => {
    const safe = hideShownKeys(document, keys);
    return document === first ? { ...safe, settings: [...safe.settings, ...secrets] } : safe;
  });
}

/** The keys in the text of a file as secrets, each at its place. Never throws. */
export function findPrivateKeysInFile(file: SourceFile): readonly Setting[] {
  const text = decodeForSearch(file);
  return locateSecrets(findPrivateKeys(text), file.path, text);
}

/** A text that does not decode is searched too, because PEM and digits are the same in every encoding. */
export function decodeForSearch(file: SourceFile): string {
  const decoded = decodeText(file.bytes, 'plain');
  return 'problem' in decoded ? decodeRoughly(file.bytes) : decoded.text;
}

/** Keys without a secret from a reader. A reader may see a key as written, without indents, with escapes or in one line. */
function findUncountedKeys(
  keys: readonly KeyText[],
  text: string,
  documents: readonly ConfigDocument[],
): readonly KeyText[] {
  const values = documents.flatMap(({ settings }) => settings.map(({ value }) => value));
  const known = new Set(values.flatMap((value) => (value.kind === 'secret' ? value.meaning : [])));
  return keys.filter(({ body, start, end }) => {
    const lines = text.slice(start, end).split(/\r?\n|\\n/);
    const trimmed = lines.map((line) => line.trim());
    const spellings = [body, lines.join('\n'), trimmed.join('\n'), `${trimmed.join('\n')}\n`, trimmed.join(' ')];
    return !spellings.some((one) => known.has(computeSha256(one)));
  });
}

function locateSecrets(keys: readonly KeyText[], path: string, text: string): readonly Setting[] {
  const findPosition = createPositionFinder(text);
  return keys.map((key) => buildKeySecret(key, { file: path, ...findPosition(key.start) }));
}
