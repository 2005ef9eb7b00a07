/** What readers get in addition to the file, for tests: a tree in memory. */

import type { Format, ReadContext } from '../../src/formats/format.ts';
import type { ConfigDocument, ReadResult, Setting } from '../../src/model/document.ts';
import { createMemoryTree } from './memory-tree.ts';

export function readContext(files: Readonly<Record<string, string | Uint8Array>> = {}): ReadContext {
  return {
    tree: createMemoryTree('head', files),
    gateFiles: { policy: '.github/go-live.yml', workflow: null, action: null },
    plainDocuments: [],
  };
}

export function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

export function readWith(
  format: Format,
  path: string,
  content: string | Uint8Array,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): ReadResult {
  return format.read({ path, bytes: toBytes(content) }, readContext({ ...files, [path]: content }));
}

/** The only document of an answer; fails where there is none or another number. */
export function getOnlyDocument(result: ReadResult): ConfigDocument {
  if (result.kind !== 'documents') throw new Error(`no documents: ${JSON.stringify(result)}`);
  const [only, second] = result.documents;
  if (only === undefined || second !== undefined) throw new Error(`${result.documents.length} documents`);
  return only;
}

/** The setting of that id and culture; fails when it is missing. */
export function getSetting(document: ConfigDocument, id: string, culture?: string): Setting {
  const found = document.settings.find((setting) => setting.id === id && setting.culture === culture);
  if (found === undefined)
    throw new Error(`no ${id} among ${document.settings.map((setting) => setting.id).join(', ')}`);
  return found;
}

/** Settings in what they mean: places and the order of sets left out. */
export function serializeMeaning(document: ConfigDocument): string {
  const plain = document.settings.map(({ id, culture, value }) => {
    if (value.kind === 'set') return { id, culture, items: value.items.map(({ meaning }) => meaning).sort() };
    if (value.kind === 'access') {
      const rules = value.rules.map(({ at: _at, typePlaces: _places, ...rule }) => JSON.stringify(rule));
      return { id, culture, rules: rules.sort() };
    }
    return { id, culture, kind: value.kind, meaning: value.meaning };
  });
  return JSON.stringify(plain, null, 1);
}
