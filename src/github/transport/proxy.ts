/**
 * HTTPS_PROXY, HTTP_PROXY and NO_PROXY for every request of this process. Node itself supports them: at run time since 24.14,
 * at start-up (NODE_USE_ENV_PROXY) since 22.21 and 24.5. On an older Node, the program starts once more. Nothing is bundled for
 * it.
 */

import { createRequire } from 'node:module';
import { PlatformError } from '../../model/errors.ts';
import { parseWebAddress } from '../../model/web-address.ts';
import { messages } from '../messages.ts';

const VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'] as const;

/** Loaded on demand, because loading takes as long as all requests of a run. */
const load = createRequire(import.meta.url);

/** The exit code of this program for "could not decide". */
const COULD_NOT_DECIDE = 3;

/**
 * Call before the first request. Null: go on, requests use the proxy that the environment names, if any. A number: the program
 * ran again with a proxy, and this is its exit code.
 * @throws PlatformError if the named proxy cannot be used, because no request may bypass it
 */
export async function useProxy(environment: NodeJS.ProcessEnv = process.env): Promise<number | null> {
  const named = VARIABLES.filter((name) => (environment[name] ?? '').trim() !== '');
  const [first] = named;
  if (first === undefined) return null;
  const addresses = Object.fromEntries(named.map((name) => [name, parseAddress(name, environment[name] ?? '')]));
  const environmentWithAddresses = { ...environment, ...addresses };
  const use: unknown = Reflect.get(load('node:http'), 'setGlobalProxyFromEnv');
  if (typeof use === 'function') {
    use(environmentWithAddresses);
    return null;
  }
  if (!readsProxyAtStart(process.versions.node)) {
    throw new PlatformError(messages.proxyUnsupported({ name: first, version: process.versions.node }));
  }
  return environment.NODE_USE_ENV_PROXY === '1' ? null : startAgain(environmentWithAddresses);
}

/**
 * The address of a proxy. Its scheme is optional, as for curl and others. The value is never repeated, because it can contain a
 * password.
 */
function parseAddress(name: string, text: string): string {
  const written = text.trim();
  const address = written.includes('://') ? written : `http://${written}`;
  if (/^https?:$/.test(parseWebAddress(address)?.protocol ?? '')) return address;
  throw new PlatformError(messages.proxyInvalid({ name }));
}

/** Whether a version of Node knows NODE_USE_ENV_PROXY for `node:http`. */
export function readsProxyAtStart(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
}

function startAgain(environment: NodeJS.ProcessEnv): Promise<number> {
  const { spawn } = load('node:child_process') as typeof import('node:child_process');
  const env = { ...environment, NODE_USE_ENV_PROXY: '1' };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], { env, stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal));
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? COULD_NOT_DECIDE));
  });
}
