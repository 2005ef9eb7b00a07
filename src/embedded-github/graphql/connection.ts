/** GraphQL's lists: pages by cursor, with GitHub's limits. */
import { type Field, FieldError, type Given, GraphObject, type Resolved } from './run.ts';

/** Most nodes that one page may hold. */
const MAX_PAGE = 100;

/** A page of `items`. `type` names the nodes; extra fields stand beside `nodes`. @throws FieldError without `first` or `last`, or over 100. */
export function connection<Item>(
  type: string,
  given: Given,
  items: readonly Item[],
  shape: (item: Item) => Resolved,
  extra: Readonly<Record<string, Field>> = {},
): GraphObject {
  const first = typeof given.first === 'number' ? given.first : null;
  const last = typeof given.last === 'number' ? given.last : null;
  const size = first ?? last;
  if (size === null)
    throw new FieldError(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${type}\` connection.`,
    );
  if (size > MAX_PAGE || size < 0)
    throw new FieldError(
      'EXCESSIVE_PAGINATION',
      `Requesting ${size} records on the \`${type}\` connection exceeds the \`first\` limit of ${MAX_PAGE} records.`,
    );
  const from = offsetOf(given.after) ?? 0;
  const to = (offsetOf(given.before) ?? items.length + 1) - 1;
  const start = first === null ? Math.max(from, to - size) : from;
  const end = first === null ? to : Math.min(to, from + size);
  const page = items.slice(start, end);
  const cursor = (index: number): string => Buffer.from(`cursor:${start + index + 1}`).toString('base64');
  return new GraphObject(`${type}Connection`, {
    totalCount: items.length,
    nodes: () => page.map(shape),
    edges: () =>
      page.map((item, index) => new GraphObject(`${type}Edge`, { cursor: cursor(index), node: () => shape(item) })),
    pageInfo: new GraphObject('PageInfo', {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: page.length === 0 ? null : cursor(0),
      endCursor: page.length === 0 ? null : cursor(page.length - 1),
    }),
    ...extra,
  });
}

/** Cursors count items from the front; a cursor names how many there are up to and with its own. */
function offsetOf(cursor: unknown): number | null {
  if (typeof cursor !== 'string') return null;
  const match = /^cursor:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'));
  return match === null ? null : Number(match[1]);
}
