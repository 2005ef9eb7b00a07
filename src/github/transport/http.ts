/**
 * Sends requests to GitHub by Node's own client instead of `fetch`, because `fetch` alone takes more CPU time to load than all
 * requests of a run. The agents of the process are used, so that a proxy counts for these requests too.
 */
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';

// An import of `node:http` reads each of its exports, and some of them load `fetch` with all that belongs to it.
const load = createRequire(import.meta.url);

const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 307, 308]);

/** A connection that is silent for so long is given up. */
const MAX_SILENCE_MS = 60_000;

/** Requests that are not written yet: each ends when it is, or when it has failed. */
const unsent = new Set<Promise<void>>();

/** The arguments that Octokit passes to its `fetch`. */
interface RequestParts {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** The parts of a response that Octokit reads. */
interface ResponseParts {
  readonly status: number;
  readonly url: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: () => Promise<string>;
  readonly arrayBuffer: () => Promise<ArrayBufferLike>;
}

/** Sends a request. The token stays with the host that it is for: a redirect to another one is a failure. */
export async function sendRequest(url: string, parts: RequestParts): Promise<ResponseParts> {
  let address = new URL(url);
  for (let followed = 0; ; followed += 1) {
    const response = await send(address, parts);
    const { statusCode: status = 0 } = response;
    const { location } = response.headers;
    if (!REDIRECTS.has(status) || location === undefined) return toResponse(address, response);
    response.resume();
    const target = new URL(location, address);
    if (target.origin !== address.origin || followed === MAX_REDIRECTS) throw new Error(`redirected to ${target.host}`);
    address = target;
  }
}

function send(address: URL, { method, headers, body }: RequestParts): Promise<IncomingMessage> {
  const { request } = load(address.protocol === 'http:' ? 'node:http' : 'node:https') as typeof import('node:https');
  return new Promise((resolve, reject) => {
    const outgoing = request(address, { method, headers: { ...headers, 'accept-encoding': 'gzip' } }, resolve);
    outgoing.once('error', reject);
    outgoing.setTimeout(MAX_SILENCE_MS, () =>
      outgoing.destroy(new Error(`no answer within ${MAX_SILENCE_MS / 1000} seconds`)),
    );
    outgoing.end(body);
    const sent = new Promise<void>((resolve) => void outgoing.once('finish', resolve).once('close', resolve));
    unsent.add(sent);
    void sent.then(() => unsent.delete(sent));
  });
}

/** Waits until the pending requests are sent. Code that blocks the process before that delays them. */
export async function waitUntilSent(): Promise<void> {
  await setImmediate(); // Octokit sends a request only after some promises
  await Promise.all(unsent);
}

function toResponse({ href: url }: URL, response: IncomingMessage): ResponseParts {
  const headers = new Map(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  const read = async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    if (headers.get('content-encoding') !== 'gzip') return bytes;
    return (load('node:zlib') as typeof import('node:zlib')).gunzipSync(bytes);
  };
  return {
    status: response.statusCode ?? 0,
    url,
    headers,
    text: async () => (await read()).toString('utf8'),
    arrayBuffer: async () => Uint8Array.from(await read()).buffer,
  };
}
