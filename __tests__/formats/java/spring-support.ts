/** Spring's files as their reader reads them, in lines. */
import { spring } from '../../../src/formats/java/spring.ts';
import type { ReadResult } from '../../../src/model/document.ts';
import { listSettings } from '../../support/expect-settings.ts';
import { readWith } from '../../support/read-context.ts';

/** What is beside a file, by path. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export function read(text: string | Uint8Array, files: Files = {}, path = 'src/application.yml'): ReadResult {
  return readWith(spring, path, text, files);
}

/** `part: settings` of every document, or what the file is instead. */
export function parts(result: ReadResult): readonly string[] {
  return result.kind === 'documents'
    ? result.documents.map((document) => `${document.part}: ${listSettings(document, 'column').join(', ')}`)
    : [result.kind];
}
