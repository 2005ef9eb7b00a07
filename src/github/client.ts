/** The one connection to GitHub: retries, rate limits, and failures turned into sentences. */

import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import Bottleneck from 'bottleneck/light.js';
import messages from '../../data/messages/github.json' with { type: 'json' };
import { PlatformError } from '../model/errors.ts';
import { fill } from '../model/messages.ts';

/** A longer wait than this (seconds) is not waited for: the run fails closed and the next one decides. */
const LONGEST_WAIT_SECONDS = 60;

/**
 * Writes that may follow each other at once, then one each second: GitHub allows 80 content-creating requests a minute.
 * The plugin counts GraphQL among them, and would let each wait a second by itself.
 */
const WRITE_BURST = 60;

const GateOctokit = Octokit.plugin(retry, throttling);

/** Octokit with the gate's manners. */
export type GitHubClient = InstanceType<typeof GateOctokit>;

/** Where and as whom to connect. */
export interface ConnectionOptions {
  readonly token: string;
  /** REST base address, without a trailing slash (GITHUB_API_URL). */
  readonly apiUrl: string;
  readonly userAgent: string;
  /** A fetch that honours a proxy; absent: the platform's own. */
  readonly fetch?: typeof fetch;
}

/** Opens a connection. No request is made yet. */
export function connect(options: ConnectionOptions): GitHubClient {
  const writes = () =>
    new Bottleneck.Group({
      maxConcurrent: 1,
      reservoir: WRITE_BURST,
      reservoirIncreaseAmount: 1,
      reservoirIncreaseInterval: 1000,
      reservoirIncreaseMaximum: WRITE_BURST,
    });
  const mayWait = (seconds: number, retryCount: number) => seconds <= LONGEST_WAIT_SECONDS && retryCount < 1;
  return new GateOctokit({
    auth: options.token,
    baseUrl: options.apiUrl,
    userAgent: options.userAgent,
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    ...(options.fetch === undefined ? {} : { request: { fetch: options.fetch } }),
    retry: { retries: 2, retryAfterBaseValue: 250 },
    throttle: {
      write: writes(),
      notifications: writes(),
      onRateLimit: (seconds, _request, _octokit, retryCount) => mayWait(seconds, retryCount),
      onSecondaryRateLimit: (seconds, _request, _octokit, retryCount) => mayWait(seconds, retryCount),
    },
  });
}

/** What a call was for, so that a failure can name what is missing. */
export type Purpose = keyof typeof messages.purposes;

/** GitHub's status of a failed request, or null when it did not answer. */
export function statusOf(error: unknown): number | null {
  const status = error instanceof Error && 'status' in error ? error.status : null;
  return typeof status === 'number' ? status : null;
}

/** Runs one call. @throws PlatformError that says what failed, which permission it needs, and what to do. */
export async function ask<T>(purpose: Purpose, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw platformError(purpose, error);
  }
}

/** Turns what Octokit throws into a sentence for people. Response bodies are not repeated: they may hold anything. */
export function platformError(purpose: Purpose, error: unknown): PlatformError {
  if (error instanceof PlatformError) return error;
  const status = statusOf(error);
  const { doing, permission } = messages.purposes[purpose];
  const values = { doing, permission, status: status ?? 'none' };
  const id = isRateLimit(error)
    ? 'github-rate-limit'
    : status === 401
      ? 'github-bad-token'
      : status === 403
        ? 'github-forbidden'
        : status === 404
          ? 'github-not-found'
          : status !== null && status >= 400 && status < 500
            ? 'github-refused'
            : 'github-unreachable';
  return new PlatformError(id, fill(messages[id], values), { cause: error });
}

function isRateLimit(error: unknown): boolean {
  const status = statusOf(error);
  const text = error instanceof Error ? error.message : '';
  return status === 429 || ((status === 403 || status === 200) && /rate limit/i.test(text));
}
