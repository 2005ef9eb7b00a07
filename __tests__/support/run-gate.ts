/** Runs the gate in this process, with everything but the action's entry, where starting processes is not the point. */
import { Octokit } from '@octokit/rest';
import packageFile from '../../package.json' with { type: 'json' };
import { TOKENS } from '../../src/embedded-github/accounts.ts';
import { buildEvent, type PullAction, type Trigger, type WorkflowEvent } from '../../src/embedded-github/events.ts';
import type { EmbeddedGitHub, LoggedRequest } from '../../src/embedded-github/github.ts';
import type { PullRequest } from '../../src/embedded-github/state.ts';
import { readBuiltInPolicies } from '../../src/gate/built-in-policies.ts';
import type { RunOptions } from '../../src/gate/options.ts';
import { findWorst, type Outcome } from '../../src/gate/outcome.ts';
import { evaluateTask } from '../../src/gate/run.ts';
import { connect, type GitHubClient } from '../../src/github/client.ts';
import { readTask } from '../../src/github/event.ts';
import { RepositoryConnection } from '../../src/github/repository-connection.ts';
import { sendRequest } from '../../src/github/transport/http.ts';
import type { Report } from '../../src/model/report.ts';
import { DIRECT_ADDRESS } from './direct-fetch.ts';
import { CONTEXT, LABELS } from './fabrikam.ts';
import { runAction } from './run-action.ts';

const presets = await readBuiltInPolicies();
const DOCUMENTATION = 'https://github.com/healthvault-go-live-gate/healthvault-go-live-gate/blob/main/docs';
const NO_OUTPUT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
let runs = 0;
/** Where nothing was evaluated: the event changes no verdict, or the pull request is closed. */
export const NOTHING: Outcome = { exit: 0, report: null, commentUrl: null, failure: null };

/** What came of a run: the worst outcome, and what it asked. */
export interface GateRun extends Outcome {
  /** Of each pull request. */
  readonly outcomes: readonly Outcome[];
  readonly requests: readonly LoggedRequest[];
  readonly runUrl: string;
}

/** Runs for a trigger, or for an event that was made before: a re-run. No wait between retries is a real one. */
export async function runGate(
  github: EmbeddedGitHub,
  cause: Trigger | WorkflowEvent,
  given: Partial<RunOptions> & {
    readonly teamToken?: string;
    readonly numbers?: string;
    readonly retries?: boolean;
    readonly fetch?: typeof fetch;
  } = {},
): Promise<GateRun> {
  const { teamToken, numbers = '', retries = false, fetch, ...changed } = given;
  github.resetRequests();
  const event = 'event' in cause ? buildEvent(github.source, cause) : cause;
  const { owner, name: repo } = github.state;
  runs += 1;
  const options: RunOptions = {
    policyPath: '.github/go-live.yml',
    policyRef: 'base',
    mode: 'enforce',
    comment: 'on-findings',
    statusContext: CONTEXT,
    protectedBranches: [],
    shard: '',
    repository: { owner, repo },
    gateFiles: { policy: '.github/go-live.yml', workflow: null, action: null },
    presets,
    settlingMs: 10,
    serverUrl: 'https://github.com',
    runUrl: `https://github.com/${owner}/${repo}/actions/runs/${runs}`,
    documentation: DOCUMENTATION,
    version: packageFile.version,
    ...changed,
  };
  const apiUrl = fetch === undefined ? github.addresses.api : DIRECT_ADDRESS;
  // Without the waits of the scheduler that retries and throttles, a run takes a tenth of the time.
  const open = (token: string) =>
    retries
      ? connect({ token, apiUrl, userAgent: 'test', retryDelayMs: 1 })
      : (new Octokit({
          auth: token,
          baseUrl: apiUrl,
          log: NO_OUTPUT,
          request: { fetch: fetch ?? sendRequest },
        }) as GitHubClient);
  const connection = new RepositoryConnection(
    open(TOKENS.job),
    teamToken === undefined ? null : open(teamToken),
    options.repository,
  );
  const task = readTask(event.name, event.payload, numbers);
  const outcomes = task === null ? [] : await evaluateTask(connection, task, options);
  const worst = findWorst(outcomes) ?? NOTHING;
  return { ...worst, outcomes, requests: github.requests, runUrl: options.runUrl };
}

/** An answer, wherever the gate ran. `failure` is the id of the error, if there was one. */
export interface Answer {
  readonly exit: number | null;
  readonly report: Report | null;
  readonly failure: string | null;
  readonly text: string;
  readonly requests: readonly LoggedRequest[];
}

/**
 * The gate's answer to an event. With GO_LIVE_BUILT set it is the built action in a process of its own, which takes much
 * longer; the answers must be the same.
 */
export async function answerTo(
  github: EmbeddedGitHub,
  cause: Trigger | WorkflowEvent,
  inputs: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  if (process.env.GO_LIVE_BUILT) {
    runs += 1;
    const { exit, report, stdout, requests } = await runAction(github, cause, inputs, {
      runId: runs,
      as: 'process',
    });
    const failure = /^::error::.*\(([a-z-]+)\)$/m.exec(stdout)?.[1] ?? null;
    return { exit, report: report === null ? null : (JSON.parse(report) as Report), failure, text: stdout, requests };
  }
  const { 'team-token': teamToken, 'pull-request': numbers = '', mode = 'enforce' } = inputs;
  const { exit, report, failure, requests } = await runGate(github, cause, {
    ...(teamToken === undefined ? {} : { teamToken }),
    numbers,
    mode: mode === 'report' ? 'report' : 'enforce',
  });
  return { exit, report, failure: failure?.id ?? null, text: failure?.message ?? '', requests };
}

/** The gate's answer to an event on a pull request. */
export function answer(
  github: EmbeddedGitHub,
  number: number,
  action: PullAction = 'opened',
  more: { readonly before?: string; readonly inputs?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  const { inputs, ...rest } = more;
  return answerTo(github, { event: 'pull_request_target', action, number, sender: 'ada', ...rest }, inputs);
}

/** Grace, an approver, adds the label, and its event starts a run. */
export function approve(github: EmbeddedGitHub, number: number): ReturnType<typeof answer> {
  github.state.addLabel(number, LABELS.configuration, 'grace');
  return answer(github, number, 'labeled');
}

/** Pushes what `move` does, and the run that GitHub starts for it, with the head before in its event. */
export async function reportPush(github: EmbeddedGitHub, pull: PullRequest, move: () => unknown): Promise<Answer> {
  const before = pull.headSha;
  move();
  return answer(github, pull.number, 'synchronize', { before });
}
