/** The event that started a workflow run, with the name, payload, commit and ref that GitHub passes to it. */
import { buildCommitJson } from './payload-commit.ts';
import {
  buildCommentJson,
  buildIssueJson,
  buildPullJson,
  buildReviewJson,
  buildSimplePullJson,
} from './payload-pull.ts';
import {
  buildLabelsJson,
  buildRepositoryJson,
  findUserOrGhostJson,
  type JsonObject,
  type Source,
} from './payload-repository.ts';
import type { Json, PullRequest, Review } from './records.ts';

export type PullAction =
  | 'opened'
  | 'synchronize'
  | 'closed'
  | 'reopened'
  | 'ready_for_review'
  | 'edited'
  | 'labeled'
  | 'unlabeled';

/** Something that starts the gate's workflow. `sender` is a login. */
export type Trigger =
  | {
      readonly event: 'pull_request_target' | 'pull_request';
      readonly action: PullAction;
      readonly number: number;
      readonly sender: string;
      /** For labeled and unlabeled. */
      readonly label?: string;
      /** For synchronize, the previous head. */
      readonly before?: string;
      /** For edited, the previous texts. */
      readonly changes?: Readonly<Record<string, Json>>;
    }
  | {
      readonly event: 'pull_request_review';
      readonly action: 'submitted' | 'dismissed';
      readonly number: number;
      readonly review: Review;
      readonly sender: string;
    }
  | {
      readonly event: 'merge_group';
      readonly baseSha: string;
      readonly headSha: string;
      readonly headRef: string;
      readonly baseRef: string;
    }
  | {
      readonly event: 'issue_comment';
      readonly action: string;
      readonly comment: number;
      readonly sender: string;
      readonly bodyBefore?: string;
    }
  | { readonly event: 'workflow_dispatch'; readonly inputs: Readonly<Record<string, string>>; readonly sender: string }
  | { readonly event: 'schedule'; readonly schedule: string }
  /** Any other event, with any payload. */
  | { readonly event: 'other'; readonly name: string; readonly payload: JsonObject };

/** An event as a run sees it. It is frozen, because a re-run gets the same event. */
export interface WorkflowEvent {
  readonly name: string;
  readonly payload: Json;
  readonly sha: string;
  readonly ref: string;
  readonly actor: string;
  readonly headRef: string;
  readonly baseRef: string;
}

/** Builds the event for a trigger from the current state. */
export function buildEvent(source: Source, trigger: Trigger): WorkflowEvent {
  const { state } = source;
  const onDefault = {
    sha: state.requireCommit(state.defaultBranch).sha,
    ref: `refs/heads/${state.defaultBranch}`,
    headRef: '',
    baseRef: '',
  };
  const addSurroundings = (sender: string): JsonObject => ({
    repository: buildRepositoryJson(source),
    sender: findUserOrGhostJson(source, sender),
  });
  switch (trigger.event) {
    case 'pull_request':
    case 'pull_request_target':
      return buildPullEvent(source, trigger, addSurroundings(trigger.sender));
    case 'pull_request_review': {
      const pull = state.requirePull(trigger.number);
      const review = buildReviewJson(source, pull, trigger.review);
      // The event has the state in lower case.
      const payload = {
        action: trigger.action,
        review: { ...review, state: trigger.review.state.toLowerCase() },
        pull_request: buildSimplePullJson(source, pull),
        ...addSurroundings(trigger.sender),
      };
      return { name: 'pull_request_review', payload, actor: trigger.sender, ...describeTarget(pull) };
    }
    case 'merge_group': {
      const payload = {
        action: 'checks_requested',
        merge_group: {
          head_sha: trigger.headSha,
          head_ref: `refs/heads/${trigger.headRef}`,
          base_sha: trigger.baseSha,
          base_ref: `refs/heads/${trigger.baseRef}`,
          head_commit: buildCommitJson(source, state.requireCommit(trigger.headSha)).commit ?? null,
        },
        ...addSurroundings('github-merge-queue[bot]'),
      };
      return {
        name: 'merge_group',
        payload,
        actor: 'github-merge-queue[bot]',
        sha: trigger.headSha,
        ref: `refs/heads/${trigger.headRef}`,
        headRef: '',
        baseRef: '',
      };
    }
    case 'issue_comment': {
      const comment = state.comments.find((one) => one.id === trigger.comment);
      if (comment === undefined) throw new RangeError(`there is no comment ${trigger.comment}`);
      const payload = {
        action: trigger.action,
        ...(trigger.bodyBefore === undefined ? {} : { changes: { body: { from: trigger.bodyBefore } } }),
        issue: buildIssueJson(source, state.requirePull(comment.issue)),
        comment: buildCommentJson(source, comment),
        ...addSurroundings(trigger.sender),
      };
      return { name: 'issue_comment', payload, actor: trigger.sender, ...onDefault };
    }
    case 'workflow_dispatch': {
      const payload = {
        inputs: trigger.inputs,
        ref: onDefault.ref,
        workflow: '.github/workflows/go-live.yml',
        ...addSurroundings(trigger.sender),
      };
      return { name: 'workflow_dispatch', payload, actor: trigger.sender, ...onDefault };
    }
    case 'schedule':
      return {
        name: 'schedule',
        payload: { schedule: trigger.schedule, ...addSurroundings(state.owner) },
        actor: state.owner,
        ...onDefault,
      };
    case 'other':
      return {
        name: trigger.name,
        payload: { ...trigger.payload, ...addSurroundings(state.owner) },
        actor: state.owner,
        ...onDefault,
      };
  }
}

/** A run on the pull request itself, as opposed to one on the default branch. */
function describeTarget({ headSha, number, headRef, baseRef }: PullRequest) {
  return { sha: headSha, ref: `refs/pull/${number}/merge`, headRef, baseRef };
}

function buildPullEvent(
  source: Source,
  trigger: Extract<Trigger, { event: 'pull_request' | 'pull_request_target' }>,
  around: JsonObject,
): WorkflowEvent {
  const { state } = source;
  const pull = state.requirePull(trigger.number);
  const payload = {
    action: trigger.action,
    number: pull.number,
    pull_request: buildPullJson(source, pull),
    ...(trigger.label === undefined
      ? {}
      : { label: buildLabelsJson(source, [trigger.label])[0] ?? { name: trigger.label } }),
    ...(trigger.changes === undefined ? {} : { changes: trigger.changes }),
    ...(trigger.before === undefined ? {} : { before: trigger.before, after: pull.headSha }),
    ...around,
  };
  // Since December 2025 `pull_request_target` runs on the default branch, regardless of the pull request's base.
  const target = trigger.event === 'pull_request_target';
  const branch = state.defaultBranch;
  const place = target ? { sha: state.requireCommit(branch).sha, ref: `refs/heads/${branch}` } : {};
  return { name: trigger.event, payload, actor: trigger.sender, ...describeTarget(pull), ...place };
}
