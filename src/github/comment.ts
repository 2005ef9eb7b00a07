/**
 * Reads the gate's one comment. It is found by author identity and marker. The users who ticked its boxes come from its edit
 * history, which only GitHub writes.
 */
import type * as schema from '@octokit/graphql-schema';
import type { Account, Tick } from '../model/pull-request.ts';
import { ask } from './client.ts';
import { ACTOR, type ActorFields, type Fields, type Page, query, toAccount } from './graphql.ts';
import { type CommentFacts, parseAccount } from './pull-request-facts.ts';
import type { RepositoryAccess, RepositoryConnection } from './repository-connection.ts';

/** All comments of the conversation, oldest first. @throws PlatformError */
export async function listComments(
  { client, repository }: RepositoryAccess,
  number: number,
): Promise<readonly CommentFacts[]> {
  const comments = await ask('comments', () =>
    client.paginate(client.rest.issues.listComments, { ...repository, issue_number: number, per_page: 100 }),
  );
  return comments.map(({ id, node_id: nodeId, body, user, html_url: url }) => ({
    id,
    nodeId,
    body: body ?? '',
    author: parseAccount(user),
    url,
  }));
}

/** How the hidden line begins in every comment of a gate. */
const MARKER = /<!-- (?:healthvault-)?go-live-gate:/;

/** Whether a text has a hidden line of a gate with any status context. */
export function hasMarker(body: string): boolean {
  return MARKER.test(body);
}

/**
 * The start of the hidden line that identifies the gate's own comment. Each status context has another one, and none is the
 * start of another. It names HealthVault only if the status does.
 */
export function buildCommentMarker(statusContext: string): string {
  const name = /healthvault/i.test(statusContext) ? 'healthvault-go-live-gate' : 'go-live-gate';
  return `<!-- ${name}:${encodeURIComponent(statusContext).replaceAll('-', '%2D')} `;
}

/** The marker by which the gate finds its comment. */
interface OwnComment {
  readonly identity: Account;
  readonly marker: string;
  /** The id in the last evaluation's record; null: no record contains one. */
  readonly recorded: number | null;
}

/**
 * The gate's own comments among all: by its account, the recorded one first, then those with the marker at the very start of
 * the text, oldest first.
 */
export function findOwnComments(
  comments: readonly CommentFacts[],
  { identity, marker, recorded }: OwnComment,
): readonly CommentFacts[] {
  const isOwn = ({ id, author, body }: CommentFacts) =>
    author?.id === identity.id && author.bot === identity.bot && (id === recorded || body.startsWith(marker));
  const rank = ({ id }: CommentFacts) => (id === recorded ? 0 : 1);
  return comments.filter(isOwn).sort((a, b) => rank(a) - rank(b) || a.id - b.id);
}

/** Whether two texts are the same, however their lines end: GitHub may return CRLF. */
export function isSameText(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n').trimEnd() === b.replaceAll('\r\n', '\n').trimEnd();
}

/** One revision of a comment: the whole text after an edit; null if the revision was deleted from the history. */
interface CommentRevision {
  readonly at: string;
  readonly editor: Account | null;
  readonly body: string | null;
}

/**
 * The ticked boxes in the gate's comment, each with the last user who ticked it. Without an edit history (no GraphQL, or none
 * kept) no user is named, and the tick is a claim. The same applies if a deleted revision may have ticked it. `parse` finds
 * ticked step ids in a comment's text.
 */
export async function readTickHistory(
  connection: RepositoryConnection,
  number: number,
  comment: CommentFacts,
  parse: (body: string) => Readonly<Record<string, boolean>>,
): Promise<readonly Tick[]> {
  const ticked = Object.entries(parse(comment.body)).flatMap(([step, on]) => (on ? [step] : []));
  if (ticked.length === 0) return [];
  const revisions = connection.hasGraphQl ? await readRevisions(connection, number, comment.id).catch(() => []) : [];
  // GitHub lists the newest first. For two edits within a second, only that order shows the first one.
  const oldestFirst = [...revisions].reverse().sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return ticked.map((step) => {
    const states = oldestFirst.map(({ body }) => (body === null ? null : parse(body)[step] === true));
    const first = states.findLastIndex((state) => state !== true) + 1;
    const isAttributed = states[first] === true && states[first - 1] !== null;
    const revision = isAttributed ? oldestFirst[first] : undefined;
    return { step, by: revision?.editor ?? null, at: revision?.at ?? null };
  });
}

/** The revisions that GitHub kept of one comment, newest first. @throws PlatformError */
export async function readRevisions(
  { client, repository }: RepositoryAccess,
  number: number,
  comment: number,
): Promise<readonly CommentRevision[]> {
  type EditFields = Fields<schema.UserContentEdit, 'editedAt' | 'diff'> & {
    readonly deletedAt: string | null;
    readonly editor: ActorFields | null;
  };
  type EditedFields = Fields<schema.IssueComment, 'fullDatabaseId'> & {
    readonly userContentEdits: Page<EditFields> | null;
  };
  interface RevisionsResponse {
    readonly repository: { readonly pullRequest: { readonly comments: Page<EditedFields> } | null };
  }
  const text = `query CommentRevisions($owner: String!, $repo: String!, $number: Int!, $comments: String, $revisions: String) {
    repository(owner: $owner, name: $repo) { pullRequest(number: $number) {
      comments(first: 100, after: $comments) {
        nodes { fullDatabaseId userContentEdits(first: 100, after: $revisions) {
          nodes { editedAt deletedAt diff editor { ${ACTOR} } } pageInfo { hasNextPage endCursor } } }
        pageInfo { hasNextPage endCursor } } } }
  }`;
  const found: EditFields[] = [];
  for (let comments: string | null = null, revisions: string | null = null; ; ) {
    const variables = { ...repository, number, comments, revisions };
    const answer: RevisionsResponse = await query<RevisionsResponse>(client, text, variables);
    const page = answer.repository.pullRequest?.comments;
    const edits = page?.nodes.find(({ fullDatabaseId }) => Number(fullDatabaseId) === comment)?.userContentEdits;
    found.push(...(edits?.nodes ?? []));
    if (edits?.pageInfo.hasNextPage) revisions = edits.pageInfo.endCursor;
    else if (edits || !page?.pageInfo.hasNextPage) break;
    else comments = page.pageInfo.endCursor;
  }
  return found.map(({ editedAt, deletedAt, editor, diff }) => ({
    at: editedAt,
    editor: toAccount(editor),
    body: deletedAt === null ? diff : null,
  }));
}
