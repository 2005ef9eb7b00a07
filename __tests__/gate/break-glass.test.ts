/** The emergency way through: its own label, people, reason and end; red everywhere; never for a secret or an unreadable policy. */
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import type { PullRequest } from '../../src/embedded-github/state.ts';
import { buildManifest, findStatus, MANIFEST_PATH, runFabrikamGate, startFabrikam } from '../support/fabrikam.ts';
import { answer, answerTo, approve, reportPush } from '../support/run-gate.ts';

const GLASS = 'go-live/break-glass';
const POLICY = `extends: healthvault
break-glass:
  label: ${GLASS}
  approvers: { users: [boss] }
  expires-after-hours: 4
`;
const REASON = 'Sign-in fails for everyone.\n\nBreak-glass: sign-in fails, Microsoft agreed by phone\n';
const SECRET =
  '-----BEGIN PRIVATE KEY-----\nMIIBVQIBADANBgkqhkiG9w0BAQEFAASCAT8wggE7AgEAAkEAq7BFUpkGp3+LQmlQ\n-----END PRIVATE KEY-----\n';

let github: EmbeddedGitHub;
beforeEach(async () => {
  github = await startFabrikam({ files: { '.github/go-live.yml': POLICY } });
  github.state.setRole('boss', 'read');
});
afterEach(async () => github.close());

async function opened(files: Readonly<Record<string, string>>, body: string | null = REASON): Promise<PullRequest> {
  const pull = github.state.open({ author: 'ada', title: 'Emergency', body, files });
  expect((await answer(github, pull.number)).exit).toBe(1);
  return pull;
}

const change = { [MANIFEST_PATH]: buildManifest({ description: 'Out of order' }) };

test('the break-glass label with a reason passes, and every output says so', async () => {
  const pull = await opened(change);
  github.state.addLabel(pull.number, GLASS, 'boss');
  const result = await runFabrikamGate(github, pull.number, 'labeled');
  expect([result.exit, result.outputs.verdict, findStatus(github, pull)]).toEqual([0, 'passed', 'success']);
  const report = JSON.parse(result.report ?? '');
  expect(report.breakGlass).toMatchObject({
    label: GLASS,
    by: 'boss',
    reason: expect.stringContaining('sign-in fails'),
  });
  expect(Date.parse(report.breakGlass.until) - Date.parse(report.breakGlass.at)).toBe(4 * 3_600_000);
  const [status] = github.state.listStatuses(pull.headSha);
  expect(status?.description).toMatch(/break-glass by boss/i);
  for (const text of [github.state.listComments(pull.number)[0]?.body, result.summary])
    expect(text).toContain('Emergency label used');
  expect(result.stdout).toMatch(/break-glass/i);
});

test.each([
  ['by another user, whose role does not matter', 'grace', REASON],
  ['by the author', 'ada', REASON],
  ['without a reason', 'boss', 'Please.'],
  ['with an empty reason', 'boss', 'Break-glass:   \n'],
  ['without a description', 'boss', null],
])('break-glass does not pass %s', async (_how, by, body) => {
  const pull = await opened(change, body);
  github.state.addLabel(pull.number, GLASS, by);
  const { exit, report } = await answer(github, pull.number, 'labeled');
  expect([exit, findStatus(github, pull)]).toEqual([1, 'failure']);
  expect(report?.breakGlass).toBeUndefined();
  expect(report?.labels.rejected.map(({ label }) => label)).toContain(GLASS);
});

test('break-glass expires after its hours', async () => {
  const pull = await opened(change);
  github.state.addLabel(pull.number, GLASS, 'boss');
  github.state.clock.advance(4 * 3_600_000 - 60_000);
  expect((await answer(github, pull.number, 'labeled')).exit).toBe(0);
  github.state.clock.advance(60_000);
  expect((await answer(github, pull.number, 'edited')).exit).toBe(1);
  expect(findStatus(github, pull)).toBe('failure');
});

test('the nightly run finds that break-glass has expired, and that the policy is stricter', async () => {
  const glass = await opened(change);
  github.state.addLabel(glass.number, GLASS, 'boss');
  expect((await answer(github, glass.number, 'labeled')).exit).toBe(0);
  github.state.setRole('grace', 'write');
  const approved = await opened({ [MANIFEST_PATH]: buildManifest({ description: 'Other' }) }, null);
  expect((await approve(github, approved.number)).exit).toBe(0);
  const stricter = `${POLICY}approvers: { default: { role: maintain } }\n`;
  github.state.commitTo('main', { files: { '.github/go-live.yml': stricter } });
  github.state.clock.advance(4 * 3_600_000);
  const trigger = { event: 'schedule', schedule: '17 * * * *' } as const;
  expect((await answerTo(github, trigger, { 'pull-request': 'open' })).exit).toBe(1);
  expect([glass, approved].map((pull) => findStatus(github, pull))).toEqual(['failure', 'failure']);
});

test('break-glass is for one change, and another one needs it again', async () => {
  const pull = await opened(change);
  github.state.addLabel(pull.number, GLASS, 'boss');
  expect((await answer(github, pull.number, 'labeled')).exit).toBe(0);
  const push = () =>
    github.state.push(pull.number, { files: { [MANIFEST_PATH]: buildManifest({ description: 'Other' }) } });
  expect((await reportPush(github, pull, push)).exit).toBe(1);
  expect(pull.labels).toEqual([]);
});

test('break-glass does not count if it was added before the change was shown', async () => {
  const pull = github.state.open({ author: 'ada', body: REASON, files: change });
  github.state.addLabel(pull.number, GLASS, 'boss');
  expect((await answer(github, pull.number)).exit).toBe(1);
});

test('break-glass never clears a secret', async () => {
  const pull = await opened({ ...change, 'certs/production.pem': SECRET });
  github.state.addLabel(pull.number, GLASS, 'boss');
  const { exit, report } = await answer(github, pull.number, 'labeled');
  expect(report?.categories).toContain('secret');
  expect([exit, report?.breakGlass]).toEqual([1, undefined]);
});

test('break-glass never clears an unreadable policy', async () => {
  const pull = await opened({ ...change, '.github/go-live.yml': 'extends: [\n' });
  github.state.addLabel(pull.number, GLASS, 'boss');
  const { exit, report } = await answer(github, pull.number, 'labeled');
  expect([exit, report?.breakGlass]).toEqual([1, undefined]);
});

test('a policy without break-glass has no such label', async () => {
  github.state.commitTo('main', { files: { '.github/go-live.yml': null } });
  const pull = await opened(change);
  github.state.addLabel(pull.number, GLASS, 'boss');
  expect((await answer(github, pull.number, 'labeled')).exit).toBe(1);
});
