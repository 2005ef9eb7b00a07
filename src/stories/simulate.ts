/** Plays a story: sets up the embedded GitHub, carries out each action, runs the built action after it, and prints its answers. */
import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { FORK_PERMISSIONS, GATE_PERMISSIONS, TOKENS } from '../embedded-github/accounts.ts';
import { type Fault, secondaryLimit } from '../embedded-github/faults.ts';
import { type EmbeddedGitHub, type LoggedRequest, startGitHub } from '../embedded-github/github.ts';
import { PlatformError } from '../model/errors.ts';
import { compare, listOutput, nameCommentChange, type StepOutcome } from './expectations.ts';
import { messages, words } from './messages.ts';
import { type Played, Stage } from './play.ts';
import { findAction, readStory, toList } from './read-story.ts';
import { type ActionResult, runActionProcess } from './runner.ts';
import type { Story, StoryFault, StoryStep } from './story.ts';
import { StoryFileReader, type StoryFolder } from './story-files.ts';

/** What a story needs of the world. */
export interface StoryIo extends StoryFolder {
  /** The script to run as the action, normally `dist/index.js`. */
  readonly actionPath: string;
  write(text: string): void;
  /** Called with the embedded GitHub before the first step, for observers. */
  watch?(github: EmbeddedGitHub): void;
}

/** Reads from the disk, beside the story. */
export function storyIo(storyPath: string, actionPath: string, write: (text: string) => void): StoryIo {
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
 * Plays a story and returns the exit code: 0 when everything went as the story says, else 1.
 * @throws UsageError for a story that cannot be read or played, PlatformError when there is no action to run.
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
    return await new Telling(github, story, new Stage(github, story, reader), io).tell();
  } finally {
    await github.close();
  }
}

/** Tells one story. */
class Telling {
  readonly #github: EmbeddedGitHub;
  readonly #story: Story;
  readonly #stage: Stage;
  readonly #io: StoryIo;
  #runs = 0;

  constructor(github: EmbeddedGitHub, story: Story, stage: Stage, io: StoryIo) {
    this.#github = github;
    this.#story = story;
    this.#stage = stage;
    this.#io = io;
  }

  async tell(): Promise<number> {
    const { story, steps } = this.#story;
    this.#line(story);
    let checked = 0;
    let wrong = 0;
    for (const [index, step] of steps.entries()) {
      const played = await this.#stage.play(step);
      const outcome = await this.#run(step, played);
      this.#line(`\n${index + 1}. ${step.say ?? played.sentence}`);
      for (const line of describeOutcome(outcome)) this.#line(`   ${line}`);
      const compared = compare(step.expect ?? {}, outcome);
      checked += compared.checked;
      wrong += compared.mismatches.length;
      for (const mismatch of compared.mismatches) this.#line(`   ${words.notAsExpected(mismatch)}`);
      if (compared.mismatches.length > 0 && outcome.run !== null) this.#log(outcome.run);
    }
    const all = checked === 0 ? words.nothingExpected(steps.length) : words.allAsExpected(steps.length);
    this.#line(`\n${wrong > 0 ? words.notAllAsExpected(wrong, checked) : all}`);
    return wrong > 0 ? 1 : 0;
  }

  #line(text: string): void {
    this.#io.write(`${text}\n`);
  }

  /** The action's own log, which shows why it did something else. */
  #log({ stdout, stderr }: ActionResult): void {
    for (const line of `${stdout}\n${stderr}`.split(/\r?\n/)) if (line.trim() !== '') this.#line(`   | ${line}`);
  }

  /** Runs the gate for each event of a step. Several labels at once are several events: the last run counts. */
  async #run(step: StoryStep, played: Played): Promise<StepOutcome> {
    const { given } = findAction(step);
    const pr = typeof given === 'object' && 'pr' in given ? given.pr : undefined;
    const number = step.expect?.pr ?? pr ?? this.#stage.lastPull;
    const inputs = { ...this.#story.inputs, ...played.inputs, ...step.inputs };
    const before = this.#copyComments(number);
    let run: ActionResult | null = null;
    let requests = 0;
    for (const event of step.gate === false ? [] : played.events) {
      this.#github.resetRequests();
      this.#github.faults.add(...step.faults.map(buildFault));
      this.#github.beforeRequest = this.#playMeanwhile(step);
      this.#runs += 1;
      this.#stage.lastEvent = event;
      run = await runActionProcess(this.#github, {
        event,
        actionPath: this.#io.actionPath,
        inputs,
        token: event.name === 'pull_request' && this.#isFromFork(number) ? TOKENS.fork : TOKENS.job,
        runId: 9000 + this.#runs,
      });
      this.#github.beforeRequest = null;
      this.#github.faults.clear();
      requests = this.#github.requests.length;
    }
    const { state } = this.#github;
    const pull = state.pulls.get(number);
    const status = state.findStatus(
      played.sha ?? pull?.headSha ?? '',
      inputs['status-context'] ?? 'HealthVault go-live',
    );
    const comments = { before, after: this.#copyComments(number) };
    return { run, status, labels: pull?.labels ?? [], comments, requests };
  }

  #copyComments(number: number): StepOutcome['comments']['before'] {
    return this.#stage.gateComments(number).map((comment) => ({ ...comment }));
  }

  #isFromFork(number: number): boolean {
    const { pulls, owner } = this.#github.state;
    return (pulls.get(number)?.headOwner ?? owner) !== owner;
  }

  /** What others do while the gate runs: each once, before the request that it waits for. */
  #playMeanwhile(step: StoryStep): ((n: number, request: LoggedRequest) => Promise<void>) | null {
    const waiting = [...step.meanwhile];
    if (waiting.length === 0) return null;
    return async (n, { method, path }) => {
      const next = waiting.findIndex(({ before }) =>
        /^\d+$/.test(before) ? Number(before) === n : `${method} ${path}`.includes(before),
      );
      const [found] = next < 0 ? [] : waiting.splice(next, 1);
      if (found !== undefined) await this.#stage.play(found);
    };
  }
}

function buildFault(written: StoryFault): Fault {
  const { at, method, path, times, after, status, message, 'retry-after': seconds } = written;
  const limited = seconds !== undefined && (status === 403 || status === 429);
  const answer = limited ? secondaryLimit(seconds, status) : { status, message };
  return {
    at,
    method,
    path,
    times: times === 0 ? Number.POSITIVE_INFINITY : times,
    after,
    answer: written.drop ? 'drop' : written.cut ? 'cut' : answer,
  };
}

function describeOutcome({ run, status, comments }: StepOutcome): readonly string[] {
  if (run === null) return [words.gateDidNotRun];
  const categories = listOutput(run, 'categories') ?? [];
  const missing = listOutput(run, 'missing-labels') ?? [];
  return [
    words.gateAnswer({
      verdict: run.outputs.verdict ?? 'no verdict',
      exit: String(run.exit),
      status: status === null ? 'none' : `${status.state}: ${status.description ?? ''}`,
    }),
    ...(categories.length === 0 ? [] : [words.categories(categories)]),
    ...(missing.length === 0 ? [] : [words.missingLabels(missing)]),
    words.gateComment(nameCommentChange(comments)),
  ];
}
