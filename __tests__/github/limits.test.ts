import { TOKENS } from '../../src/embedded-github/accounts.ts';
import { buildSecondaryLimit, type FaultAnswer } from '../../src/embedded-github/faults.ts';
import { type EmbeddedGitHub, startGitHub } from '../../src/embedded-github/github.ts';
import { connect, type GitHubClient, getHttpStatus } from '../../src/github/client.ts';

let github: EmbeddedGitHub;
beforeEach(async () => {
  github = await startGitHub({ now: '2026-11-23T18:00:00Z', files: { 'README.md': 'Fabrikam\n' } });
});
afterEach(() => github.close());

const open = () => connect({ token: TOKENS.job, apiUrl: github.addresses.api, userAgent: 'test', retryDelayMs: 0.001 });

const readRepository = (client = open()) =>
  client.rest.repos.get({ owner: github.state.owner, repo: github.state.name }).then(
    ({ status }) => status,
    (error) => getHttpStatus(error),
  );

const failTimes = (answer: FaultAnswer, times: number) => github.faults.add({ path: /./, answer, times });

test.each([
  ['two failures of the server', { status: 502 }, 2, 200, 3],
  ['three failures of the server', { status: 502 }, 3, 502, 3],
  ['a request that is not found', { status: 404 }, 1, 404, 1],
  ['one secondary rate limit', buildSecondaryLimit(1), 1, 200, 2],
  ['a secondary rate limit with status 429', buildSecondaryLimit(1, 429), 1, 200, 2],
  ['a second secondary rate limit', buildSecondaryLimit(1), 2, 403, 2],
  ['a secondary rate limit of an hour', buildSecondaryLimit(3600), 1, 403, 1],
  ['a status 429 without a limit', { status: 429 }, 1, 429, 1],
] satisfies [string, FaultAnswer, number, number, number][])(
  'the client handles %s',
  async (_, answer, times, status, requests) => {
    failTimes(answer, times);
    expect(await readRepository()).toBe(status);
    expect(github.requests).toHaveLength(requests);
  },
);

test.each<[string, (client: GitHubClient) => Promise<unknown>]>([
  ['REST', (client) => client.request('POST /nothing')],
  ['GraphQL', (client) => client.graphql('mutation Nothing { nothing }')],
])('after sixty writes by %s at once the next one waits, and a read does not', async (_, write) => {
  const { now } = performance;
  performance.now = () => 0; // so that the writes come at once also on a slow machine
  const client = open();
  await Promise.allSettled(Array.from({ length: 60 }, () => write(client)));
  await Promise.allSettled([write(client), readRepository(client)]);
  performance.now = now;
  const kinds = github.requests.map(({ kind }) => kind);
  expect([new Set(kinds.slice(0, 60)), kinds.slice(60)]).toEqual([new Set(['write']), ['read', 'write']]);
});

test('only ten requests run at a time', async () => {
  let [underWay, most] = [0, 0];
  github.beforeRequest = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise(setImmediate);
    underWay -= 1;
  };
  const client = open();
  const { owner, name: repo } = github.state;
  const pages = Array.from({ length: 30 }, (_, page) => client.rest.pulls.list({ owner, repo, page: page + 1 }));
  expect((await Promise.all(pages)).map(({ status }) => status)).toEqual(pages.map(() => 200));
  expect(most).toBeLessThanOrEqual(10);
});
