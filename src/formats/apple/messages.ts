/** Messages for property lists that cannot be read. */
import { defineMessage } from '../../model/messages.ts';

/** Errors of property lists. */
export const messages = {
  binary: defineMessage(
    'property-list-binary',
    'This property list contains keys of HealthVault, but is binary. Save it as XML (plutil -convert xml1).',
    'Convert the list to XML: `plutil -convert xml1 <file>`.',
  ),
};

/** Names of parts. */
export const words = { top: 'top' };
