/** Booleans as configuration writes them. */

/** The boolean of XML Schema (`true`, `false`, `1`, `0`, in exactly this case) in a text, or null. */
export function parseBoolean(text: string): boolean | null {
  const word = text.trim();
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : null;
}
