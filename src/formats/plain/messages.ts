/** Messages for declared documents that differ from the policy's declaration. */
import { defineMessage } from '../../model/messages.ts';

/** Reasons for unresolved values. */
export const messages = {
  unexpectedRoot: defineMessage(
    'plain-root',
    ({ found }: { found: string }) =>
      `${found} is the whole content of the file, and no setting under documents in the policy reads it. Add a setting.`,
    'Add a setting that reads the list or the value to `documents` in the policy, or narrow `files`.',
  ),
  tooManyParts: defineMessage(
    'plain-parts',
    ({ found, limit }: { found: number; limit: number }) =>
      `The document has ${found} parts, and the gate reads at most ${limit}. Narrow files.`,
    'Narrow `files` under `documents` in the policy to the files that the build merges.',
  ),
  expression: defineMessage(
    'plain-expression',
    ({ pointer }: { pointer: string }) =>
      `The value at ${pointer} is an expression, which only a build evaluates. Write the value out.`,
    'Write the value out, or add a rule for the trait `unresolved`.',
  ),
  unexpectedShape: defineMessage(
    'plain-shape',
    ({ found, pointer, expected }: { found: string; pointer: string; expected: string }) =>
      `${found} is at ${pointer}, expected ${expected}.`,
    'Correct the value at the JSON pointer in the message, or the setting under `documents` in the policy.',
  ),
};

/** The content of a file and the expectation of the policy. */
export const words = {
  found: { list: 'A list', map: 'A map', scalar: 'One value' },
  part: (number: number) => `document ${number}`,
  value: 'one value',
  list: 'a list of plain values',
  listOrMap: 'a list or a map',
  hidden: '(password)',
};
