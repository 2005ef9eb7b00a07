/** The input for GraphQL objects: the state and the caller. */
import { hasPermission, type Identity, type Scope } from '../accounts.ts';
import type { Source } from '../payload-repository.ts';
import { buildFieldError, NOT_ACCESSIBLE } from './run.ts';

export interface Context extends Source {
  readonly identity: Identity;
}

/** @throws GraphQLError when the repository is private and the token may not read this. */
export function requirePermission({ state, identity }: Context, scope: Scope): void {
  if (state.private && !hasPermission(identity, scope, 'read')) throw buildFieldError('FORBIDDEN', NOT_ACCESSIBLE);
}
