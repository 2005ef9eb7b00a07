/**
 * Repeats requests on condition that the answer has changed: the role of a reviewer of many pull requests, the tree of their
 * base, a list before and after a write. GitHub does not count an unchanged answer (304) against the rate limit. If two callers
 * send the same request at a time, one request serves both. Answers are not kept beyond the run.
 */
import type { Octokit } from '@octokit/rest';

/** Number of answers that are kept, by last request. */
const MAX_KEPT_RESPONSES = 100;

type CachedResponse = Awaited<ReturnType<Octokit['request']>>;

/** From now on `client` repeats a request on condition that its answer has changed. */
export function askConditionally(client: Octokit): void {
  const kept = new Map<string, CachedResponse>();
  const underWay = new Map<string, Promise<CachedResponse>>();
  client.hook.wrap('request', async (request, options) => {
    const { method, url } = client.request.endpoint.parse(options);
    if (method !== 'GET') {
      underWay.clear(); // an answer after a write must not be from before it
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
        return { ...known }; // pagination replaces parts of its input
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
