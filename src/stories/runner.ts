/** Runs the built action as GitHub's runner would: a process with inputs, event file and output files, against the embedded GitHub. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { resolve as absolute, join } from 'node:path';
import { TOKENS } from '../embedded-github/accounts.ts';
import type { WorkflowEvent } from '../embedded-github/events.ts';
import type { EmbeddedGitHub } from '../embedded-github/github.ts';

/** Inputs with the defaults of `action.yml`. The runner sets every input that has one. */
export const DEFAULT_INPUTS: Readonly<Record<string, string>> = {
  policy: '.github/go-live.yml',
  'policy-ref': 'base',
  'pull-request': '',
  shard: '',
  mode: 'enforce',
  comment: 'on-findings',
  'status-context': 'HealthVault go-live',
  'protected-branches': '',
  'team-token': '',
};

/** The workflow of the action's runs. */
export const STORY_WORKFLOW_PATH = '.github/workflows/go-live.yml';
export const ACTION_REPOSITORY = 'fabrikam/healthvault-go-live-gate';
/** A longer run counts as hanging. */
const TIMEOUT_MS = 120_000;

export interface ActionRun {
  readonly event: WorkflowEvent;
  /** The script to run with this very node, normally `dist/index.js`. */
  readonly actionPath: string;
  /** Inputs in addition to the defaults, by the names of `action.yml`. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Default: the job's token. */
  readonly token?: string;
  readonly runId?: number;
  /** Counted from 1. A re-run increases it. */
  readonly attempt?: number;
  /** Additional or replaced variables of the environment. An empty text unsets one. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface ActionResult {
  /** Exit code; null if the run was ended from outside or took too long. */
  readonly exit: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** The content of the file that the output `report` names; null if there is none. */
  readonly report: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the action once and collects its results. */
export async function runActionProcess(github: EmbeddedGitHub, run: ActionRun): Promise<ActionResult> {
  const folder = await mkdtemp(join(tmpdir(), 'go-live-run-'));
  try {
    const files = {
      event: join(folder, 'event.json'),
      output: join(folder, 'output'),
      summary: join(folder, 'summary.md'),
    };
    const temporary = join(folder, 'temp');
    const workspace = join(folder, 'workspace');
    await Promise.all([mkdir(temporary), mkdir(workspace)]);
    await Promise.all([
      writeFile(files.event, JSON.stringify(run.event.payload)),
      writeFile(files.output, ''),
      writeFile(files.summary, ''),
    ]);
    const environment = buildEnvironment(github, run, { ...files, temporary, workspace });
    const ended = await start(run.actionPath, environment, workspace);
    const outputs = parseOutputs(await readFile(files.output, 'utf8'));
    const report = outputs.report === undefined || outputs.report === '' ? null : await readTextOrNull(outputs.report);
    return { ...ended, outputs, summary: await readFile(files.summary, 'utf8'), report };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function buildEnvironment(
  github: EmbeddedGitHub,
  run: ActionRun,
  paths: {
    readonly event: string;
    readonly output: string;
    readonly summary: string;
    readonly temporary: string;
    readonly workspace: string;
  },
): Record<string, string> {
  const { state, addresses } = github;
  const repository = `${state.owner}/${state.name}`;
  const inputs = { ...DEFAULT_INPUTS, 'github-token': run.token ?? TOKENS.job, ...run.inputs };
  const environment: Record<string, string> = {
    ...inheritVariables(),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: 'gate',
    GITHUB_ACTION_REPOSITORY: ACTION_REPOSITORY,
    GITHUB_ACTION_REF: 'v1',
    GITHUB_ACTOR: run.event.actor,
    GITHUB_TRIGGERING_ACTOR: run.event.actor,
    GITHUB_API_URL: addresses.api,
    GITHUB_GRAPHQL_URL: github.graphqlUrl,
    GITHUB_SERVER_URL: addresses.html,
    GITHUB_REPOSITORY: repository,
    GITHUB_REPOSITORY_OWNER: state.owner,
    GITHUB_EVENT_NAME: run.event.name,
    GITHUB_EVENT_PATH: paths.event,
    GITHUB_SHA: run.event.sha,
    GITHUB_REF: run.event.ref,
    GITHUB_HEAD_REF: run.event.headRef,
    GITHUB_BASE_REF: run.event.baseRef,
    GITHUB_JOB: 'go-live',
    GITHUB_WORKFLOW: 'Go live',
    GITHUB_WORKFLOW_REF: `${repository}/${STORY_WORKFLOW_PATH}@refs/heads/${state.defaultBranch}`,
    GITHUB_RUN_ID: String(run.runId ?? 9001),
    GITHUB_RUN_NUMBER: '1',
    GITHUB_RUN_ATTEMPT: String(run.attempt ?? 1),
    GITHUB_OUTPUT: paths.output,
    GITHUB_STEP_SUMMARY: paths.summary,
    GITHUB_WORKSPACE: paths.workspace,
    RUNNER_TEMP: paths.temporary,
    RUNNER_OS: 'Linux',
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [nameInputVariable(name), value])),
    ...run.environment,
  };
  for (const [name, value] of Object.entries(run.environment ?? {})) if (value === '') delete environment[name];
  return environment;
}

/** The variable that carries an input: its name in capitals, spaces as underscores, hyphens kept. */
export function nameInputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

/** The variables that any process on this machine needs. The action gets no others from the caller's environment. */
function inheritVariables(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of [
    'PATH',
    'HOME',
    'TMPDIR',
    'TEMP',
    'TMP',
    'SystemRoot',
    'NODE_V8_COVERAGE',
    'NODE_COMPILE_CACHE',
  ]) {
    const value = process.env[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

async function start(
  script: string,
  environment: Record<string, string>,
  folder: string,
): Promise<Pick<ActionResult, 'exit' | 'stdout' | 'stderr'>> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [absolute(script)], {
      env: environment,
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (exit) => {
      clearTimeout(timer);
      resolve({ exit, stdout, stderr });
    });
  });
}

/** Reads an output file: `name=value` lines and `name<<delimiter` blocks. The last value of a name counts. */
export function parseOutputs(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const block = /^([^=]+?)<<(.+)$/.exec(line);
    if (block === null) {
      const pair = /^([^=]+)=(.*)$/.exec(line);
      if (pair !== null) outputs[pair[1] ?? ''] = pair[2] ?? '';
      continue;
    }
    const end = lines.indexOf(block[2] ?? '', at + 1);
    const last = end < 0 ? lines.length : end;
    outputs[block[1] ?? ''] = lines.slice(at + 1, last).join('\n');
    at = last;
  }
  return outputs;
}

async function readTextOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}
