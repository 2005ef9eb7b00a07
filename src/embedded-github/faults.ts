/** Faults that a story or a test puts between the gate and the embedded GitHub. */
import type { RequestName } from './rest/rest.ts';

/** Replaces the answer. `drop` ends the connection. `cut` sends half of the JSON. */
export type FaultAnswer =
  | 'drop'
  | 'cut'
  | {
      readonly status: number;
      readonly message?: string | undefined;
      readonly headers?: Readonly<Record<string, string>> | undefined;
    };

/** The requests that a fault affects. All given conditions must match. */
export interface Fault {
  /** The n-th request since the log was last emptied, from 1. */
  readonly at?: number | undefined;
  readonly method?: string | undefined;
  /** Part of the path, or a pattern over path and query. */
  readonly path?: string | RegExp | undefined;
  /** Number of requests that it affects, by default one. */
  readonly times?: number | undefined;
  /** True if the request is carried out and only its answer is lost. */
  readonly after?: boolean | undefined;
  readonly answer: FaultAnswer;
}

interface NamedRequest extends RequestName {
  /** The REST request that does the same, for GraphQL's writes. */
  readonly equivalent: RequestName | null;
}

/** The names by which faults and stories select a request. */
export function listRequestNames({ method, path, equivalent }: NamedRequest): readonly RequestName[] {
  return equivalent === null ? [{ method, path }] : [{ method, path }, equivalent];
}

/** GitHub's secondary rate limit, which says how many seconds to wait. */
export function buildSecondaryLimit(retryAfterSeconds: number, status: 403 | 429 = 403): FaultAnswer {
  return {
    status,
    message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    headers: { 'retry-after': String(retryAfterSeconds) },
  };
}

/** GitHub's wording for a status that a fault names without a message. */
export function describeStatus(status: number): string {
  const known: Readonly<Record<number, string>> = {
    401: 'Bad credentials',
    403: 'Resource not accessible by integration',
    404: 'Not Found',
    409: 'Conflict',
    422: 'Validation Failed',
    429: 'API rate limit exceeded',
    500: 'Server Error',
    502: 'Server Error',
    503: 'Service unavailable',
  };
  return known[status] ?? 'Error';
}

/** Faults that wait for their request. */
export class Faults {
  #waiting: { readonly fault: Fault; left: number; isUnused: boolean }[] = [];

  add(...faults: readonly Fault[]): void {
    for (const fault of faults) this.#waiting.push({ fault, left: fault.times ?? 1, isUnused: true });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** True while a fault has affected fewer requests than it should. */
  get pending(): boolean {
    return this.#waiting.some((one) => one.left > 0 && one.left !== Number.POSITIVE_INFINITY);
  }

  /** The faults that have affected no request. */
  get unused(): readonly Fault[] {
    return this.#waiting.filter(({ isUnused }) => isUnused).map(({ fault }) => fault);
  }

  /** The fault for this request, or null. It counts as used. */
  take(request: NamedRequest & { readonly n: number }): Fault | null {
    const struck = this.#waiting.find(({ fault, left }) => left > 0 && matches(fault, request));
    if (struck === undefined) return null;
    struck.left -= 1;
    struck.isUnused = false;
    return struck.fault;
  }
}

function matches(fault: Fault, request: NamedRequest & { readonly n: number }): boolean {
  if (fault.at !== undefined && fault.at !== request.n) return false;
  return listRequestNames(request).some((name) => matchesName(fault, name));
}

function matchesName(fault: Fault, { method, path }: RequestName): boolean {
  if (fault.method !== undefined && fault.method !== method) return false;
  if (fault.path === undefined) return true;
  return typeof fault.path === 'string' ? path.includes(fault.path) : fault.path.test(path);
}
