/** The clock of the embedded GitHub. Only writes move it, so every story gives the same dates. */

/** Time in whole seconds, as GitHub's API gives it. */
export class Clock {
  #ms: number;
  /** Time that each write adds to the clock. With zero, several writes fall into the same second. */
  stepMs = 1000;

  /** @throws RangeError for a text that is not an ISO 8601 time. */
  constructor(start: string) {
    this.#ms = parseTime(start);
  }

  get epochMs(): number {
    return this.#ms;
  }

  /** ISO 8601 in UTC without fractions, for example `2026-11-23T17:00:00Z`. */
  now(): string {
    return formatTime(this.#ms);
  }

  /** Moves on by one step and returns the new time, which is that of a write. */
  tick(): string {
    this.#ms += this.stepMs;
    return this.now();
  }

  advance(ms: number): void {
    this.#ms += ms;
  }

  /** Jumps to a time. @throws RangeError for a past time, because GitHub's clock never runs backwards. */
  set(time: string): void {
    const ms = parseTime(time);
    if (ms < this.#ms) throw new RangeError(`the clock stands at ${this.now()} and cannot go back to ${time}`);
    this.#ms = ms;
  }
}

function parseTime(text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new RangeError(`not an ISO 8601 time: ${text}`);
  return Math.floor(ms / 1000) * 1000;
}

function formatTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
