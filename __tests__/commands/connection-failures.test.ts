/** What the commands that connect to GitHub say when they cannot: each cause has its own sentence and its own fix. */
import { execFile } from 'node:child_process';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createSelfSigned } from '../support/self-signed.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const COMMANDS = [['labels'], ['labels', '--dry-run'], ['doctor']];

interface Reply {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Closed at the end: the tests run at once, because they mostly wait for retries. */
const servers: net.Server[] = [];
afterAll(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: net.Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function replying({ status, message, headers = {} }: Reply): http.RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close', ...headers });
    response.end(JSON.stringify({ message }));
  };
}

function run(words: readonly string[], apiUrl: string): Promise<{ readonly exit: unknown; readonly text: string }> {
  const env = {
    PATH: process.env.PATH ?? '',
    GITHUB_TOKEN: 'ghp_secret',
    GITHUB_REPOSITORY: 'fabrikam/health',
    GITHUB_API_URL: apiUrl,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...words], { env }, (error, out, err) => {
      resolve({ exit: error === null ? 0 : error.code, text: out + err });
    });
  });
}

/** Runs every command against a server, all at once, and expects exit 3, the id with its address, and the sentence. */
async function expectFailure(apiUrl: string, id: string, sentence: string): Promise<void> {
  const runs = await Promise.all(COMMANDS.map(async (words) => ({ words, ...(await run(words, apiUrl)) })));
  for (const { words, exit, text } of runs) {
    expect({ words, exit }).toEqual({ words, exit: 3 });
    expect(text).toContain(`(${id}) https://github.com/`);
    expect(text).toContain(`troubleshooting.md#${id}`);
    expect(text).toContain(sentence);
    expect(text).not.toContain('ghp_secret');
  }
}

describe('a connection without an answer ends with exit code 3', () => {
  test.concurrent('for a name that does not exist', () =>
    expectFailure('http://github.invalid', 'github-host-unknown', 'The name github.invalid could not be resolved'));

  test.concurrent('for a port without a server', async () => {
    const server = net.createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    await expectFailure(
      `http://127.0.0.1:${port}`,
      'github-connection-refused',
      `The connection to 127.0.0.1:${port} was refused`,
    );
  });

  test.concurrent('for a certificate that is not trusted', async () => {
    const { key, certificate } = createSelfSigned('localhost');
    const port = await listen(https.createServer({ key, cert: certificate }, replying({ status: 200, message: '' })));
    await expectFailure(`https://localhost:${port}`, 'github-certificate', 'Set NODE_EXTRA_CA_CERTS');
  });

  test.concurrent('for a connection that ends', async () => {
    const port = await listen(net.createServer((socket) => socket.destroy()));
    await expectFailure(`http://127.0.0.1:${port}`, 'github-unreachable', `no answer from 127.0.0.1:${port}`);
  });
});

describe('a refused request', () => {
  const sso = 'required; url=https://github.com/orgs/fabrikam/sso?authorization_request=A1';
  test.concurrent.each<[string, Reply, string, string]>([
    ['401', { status: 401, message: 'Bad credentials' }, 'github-bad-token', 'GITHUB_TOKEN or GH_TOKEN'],
    [
      'rate limit',
      {
        status: 403,
        message: 'API rate limit exceeded for user ID 1.',
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '4102444800' },
      },
      'github-rate-limit',
      'Run the gate again later',
    ],
    [
      'secondary limit',
      { status: 403, message: 'You have exceeded a secondary rate limit.', headers: { 'retry-after': '3600' } },
      'github-secondary-limit',
      'in a few minutes',
    ],
    [
      'single sign-on',
      {
        status: 403,
        message: 'Resource protected by organization SAML enforcement.',
        headers: { 'x-github-sso': sso },
      },
      'github-saml',
      'Authorize the token for the organization: https://github.com/orgs/fabrikam/sso?authorization_request=A1',
    ],
    [
      'IP allow list',
      {
        status: 403,
        message:
          'Although you appear to have the correct authorization credentials, the `fabrikam` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
      },
      'github-ip-allow-list',
      'Run it from a listed address',
    ],
    ['404', { status: 404, message: 'Not Found' }, 'github-not-found', 'Check the name of the repository'],
    ['429', { status: 429, message: 'Too many', headers: { 'retry-after': '3600' } }, 'github-rate-limit', 'later'],
    ['500', { status: 500, message: 'Server Error' }, 'github-unreachable', 'answer 500'],
  ])('%s is explained', async (_, reply, id, sentence) => {
    const port = await listen(http.createServer(replying(reply)));
    await expectFailure(`http://127.0.0.1:${port}`, id, sentence);
  });

  test.concurrent('names the missing permission, but only one that workflows can set', async () => {
    const reply = { status: 403, message: 'Resource not accessible by personal access token' };
    const port = await listen(http.createServer(replying(reply)));
    const labels = await run(['labels'], `http://127.0.0.1:${port}`);
    expect(labels.exit).toBe(3);
    expect(labels.text).toContain('Add this permission to the token, or to the permissions of the job: ');
    const doctor = await run(['doctor'], `http://127.0.0.1:${port}`);
    expect(doctor.exit).toBe(3);
    expect(doctor.text).toContain('Use a token that can read this repository.');
    expect(labels.text + doctor.text).not.toContain('metadata: read');
  });
});
