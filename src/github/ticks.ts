/** Who ticked a box: read from the comment's edit history, which nobody can write but GitHub. */
import type { Account, Tick } from '../model/pull-request.ts';
import type { CommentFacts } from './pull-request-facts.ts';
import { commentEdits } from './pull-request-graphql.ts';
import type { RepositoryConnection } from './repository-connection.ts';

/** One edit of a comment: the whole text after it. */
export interface CommentEdit {
  readonly at: string;
  readonly editor: Account | null;
  readonly body: string;
}

/**
 * The boxes that are ticked in the gate's comment, each with who last ticked it. Without an edit history (no GraphQL,
 * or none kept) nobody is named, and the tick is a claim. `read` finds ticked step ids in a comment's text.
 */
export async function ticksIn(
  connection: RepositoryConnection,
  number: number,
  comment: CommentFacts,
  read: (body: string) => Readonly<Record<string, boolean>>,
): Promise<readonly Tick[]> {
  const ticked = Object.entries(read(comment.body)).flatMap(([step, on]) => (on ? [step] : []));
  if (ticked.length === 0) return [];
  const edits = connection.hasGraphQl
    ? await commentEdits(connection.client, connection.repository, number, comment.id).catch(() => [])
    : [];
  const oldestFirst = [...edits].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return ticked.map((step) => {
    let since: CommentEdit | null = null;
    let before = false;
    for (const edit of oldestFirst) {
      const now = read(edit.body)[step] === true;
      if (now && !before) since = edit;
      before = now;
    }
    return { step, by: before ? (since?.editor ?? null) : null, at: before ? (since?.at ?? null) : null };
  });
}
