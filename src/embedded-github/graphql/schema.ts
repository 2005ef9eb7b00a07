/** The part of GitHub's GraphQL schema that a gate asks: repository, pull requests, commits and files. Validated in tests. */
import type { Identity, Scope } from '../accounts.ts';
import { countLines } from '../history.ts';
import { type Commit, entryId } from '../objects.ts';
import { combinedState, latestStatuses } from '../payload-commit.ts';
import { nodeId, type Source } from '../payload-repository.ts';
import type { Comment, PullRequest, Status, TimelineEvent } from '../records.ts';
import { holds } from '../rest/rest.ts';
import { connection } from './connection.ts';
import { blobObject, entryAt, rowAt, treeObject } from './files.ts';
import { actor, authorsOf, type Context, gitActor } from './people.ts';
import { FieldError, type Given, GraphObject, type Resolved } from './run.ts';

/** The object that queries start from. */
export function rootOf(source: Source, identity: Identity): GraphObject {
  const context: Context = { ...source, identity };
  const { state } = source;
  return new GraphObject('Query', {
    rateLimit: new GraphObject('RateLimit', {
      limit: 5000,
      cost: 1,
      remaining: 4999,
      used: 1,
      nodeCount: 1,
      resetAt: state.clock.now(),
    }),
    repository: (given) => {
      const name = `${String(given.owner)}/${String(given.name)}`;
      if (name.toLowerCase() !== `${state.owner}/${state.name}`.toLowerCase())
        throw new FieldError('NOT_FOUND', `Could not resolve to a Repository with the name '${name}'.`);
      return repository(context);
    },
  });
}

function need(context: Context, scope: Scope): void {
  if (context.state.private && !holds(context.identity, scope, 'read'))
    throw new FieldError('FORBIDDEN', 'Resource not accessible by integration');
}

function repository(context: Context): GraphObject {
  const { state } = context;
  return new GraphObject(
    'Repository',
    {
      id: nodeId('Repository', 424242),
      databaseId: 424242,
      name: state.name,
      nameWithOwner: `${state.owner}/${state.name}`,
      owner: () => actor(context, state.owner),
      isPrivate: state.private,
      isFork: false,
      url: `${context.addresses.html}/${state.owner}/${state.name}`,
      defaultBranchRef: () => ref(context, state.defaultBranch),
      ref: (given) => ref(context, String(given.qualifiedName).replace(/^refs\/heads\//, '')),
      object: (given) => object(context, given),
      label: (given) => labelOf(context, String(given.name)),
      labels: (given) =>
        connection(
          'Label',
          given,
          state.labels.map((label) => label.name),
          (name) => labelOf(context, name),
        ),
      pullRequest: (given) => {
        need(context, 'pull-requests');
        const found = state.pulls.get(Number(given.number));
        if (found === undefined)
          throw new FieldError(
            'NOT_FOUND',
            `Could not resolve to a PullRequest with the number of ${String(given.number)}.`,
          );
        return pullRequest(context, found);
      },
      pullRequests: (given) => {
        need(context, 'pull-requests');
        const states = Array.isArray(given.states) ? given.states : ['OPEN', 'CLOSED', 'MERGED'];
        const found = [...state.pulls.values()].filter((pull) => states.includes(pullState(pull)));
        return connection('PullRequest', given, found, (pull) => pullRequest(context, pull));
      },
    },
    ['Node', 'RepositoryInfo'],
  );
}

function ref(context: Context, branch: string): GraphObject | null {
  const commit = context.state.branches.has(branch) ? context.state.resolve(branch) : null;
  if (commit === null) return null;
  return new GraphObject('Ref', {
    id: nodeId('Ref', branch),
    name: branch,
    prefix: 'refs/heads/',
    target: () => commitObject(context, commit),
  });
}

function labelOf(context: Context, name: string): GraphObject | null {
  const label = context.state.findLabel(name);
  if (label === null) return null;
  return new GraphObject('Label', {
    id: nodeId('Label', label.id),
    name: label.name,
    color: label.color,
    description: label.description,
  });
}

function pullState(pull: PullRequest): 'OPEN' | 'CLOSED' | 'MERGED' {
  return pull.merged ? 'MERGED' : pull.state === 'open' ? 'OPEN' : 'CLOSED';
}

function pullRequest(context: Context, pull: PullRequest): GraphObject {
  const { state, addresses } = context;
  return new GraphObject(
    'PullRequest',
    {
      id: nodeId('PullRequest', pull.number),
      databaseId: 300_000 + pull.number,
      fullDatabaseId: String(300_000 + pull.number),
      number: pull.number,
      title: pull.title,
      body: pull.body ?? '',
      url: `${addresses.html}/${state.owner}/${state.name}/pull/${pull.number}`,
      state: pullState(pull),
      closed: pull.state === 'closed',
      merged: pull.merged,
      isDraft: pull.draft,
      isCrossRepository: pull.headOwner !== state.owner,
      createdAt: pull.createdAt,
      updatedAt: pull.updatedAt,
      headRefOid: pull.headSha,
      headRefName: pull.headRef,
      baseRefOid: pull.baseSha,
      baseRefName: pull.baseRef,
      baseRef: () => ref(context, pull.baseRef),
      headRepository: () =>
        pull.forkDeleted
          ? null
          : new GraphObject('Repository', {
              name: state.name,
              nameWithOwner: `${pull.headOwner}/${state.name}`,
              isFork: pull.headOwner !== state.owner,
            }),
      headRepositoryOwner: () => actor(context, pull.headOwner),
      author: () => actor(context, pull.author),
      changedFiles: () => state.changesOf(pull).length,
      additions: () => state.changesOf(pull).reduce((sum, change) => sum + countLines(change).additions, 0),
      deletions: () => state.changesOf(pull).reduce((sum, change) => sum + countLines(change).deletions, 0),
      files: (given) =>
        connection(
          'PullRequestChangedFile',
          given,
          state.changesOf(pull).slice(0, 3000),
          (change) =>
            new GraphObject('PullRequestChangedFile', {
              path: change.path,
              changeType: change.status === 'removed' ? 'DELETED' : change.status.toUpperCase(),
              ...countLines(change),
            }),
        ),
      labels: (given) => connection('Label', given, pull.labels, (name) => labelOf(context, name)),
      commits: (given) =>
        connection('PullRequestCommit', given, state.commitsOf(pull), (commit) =>
          pullRequestCommit(context, pull, commit),
        ),
      comments: (given) =>
        connection('IssueComment', given, state.commentsOf(pull.number), (comment) => commentObject(context, comment)),
      timelineItems: (given) => timelineItems(context, pull, given),
    },
    ['Node', 'Labelable', 'Closable', 'Comment', 'UniformResourceLocatable'],
  );
}

function pullRequestCommit(context: Context, pull: PullRequest, commit: Commit): GraphObject {
  return new GraphObject('PullRequestCommit', {
    id: nodeId('PullRequestCommit', `${pull.number}:${commit.sha}`),
    url: `${context.addresses.html}/${context.state.owner}/${context.state.name}/pull/${pull.number}/commits/${commit.sha}`,
    commit: () => commitObject(context, commit),
  });
}

function commentObject(context: Context, comment: Comment): GraphObject {
  return new GraphObject(
    'IssueComment',
    {
      id: nodeId('IssueComment', comment.id),
      databaseId: comment.id,
      fullDatabaseId: String(comment.id),
      body: comment.body,
      url: `${context.addresses.html}/${context.state.owner}/${context.state.name}/pull/${comment.issue}#issuecomment-${comment.id}`,
      createdAt: comment.createdAt,
      updatedAt: comment.updatedAt,
      lastEditedAt: comment.edits.length === 0 ? null : (comment.edits[0]?.at ?? null),
      includesCreatedEdit: comment.edits.length > 0,
      author: () => actor(context, comment.author),
      editor: () => (comment.edits.length === 0 ? null : actor(context, comment.edits[0]?.editor ?? null)),
      // Newest first. What GitHub calls `diff` is the whole text of that version.
      userContentEdits: (given) =>
        connection(
          'UserContentEdit',
          given,
          comment.edits,
          (edit) =>
            new GraphObject('UserContentEdit', {
              id: nodeId('UserContentEdit', `${comment.id}:${edit.at}`),
              createdAt: edit.at,
              editedAt: edit.at,
              updatedAt: edit.at,
              deletedAt: null,
              diff: edit.body,
              editor: () => actor(context, edit.editor),
            }),
        ),
    },
    ['Node', 'Comment', 'Reactable'],
  );
}

const EVENT_TYPES: Readonly<Record<TimelineEvent['event'], readonly [string, string]>> = {
  labeled: ['LABELED_EVENT', 'LabeledEvent'],
  unlabeled: ['UNLABELED_EVENT', 'UnlabeledEvent'],
  committed: ['PULL_REQUEST_COMMIT', 'PullRequestCommit'],
  head_ref_force_pushed: ['HEAD_REF_FORCE_PUSHED_EVENT', 'HeadRefForcePushedEvent'],
  commented: ['ISSUE_COMMENT', 'IssueComment'],
  renamed: ['RENAMED_TITLE_EVENT', 'RenamedTitleEvent'],
  closed: ['CLOSED_EVENT', 'ClosedEvent'],
  reopened: ['REOPENED_EVENT', 'ReopenedEvent'],
  ready_for_review: ['READY_FOR_REVIEW_EVENT', 'ReadyForReviewEvent'],
};

function timelineItems(context: Context, pull: PullRequest, given: Given): GraphObject {
  const wanted = Array.isArray(given.itemTypes) ? given.itemTypes : null;
  const since = typeof given.since === 'string' ? given.since : '';
  const found = pull.timeline.filter(
    (event) =>
      (wanted === null || wanted.includes(EVENT_TYPES[event.event][0])) && (!('at' in event) || event.at >= since),
  );
  return connection('PullRequestTimelineItems', given, found, (event) => timelineItem(context, pull, event), {
    filteredCount: found.length,
    pageCount: found.length,
    updatedAt: pull.updatedAt,
  });
}

function timelineItem(context: Context, pull: PullRequest, event: TimelineEvent): GraphObject | null {
  const { state } = context;
  if (event.event === 'committed') {
    const commit = state.objects.commits.get(event.sha);
    return commit === undefined ? null : pullRequestCommit(context, pull, commit);
  }
  if (event.event === 'commented') {
    const comment = state.comments.find((one) => one.id === event.comment);
    return comment === undefined ? null : commentObject(context, comment);
  }
  const type = EVENT_TYPES[event.event][1];
  const fields = { id: nodeId(type, event.id), createdAt: event.at, actor: () => actor(context, event.actor) };
  if (event.event === 'labeled' || event.event === 'unlabeled') {
    // The event keeps the name that the label had; a label that is gone is still told by that name.
    const known = () =>
      labelOf(context, event.label) ??
      new GraphObject('Label', {
        id: nodeId('Label', event.label),
        name: event.label,
        color: 'ededed',
        description: null,
      });
    return new GraphObject(type, { ...fields, label: known, labelable: () => pullRequest(context, pull) }, ['Node']);
  }
  if (event.event === 'head_ref_force_pushed') {
    const side = (sha: string) => () => {
      const commit = state.objects.commits.get(sha);
      return commit === undefined ? null : commitObject(context, commit);
    };
    return new GraphObject(type, { ...fields, beforeCommit: side(event.before), afterCommit: side(event.after) }, [
      'Node',
    ]);
  }
  if (event.event === 'renamed')
    return new GraphObject(type, { ...fields, previousTitle: event.from, currentTitle: event.to }, ['Node']);
  return new GraphObject(type, fields, ['Node']);
}

function commitObject(context: Context, commit: Commit): GraphObject {
  const { state, addresses } = context;
  return new GraphObject(
    'Commit',
    {
      id: nodeId('Commit', commit.sha),
      oid: commit.sha,
      abbreviatedOid: commit.sha.slice(0, 7),
      url: `${addresses.html}/${state.owner}/${state.name}/commit/${commit.sha}`,
      message: commit.message,
      messageHeadline: commit.message.split('\n')[0] ?? '',
      messageBody: commit.message.split('\n').slice(1).join('\n').trim(),
      authoredDate: commit.author.date,
      committedDate: commit.committer.date,
      committedViaWeb: commit.committer.login === 'web-flow',
      author: () => gitActor(context, commit.author),
      committer: () => gitActor(context, commit.committer),
      authors: (given) => connection('GitActor', given, authorsOf(context, commit), (one) => gitActor(context, one)),
      parents: (given) =>
        connection('Commit', given, commit.parents, (sha) => {
          const parent = state.objects.commits.get(sha);
          return parent === undefined ? null : commitObject(context, parent);
        }),
      tree: () => treeObject(context, commit, commit.treeSha, ''),
      file: (given) => entryAt(context, commit, String(given.path)),
      status: () => {
        need(context, 'statuses');
        return statusObject(context, commit);
      },
      associatedPullRequests: (given) => {
        need(context, 'pull-requests');
        return connection('PullRequest', given, state.pullsWith(commit.sha), (pull) => pullRequest(context, pull));
      },
    },
    ['GitObject', 'Node', 'UniformResourceLocatable'],
  );
}

function statusObject(context: Context, commit: Commit): GraphObject | null {
  const latest = latestStatuses(context, commit.sha);
  if (latest.length === 0) return null;
  const one = (status: Status): GraphObject =>
    new GraphObject('StatusContext', {
      id: nodeId('StatusContext', status.id),
      context: status.context,
      state: status.state.toUpperCase(),
      description: status.description,
      targetUrl: status.targetUrl,
      createdAt: status.createdAt,
      creator: () => actor(context, status.creator),
      commit: () => commitObject(context, commit),
    });
  return new GraphObject('Status', {
    id: nodeId('Status', commit.sha),
    state: combinedState(latest).toUpperCase(),
    contexts: () => latest.map(one),
    context: (given: Given) => {
      const found = latest.find((status) => status.context === given.name);
      return found === undefined ? null : one(found);
    },
  });
}

/** A git object by `expression` (`ref`, `ref:path`, a bare id) or by `oid`. */
function object(context: Context, given: Given): Resolved {
  need(context, 'contents');
  const { objects } = context.state;
  if (typeof given.oid === 'string') {
    const commit = objects.commits.get(given.oid);
    if (commit !== undefined) return commitObject(context, commit);
    const bytes = objects.blobs.get(given.oid);
    return bytes === undefined ? null : blobObject(given.oid, bytes);
  }
  const expression = String(given.expression);
  const colon = expression.indexOf(':');
  const commit = context.state.resolve(colon < 0 ? expression : expression.slice(0, colon));
  if (commit === null) {
    const bytes = colon < 0 ? objects.blobs.get(expression) : undefined;
    return bytes === undefined ? null : blobObject(expression, bytes);
  }
  if (colon < 0) return commitObject(context, commit);
  const path = expression.slice(colon + 1).replace(/\/+$/, '');
  if (path === '') return treeObject(context, commit, commit.treeSha, '');
  const row = rowAt(context, commit, path);
  if (row === null || row.type === 'commit') return null;
  if (row.type === 'tree') return treeObject(context, commit, row.sha, path);
  const entry = commit.tree.get(path);
  return entry === undefined ? null : blobObject(entryId(entry), entry.bytes);
}
