/** Settings of Django that only Python can determine, and names for hidden values. */
import { defineMessage } from '../../model/messages.ts';

/** Why a value is unresolved. */
export const messages = {
  computed: defineMessage(
    'python-computed',
    ({ key }: { key: string }) =>
      `Python computes ${key} when the application starts, and the gate reads only literal texts and numbers. Write the value out.`,
    'Write the value out, or ask a reviewer to confirm it.',
  ),
  conditional: defineMessage(
    'python-conditional',
    ({ key }: { key: string }) => `${key} is set under a condition, or not by a plain assignment. Assign it once.`,
    'Assign the setting once, without a condition.',
  ),
  otherCode: defineMessage(
    'python-other-code',
    'Python can set HealthVault settings here by other code: another module, code in a text, or a computed name. Assign them in this file.',
    'A star import, `exec`, `globals()` and similar code can set every setting. Assign the HealthVault settings in this file, or ask a reviewer to check the other code.',
  ),
  several: defineMessage(
    'python-several',
    ({ keys }: { keys: string }) =>
      `${keys} are the same setting with different values, and the library of the application determines which one counts. Keep one.`,
    'Keep one of the settings.',
  ),
};

/** Names of values that are not shown. */
export const words = {
  privateKey: (key: string) => `private key of the application (${key})`,
  secret: (key: string) => `secret in the setting ${key}`,
  publicKey: (bits: number, digest: string) => `public key, ${bits} bits, digest ${digest.slice(0, 12)}…`,
};
