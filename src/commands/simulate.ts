/** `simulate`: plays a story against the embedded GitHub, with the built action as the runner would start it. */
import { fileURLToPath } from 'node:url';
import { packagedPlace } from '../git/packaged-files.ts';
import { UsageError } from '../model/errors.ts';
import { playStoryFile as play, storyIo } from '../stories/simulate.ts';
import type { Command } from './command.ts';
import { readNamedFile } from './local-files.ts';
import { messages, usage } from './messages.ts';

/** The `simulate` command. */
export const simulate: Command = {
  name: 'simulate',
  operands: '<story.yml>',
  summary: 'plays a story (open, push, label, merge queue) and prints the gate’s answer after each step',
  options: [],
  async run(given, terminal) {
    const [path, ...rest] = given.operands;
    if (path === undefined || rest.length > 0) throw new UsageError(messages.wrongOption(usage.simulate));
    const text = await readNamedFile(path, messages.storyNotFound({ path }));
    return play(text, path, storyIo(path, fileURLToPath(packagedPlace('dist/index.js')), terminal.out));
  },
};
