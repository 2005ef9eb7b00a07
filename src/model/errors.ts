/** The two ways in which a run can fail to decide. The content of a pull request is never an error. It is data in the report. */

import type { Message } from './messages.ts';

/** The place of an error for the user: a file (or an input, an option) and, if known, the line and column. */
export interface ErrorPlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** Wrong use or wrong policy: exit code 2. The message contains the found value, the expected value and the fix. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly exitCode = 2;
  /** Stable kebab-case id, listed in `docs/troubleshooting.md`. */
  readonly id: string;
  readonly place: ErrorPlace | null;

  constructor({ id, message }: Message, place: ErrorPlace | null = null) {
    super(message);
    this.id = id;
    this.place = place;
  }
}

/** The platform or the program failed, so there is no decision: exit code 3, never a pass. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly exitCode = 3;
  /** Stable kebab-case id, listed in `docs/troubleshooting.md`. */
  readonly id: string;

  constructor({ id, message }: Message, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.id = id;
  }
}
