/** `simulate`: plays a story against the embedded GitHub, with the built action as the runner would start it. */
import { fileURLToPath } from 'node:url';
import { locatePackaged } from '../git/packaged-files.ts';
import { UsageError } from '../model/errors.ts';
import { createStoryIo, playStoryFile as play, type Show, shows } from '../stories/simulate.ts';
import { type Command, getOptionValue } from './command.ts';
import { readNamedFile } from './local-files.ts';
import { messages, usage } from './messages.ts';

/** The `simulate` command. */
export const simulate: Command = {
  name: 'simulate',
  options: [
    {
      name: 'show',
      value: shows.join('|'),
      text: 'output after each step: the verdict (default), also the comment as text, or also the JSON report',
    },
    { name: 'json', text: 'prints one JSON array with the result of each step' },
  ],
  async run(given, terminal) {
    const [path, ...rest] = given.operands;
    if (path === undefined || rest.length > 0) throw new UsageError(messages.wrongOption(usage.simulate));
    const show = getOptionValue(given, 'show') ?? 'status';
    if (!isShow(show)) throw new UsageError(messages.wrongOption(usage.show({ show, known: shows.join(', ') })));
    const text = await readNamedFile(path, messages.storyNotFound({ path }));
    const io = createStoryIo(path, fileURLToPath(locatePackaged('dist/index.js')), terminal.writeOut);
    return play(text, path, { ...io, show: given.values.json === true ? 'json' : show });
  },
};

function isShow(text: string): text is Show {
  return (shows as readonly string[]).includes(text);
}
