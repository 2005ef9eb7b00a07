/** What every output says first: the verdict in a line, the one next action, the labels and the dates. Nothing is decided here. */
import type { Problem, Report, ReportStep } from '../model/report.ts';
import { pacificDate, writeDate, writeInstant } from './dates.ts';
import { shorten } from './escape.ts';
import { type Phrase, phrase, valueList } from './phrase.ts';
import { counted, listed, say, type TitleId, wordFor } from './words.ts';

const longestMessage = 300;

function blocksAlways(report: Report, category: string): boolean {
  return report.clearance[category]?.blocks === 'always';
}

function problemsOf(report: Report, severity: Problem['severity']): readonly Problem[] {
  return report.problems.filter((problem) => problem.severity === severity);
}

/** Steps that are asked for, required ones first, without those that do not apply. */
export function stepsInOrder(report: Report): readonly ReportStep[] {
  const asked = report.steps.filter((step) => step.state !== 'not-applicable');
  return [...asked.filter((step) => step.required), ...asked.filter((step) => !step.required)];
}

function openRequired(report: Report): readonly ReportStep[] {
  return report.steps.filter((step) => step.required && step.state === 'open');
}

/** People whose approvals count, each once, in the order of the labels. */
export function approvers(report: Report): readonly string[] {
  return [...new Set(report.labels.accepted.map((accepted) => accepted.by))];
}

/** The verdict with its first reason: "blocked, 2 labels missing". */
export function verdictPhrase(report: Report): Phrase {
  if (report.verdict === 'error') return phrase('verdict.error');
  if (report.verdict === 'passed') {
    if (report.breakGlass !== undefined)
      return phrase('passed-emergency', { people: [{ value: report.breakGlass.by }] });
    const people = approvers(report);
    const last =
      report.labels.accepted
        .map((accepted) => accepted.at)
        .toSorted()
        .at(-1) ?? '';
    if (people.length === 0) return phrase('verdict.passed');
    return phrase('passed-approved', { people: valueList(people, 4), date: writeDate(pacificDate(last) ?? last) });
  }
  if (report.categories.some((category) => blocksAlways(report, category))) return phrase('blocked-secret');
  if (problemsOf(report, 'refused').length > 0) return phrase('blocked-refused');
  const missing = report.labels.missing.length;
  if (missing > 0) return phrase('blocked-labels', { labels: counted(missing, 'label') });
  const unreadable = problemsOf(report, 'unreadable');
  if (unreadable.length > 0) {
    const files = new Set(unreadable.map((problem) => problem.file)).size;
    return phrase('blocked-unreadable', { files: counted(files, 'file') });
  }
  const open = openRequired(report).length;
  return open > 0 ? phrase('blocked-steps', { steps: counted(open, 'step') }) : phrase('blocked-other');
}

/** `path:line:column` of something that may have no line. */
export function placeText(place: { readonly file?: string; readonly line?: number; readonly column?: number }): string {
  const { file = '', line, column } = place;
  return line === undefined ? file : `${file}:${line}${column === undefined ? '' : `:${column}`}`;
}

/** The one thing to do now. */
export function nextPhrase(report: Report): Phrase {
  if (report.verdict === 'error') return nextAfterError(report);
  if (report.verdict === 'passed') return nextAfterPass(report);
  const secret = report.changes.find((change) => blocksAlways(report, change.category));
  if (secret !== undefined) {
    if (secret.location === null) return phrase('next-secret');
    const place = placeText({ file: secret.file, line: secret.location.line, column: secret.location.column });
    return phrase('next-secret-at', { place: [{ value: place }] });
  }
  const refused = problemsOf(report, 'refused')[0];
  if (refused !== undefined) return atProblem('next-refused', refused);
  const unreadable = problemsOf(report, 'unreadable')[0];
  if (report.labels.missing.length > 0) return nextLabels(report);
  if (unreadable !== undefined) return atProblem('next-unreadable-only', unreadable);
  const open = openRequired(report);
  return open.length > 0 ? phrase('next-steps', { steps: titles(open) }) : phrase('next-error-plain');
}

function nextAfterError(report: Report): Phrase {
  const problem = problemsOf(report, 'error')[0] ?? report.problems[0];
  if (problem === undefined) return phrase('next-error-plain');
  return phrase('next-error', { message: shorten(problem.message, longestMessage) });
}

function nextAfterPass(report: Report): Phrase {
  const open = openRequired(report);
  return open.length === 0 ? phrase('next-merge') : phrase('next-merge-steps', { steps: titles(open) });
}

function titles(steps: readonly ReportStep[]): Phrase {
  return [
    { text: listed(steps.slice(0, 3).map((step) => shorten(step.title, 80))) },
    ...(steps.length > 3 ? [{ words: ', …' }] : []),
  ];
}

function atProblem(id: 'next-refused' | 'next-unreadable-only', problem: Problem): Phrase {
  return phrase(id, { place: [{ value: placeText(problem) }], message: shorten(problem.message, longestMessage) });
}

/** Who may put a label on; a label may have any name, `__proto__` too. */
function mayApprove(report: Report, label: string): string | undefined {
  const { approvers = {} } = report.labels;
  return Object.hasOwn(approvers, label) ? approvers[label] : undefined;
}

function nextLabels(report: Report): Phrase {
  const byApprovers = new Map<string, string[]>();
  for (const label of report.labels.missing) {
    const who = mayApprove(report, label) ?? '';
    byApprovers.set(who, [...(byApprovers.get(who) ?? []), label]);
  }
  const labels = [...byApprovers].flatMap(
    ([who, group], index): Phrase => [
      ...(index === 0 ? [] : [{ words: ', ' }]),
      ...valueList(group),
      ...(who === '' ? [] : [{ words: ' (' }, { text: shorten(who, longestMessage) }, { words: ')' }]),
    ],
  );
  return phrase(report.evaluation.provenance === 'none' ? 'next-labels-local' : 'next-labels', { labels });
}

export type LabelState = 'accepted' | 'missing' | 'rejected' | 'dropped';

/** A label with the state it is in; `why` tells who put it on, why it does not count, or who may add it. */
export interface LabelLine {
  readonly label: string;
  readonly state: LabelState;
  readonly why: readonly Phrase[];
}

/** Required labels first, in the report's order, then what else was put on and does not count. */
export function labelLines(report: Report): readonly LabelLine[] {
  const { required, accepted, rejected } = report.labels;
  const others = [...accepted, ...rejected].map((entry) => entry.label).filter((label) => !required.includes(label));
  return [...new Set([...required, ...others])].map((label) => {
    const counting = accepted.filter((entry) => entry.label === label);
    const refused = rejected.filter((entry) => entry.label === label);
    const who = mayApprove(report, label);
    if (counting.length > 0) {
      const why = counting.map((entry) =>
        phrase('label-by', { by: [{ value: entry.by }], at: writeInstant(entry.at) }),
      );
      return { label, state: 'accepted', why };
    }
    const why: Phrase[] = refused.map((entry) => [
      ...(entry.by === undefined
        ? []
        : phrase('label-by', { by: [{ value: entry.by }], at: entry.at === undefined ? '' : writeInstant(entry.at) })),
      ...(entry.by === undefined ? [] : [{ words: ': ' }]),
      { text: entry.reason },
    ]);
    if (who !== undefined && required.includes(label)) why.push(phrase('label-may', { who }));
    const state =
      refused.length === 0 ? 'missing' : refused.some((entry) => entry.dropped === true) ? 'dropped' : 'rejected';
    return { label, state, why };
  });
}

/** A line of the dates: what it is about, the sentence, and the rules it rests on. */
export interface DateLine {
  readonly title: TitleId;
  readonly text: Phrase;
  readonly sources: readonly string[];
}

/** Earliest go-live with its lead time, what nobody publishes, the wanted push. */
export function dateLines(report: Report): readonly DateLine[] {
  const lines: DateLine[] = [];
  const { leadTime, earliestGoLive, pushSlot } = report;
  const sources = leadTime?.sources ?? [];
  if (earliestGoLive !== null) {
    const same = earliestGoLive.from === earliestGoLive.to;
    const days = { from: writeDate(earliestGoLive.from), to: writeDate(earliestGoLive.to) };
    const time: Phrase =
      leadTime === null
        ? []
        : [{ words: ' (' }, ...phrase('lead-time-of', { time: leadTimePhrase(leadTime) }), { words: ')' }];
    const text = [...phrase(same ? 'earliest-text' : 'earliest-range', days), ...time];
    lines.push({ title: 'earliest', text, sources });
  } else if (leadTime !== null) {
    lines.push({ title: 'lead-time', text: leadTimePhrase(leadTime), sources });
  }
  const unpublished = leadTime?.unpublished ?? [];
  if (unpublished.length > 0) {
    lines.push({
      title: 'unpublished-title',
      text: phrase('unpublished', { names: listed(unpublished) }),
      sources: [],
    });
  }
  if (pushSlot !== undefined) {
    const id = pushSlot.possible ? 'push-slot-possible' : 'push-slot-impossible';
    lines.push({
      title: 'push-slot',
      text: phrase(id, { wanted: writeInstant(pushSlot.wanted), advice: pushSlot.advice }),
      sources: [],
    });
  }
  return lines;
}

/** Which days were counted and which left out; null where no date was. */
export function calendarPhrase(report: Report): Phrase | null {
  return report.earliestGoLive === null ? null : [{ text: report.earliestGoLive.calendar }];
}

/** "2 to 3 business days". */
export function leadTimePhrase({ min, max, unit }: NonNullable<Report['leadTime']>): Phrase {
  const word = wordFor(max === 1 ? 'unit-one' : 'unit', unit) ?? unit;
  return [{ words: say(min === max ? 'lead-time-exact' : 'lead-time-range', { min, max, unit: word }) }];
}

/** The reading of `consent-widening` that was used, where a widening of access stands in the report; else null. */
export function consentReading(report: Report): Phrase | null {
  if (!report.changes.some((change) => change.access !== undefined && change.effect === 'widens')) return null;
  const reading = wordFor('consent-reading', report.policy.consentWidening) ?? report.policy.consentWidening;
  return phrase('consent-reading', { reading });
}
