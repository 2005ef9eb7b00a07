/** Messages for the shape of a manifest and the files that it names. */
import { defineMessage } from '../../model/messages.ts';

export const messages = {
  manifestUnknownKey: defineMessage(
    'manifest-unknown-key',
    ({ key, place, allowed, meant }: { key: string; place: string; allowed: string; meant: string | null }) =>
      `${key} is not a key of ${place}.${allowed}${suggest(meant)}`,
    'Use a key that the message suggests or lists. [The formats](formats.md#application-manifest) describe all keys.',
  ),
  manifestMissingKey: defineMessage(
    'manifest-missing-key',
    ({ key }: { key: string }) => `The key "${key}" is missing. Add it.`,
    'Add the key.',
  ),
  manifestWrongValue: defineMessage(
    'manifest-wrong-value',
    ({ place, found, expected, meant }: { place: string; found: string; expected: string; meant: string | null }) =>
      `The value of ${place} is ${found}, expected ${expected}.${suggest(meant)}`,
    'Write a value of the expected kind.',
  ),
  manifestWrongCulture: defineMessage(
    'manifest-wrong-culture',
    ({ key, expected }: { key: string; expected: string }) => `${key} is not a valid culture, expected ${expected}.`,
    'Write `default`, or a culture such as `de-DE`.',
  ),
  manifestUnknownType: defineMessage(
    'manifest-unknown-type',
    ({ name, path, meant }: { name: string; path: string; meant: string | null }) =>
      `${name} in "${path}" is not a published data type, expected its name, its GUID, or "*".${suggest(meant)}`,
    'Check the spelling of the name. Write a custom type as its GUID.',
  ),
  fileMissing: defineMessage(
    'file-missing',
    ({ path }: { path: string }) =>
      `There is no file ${path} next to the manifest or below the root of the repository. Add it, or correct the path.`,
    'Commit the file next to the manifest or below the root of the repository, or correct the path.',
  ),
  fileOutside: defineMessage(
    'file-outside',
    ({ path }: { path: string }) => `The path ${path} leads out of the repository. Move the file into it.`,
    'Move the file into the repository.',
  ),
  fileNotRead: defineMessage(
    'file-not-read',
    ({ path, reason }: { path: string; reason: string }) => `The gate could not read the file ${path}: ${reason}`,
    'The message contains the reason. Fix the file that the manifest names.',
  ),
  fileNoCertificate: defineMessage(
    'file-no-certificate',
    ({ path }: { path: string }) =>
      `The file ${path} is not a certificate in DER, PEM or hexadecimal. Export it again.`,
    'Export the public certificate (.cer).',
  ),
};

export const words = {
  manifest: 'the manifest',
  /** Why a file that a manifest names is not read. */
  unfollowedFile: ({ path }: { path: string }) =>
    `The gate does not follow files of this kind, so it would miss a change to ${path}. Use an image, a text or a certificate.`,
};

function suggest(meant: string | null): string {
  return meant === null ? '' : ` Did you mean "${meant}"?`;
}
