/** Every story of `examples`, with each exchange checked against GitHub's own description. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runActionProcess } from '../../src/stories/runner.ts';
import { createStoryIo, playStoryFile, type StoryIo } from '../../src/stories/simulate.ts';
import { findExchangeProblems } from '../support/github-description.ts';
import { BUILT_ACTION, runActionQuickly } from '../support/run-action.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
/** Always played with the built action. */
const FIRST_STORY = 'first-review.yml';
const stories = [
  FIRST_STORY,
  ...readdirSync(join(EXAMPLES, 'stories'))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `stories/${name}`),
].sort();

if (!existsSync(BUILT_ACTION)) throw new Error(`There is no ${BUILT_ACTION}: build the action first (npm run build).`);
// One after the other: between the ends of two tests, jest refuses what the action imports on demand.
test.each(stories)(
  '%s has the expected answers',
  async (name) => {
    const path = join(EXAMPLES, name);
    const problems: string[] = [];
    let told = '';
    const io: StoryIo = {
      ...createStoryIo(path, BUILT_ACTION, (text) => {
        told += text;
      }),
      runAction: name === FIRST_STORY ? runActionProcess : runActionQuickly,
      watch: (github) => {
        github.onExchange = (exchange) => problems.push(...findExchangeProblems(exchange));
      },
    };
    const exit = await playStoryFile(readFileSync(path, 'utf8'), path, io);
    expect(told).not.toMatch(/NOT AS EXPECTED|NOT USED/);
    expect([exit, problems]).toEqual([0, []]);
  },
  120_000,
);
