/** Plays a story: sets up the embedded GitHub, carries out each action, runs the built action after it, and prints its answers. */
import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { FORK_PERMISSIONS, GATE_PERMISSIONS, TOKENS } from '../embedded-github/accounts.ts';
import { buildSecondaryLimit, type Fault, listRequestNames } from '../embedded-github/faults.ts';
import { type EmbeddedGitHub, type LoggedRequest, startGitHub } from '../embedded-github/github.ts';
import { PlatformError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { renderText } from '../render/text/text.ts';
import { compare, listOutput, nameCommentChange, type StepOutcome } from './expectations.ts';
import { messages, words } from './messages.ts';
import { findAction, readStory, toList } from './read-story.ts';
import { type ActionResult, runActionProcess } from './runner.ts';
import type { Meanwhile, Story, StoryFault, StoryStep } from './story.ts';
import { StoryFileReader, type StoryFolder } from './story-files.ts';
import { type StepResult, StoryState } from './story-state.ts';

/** Output after each step: the verdict, or also the comment as text, or also the JSON report. */
export const shows = ['status', 'comment', 'report'] as const;

/** Events with a read-only token for runs if the pull request comes from a fork. */
const ON_PULL_REQUEST: ReadonlySet<string> = new Set(['pull_request', 'pull_request_review']);

export type Show = (typeof shows)[number];

/** The external input of a story. */
export interface StoryIo extends StoryFolder {
  /** The script to run as the action, normally `dist/index.js`. */
  readonly actionPath: string;
  /** Runs the action; default: in a separate process. */
  readonly runAction?: typeof runActionProcess;
  /** `json`: one array with the outcome of each step. Default: `status`. */
  readonly show?: Show | 'json';
  write(text: string): void;
  /** Called with the embedded GitHub before the first step, for observers. */
  watch?(github: EmbeddedGitHub): void;
}

/** Reads from the disk, beside the story. */
export function createStoryIo(storyPath: string, actionPath: string, write: (text: string) => void): StoryIo {
  const folder = dirname(resolve(storyPath));
  return {
    actionPath,
    write,
    readFile: (path) => readFile(join(folder, path)),
    readFolder: async (path) => {
      const entries = await readdir(join(folder, path), { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(join(folder, path), join(entry.parentPath, entry.name)).split(sep).join('/'))
        .sort();
    },
  };
}

/**
 * Plays a story and returns the exit code: 0 if all expectations are met, else 1.
 * @throws UsageError for a story that cannot be read or played, PlatformError if there is no action to run.
 */
export async function playStoryFile(storyText: string, storyPath: string, io: StoryIo): Promise<number> {
  const story = readStory(storyText, storyPath);
  await access(io.actionPath).catch((cause: unknown) => {
    throw new PlatformError(messages.actionMissing({ path: io.actionPath }), { cause });
  });
  const { repository, people, now } = story;
  const [owner = '', name = ''] = repository.name.split('/');
  const permissions = story.token === 'fork' ? FORK_PERMISSIONS : GATE_PERMISSIONS;
  const github = await startGitHub({
    owner,
    name,
    private: repository.private,
    defaultBranch: repository.branch,
    now,
    roles: people,
    teams: story.teams,
    labels: toList(repository.labels),
    tokens: { [TOKENS.job]: { login: 'github-actions[bot]', permissions, app: null } },
  });
  try {
    github.graphql = story.graphql;
    io.watch?.(github);
    const reader = new StoryFileReader(story, io);
    const files = await reader.readRepository();
    github.state.commitTo(repository.branch, { files, message: 'Configuration as it is in production' });
    return await new StoryRun(github, story, new StoryState(github, story, reader), io).runSteps();
  } finally {
    await github.close();
  }
}

/** Plays and prints one story. */
class StoryRun {
  readonly #github: EmbeddedGitHub;
  readonly #story: Story;
  readonly #state: StoryState;
  readonly #io: StoryIo;
  readonly #show: Show | 'json';
  #runs = 0;

  constructor(github: EmbeddedGitHub, story: Story, storyState: StoryState, io: StoryIo) {
    this.#github = github;
    this.#story = story;
    this.#state = storyState;
    this.#io = io;
    this.#show = io.show ?? 'status';
  }

  async runSteps(): Promise<number> {
    const { story, steps } = this.#story;
    this.#writeLine(story);
    const outcomes: unknown[] = [];
    let checked = 0;
    let wrong = 0;
    for (const [index, step] of steps.entries()) {
      const result = await this.#state.playStep(step);
      const outcome = await this.#runGate(step, result);
      const say = step.say ?? result.sentence;
      const compared = compare(step.expect ?? {}, outcome);
      checked += compared.checked;
      wrong += compared.mismatches.length;
      outcomes.push({ step: index + 1, say, ...summarizeOutcome(outcome), mismatches: compared.mismatches });
      this.#writeLine(`\n${index + 1}. ${say}`);
      for (const line of describeOutcome(outcome, this.#show)) this.#writeLine(line === '' ? '' : `   ${line}`);
      for (const one of outcome.unused) this.#writeLine(`   ${words.notUsed(one)}`);
      for (const mismatch of compared.mismatches) this.#writeLine(`   ${words.notAsExpected(mismatch)}`);
      if (compared.mismatches.length > 0 && outcome.run !== null) this.#writeLog(outcome.run);
    }
    const all = checked === 0 ? words.nothingExpected(steps.length) : words.allAsExpected(steps.length);
    this.#writeLine(`\n${wrong > 0 ? words.notAllAsExpected(wrong, checked) : all}`);
    if (this.#show === 'json') this.#io.write(`${JSON.stringify(outcomes, null, 2)}\n`);
    return wrong > 0 ? 1 : 0;
  }

  #writeLine(text: string): void {
    if (this.#show !== 'json') this.#io.write(`${text}\n`);
  }

  /** The action's own log, which shows why it did something else. */
  #writeLog({ stdout, stderr }: ActionResult): void {
    for (const line of `${stdout}\n${stderr}`.split(/\r?\n/)) if (line.trim() !== '') this.#writeLine(`   | ${line}`);
  }

  /** Runs the gate for each event of a step. Several labels at once are several events: the last run counts. */
  async #runGate(step: StoryStep, result: StepResult): Promise<StepOutcome> {
    const { given } = findAction(step);
    const pr = typeof given === 'object' && 'pr' in given ? given.pr : undefined;
    const number = step.expect?.pr ?? pr ?? this.#state.lastPull;
    const inputs = { ...this.#story.inputs, ...result.inputs, ...step.inputs };
    const before = this.#copyComments(number);
    const faults = step.faults.map(buildFault);
    let unused: readonly (Fault | Meanwhile)[] = [...faults, ...step.meanwhile];
    let run: ActionResult | null = null;
    let requests = 0;
    for (const event of step.gate === false ? [] : result.events) {
      const waiting = new Set(step.meanwhile);
      this.#github.resetRequests();
      this.#github.faults.add(...faults);
      this.#github.beforeRequest = waiting.size === 0 ? null : this.#playMeanwhile(waiting);
      this.#runs += 1;
      this.#state.lastEvent = event;
      run = await (this.#io.runAction ?? runActionProcess)(this.#github, {
        event,
        actionPath: this.#io.actionPath,
        inputs,
        token: ON_PULL_REQUEST.has(event.name) && this.#isFromFork(number) ? TOKENS.fork : TOKENS.job,
        runId: 9000 + this.#runs,
        environment: this.#story.summary === 'off' ? { GITHUB_STEP_SUMMARY: '' } : {},
      });
      const notUsed: readonly unknown[] = [...this.#github.faults.unused, ...waiting];
      unused = unused.filter((one) => notUsed.includes(one));
      this.#github.beforeRequest = null;
      this.#github.faults.clear();
      requests = this.#github.requests.length;
    }
    const { state } = this.#github;
    const pull = state.pulls.get(number);
    const status = state.findStatus(
      result.sha ?? pull?.headSha ?? '',
      inputs['status-context'] ?? 'HealthVault go-live',
    );
    const asked = (pull?.timeline ?? []).flatMap((event) => (event.event === 'review_requested' ? event.reviewer : []));
    const comments = { before, after: this.#copyComments(number) };
    return { run, status, labels: pull?.labels ?? [], asked, comments, requests, unused: unused.map(nameSelection) };
  }

  #copyComments(number: number): StepOutcome['comments']['before'] {
    return this.#state.listGateComments(number).map((comment) => ({ ...comment }));
  }

  #isFromFork(number: number): boolean {
    const { pulls, owner } = this.#github.state;
    return (pulls.get(number)?.headOwner ?? owner) !== owner;
  }

  /** Actions of others while the gate runs: each once, before the request that it waits for. */
  #playMeanwhile(waiting: Set<Meanwhile>): (n: number, request: LoggedRequest) => Promise<void> {
    return async (n, request) => {
      const names = listRequestNames(request).map(({ method, path }) => `${method} ${path}`);
      const isNow = ({ before }: Meanwhile) =>
        /^\d+$/.test(before) ? Number(before) === n : names.some((name) => name.includes(before));
      const now = [...waiting].filter(isNow);
      for (const one of now) waiting.delete(one);
      for (const one of now) await this.#state.playStep(one);
    };
  }
}

/** How a story selects the request of a fault, or of an action during the run. */
function nameSelection(one: Fault | Meanwhile): string {
  if ('before' in one) return `action before ${one.before}`;
  const { at, method, path } = one;
  return ['fault at', at, method, path].filter((part) => part !== undefined).join(' ');
}

function buildFault(written: StoryFault): Fault {
  const { at, method, path, times, after, status, message, 'retry-after': seconds } = written;
  const limited = seconds !== undefined && (status === 403 || status === 429);
  const answer = limited ? buildSecondaryLimit(seconds, status) : { status, message };
  return {
    at,
    method,
    path,
    times: times === 0 ? Number.POSITIVE_INFINITY : times,
    after,
    answer: written.drop ? 'drop' : written.cut ? 'cut' : answer,
  };
}

/** The report of a run; null if the action wrote none, or something else. */
function readReport(run: ActionResult): Report | null {
  try {
    const report = JSON.parse(run.report ?? '') as Partial<Report>;
    return report.schemaVersion === 1 ? (report as Report) : null;
  } catch {
    return null;
  }
}

function listRejectedLabels(run: ActionResult): Report['labels']['rejected'] {
  return readReport(run)?.labels.rejected ?? [];
}

/** The outcome of a step for programs. */
function summarizeOutcome({ run, status, comments, requests, unused }: StepOutcome): Readonly<Record<string, unknown>> {
  if (run === null) return { ran: false };
  return {
    ran: true,
    exit: run.exit,
    verdict: run.outputs.verdict ?? null,
    status: status === null ? null : { state: status.state, description: status.description },
    categories: listOutput(run, 'categories') ?? [],
    missing: listOutput(run, 'missing-labels') ?? [],
    'not-counted': listRejectedLabels(run),
    comment: { change: nameCommentChange(comments), text: comments.after[0]?.body ?? null },
    requests,
    unused,
    report: readReport(run),
  };
}

function describeOutcome({ run, status, comments }: StepOutcome, show: Show | 'json'): readonly string[] {
  if (run === null) return [words.gateDidNotRun];
  const categories = listOutput(run, 'categories') ?? [];
  const rejected = listRejectedLabels(run);
  const absent = (listOutput(run, 'missing-labels') ?? []).filter(
    (name) => !rejected.some(({ label }) => label === name),
  );
  const change = nameCommentChange(comments);
  const report = readReport(run);
  const commentText = show === 'comment' && report !== null && (change === 'created' || change === 'edited');
  return [
    words.gateAnswer({
      verdict: run.outputs.verdict ?? 'no verdict',
      exit: String(run.exit),
      status: status === null ? 'none' : `${status.state}: ${status.description ?? ''}`,
    }),
    ...(categories.length === 0 ? [] : [words.categories(categories)]),
    ...(absent.length === 0 ? [] : [words.missingLabels(absent)]),
    ...rejected.map((label) => words.notCounted(label)),
    words.gateComment(change),
    ...(commentText ? ['', ...renderText(report, { width: 100, color: false }).trimEnd().split('\n')] : []),
    ...(show === 'report' && run.report !== null ? ['', ...run.report.trimEnd().split('\n')] : []),
  ];
}
