/** The built action behind a proxy, and against an Enterprise Server: the same verdict, or exit 3, never a way around. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { TOKENS } from '../../src/embedded-github/accounts.ts';
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import { readsProxyAtStart, useProxy } from '../../src/github/transport/proxy.ts';
import { openDescriptionChange, startFabrikam } from '../support/fabrikam.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { type CheckedResult, runAction } from '../support/run-action.ts';
import { createSelfSigned } from '../support/self-signed.ts';

const COMMAND_LINE = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const SERVER = 'https://ghes.example';

/** As an Enterprise Server is laid out, behind its own host name. */
const ENTERPRISE = { basePath: '/api/v3', html: SERVER } as const;

/** Closed at the end: the tests run at once, because some mostly wait for retries. */
const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function github(options: Parameters<typeof startFabrikam>[0] = {}): Promise<EmbeddedGitHub> {
  const started = await startFabrikam(options);
  closing.push(() => started.close());
  return started;
}

async function proxy(hosts: Readonly<Record<string, number>> = {}): Promise<TestProxy> {
  const started = await startProxy(hosts);
  closing.push(() => started.close());
  return started;
}

/** One evaluation of a first pull request with these variables. */
function evaluated(target: EmbeddedGitHub, environment: Readonly<Record<string, string>> = {}): Promise<CheckedResult> {
  const { number } = openDescriptionChange(target);
  const event = { event: 'pull_request_target', action: 'opened', number, sender: 'ada' } as const;
  return runAction(target, event, {}, { environment });
}

/** The evaluation without any of this. */
let direct: CheckedResult;
beforeAll(async () => {
  direct = await evaluated(await github());
});

/** A port of this machine on which nothing listens. */
async function deadPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Makes Node look like one that reads a proxy at its start only. */
const WITHOUT_RUN_TIME_PROXY =
  "--import=data:text/javascript,import%20h%20from'node:http';delete%20h.setGlobalProxyFromEnv";

describe('the variable HTTP_PROXY', () => {
  test.concurrent.each([
    ['in upper case', 'HTTP_PROXY', (address: string) => address, {}],
    ['in lower case', 'http_proxy', (address: string) => address, {}],
    ['without a scheme', 'http_proxy', (address: string) => address.replace('http://', ''), {}],
    [
      'in a Node that reads it at its start',
      'HTTP_PROXY',
      (address: string) => address,
      { NODE_OPTIONS: WITHOUT_RUN_TIME_PROXY },
    ],
  ])('%s sends every request through the proxy and changes nothing else', async (_, name, write, more) => {
    const [target, through] = [await github(), await proxy()];
    const result = await evaluated(target, { [name]: write(through.address), ...more });
    expect(direct.exit).toBe(1);
    expect([result.exit, result.outputs.verdict, result.outputs.categories]).toEqual([
      direct.exit,
      direct.outputs.verdict,
      direct.outputs.categories,
    ]);
    expect(result.requests.length).toBe(direct.requests.length);
    expect(through.seen.length).toBeGreaterThan(0);
    const own = target.addresses.api.replace('http://', '');
    expect(through.seen.filter((line) => !line.includes(own))).toEqual([]);
  });

  test.concurrent('can contain credentials, which reach the proxy and no output', async () => {
    const [target, through] = [await github(), await proxy()];
    const result = await evaluated(target, { HTTP_PROXY: through.address.replace('//', '//ada:p4ssw0rd@') });
    expect(result.exit).toBe(1);
    const sent = `Basic ${Buffer.from('ada:p4ssw0rd').toString('base64')}`;
    expect(new Set(through.credentials)).toEqual(new Set([sent]));
    expect(result.stdout + result.stderr + result.summary).not.toContain('p4ssw0rd');
  });

  test.concurrent.each(['127.0.0.1', 'other.example,127.0.0.1', '*'])('is not used with NO_PROXY=%s', async (list) => {
    const [target, through] = [await github(), await proxy()];
    const result = await evaluated(target, { HTTP_PROXY: through.address, NO_PROXY: list });
    expect([result.exit, through.seen]).toEqual([1, []]);
  });

  test.concurrent('is used with NO_PROXY for another host', async () => {
    const [target, through] = [await github(), await proxy()];
    await evaluated(target, { HTTP_PROXY: through.address, NO_PROXY: 'other.example' });
    expect(through.seen.length).toBeGreaterThan(0);
  });

  test.concurrent.each([
    ['is dead', async () => `http://127.0.0.1:${await deadPort()}`, {}],
    [
      'is dead, on an older Node',
      async () => `http://127.0.0.1:${await deadPort()}`,
      { NODE_OPTIONS: WITHOUT_RUN_TIME_PROXY },
    ],
    ['is not supported', async () => 'socks5://ada:p4ssw0rd@127.0.0.1:1080', {}],
    ['is not an address', async () => 'http://ada:p4ssw0rd@:::', {}],
  ])('with a proxy that %s ends with exit code 3, without a request to GitHub', async (_, address, more) => {
    const target = await github();
    const result = await evaluated(target, { HTTP_PROXY: await address(), ...more });
    expect([result.exit, result.outputs.verdict, result.requests]).toEqual([3, 'error', []]);
    expect(result.stdout + result.stderr).not.toContain('p4ssw0rd');
  });
});

describe('GitHub Enterprise Server', () => {
  test.concurrent.each(['on', 'off'] as const)(
    'under /api/v3 with GraphQL %s has the same verdict and links to its pages',
    async (graphql) => {
      const target = await github(ENTERPRISE);
      target.graphql = graphql;
      const result = await evaluated(target, { GITHUB_API_URL: `${target.addresses.api}/` });
      expect([result.exit, result.outputs.verdict, result.outputs.categories]).toEqual([
        direct.exit,
        direct.outputs.verdict,
        direct.outputs.categories,
      ]);
      expect(result.requests.some(({ path }) => path === '/graphql')).toBe(true);
      expect(result.requests.filter(({ path }) => path === '/outside-the-base-path')).toEqual([]);
      expect(result.outputs['comment-url']).toMatch(/^https:\/\/ghes\.example\/fabrikam\/health\/pull\/\d+#/);
      const written = [...target.state.listComments(1).map(({ body }) => body), result.summary].join('\n');
      expect(written).toContain(`${SERVER}/fabrikam/health/blob/`);
      expect(written).not.toContain('github.com/fabrikam/health/');
    },
  );

  test.concurrent('is reached over TLS through the tunnel of HTTPS_PROXY', async () => {
    const target = await github({ ...ENTERPRISE, origin: SERVER });
    const identity = createSelfSigned('ghes.example');
    const front = tls.createServer({ key: identity.key, cert: identity.certificate }, (socket) => {
      const upstream = net.connect(target.port, '127.0.0.1');
      socket.pipe(upstream).pipe(socket);
      socket.on('error', () => upstream.destroy());
      upstream.on('error', () => socket.destroy());
    });
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    closing.push(async () => front.close());
    const folder = await mkdtemp(join(tmpdir(), 'go-live-authority-'));
    closing.push(() => rm(folder, { recursive: true }));
    const authority = join(folder, 'authority.pem');
    await writeFile(authority, identity.certificate);
    const through = await proxy({ 'ghes.example:443': (front.address() as AddressInfo).port });
    const result = await evaluated(target, { HTTPS_PROXY: through.address, NODE_EXTRA_CA_CERTS: authority });
    expect([result.exit, result.outputs.verdict]).toEqual([1, 'blocked']);
    expect(new Set(through.seen)).toEqual(new Set(['CONNECT ghes.example:443']));
    expect(result.outputs['comment-url']).toContain(`${SERVER}/fabrikam/health/pull/`);
  });
});

describe('the command line', () => {
  const labels = (target: EmbeddedGitHub, environment: Readonly<Record<string, string>>) =>
    new Promise<{ readonly exit: number | string | null; readonly text: string }>((resolve) => {
      const env = {
        PATH: process.env.PATH ?? '',
        GITHUB_TOKEN: 'ghp_writer',
        GITHUB_API_URL: target.addresses.api,
        GITHUB_REPOSITORY: 'fabrikam/health',
        ...environment,
      };
      execFile(process.execPath, [COMMAND_LINE, 'labels', '--dry-run'], { env }, (error, out, err) => {
        resolve({ exit: error === null ? 0 : (error.code ?? null), text: out + err });
      });
    });

  test.concurrent('uses the proxy for labels', async () => {
    const [target, through] = [await github(), await proxy()];
    target.state.tokens.set('ghp_writer', target.state.tokens.get(TOKENS.job) as never);
    const result = await labels(target, { HTTP_PROXY: through.address });
    expect(through.seen.length).toBeGreaterThan(0);
    expect(target.requests.length).toBeGreaterThan(0);
    expect(result.text).not.toMatch(/github-(?:unreachable|connection-refused)/);
  });

  test.concurrent('ends labels with exit code 3 if the proxy is dead, without a request', async () => {
    const target = await github();
    const result = await labels(target, { HTTP_PROXY: `http://127.0.0.1:${await deadPort()}` });
    expect([result.exit, target.requests]).toEqual([3, []]);
    expect(result.text).toContain('github-connection-refused');
  });
});

describe('the process', () => {
  test('uses no proxy without a variable', async () => {
    expect(await useProxy({ HTTP_PROXY: '', https_proxy: ' ', NO_PROXY: '*' })).toBeNull();
  });

  test.each([
    ['20.20.2', false],
    ['22.20.0', false],
    ['22.21.0', true],
    ['23.11.0', false],
    ['24.4.1', false],
    ['24.5.0', true],
    ['25.1.0', true],
  ])('of Node %s reads a proxy at its start is %s', (version, reads) => {
    expect(readsProxyAtStart(version)).toBe(reads);
  });
});
