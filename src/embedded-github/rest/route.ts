/** A route of the REST API has a method, a path, the required permissions, and a pure handler over the state. */
import type { Access, Identity, Scope } from '../accounts.ts';
import type { JsonObject, Source } from '../payload-repository.ts';
import type { Json } from '../records.ts';

/** A request that matches a route and has its permission. */
export interface Call extends Source {
  readonly identity: Identity;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
  /** True when the caller asked for the raw bytes instead of JSON. */
  readonly raw: boolean;
}

export type Reply =
  | { readonly status: number; readonly body?: Json; readonly bytes?: Uint8Array }
  /** A list that is sent page by page, with a `Link` header. `wrap` puts the page into an object. */
  | {
      readonly list: readonly unknown[];
      readonly buildItem: (item: never) => Json;
      readonly wrap?: (page: readonly Json[], total: number) => Json;
    };

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** As in GitHub's description: `/repos/{owner}/{repo}/pulls/{pull_number}`. */
  readonly path: string;
  /** Any one of these permissions is enough. With an empty list, any valid token is. */
  readonly needs: readonly (readonly [Scope, Access])[];
  readonly handle: (call: Call) => Reply;
}

/** An answer that is not a success, with GitHub's message. */
export class ApiError extends Error {
  readonly status: number;
  readonly errors: readonly Json[];

  constructor(status: number, message: string, errors: readonly Json[] = []) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

export function replyWith(body: Json, status = 200): Reply {
  return { status, body };
}

/** A list with its items' shape. */
export function replyWithPage<Item>(
  items: readonly Item[],
  buildItem: (item: Item) => Json,
  wrap?: (page: readonly Json[], total: number) => Json,
): Reply {
  return { list: items, buildItem, ...(wrap === undefined ? {} : { wrap }) };
}

export function createNotFound(): ApiError {
  return new ApiError(404, 'Not Found');
}

/** A path parameter that must be a positive number. Anything else is not found. */
export function requireNumber(call: Call, name: string): number {
  const value = Number(call.params[name]);
  if (!Number.isSafeInteger(value) || value < 1) throw createNotFound();
  return value;
}

/** A text from the request's body. 422 if it is missing or not a text. */
export function requireText(call: Call, field: string): string {
  const value = call.body[field];
  if (typeof value !== 'string')
    throw new ApiError(422, `Invalid request.\n\n"${field}" wasn't supplied.`, [
      { resource: 'Request', field, code: 'missing_field' },
    ]);
  return value;
}

/** An optional text from the body. */
export function readText(call: Call, field: string): string | null {
  const value = call.body[field];
  return typeof value === 'string' ? value : null;
}
