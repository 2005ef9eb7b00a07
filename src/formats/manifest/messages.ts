/** The application manifest: its shape, and the files that it names. */
import { defineMessage } from '../../model/messages.ts';

export const messages = {
  manifestUnknownKey: defineMessage(
    'manifest-unknown-key',
    ({ key, place, allowed, meant }: { key: string; place: string; allowed: string; meant: string | null }) =>
      `${key} is not a key of ${place}.${allowed}${suggest(meant)}`,
    'The key is not part of a manifest. The message names the one that is likely meant, or lists those that are known. See [the formats](formats.md#application-manifest).',
  ),
  manifestMissingKey: defineMessage(
    'manifest-missing-key',
    ({ key }: { key: string }) => `The key "${key}" is missing.`,
    'A key that a manifest needs is missing.',
  ),
  manifestWrongValue: defineMessage(
    'manifest-wrong-value',
    ({ place, found, expected, meant }: { place: string; found: string; expected: string; meant: string | null }) =>
      `The value of ${place} is ${found}; expected ${expected}.${suggest(meant)}`,
    'The value is not of the kind that the key takes; the message says which.',
  ),
  manifestWrongCulture: defineMessage(
    'manifest-wrong-culture',
    ({ key, expected }: { key: string; expected: string }) => `${key} is not a culture; expected ${expected}.`,
    'Write `default`, or a culture in its usual spelling: `de-DE`.',
  ),
  manifestUnknownType: defineMessage(
    'manifest-unknown-type',
    ({ name, path, meant }: { name: string; path: string; meant: string | null }) =>
      `${name} in "${path}" is not a published data type; expected its name, its GUID, or "*".${suggest(meant)}`,
    'No published data type has this name or GUID. Check the spelling; a custom type is named by its GUID.',
  ),
  fileMissing: defineMessage(
    'file-missing',
    ({ path }: { path: string }) =>
      `There is no file ${path}, neither beside the manifest nor from the root of the repository.`,
    'The manifest names a file that is neither beside it nor below the root. Commit it, or fix the path.',
  ),
  fileOutside: defineMessage(
    'file-outside',
    ({ path }: { path: string }) => `The path ${path} leads out of the repository.`,
    'The path leads out of the repository. Keep the file inside.',
  ),
  fileNotRead: defineMessage(
    'file-not-read',
    ({ path, reason }: { path: string; reason: string }) => `The file ${path} could not be read: ${reason}`,
    'The file that the manifest names could not be read; the message says why.',
  ),
  fileNoCertificate: defineMessage(
    'file-no-certificate',
    ({ path }: { path: string }) => `The file ${path} holds no certificate in DER, PEM or hex.`,
    'The file holds no certificate in DER, PEM or hexadecimal. Export the public certificate (.cer).',
  ),
};

export const words = {
  manifest: 'the manifest',
  /** Why a file that a manifest names is not read. */
  unfollowedFile: ({ path }: { path: string }) =>
    `The gate does not follow files of this kind, so a change of ${path} would go unseen; use a picture, a text or a certificate.`,
};

function suggest(meant: string | null): string {
  return meant === null ? '' : ` Did you mean "${meant}"?`;
}
