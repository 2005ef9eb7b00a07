/** How much an output shows, and in which order it gives things up when it would grow too long. */
import type { Report } from '../../model/report.ts';
import { shorten } from '../escape.ts';
import type { CategoryGroup, Row, Value } from '../rows.ts';
import { say } from '../words.ts';

/** The amount of detail. Limits are counts; values and texts are cut by code points. */
export interface Detail {
  readonly quiet: boolean;
  /** The treatment of the changed files. */
  readonly examined: boolean;
  readonly request: boolean;
  readonly valueLimit: number;
  readonly before: boolean;
  readonly notes: boolean;
  readonly typeLimit: number;
  /** Lines of one rule: how many are unfolded, and how many there are at all. */
  readonly openRows: number;
  readonly rowLimit: number;
  readonly advice: boolean;
  readonly stepTexts: boolean;
  /** Steps that do not apply. */
  readonly idle: boolean;
}

/** Everything, as far as one comment should ever show it. */
export const fullDetail: Detail = {
  quiet: true,
  examined: true,
  request: true,
  valueLimit: 400,
  before: true,
  notes: true,
  typeLimit: 200,
  openRows: 12,
  rowLimit: 500,
  advice: true,
  stepTexts: true,
  idle: false,
};

/** Only verdict, labels, problems and the titles of steps. */
export const leastDetail: Detail = {
  ...fullDetail,
  quiet: false,
  examined: false,
  request: false,
  advice: false,
  stepTexts: false,
  rowLimit: 0,
};

/** One omission. `describe` describes the missing part; null if the report has none. */
interface ReductionStep {
  readonly change: Partial<Detail>;
  readonly describe: (report: Report, groups: readonly CategoryGroup[]) => string | null;
}

/** How many lines of changes there are beyond the first ones of each rule. */
function countBeyond(groups: readonly CategoryGroup[], limit: number): number {
  const rules = groups.flatMap((group) => group.rules);
  return rules.reduce((sum, { rows }) => sum + Math.max(0, rows.length - limit), 0);
}

function isLong(value: Value): boolean {
  return 'literal' in value && value.literal.length > 80;
}

function hasRow(groups: readonly CategoryGroup[], matches: (row: Row) => boolean): boolean {
  return groups.some((group) => group.rules.some((rule) => rule.rows.some(matches)));
}

function limitRows(limit: number): ReductionStep {
  return {
    change: { rowLimit: limit },
    describe: (_report, groups) => {
      const count = countBeyond(groups, limit);
      return count === 0 ? null : say('drop-rows', { limit, count });
    },
  };
}

/** The stated order: changes that need no review go first, the explanation of steps last. */
const REDUCTION_STEPS: readonly ReductionStep[] = [
  {
    change: { examined: false },
    describe: (report) =>
      report.examined === undefined ? null : say('drop-examined', { count: report.examined.length }),
  },
  {
    change: { quiet: false },
    describe: (_report, groups) => {
      const count = groups.filter((group) => group.quiet).reduce((sum, group) => sum + group.count, 0);
      return count === 0 ? null : say('drop-quiet', { count });
    },
  },
  {
    change: { request: false },
    describe: (report) => (report.steps.some((step) => step.request) ? say('drop-request') : null),
  },
  {
    change: { valueLimit: 80 },
    describe: (_report, groups) =>
      hasRow(groups, ({ before, after }) => isLong(before) || isLong(after)) ? say('drop-values') : null,
  },
  {
    change: { typeLimit: 20 },
    describe: (_report, groups) =>
      hasRow(groups, (row) => row.of === 'access' && row.types.length > 20) ? say('drop-types') : null,
  },
  {
    change: { before: false },
    describe: (_report, groups) => (hasRow(groups, (row) => 'literal' in row.before) ? say('drop-before') : null),
  },
  {
    change: { notes: false },
    describe: (report, groups) =>
      hasRow(groups, (row) => row.detail !== null) || report.changes.some((change) => change.note !== undefined)
        ? say('drop-notes')
        : null,
  },
  {
    change: { advice: false },
    describe: (report) => {
      const count = report.problems.filter((problem) => problem.severity === 'advice').length;
      return count === 0 ? null : say('drop-advice', { count });
    },
  },
  ...[300, 200, 120, 80, 50, 30, 20, 10, 5, 2].map(limitRows),
  { change: { stepTexts: false }, describe: () => say('drop-step-texts') },
  { change: { rowLimit: 0 }, describe: (report) => say('drop-all-rows', { count: report.changes.length }) },
];

const encoder = new TextEncoder();

/** Length in UTF-8 bytes. */
export function countBytes(text: string): number {
  return encoder.encode(text).length;
}

/** A detail, and a description of the omitted parts. */
interface Reduction {
  readonly detail: Detail;
  readonly missing: readonly string[];
}

/**
 * The most detailed rendering within `limit` bytes, or null if there is none. Whole parts are left out, so markup is never cut.
 */
export function renderWithin(
  limit: number,
  reductions: Generator<Reduction>,
  render: (reduction: Reduction) => string,
): string | null {
  const whole = reductions.next();
  const text = whole.done ? null : render(whole.value);
  if (text !== null && countBytes(text) <= limit) return text;
  const reduced = [...reductions];
  // Each rendering is shorter than the one before, so halving finds the first that fits in few renderings.
  let low = 0;
  let high = reduced.length;
  let found: string | null = null;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const shorter = render(reduced[middle] as Reduction);
    if (countBytes(shorter) <= limit) {
      found = shorter;
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return found;
}

/** The detail to start with, then with one more omission each. Omissions are described only if the full text is too long. */
export function* reduceDetail(
  report: Report,
  groups: readonly CategoryGroup[],
  start: Detail,
): Generator<Reduction, void> {
  let detail = start;
  const missing = new Map<string, string>();
  const initial = countBeyond(groups, start.rowLimit);
  if (initial > 0) missing.set('rowLimit', say('drop-rows', { limit: start.rowLimit, count: initial }));
  yield { detail, missing: [...missing.values()] };
  for (const step of REDUCTION_STEPS) {
    detail = { ...detail, ...step.change };
    const note = step.describe(report, groups);
    const key = Object.keys(step.change)[0] ?? '';
    missing.delete(key);
    if (note !== null) missing.set(key, note);
    yield { detail, missing: [...missing.values()] };
  }
}

/** The last resort before the short form: the same report with its longest texts cut and its lists ended, so that ticks survive. */
export function tightenReport(report: Report): Report {
  const cut = (text: string): string => shorten(text, 60);
  return {
    ...report,
    because: Object.fromEntries(Object.entries(report.because).map(([id, text]) => [id, cut(text)])),
    changes: [],
    steps: report.steps
      .slice(0, 60)
      .map(({ contact: _contact, document: _document, request: _request, tick: _tick, ...step }) => ({
        ...step,
        title: cut(step.title),
        who: cut(step.who),
        ...(step.evidence === undefined ? {} : { evidence: cut(step.evidence) }),
      })),
    problems: report.problems.slice(0, 10).map((problem) => ({ ...problem, message: cut(problem.message) })),
  };
}
