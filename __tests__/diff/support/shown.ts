/** The comparison as people see it: without the meanings that only bind an approval, which meaning.test.ts checks. */
import { diffDocuments as compareDocuments } from '../../../src/diff/documents.ts';
import { diffFile as compareFile } from '../../../src/diff/file.ts';
import type { Change } from '../../../src/model/change.ts';
import type { ConfigDocument } from '../../../src/model/document.ts';

function shown({ meaning: _, ...change }: Change): Change {
  return change;
}

export function diffDocuments(base: ConfigDocument | null, head: ConfigDocument | null): readonly Change[] {
  return compareDocuments(base, head).map(shown);
}

export function diffFile(base: readonly ConfigDocument[], head: readonly ConfigDocument[]): readonly Change[] {
  return compareFile(base, head).map(shown);
}
