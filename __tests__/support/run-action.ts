/** Runs the action against an embedded GitHub whose every exchange is checked against GitHub's own description. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildEvent, type Trigger, type WorkflowEvent } from '../../src/embedded-github/events.ts';
import {
  type EmbeddedGitHub,
  type GitHubOptions,
  type LoggedRequest,
  startGitHub as start,
} from '../../src/embedded-github/github.ts';
import { type ActionResult, type ActionRun, runActionProcess } from '../../src/stories/runner.ts';
import { WHOLE_CAMPAIGN } from './campaign.ts';
import { findExchangeProblems } from './github-description.ts';
import { runActionHere } from './run-action-here.ts';

/** The action as users get it. */
export const BUILT_ACTION = fileURLToPath(new URL('../../dist/index.js', import.meta.url));

/** Runs the action in this process, and in a campaign or with other variables of the environment as the built action. */
export function runActionQuickly(github: EmbeddedGitHub, run: ActionRun): Promise<ActionResult> {
  const needsProcess =
    WHOLE_CAMPAIGN || Object.keys(run.environment ?? {}).length > 0 || run.actionPath !== BUILT_ACTION;
  return needsProcess ? runActionProcess(github, run) : runActionHere(github, run);
}

const problems = new WeakMap<EmbeddedGitHub, string[]>();

/** An embedded GitHub that remembers every exchange that GitHub's description does not allow. */
export async function startGitHub(options: GitHubOptions = {}): Promise<EmbeddedGitHub> {
  const github = await start(options);
  const found: string[] = [];
  problems.set(github, found);
  github.onExchange = (exchange) => found.push(...findExchangeProblems(exchange));
  return github;
}

/** What GitHub's description had against the exchanges so far; the list is emptied. */
export function takeProblems(github: EmbeddedGitHub): readonly string[] {
  return problems.get(github)?.splice(0) ?? [];
}

export interface RunDetails extends Partial<Omit<ActionRun, 'event' | 'inputs'>> {
  /** `process`: always as the built action. Default: `quick`, see `runActionQuickly`. */
  readonly as?: 'process' | 'quick';
}

export interface CheckedResult extends ActionResult {
  readonly requests: readonly LoggedRequest[];
}

/**
 * Runs the action for a trigger (or for an event that was made before: a re-run) and returns what it left behind.
 * @throws Error when `dist/index.js` is missing, or when an exchange is not as GitHub describes it.
 */
export async function runAction(
  github: EmbeddedGitHub,
  cause: Trigger | WorkflowEvent,
  inputs: Readonly<Record<string, string>> = {},
  { as, ...options }: RunDetails = {},
): Promise<CheckedResult> {
  const actionPath = options.actionPath ?? BUILT_ACTION;
  if (!existsSync(actionPath)) throw new Error(`There is no ${actionPath}: build the action first (npm run build).`);
  github.resetRequests();
  const event = 'event' in cause ? buildEvent(github.source, cause) : cause;
  const run = as === 'process' ? runActionProcess : runActionQuickly;
  const result = await run(github, { ...options, event, inputs, actionPath });
  const requests = github.requests;
  const found = takeProblems(github);
  if (found.length > 0)
    throw new Error(`The run spoke with GitHub in ways that its description does not know:\n${found.join('\n')}`);
  return { ...result, requests };
}
