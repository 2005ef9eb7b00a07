/** REST routes over pull requests: the request itself, its files, commits, labels, timeline and comments. */
import { buildCommitJson, buildFileJson } from '../payload-commit.ts';
import {
  buildCommentJson,
  buildIssueEventJson,
  buildIssueJson,
  buildPullJson,
  buildReviewJson,
  buildSimplePullJson,
  buildTimelineJson,
} from '../payload-pull.ts';
import { buildLabelsJson } from '../payload-repository.ts';
import type { Comment, PullRequest, TimelineEvent } from '../records.ts';
import {
  ApiError,
  type Call,
  createNotFound,
  type Reply,
  type Route,
  replyWith,
  replyWithPage,
  requireNumber,
  requireText,
} from './route.ts';

/** GitHub lists at most this many files of a pull request. */
const MAX_FILES = 3000;
/** GitHub lists at most this many commits of a pull request. */
const MAX_COMMITS = 250;
/** Longest comment, in UTF-16 units. Undocumented, but known from the 422 for a longer one. */
const MAX_COMMENT = 65_536;
/** Most labels on one pull request. */
const MAX_LABELS = 100;

const PULL = '/repos/{owner}/{repo}/pulls/{pull_number}';
const ISSUE = '/repos/{owner}/{repo}/issues/{issue_number}';
const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}';
const READ = [['pull-requests', 'read']] as const;
const READ_ISSUE = [
  ['issues', 'read'],
  ['pull-requests', 'read'],
] as const;
const WRITE_ISSUE = [
  ['issues', 'write'],
  ['pull-requests', 'write'],
] as const;

export const pullRoutes: readonly Route[] = [
  { method: 'GET', path: '/repos/{owner}/{repo}/pulls', needs: READ, handle: listPulls },
  { method: 'GET', path: PULL, needs: READ, handle: (call) => replyWith(buildPullJson(call, requirePull(call))) },
  { method: 'GET', path: `${PULL}/files`, needs: READ, handle: listFiles },
  { method: 'GET', path: `${PULL}/commits`, needs: READ, handle: listCommits },
  {
    method: 'GET',
    path: `${PULL}/reviews`,
    needs: READ,
    handle: (call) =>
      replyWithPage(requirePull(call).reviews, (review) => buildReviewJson(call, requirePull(call), review)),
  },
  {
    method: 'POST',
    path: `${PULL}/requested_reviewers`,
    needs: [['pull-requests', 'write']],
    handle: requestReviewers,
  },
  {
    method: 'GET',
    path: ISSUE,
    needs: READ_ISSUE,
    handle: (call) => replyWith(buildIssueJson(call, requirePull(call))),
  },
  { method: 'GET', path: `${ISSUE}/labels`, needs: READ_ISSUE, handle: listLabels },
  { method: 'POST', path: `${ISSUE}/labels`, needs: WRITE_ISSUE, handle: addLabels },
  { method: 'DELETE', path: `${ISSUE}/labels/{name}`, needs: WRITE_ISSUE, handle: removeLabel },
  { method: 'GET', path: `${ISSUE}/timeline`, needs: READ_ISSUE, handle: listTimeline },
  { method: 'GET', path: `${ISSUE}/events`, needs: READ_ISSUE, handle: listEvents },
  { method: 'GET', path: `${ISSUE}/comments`, needs: READ_ISSUE, handle: listComments },
  { method: 'POST', path: `${ISSUE}/comments`, needs: WRITE_ISSUE, handle: addComment },
  {
    method: 'GET',
    path: COMMENT,
    needs: READ_ISSUE,
    handle: (call) => replyWith(buildCommentJson(call, requireComment(call))),
  },
  { method: 'PATCH', path: COMMENT, needs: WRITE_ISSUE, handle: editComment },
  { method: 'DELETE', path: COMMENT, needs: WRITE_ISSUE, handle: deleteComment },
];

function requirePull(call: Call): PullRequest {
  const number = requireNumber(call, 'pull_number' in call.params ? 'pull_number' : 'issue_number');
  const pull = call.state.pulls.get(number);
  if (pull === undefined) throw createNotFound();
  return pull;
}

function listPulls(call: Call): Reply {
  const state = call.query.get('state') ?? 'open';
  const base = call.query.get('base');
  const head = call.query.get('head');
  const ascending = call.query.get('direction') === 'asc';
  const found = [...call.state.pulls.values()].filter(
    (pull) =>
      (state === 'all' || pull.state === state) &&
      (base === null || pull.baseRef === base) &&
      (head === null || `${pull.headOwner}:${pull.headRef}` === head),
  );
  return replyWithPage(ascending ? found : found.reverse(), (pull) => buildSimplePullJson(call, pull));
}

function listFiles(call: Call): Reply {
  const pull = requirePull(call);
  return replyWithPage(call.state.listShown(pull).changes.slice(0, MAX_FILES), (change) =>
    buildFileJson(call, change, pull.headSha),
  );
}

function listCommits(call: Call): Reply {
  return replyWithPage(call.state.listShown(requirePull(call)).commits.slice(0, MAX_COMMITS), (commit) =>
    buildCommitJson(call, commit),
  );
}

function requestReviewers(call: Call): Reply {
  const pull = requirePull(call);
  const { reviewers = [], team_reviewers: teams = [] } = call.body;
  const names = [reviewers, teams].map((list) => (Array.isArray(list) ? list.map(String) : []));
  const [people = [], slugs = []] = names;
  try {
    const owned = slugs.map((slug) => `${call.state.owner}/${slug}`);
    call.state.requestReviewers(pull.number, call.identity.login, [...people, ...owned]);
  } catch {
    throw new ApiError(422, 'Reviews may only be requested from collaborators.');
  }
  return replyWith(buildSimplePullJson(call, pull), 201);
}

function listLabels(call: Call): Reply {
  return replyWithPage(buildLabelsJson(call, requirePull(call).labels), (label) => label);
}

function addLabels(call: Call): Reply {
  const pull = requirePull(call);
  const asked = Array.isArray(call.body.labels) ? call.body.labels : [];
  const names = asked.flatMap((one) => {
    if (typeof one === 'string') return [one];
    return typeof one === 'object' && one !== null && 'name' in one && typeof one.name === 'string' ? [one.name] : [];
  });
  if (pull.labels.length + names.length > MAX_LABELS)
    throw new ApiError(422, 'Validation Failed', [{ resource: 'Issue', field: 'labels', code: 'invalid' }]);
  // A label that does not exist yet would be created, which requires more than a pull request's permission.
  const creates = names.some((name) => call.state.findLabel(name) === null);
  if (creates && call.identity.permissions.issues !== 'write')
    throw new ApiError(403, 'Resource not accessible by integration');
  for (const name of names) call.state.addLabel(pull.number, name, call.identity.login, call.identity.app);
  return replyWith(buildLabelsJson(call, pull.labels));
}

function removeLabel(call: Call): Reply {
  const pull = requirePull(call);
  if (!call.state.removeLabel(pull.number, call.params.name ?? '', call.identity.login, call.identity.app))
    throw new ApiError(404, 'Label does not exist');
  return replyWith(buildLabelsJson(call, pull.labels));
}

function listTimeline(call: Call): Reply {
  // A change to the base appears only in a pull request's events, not in its timeline.
  const events = requirePull(call).timeline.filter(({ event }) => event !== 'base_ref_changed');
  return replyWithPage(events, (event) => buildTimelineJson(call, event));
}

function listEvents(call: Call): Reply {
  const notified = requirePull(call).timeline.filter(
    (event): event is Exclude<TimelineEvent, { event: 'committed' | 'commented' }> =>
      event.event !== 'committed' && event.event !== 'commented',
  );
  return replyWithPage(notified, (event) => buildIssueEventJson(call, event));
}

function listComments(call: Call): Reply {
  const since = call.query.get('since');
  const found = call.state.listComments(requirePull(call).number);
  return replyWithPage(since === null ? found : found.filter((comment) => comment.updatedAt >= since), (comment) =>
    buildCommentJson(call, comment),
  );
}

function requireBody(call: Call): string {
  const body = requireText(call, 'body');
  if (body.trim() === '')
    throw new ApiError(422, 'Validation Failed', [
      { resource: 'IssueComment', field: 'data', code: 'unprocessable', message: 'Body cannot be blank' },
    ]);
  if (body.length > MAX_COMMENT)
    throw new ApiError(422, 'Validation Failed', [
      {
        resource: 'IssueComment',
        field: 'data',
        code: 'unprocessable',
        message: `Body is too long (maximum is ${MAX_COMMENT} characters)`,
      },
    ]);
  return body;
}

function addComment(call: Call): Reply {
  const pull = requirePull(call);
  if (pull.locked) throw new ApiError(403, 'Unable to create comment because issue is locked.');
  return replyWith(
    buildCommentJson(
      call,
      call.state.addComment(pull.number, call.identity.login, requireBody(call), call.identity.app),
    ),
    201,
  );
}

function requireComment(call: Call): Comment {
  const id = requireNumber(call, 'comment_id');
  const comment = call.state.comments.find((one) => one.id === id);
  if (comment === undefined) throw createNotFound();
  return comment;
}

function editComment(call: Call): Reply {
  const { id } = requireComment(call);
  return replyWith(buildCommentJson(call, call.state.editComment(id, call.identity.login, requireBody(call))));
}

function deleteComment(call: Call): Reply {
  call.state.deleteComment(requireComment(call).id);
  return { status: 204 };
}
