/**
 * The gate against a model of "may merge": whatever people do in whatever order, both say the same. GO_LIVE_SEQUENCES
 * sets how many histories are played, GO_LIVE_SEED repeats the ones of a failure.
 */
import fc from 'fast-check';
import { playHistory } from '../support/play-history.ts';
import { randomHistory } from '../support/random-history.ts';

const HISTORIES = Number(process.env.GO_LIVE_SEQUENCES ?? 100);
const SEED = process.env.GO_LIVE_SEED === undefined ? {} : { seed: Number(process.env.GO_LIVE_SEED) };

const play = (graphQl: boolean, numRuns: number) =>
  fc.assert(
    fc.asyncProperty(randomHistory, (history) => playHistory(history, graphQl)),
    { numRuns, ...SEED },
  );

test('the gate lets nothing through that the model does not, and everything that it can prove', async () => {
  await play(true, HISTORIES);
}, 1_200_000);

test('by REST, too, the gate lets nothing through that the model does not', async () => {
  await play(false, Math.ceil(HISTORIES / 10));
}, 1_200_000);
