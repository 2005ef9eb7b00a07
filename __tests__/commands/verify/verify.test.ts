import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../../../src/commands/check.ts';
import { listReportDifferences } from '../../../src/commands/verify/differences.ts';
import { verify } from '../../../src/commands/verify/verify.ts';
import { type Answer, commit, git, run, temporaryFolder } from '../support.ts';

const MANIFEST = (description: string, types: string) => `healthvault: 1
app-id: 9ca84d74-1473-471d-940f-2699cb7198df
environment: production
name: Fabrikam Health
description: ${description}
rules:
  online:
    - name: chart
      reason: Draws your weight over time.
      permissions: [Read]
      types: [${types}]
`;

type Json = Record<string, unknown>;

const root = temporaryFolder();
const repo = join(root, 'repo');
let base = '';
let head = '';
let report: Json = {};

/** A report of `check` between two commits, as data. */
async function reportOf(from: string, to: string, values: Readonly<Record<string, string>> = {}): Promise<Json> {
  const file = join(root, 'made.json');
  const answer = await run(check, { base: from, head: to, repo, format: 'json', output: file, ...values });
  expect(answer.id).toBeNull();
  return JSON.parse(readFileSync(file, 'utf8')) as Json;
}

async function verified(data: unknown, values: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const file = join(root, 'report.json');
  writeFileSync(file, typeof data === 'string' ? data : JSON.stringify(data));
  return run(verify, { repo, ...values }, [file]);
}

beforeAll(async () => {
  git(root, 'init', '-q', '-b', 'main', 'repo');
  base = commit(repo, { 'healthvault.app.yml': MANIFEST('Keeps a diary', 'Weight measurement') });
  head = commit(repo, {
    'healthvault.app.yml': MANIFEST('Keeps a diary, with boots', 'Weight measurement, Blood pressure'),
  });
  report = await reportOf(base, head);
});

describe('a report that matches the commits is verified', () => {
  test('when it is from check, between two refs', async () => {
    const answer = await verified(report);
    expect([answer.exit, answer.out]).toEqual([0, expect.stringContaining('under the policy built-in')]);
    expect((report.changes as unknown[]).length).toBeGreaterThan(1);
  });

  test('when it is from the action, with approvals', async () => {
    const required = (report.labels as { required: string[] }).required;
    const accepted = required.map((label) => ({
      label,
      by: 'grace',
      at: '2026-11-23T18:00:00Z',
      fingerprint: report.fingerprint,
      status: 'https://github.com/fabrikam/health/actions/runs/1',
    }));
    const answer = await verified({
      ...report,
      verdict: 'passed',
      labels: { ...(report.labels as Json), missing: [], accepted },
      evaluation: { ...(report.evaluation as Json), provenance: 'github' },
    });
    expect(answer.exit).toBe(0);
    expect(answer.out).toContain(`${required[0]}: by grace at 2026-11-23T18:00:00Z, for this fingerprint`);
  });

  test('with a policy of a commit, and with a policy that the head changes', async () => {
    git(repo, 'checkout', '-q', '-b', 'team', base);
    const from = commit(repo, { '.github/go-live.yml': 'extends: healthvault\nlabels: { configuration: team/ok }\n' });
    const to = commit(repo, {
      '.github/go-live.yml': 'extends: healthvault\nlabels: { configuration: team/other }\n',
      'healthvault.app.yml': MANIFEST('With boots', 'Weight measurement'),
    });
    const team = await reportOf(from, to);
    expect((team.policy as Json).source).toBe(`.github/go-live.yml@${from}`);
    expect((await verified(team)).exit).toBe(0);
    const source = `.github/go-live.yml@${to}`;
    const other = await verified({ ...team, policy: { ...(team.policy as Json), source } });
    expect([other.exit, other.out]).toEqual([1, expect.stringContaining('policy digest')]);
  });

  test('with a named policy when no commit has it', async () => {
    const policy = join(root, 'team.yml');
    writeFileSync(policy, 'extends: healthvault\nlabels: { configuration: team/ok }\n');
    const team = await reportOf(base, head, { policy });
    expect((await verified(team)).id).toBe('report-policy-unnamed');
    expect((await verified(team, { policy })).exit).toBe(0);
  });
});

describe('a report that does not match is found', () => {
  const tampered: readonly (readonly [string, (copy: Json) => Json, string])[] = [
    ['fingerprint', (copy) => ({ ...copy, fingerprint: 'a'.repeat(64) }), 'fingerprint: '],
    ['categories', (copy) => ({ ...copy, categories: ['none'] }), 'categories: ["none"] in the report'],
    [
      'questions',
      (copy) => ({ ...copy, questions: { configuration: 'no', workflow: 'no' } }),
      'question configuration',
    ],
    ['required labels', (copy) => ({ ...copy, labels: { ...(copy.labels as Json), required: [] } }), 'required labels'],
    ['policy digest', (copy) => ({ ...copy, policy: { source: 'built-in', digest: 'b'.repeat(64) } }), 'policy digest'],
    ['a change left out', (copy) => ({ ...copy, changes: (copy.changes as Json[]).slice(1) }), 'not in the report'],
    [
      'a change made up',
      (copy) => ({ ...copy, changes: [...(copy.changes as Json[]), { file: 'x\u001b[2J.yml', setting: 'logo' }] }),
      'change x␛[2J.yml logo: only in the report',
    ],
    [
      'a change with another category',
      (copy) => ({ ...copy, changes: (copy.changes as Json[]).map((change) => ({ ...change, category: 'none' })) }),
      ', category: "none" in the report',
    ],
    ['passed without approvals', (copy) => ({ ...copy, verdict: 'passed' }), 'verdict: passed in the report, without'],
    [
      'an approval for another change',
      (copy) => ({
        ...copy,
        labels: {
          ...(copy.labels as Json),
          accepted: [{ label: 'go-live/configuration-approved', by: 'x', at: 'y', fingerprint: 'c'.repeat(64) }],
        },
      }),
      'for another fingerprint',
    ],
  ];
  test.each(tampered)('by its %s', async (_, change, line) => {
    const answer = await verified(change(report));
    expect([answer.exit, answer.out]).toEqual([1, expect.stringContaining(line)]);
  });

  test('when it has the same changes between other commits', async () => {
    const swapped = { ...(report.evaluation as Json), base: head, head: base };
    const answer = await verified({ ...report, evaluation: swapped });
    expect([answer.exit, answer.out]).toEqual([1, expect.stringContaining('base commit: ')]);
  });

  test('with shortened and visible values', () => {
    const claim = { policy: { digest: 'x' }, changes: [], accepted: [], evaluation: {}, questions: {} };
    const long = { ...claim, fingerprint: '\u202e'.repeat(500) };
    const made = { ...report, fingerprint: 'f' };
    const [line = ''] = listReportDifferences(long as never, made as never).filter((one) =>
      one.startsWith('fingerprint'),
    );
    expect(line).toContain('⟨U+202E⟩');
    expect(line).not.toContain('\u202e');
    expect(line).toContain('(502 characters)');
  });
});

describe('verify ends with exit code 2 for wrong use and 3 for a missing commit', () => {
  const broken: readonly (readonly [string, () => unknown, string])[] = [
    ['a file that is not JSON', () => '{"schemaVersion": 1', 'it is not JSON'],
    ['another JSON', () => '[]', 'it is not a JSON object'],
    ['another version', () => ({ ...report, schemaVersion: 2 }), 'schemaVersion is not 1'],
    ['no changes', () => ({ ...report, changes: undefined }), 'changes is not a list'],
    ['a change that is not an object', () => ({ ...report, changes: [7] }), 'changes[0] is not an object'],
    ['no digest', () => ({ ...report, policy: { source: 'built-in' } }), 'policy.digest is not a text'],
    [
      'a base that is an option of git',
      () => ({ ...report, evaluation: { ...(report.evaluation as Json), base: '--help' } }),
      'evaluation.base is not an id or digest',
    ],
    ['no time', () => ({ ...report, evaluation: { ...(report.evaluation as Json), at: 'today' } }), 'evaluation.at'],
  ];
  test.each(broken)('with %s', async (_, data, why) => {
    const answer = await verified(data());
    expect([answer.exit, answer.id]).toEqual([2, 'not-a-report']);
    expect(answer.message).toContain(why);
  });

  test('for a report of folders, which has no commits', async () => {
    const evaluation = { ...(report.evaluation as Json), base: null, head: null };
    expect(await verified({ ...report, evaluation })).toMatchObject({ exit: 2, id: 'report-without-commits' });
  });

  test('for no file, two files or a missing file', async () => {
    expect(await run(verify, { repo })).toMatchObject({ exit: 2, id: 'wrong-option' });
    expect(await run(verify, { repo }, ['a', 'b'])).toMatchObject({ exit: 2, id: 'wrong-option' });
    expect(await run(verify, { repo }, [join(root, 'nowhere.json')])).toMatchObject({
      exit: 2,
      id: 'report-not-found',
    });
  });

  test.each(['base', 'head'])('when the %s is missing', async (side) => {
    const gone = { ...(report.evaluation as Json), [side]: 'd'.repeat(40) };
    const answer = await verified({ ...report, evaluation: gone });
    expect([answer.exit, answer.id]).toEqual([3, 'commit-missing']);
    expect(answer.message).toContain(`git fetch origin ${'d'.repeat(40)}`);
  });

  test("when the policy's commit or file is missing", async () => {
    const at = (source: string) => ({ ...report, policy: { ...(report.policy as Json), source } });
    expect(await verified(at(`.github/go-live.yml@${'e'.repeat(40)}`))).toMatchObject({
      exit: 3,
      id: 'commit-missing',
    });
    expect(await verified(at(`.github/go-live.yml@${base}`))).toMatchObject({ exit: 3, id: 'report-policy-missing' });
    expect(await verified(at(`../../../etc/passwd@${base}`))).toMatchObject({ exit: 3, id: 'report-policy-missing' });
  });
});
