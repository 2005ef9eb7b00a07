/** A look at bytes before anybody knows what they are. */

/** The characters of a text in ASCII, of one byte or two each: enough to see which names stand in a file that cannot be read. */
export function rawText(bytes: Uint8Array): string {
  const plain = bytes.includes(0) ? bytes.filter((byte) => byte !== 0) : bytes;
  return new TextDecoder('windows-1252').decode(plain);
}
