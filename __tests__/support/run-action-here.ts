/**
 * Runs the action in this process, from its sources, where starting a process is not the point: it takes a tenth of the time.
 * What only a process has (variables of the environment, signals, files of outputs, a proxy, what is bundled) is tested with
 * `as: 'process'`, and CI runs every test so. A rejection that nothing awaits fails the test, as it would end the process.
 */
import { TOKENS } from '../../src/embedded-github/accounts.ts';
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import { runAction } from '../../src/gate/action.ts';
import {
  ACTION_REPOSITORY,
  type ActionResult,
  type ActionRun,
  DEFAULT_INPUTS,
  STORY_WORKFLOW_PATH,
} from '../../src/stories/runner.ts';

/** As the process leaves it behind. */
export async function runActionHere(github: EmbeddedGitHub, run: ActionRun): Promise<ActionResult> {
  const { state, addresses } = github;
  const inputs = { ...DEFAULT_INPUTS, 'github-token': run.token ?? TOKENS.job, ...run.inputs };
  const reports = new Map<string, string>();
  const outputs: Record<string, string> = {};
  let [stdout, summary] = ['', ''];
  const exit = await runAction({
    // As a file gives it: nothing that the run changes in it reaches the next run.
    event: { name: run.event.name, payload: JSON.parse(JSON.stringify(run.event.payload)) },
    repository: { owner: state.owner, repo: state.name },
    runId: run.runId ?? 9001,
    serverUrl: addresses.html,
    apiUrl: addresses.api,
    environment: {
      GITHUB_WORKFLOW_REF: `${state.owner}/${state.name}/${STORY_WORKFLOW_PATH}@refs/heads/${state.defaultBranch}`,
      GITHUB_ACTION_REPOSITORY: ACTION_REPOSITORY,
    },
    retryDelayMs: 1,
    readInput: (name) => (inputs[name as keyof typeof inputs] ?? '').trim(),
    setOutput(name, value) {
      outputs[name] = value;
    },
    write(text) {
      stdout += text;
    },
    annotate(text) {
      stdout += `::error::${text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}\n`;
    },
    async summarize(text) {
      summary += `${text}\n`;
    },
    async saveReport(name, text) {
      reports.set(name, text);
      return name;
    },
    onCancel() {},
  });
  return { exit, outputs, summary, report: reports.get(outputs.report ?? '') ?? null, stdout, stderr: '' };
}
