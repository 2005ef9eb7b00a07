/**
 * Plays random histories against the model. GO_LIVE_SEQUENCES sets how many in both suites together, GO_LIVE_SEED repeats the
 * ones of a failure, and GO_LIVE_SHRINK=0 does not look for a shorter one.
 */
import fc from 'fast-check';
import { playHistory } from './play-history.ts';
import { randomHistory } from './random-history.ts';

const HISTORIES = Number(process.env.GO_LIVE_SEQUENCES ?? 100);
const SEED = process.env.GO_LIVE_SEED === undefined ? {} : { seed: Number(process.env.GO_LIVE_SEED) };

/** Three of five histories are played with GraphQL, where the gate must also let through what it can prove. */
export async function checkModel(graphQl: boolean): Promise<void> {
  await fc.assert(
    fc.asyncProperty(randomHistory, (history) => playHistory(history, graphQl)),
    {
      numRuns: Math.ceil(HISTORIES * (graphQl ? 0.6 : 0.4)),
      endOnFailure: process.env.GO_LIVE_SHRINK === '0',
      ...SEED,
    },
  );
}
