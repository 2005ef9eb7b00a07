/** An address in its parts, or null for a text that is none. `URL.canParse` would take some that `new URL` refuses: very long hosts. */
export function parseWebAddress(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
