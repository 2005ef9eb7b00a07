/** Messages for a `healthvault.yml` that cannot be read. */
import { defineMessage } from '../../model/messages.ts';

/** Errors and unresolved values of `healthvault.yml`. */
export const messages = {
  computedKey: defineMessage(
    'erb-key',
    'A key contains Ruby code, expected plain text.',
    'Write the key as plain text.',
  ),
  computedValue: defineMessage(
    'erb-value',
    'Ruby code computes this value when the application starts. Write it out.',
    'Write the value out, or ask a reviewer to confirm it.',
  ),
  outsideValue: defineMessage(
    'erb-outside-value',
    'Ruby code outside of values, in a comment or as `require`, can change every setting. Remove it.',
    'Remove the tag, or write `<%# ... %>` to comment it out. ERB runs before YAML, also in comments.',
  ),
  notMap: defineMessage(
    'healthvault-yml-shape',
    ({ found }: { found: string }) => `Found ${found}, expected a map from environments to settings.`,
    'Write a map from environments (`production`) to settings.',
  ),
};

/** Words for a value in place of a map, and for hidden Ruby. */
export const words = { list: 'a list', scalar: 'one value', ruby: '(Ruby outside of values)' };
