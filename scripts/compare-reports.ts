/**
 * Compares what two builds answer: `node scripts/compare-reports.ts <checkout> <other checkout>`. Both review every
 * scenario, and every file in GO_LIVE_CORPUS as added, removed, damaged and edited; JSON, comment and HTML must be equal to
 * the byte. With `--without-sentences` only the JSON is compared, without its sentences and without the digests that depend on
 * them. Prints what differs and fails then, or when it compared nothing.
 */
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SCENARIOS = fileURLToPath(new URL('../__tests__/scenarios', import.meta.url));
const operands = process.argv.slice(2).filter((operand) => operand !== '--without-sentences');
const withoutSentences = operands.length < process.argv.length - 2;
const FORMATS = withoutSentences ? ['json'] : ['json', 'markdown', 'html'];
const NOW = '2026-11-02T18:00:00Z';
const WORKERS = 2;

interface Pair {
  readonly name: string;
  readonly base: string;
  readonly head: string;
}

function listFilesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
}

/** Every folder with a `base` and a `head`. A side that is empty is not in git: it is made in `scratch`. */
function listScenarioPairs(scratch: string): readonly Pair[] {
  const empty = join(scratch, 'empty');
  mkdirSync(empty, { recursive: true });
  const folders = [
    ...new Set(
      listFilesIn(SCENARIOS)
        .filter((name) => name.endsWith('scenario.yml'))
        .map(dirname),
    ),
  ].sort();
  return folders.map((name) => {
    const getFolder = (part: string) => (existsSync(join(SCENARIOS, name, part)) ? join(SCENARIOS, name, part) : empty);
    return { name, base: getFolder('base'), head: getFolder('head') };
  });
}

const EDITS: Readonly<Record<string, (text: string) => string>> = {
  id: (text) => text.replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i, '11111111-2222-4333-8444-555555555555'),
  switch: (text) => text.replace(/\b(true|false)\b/i, (word) => (/true/i.test(word) ? 'false' : 'true')),
  host: (text) => text.replace(/healthvault-ppe\.com/gi, 'healthvault.com'),
  damaged: (text) => text.slice(0, Math.floor(text.length / 2)),
};

/** Each real file as added, removed, and edited in ways that mean something. */
function listCorpusPairs(corpus: string, scratch: string): readonly Pair[] {
  return readdirSync(corpus)
    .filter((family) => statSync(join(corpus, family)).isDirectory())
    .flatMap((family) => listFilesIn(join(corpus, family)).map((file) => join(family, file)))
    .sort()
    .flatMap((file, index) => {
      const folder = join(scratch, String(index));
      const writeSide = (part: string, text: string | Buffer | null): string => {
        const root = join(folder, part);
        mkdirSync(dirname(join(root, file)), { recursive: true });
        if (text !== null) writeFileSync(join(root, file), text);
        return root;
      };
      const bytes = readFileSync(join(corpus, file));
      const original = writeSide('original', bytes);
      const nothing = writeSide('nothing', null);
      const edited = Object.entries(EDITS).flatMap(([edit, apply]): readonly Pair[] => {
        const text = apply(bytes.toString('latin1'));
        if (text === bytes.toString('latin1')) return [];
        return [{ name: `${file} (${edit})`, base: original, head: writeSide(edit, Buffer.from(text, 'latin1')) }];
      });
      return [
        { name: `${file} (added)`, base: nothing, head: original },
        { name: `${file} (removed)`, base: original, head: nothing },
        ...edited,
      ];
    });
}

async function answer(checkout: string, { base, head }: Pair, format: string): Promise<string> {
  const operands = ['check', '--base', base, '--head', head, '--now', NOW, '--format', format];
  const options = { maxBuffer: 256 * 1024 * 1024, env: { ...process.env, NO_COLOR: '1' } };
  try {
    const { stdout, stderr } = await run(process.execPath, [join(checkout, 'dist', 'cli.js'), ...operands], options);
    return `0\n${stdout}${stderr}`;
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return `${code}\n${stdout}${stderr}`;
  }
}

/** Keys of a report whose values are sentences or names for readers, or digests that depend on the sentences of the policy. */
const SENTENCES = new Set(
  (
    'reason note because text title titles attests message advice calendar reading detail who name mail evidence approvers ' +
    'words asked fingerprint digest clearance citations contact request document notNeeded'
  ).split(' '),
);

/** The same answer; without sentences where they are not compared. */
function toComparable(text: string): string {
  const start = text.indexOf('{');
  if (!withoutSentences || start === -1) return text;
  const report: unknown = JSON.parse(text.slice(start, text.lastIndexOf('}') + 1));
  const kept = JSON.stringify(report, (key, value: unknown) => (SENTENCES.has(key) ? undefined : value), 1);
  return text.slice(0, start) + kept;
}

function findFirstDifference(a: string, b: string): string {
  const lines = a.split('\n');
  const others = b.split('\n');
  const index = lines.findIndex((line, at) => line !== others[at]);
  return `  - ${(lines[index] ?? '').slice(0, 400)}\n  + ${(others[index] ?? '').slice(0, 400)}`;
}

const [first, second] = operands;
if (first === undefined || second === undefined) throw new Error('name two checkouts with a built dist');
const scratch = mkdtempSync(join(tmpdir(), 'go-live-compare-'));
const corpus = process.env.GO_LIVE_CORPUS;
if (corpus === undefined) console.log('GO_LIVE_CORPUS is not set: real files are skipped.');
const pairs = [...listScenarioPairs(scratch), ...(corpus === undefined ? [] : listCorpusPairs(corpus, scratch))];
const queue = pairs.flatMap((pair) => FORMATS.map((format) => ({ pair, format })));
const total = queue.length;
let differing = 0;

async function runWorker(): Promise<void> {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { pair, format } = next;
    const answers = await Promise.all([first, second].map((checkout) => answer(checkout ?? '', pair, format)));
    const [a = '', b = ''] = answers.map(toComparable);
    if (a === b) continue;
    differing += 1;
    console.log(`${pair.name} (${format})\n${findFirstDifference(a, b)}`);
  }
}

await Promise.all(Array.from({ length: WORKERS }, runWorker));
rmSync(scratch, { recursive: true });
console.log(`${pairs.length} pairs, ${total} answers compared, ${differing} differ.`);
if (differing > 0 || total === 0) process.exitCode = 1;
