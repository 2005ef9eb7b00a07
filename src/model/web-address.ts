/** The parts of an address, or null for another text. `URL.canParse` accepts very long hosts that `new URL` rejects. */
export function parseWebAddress(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
