/**
 * The chain that teams use for the same job today, beside the gate: a labeler by paths, a check of required labels, and a
 * comment that is kept up to date. `GO_LIVE_PEERS` names a folder with the three checkouts, installed where they need it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { TOKENS } from '../../src/embedded-github/accounts.ts';
import { buildEvent } from '../../src/embedded-github/events.ts';
import { type EmbeddedGitHub, startGitHub } from '../../src/embedded-github/github.ts';
import { runActionProcess } from '../../src/stories/runner.ts';
import { ACTION, type RunKind } from './action-runs.ts';
import { findMedian, startRecording } from './measure.ts';

/** A part of the chain: its checkout and what it runs there, and the inputs in addition to the defaults of its `action.yml`. */
interface Peer {
  readonly script: string;
  readonly inputs: Readonly<Record<string, string>>;
}

const CHAIN: Readonly<Record<string, Peer>> = {
  labeler: { script: 'dist/index.js', inputs: { 'repo-token': TOKENS.job } },
  'github-action-required-labels': {
    script: 'index.js',
    inputs: { token: TOKENS.job, mode: 'minimum', count: '1', labels: 'configuration' },
  },
  'sticky-pull-request-comment': {
    script: 'dist/index.js',
    inputs: {
      GITHUB_TOKEN: TOKENS.job,
      header: 'go-live',
      message: 'This changes the configuration: ask for a review.',
    },
  },
};

const LABELS = `configuration:\n- changed-files:\n  - any-glob-to-any-file: ['apps/**']\n`;
/** What the labeler sets; the embedded GitHub adds single labels only. */
const SET_LABELS = {
  method: 'PUT',
  path: /\/labels$/,
  answer: { status: 200 },
  times: Number.POSITIVE_INFINITY,
} as const;

/** What one of the two took: milliseconds of its processes, and requests. */
export interface Cost {
  readonly ms: number;
  readonly requests: number;
}

/** How the two are compared. */
export interface Trial {
  readonly latencyMs: number;
  readonly runs: number;
}

/** Runs both in turn on one occasion: the middle one of all runs. @throws Error when one of them does not do its work. */
export async function compareWithChain(
  folder: string,
  runKind: RunKind,
  { latencyMs, runs }: Trial,
): Promise<{ readonly gate: Cost; readonly chain: Cost }> {
  const chain = await Promise.all(
    Object.entries(CHAIN).map(async ([name, { script, inputs }]): Promise<Step> => {
      const checkout = join(folder, name);
      return { action: join(checkout, script), inputs: { ...(await readDefaults(checkout)), ...inputs } };
    }),
  );
  const found: { readonly gate: Cost; readonly chain: Cost }[] = [];
  for (let run = 0; run < runs; run += 1) {
    found.push({
      gate: await measure(runKind, latencyMs, [{ action: ACTION, inputs: {} }]),
      chain: await measure(runKind, latencyMs, chain),
    });
  }
  return { gate: findMiddle(found.map(({ gate }) => gate)), chain: findMiddle(found.map(({ chain }) => chain)) };
}

function findMiddle(costs: readonly Cost[]): Cost {
  return { ms: findMedian(costs.map(({ ms }) => ms)), requests: findMedian(costs.map(({ requests }) => requests)) };
}

async function readDefaults(checkout: string): Promise<Readonly<Record<string, string>>> {
  const { inputs } = load(await readFile(join(checkout, 'action.yml'), 'utf8')) as {
    readonly inputs: Readonly<Record<string, { readonly default?: unknown }>>;
  };
  const defaults = Object.entries(inputs).map(([name, input]) => [name, String(input.default ?? '')] as const);
  return Object.fromEntries(defaults.filter(([, value]) => !value.includes('${{')));
}

interface Step {
  readonly action: string;
  readonly inputs: Readonly<Record<string, string>>;
}

/** One after the other, as the steps of a job; only the processes are timed. */
async function measure(runKind: RunKind, latencyMs: number, steps: readonly Step[]): Promise<Cost> {
  const github: EmbeddedGitHub = await startGitHub({
    now: '2026-11-23T18:00:00Z',
    roles: { ada: 'write', grace: 'maintain' },
    files: { 'README.md': 'Fabrikam\n', '.github/labeler.yml': LABELS, ...runKind.files },
  });
  try {
    const event = buildEvent(github.source, await runKind.prepare(github));
    github.faults.add(SET_LABELS);
    github.latencyMs = latencyMs;
    github.resetRequests();
    let ms = 0;
    for (const { action, inputs } of steps) {
      const record = startRecording();
      const result = await runActionProcess(github, {
        event,
        actionPath: action,
        inputs,
        environment: record.environment,
      });
      if (result.exit === null || result.stderr.trim() !== '')
        throw new Error(`${action}: ${result.stdout}${result.stderr}`);
      ms += record.readUsage().wallMs;
    }
    return { ms, requests: github.requests.length };
  } finally {
    await github.close();
  }
}
