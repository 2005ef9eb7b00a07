/** The embedded GitHub without a network: a fetch that asks its routes at once, for tests that make very many requests. */
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import { buildMutationRoot } from '../../src/embedded-github/graphql/mutations.ts';
import { buildQueryRoot } from '../../src/embedded-github/graphql/query-root.ts';
import { runGraphql } from '../../src/embedded-github/graphql/run.ts';
import type { Json } from '../../src/embedded-github/records.ts';
import { Rest, type RestResponse } from '../../src/embedded-github/rest/rest.ts';

/** The address that the fetch answers for. */
export const DIRECT_ADDRESS = 'http://github.test';

/** A fetch for one embedded GitHub, which need not listen. */
export function createDirectFetch({ state, limits }: EmbeddedGitHub, graphQl = true): typeof fetch {
  const source = { state, addresses: { api: DIRECT_ADDRESS, html: 'https://github.com' } };
  const rest = new Rest(source, limits);
  return async (input, init) => {
    const url = new URL(String(input));
    const headers = Object.fromEntries(new Headers(init?.headers).entries());
    const identity = state.tokens.get((headers.authorization ?? '').replace(/^\S+ /, ''));
    if (identity === undefined) throw new Error('a request without a token that the embedded GitHub knows');
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as Json) : null;
    const request = { method: init?.method ?? 'GET', path: `${url.pathname}${url.search}`, headers, body };
    const answer = url.pathname === '/graphql' ? ask(body) : rest.answer(request, identity);
    return new Response(answer.status === 204 ? null : JSON.stringify(answer.body), {
      status: answer.status,
      headers: { 'content-type': 'application/json; charset=utf-8', ...answer.headers },
    });

    function ask(query: Json): RestResponse {
      if (!graphQl) return { status: 404, headers: {}, body: { message: 'Not Found' } };
      const { query: text, variables } = query as { query: string; variables: Readonly<Record<string, Json>> };
      if (identity === undefined) throw new Error('checked above');
      const root = { ...buildQueryRoot(source, identity), ...buildMutationRoot(source, identity, rest) };
      return { status: 200, headers: {}, body: runGraphql(text, variables, root) };
    }
  };
}
