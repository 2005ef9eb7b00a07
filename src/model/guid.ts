/** GUIDs compare without regard to case and may appear in braces (.NET allows both). */

/** The plain lower-case form of a GUID in any .NET spelling, or null for other text. */
export function parseGuid(text: string): string | null {
  const match = /^\s*[{(]?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})[)}]?\s*$/i.exec(
    text,
  );
  return match === null ? null : match.slice(1, 6).join('-').toLowerCase();
}

/** The all-zero GUID is a sample's placeholder, not an application. */
export const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';
