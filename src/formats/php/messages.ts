/** Files of the PHP library that do not contain exactly one value. */
import { defineMessage } from '../../model/messages.ts';

/** Reasons for unresolved values. */
export const messages = {
  severalLines: defineMessage(
    'value-several-lines',
    ({ key }: { key: string }) => `${key} contains several lines, expected one value.`,
    'Write one value on one line.',
  ),
};

/** Texts in place of values. */
export const words = { lines: (count: number): string => `${count} lines` };
