/** REST shapes of pull requests, their comments and their events. */

import { toLegacyPermission } from './accounts.ts';
import { countLines } from './history.ts';
import { buildGitCommitJson } from './payload-commit.ts';
import {
  buildApiAddress,
  buildAppJson,
  buildHtmlAddress,
  buildLabelsJson,
  buildNodeId,
  buildRepositoryJson,
  findUserJson,
  findUserOrGhostJson,
  type JsonObject,
  type Source,
} from './payload-repository.ts';
import type { Comment, Json, PullRequest, Review, TimelineEvent } from './records.ts';

/** GitHub's word for the relation of an account to the repository. */
export function describeAssociation({ state }: Source, login: string): string {
  if (login.toLowerCase() === state.owner.toLowerCase()) return 'OWNER';
  const set = state.roles.get(login.toLowerCase());
  return set !== undefined && toLegacyPermission(set) !== 'none' ? 'COLLABORATOR' : 'NONE';
}

/** A pull request as lists have it. */
export function buildSimplePullJson(source: Source, pull: PullRequest): JsonObject {
  const { state } = source;
  const api = buildApiAddress(source);
  const html = `${buildHtmlAddress(source)}/pull/${pull.number}`;
  const self = `${api}/pulls/${pull.number}`;
  const issue = `${api}/issues/${pull.number}`;
  const links = {
    self,
    html,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${self}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${self}/commits`,
    statuses: `${api}/statuses/${pull.headSha}`,
  };
  return {
    url: self,
    id: 300_000 + pull.number,
    node_id: buildNodeId('PullRequest', pull.number),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    number: pull.number,
    state: pull.state,
    locked: pull.locked,
    title: pull.title,
    user: findUserOrGhostJson(source, pull.author),
    body: pull.body,
    labels: buildLabelsJson(source, pull.labels),
    milestone: null,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.state === 'closed' ? pull.updatedAt : null,
    merged_at: pull.merged ? pull.updatedAt : null,
    merge_commit_sha: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: {
      label: `${pull.headOwner}:${pull.headRef}`,
      ref: pull.headRef,
      sha: pull.headSha,
      user: findUserOrGhostJson(source, pull.headOwner),
      repo: pull.forkDeleted ? null : buildRepositoryJson(source, pull.headOwner),
    },
    base: {
      label: `${state.owner}:${pull.baseRef}`,
      ref: pull.baseRef,
      sha: pull.baseSha,
      user: findUserOrGhostJson(source, state.owner),
      repo: { ...buildRepositoryJson(source), default_branch: state.defaultBranch },
    },
    _links: Object.fromEntries(Object.entries(links).map(([key, href]) => [key, { href }])),
    author_association: describeAssociation(source, pull.author),
    auto_merge: null,
    draft: pull.draft,
  };
}

/** A pull request alone, with its counts. */
export function buildPullJson(source: Source, pull: PullRequest): JsonObject {
  const files = source.state.listShown(pull).changes;
  const counts = files.map(countLines);
  return {
    ...buildSimplePullJson(source, pull),
    merged: pull.merged,
    mergeable: pull.state === 'open' ? true : null,
    rebaseable: pull.state === 'open' ? true : null,
    mergeable_state: 'unknown',
    merged_by: null,
    comments: source.state.listComments(pull.number).length,
    review_comments: 0,
    maintainer_can_modify: pull.headOwner !== source.state.owner,
    commits: source.state.listShown(pull).commits.length,
    additions: counts.reduce((sum, count) => sum + count.additions, 0),
    deletions: counts.reduce((sum, count) => sum + count.deletions, 0),
    changed_files: files.length,
  };
}

/** The issue that is behind a pull request. */
export function buildIssueJson(source: Source, pull: PullRequest): JsonObject {
  const { state } = source;
  const api = buildApiAddress(source);
  const issue = `${api}/issues/${pull.number}`;
  const html = `${buildHtmlAddress(source)}/pull/${pull.number}`;
  return {
    id: 600_000 + pull.number,
    node_id: buildNodeId('PullRequest', pull.number),
    url: issue,
    repository_url: api,
    labels_url: `${issue}/labels{/name}`,
    comments_url: `${issue}/comments`,
    events_url: `${issue}/events`,
    html_url: html,
    number: pull.number,
    state: pull.state,
    title: pull.title,
    body: pull.body,
    user: findUserOrGhostJson(source, pull.author),
    labels: buildLabelsJson(source, pull.labels),
    assignee: null,
    assignees: [],
    milestone: null,
    locked: false,
    comments: state.listComments(pull.number).length,
    closed_at: pull.state === 'closed' ? pull.updatedAt : null,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    author_association: describeAssociation(source, pull.author),
    draft: pull.draft,
    pull_request: {
      url: `${api}/pulls/${pull.number}`,
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      merged_at: pull.merged ? pull.updatedAt : null,
    },
  };
}

export function buildCommentJson(source: Source, comment: Comment): JsonObject {
  const api = buildApiAddress(source);
  return {
    id: comment.id,
    node_id: buildNodeId('IssueComment', comment.id),
    url: `${api}/issues/comments/${comment.id}`,
    html_url: `${buildHtmlAddress(source)}/pull/${comment.issue}#issuecomment-${comment.id}`,
    issue_url: `${api}/issues/${comment.issue}`,
    body: comment.body,
    user: findUserOrGhostJson(source, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: describeAssociation(source, comment.author),
    performed_via_github_app: buildAppJson(source, comment.app),
  };
}

export function buildReviewJson(source: Source, pull: PullRequest, review: Review): JsonObject {
  const pullUrl = `${buildApiAddress(source)}/pulls/${pull.number}`;
  const html = `${buildHtmlAddress(source)}/pull/${pull.number}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: buildNodeId('PullRequestReview', review.id),
    user: findUserJson(source, review.author),
    body: '',
    state: review.state,
    html_url: html,
    pull_request_url: pullUrl,
    _links: { html: { href: html }, pull_request: { href: pullUrl } },
    submitted_at: review.submittedAt,
    commit_id: review.commit,
    author_association: describeAssociation(source, review.author),
  };
}

/** One row of the timeline. */
export function buildTimelineJson(source: Source, event: TimelineEvent): Json {
  if (event.event === 'committed') {
    const commit = source.state.objects.commits.get(event.sha);
    return commit === undefined ? null : { ...buildGitCommitJson(source, commit), event: 'committed' };
  }
  const comment =
    event.event === 'commented' ? source.state.comments.find((one) => one.id === event.comment) : undefined;
  if (comment !== undefined)
    return {
      ...buildCommentJson(source, comment),
      event: 'commented',
      actor: findUserOrGhostJson(source, comment.author),
    };
  return buildIssueEventJson(source, event);
}

/** Events other than commits and comments, as both the timeline and `issues/{n}/events` have them. */
export function buildIssueEventJson(source: Source, event: Exclude<TimelineEvent, { event: 'committed' }>): JsonObject {
  const app = 'app' in event ? event.app : null;
  const row = {
    id: event.id,
    node_id: buildNodeId('Event', event.id),
    url: `${buildApiAddress(source)}/issues/events/${event.id}`,
    // GitHub leaves the actor of a deleted account empty.
    actor: findUserJson(source, event.actor),
    event: event.event,
    commit_id: event.event === 'head_ref_force_pushed' ? event.after : null,
    commit_url: event.event === 'head_ref_force_pushed' ? `${buildApiAddress(source)}/commits/${event.after}` : null,
    created_at: event.at,
    performed_via_github_app: buildAppJson(source, app),
  };
  if (event.event === 'labeled' || event.event === 'unlabeled')
    return { ...row, label: { name: event.label, color: source.state.findLabel(event.label)?.color ?? 'ededed' } };
  if (event.event === 'review_requested') {
    const reviewer = event.reviewer.includes('/')
      ? {}
      : { requested_reviewer: findUserOrGhostJson(source, event.reviewer) };
    return { ...row, review_requester: findUserOrGhostJson(source, event.actor ?? 'ghost'), ...reviewer };
  }
  if (event.event === 'renamed') return { ...row, rename: { from: event.from, to: event.to } };
  if (event.event === 'closed' || event.event === 'reopened') return { ...row, state_reason: null };
  return row;
}
