/** A policy that extends one of another repository: read at its full commit with the job's token, or nothing passes. */
import { policy as policyCommand } from '../../src/commands/policy/policy.ts';
import { TOKENS } from '../../src/embedded-github/accounts.ts';
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import { computeSha256 } from '../../src/model/digest.ts';
import { run, temporaryFolder, withEnvironment, writeFiles } from '../commands/support.ts';
import { buildManifest, findStatus, MANIFEST_PATH, openDescriptionChange, startFabrikam } from '../support/fabrikam.ts';
import { answer } from '../support/run-gate.ts';

const SHARED_PATH = 'policies/team.yml';
const SHARED = `extends: healthvault
name: shared
rules:
  wording: { when: { setting: description }, category: extra-review, reason: Words are reviewed. }
`;
const POLICY_PATH = '.github/go-live.yml';

let github: EmbeddedGitHub;
beforeEach(async () => {
  github = await startFabrikam();
});
afterEach(() => github.close());

/** Commits a policy to share, and returns the name under which it is extended. */
function share(text = SHARED, path = SHARED_PATH): string {
  const { sha } = github.state.commitTo('main', { files: { [path]: text } });
  return `fabrikam/health/${path}@${sha}`;
}

function usePolicy(text: string): void {
  github.state.commitTo('main', { files: { [POLICY_PATH]: text } });
}

const answerToChange = () => answer(github, openDescriptionChange(github).number);

describe.each(['on', 'off'] as const)('a shared policy with GraphQL %s', (road) => {
  beforeEach(() => {
    github.graphql = road;
  });

  test('has its rules applied, and the report names the commit and the digest', async () => {
    const name = share();
    share(`${SHARED}# newer, and not pinned\n`);
    usePolicy(`extends: ${name}\nlabels: { extra-review: team/words }\n`);
    const { exit, report } = await answerToChange();
    expect(exit).toBe(1);
    expect(report?.changes.map(({ rule, category }) => [rule, category])).toEqual([['wording', 'extra-review']]);
    expect(report?.labels.required).toEqual(['team/words']);
    const digest = computeSha256(new TextEncoder().encode(SHARED));
    expect(report?.policy).toMatchObject({ name: 'shared', shared: [{ source: name, digest }] });
  });

  test('that is missing or not visible for the token is an error', async () => {
    for (const name of [`fabrikam/health/none.yml@${'a'.repeat(40)}`, `contoso/hidden/policy.yml@${'b'.repeat(40)}`]) {
      usePolicy(`extends: ${name}\n`);
      const pull = openDescriptionChange(github, name);
      const { exit, failure } = await answer(github, pull.number);
      expect({ name, exit, failure }).toEqual({ name, exit: 2, failure: 'shared-policy-unreadable' });
      expect(findStatus(github, pull)).toBe('error');
    }
  });
});

test('a chain of shared policies is followed if it is short and pinned', async () => {
  const first = share();
  const second = share(`extends: ${first}\n`, 'policies/second.yml');
  const third = share(`extends: ${second}\n`, 'policies/third.yml');
  usePolicy(`extends: ${third}\n`);
  const { report } = await answerToChange();
  expect(report?.policy.shared?.map(({ source }) => source)).toEqual([third, second, first]);
  usePolicy(`extends: ${share(`extends: ${third}\n`, 'policies/fourth.yml')}\n`);
  expect((await answerToChange()).failure).toBe('shared-policy-chain');
  usePolicy(`extends: ${share('extends: fabrikam/health/policies/team.yml@main\n', 'policies/open.yml')}\n`);
  const { failure, text } = await answerToChange();
  expect([failure, text]).toEqual(['policy-invalid', expect.stringContaining('with a full commit SHA')]);
});

test.each([
  'fabrikam/health/policies/team.yml@main',
  'fabrikam/health/policies/team.yml@v1',
  'fabrikam/health/policies/team.yml@abc1234',
  'fabrikam/health/policies/team.yml',
  `fabrikam/health/../team.yml@${'a'.repeat(40)}`,
  `fabrikam/health//team.yml@${'a'.repeat(40)}`,
])('the shared policy %s is rejected', async (name) => {
  share();
  usePolicy(`extends: ${name}\n`);
  const { exit, failure, text } = await answerToChange();
  expect([exit, failure, text]).toEqual([2, 'policy-invalid', expect.stringContaining('with a full commit SHA')]);
});

test('a mistake in a shared policy is reported at its place', async () => {
  const name = share(`${SHARED}labls: {}\n`);
  usePolicy(`extends: ${name}\n`);
  const { failure, text } = await answerToChange();
  expect([failure, text]).toEqual(['policy-invalid', expect.stringContaining(`${name}:5:1: There is no key "labls"`)]);
});

test('a pull request cannot add a policy that extends a missing one', async () => {
  const bring = (text: string) =>
    github.state.open({
      author: 'ada',
      files: { [POLICY_PATH]: text, [MANIFEST_PATH]: buildManifest({ description: 'New' }) },
    });
  const missing = await answer(github, bring(`extends: contoso/hidden/policy.yml@${'b'.repeat(40)}\n`).number);
  expect(missing.exit).toBe(1);
  expect(missing.report?.problems.map(({ id, severity }) => [id, severity])).toContainEqual([
    'shared-policy-unreadable',
    'unreadable',
  ]);
  const known = await answer(github, bring(`extends: ${share()}\n`).number);
  expect(known.report?.problems.filter(({ severity }) => severity === 'unreadable')).toEqual([]);
});

describe('a shared policy on the command line', () => {
  const folder = temporaryFolder();
  const file = `${folder}/go-live.yml`;
  withEnvironment(() => ({ GITHUB_API_URL: github.addresses.api, GITHUB_TOKEN: TOKENS.job, GH_TOKEN: undefined }));

  test('is read with a token and rejected without one', async () => {
    writeFiles(folder, { 'go-live.yml': `extends: ${share()}\n` });
    const check = () => run(policyCommand, {}, ['check', file]);
    expect(await check()).toMatchObject({ exit: 0, out: expect.stringContaining('is valid') });
    delete process.env.GITHUB_TOKEN;
    expect(await check()).toMatchObject({
      exit: 2,
      id: 'token-missing',
      message: expect.stringContaining('contents: read for fabrikam/health'),
    });
  });
});
