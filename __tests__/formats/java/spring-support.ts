/** Spring's files as their reader tells them, in lines. */
import { spring } from '../../../src/formats/java/spring.ts';
import type { ConfigDocument, ReadResult } from '../../../src/model/document.ts';
import { readWith } from '../../support/read-context.ts';

/** What stands beside a file, by path. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export function read(text: string | Uint8Array, files: Files = {}, path = 'src/application.yml'): ReadResult {
  return readWith(spring, path, text, files);
}

/** `line:column id value` of every setting; what cannot be told with a question mark, secrets by their names. */
export function told({ settings }: ConfigDocument): readonly string[] {
  return settings.map(({ id, value, at: { line, column } }) => {
    const said =
      value.kind === 'text' ? value.meaning : 'shown' in value ? `? ${value.shown}` : 'what' in value ? value.what : '';
    return `${line}:${column} ${id} ${said}`;
  });
}

/** `part: settings` of every document, or what the file is instead. */
export function parts(result: ReadResult): readonly string[] {
  return result.kind === 'documents'
    ? result.documents.map((document) => `${document.part}: ${told(document).join(', ')}`)
    : [result.kind];
}
