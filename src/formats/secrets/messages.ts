/** Private keys and passwords in configuration. */
import { defineMessage } from '../../model/messages.ts';

/** Findings in the text of a file. */
export const messages = {
  privateKey: defineMessage(
    'key-in-text',
    ({ label }: { label: string }) => `private key in the text (${label})`,
    'A configuration file contains a private key. Take it out of the branch, its history included, and replace the key.',
  ),
};

/** What is shown in place of a private key, and the name of a password. */
export const words = { hiddenKey: '(private key, not shown)', password: 'password in the text' };
