/** One run of the gate: what it is told from outside, and what came of each pull request. */
import type { GateFiles } from '../formats/format.ts';
import type { RepositoryName } from '../github/pull-request-facts.ts';
import { PlatformError, UsageError } from '../model/errors.ts';
import type { Policy } from '../model/policy.ts';
import type { Report } from '../model/report.ts';

/** What a run is told from outside, the same for each pull request. */
export interface RunOptions {
  readonly policyPath: string;
  readonly policyRef: 'base' | 'default-branch';
  readonly mode: 'enforce' | 'report';
  readonly comment: 'on-findings' | 'always' | 'never';
  readonly statusContext: string;
  readonly repository: RepositoryName;
  readonly gateFiles: GateFiles;
  readonly presets: ReadonlyMap<string, Policy>;
  /** `https://github.com`, and the address of this run's page. */
  readonly serverUrl: string;
  readonly runUrl: string;
  readonly documentation: string | null;
  readonly version: string;
}

/** What came of one pull request. */
export interface Outcome {
  readonly exit: 0 | 1 | 2 | 3;
  readonly report: Report | null;
  readonly commentUrl: string | null;
  /** Why nothing was decided. */
  readonly failure: UsageError | PlatformError | null;
}

/** The event's part of the question. */
export interface Occasion {
  readonly before: string | null;
  readonly expectedBase: string | null;
  readonly expectedHead: string | null;
  /** True where GitHub hands out a read-only token by design. */
  readonly mayBeReadOnly: boolean;
}

/**
 * The start of the hidden line by which the gate knows its own comment: another one for each status context, and none of
 * them the start of another.
 */
export function markerOf(options: Pick<RunOptions, 'statusContext'>): string {
  return `<!-- healthvault-go-live-gate:${encodeURIComponent(options.statusContext).replaceAll('-', '%2D')} `;
}

/** What a run can fail with; anything else is the program's own fault. */
export function asFailure(error: unknown): UsageError | PlatformError {
  if (error instanceof UsageError || error instanceof PlatformError) return error;
  return new PlatformError('internal-error', error instanceof Error ? error.message : String(error), { cause: error });
}
