/** Values of SDK configuration that cannot be determined: why, and what to do. */
import { defineMessage } from '../../model/messages.ts';

/** Reasons for unresolved values, shared by the readers of SDK configuration. */
export const messages = {
  placeholder: defineMessage(
    'value-placeholder',
    ({ value }: { value: string }) =>
      `A build or a deployment fills in ${value}, and nothing in the repository says with what.`,
    'A build or deployment fills the value in, and the repository does not say with what. Commit the production value, or have a person confirm it.',
  ),
  malformedApplicationId: defineMessage(
    'application-id-malformed',
    ({ value }: { value: string }) => `${value} looks like an application id but is not a GUID.`,
    'Looks like an application id but is not a GUID. Write the 36 characters, without quotes or anything else around them.',
  ),
  notBoolean: defineMessage(
    'value-switch',
    ({ value }: { value: string }) => `${value} is neither true nor false.`,
    'Write `true` or `false`.',
  ),
  structured: defineMessage(
    'value-structured',
    'Expected one value here, found a list or a map.',
    'One value is expected in place of the list or map.',
  ),
  duplicate: defineMessage(
    'value-twice',
    ({ name }: { name: string }) => `${name} is given twice, with nothing that says which one counts.`,
    'The key is given twice. Keep one.',
  ),
  unlistedKeys: defineMessage(
    'key-unlisted',
    ({ keys }: { keys: string }) =>
      `No document of HealthVault lists ${keys}, and it may say which application this is, where it talks to, or how people sign up. Use a key that is listed, or have a person evaluate what it means.`,
    'No document of HealthVault lists this key, so no reader knows how the SDK uses it. Its name or value is like that of an application id, an address, a page or a sign-up switch, or its value is a list or a map. Use a key that [the formats](formats.md) list, or have a person evaluate it.',
  ),
};

/** What is shown in place of a value. */
export const words = {
  empty: '(empty)',
  more: (count: number): string => `${count} more`,
  hidden: (characters: number): string => `(${characters} characters)`,
};
