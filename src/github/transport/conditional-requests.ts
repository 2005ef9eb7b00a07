/**
 * What a run asks again (the role of a reviewer of many pull requests, the tree of their base, a list before and after a
 * write) is asked on condition that it has changed: GitHub does not count an unchanged answer (304) against the hour's
 * budget. Where the same is asked twice at a time, one request serves both. Nothing is kept beyond the run.
 */
import type { Octokit } from '@octokit/rest';

/** Answers kept at a time, the last ones asked for. */
const MAX_KEPT_RESPONSES = 100;

type CachedResponse = Awaited<ReturnType<Octokit['request']>>;

/** From now on `client` asks on condition what it has asked before. */
export function askConditionally(client: Octokit): void {
  const kept = new Map<string, CachedResponse>();
  const underWay = new Map<string, Promise<CachedResponse>>();
  client.hook.wrap('request', async (request, options) => {
    const { method, url } = client.request.endpoint.parse(options);
    if (method !== 'GET') {
      underWay.clear(); // what is asked after a write must not be answered from before it
      return await request(options);
    }
    const asked = underWay.get(url);
    if (asked !== undefined) return { ...(await asked) };
    const ask = async (): Promise<CachedResponse> => {
      const known = kept.get(url);
      // The hooks below are bound to this very object: another one would not reach the request.
      if (known !== undefined) options.headers['if-none-match'] = known.headers.etag;
      try {
        const answer = await request(options);
        keep(kept, url, answer);
        return answer;
      } catch (error) {
        if (known === undefined || !isUnchanged(error)) throw error;
        keep(kept, url, known);
        return { ...known }; // paginating replaces parts of what it is given
      }
    };
    const asking = ask().finally(() => underWay.delete(url));
    underWay.set(url, asking);
    return await asking;
  });
}

/** GitHub's 304 is thrown by Octokit like a failure. */
function isUnchanged(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 304;
}

function keep(kept: Map<string, CachedResponse>, url: string, answer: CachedResponse): void {
  if (answer.headers.etag === undefined) return;
  kept.delete(url);
  kept.set(url, { ...answer });
  const [oldest] = kept.keys();
  if (kept.size > MAX_KEPT_RESPONSES && oldest !== undefined) kept.delete(oldest);
}
