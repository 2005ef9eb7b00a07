/** Messages for Maven placeholders that cannot be resolved. */
import { defineMessage } from '../../model/messages.ts';

/** Reasons for unresolved values in Java properties. */
export const messages = {
  noPom: defineMessage(
    'maven-no-pom',
    ({ name }: { name: string }) =>
      `A build replaces ${name}, and there is no readable pom.xml above the file. Commit it, or write the value out.`,
    'Commit the `pom.xml` with which Maven filters the file, or write the value out.',
  ),
  undefinedProperty: defineMessage(
    'maven-undefined',
    ({ name }: { name: string }) => `No pom.xml above the file defines ${name}. Define it, or write the value out.`,
    'Define the placeholder in a `pom.xml` above the file, or write the value out.',
  ),
  severalProfiles: defineMessage(
    'maven-profiles',
    ({ name }: { name: string }) =>
      `${name} has different values in different Maven profiles. Write the production value out.`,
    'Write the production value out, or ask a reviewer to confirm it.',
  ),
};
