/** The report as JSON (`schemas/report.schema.json`): keys in a fixed order, two spaces, one line break at the end. */
import type { Report } from '../model/report.ts';
import { escapeJson } from './escape.ts';

/** Keys in the order of the schema. Keys that it does not name follow, sorted. */
const order: readonly string[] = `
  schemaVersion verdict questions configuration workflow because reading notNeeded categories titles
  clearance leadTime min max unit words unpublished earliestGoLive from to calendar
  pushSlot wanted possible advice files examined changes steps labels problems breakGlass
  fingerprint policy evaluation citations id severity path previousPath status format
  side file line column setting kind effect access channel requirement
  previousRequirement typeId typeName permission category also rule message title text
  who required missing accepted rejected approvers label by at until reason note
  detail phase state evidence attested sources source before after location baseLocation environment
`
  .trim()
  .split(/\s+/);
const ranks = new Map(order.map((key, index) => [key, index]));

function compareRanks(a: string, b: string): number {
  const difference = (ranks.get(a) ?? order.length) - (ranks.get(b) ?? order.length);
  return difference !== 0 ? difference : a < b ? -1 : 1;
}

/** Plain data with the keys of every object in a fixed order. Undefined members are left out. */
function orderKeys(value: unknown, compare: ((a: string, b: string) => number) | null): unknown {
  if (Array.isArray(value)) return value.map((item) => orderKeys(item, compare));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  if (compare !== null) entries.sort(([a], [b]) => compare(a, b));
  return Object.fromEntries(entries.map(([key, member]) => [key, orderKeys(member, compare)]));
}

/** Complete and deterministic. Invisible characters are written as `\u` escapes. */
export function renderJson(report: Report): string {
  return `${escapeJson(JSON.stringify(orderKeys(report, compareRanks), null, 2))}\n`;
}

/** Other data in the same form, with its keys as they were made. */
export function formatJson(data: unknown): string {
  return `${escapeJson(JSON.stringify(orderKeys(data, null), null, 2))}\n`;
}
