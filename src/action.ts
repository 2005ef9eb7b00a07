/** The action's entry: GitHub's runner on one side, a run of the gate on the other. No decision is made here. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { error as annotateError, getInput, setOutput, summary } from '@actions/core';
import { context } from '@actions/github';
import { runAction } from './gate/action.ts';
import { RETRY_DELAY_MS } from './github/transport/limits.ts';

const { env } = process;
const folder = join(env.RUNNER_TEMP ?? '.', 'healthvault-go-live-gate');

process.exitCode = await runAction({
  event: { name: context.eventName, payload: context.payload },
  get repository() {
    return context.repo;
  },
  runId: context.runId,
  serverUrl: context.serverUrl,
  apiUrl: context.apiUrl,
  environment: env,
  retryDelayMs: RETRY_DELAY_MS,
  readInput: (name) => getInput(name),
  setOutput,
  write: (text) => process.stdout.write(text),
  annotate: (text) => annotateError(text),
  async summarize(text) {
    // Older Enterprise Servers and other runners have no summary.
    if (env.GITHUB_STEP_SUMMARY) await summary.addRaw(text, true).write();
  },
  async saveReport(name, text) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), text);
    return join(folder, name);
  },
  onCancel(end) {
    // The evaluation is still running and would continue to write, so the process ends here.
    const cancel = () => void end().then(() => process.exit(3));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, cancel);
  },
});
