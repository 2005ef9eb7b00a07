/** Settings of Django that only Python can determine, and names for what is never shown. */
import { defineMessage } from '../../model/messages.ts';

/** Why a value is unresolved. */
export const messages = {
  computed: defineMessage(
    'python-computed',
    ({ key }: { key: string }) =>
      `${key} is computed when the application starts; only literal texts and numbers are read.`,
    'Only literal texts and numbers are read. Write the value out, or have a person confirm it.',
  ),
  conditional: defineMessage(
    'python-conditional',
    ({ key }: { key: string }) => `${key} is set under a condition, or in a way that is not a plain assignment.`,
    'The setting depends on a condition. Assign it once, plainly.',
  ),
  otherCode: defineMessage(
    'python-other-code',
    "Python may take settings from elsewhere here: from another module, from code that it runs, or by a name in a text. Whether HealthVault's are among them is not known.",
    "A star import, `exec`, `globals()` and the like may set anything. Assign HealthVault's settings plainly in this file, or have a person look at what the other code sets.",
  ),
  several: defineMessage(
    'python-several',
    ({ keys }: { keys: string }) =>
      `${keys} set the same thing to different values; which of them counts depends on the library that the application uses.`,
    'Two settings name the application differently. Keep one.',
  ),
};

/** Names of values that are not shown. */
export const words = {
  privateKey: (key: string) => `private key of the application (${key})`,
  secret: (key: string) => `secret in the setting ${key}`,
  publicKey: (bits: number, digest: string) => `public key, ${bits} bits, digest ${digest.slice(0, 12)}…`,
};
