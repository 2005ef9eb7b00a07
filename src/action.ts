/** The action's entry: inputs and event in, outputs and exit code out. No decision is made here. */

import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { error as annotateError, getInput, info, setOutput, summary } from '@actions/core';
import { context } from '@actions/github';
import packageFile from '../package.json' with { type: 'json' };
import { readBuiltInPolicies } from './gate/built-in-policies.ts';
import { renderLog, renderRunSummary } from './gate/log.ts';
import { words } from './gate/messages.ts';
import { type RunOptions, readInputs, readTokens } from './gate/options.ts';
import { buildOutputs, findWorst, type Outcome, toFailure } from './gate/outcome.ts';
import { describeUsage, endEarly, evaluateTask } from './gate/run.ts';
import { connect } from './github/client.ts';
import { readTask } from './github/event.ts';
import { RepositoryConnection } from './github/repository-connection.ts';
import { useProxy } from './github/transport/proxy.ts';
import { DOCUMENTATION } from './model/messages.ts';
import type { Report } from './model/report.ts';
import { renderJson } from './render/json.ts';

// From here on main runs: what it reads is above.
process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const ranAgain = await useProxy();
    if (ranAgain !== null) return ranAgain;
    const task = readTask(context.eventName, context.payload, getInput('pull-request'));
    if (task === null) {
      info(words.noEffect);
      return 0;
    }
    const options = await readOptions();
    const connection = openConnection();
    // The evaluation is still at work and would go on writing, so the process ends here.
    const cancel = () => endEarly(connection, options).then(() => process.exit(3));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cancel());
    const outcomes = await evaluateTask(connection, task, options);
    info(describeUsage(connection));
    if (outcomes.length === 0 && 'label' in task && task.label !== null) {
      info(words.noEffect);
      return 0;
    }
    return await writeOutputs(outcomes, options);
  } catch (error) {
    const failure = toFailure(error);
    annotateFailure(failure);
    setOutput('verdict', 'error');
    return failure.exitCode;
  }
}

async function readOptions(): Promise<RunOptions> {
  const inputs = readInputs(getInput);
  const workflow = /^[^/]+\/[^/]+\/(.+?)@/.exec(process.env.GITHUB_WORKFLOW_REF ?? '')?.[1] ?? null;
  const { owner, repo } = context.repo;
  return {
    ...inputs,
    repository: { owner, repo },
    gateFiles: { policy: inputs.policyPath, workflow, action: process.env.GITHUB_ACTION_REPOSITORY || null },
    presets: await readBuiltInPolicies(),
    settlingMs: 2000,
    serverUrl: context.serverUrl,
    runUrl: `${context.serverUrl}/${owner}/${repo}/actions/runs/${context.runId}`,
    documentation: DOCUMENTATION,
    version: packageFile.version,
  };
}

function openConnection(): RepositoryConnection {
  const userAgent = `healthvault-go-live-gate/${packageFile.version}`;
  const open = (token: string) => connect({ token, apiUrl: context.apiUrl, userAgent });
  const { job, team } = readTokens(getInput);
  return new RepositoryConnection(open(job), team === null ? null : open(team), context.repo);
}

/** Log, summary, outputs and report file; of several pull requests the worst one counts. */
async function writeOutputs(outcomes: readonly Outcome[], options: RunOptions): Promise<number> {
  for (const outcome of outcomes) {
    if (outcome.report !== null) process.stdout.write(renderLog(outcome.report, randomUUID()));
    if (outcome.failure !== null) annotateFailure(outcome.failure);
  }
  // Older Enterprise Servers and other runners have no summary.
  if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(renderRunSummary(outcomes, options), true).write();
  const worst = findWorst(outcomes);
  for (const [name, value] of Object.entries(buildOutputs(worst))) setOutput(name, value);
  if (worst?.report) setOutput('report', await writeReports(outcomes, worst.report));
  return worst?.exit ?? 0;
}

/** The worst report, which the output names, and where there are several, all of them beside it. */
async function writeReports(outcomes: readonly Outcome[], worst: Report): Promise<string> {
  const folder = join(process.env.RUNNER_TEMP ?? '.', 'healthvault-go-live-gate');
  await mkdir(folder, { recursive: true });
  const reports = outcomes.flatMap(({ report }) => report ?? []);
  for (const [index, report] of reports.length > 1 ? reports.entries() : [])
    await writeFile(join(folder, `report-${index + 1}.json`), renderJson(report));
  await writeFile(join(folder, 'report.json'), renderJson(worst));
  return join(folder, 'report.json');
}

function annotateFailure({ id, message }: ReturnType<typeof toFailure>): void {
  annotateError(`${message} (${id})`);
}
