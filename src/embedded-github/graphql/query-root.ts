/** The object that GraphQL queries start from: the one repository. */
import type { Identity } from '../accounts.ts';
import { buildNodeId, type Source } from '../payload-repository.ts';
import type { Context } from './context.ts';
import { findGitObject } from './git-objects.ts';
import { addAssociated, buildRef, findMergeQueue, findPullRequest, listPullRequests } from './pull-request.ts';
import { buildFieldError, type GraphQLObject } from './run.ts';

/** Builds the root for one token. */
export function buildQueryRoot(source: Source, identity: Identity): GraphQLObject {
  const { state } = source;
  return {
    viewer: { id: buildNodeId('User', 1), databaseId: 1, login: identity.login },
    repository: ({ owner, name }: { readonly owner: string; readonly name: string }) => {
      if (`${owner}/${name}`.toLowerCase() !== `${state.owner}/${state.name}`.toLowerCase())
        throw buildFieldError('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
      return buildRepository({ ...source, identity });
    },
  };
}

function buildRepository(context: Context): GraphQLObject {
  const { state } = context;
  return {
    id: buildNodeId('Repository', 424242),
    name: state.name,
    nameWithOwner: `${state.owner}/${state.name}`,
    defaultBranchRef: () => buildRef(context, state.defaultBranch),
    object: (given: Parameters<typeof findGitObject>[1]) => addAssociated(context, findGitObject(context, given)),
    pullRequest: ({ number }: { readonly number: number }) => findPullRequest(context, number),
    pullRequests: listPullRequests(context),
    mergeQueue: ({ branch }: { readonly branch?: string | null }) =>
      findMergeQueue(context, branch ?? state.defaultBranch),
  };
}
