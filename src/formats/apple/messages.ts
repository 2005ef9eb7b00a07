/** Property lists that cannot be read: why, and what to do. */
import { defineMessage } from '../../model/messages.ts';

/** Errors of property lists. */
export const messages = {
  binary: defineMessage(
    'property-list-binary',
    "This binary property list names HealthVault's keys. Save it as XML (plutil -convert xml1) so that it can be read.",
    'Convert the list: `plutil -convert xml1 <file>`.',
  ),
};

/** Names of parts. */
export const words = { top: 'top' };
