/** What a run of the built action costs in requests, time and memory, against the embedded GitHub. */
import { fileURLToPath } from 'node:url';
import { buildEvent, type Trigger } from '../../src/embedded-github/events.ts';
import { type EmbeddedGitHub, type LoggedRequest, startGitHub } from '../../src/embedded-github/github.ts';
import { type ActionResult, runActionProcess } from '../../src/stories/runner.ts';
import { buildManifest, buildOtherFiles, buildWatchedFiles } from './inputs.ts';
import { startRecording, type Usage } from './measure.ts';

/** The action as it is shipped. */
export const ACTION: string = fileURLToPath(new URL('../../dist/index.js', import.meta.url));

/** One thing that happens to a pull request, made ready up to the run that is measured. */
export interface RunKind {
  readonly name: string;
  /** Most requests that it may cost, and most rounds of them, or null where none is set. */
  readonly figure: number | null;
  readonly rounds: number | null;
  /** The verdict that the run must come to: a measurement of a run that failed would say nothing. */
  readonly verdict: 'passed' | 'blocked';
  readonly prepare: (github: EmbeddedGitHub) => Promise<Trigger>;
  readonly files?: Readonly<Record<string, string>>;
}

/** A measured run. */
export interface MeasuredRun {
  readonly requests: readonly LoggedRequest[];
  readonly usage: Usage;
  /** How many requests followed one another: those that begin while the first of a round is under way are of that round. */
  readonly rounds: number;
}

async function run(
  github: EmbeddedGitHub,
  trigger: Trigger,
  {
    environment = {},
    action = ACTION,
  }: { readonly environment?: Readonly<Record<string, string>>; readonly action?: string } = {},
): Promise<ActionResult> {
  return runActionProcess(github, { event: buildEvent(github.source, trigger), actionPath: action, environment });
}

const buildPullTrigger = (number: number, action: 'opened' | 'synchronize' | 'labeled'): Trigger => ({
  event: 'pull_request_target',
  action,
  number,
  sender: 'ada',
});

function open(github: EmbeddedGitHub, files: Readonly<Record<string, string>>): number {
  return github.state.open({ author: 'ada', title: 'Change', files }).number;
}

/** Evaluates, and lets grace add every label that is missing. */
async function evaluateAndLabel(github: EmbeddedGitHub, number: number): Promise<void> {
  const { outputs } = await run(github, buildPullTrigger(number, 'opened'));
  const missing = JSON.parse(outputs['missing-labels'] ?? '[]') as readonly string[];
  if (missing.length === 0) throw new Error('nothing asks for a label: the occasion is not what it says');
  for (const label of missing) github.state.addLabel(number, label, 'grace');
}

const openAtVersion =
  (files: Readonly<Record<string, string>>) =>
  async (github: EmbeddedGitHub): Promise<Trigger> =>
    buildPullTrigger(open(github, files), 'opened');

const three = buildWatchedFiles(3, 'head');

function buildMergeGroup(method: 'merge' | 'squash' | 'rebase'): RunKind {
  const files = [0, 1, 2].map((number) => `apps/${number}/healthvault.app.yml`);
  return {
    name: `merge group of 3, ${method}`,
    figure: 14,
    rounds: 7,
    verdict: 'passed',
    files: Object.fromEntries(files.map((path, number) => [path, buildManifest(number, 'base')])),
    async prepare(github) {
      const numbers = files.map((path, number) => open(github, { [path]: buildManifest(number, 'head') }));
      for (const number of numbers) {
        await evaluateAndLabel(github, number);
        await run(github, buildPullTrigger(number, 'labeled'));
      }
      return { event: 'merge_group', ...github.state.mergeGroup(numbers, { method }) };
    },
  };
}

/** Everything that is measured. */
export const RUN_KINDS: readonly RunKind[] = [
  {
    name: 'first evaluation, 3 watched files',
    figure: 10,
    rounds: 4,
    verdict: 'blocked',
    files: buildWatchedFiles(3, 'base'),
    prepare: openAtVersion(three),
  },
  {
    name: 'label added, nothing else changed',
    figure: 8,
    rounds: 4,
    verdict: 'passed',
    files: buildWatchedFiles(3, 'base'),
    async prepare(github) {
      const number = open(github, three);
      await evaluateAndLabel(github, number);
      return buildPullTrigger(number, 'labeled');
    },
  },
  {
    name: 'push that changes nothing reviewed',
    figure: null,
    rounds: 5,
    verdict: 'passed',
    files: buildWatchedFiles(3, 'base'),
    async prepare(github) {
      const number = open(github, three);
      await evaluateAndLabel(github, number);
      await run(github, buildPullTrigger(number, 'labeled'));
      const before = github.state.requirePull(number).headSha;
      github.state.push(number, { files: { 'README.md': 'Another sentence.\n' } });
      return { ...buildPullTrigger(number, 'synchronize'), before } as Trigger;
    },
  },
  {
    name: 'no watched file',
    figure: null,
    rounds: 4,
    verdict: 'passed',
    prepare: openAtVersion({ 'README.md': 'Other\n' }),
  },
  {
    name: '2,999 changed files, 3 of them watched',
    figure: 40,
    rounds: null,
    verdict: 'blocked',
    files: { ...buildWatchedFiles(3, 'base'), ...buildOtherFiles(2996, 'base') },
    prepare: openAtVersion({ ...three, ...buildOtherFiles(2996, 'head') }),
  },
  {
    name: '3,000 changed files, 3 of them watched',
    figure: 40,
    rounds: null,
    verdict: 'blocked',
    files: { ...buildWatchedFiles(3, 'base'), ...buildOtherFiles(2997, 'base') },
    prepare: openAtVersion({ ...three, ...buildOtherFiles(2997, 'head') }),
  },
  {
    name: '300 watched files',
    figure: 60,
    rounds: null,
    verdict: 'blocked',
    files: buildWatchedFiles(300, 'base'),
    prepare: openAtVersion(buildWatchedFiles(300, 'head')),
  },
  ...(['merge', 'squash', 'rebase'] as const).map(buildMergeGroup),
  {
    name: '10 open pull requests, approved and evaluated, on schedule',
    figure: 45,
    rounds: null,
    verdict: 'passed',
    files: buildWatchedFiles(10, 'base'),
    async prepare(github) {
      for (const [path, text] of Object.entries(buildWatchedFiles(10, 'head'))) {
        const number = open(github, { [path]: text });
        await evaluateAndLabel(github, number);
        await run(github, buildPullTrigger(number, 'labeled'));
      }
      return { event: 'schedule', schedule: '0 6 * * *' };
    },
  },
  {
    name: '10 open pull requests, approved since they were evaluated, on schedule',
    figure: null,
    rounds: null,
    verdict: 'passed',
    files: buildWatchedFiles(10, 'base'),
    async prepare(github) {
      for (const [path, text] of Object.entries(buildWatchedFiles(10, 'head')))
        await evaluateAndLabel(github, open(github, { [path]: text }));
      return { event: 'schedule', schedule: '0 6 * * *' };
    },
  },
];

/** Plays an occasion and measures its last run, by `action`. @throws Error if the run has another verdict than expected. */
export async function measure(runKind: RunKind, latencyMs: number, action: string = ACTION): Promise<MeasuredRun> {
  const github = await startGitHub({
    now: '2026-11-23T18:00:00Z',
    roles: { ada: 'write', grace: 'maintain' },
    files: { 'README.md': 'Fabrikam\n', ...runKind.files },
  });
  try {
    const trigger = await runKind.prepare(github);
    const record = startRecording();
    github.latencyMs = latencyMs;
    github.resetRequests();
    const begun: number[] = [];
    github.beforeRequest = () => void begun.push(performance.now());
    const result = await run(github, trigger, { environment: record.environment, action });
    if (result.outputs.verdict !== runKind.verdict) {
      throw new Error(`${runKind.name}: ${result.outputs.verdict} instead of ${runKind.verdict}\n${result.stdout}`);
    }
    return { requests: [...github.requests], usage: record.readUsage(), rounds: countRounds(begun, latencyMs) };
  } finally {
    await github.close();
  }
}

function countRounds(begun: readonly number[], latencyMs: number): number {
  let rounds = 0;
  let ends = Number.NEGATIVE_INFINITY;
  for (const at of begun) {
    if (at < ends) continue;
    rounds += 1;
    ends = at + latencyMs;
  }
  return rounds;
}

/** What a request was for, in two or three words. */
export function describeKind({ equivalent, ...sent }: LoggedRequest): string {
  const { method, path } = equivalent ?? sent;
  const [route = ''] = path.split('?');
  if (route.endsWith('/graphql')) return 'GraphQL';
  const kinds: readonly (readonly [RegExp, string])[] = [
    [/\/compare\//, 'comparison'],
    [/\/pulls\/\d+\/files$/, 'page of files'],
    [/\/git\/trees\//, 'tree'],
    [/\/git\/blobs\//, 'blob'],
    [/\/contents\//, 'content'],
    [/\/statuses\//, 'status'],
    [/\/comments(\/\d+)?$/, 'comment'],
    [/\/labels(\/|$)/, 'label'],
    [/\/permission$/, 'role'],
    [/\/activity$/, 'activity'],
    [/\/commits\/[^/]+\/pulls$/, 'pulls of a commit'],
    [/\/commits\/[^/]+\/status(es)?$/, 'statuses of a commit'],
    [/\/pulls\/\d+$/, 'pull request'],
    [/\/pulls$/, 'list of pull requests'],
    [/\/(repos\/[^/]+\/[^/]+)$/, 'repository'],
  ];
  const kind = kinds.find(([pattern]) => pattern.test(route))?.[1] ?? route.replace(/^\/repos\/[^/]+\/[^/]+/, '');
  return method === 'GET' ? kind : `${method} ${kind}`;
}

/** `3 GraphQL, 1 comparison, 2 POST status`; an unchanged answer (304) costs nothing of the hour's budget. */
export function countByKind(requests: readonly LoggedRequest[]): string {
  const counts = new Map<string, number>();
  for (const request of requests) {
    const kind = `${describeKind(request)}${request.status === 304 ? ' (unchanged)' : ''}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
}
