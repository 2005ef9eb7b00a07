/**
 * How much the long suites play. `npm test` takes a sample of each campaign, the same one every time; `GO_LIVE_CAMPAIGN=1`
 * plays all of it, as `.ci/run` does.
 */

/** True: every position, every fault, every hostile text. */
export const WHOLE_CAMPAIGN = process.env.GO_LIVE_CAMPAIGN === '1';

/** All entries in a campaign, else every `step`th, starting with number `first`. Never empty where there are entries. */
export function selectSample<T>(all: readonly T[], step: number, first = 0): readonly T[] {
  if (WHOLE_CAMPAIGN) return all;
  return all.filter((_, index) => index % step === first % Math.min(step, all.length));
}
