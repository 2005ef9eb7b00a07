/** The action's entry: inputs and event in, outputs and exit code out. No decision is made here. */

import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { error as annotateError, getInput, info, setOutput, summary } from '@actions/core';
import { context } from '@actions/github';
import github from '../data/messages/github.json' with { type: 'json' };
import packageFile from '../package.json' with { type: 'json' };
import { evaluateMergeGroup } from './gate/evaluate-merge-group.ts';
import { evaluatePullRequest } from './gate/evaluate-pull-request.ts';
import type { Outcome, RunOptions } from './gate/run.ts';
import { packagedPolicies } from './git/packaged-files.ts';
import { ask, connect, type GitHubClient, readUsage } from './github/client.ts';
import { writeStatus } from './github/commit-status.ts';
import { isPlainIssue, readTask, type Task, takeShard } from './github/event.ts';
import { useProxy } from './github/proxy.ts';
import { RepositoryConnection } from './github/repository-connection.ts';
import { PlatformError, UsageError } from './model/errors.ts';
import { fill } from './model/messages.ts';
import type { Report } from './model/report.ts';
import { renderAnnotations } from './render/annotations.ts';
import type { MarkdownContext } from './render/comment/markdown.ts';
import { renderSummary } from './render/comment/summary.ts';
import { renderJson } from './render/json.ts';
import { renderText } from './render/text/text.ts';
import { DEFAULT_POLICY_PATH, readPresets } from './review/choose-policy.ts';

/** Where people read more about a rule or an error. */
const DOCUMENTATION = 'https://github.com/healthvault-go-live-gate/healthvault-go-live-gate/blob/main/docs';

/** What one evaluation may need at the most in the usual case: one that would end halfway is not begun. */
const REQUEST_RESERVE = 60;

// From here on main runs: what it reads stands above.
process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const ranAgain = await useProxy();
    if (ranAgain !== null) return ranAgain;
    const numbers = getInput('pull-request');
    if (isPlainIssue(context.eventName, context.payload)) return 0;
    const task = readTask(context.eventName, context.payload, numbers);
    const options = await readOptions();
    const connection = openConnection();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void endEarly(connection, options));
    const outcomes = await run(task, connection, options);
    info(usageSentence(connection));
    return await publish(outcomes, options);
  } catch (error) {
    const failure = error instanceof UsageError || error instanceof PlatformError ? error : null;
    const reason = failure?.message ?? (error instanceof Error ? error.message : String(error));
    annotateError(`${reason} (${failure?.id ?? 'internal-error'})`);
    setOutput('verdict', 'error');
    return failure?.exitCode ?? 3;
  }
}

async function readOptions(): Promise<RunOptions> {
  const workflow = /^[^/]+\/[^/]+\/(.+?)@/.exec(process.env.GITHUB_WORKFLOW_REF ?? '')?.[1] ?? null;
  const policyPath = policyPathOf(getInput('policy') || DEFAULT_POLICY_PATH);
  const { owner, repo } = context.repo;
  return {
    policyPath,
    policyRef: choiceOf('policy-ref', ['base', 'default-branch']),
    mode: choiceOf('mode', ['enforce', 'report']),
    comment: choiceOf('comment', ['on-findings', 'always', 'never']),
    statusContext: getInput('status-context') || 'HealthVault go-live',
    repository: { owner, repo },
    gateFiles: { policy: policyPath, workflow, action: process.env.GITHUB_ACTION_REPOSITORY || null },
    presets: readPresets(await packagedPolicies()),
    serverUrl: context.serverUrl,
    runUrl: `${context.serverUrl}/${owner}/${repo}/actions/runs/${context.runId}`,
    documentation: DOCUMENTATION,
    version: packageFile.version,
  };
}

/** The policy's path as git writes it: a policy that is not found would leave the built-in one in its place. @throws UsageError */
function policyPathOf(written: string): string {
  const path = written.trim().replace(/^(?:\.\/)+/, '');
  if (path === '' || /^\/|\\|(?:^|\/)\.{0,2}(?:\/|$)/.test(path)) {
    throw new UsageError('bad-policy-path', fill(github['bad-policy-path'], { found: written }));
  }
  return path;
}

/** An input with a closed list of values; empty means the first. @throws UsageError */
function choiceOf<T extends string>(input: string, known: readonly [T, ...T[]]): T {
  const found = getInput(input);
  const choice = found === '' ? known[0] : known.find((value) => value === found);
  if (choice === undefined) {
    throw new UsageError('bad-input', fill(github['bad-input'], { input, known: known.join(', '), found }));
  }
  return choice;
}

function openConnection(): RepositoryConnection {
  const token = getInput('github-token');
  if (token === '') throw new UsageError('no-token', github['no-token']);
  const open = (secret: string): GitHubClient =>
    connect({
      token: secret,
      apiUrl: context.apiUrl,
      userAgent: `healthvault-go-live-gate/${packageFile.version}`,
    });
  const teamToken = getInput('team-token');
  return new RepositoryConnection(open(token), teamToken === '' ? null : open(teamToken), context.repo);
}

async function run(task: Task, connection: RepositoryConnection, options: RunOptions): Promise<readonly Outcome[]> {
  if (task.kind === 'merge-group') return evaluateMergeGroup(connection, task, options);
  const all = task.numbers === 'open' ? await openPullRequests(connection) : task.numbers;
  const numbers = takeShard(all, getInput('shard'));
  const { before, expectedBase, expectedHead, mayBeReadOnly } = task;
  const occasion = { before, expectedBase, expectedHead, mayBeReadOnly };
  const outcomes: Outcome[] = [];
  for (const number of numbers) {
    const failure = budgetFailure(connection, number);
    if (failure !== null) return [...outcomes, { exit: 3, report: null, commentUrl: null, failure }];
    outcomes.push(await evaluatePullRequest(connection, number, occasion, options));
  }
  return outcomes;
}

/** A run that is cancelled or takes too long has some seconds left: `pending` must not be its last word. */
async function endEarly(connection: RepositoryConnection, options: RunOptions): Promise<never> {
  const text = { state: 'error', description: github.cancelled, targetUrl: options.runUrl } as const;
  const written = [...connection.pendingHeads].map((sha) => writeStatus(connection, sha, options.statusContext, text));
  await Promise.allSettled(written);
  process.exit(3); // the evaluation is still at work and would go on writing
}

function budgetFailure(connection: RepositoryConnection, number: number): PlatformError | null {
  const { remaining, limit } = readUsage(connection.client);
  if (remaining === null || limit === null || limit < REQUEST_RESERVE || remaining >= REQUEST_RESERVE) return null;
  return new PlatformError('rate-budget', fill(github['rate-budget'], { remaining, limit, number }));
}

/** What the run has cost: GitHub gives a workflow's token 1,000 requests an hour for a repository. */
function usageSentence(connection: RepositoryConnection): string {
  const { requests, remaining, limit } = readUsage(connection.client);
  if (remaining === null || limit === null) return fill(github['requests-used'], { requests });
  return fill(github['requests-left'], { requests, remaining, limit });
}

async function openPullRequests(connection: RepositoryConnection): Promise<readonly number[]> {
  const { client, repository } = connection;
  const pulls = await ask('pull-requests', () =>
    client.paginate(client.rest.pulls.list, { ...repository, state: 'open', per_page: 100 }),
  );
  return pulls.map(({ number }) => number);
}

/** Log, summary, outputs and report file; with several pull requests the worst one counts. */
async function publish(outcomes: readonly Outcome[], options: RunOptions): Promise<number> {
  const worst = [...outcomes].sort((a, b) => b.exit - a.exit)[0];
  for (const { report, failure } of outcomes) {
    if (report !== null) {
      print(renderText(report, { width: 100, colour: false }));
      process.stdout.write(`${renderAnnotations(report)}\n`);
      summary.addRaw(renderSummary(report, summaryContext(report, options)), true);
    }
    if (failure !== null) {
      annotateError(`${failure.message} (${failure.id})`);
      summary.addRaw(`\n${failure.message.replace(/[<>&]/g, ' ')}\n`, true);
    }
  }
  await summary.write();
  setOutput('verdict', verdictOf(worst));
  const report = worst?.report ?? null;
  if (report !== null) await setReportOutputs(report);
  setOutput('comment-url', worst?.commentUrl ?? '');
  return worst?.exit ?? 0;
}

function summaryContext(report: Report, options: RunOptions): MarkdownContext {
  const { owner, repo } = options.repository;
  return {
    marker: '',
    repository: `${options.serverUrl}/${owner}/${repo}`,
    base: report.evaluation.base,
    head: report.evaluation.head,
    documentation: options.documentation,
    version: options.version,
    pullRequest: null,
    report: options.runUrl,
  };
}

/** Text with values of the pull request in it: the runner must read no commands there. */
function print(text: string): void {
  const token = randomUUID();
  process.stdout.write(`::stop-commands::${token}\n${text}\n::${token}::\n`);
}

function verdictOf(worst: Outcome | undefined): string {
  if (worst === undefined) return 'passed';
  return worst.report?.verdict ?? 'error';
}

async function setReportOutputs(report: Report): Promise<void> {
  const folder = join(process.env.RUNNER_TEMP ?? '.', 'healthvault-go-live-gate');
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'report.json');
  await writeFile(file, renderJson(report));
  setOutput('categories', JSON.stringify(report.categories));
  setOutput('lead-time', report.leadTime === null ? '' : leadTimeText(report.leadTime));
  setOutput('earliest-go-live', report.earliestGoLive?.from ?? '');
  setOutput('required-labels', JSON.stringify(report.labels.required));
  setOutput('missing-labels', JSON.stringify(report.labels.missing));
  setOutput('report', file);
}

function leadTimeText({ min, max, unit }: { min: number; max: number; unit: string }): string {
  const words = unit.replace('-', ' ');
  return min === max ? `${min} ${words}` : `${min}-${max} ${words}`;
}
