/** The REST side of the embedded GitHub: finds the route, checks the token's permissions, and turns replies into answers. */
import { createHash } from 'node:crypto';
import { hasPermission, type Identity } from '../accounts.ts';
import type { JsonObject, Source } from '../payload-repository.ts';
import type { Json } from '../records.ts';
import { ApiError, type Call, type Reply, type Route } from './route.ts';
import { type CodeLimits, createCodeRoutes } from './routes-code.ts';
import { pullRoutes } from './routes-pulls.ts';
import { repositoryRoutes } from './routes-repository.ts';

/** Method and path. The path begins with a slash and includes the query. */
export interface RequestName {
  readonly method: string;
  readonly path: string;
}

/** An incoming request. */
export interface Incoming extends RequestName {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Json;
}

export interface RestResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Null for no content. */
  readonly body: Json | Uint8Array;
}

const MAX_PER_PAGE = 100;
const DEFAULT_PER_PAGE = 30;
/** Parameters with values that can contain slashes. */
const WIDE = new Set(['path', 'ref', 'branch', 'basehead']);

interface CompiledRoute {
  readonly route: Route;
  readonly pattern: RegExp;
}

/** Answers REST requests over one state. */
export class Rest {
  readonly #routes: readonly CompiledRoute[];
  readonly #source: Source;

  constructor(source: Source, limits: CodeLimits) {
    this.#source = source;
    this.#routes = [...repositoryRoutes, ...pullRoutes, ...createCodeRoutes(limits)].map((route) => ({
      route,
      pattern: compile(route.path),
    }));
  }

  answer(incoming: Incoming, identity: Identity): RestResponse {
    try {
      return this.#answer(incoming, identity);
    } catch (error) {
      if (error instanceof ApiError) return buildFailure(error.status, error.message, error.errors);
      throw error;
    }
  }

  #answer(incoming: Incoming, identity: Identity): RestResponse {
    const url = new URL(incoming.path, this.#source.addresses.api);
    const found = this.#find(incoming.method, url.pathname);
    if (found === null) throw new ApiError(404, 'Not Found');
    const { route, params } = found;
    const { state } = this.#source;
    if ('owner' in params && 'repo' in params) {
      const asked = `${params.owner}/${params.repo}`.toLowerCase();
      if (asked !== `${state.owner}/${state.name}`.toLowerCase()) throw new ApiError(404, 'Not Found');
    }
    if (!allows(identity, route, state.private)) {
      return buildFailure(403, 'Resource not accessible by integration', [], {
        'x-accepted-github-permissions': route.needs
          .map(([scope, access]) => `${scope.replace('-', '_')}=${access}`)
          .join('; '),
      });
    }
    const body = typeof incoming.body === 'object' && incoming.body !== null ? incoming.body : {};
    const call: Call = {
      ...this.#source,
      identity,
      params,
      query: url.searchParams,
      // A list of labels is allowed in place of an object with `labels`.
      body: Array.isArray(body) ? { labels: body } : (body as JsonObject),
      raw: /application\/vnd\.github(\.v3)?\.raw/.test(String(incoming.headers.accept ?? '')),
    };
    return this.#finish(route.handle(call), url, incoming);
  }

  #finish(reply: Reply, url: URL, incoming: Incoming): RestResponse {
    if (!('list' in reply)) {
      if (reply.bytes !== undefined)
        return { status: reply.status, headers: { 'content-type': 'application/octet-stream' }, body: reply.bytes };
      return withEtag({ status: reply.status, headers: {}, body: reply.body ?? null }, incoming);
    }
    const size = clamp(url.searchParams.get('per_page'), DEFAULT_PER_PAGE, MAX_PER_PAGE);
    const page = clamp(url.searchParams.get('page'), 1, Number.MAX_SAFE_INTEGER);
    const items = reply.list.slice((page - 1) * size, page * size).map((item) => reply.buildItem(item as never));
    const last = Math.max(1, Math.ceil(reply.list.length / size));
    const link = buildLinkHeader(url, page, last);
    const body = reply.wrap === undefined ? items : reply.wrap(items, reply.list.length);
    return withEtag({ status: 200, headers: link === '' ? {} : { link }, body }, incoming);
  }

  #find(
    method: string,
    path: string,
  ): { readonly route: Route; readonly params: Readonly<Record<string, string>> } | null {
    for (const { route, pattern } of this.#routes) {
      if (route.method !== method) continue;
      const match = pattern.exec(path);
      if (match === null) continue;
      const params: Record<string, string> = {};
      for (const [name, value] of Object.entries(match.groups ?? {})) params[name] = decodeURIComponent(value ?? '');
      return { route, params };
    }
    return null;
  }
}

/** An error as GitHub words it. */
export function buildFailure(
  status: number,
  message: string,
  errors: readonly Json[] = [],
  headers: Readonly<Record<string, string>> = {},
): RestResponse {
  return {
    status,
    headers,
    body: {
      message,
      ...(errors.length === 0 ? {} : { errors }),
      documentation_url: 'https://docs.github.com/rest',
      status: String(status),
    },
  };
}

function allows(identity: Identity, route: Route, repositoryIsPrivate: boolean): boolean {
  if (route.needs.length === 0) return true;
  return route.needs.some(([scope, access]) => {
    if (hasPermission(identity, scope, access)) return true;
    // Public data may be read by anyone.
    return access === 'read' && !repositoryIsPrivate && scope !== 'administration' && scope !== 'members';
  });
}

function compile(path: string): RegExp {
  const source = path
    .replaceAll('.', '\\.')
    .replace('/contents/{path}', '/contents/?{path}')
    .replace(
      /\{(\w+)\}/g,
      (_, name: string) => `(?<${name}>${WIDE.has(name) ? (name === 'path' ? '.*' : '.+') : '[^/]+'})`,
    );
  return new RegExp(`^${source}$`);
}

function clamp(text: string | null, fallback: number, max: number): number {
  const value = Number(text ?? fallback);
  return Number.isSafeInteger(value) && value >= 1 ? Math.min(value, max) : fallback;
}

function buildLinkHeader(url: URL, page: number, last: number): string {
  const buildLink = (number: number, name: string): string => {
    const to = new URL(url);
    to.searchParams.set('page', String(number));
    return `<${to.href}>; rel="${name}"`;
  };
  const links: string[] = [];
  if (page > 1) links.push(buildLink(page - 1, 'prev'));
  if (page < last) links.push(buildLink(page + 1, 'next'), buildLink(last, 'last'));
  if (page > 1) links.push(buildLink(1, 'first'));
  return links.join(', ');
}

function withEtag(answer: RestResponse, incoming: Incoming): RestResponse {
  if (incoming.method !== 'GET' || answer.status !== 200) return answer;
  const etag = `W/"${createHash('sha256').update(JSON.stringify(answer.body)).digest('hex')}"`;
  if (incoming.headers['if-none-match'] === etag) return { status: 304, headers: { etag }, body: null };
  return { ...answer, headers: { ...answer.headers, etag } };
}
