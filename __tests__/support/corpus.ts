/** The public files of the corpus (folder in GO_LIVE_CORPUS); tests that need them skip aloud without it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.GO_LIVE_CORPUS ?? '';

/** Whether the corpus is there; says so once per test file when it is not. */
export const corpusIsThere: boolean = folder !== '' && existsSync(folder);
// biome-ignore lint/suspicious/noConsole: a skipped test says so aloud
if (!corpusIsThere) console.warn('GO_LIVE_CORPUS names no folder: tests on real files are skipped.');

export function readCorpusFile(path: string): Uint8Array {
  return readFileSync(join(folder, path));
}
