/** Messages for values of SDK configuration that cannot be determined. */
import { defineMessage } from '../../model/messages.ts';

/** Reasons for unresolved values, shared by the readers of SDK configuration. */
export const messages = {
  placeholder: defineMessage(
    'value-placeholder',
    ({ value }: { value: string }) =>
      `A build or deployment replaces ${value}, and the repository does not contain the value. Commit the production value.`,
    'Commit the production value, or ask a reviewer to confirm it.',
  ),
  malformedApplicationId: defineMessage(
    'application-id-malformed',
    ({ value }: { value: string }) => `${value} looks like an application id, but is not a GUID. Correct it.`,
    'Write the 36 characters of the GUID, without quotes or other characters around them.',
  ),
  notBoolean: defineMessage(
    'value-switch',
    ({ value }: { value: string }) => `${value} is not true or false. Write one of them.`,
    'Write `true` or `false`.',
  ),
  structured: defineMessage(
    'value-structured',
    'Expected one value here, found a list or a map.',
    'Write one value in place of the list or map.',
  ),
  duplicate: defineMessage(
    'value-twice',
    ({ name }: { name: string }) => `${name} appears twice, and it is not known which one counts. Keep one.`,
    'Keep one of the two keys.',
  ),
  unlistedKeys: defineMessage(
    'key-unlisted',
    ({ keys }: { keys: string }) =>
      `HealthVault's documentation does not list ${keys}, which could set the application id, an address or the sign-up. Use a listed key, or ask a reviewer to classify the change.`,
    'The name or value of the key is similar to an application id, an address, a page or a sign-up switch, or its value is a list or a map. Use a key from [the formats](formats.md), or ask a reviewer to classify the change.',
  ),
};

/** Texts in place of values. */
export const words = {
  empty: '(empty)',
  more: (count: number): string => `${count} more`,
  hidden: (characters: number): string => `(${characters} characters)`,
};
