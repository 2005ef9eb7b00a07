/** Compares what the gate did at a step with what the story says it should have done. */

import type { Comment, Status } from '../embedded-github/records.ts';
import type { ActionResult } from './runner.ts';
import type { Expectation } from './story.ts';

/** What a step left behind, as far as a story can look at it. */
export interface Outcome {
  /** Null: the gate did not run. */
  readonly run: ActionResult | null;
  readonly status: Status | null;
  readonly labels: readonly string[];
  readonly comments: { readonly before: readonly Comment[]; readonly after: readonly Comment[] };
  readonly requests: number;
}

export interface Mismatch {
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

/** What became of the gate's comment. */
export function commentFate({ before, after }: Outcome['comments']): 'created' | 'edited' | 'unchanged' | 'none' {
  const newest = after[0];
  if (newest === undefined) return 'none';
  const known = before.find(({ id }) => id === newest.id);
  if (known === undefined) return 'created';
  return known.updatedAt === newest.updatedAt && known.body === newest.body ? 'unchanged' : 'edited';
}

/** An output that holds a JSON array of texts; null when it does not. */
export function listOutput(run: ActionResult | null, name: string): readonly string[] | null {
  try {
    const value: unknown = JSON.parse(run?.outputs[name] ?? '');
    return Array.isArray(value) ? value.map(String) : null;
  } catch {
    return null;
  }
}

/** All that is not as expected, and how much was looked at. */
export function compare(
  expect: Expectation,
  outcome: Outcome,
): { readonly checked: number; readonly mismatches: readonly Mismatch[] } {
  const mismatches: Mismatch[] = [];
  let checked = 0;
  const is = (what: string, expected: string | undefined, actual: string): void => {
    if (expected === undefined) return;
    checked += 1;
    if (expected !== actual) mismatches.push({ what, expected, actual });
  };
  const holds = (what: string, parts: readonly string[] | undefined, text: string, wanted = true): void => {
    for (const part of parts ?? []) {
      checked += 1;
      if (text.includes(part) !== wanted)
        mismatches.push({ what, expected: `${wanted ? 'with' : 'without'} "${part}"`, actual: excerpt(text) });
    }
  };
  const { run } = outcome;
  const list = (name: string): string => sorted(listOutput(run, name));
  is('verdict', expect.verdict, run?.outputs.verdict ?? 'none');
  is('exit', expect.exit?.toString(), String(run?.exit ?? 'none'));
  is('status', expect.status, outcome.status?.state ?? 'none');
  is('categories', expect.categories && sorted(expect.categories), list('categories'));
  is('required labels', expect.required && sorted(expect.required), list('required-labels'));
  is('missing labels', expect.missing && sorted(expect.missing), list('missing-labels'));
  is('labels', expect.labels && sorted(expect.labels), sorted(outcome.labels));
  is('comment', expect.comment, commentFate(outcome.comments));
  const comment = outcome.comments.after[0]?.body ?? '';
  holds(
    'description',
    expect.description === undefined ? undefined : [expect.description],
    outcome.status?.description ?? '',
  );
  holds('comment', expect.commentHas, comment);
  holds('comment', expect.commentLacks, comment, false);
  holds('summary', expect.summaryHas, run?.summary ?? '');
  holds('log', expect.logHas, `${run?.stdout ?? ''}${run?.stderr ?? ''}`);
  holds('report', expect.reportHas, run?.report ?? '');
  if (expect.requestsAtMost !== undefined) {
    checked += 1;
    if (outcome.requests > expect.requestsAtMost)
      mismatches.push({
        what: 'requests',
        expected: `at most ${expect.requestsAtMost}`,
        actual: String(outcome.requests),
      });
  }
  return { checked, mismatches };
}

function sorted(list: readonly string[] | null): string {
  return list === null ? '(no list)' : `[${[...list].sort().join(', ')}]`;
}

/** Enough of a text to see what it is. */
function excerpt(text: string): string {
  const limit = 300;
  return text.length <= limit ? `"${text}"` : `"${text.slice(0, limit)}..."`;
}
