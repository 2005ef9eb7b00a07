/** The one connection to GitHub: retries, rate limits, and failures turned into sentences. */

import { Octokit } from '@octokit/rest';
import { PlatformError } from '../model/errors.ts';
import { parseWebAddress } from '../model/web-address.ts';
import { messages, purposes } from './messages.ts';
import { askConditionally } from './transport/conditional-requests.ts';
import { sendRequest } from './transport/http.ts';
import { RETRY_DELAY_MS, respectLimits } from './transport/limits.ts';

/** Octokit with the gate's manners. */
export type GitHubClient = Octokit;

/** The server and the credentials of a connection. */
export interface ConnectionOptions {
  readonly token: string;
  /** REST base address (GITHUB_API_URL). GraphQL is beside it: `/graphql`, on Enterprise Server `/api/graphql` for `/api/v3`. */
  readonly apiUrl: string;
  readonly userAgent: string;
  /** Milliseconds before the first retry, 250 by default. The waiting times that GitHub requests scale with it. */
  readonly retryDelayMs?: number;
}

/** Opens a connection. No request is made yet. */
export function connect(options: ConnectionOptions): GitHubClient {
  const client = new Octokit({
    auth: options.token,
    baseUrl: options.apiUrl.replace(/\/+$/, ''),
    userAgent: options.userAgent,
    request: { fetch: sendRequest },
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  });
  respectLimits(client, options.retryDelayMs ?? RETRY_DELAY_MS);
  const usage = { requests: 0, remaining: null as number | null, limit: null as number | null };
  usages.set(client, usage);
  client.hook.before('request', () => {
    usage.requests += 1;
  });
  client.hook.after('request', ({ data, headers, status }) => {
    usage.remaining = parseNumber(headers['x-ratelimit-remaining']) ?? usage.remaining;
    usage.limit = parseNumber(headers['x-ratelimit-limit']) ?? usage.limit;
    // Octokit returns broken JSON as a text, and lists would count it as one more entry.
    const json = /^application\/(?:[\w.-]+\+)?json\b/i.test(headers['content-type'] ?? '');
    if (json && typeof data === 'string' && ![204, 205, 304].includes(status)) throw new CutResponse();
  });
  client.hook.error('request', (error) => {
    // Octokit's lists take a conflict for an empty repository, that is for an empty list.
    throw getHttpStatus(error) === 409 ? new Conflict({ cause: error }) : error;
  });
  askConditionally(client);
  return client;
}

/** The requests of a connection so far, and the rest of the hourly limit; null: not known yet. */
export interface Usage {
  readonly requests: number;
  readonly remaining: number | null;
  readonly limit: number | null;
}

const usages = new WeakMap<GitHubClient, Usage>();

/** The requests of a connection so far. */
export function readUsage(client: GitHubClient): Usage {
  return usages.get(client) ?? { requests: 0, remaining: null, limit: null };
}

function parseNumber(header: string | undefined): number | null {
  const number = Number(header ?? Number.NaN);
  return Number.isSafeInteger(number) ? number : null;
}

/** GitHub's 409. It must not be read as "does not exist". */
class Conflict extends Error {
  constructor(options: { readonly cause: unknown }) {
    super('409', options);
  }
}

/** An answer with the type JSON that is not valid JSON, because it ended too soon. */
class CutResponse extends Error {}

/** The purpose of a call, so that a failure can name what is missing. */
export type Purpose = keyof typeof purposes;

/** GitHub's status of a failed request, or null when it did not answer. */
export function getHttpStatus(error: unknown): number | null {
  const status = error instanceof Error && 'status' in error ? error.status : null;
  return typeof status === 'number' ? status : null;
}

/** Whether the data does not exist or the token cannot read it. GitHub does not distinguish the two. */
export function isHidden(error: unknown): boolean {
  const ids: readonly string[] = [messages.githubForbidden.id, messages.githubNotFound.id];
  return error instanceof PlatformError && ids.includes(error.id);
}

/** Runs one call. @throws PlatformError with the failure, the required permission and the fix */
export async function ask<T>(purpose: Purpose, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toPlatformError(purpose, error);
  }
}

/** Turns an error of Octokit into a sentence. Response bodies are not repeated, because they can contain anything. */
export function toPlatformError(purpose: Purpose, error: unknown): PlatformError {
  if (error instanceof PlatformError) return error;
  if (error instanceof CutResponse) return createPartialError(purpose, error);
  const code = findNetworkCode(error);
  const status = error instanceof Conflict ? 409 : code === null ? getHttpStatus(error) : null;
  const [kind, detail] = code === null ? chooseMessage(status, error) : [chooseNetworkMessage(code), code];
  const values = { ...purposes[purpose], status: status ?? ('none' as const), host: findHost(error), detail };
  return new PlatformError(kind(values), { cause: error });
}

type FailureKind = typeof messages.githubRefused;

/** The kind of failure, and its detail for the sentence. */
function chooseMessage(status: number | null, error: unknown): readonly [FailureKind, string] {
  const text = error instanceof Error ? error.message : '';
  const answered = status === 403 || status === 200 || status === null; // GraphQL refuses with 200
  if (answered && /SAML/.test(text)) return [messages.githubSaml, findAuthorization(error)];
  if (answered && /IP allow list/i.test(text)) return [messages.githubIpAllowList, ''];
  if (status === 429 || (answered && /rate limit/i.test(text))) {
    return [/secondary rate limit/i.test(text) ? messages.githubSecondaryLimit : messages.githubRateLimit, ''];
  }
  if (status === 401) return [messages.githubBadToken, ''];
  if (status === 403) return [messages.githubForbidden, ''];
  if (status === 404) return [messages.githubNotFound, ''];
  return [status !== null && status >= 400 && status < 500 ? messages.githubRefused : messages.githubUnreachable, ''];
}

/** The address for authorizing a token in the organization, from the header of its answer. */
function findAuthorization(error: unknown): string {
  const headers = Reflect.get(Object(Reflect.get(Object(error), 'response')), 'headers') as unknown;
  const header = String(Reflect.get(Object(headers), 'x-github-sso') ?? '');
  return /\burl=(https:\/\/[^\s;,<>"]+)/.exec(header)?.[1] ?? '';
}

const CERTIFICATE_CODES = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|HOSTNAME_MISMATCH|INVALID_CA/;

function chooseNetworkMessage(code: string): FailureKind {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return messages.githubHostUnknown;
  if (code === 'ECONNREFUSED') return messages.githubConnectionRefused;
  return CERTIFICATE_CODES.test(code) ? messages.githubCertificate : messages.githubUnreachable;
}

/** The system's code for a failed connection; null if GitHub answered. Octokit reports such a failure as a 500. */
function findNetworkCode(error: unknown): string | null {
  if (Reflect.get(Object(error), 'response') !== undefined) return null;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const code: unknown = Reflect.get(cause, 'code');
    if (typeof code === 'string') return code;
  }
  return null;
}

function findHost(error: unknown): string {
  const url: unknown = Reflect.get(Object(Reflect.get(Object(error), 'request')), 'url');
  return parseWebAddress(String(url))?.host ?? 'GitHub';
}

/** The failure of an answer that lacks something: a part never counts as the whole. */
export function createPartialError(purpose: Purpose, cause?: unknown): PlatformError {
  return new PlatformError(messages.githubPartial(purposes[purpose]), { cause });
}
