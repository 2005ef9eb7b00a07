/** Documents that a policy declares, where they differ from the declaration. */
import { defineMessage } from '../../model/messages.ts';

/** Reasons for unresolved values. */
export const messages = {
  unexpectedRoot: defineMessage(
    'plain-root',
    ({ found }: { found: string }) =>
      `${found} is the whole content of the file, and no setting of the policy's documents reads it.`,
    "Let a setting of the policy's `documents` read the list or the value, or narrow `files`.",
  ),
  tooManyParts: defineMessage(
    'plain-parts',
    ({ found, limit }: { found: number; limit: number }) =>
      `The document has ${found} parts; more than ${limit} are not read.`,
    "Narrow `files` of the policy's `documents` to the files that the build merges.",
  ),
  expression: defineMessage(
    'plain-expression',
    ({ pointer }: { pointer: string }) => `The value at ${pointer} is an expression, which only a build evaluates.`,
    'The build computes the value. Write it out, or let a rule for the trait `unresolved` decide.',
  ),
  unexpectedShape: defineMessage(
    'plain-shape',
    ({ found, pointer, expected }: { found: string; pointer: string; expected: string }) =>
      `${found} is at ${pointer}; expected ${expected}.`,
    "The file does not have the form that the policy's `documents` says; the message names the JSON pointer.",
  ),
};

/** What a file holds and what the policy expects. */
export const words = {
  found: { list: 'A list', map: 'A map', scalar: 'One value' },
  part: (number: number) => `document ${number}`,
  value: 'one value',
  list: 'a list of plain values',
  listOrMap: 'a list or a map',
};
