/** Tries a row of inputs on a thread of its own, with little memory, and says of each when it begins and what was wrong. */
import { parentPort, workerData } from 'node:worker_threads';
import * as fc from 'fast-check';
import { fuzzInputs } from '../../__tests__/fuzz/support/inputs.ts';
import { readSeeds } from '../../__tests__/fuzz/support/seeds.ts';
import { complaintAbout } from '../../__tests__/fuzz/support/trial.ts';
import type { Batch, BatchResult } from './batch.ts';

const { seed, from, count, progress, limitMs } = workerData as Batch;
const state = new Int32Array(progress);
const complaints: BatchResult['complaints'][number][] = [];
let slowestMs = 0;
let slowest = '';

/** Time that this thread has used: what others do on the machine does not count. */
function getUsedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const inputs = fc.sample(fuzzInputs(readSeeds()), { seed, numRuns: from + count }).slice(from);
for (const [index, input] of inputs.entries()) {
  Atomics.store(state, 0, from + index);
  const start = getUsedMs();
  const complaint = complaintAbout(input);
  const took = getUsedMs() - start;
  const place = `seed ${seed}, input ${from + index} (${input.name})`;
  if (complaint !== null) complaints.push({ place, complaint });
  if (took > limitMs) complaints.push({ place, complaint: `takes ${Math.round(took)} ms` });
  if (took > slowestMs) [slowestMs, slowest] = [took, place];
}
const result: BatchResult = { complaints, slowestMs, slowest };
parentPort?.postMessage(result);
