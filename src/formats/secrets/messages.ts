/** Private keys and passwords in configuration. */
import { defineMessage } from '../../model/messages.ts';

/** Findings in the text of a file. */
export const messages = {
  privateKey: defineMessage(
    'key-in-text',
    ({ label }: { label: string }) => `private key in the text (${label})`,
    'Remove the private key from the branch and its history, and replace the key.',
  ),
};

/** The text in place of a private key, and the name of a password. */
export const words = { hiddenKey: '(private key, not shown)', password: 'password in the text' };
