/**
 * Fuzzes readers, policy loader and outputs by hand: `node scripts/fuzz.ts [inputs] [first seed] [threads]`, 1,000,000 inputs
 * unless said. Each input may take a second of its thread's time, and a thread 200 MB; whatever is wrong is printed with
 * what repeats it (`node scripts/fuzz.ts --repeat <seed> <input>`), and the exit code is 1. `--write` at the end puts the
 * figures into `docs/development/quality.md`.
 */
import { Worker } from 'node:worker_threads';
import type { Batch, BatchResult } from './fuzz/batch.ts';
import { recordBlock } from './record.ts';

/** Longest that one input may take, in milliseconds of CPU time. */
const LIMIT_MS = 1000;
/** A thread that says nothing for so long hangs, however busy the machine is. */
const SILENCE_MS = 60_000;
/** Most memory of a thread's heap. */
const HEAP_MB = 200;
/** Inputs of one seed, tried by one thread. */
const ROW = 5000;

interface Ended extends BatchResult {
  readonly tried: number;
}

/** Runs inputs of one seed on a thread; one that hangs or needs too much memory ends it, and is named. */
async function tryRow(seed: number, from: number, count: number): Promise<Ended> {
  const progress = new SharedArrayBuffer(4);
  const state = new Int32Array(progress);
  const batch: Batch = { seed, from, count, progress, limitMs: LIMIT_MS };
  const worker = new Worker(new URL('./fuzz/worker.ts', import.meta.url), {
    workerData: batch,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  let last = -1;
  let since = performance.now();
  return await new Promise((resolve) => {
    const end = (result: BatchResult, tried: number) => {
      clearInterval(watch);
      resolve({ ...result, tried });
    };
    const fail = (complaint: string) => {
      const input = state[0] ?? from;
      const complaints = [{ place: `seed ${seed}, input ${input}`, complaint }];
      end({ complaints, slowestMs: 0, slowest: '' }, input - from + 1);
    };
    const watch = setInterval(() => {
      if (state[0] !== last) [last, since] = [state[0] ?? -1, performance.now()];
      else if (performance.now() - since > SILENCE_MS) {
        void worker.terminate();
        fail(`hangs: no answer for ${SILENCE_MS / 1000} s`);
      }
    }, 1000);
    worker.once('message', (result: BatchResult) => end(result, count));
    worker.once('error', (error: Error) => fail(`ends the thread: ${error.message}`));
  });
}

function print({ complaints }: BatchResult): void {
  for (const { place, complaint } of complaints) console.log(`${place}\n    ${complaint.slice(0, 1500)}`);
}

async function runFuzz(total: number, firstSeed: number, threads: number): Promise<boolean> {
  const start = performance.now();
  let given = 0;
  let tried = 0;
  let wrong = 0;
  let slowest = { slowestMs: 0, slowest: '' };
  let next = firstSeed;
  const runThread = async (): Promise<void> => {
    while (given < total) {
      const count = Math.min(ROW, total - given);
      given += count;
      const seed = next;
      next += 1;
      for (let from = 0; from < count; ) {
        const ended = await tryRow(seed, from, count - from);
        print(ended);
        from += ended.tried; // behind an input that ended its thread, another one goes on
        tried += ended.tried;
        wrong += ended.complaints.length;
        if (ended.slowestMs > slowest.slowestMs) slowest = ended;
      }
      const seconds = Math.round((performance.now() - start) / 1000);
      process.stderr.write(`${tried} inputs, ${wrong} complaints, ${seconds} s\n`);
    }
  };
  await Promise.all(Array.from({ length: threads }, runThread));
  const figures = [
    `${tried} inputs from seed ${firstSeed}: ${wrong} complaints (\`node scripts/fuzz.ts ${total} ${firstSeed}\`).`,
    `The slowest took ${Math.round(slowest.slowestMs)} ms of CPU time: ${slowest.slowest}.`,
    wrong === 0 ? `No thread needed more than ${HEAP_MB} MB of heap, none hung.` : 'What went wrong is printed above.',
  ].join('\n');
  console.log(figures);
  if (process.argv.includes('--write')) await recordBlock('fuzz', figures);
  return wrong === 0;
}

const words = process.argv.slice(2).filter((word) => word !== '--write');
if (words[0] === '--repeat') {
  const ended = await tryRow(Number(words[1]), Number(words[2]), 1);
  print(ended);
  process.exitCode = ended.complaints.length === 0 ? 0 : 1;
} else {
  const [total = 1_000_000, seed = 1, threads = 1] = words.map(Number);
  process.exitCode = (await runFuzz(total, seed, threads)) ? 0 : 1;
}
