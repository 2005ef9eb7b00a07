/** Reads back which boxes people ticked in the gate's comment. A tick is a claim, never an approval. */

const line = /^[ \t]{0,3}[-*+] \[([ xX])\] .*<!-- step:([a-z0-9-]+) -->[ \t]*$/;

/** Step id -> ticked. A step that occurs twice counts as ticked only when both boxes are. */
export function readTicks(body: string): Readonly<Record<string, boolean>> {
  const ticks = new Map<string, boolean>();
  for (const text of body.split(/\r\n|\r|\n/)) {
    const match = line.exec(text);
    const id = match?.[2];
    if (match === null || id === undefined) continue;
    ticks.set(id, match[1] !== ' ' && ticks.get(id) !== false);
  }
  return Object.fromEntries(ticks);
}
