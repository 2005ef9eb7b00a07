/** Plays a story: sets the embedded GitHub up, lets things happen, runs the built action after each, and tells its answers. */
import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import messages from '../../data/messages/simulator.json' with { type: 'json' };
import { TOKENS } from '../embedded-github/accounts.ts';
import { type EmbeddedGitHub, type LoggedRequest, startGitHub } from '../embedded-github/github.ts';
import type { FileEdit } from '../embedded-github/records.ts';
import { PlatformError } from '../model/errors.ts';
import { fill } from '../model/messages.ts';
import { commentFate, compare, listOutput, type Mismatch, type Outcome } from './expectations.ts';
import { Stage } from './play.ts';
import { readStory } from './read-story.ts';
import { type ActionResult, runActionProcess } from './runner.ts';
import type { Story, StoryStep } from './story.ts';
import { StoryReader } from './story-reader.ts';

/** What a story needs of the world. Paths are as the story gives them, put behind the story's own folder. */
export interface StoryIo {
  readFile(path: string): Promise<Uint8Array>;
  /** All files below a folder, with `/`, relative to it. */
  readFolder(path: string): Promise<readonly string[]>;
  /** The script to run as the action, normally `dist/index.js`. */
  readonly actionPath: string;
  write(text: string): void;
  /** Called with the embedded GitHub before the first step, for whoever wants to watch. */
  watch?(github: EmbeddedGitHub): void;
}

/** Reads from the disk. */
export function storyIo(actionPath: string, write: (text: string) => void): StoryIo {
  return {
    actionPath,
    write,
    readFile: (path) => readFile(path),
    readFolder: async (path) => {
      const entries = await readdir(path, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(path, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .sort();
    },
  };
}

/**
 * Plays a story and answers with the exit code: 0 when everything went as the story says, else 1.
 * @throws UsageError for a story that cannot be read or played, PlatformError when there is no action to run.
 */
export async function simulate(storyText: string, storyPath: string, io: StoryIo): Promise<number> {
  const story = readStory(storyText, storyPath);
  const folder = dirname(resolve(storyPath));
  await needAction(io.actionPath);
  const beside = {
    readFile: (path: string) => io.readFile(join(folder, path)),
    readFolder: (path: string) => io.readFolder(join(folder, path)),
  };
  const github = await startGitHub({
    owner: story.repository.owner,
    name: story.repository.name,
    private: story.repository.private,
    defaultBranch: story.repository.branch,
    now: story.now,
    roles: story.people,
    teams: story.teams,
    labels: story.repository.labels,
    tokens: { [TOKENS.job]: { login: 'github-actions[bot]', permissions: story.permissions, app: null } },
  });
  try {
    github.graphql = story.graphql;
    io.watch?.(github);
    const stage = new Stage(github, story, beside, new StoryReader(storyPath));
    const files: Record<string, FileEdit> = {};
    for (const path of story.repository.folder === null ? [] : await beside.readFolder(story.repository.folder))
      files[path] = await beside.readFile(join(story.repository.folder ?? '', path));
    Object.assign(files, await stage.files(story.repository.files, new Map()));
    github.state.commitTo(story.repository.branch, { files, message: 'Configuration as it is in production' });
    return await new Telling(github, story, stage, io).tell();
  } finally {
    await github.close();
  }
}

async function needAction(path: string): Promise<void> {
  try {
    await access(path);
  } catch (cause) {
    throw new PlatformError('action-missing', fill(messages['action-missing'], { path }), { cause });
  }
}

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
    this.#line(this.#story.title);
    let checked = 0;
    let wrong = 0;
    for (const [index, step] of this.#story.steps.entries()) {
      const { sentence, outcome, skipped } = await this.#step(step);
      this.#line(`\n${index + 1}. ${step.say ?? sentence}`);
      for (const line of outcomeLines(outcome, skipped)) this.#line(`   ${line}`);
      const { checked: looked, mismatches } =
        step.expect === null ? { checked: 0, mismatches: [] } : compare(step.expect, outcome);
      checked += looked;
      wrong += mismatches.length;
      for (const mismatch of mismatches)
        this.#line(`   ${fill(messages['not-as-expected'], { ...mismatch } satisfies Mismatch)}`);
      if (mismatches.length > 0) this.#log(outcome.run);
    }
    const steps = this.#story.steps.length;
    const id = wrong > 0 ? 'not-all-as-expected' : checked === 0 ? 'nothing-expected' : 'all-as-expected';
    this.#line(`\n${fill(messages[id], { wrong, checked, steps })}`);
    return wrong > 0 ? 1 : 0;
  }

  #line(text: string): void {
    this.#io.write(`${text}\n`);
  }

  /** What the action said itself, for whoever must find out why it did something else. */
  #log(run: ActionResult | null): void {
    if (run === null) return;
    for (const line of `${run.stdout}\n${run.stderr}`.split(/\r?\n/).filter((text) => text.trim() !== ''))
      this.#line(`   | ${line}`);
  }

  async #step(
    step: StoryStep,
  ): Promise<{ readonly sentence: string; readonly outcome: Outcome; readonly skipped: boolean }> {
    const { state } = this.#github;
    const played = await this.#stage.play(step.action, step.at);
    const events = step.gate === false ? [] : played.events;
    const number = step.expect?.pull ?? ('pull' in step.action ? step.action.pull : undefined) ?? this.#stage.lastPull;
    const before = this.#stage.gateComments(number).map((comment) => ({ ...comment }));
    let run: ActionResult | null = null;
    let requests = 0;
    // Several labels at once are several events: the last run is the one that counts.
    for (const event of events) {
      this.#github.resetRequests();
      this.#github.faults.add(...step.faults);
      this.#github.beforeRequest = this.#meanwhile(step);
      this.#runs += 1;
      this.#stage.lastEvent = event;
      run = await runActionProcess(this.#github, {
        event,
        actionPath: this.#io.actionPath,
        inputs: { ...this.#story.inputs, ...played.inputs, ...step.inputs },
        token: event.name === 'pull_request' && this.#fromFork(number) ? TOKENS.fork : TOKENS.job,
        runId: 9000 + this.#runs,
      });
      this.#github.beforeRequest = null;
      this.#github.faults.clear();
      requests = this.#github.requests.length;
    }
    const pull = state.pulls.get(number);
    const context = step.inputs['status-context'] ?? this.#story.inputs['status-context'] ?? 'HealthVault go-live';
    const sha = played.sha ?? pull?.headSha ?? '';
    const after = this.#stage.gateComments(number).map((comment) => ({ ...comment }));
    return {
      sentence: played.sentence,
      outcome: {
        run,
        status: state.statusOf(sha, context),
        labels: pull?.labels ?? [],
        comments: { before, after },
        requests,
      },
      skipped: events.length === 0,
    };
  }

  #fromFork(number: number): boolean {
    const pull = this.#github.state.pulls.get(number);
    return pull !== undefined && pull.headOwner !== this.#story.repository.owner;
  }

  /** What others do while the gate runs: each once, before the request that it waits for. */
  #meanwhile(step: StoryStep): ((n: number, request: LoggedRequest) => Promise<void>) | null {
    const waiting = [...step.meanwhile];
    if (waiting.length === 0) return null;
    return async (n, request) => {
      const line = `${request.method} ${request.path}`;
      const next = waiting.findIndex(({ before }) =>
        typeof before === 'number' ? before === n : line.includes(before),
      );
      const [found] = next < 0 ? [] : waiting.splice(next, 1);
      if (found !== undefined) await this.#stage.play(found.action, step.at);
    };
  }
}

function outcomeLines(outcome: Outcome, skipped: boolean): readonly string[] {
  const { run, status } = outcome;
  if (skipped || run === null) return [messages['gate-did-not-run']];
  const said = status === null ? 'none' : `${status.state}: ${status.description ?? ''}`;
  const categories = listOutput(run, 'categories') ?? [];
  const missing = listOutput(run, 'missing-labels') ?? [];
  return [
    fill(messages['gate-said'], { verdict: run.outputs.verdict ?? 'no verdict', exit: String(run.exit), status: said }),
    ...(categories.length === 0 ? [] : [fill(messages['gate-categories'], { categories: categories.join(', ') })]),
    ...(missing.length === 0 ? [] : [fill(messages['gate-missing'], { labels: missing.join(', ') })]),
    fill(messages['gate-comment'], { comment: commentFate(outcome.comments) }),
  ];
}
