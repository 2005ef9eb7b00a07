/**
 * A runner that is not ours: nektos/act runs the project's own gate workflow, with `uses: ./`, against the embedded
 * GitHub, in host mode without containers. The action's outputs, act's exit code and the status on GitHub afterwards
 * are compared with what each event must lead to. Usage: `act-against-embedded-github.ts <path of act>`.
 */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TOKENS } from '../src/embedded-github/accounts.ts';
import { buildEvent, type WorkflowEvent } from '../src/embedded-github/events.ts';
import { type EmbeddedGitHub, startGitHub } from '../src/embedded-github/github.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const GATE_WORKFLOW = '.github/workflows/gate.yml';
const CONTEXT = 'HealthVault go-live';
const LABEL = 'go-live/configuration-approved';
const MANIFEST_PATH = 'healthvault.app.yml';
const MANIFEST = `healthvault: 1
app-id: 9ca84d74-1473-471d-940f-2699cb7198df
environment: production
type: web
name: Fabrikam Health
action-url: https://fabrikam.example/healthvault/action
methods: [GetThings]
`;
/** A run of act that takes longer than this hangs. */
const TIMEOUT_MS = 120_000;

/** What a run must lead to. */
interface Expected {
  readonly jobSucceeds: boolean;
  readonly verdict: 'passed' | 'blocked' | 'error';
  /** State of the status on the commit, or null for none. */
  readonly status: 'success' | 'failure' | 'error' | null;
}

const [actPath] = process.argv.slice(2);
if (actPath === undefined) {
  console.error('Usage: act-against-embedded-github.ts <path of act>');
  process.exit(2);
}
if (Number.parseInt(process.versions.node, 10) < 24) throw new Error('Run this with Node 24: act runs the same one.');
const act = resolve(actPath);
const home = mkdtempSync(join(tmpdir(), 'go-live-act-'));
let wrong = 0;
try {
  wrong = await checkWithAct(createWorkspace());
} finally {
  rmSync(home, { recursive: true, force: true });
}
console.log(wrong === 0 ? 'act: every run ended as it must.' : `act: ${wrong} runs did not end as they must.`);
process.exitCode = wrong === 0 ? 0 : 1;

/** A repository with the action as users get it, and the project's gate workflow. */
function createWorkspace(): string {
  const folder = join(home, 'repository');
  for (const path of ['action.yml', 'dist', 'policies', 'schemas'])
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  const path = join(folder, GATE_WORKFLOW);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, writeWorkflowForAct(readFileSync(join(ROOT, GATE_WORKFLOW), 'utf8')));
  const runGit = (...words: readonly string[]) => execFileSync('git', words, { cwd: folder, stdio: 'ignore' });
  runGit('init', '--initial-branch=main');
  runGit('add', '.');
  runGit('-c', 'user.name=Ada', '-c', 'user.email=ada@fabrikam.example', 'commit', '-m', 'The action');
  return folder;
}

/**
 * The gate's workflow with a look at the outputs. The checkout loses its `ref`: act then lays the folder out itself,
 * and needs neither the action for that nor the network.
 */
function writeWorkflowForAct(text: string): string {
  const local = text.replace(/^ {10}ref: \$\{\{ github\.event\.repository\.default_branch \}\}\n/m, '');
  const named = local.replace(/^ {6}- uses: \.\/\n/m, '      - uses: ./\n        id: gate\n');
  if (local === text || named === local || /\buses: (?!\.\/|actions\/checkout@)/.test(named))
    throw new Error(`${GATE_WORKFLOW} is no longer a checkout and "uses: ./": this script must learn its new shape.`);
  return `${named.trimEnd()}
      - if: always()
        env:
          VERDICT: \${{ steps.gate.outputs.verdict }}
          REPORT: \${{ steps.gate.outputs.report }}
        run: echo "verdict=$VERDICT report=$(test -s "$REPORT" && echo there)"
`;
}

async function checkWithAct(folder: string): Promise<number> {
  const github = await startGitHub({
    owner: 'fabrikam',
    name: 'health',
    now: '2026-11-23T18:00:00Z',
    roles: { ada: 'write', grace: 'maintain' },
    labels: [LABEL],
    files: { [MANIFEST_PATH]: MANIFEST, 'README.md': 'Fabrikam\n' },
  });
  const run = async (say: string, event: WorkflowEvent, sha: string, expected: Expected, token: string = TOKENS.job) =>
    matches(say, expected, await runAct(github, folder, event, token), github.state.findStatus(sha, CONTEXT)?.state);
  const buildPullEvent = (
    action: 'opened' | 'labeled',
    number: number,
    sender: string,
    label?: string,
  ): WorkflowEvent =>
    buildEvent(github.source, {
      event: 'pull_request_target',
      action,
      number,
      sender,
      ...(label === undefined ? {} : { label }),
    });
  const passes: Expected = { jobSucceeds: true, verdict: 'passed', status: 'success' };
  const blocks: Expected = { jobSucceeds: false, verdict: 'blocked', status: 'failure' };
  try {
    const { state } = github;
    const name = { files: { [MANIFEST_PATH]: MANIFEST.replace('Fabrikam Health', 'Fabrikam Health Plus') } };
    const renamed = state.open({ author: 'ada', title: 'Another name', ...name });
    const untouched = state.open({ author: 'ada', title: 'Read me', files: { 'README.md': 'Fabrikam, Inc.\n' } });
    const opened = buildPullEvent('opened', renamed.number, 'ada');
    const results = [
      await run(
        'a token that nobody knows',
        opened,
        renamed.headSha,
        { jobSucceeds: false, verdict: 'error', status: null },
        'ghs_nobody',
      ),
      await run('a change of configuration', opened, renamed.headSha, blocks),
      await run('a change of nothing', buildPullEvent('opened', untouched.number, 'ada'), untouched.headSha, passes),
      await run(
        'both again, by hand',
        buildEvent(github.source, {
          event: 'workflow_dispatch',
          inputs: { 'pull-request': `${untouched.number}, ${renamed.number}` },
          sender: 'grace',
        }),
        renamed.headSha,
        blocks,
      ),
    ];
    state.addLabel(renamed.number, LABEL, 'grace');
    const labeled = buildPullEvent('labeled', renamed.number, 'grace', LABEL);
    results.push(await run("the reviewer's label", labeled, renamed.headSha, passes));
    return results.filter((right) => !right).length;
  } finally {
    await github.close();
  }
}

interface Ended {
  readonly exit: number | null;
  readonly log: string;
}

function matches(say: string, expected: Expected, { exit, log }: Ended, status: string | undefined): boolean {
  const [, verdict = 'none', there] = /verdict=(\w+) report=(there)?/.exec(log) ?? [];
  const found = { jobSucceeds: exit === 0, verdict, status: status ?? null };
  const reported = (there !== undefined) === (expected.verdict !== 'error');
  // A run of act that failed for its own reasons (another code, a signal) is not a verdict.
  const right = (exit === 0 || exit === 1) && reported && JSON.stringify(found) === JSON.stringify(expected);
  console.log(
    `act: ${say}: verdict ${verdict}, status ${found.status}, act ended with ${exit}${right ? '' : ', WRONG'}`,
  );
  if (!right) console.log(`expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}\n${log}`);
  return right;
}

function runAct(github: EmbeddedGitHub, folder: string, event: WorkflowEvent, token: string): Promise<Ended> {
  const { state, addresses } = github;
  const eventPath = join(home, 'event.json');
  writeFileSync(eventPath, JSON.stringify(event.payload));
  const repository = `${state.owner}/${state.name}`;
  const variables = {
    GITHUB_API_URL: addresses.api,
    GITHUB_GRAPHQL_URL: github.graphqlUrl,
    GITHUB_REPOSITORY: repository,
    GITHUB_REPOSITORY_OWNER: state.owner,
    GITHUB_REF: event.ref,
    GITHUB_HEAD_REF: event.headRef,
    GITHUB_BASE_REF: event.baseRef,
    GITHUB_WORKFLOW_REF: `${repository}/${GATE_WORKFLOW}@refs/heads/${state.defaultBranch}`,
    SHA_REF: event.sha,
  };
  const words = [
    event.name,
    ...['--workflows', GATE_WORKFLOW, '--eventpath', eventPath, '--actor', event.actor],
    ...['--platform', 'ubuntu-latest=-self-hosted', '--secret', `GITHUB_TOKEN=${token}`, '--no-cache-server'],
    ...Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
  ];
  return new Promise((ended, failed) => {
    const child = spawn(act, words, { cwd: folder, env: describeMachine(), stdio: ['ignore', 'pipe', 'pipe'] });
    let log = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text;
      });
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
    child.once('error', failed);
    child.once('close', (exit) => {
      clearTimeout(timer);
      ended({ exit, log });
    });
  });
}

/** The environment of act: this very Node as `node`, a home of its own, and a closed proxy port for any other host. */
function describeMachine(): Record<string, string> {
  const closedProxy = 'http://127.0.0.1:9';
  return {
    PATH: [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter),
    HOME: home,
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_CONFIG_HOME: join(home, 'config'),
    TMPDIR: tmpdir(),
    HTTP_PROXY: closedProxy,
    HTTPS_PROXY: closedProxy,
    NO_PROXY: '127.0.0.1',
  };
}
