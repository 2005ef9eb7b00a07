/** Maven placeholders that cannot be resolved: why, and what to do. */
import { defineMessage } from '../../model/messages.ts';

/** Reasons for unresolved values in Java properties. */
export const messages = {
  noPom: defineMessage(
    'maven-no-pom',
    ({ name }: { name: string }) =>
      `${name} is filled in by a build, and there is no pom.xml above the file that could be read.`,
    'The file is filtered by Maven, and no `pom.xml` was found above it. Commit it, or write the value out.',
  ),
  undefinedProperty: defineMessage(
    'maven-undefined',
    ({ name }: { name: string }) => `No pom.xml above the file says what ${name} stands for.`,
    'No `pom.xml` above the file defines the placeholder. Define it, or write the value out.',
  ),
  severalProfiles: defineMessage(
    'maven-profiles',
    ({ name }: { name: string }) => `${name} comes to different values in different Maven profiles.`,
    "Profiles give the placeholder different values, so production's is not known. Write it out, or have a person confirm it.",
  ),
};
