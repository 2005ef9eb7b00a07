// A small gate for the tests of the runner and the stories: blocked until the label `ok` is on. It calls the API as an action does.
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const { env } = process;
const event = JSON.parse(await readFile(env.GITHUB_EVENT_PATH, 'utf8'));
const api = `${env.GITHUB_API_URL}/repos/${env.GITHUB_REPOSITORY}`;

async function ask(method, path, body) {
  const response = await fetch(`${api}${path}`, {
    method,
    headers: { authorization: `token ${env['INPUT_GITHUB-TOKEN']}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return response.json();
}

async function output(name, value) {
  await appendFile(env.GITHUB_OUTPUT, `${name}<<end_of_value\n${value}\nend_of_value\n`);
}

async function evaluate(number, sha) {
  const context = env['INPUT_STATUS-CONTEXT'];
  await ask('POST', `/statuses/${sha}`, { state: 'pending', context });
  const labels = await ask('GET', `/issues/${number}/labels`);
  const passed = labels.some(({ name }) => name === 'ok');
  const comments = await ask('GET', `/issues/${number}/comments`);
  const own = comments.find(({ user }) => user.type === 'Bot');
  const body = `- [${own?.body.includes('[x]') ? 'x' : ' '}] Ask <!-- step:ask -->\n${passed ? 'passed' : 'blocked'}`;
  if (own === undefined) await ask('POST', `/issues/${number}/comments`, { body });
  else if (own.body.replaceAll('\r\n', '\n') !== body) await ask('PATCH', `/issues/comments/${own.id}`, { body });
  await ask('POST', `/statuses/${sha}`, {
    state: passed ? 'success' : 'failure',
    context,
    description: passed ? 'Approved' : 'Label ok is missing',
  });
  return passed;
}

try {
  const numbers = (env['INPUT_PULL-REQUEST'] ?? '') || event.pull_request?.number || event.issue?.number;
  const group = event.merge_group;
  const pull = group === undefined ? await ask('GET', `/pulls/${numbers === 'open' ? 1 : numbers}`) : null;
  const members = group === undefined ? [] : await ask('GET', `/commits/${group.head_sha}/pulls`);
  const number = pull?.number ?? members[0].number;
  const passed = await evaluate(number, group?.head_sha ?? pull.head.sha);
  await output('verdict', passed ? 'passed' : 'blocked');
  await output('categories', '["configuration"]');
  await output('missing-labels', passed ? '[]' : '["ok"]');
  const report = join(env.RUNNER_TEMP, 'report.json');
  await writeFile(
    report,
    JSON.stringify({ event: env.GITHUB_EVENT_NAME, sha: env.GITHUB_SHA, ref: env.GITHUB_REF, run: env.GITHUB_RUN_ID }),
  );
  await output('report', report);
  await writeFile(env.GITHUB_STEP_SUMMARY, '# Summary');
  process.stdout.write('evaluated\n');
  process.exitCode = passed ? 0 : 1;
} catch (error) {
  process.stderr.write(`::error::${error.message}\n`);
  await output('verdict', 'error');
  process.exitCode = 3;
}
