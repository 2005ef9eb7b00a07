/** `healthvault.yml` where it cannot be read: why, and what to do. */
import { defineMessage } from '../../model/messages.ts';

/** Errors and unresolved values of `healthvault.yml`. */
export const messages = {
  computedKey: defineMessage(
    'erb-key',
    'A key contains Ruby code here; expected a plain key.',
    'Write the key as plain text.',
  ),
  computedValue: defineMessage(
    'erb-value',
    'Ruby code computes this value when the application starts.',
    'Ruby computes the value at start. Write it out, or have a person confirm it.',
  ),
  outsideValue: defineMessage(
    'erb-outside-value',
    'Ruby code runs outside of values: in a comment, or as `require`. Its result may contain any line, and what it loads may change anything.',
    'ERB runs before YAML, in comments as well. Remove the tag, or write `<%# ... %>` to comment it out.',
  ),
  notMap: defineMessage(
    'healthvault-yml-shape',
    ({ found }: { found: string }) => `This is ${found}; expected a map from environments to settings.`,
    'Write a map from environments (`production`) to settings.',
  ),
};

/** What is in place of a map, and what is shown of Ruby. */
export const words = { list: 'a list', scalar: 'one value', ruby: '(Ruby outside of values)' };
