/** GitHub refuses the run's first status while the facts cannot be read either: the run ends as an error, and says so. */
import { buildManifest, CONTEXT, LABELS, MANIFEST_PATH, startFabrikam } from '../support/fabrikam.ts';
import { runAction } from '../support/run-action.ts';

const REFUSED = { method: 'POST', path: '/statuses/', answer: { status: 422 } } as const;

async function openLabeled() {
  const github = await startFabrikam();
  const files = { [MANIFEST_PATH]: buildManifest({ description: 'New' }) };
  const pull = github.state.open({ author: 'ada', title: 'Change', files });
  // In a process of its own: a failure that nothing awaits ends that with a trace on stderr.
  const run = (action: 'opened' | 'labeled' | 'synchronize') => {
    const trigger = { event: 'pull_request_target', action, number: pull.number, sender: 'grace' } as const;
    return runAction(github, trigger, {}, { as: 'process' });
  };
  await run('opened');
  github.state.addLabel(pull.number, LABELS.configuration, 'grace');
  return { github, pull, run };
}

test('an invalid policy ends with an error when pending is refused', async () => {
  const { github, pull, run } = await openLabeled();
  github.state.commitTo('main', { files: { '.github/go-live.yml': 'extends: [' } });
  github.faults.add(REFUSED);
  const { exit, stderr } = await run('labeled');
  await github.close();
  expect([exit, stderr]).toEqual([3, '']);
  expect(github.state.findStatus(pull.headSha, CONTEXT)?.state).toBe('error');
});

test('an unknown co-author ends with an error when pending is refused', async () => {
  const { github, pull, run } = await openLabeled();
  github.graphql = 'off';
  github.state.push(pull.number, { coAuthors: ['Someone <someone@example.com>'], files: { 'a.txt': 'a' } });
  github.faults.add(REFUSED);
  const { exit, stderr } = await run('synchronize');
  await github.close();
  expect([exit, stderr]).toEqual([3, '']);
  expect(github.state.findStatus(pull.headSha, CONTEXT)?.state).toBe('error');
});

test('a tick and reviews that are still being read end with an error when pending is refused', async () => {
  const { github, pull, run } = await openLabeled();
  github.state.commitTo('main', {
    files: { '.github/go-live.yml': 'extends: healthvault\napprovers: { default: { role: write, by: review } }\n' },
  });
  const [comment] = github.state.listComments(pull.number);
  github.state.editComment(comment?.id ?? 0, 'grace', comment?.body.replace('- [ ]', '- [x]') ?? '');
  github.graphql = 'off';
  github.faults.add(REFUSED);
  let letReviewsCome = () => {};
  const isRefused = new Promise<void>((resolve) => {
    letReviewsCome = resolve;
  });
  let statuses = 0;
  github.beforeRequest = async (_n, { method, path }) => {
    if (path.includes('/reviews')) await isRefused;
    // The second status is the error, after the refusal of the first.
    if (method === 'POST' && path.includes('/statuses/') && ++statuses === 2) letReviewsCome();
  };
  const { exit, stderr } = await run('labeled');
  await github.close();
  expect([exit, stderr, statuses]).toEqual([3, '', 2]);
  expect(github.state.findStatus(pull.headSha, CONTEXT)?.state).toBe('error');
});
