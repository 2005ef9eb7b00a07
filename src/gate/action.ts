/** One run of the action: inputs and event in, outputs and exit code out. The process, or a test, is the runner. */

import packageFile from '../../package.json' with { type: 'json' };
import { connect } from '../github/client.ts';
import { readTask, type Task, takeShard } from '../github/event.ts';
import type { RepositoryName } from '../github/pull-request-facts.ts';
import { RepositoryConnection } from '../github/repository-connection.ts';
import { waitUntilSent } from '../github/transport/http.ts';
import { useProxy } from '../github/transport/proxy.ts';
import { DOCUMENTATION } from '../model/messages.ts';
import { readBuiltInPolicies } from './built-in-policies.ts';
import { type FirstRequests, sendFirstRequests } from './first-requests.ts';
import { words } from './messages.ts';
import { type RunOptions, readInputs, readTokens } from './options.ts';
import { describeFailure, toFailure } from './outcome.ts';

/** The runner of the action: its inputs and the results that it receives. */
export interface Runner {
  readonly event: { readonly name: string; readonly payload: unknown };
  /** @throws Error if the runner names no repository */
  readonly repository: RepositoryName;
  readonly runId: number;
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds before a failed request is made again. The other waits of a run shrink and grow with it. */
  readonly retryDelayMs: number;
  readInput(name: string): string;
  setOutput(name: string, value: string): void;
  write(text: string): void;
  /** Writes an error to the log and to the page of the run. */
  annotate(text: string): void;
  summarize(text: string): Promise<void>;
  /** Keeps a report for later steps, and returns the path of its file. */
  saveReport(name: string, text: string): Promise<string>;
  /** `end` writes to GitHub that the run was canceled. */
  onCancel(end: () => Promise<void>): void;
}

/** Runs the action and returns its exit code. */
export async function runAction(runner: Runner): Promise<number> {
  try {
    const ranAgain = await useProxy(runner.environment);
    if (ranAgain !== null) return ranAgain;
    const task = readTask(runner.event.name, runner.event.payload, runner.readInput('pull-request'));
    if (task === null) {
      runner.write(`${words.noEffect}\n`);
      return 0;
    }
    const options = await readOptions(runner);
    const connection = openConnection(runner);
    const first = sendFirst(connection, task, options);
    runner.onCancel(async () => (await import('./run.ts')).endEarly(connection, options));
    if (first !== null) await waitUntilSent();
    const { describeUsage, evaluateTask } = await import('./run.ts');
    const { writeOutputs } = await import('./write-outputs.ts');
    const outcomes = await evaluateTask(connection, task, options, first);
    runner.write(`${describeUsage(connection)}\n`);
    if (outcomes.length === 0 && 'label' in task && task.label !== null) {
      runner.write(`${words.noEffect}\n`);
      return 0;
    }
    return await writeOutputs(outcomes, options, runner);
  } catch (error) {
    const failure = toFailure(error);
    runner.annotate(describeFailure(failure));
    runner.setOutput('verdict', 'error');
    return failure.exitCode;
  }
}

/** Null: the first pull request is not known yet, or there is none. @throws UsageError for an invalid shard */
function sendFirst(connection: RepositoryConnection, task: Task, options: RunOptions): FirstRequests | null {
  if (task.kind === 'merge-group' || task.numbers === 'open') return null;
  const [number] = takeShard(task.numbers, options.shard);
  return number === undefined ? null : sendFirstRequests(connection, number, task, options);
}

async function readOptions(runner: Runner): Promise<RunOptions> {
  const { repository, serverUrl, environment, retryDelayMs } = runner;
  const inputs = readInputs(runner.readInput);
  const workflow = /^[^/]+\/[^/]+\/(.+?)@/.exec(environment.GITHUB_WORKFLOW_REF ?? '')?.[1] ?? null;
  return {
    ...inputs,
    repository,
    gateFiles: { policy: inputs.policyPath, workflow, action: environment.GITHUB_ACTION_REPOSITORY || null },
    presets: await readBuiltInPolicies(),
    settlingMs: 8 * retryDelayMs,
    serverUrl,
    runUrl: `${serverUrl}/${repository.owner}/${repository.repo}/actions/runs/${runner.runId}`,
    documentation: DOCUMENTATION,
    version: packageFile.version,
  };
}

function openConnection({ readInput, apiUrl, retryDelayMs, repository }: Runner): RepositoryConnection {
  const userAgent = `healthvault-go-live-gate/${packageFile.version}`;
  const open = (token: string) => connect({ token, apiUrl, userAgent, retryDelayMs });
  const { job, team } = readTokens(readInput);
  return new RepositoryConnection(open(job), team === null ? null : open(team), repository);
}
