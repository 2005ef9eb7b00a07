/**
 * The embedded GitHub: an HTTP server on this machine with the state that a merge gate needs. It serves the stories of
 * `simulate` and is the double of the tests. It opens no connection of its own.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Identity } from './accounts.ts';
import { describeStatus, type Fault, Faults } from './faults.ts';
import { buildMutationRoot, findEquivalentRequest } from './graphql/mutations.ts';
import { buildQueryRoot } from './graphql/query-root.ts';
import { runGraphql } from './graphql/run.ts';
import type { Addresses, Source } from './payload-repository.ts';
import type { Json, StateOptions } from './records.ts';
import { buildFailure, type Incoming, type RequestName, Rest, type RestResponse } from './rest/rest.ts';
import { type CodeLimits, createCodeLimits } from './rest/routes-code.ts';
import { GitHubState } from './state.ts';

/** The address in links to pages for people. It is never requested. */
const HTML_ADDRESS = 'https://github.com';

/** The name in the log of a request outside the base path. */
const REACHED_FROM_RUNNERS = '/outside-the-base-path';

/** A request in the log. */
export interface LoggedRequest extends RequestName {
  /** From 1, since the log was last emptied. */
  readonly n: number;
  readonly kind: 'read' | 'write';
  /** The REST request that does the same, for GraphQL's writes. Faults and stories may name either one. */
  readonly equivalent: RequestName | null;
  /** Login behind the token, or null. */
  readonly login: string | null;
  /** The sent status, or 0 if the request is in progress or the connection was dropped. */
  status: number;
}

/** A whole exchange, for observers that check the double against GitHub's description. */
export interface Exchange {
  readonly request: Incoming;
  readonly answer: RestResponse;
  /** True if a fault made the answer. */
  readonly injected: boolean;
}

export interface GitHubOptions extends StateOptions {
  /** Delay of each answer in milliseconds. */
  readonly latencyMs?: number;
  /** The base path of the REST API, such as `/api/v3` on an Enterprise Server. GraphQL is then at `/api/graphql`. */
  readonly basePath?: string;
  /** The address at which clients reach this server, if it differs (a proxy, a certificate's name). */
  readonly origin?: string;
  /** The address in links to pages for people, by default github.com. */
  readonly html?: string;
  /** Port to listen on. 0, the default, takes any free port. */
  readonly port?: number;
}

/** A running embedded GitHub. */
export class EmbeddedGitHub {
  readonly state: GitHubState;
  readonly faults = new Faults();
  readonly limits: CodeLimits = createCodeLimits();
  latencyMs: number;
  /** `off` answers 404 as an old server does, `failing` 502. */
  graphql: 'on' | 'off' | 'failing' = 'on';
  /** Core rate limit of each token per hour. */
  rateLimit = 5000;
  /** Called before each request is handled. It may change the state, for example by a push during a run. */
  beforeRequest: ((n: number, request: LoggedRequest) => void | Promise<void>) | null = null;
  onExchange: ((exchange: Exchange) => void) | null = null;
  /** Since the last `resetRequests`. */
  requests: LoggedRequest[] = [];
  readonly #basePath: string;
  readonly #origin: string | null;
  readonly #server: Server;
  readonly #used = new Map<string, number>();
  #rest: Rest | null = null;
  #addresses: Addresses;
  #port = 0;

  constructor(options: GitHubOptions = {}) {
    this.state = new GitHubState(options);
    this.latencyMs = options.latencyMs ?? 0;
    this.#basePath = options.basePath ?? '';
    this.#origin = options.origin ?? null;
    this.#addresses = { api: '', html: options.html ?? HTML_ADDRESS };
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        // A mistake in the double must be visible and must not look like GitHub's own answer.
        response.writeHead(599, { 'content-type': 'text/plain' });
        response.end(`embedded GitHub: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      });
    });
  }

  get addresses(): Addresses {
    return this.#addresses;
  }

  get source(): Source {
    return { state: this.state, addresses: this.#addresses };
  }

  /** The port, once the server listens. */
  get port(): number {
    return this.#port;
  }

  get graphqlUrl(): string {
    const { api } = this.#addresses;
    return this.#basePath === '' ? `${api}/graphql` : `${new URL(api).origin}/api/graphql`;
  }

  async listen(port = 0): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    const address = this.#server.address() as AddressInfo;
    this.#port = address.port;
    const origin = this.#origin ?? `http://127.0.0.1:${address.port}`;
    this.#addresses = { ...this.#addresses, api: `${origin}${this.#basePath}` };
    this.#rest = new Rest(this.source, this.limits);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  /** Empties the log. Requests count from 1 again. */
  resetRequests(): void {
    this.requests = [];
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readBody(request);
    const method = request.method ?? 'GET';
    const path = this.#stripBasePath(request.url ?? '/');
    const token = /^(?:token|bearer)\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
    const identity = token === null ? null : (this.state.tokens.get(token) ?? null);
    const graphql = path === '/graphql' || path === '/api/graphql';
    const body = parseBody(text);
    const equivalent = graphql ? findEquivalentRequest(this.source, body) : null;
    const write = graphql ? equivalent !== null : method !== 'GET' && method !== 'HEAD';
    const logged: LoggedRequest = {
      n: this.requests.length + 1,
      method,
      path,
      kind: write ? 'write' : 'read',
      equivalent,
      login: identity?.login ?? null,
      status: 0,
    };
    this.requests.push(logged);
    await this.beforeRequest?.(logged.n, logged);
    if (this.latencyMs > 0) await delay(this.latencyMs);

    const incoming: Incoming = { method, path, headers: request.headers, body };
    const fault = this.faults.take(logged);
    const real = fault === null || fault.after === true ? this.#answer(incoming, identity, token, graphql) : null;
    const answer = fault === null && real !== null ? real : applyFault(fault, real);
    if (answer === 'drop') {
      response.destroy();
      return;
    }
    logged.status = answer.status;
    this.onExchange?.({ request: incoming, answer, injected: fault !== null });
    this.#send(response, answer, token, fault?.answer === 'cut');
  }

  /** The path below the base path, with GraphQL's as `/graphql`. Any other path finds no route. */
  #stripBasePath(path: string): string {
    const base = this.#basePath;
    if (base === '') return path;
    if (path === '/api/graphql') return '/graphql';
    return path.startsWith(`${base}/`) && path !== `${base}/graphql` ? path.slice(base.length) : REACHED_FROM_RUNNERS;
  }

  #answer(incoming: Incoming, identity: Identity | null, token: string | null, graphql: boolean): RestResponse {
    if (identity === null || token === null)
      return buildFailure(401, token === null ? 'Requires authentication' : 'Bad credentials');
    const used = this.#used.get(token) ?? 0;
    if (incoming.path === '/rate_limit') return { status: 200, headers: {}, body: this.#buildRateLimits(used) };
    if (used >= this.rateLimit) return buildFailure(403, 'API rate limit exceeded for installation.');
    const rest = this.#rest;
    if (rest === null) throw new Error('the embedded GitHub does not listen yet');
    const answer = graphql ? this.#answerGraphql(incoming, identity, rest) : rest.answer(incoming, identity);
    // A "not modified" answer does not count.
    if (answer.status !== 304) this.#used.set(token, used + 1);
    return answer;
  }

  #answerGraphql(incoming: Incoming, identity: Identity, rest: Rest): RestResponse {
    if (this.graphql === 'off') return buildFailure(404, 'Not Found');
    if (this.graphql === 'failing') return buildFailure(502, 'Server Error');
    const body =
      typeof incoming.body === 'object' && incoming.body !== null
        ? (incoming.body as Readonly<Record<string, Json>>)
        : {};
    const variables =
      typeof body.variables === 'object' && body.variables !== null
        ? (body.variables as Readonly<Record<string, Json>>)
        : {};
    if (typeof body.query !== 'string')
      return buildFailure(400, 'A query attribute must be specified and must be a string.');
    const root = {
      ...buildQueryRoot(this.source, identity),
      ...buildMutationRoot(this.source, identity, rest),
    };
    return { status: 200, headers: {}, body: runGraphql(body.query, variables, root) };
  }

  #buildRateLimits(used: number): Json {
    const row = { limit: this.rateLimit, used, remaining: Math.max(0, this.rateLimit - used), reset: this.#reset() };
    return { resources: { core: row, search: { ...row, limit: 30, used: 0, remaining: 30 }, graphql: row }, rate: row };
  }

  #reset(): number {
    return Math.floor(this.state.clock.epochMs / 3_600_000) * 3600 + 3600;
  }

  #send(response: ServerResponse, answer: RestResponse, token: string | null, cut: boolean): void {
    const used = this.#used.get(token ?? '') ?? 0;
    const body =
      answer.body instanceof Uint8Array
        ? Buffer.from(answer.body)
        : Buffer.from(answer.status === 204 || answer.status === 304 ? '' : JSON.stringify(answer.body));
    const sent = cut ? body.subarray(0, Math.floor(body.length / 2)) : body;
    response.writeHead(answer.status, {
      date: new Date(this.state.clock.epochMs).toUTCString(),
      'content-type': 'application/json; charset=utf-8',
      'x-ratelimit-limit': String(this.rateLimit),
      'x-ratelimit-remaining': String(Math.max(0, this.rateLimit - used)),
      'x-ratelimit-used': String(used),
      'x-ratelimit-reset': String(this.#reset()),
      'x-ratelimit-resource': 'core',
      'x-github-media-type': 'github.v3; format=json',
      ...answer.headers,
      ...(answer.status === 204 || answer.status === 304 ? {} : { 'content-length': String(sent.length) }),
    });
    response.end(sent);
  }
}

/** Starts an embedded GitHub on a free port. Close it when done. */
export async function startGitHub(options: GitHubOptions = {}): Promise<EmbeddedGitHub> {
  const github = new EmbeddedGitHub(options);
  await github.listen(options.port ?? 0);
  return github;
}

function applyFault(fault: Fault | null, real: RestResponse | null): RestResponse | 'drop' {
  if (fault === null || fault.answer === 'drop') return 'drop';
  if (fault.answer === 'cut')
    return real ?? { status: 200, headers: {}, body: { message: 'this answer ends too soon' } };
  const { status, message, headers } = fault.answer;
  return buildFailure(status, message ?? describeStatus(status), [], headers ?? {});
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parseBody(text: string): Json {
  if (text === '') return null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
