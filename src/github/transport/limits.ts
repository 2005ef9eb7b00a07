/**
 * Follows GitHub's rules for clients: few requests at a time, paced writes, a pause if a rate limit requires one, and another
 * attempt if a failure may pass. No timer is set unless something has to wait.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Octokit } from '@octokit/rest';

const MAX_CONCURRENT = 10;

/** Writes that may follow each other at once, then one each second: GitHub allows 80 content-creating requests a minute. */
const WRITE_BURST = 60;
const WRITE_MS = 1000;

/** A longer pause than this (seconds) is not waited for: the run fails closed and the next one decides. */
const LONGEST_PAUSE_SECONDS = 60;
/** The pause for a secondary rate limit without a time. */
const SECONDARY_PAUSE_SECONDS = 60;

const MAX_RETRIES = 2;
/** Failures that another try does not change. A 429 is a rate limit. */
const FINAL: ReadonlySet<number> = new Set([400, 401, 403, 404, 410, 422, 429, 451]);

/** Milliseconds before the first retry. The seconds of a pause scale with it. */
export const RETRY_DELAY_MS = 250;

/** The available facts of a response, or of the failure in its place. */
interface ResponseFacts {
  readonly status: number;
  readonly message?: string;
  readonly response?: { readonly headers: Readonly<Record<string, unknown>>; readonly data?: unknown } | undefined;
}

/** From now on `client` keeps to the limits. */
export function respectLimits(client: Octokit, retryDelayMs: number): void {
  const paceWrite = createPace();
  const limitConcurrency = createConcurrencyLimit();
  const secondMs = (retryDelayMs * 1000) / RETRY_DELAY_MS;
  client.hook.wrap('request', async (request, options) => {
    const isGraphQl = options.url.endsWith('/graphql');
    const isWrite = isGraphQl ? /^mutation\b/.test(String(options.query)) : options.method !== 'GET';
    if (isWrite) await paceWrite();
    let retries = 0;
    let hasPaused = false;
    for (;;) {
      const sending = limitConcurrency(async () => await request(options));
      const answer: ResponseFacts = await sending.then(
        (response) => ({ status: response.status, response }),
        (error: ResponseFacts) => error,
      );
      const errors = isGraphQl ? listErrors(answer) : [];
      const seconds = findPause(answer, errors);
      const mayRetry = seconds === null && mayPass(answer, errors) && retries < MAX_RETRIES;
      if (seconds !== null && seconds <= LONGEST_PAUSE_SECONDS && !hasPaused) {
        hasPaused = true;
        await delay(seconds * secondMs);
      } else if (mayRetry) {
        retries += 1;
        await delay(retries ** 2 * retryDelayMs);
      } else return await sending;
    }
  });
}

interface GraphQlError {
  readonly type?: string;
  readonly message?: string;
}

/** GraphQL answers with 200 if it fails. */
function listErrors({ response }: ResponseFacts): readonly GraphQlError[] {
  const errors: unknown = Reflect.get(Object(response?.data), 'errors');
  return Array.isArray(errors) ? errors : [];
}

/** Seconds to wait for a rate limit, or null if none was reached. */
function findPause({ status, message = '', response }: ResponseFacts, errors: readonly GraphQlError[]): number | null {
  if (status !== 403 && status !== 429 && errors.length === 0) return null;
  const headers = response?.headers ?? {};
  const texts = [message, ...errors.map((error) => error.message ?? '')];
  if (texts.some((text) => /\bsecondary rate\b/i.test(text)))
    return Number(headers['retry-after']) || SECONDARY_PAUSE_SECONDS;
  const isSpent = status !== 200 && headers['x-ratelimit-remaining'] === '0';
  if (!isSpent && !errors.some(({ type }) => type === 'RATE_LIMITED')) return null;
  // One second more, so that the limit has been lifted by then.
  return Math.max(Math.ceil(Number(headers['x-ratelimit-reset'] ?? 0) - Date.now() / 1000) + 1, 0);
}

/** Whether the same request may succeed when it is made again. */
function mayPass({ status }: ResponseFacts, [error]: readonly GraphQlError[]): boolean {
  if (error !== undefined) return /Something went wrong while executing your query/.test(error.message ?? '');
  return status >= 400 && !FINAL.has(status);
}

/** Waits if writes have come faster than the pace, else returns at once. */
function createPace(): () => Promise<void> {
  let due = 0;
  return async () => {
    const now = performance.now();
    due = Math.max(due, now) + WRITE_MS;
    const early = due - now - WRITE_BURST * WRITE_MS;
    if (early > 0) await delay(early);
  };
}

/** Calls begin in their order, and only a limited number run at a time. */
function createConcurrencyLimit(): <T>(call: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  return async (call) => {
    if (underWay < MAX_CONCURRENT) underWay += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await call();
    } finally {
      const next = waiting.shift();
      if (next === undefined) underWay -= 1;
      else next();
    }
  };
}
