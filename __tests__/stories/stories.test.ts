/** Every story of `examples`, through the built action, with each exchange checked against GitHub's own description. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createStoryIo, playStoryFile, type StoryIo } from '../../src/stories/simulate.ts';
import { exchangeProblems } from '../support/github-description.ts';
import { BUILT_ACTION } from '../support/run-action.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
const stories = [
  'first-review.yml',
  ...readdirSync(join(EXAMPLES, 'stories'))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `stories/${name}`),
].sort();

if (!existsSync(BUILT_ACTION)) throw new Error(`There is no ${BUILT_ACTION}: build the action first (npm run build).`);
test.concurrent.each(stories)(
  '%s goes as it says',
  async (name) => {
    const path = join(EXAMPLES, name);
    const problems: string[] = [];
    let told = '';
    const io: StoryIo = {
      ...createStoryIo(path, BUILT_ACTION, (text) => {
        told += text;
      }),
      watch: (github) => {
        github.onExchange = (exchange) => problems.push(...exchangeProblems(exchange));
      },
    };
    const exit = await playStoryFile(readFileSync(path, 'utf8'), path, io);
    expect(told).not.toContain('NOT AS THE STORY SAYS');
    expect([exit, problems]).toEqual([0, []]);
  },
  120_000,
);
