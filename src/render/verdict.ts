/** What every output says first: the verdict in a line, the one next action, the labels and the dates. Nothing is decided here. */

import type { QuestionAnswer } from '../model/policy.ts';
import { describeTime } from '../model/policy.ts';
import type { Problem, Report, ReportStep, StepPhase } from '../model/report.ts';
import { localDate, writeDate, writeInstant } from './dates.ts';
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

/** Steps that are asked for, in the order in which they are taken. */
export function stepsInOrder(report: Report): readonly ReportStep[] {
  return stepGroups(report).flatMap(({ steps }) => steps);
}

/** What the gate is called. */
export function productName({ words }: Report): string {
  return shorten(words?.product ?? say('product'), 100);
}

/** The key questions in their order, in the policy's words or the guide's, with their answers. */
export function answeredQuestions(
  report: Report,
): readonly { readonly asked: string; readonly answer: QuestionAnswer; readonly because: string }[] {
  return Object.entries(report.questions).map(([id, answer]) => ({
    asked: report.asked?.[id] ?? wordFor('question', id) ?? id,
    answer,
    because: report.because[id] ?? '',
  }));
}

/** A part of the checklist with its title: the steps before the review, those of the review, the merge itself, what comes after. */
export interface StepGroup {
  readonly title: TitleId;
  readonly steps: readonly ReportStep[];
  /** What the merge waits for, in the group of the merge; null in the others. */
  readonly merge: Phrase | null;
}

/** The checklist in its order, without steps that do not apply. The labels are listed where they are added: right before the merge. */
export function stepGroups(report: Report): readonly StepGroup[] {
  const of = (phase: StepPhase) =>
    report.steps.filter((step) => step.state !== 'not-applicable' && (step.phase ?? 'before-review') === phase);
  const { required } = report.labels;
  const blocked = required.length === 1 ? 'merge-blocked' : 'merge-blocked-many';
  const id = report.labels.missing.length > 0 ? blocked : 'merge-approved';
  const merge = required.length === 0 ? null : phrase(id, { labels: valueList(required) });
  const groups: readonly StepGroup[] = [
    { title: 'phase.before-review', steps: of('before-review'), merge: null },
    { title: 'phase.review', steps: of('review'), merge: null },
    { title: 'phase.merge', steps: [], merge },
    { title: 'phase.after-merge', steps: of('after-merge'), merge: null },
  ];
  if (groups.every(({ steps }) => steps.length === 0)) return [];
  return groups.filter(({ steps, merge: text }) => steps.length > 0 || text !== null);
}

/** Why a step is closed or on the list: the label that attests it, a tick, or else the evidence; the file that it is asked for. A tick that does not count is shown only where nothing else closes the step. */
export function stepProof({ attested, evidence, because, tick }: ReportStep, report: Report): readonly Phrase[] {
  const proofs: Phrase[] = [];
  if (attested !== undefined) {
    const { by, label, at } = attested;
    proofs.push(
      phrase('step-attested', { by: [{ value: by }], label: [{ value: label }], at: writeInstant(at, report) }),
    );
  } else if (evidence !== undefined && tick?.counts !== true) proofs.push([{ text: evidence }]);
  if (tick !== undefined && (tick.counts || proofs.length === 0)) {
    const id = tick.counts ? 'step-ticked' : 'step-ticked-not-counted';
    proofs.push(phrase(id, { by: [{ value: tick.by }], at: writeInstant(tick.at, report) }));
  }
  if (because !== undefined) proofs.push([{ text: because }]);
  return proofs;
}

function openRequired(report: Report): readonly ReportStep[] {
  return report.steps.filter((step) => step.required && step.state === 'open');
}

/** Open required steps on this side of the merge. */
export function openBeforeMerge(report: Report): readonly ReportStep[] {
  return openRequired(report).filter(({ phase }) => phase !== 'after-merge');
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
    if (people.length === 0) return passedPhrase(report);
    return phrase('passed-approved', {
      people: valueList(people, 4),
      date: writeDate(localDate(last, report) ?? last),
    });
  }
  if (report.categories.some((category) => blocksAlways(report, category))) return phrase('blocked-secret');
  if (problemsOf(report, 'refused').length > 0)
    return phrase('blocked-refused', { platform: report.words?.platform ?? say('platform') });
  const missing = report.labels.missing.length;
  if (missing > 0) return phrase('blocked-labels', { labels: counted(missing, 'label') });
  const unreadable = problemsOf(report, 'unreadable');
  if (unreadable.length > 0) {
    const files = new Set(unreadable.map((problem) => problem.file)).size;
    return phrase('blocked-unreadable', { files: counted(files, 'file') });
  }
  const open = openBeforeMerge(report).length;
  return open > 0 ? phrase('blocked-steps', { steps: counted(open, 'step') }) : phrase('blocked-other');
}

/** Passed without an approval: nothing was watched, what was read is equal, or nothing needs a review. */
function passedPhrase({ examined, categories, changes, files }: Report): Phrase {
  if (examined === undefined || changes.length > 0) return phrase('verdict.passed');
  if (categories.length === 0) return phrase('passed-nothing-watched');
  return phrase('passed-equal', { files: counted(files.length, 'file') });
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
  const open = openBeforeMerge(report);
  return open.length > 0 ? phrase('next-steps', { steps: titles(open) }) : phrase('next-error-plain');
}

function nextAfterError(report: Report): Phrase {
  const problem = problemsOf(report, 'error')[0] ?? report.problems[0];
  if (problem === undefined) return phrase('next-error-plain');
  return phrase('next-error', { message: shorten(problem.message, longestMessage) });
}

function nextAfterPass(report: Report): Phrase {
  const [first] = openBeforeMerge(report);
  if (report.breakGlass !== undefined && first !== undefined)
    return phrase('next-merge-emergency', { steps: titles(openRequired(report)) });
  if (first !== undefined) return phrase('next-merge-step', { step: shorten(first.title, 80) });
  const after = stepsAfterMerge(report);
  return after.length === 0 ? phrase('next-merge') : phrase('next-merge-after', { steps: titles(after) });
}

/** Open required steps after the merge, with who takes them. */
function stepsAfterMerge(report: Report): readonly Pick<ReportStep, 'title'>[] {
  const open = openRequired(report).filter(({ phase }) => phase === 'after-merge');
  return open.map(({ title, who }) => ({
    title: say('step-by', { step: shorten(title, 80), who: shorten(who, 80) }),
  }));
}

function titles(steps: readonly Pick<ReportStep, 'title'>[]): Phrase {
  return [
    { text: listed(steps.slice(0, 3).map((step) => shorten(step.title, 200))) },
    ...(steps.length > 3 ? [{ words: ', …' }] : []),
  ];
}

function atProblem(id: 'next-refused' | 'next-unreadable-only', problem: Problem): Phrase {
  return phrase(id, { place: [{ value: placeText(problem) }], message: shorten(problem.message, longestMessage) });
}

/** The approvers of a label in words; a label may have any name, `__proto__` too. */
function mayApprove(report: Report, label: string): string | undefined {
  const { approvers = {} } = report.labels;
  return Object.hasOwn(approvers, label) ? approvers[label] : undefined;
}

function nextLabels(report: Report): Phrase {
  const local = report.evaluation.provenance === 'none' ? [{ words: ` ${say('on-pull-request')}` }] : [];
  return [...nextForAuthor(report), ...nextForReviewer(report, [...valueList(report.labels.missing), ...local])];
}

/**
 * The author's first step that is neither closed nor ticked for this change, and the request for the review if that comes later;
 * nothing where none is left. A tick may be a claim: this only says what is next.
 */
function nextForAuthor(report: Report): Phrase {
  const open = openBeforeMerge(report).filter(({ who, tick }) => who === 'author' && tick?.current !== true);
  const [step, ...later] = open;
  if (step === undefined) return [];
  const request = later.find((one) => one.request !== undefined);
  const title = shorten(step.title, 80);
  if (request === undefined) return [...phrase('next-you', { step: title }), { words: ' ' }];
  const next = `${request.title.charAt(0).toLowerCase()}${request.title.slice(1)}`;
  return [...phrase('next-you-then', { step: title, next: shorten(next, 80) }), { words: ' ' }];
}

/** The reviewer's own step, and the labels. Where others have steps as well, the label comes after their review or push. */
function nextForReviewer(report: Report, labels: Phrase): Phrase {
  const steps = report.steps.filter(({ required, phase }) => required && phase !== 'after-merge');
  const own = steps.find(({ who, state }) => who === 'reviewer' && state === 'open');
  if (own !== undefined) return phrase('next-reviewer-then', { step: shorten(own.title, 80), labels });
  const team = reviewTeam(report);
  if (team === null) return phrase('next-reviewer', { labels });
  const id = report.policy.merge === 'after-push' ? 'next-reviewer-after-push' : 'next-reviewer-after-review';
  return phrase(id, { team, labels });
}

/** Who reviews, where that is not a reviewer of the pull request: a label waits for a step of the review, or for what a request asks. */
function reviewTeam({ steps }: Report): string | null {
  const asked = steps.filter(({ required, phase }) => required && phase !== 'after-merge');
  const others = asked.filter(({ who, phase, request }) => who !== 'reviewer' && (phase === 'review' || request));
  const step = others.find(({ request }) => request !== undefined) ?? others[0];
  return step === undefined ? null : shorten(step.contact?.name ?? step.who, 80);
}

/** When labels are added, what follows the merge, and what a later push means for them; nothing where no label is needed. */
export function labelNotes(report: Report): readonly Phrase[] {
  const { required, missing, accepted } = report.labels;
  if (required.length === 0) return [];
  const team = reviewTeam(report);
  const reviewed = report.policy.merge === 'after-push' ? 'labels-when-pushed' : 'labels-when-reviewed';
  const when = team === null ? phrase('labels-when') : phrase(reviewed, { team });
  const after = stepsAfterMerge(report);
  const then = after.length === 0 ? [] : [phrase('labels-then', { steps: titles(after) })];
  const isUnproven = report.evaluation.provenance === 'none' && accepted.length > 0;
  return [
    ...(isUnproven ? [phrase('local-labels')] : []),
    ...(missing.length === 0 ? [] : [when, ...then]),
    phrase('labels-push'),
  ];
}

export type LabelState = 'accepted' | 'missing' | 'rejected' | 'dropped';

/** A label with the state it is in; `why` says who added it, why it does not count, or who may add it. */
export interface LabelLine {
  readonly label: string;
  readonly state: LabelState;
  readonly why: readonly Phrase[];
}

/** Required labels first, in the report's order, then further labels that were added and do not count. */
export function labelLines(report: Report): readonly LabelLine[] {
  const { required, accepted, rejected } = report.labels;
  const others = [...accepted, ...rejected].map((entry) => entry.label).filter((label) => !required.includes(label));
  return [...new Set([...required, ...others])].map((label) => {
    const counting = accepted.filter((entry) => entry.label === label);
    const refused = rejected.filter((entry) => entry.label === label);
    const who = mayApprove(report, label);
    const attests = attestsText(report, label);
    if (counting.length > 0) {
      const why = counting.map((entry) =>
        phrase('label-by', { by: [{ value: entry.by }], at: writeInstant(entry.at, report) }),
      );
      return { label, state: 'accepted', why: [...why, ...attests] };
    }
    const why: Phrase[] = refused.map((entry) => [
      ...(entry.by === undefined
        ? []
        : phrase('label-by', {
            by: [{ value: entry.by }],
            at: entry.at === undefined ? '' : writeInstant(entry.at, report),
          })),
      ...(entry.by === undefined ? [] : [{ words: ': ' }]),
      { text: entry.reason },
    ]);
    if (who !== undefined && required.includes(label)) why.push(phrase('label-may', { who }));
    if (required.includes(label)) why.push(...attests);
    const state = refused.every(({ pending }) => pending === true)
      ? 'missing'
      : refused.some((entry) => entry.dropped === true)
        ? 'dropped'
        : 'rejected';
    return { label, state, why };
  });
}

/** What the label states, for each category that it clears. */
function attestsText(report: Report, label: string): readonly Phrase[] {
  const texts = Object.values(report.clearance).flatMap((one) => (one.label === label ? (one.attests ?? []) : []));
  return [...new Set(texts)].map((attests) => phrase('label-attests', { attests: shorten(attests, longestMessage) }));
}

/** A line of the dates: what it is about, the sentence, and the rules it rests on. */
export interface DateLine {
  readonly title: TitleId;
  readonly text: Phrase;
  readonly sources: readonly string[];
}

/** The review is over: the labels are there, and nothing is left to do before the merge. Dates counted from a request mean nothing then. */
function isReviewed(report: Report): boolean {
  return report.verdict === 'passed' && report.labels.accepted.length > 0 && openBeforeMerge(report).length === 0;
}

/** Earliest go-live with its lead time, waits without a published time, the wanted push; once the review is over, who agrees on the day. */
export function dateLines(report: Report): readonly DateLine[] {
  if (isReviewed(report)) return goLiveLine(report);
  const lines: DateLine[] = [];
  const { leadTime, earliestGoLive, pushSlot } = report;
  const sources = leadTime?.sources ?? [];
  if (earliestGoLive !== null) {
    const { from, to } = earliestGoLive;
    const kind = to === undefined ? 'earliest-open' : from === to ? 'earliest-text' : 'earliest-range';
    const days = { from: writeDate(from), to: writeDate(to ?? from) };
    const time: Phrase =
      leadTime === null
        ? []
        : [
            { words: ' (' },
            ...(leadTime.words === undefined
              ? phrase('lead-time-of', { time: leadTimePhrase(leadTime) })
              : leadTimePhrase(leadTime)),
            { words: ')' },
          ];
    const text = [...phrase(kind, days), ...time];
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
      text: phrase(id, { wanted: writeInstant(pushSlot.wanted, report), advice: pushSlot.advice }),
      sources: [],
    });
  }
  return lines;
}

/** After the review no date can be counted: it is agreed on with the team that takes the step after the merge. */
function goLiveLine({ steps }: Report): readonly DateLine[] {
  const contact = steps.find(({ required, phase }) => required && phase === 'after-merge')?.contact;
  if (contact === undefined) return [];
  const mail: Phrase = contact.mail === undefined ? [] : [{ words: ' (' }, { value: contact.mail }, { words: ')' }];
  const text = phrase('go-live-after', { contact: [{ text: shorten(contact.name, 80) }, ...mail] });
  return [{ title: 'go-live', text, sources: [] }];
}

/** Which days were counted and which left out; null where no date was. */
export function calendarPhrase(report: Report): Phrase | null {
  return report.earliestGoLive === null || isReviewed(report) ? null : [{ text: report.earliestGoLive.calendar }];
}

/** "2 to 3 business days", or the words of the guide. */
export function leadTimePhrase(leadTime: NonNullable<Report['leadTime']>): Phrase {
  return leadTime.words === undefined ? [{ words: describeTime(leadTime) }] : [{ text: leadTime.words }];
}

/** The reading of `consent-widening` that was used, and whose policy says so, where a change depends on it; else null. */
export function consentReading({ reading, policy }: Report): { readonly title: Phrase; readonly text: string } | null {
  if (reading === undefined) return null;
  const source: Phrase =
    policy.source === 'built-in' ? [{ words: say('foot-policy-built-in') }] : [{ value: policy.source }];
  return { title: phrase('consent-reading', { policy: source }), text: reading };
}

/** One line with its citations: what the guide says need not be done; null where it says nothing. */
export function notNeededText({ notNeeded = [] }: Report): string | null {
  if (notNeeded.length === 0) return null;
  const sentences = notNeeded.map(({ text, sources }) => {
    const cited = sources.length === 0 ? '' : ` [${sources.join(', ')}]`;
    return `${shorten(text, longestMessage).replace(/\.$/, '')}${cited}.`;
  });
  return sentences.join(' ');
}
