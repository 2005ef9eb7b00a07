/** `simulate`: plays a story against the embedded GitHub, with the built action as the runner would start it. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { packagedPlace } from '../git/packaged-files.ts';
import { UsageError } from '../model/errors.ts';
import { simulate as play, storyIo } from '../stories/simulate.ts';
import type { Command } from './command.ts';

/** The `simulate` command. */
export const simulate: Command = {
  name: 'simulate',
  operands: '<story.yml>',
  summary: 'plays a story (open, push, label, merge queue) and prints the gate’s answer after each step',
  options: [],
  async run(given, terminal) {
    const [path, ...rest] = given.operands;
    if (path === undefined || rest.length > 0) {
      throw new UsageError('wrong-option', 'Say one story: go-live-gate simulate examples/first-review.yml');
    }
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text === null) throw new UsageError('story-not-found', `There is no readable story at ${path}.`);
    return play(text, path, storyIo(path, fileURLToPath(packagedPlace('dist/index.js')), terminal.out));
  },
};
