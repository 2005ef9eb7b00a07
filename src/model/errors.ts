/** The two ways in which a run can fail to decide. What a pull request holds is never an error: it is data in the report. */

import type { Message } from './messages.ts';

/** Where a person should look: a file (or an input, an option) and, when known, the line and column. */
export interface ErrorPlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** Wrong use or wrong policy: exit code 2. The message says what was found, what was expected and what to do next. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly exitCode = 2;
  /** Stable kebab-case id, listed in `docs/troubleshooting.md`. */
  readonly id: string;
  readonly place: ErrorPlace | null;

  constructor(what: Message, place?: ErrorPlace | null);
  constructor(id: string, message: string, place?: ErrorPlace | null);
  constructor(what: Message | string, ...rest: readonly (string | ErrorPlace | null | undefined)[]) {
    const [id, message, place] =
      typeof what === 'string' ? [what, rest[0] as string, rest[1]] : [what.id, what.message, rest[0]];
    super(message);
    this.id = id;
    this.place = (place as ErrorPlace | null | undefined) ?? null;
  }
}

/** The platform or the program failed, so nothing could be decided: exit code 3, never a pass. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly exitCode = 3;
  /** Stable kebab-case id, listed in `docs/troubleshooting.md`. */
  readonly id: string;

  constructor(what: Message, options?: { cause?: unknown });
  constructor(id: string, message: string, options?: { cause?: unknown });
  constructor(what: Message | string, ...rest: readonly (string | { cause?: unknown } | undefined)[]) {
    const [id, message, options] =
      typeof what === 'string' ? [what, rest[0] as string, rest[1]] : [what.id, what.message, rest[0]];
    super(message, options as { cause?: unknown } | undefined);
    this.id = id;
  }
}
