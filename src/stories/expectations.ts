/** Compares the gate's actions at a step with the story's expectations. */

import type { Comment, Status } from '../embedded-github/records.ts';
import { toList } from './read-story.ts';
import type { ActionResult } from './runner.ts';
import type { Expectation, OneOrMore } from './story.ts';

/** The results of a step, as far as a story can check them. */
export interface StepOutcome {
  /** Null: the gate did not run. */
  readonly run: ActionResult | null;
  readonly status: Status | null;
  readonly labels: readonly string[];
  /** The users asked for a review so far. */
  readonly asked: readonly string[];
  readonly comments: { readonly before: readonly Comment[]; readonly after: readonly Comment[] };
  readonly requests: number;
  /** The faults and actions during the run whose request did not come. */
  readonly unused: readonly string[];
}

export interface Mismatch {
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

/** The change to the gate's comment. */
export function nameCommentChange({
  before,
  after,
}: StepOutcome['comments']): 'created' | 'edited' | 'unchanged' | 'none' {
  const newest = after[0];
  if (newest === undefined) return 'none';
  const known = before.find(({ id }) => id === newest.id);
  if (known === undefined) return 'created';
  return known.updatedAt === newest.updatedAt && known.body === newest.body ? 'unchanged' : 'edited';
}

/** An output that is a JSON array of texts; else null. */
export function listOutput(run: ActionResult | null, name: string): readonly string[] | null {
  try {
    const value: unknown = JSON.parse(run?.outputs[name] ?? '');
    return Array.isArray(value) ? value.map(String) : null;
  } catch {
    return null;
  }
}

/** Everything that is not as expected, and how much was compared. */
export function compare(
  expect: Expectation,
  outcome: StepOutcome,
): { readonly checked: number; readonly mismatches: readonly Mismatch[] } {
  const { run, status } = outcome;
  const comment = outcome.comments.after[0]?.body ?? '';
  const limit = expect['requests-at-most'];
  const results = [
    ...compareValue('verdict', expect.verdict, run?.outputs.verdict ?? 'none'),
    ...compareValue('exit', expect.exit?.toString(), String(run?.exit ?? 'none')),
    ...compareValue('status', expect.status, status?.state ?? 'none'),
    ...compareList('categories', expect.categories, listOutput(run, 'categories')),
    ...compareList('required labels', expect.required, listOutput(run, 'required-labels')),
    ...compareList('missing labels', expect.missing, listOutput(run, 'missing-labels')),
    ...compareList('labels', expect.labels, outcome.labels),
    ...compareList('asked', expect.asked, outcome.asked),
    ...compareValue('comment', expect.comment, nameCommentChange(outcome.comments)),
    ...compareText('description', expect.description, status?.description ?? ''),
    ...compareText('comment', expect['comment-has'], comment),
    ...compareText('comment', expect['comment-lacks'], comment, 'without'),
    ...compareText('summary', expect['summary-has'], run?.summary ?? ''),
    ...compareText('log', expect['log-has'], `${run?.stdout ?? ''}${run?.stderr ?? ''}`),
    ...compareText('report', expect['report-has'], run?.report ?? ''),
    ...(limit === undefined ? [] : [outcome.requests <= limit || reportRequests(limit, outcome.requests)]),
  ];
  return { checked: results.length, mismatches: results.filter((result) => result !== true) };
}

/** One result for each comparison: true, or the difference. */
type Results = readonly (true | Mismatch)[];

function compareValue(what: string, expected: string | undefined, actual: string): Results {
  return expected === undefined ? [] : [expected === actual || { what, expected, actual }];
}

function compareList(what: string, expected: OneOrMore<string> | undefined, actual: readonly string[] | null): Results {
  return compareValue(what, expected && writeSorted(toList(expected)), writeSorted(actual));
}

function compareText(
  what: string,
  parts: OneOrMore<string> | undefined,
  text: string,
  wanted: 'with' | 'without' = 'with',
): Results {
  return toList(parts ?? []).map(
    (part) =>
      text.includes(part) === (wanted === 'with') || { what, expected: `${wanted} "${part}"`, actual: shorten(text) },
  );
}

function reportRequests(limit: number, requests: number): Mismatch {
  return { what: 'requests', expected: `at most ${limit}`, actual: String(requests) };
}

function writeSorted(list: readonly string[] | null): string {
  return list === null ? '(no list)' : `[${[...list].sort().join(', ')}]`;
}

/** The start of a text, to recognize it. */
function shorten(text: string): string {
  const limit = 300;
  return text.length <= limit ? `"${text}"` : `"${text.slice(0, limit)}..."`;
}
