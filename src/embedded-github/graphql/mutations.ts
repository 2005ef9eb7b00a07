/** GraphQL's mutations. Each does what a REST request does, and answers with the objects as they are after it. */
import { hasPermission, type Identity } from '../accounts.ts';
import { readNodeNumber, type Source } from '../payload-repository.ts';
import type { Json } from '../records.ts';
import type { RequestName, Rest } from '../rest/rest.ts';
import { findComment } from './pull-request.ts';
import { buildFieldError, type GraphQLObject, NOT_ACCESSIBLE } from './run.ts';

interface CommentInput {
  /** Node id of the pull request, for a new comment. */
  readonly subjectId?: string;
  /** Node id of the comment, for an edit. */
  readonly id?: string;
  readonly body: string;
}

/** Builds the mutations for one token. */
export function buildMutationRoot(source: Source, identity: Identity, rest: Rest): GraphQLObject {
  const write = (input: CommentInput) => {
    // REST also takes `issues: write`.
    if (!hasPermission(identity, 'pull-requests', 'write')) throw buildFieldError('FORBIDDEN', NOT_ACCESSIBLE);
    const { body } = input;
    const answer = rest.answer({ ...findEquivalent(source, input), headers: {}, body: { body } }, identity);
    const { id, message } = answer.body as { readonly id: number; readonly message: string };
    if (answer.status >= 400) throw buildFieldError('UNPROCESSABLE', message);
    return findComment({ ...source, identity }, id);
  };
  return {
    addComment: ({ input }: { readonly input: CommentInput }) => ({ commentEdge: { node: write(input) } }),
    updateIssueComment: ({ input }: { readonly input: CommentInput }) => ({ issueComment: write(input) }),
  };
}

/** The REST request that does the same as a GraphQL request; null: the request is a query. */
export function findEquivalentRequest(source: Source, body: Json): RequestName | null {
  const { query, variables } = Object(body) as { readonly query?: unknown; readonly variables?: unknown };
  if (!/^\s*mutation\b/.test(String(query))) return null;
  return findEquivalent(source, Object(Object(variables).input) as CommentInput);
}

function findEquivalent({ state }: Source, { subjectId, id }: CommentInput): RequestName {
  const issues = `/repos/${state.owner}/${state.name}/issues`;
  const comment = readNodeNumber('IssueComment', id);
  if (comment !== null) return { method: 'PATCH', path: `${issues}/comments/${comment}` };
  return { method: 'POST', path: `${issues}/${readNodeNumber('PullRequest', subjectId) ?? 0}/comments` };
}
