/** GraphQL's lists: pages by cursor, with GitHub's limits. */
import type { GraphQLResolveInfo } from 'graphql';
import { buildFieldError, type GraphQLObject } from './run.ts';

/** Most nodes on one page. */
const MAX_PAGE = 100;

/** Arguments of a connection, as the schema has validated them. */
export interface PageArguments {
  readonly after?: string | null;
  readonly before?: string | null;
  readonly first?: number | null;
  readonly last?: number | null;
}

/** A field that returns pages of `items`. It rejects a page without a size, or with one over 100. */
export function buildConnection<Item, Given extends PageArguments = PageArguments>(
  listItems: (given: Given) => readonly Item[],
  buildNode: (item: Item) => GraphQLObject | null,
): (given: Given, context: unknown, info: GraphQLResolveInfo) => GraphQLObject {
  return (given, _context, { fieldName }) => {
    const all = listItems(given);
    const size = readPageSize(given, fieldName);
    const from = readCursor(given.after) ?? 0;
    const to = (readCursor(given.before) ?? all.length + 1) - 1;
    const start = typeof given.first === 'number' ? from : Math.max(from, to - size);
    const end = typeof given.first === 'number' ? Math.min(to, from + size) : to;
    const page = all.slice(start, end);
    return {
      totalCount: all.length,
      nodes: () => page.map(buildNode),
      pageInfo: {
        hasNextPage: end < all.length,
        hasPreviousPage: start > 0,
        startCursor: page.length === 0 ? null : writeCursor(start + 1),
        endCursor: page.length === 0 ? null : writeCursor(start + page.length),
      },
    };
  };
}

function readPageSize({ first, last }: PageArguments, fieldName: string): number {
  const size = first ?? last ?? null;
  if (size === null)
    throw buildFieldError(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${fieldName}\` connection.`,
    );
  if (size > MAX_PAGE || size < 0)
    throw buildFieldError(
      'EXCESSIVE_PAGINATION',
      `Requesting ${size} records on the \`${fieldName}\` connection exceeds the \`first\` limit of ${MAX_PAGE} records.`,
    );
  return size;
}

/** A cursor contains the number of items up to and including its own. */
function writeCursor(count: number): string {
  return Buffer.from(`cursor:${count}`).toString('base64');
}

function readCursor(cursor: string | null | undefined): number | null {
  const match = /^cursor:(\d+)$/.exec(Buffer.from(cursor ?? '', 'base64').toString('utf8'));
  return match === null ? null : Number(match[1]);
}
