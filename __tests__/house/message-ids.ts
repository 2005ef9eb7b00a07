/**
 * Which ids of `data/messages` are wording: headings, phrases, shown values, stories told. Whatever is not listed here is an
 * error, a finding or a reason, and has an entry in `docs/troubleshooting.md`.
 */

/** Room -> ids, exact or by pattern. */
export const WORDING: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  'formats-files': [/^shown-/, 'key-in-certificate-file', 'python-private-key', 'python-secret'],
  'formats-xml': [/^shown-/],
  'formats-yaml': [/^shown-/, 'file-kind'],
};

export function isWording(room: string, id: string): boolean {
  return (WORDING[room] ?? []).some((known) => (typeof known === 'string' ? known === id : known.test(id)));
}
