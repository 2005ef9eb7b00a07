/** GraphQL's pull requests, with their comments and events. */
import { countLines } from '../history.ts';
import { buildHtmlAddress, buildNodeId } from '../payload-repository.ts';
import type { Comment, PullRequest, Review, TimelineEvent } from '../records.ts';
import { buildConnection, type PageArguments } from './connection.ts';
import { type Context, requirePermission } from './context.ts';
import { buildCommit } from './git-objects.ts';
import { buildActor } from './people.ts';
import { buildFieldError, type GraphQLObject } from './run.ts';

/** GitHub lists at most this many files of a pull request. */
const MAX_FILES = 3000;

/** @throws GraphQLError when the token may not read it, or it does not exist. */
export function findPullRequest(context: Context, number: number): GraphQLObject {
  requirePermission(context, 'pull-requests');
  const found = context.state.pulls.get(number);
  if (found === undefined)
    throw buildFieldError('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`);
  return buildPullRequest(context, found);
}

/** @throws GraphQLError when it does not exist. */
export function findComment(context: Context, id: number): GraphQLObject {
  const found = context.state.comments.find((comment) => comment.id === id);
  if (found === undefined)
    throw buildFieldError('NOT_FOUND', `Could not resolve to an IssueComment with the id ${id}.`);
  return buildComment(context, found);
}

/** The pull requests of the repository, in the wanted states only. */
export function listPullRequests(context: Context) {
  return buildConnection<PullRequest, PageArguments & { readonly states?: readonly string[] | null }>(
    ({ states }) => {
      requirePermission(context, 'pull-requests');
      const all = [...context.state.pulls.values()];
      return states ? all.filter((pull) => states.includes(describeState(pull))) : all;
    },
    (pull) => buildPullRequest(context, pull),
  );
}

/** The merge queue of a branch, or null. */
export function findMergeQueue(context: Context, branch: string): GraphQLObject | null {
  const numbers = context.state.mergeQueues.get(branch);
  if (numbers === undefined) return null;
  const entries = buildConnection(
    () => numbers.map((number, index) => ({ number, position: index + 1 })),
    ({ number, position }) => ({ position, pullRequest: () => findPullRequest(context, number) }),
  );
  return { entries };
}

/** Adds the pull requests that contain it to an object that is a commit. */
export function addAssociated(context: Context, object: GraphQLObject | null): GraphQLObject | null {
  if (object?.__typename !== 'Commit') return object;
  const associatedPullRequests = buildConnection(
    () => {
      requirePermission(context, 'pull-requests');
      return context.state.listPullsWith(String(object.oid));
    },
    (pull) => buildPullRequest(context, pull),
  );
  return { ...object, associatedPullRequests };
}

function describeState(pull: PullRequest): 'OPEN' | 'CLOSED' | 'MERGED' {
  if (pull.merged) return 'MERGED';
  return pull.state === 'open' ? 'OPEN' : 'CLOSED';
}

/** A branch and the commit at its tip, or null if the branch does not exist. */
export function buildRef(context: Context, branch: string): GraphQLObject | null {
  if (!context.state.branches.has(branch)) return null;
  return { name: branch, target: () => buildCommit(context, context.state.requireCommit(branch)) };
}

function buildPullRequest(context: Context, pull: PullRequest): GraphQLObject {
  const { state } = context;
  return {
    id: buildNodeId('PullRequest', pull.number),
    number: pull.number,
    title: pull.title,
    body: pull.body ?? '',
    state: describeState(pull),
    locked: pull.locked,
    headRefOid: pull.headSha,
    headRefName: pull.headRef,
    headRepository: pull.forkDeleted ? null : { name: state.name, owner: () => buildActor(context, pull.headOwner) },
    baseRefOid: pull.baseSha,
    baseRefName: pull.baseRef,
    baseRef: () => buildRef(context, pull.baseRef),
    author: () => buildActor(context, pull.author),
    changedFiles: () => state.listShown(pull).changes.length,
    files: buildConnection(
      () => state.listShown(pull).changes.slice(0, MAX_FILES),
      (change) => ({
        path: change.path,
        changeType: change.status === 'removed' ? 'DELETED' : change.status.toUpperCase(),
        ...countLines(change),
      }),
    ),
    labels: buildConnection(
      () => pull.labels,
      (name) => ({ name }),
    ),
    commits: buildConnection(
      () => state.listShown(pull).commits,
      (commit) => ({ commit: () => buildCommit(context, commit) }),
    ),
    comments: buildConnection(
      () => state.listComments(pull.number),
      (comment) => buildComment(context, comment),
    ),
    reviews: buildConnection<Review, PageArguments & { readonly states?: readonly string[] | null }>(
      ({ states }) => pull.reviews.filter(({ state }) => !states || states.includes(state)),
      ({ author, state, submittedAt, commit }) => ({
        author: () => buildActor(context, author),
        state,
        submittedAt,
        commit: () => buildCommit(context, context.state.requireCommit(commit)),
      }),
    ),
    timelineItems: buildConnection<TimelineEvent, PageArguments & { readonly itemTypes?: readonly string[] | null }>(
      ({ itemTypes }) => {
        if (!itemTypes) throw new Error('the embedded GitHub answers timelineItems only with itemTypes');
        return pull.timeline.filter(({ event }) => itemTypes.includes(`${event.toUpperCase()}_EVENT`));
      },
      (event) => buildTimelineItem(context, event),
    ),
  };
}

function buildComment(context: Context, comment: Comment): GraphQLObject {
  return {
    fullDatabaseId: String(comment.id),
    id: buildNodeId('IssueComment', comment.id),
    isMinimized: false,
    body: comment.body,
    url: `${buildHtmlAddress(context)}/pull/${comment.issue}#issuecomment-${comment.id}`,
    author: () => buildActor(context, comment.author),
    pullRequest: () => findPullRequest(context, comment.issue),
    // Newest first. GitHub's `diff` is the whole text of that version.
    userContentEdits: buildConnection(
      () => comment.edits,
      ({ at, body, editor, deletedAt }) => ({
        editedAt: at,
        deletedAt,
        diff: deletedAt === null ? body : null,
        editor: () => buildActor(context, editor),
      }),
    ),
  };
}

function buildTimelineItem(context: Context, event: TimelineEvent): GraphQLObject | null {
  if (event.event === 'labeled' || event.event === 'unlabeled')
    return {
      __typename: event.event === 'labeled' ? 'LabeledEvent' : 'UnlabeledEvent',
      createdAt: event.at,
      actor: () => buildActor(context, event.actor),
      label: { name: context.state.findLabel(event.label)?.name ?? event.label },
    };
  if (event.event === 'base_ref_changed')
    return {
      __typename: 'BaseRefChangedEvent',
      createdAt: event.at,
      actor: () => buildActor(context, event.actor),
      previousRefName: event.from,
      currentRefName: event.to,
    };
  if (event.event === 'review_requested')
    return {
      __typename: 'ReviewRequestedEvent',
      createdAt: event.at,
      actor: () => buildActor(context, event.actor),
      requestedReviewer: () =>
        event.reviewer.includes('/')
          ? { __typename: 'Team', combinedSlug: event.reviewer }
          : buildActor(context, event.reviewer),
    };
  if (event.event !== 'head_ref_force_pushed') return null;
  const build = (sha: string) => () => {
    const commit = context.state.objects.commits.get(sha);
    return commit && buildCommit(context, commit);
  };
  return {
    __typename: 'HeadRefForcePushedEvent',
    createdAt: event.at,
    actor: () => buildActor(context, event.actor),
    beforeCommit: build(event.before),
    afterCommit: build(event.after),
  };
}
