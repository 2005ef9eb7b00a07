/** The lists of every output below the verdict: key questions, steps, labels and dates. It decides nothing. */

import { describeTime, type QuestionAnswer } from '../model/policy.ts';
import type { Report, ReportStep, StepPhase } from '../model/report.ts';
import { writeDate, writeInstant } from './dates.ts';
import { shorten } from './escape.ts';
import { buildPhrase, listValues, type Phrase } from './phrase.ts';
import { findWord, joinWords, say, type TitleId } from './words.ts';

/** Characters of a message that an output shows in a sentence. */
export const longestMessage = 300;

/** Required steps, in their order. */
export function listStepsInOrder(report: Report): readonly ReportStep[] {
  return groupSteps(report).flatMap(({ steps }) => steps);
}

/** The name of the gate. */
export function nameProduct({ words }: Report): string {
  return shorten(words?.product ?? say('product'), 100);
}

/** The key questions in their order, in the policy's words or the guide's, with their answers. */
export function listAnsweredQuestions(
  report: Report,
): readonly { readonly asked: string; readonly answer: QuestionAnswer; readonly because: string }[] {
  return Object.entries(report.questions).map(([id, answer]) => ({
    asked: report.asked?.[id] ?? findWord('question', id) ?? id,
    answer,
    because: report.because[id] ?? '',
  }));
}

/** A part of the checklist with its title: the steps before the review, of the review, the merge itself, the steps after it. */
export interface StepGroup {
  readonly title: TitleId;
  readonly steps: readonly ReportStep[];
  /** The approvals that the merge requires, in the group of the merge; else null. */
  readonly merge: Phrase | null;
}

/**
 * The checklist in its order, without steps that do not apply. Labels are added right before the merge, so they are listed
 * there.
 */
export function groupSteps(report: Report): readonly StepGroup[] {
  const listPhase = (phase: StepPhase) =>
    report.steps.filter((step) => step.state !== 'not-applicable' && (step.phase ?? 'before-review') === phase);
  const { required } = report.labels;
  const blocked = required.length === 1 ? 'merge-blocked' : 'merge-blocked-many';
  const isApproved = report.labels.missing.length === 0;
  const request = isApproved ? buildPhrase('merge-approved') : buildPhrase(blocked, { labels: listValues(required) });
  const merge = required.length === 0 ? null : request;
  const groups: readonly StepGroup[] = [
    { title: 'phase.before-review', steps: listPhase('before-review'), merge: null },
    { title: 'phase.review', steps: listPhase('review'), merge: null },
    { title: 'phase.merge', steps: [], merge },
    { title: 'phase.after-merge', steps: listPhase('after-merge'), merge: null },
  ];
  if (groups.every(({ steps }) => steps.length === 0)) return [];
  return groups.filter(({ steps, merge: text }) => steps.length > 0 || text !== null);
}

/**
 * Why a step is closed or on the list: the attesting label, a tick, or else the evidence; the file that requires it. A tick
 * that does not count is shown only if nothing else closes the step.
 */
export function listProofs({ attested, evidence, because, tick }: ReportStep, report: Report): readonly Phrase[] {
  const proofs: Phrase[] = [];
  if (attested !== undefined) {
    const { by, label, at } = attested;
    proofs.push(
      buildPhrase('step-attested', { by: [{ value: by }], label: [{ value: label }], at: writeInstant(at, report) }),
    );
  } else if (evidence !== undefined && tick?.counts !== true) proofs.push([{ text: evidence }]);
  if (tick !== undefined && (tick.counts || proofs.length === 0)) {
    const id = tick.counts ? 'step-ticked' : 'step-ticked-not-counted';
    proofs.push(buildPhrase(id, { by: [{ value: tick.by }], at: writeInstant(tick.at, report) }));
  }
  if (because !== undefined) proofs.push([{ text: because }]);
  return proofs;
}

/** Open required steps, before and after the merge. */
export function listOpenRequired(report: Report): readonly ReportStep[] {
  return report.steps.filter((step) => step.required && step.state === 'open');
}

/** Open required steps on this side of the merge. */
export function listOpenBeforeMerge(report: Report): readonly ReportStep[] {
  return listOpenRequired(report).filter(({ phase }) => phase !== 'after-merge');
}

/** The approvers with an approval that counts, each once, in the order of the labels. */
export function listApprovers(report: Report): readonly string[] {
  return [...new Set(report.labels.accepted.map((accepted) => accepted.by))];
}

/** `path:line:column` of something that may have no line. */
export function writePlace(place: {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}): string {
  const { file = '', line, column } = place;
  return line === undefined ? file : `${file}:${line}${column === undefined ? '' : `:${column}`}`;
}

/** Open required steps after the merge, with the people who take them. */
export function listStepsAfterMerge(report: Report): readonly Pick<ReportStep, 'title'>[] {
  const open = listOpenRequired(report).filter(({ phase }) => phase === 'after-merge');
  return open.map(({ title, who }) => ({
    title: say('step-by', { step: shorten(title, 80), who: shorten(who, 80) }),
  }));
}

/** Titles of the first three steps. */
export function listTitles(steps: readonly Pick<ReportStep, 'title'>[]): Phrase {
  return [
    { text: joinWords(steps.slice(0, 3).map((step) => shorten(step.title, 200))) },
    ...(steps.length > 3 ? [{ words: ', …' }] : []),
  ];
}

/** The approvers of a label in words. A label may have any name, even `__proto__`. */
function describeApprovers(report: Report, label: string): string | undefined {
  const { approvers = {} } = report.labels;
  return Object.hasOwn(approvers, label) ? approvers[label] : undefined;
}

/** The reviewing team, if it is not the pull request's reviewers: a label waits for a step of the review, or for a request. */
export function nameReviewTeam({ steps }: Report): string | null {
  const asked = steps.filter(({ required, phase }) => required && phase !== 'after-merge');
  const others = asked.filter(({ who, phase, request }) => who !== 'reviewer' && (phase === 'review' || request));
  const step = others.find(({ request }) => request !== undefined) ?? others[0];
  return step === undefined ? null : shorten(step.contact?.name ?? step.who, 80);
}

/** The time to add labels, the steps after the merge, and the effect of a later push; nothing if no label is needed. */
export function listLabelNotes(report: Report): readonly Phrase[] {
  const { required, missing, accepted } = report.labels;
  if (required.length === 0) return [];
  const team = nameReviewTeam(report);
  const reviewed = report.policy.merge === 'after-push' ? 'labels-when-pushed' : 'labels-when-reviewed';
  const when = team === null ? buildPhrase('labels-when') : buildPhrase(reviewed, { team });
  const after = listStepsAfterMerge(report);
  const then = after.length === 0 ? [] : [buildPhrase('labels-then', { steps: listTitles(after) })];
  const isUnproven = report.evaluation.provenance === 'none' && accepted.length > 0;
  return [
    ...(isUnproven ? [buildPhrase('local-labels')] : []),
    ...(missing.length === 0 ? [] : [when, ...then]),
    buildPhrase('labels-push'),
  ];
}

export type LabelState = 'accepted' | 'missing' | 'rejected' | 'dropped';

/** A label with its state. `why` names the user who added it, the reason why it does not count, or the approvers. */
export interface LabelLine {
  readonly label: string;
  readonly state: LabelState;
  readonly why: readonly Phrase[];
}

/** Required labels first, in the report's order, then further labels that were added and do not count. */
export function listLabelLines(report: Report): readonly LabelLine[] {
  const { required, accepted, rejected } = report.labels;
  const others = [...accepted, ...rejected].map((entry) => entry.label).filter((label) => !required.includes(label));
  return [...new Set([...required, ...others])].map((label) => {
    const counting = accepted.filter((entry) => entry.label === label);
    const refused = rejected.filter((entry) => entry.label === label);
    const who = describeApprovers(report, label);
    const may = who !== undefined && required.includes(label) ? [buildPhrase('label-may', { who })] : [];
    const attests = describeAttestation(report, label);
    if (counting.length > 0) {
      const why = counting.map((entry) =>
        buildPhrase('label-by', { by: [{ value: entry.by }], at: writeInstant(entry.at, report) }),
      );
      return { label, state: 'accepted', why: [...why, ...may, ...attests] };
    }
    const why: Phrase[] = refused.map((entry) => [
      ...(entry.by === undefined
        ? []
        : buildPhrase('label-by', {
            by: [{ value: entry.by }],
            at: entry.at === undefined ? '' : writeInstant(entry.at, report),
          })),
      ...(entry.by === undefined ? [] : [{ words: ': ' }]),
      { text: entry.reason },
    ]);
    if (required.includes(label)) why.push(...may, ...attests);
    const state = refused.every(({ pending }) => pending === true)
      ? 'missing'
      : refused.some((entry) => entry.dropped === true)
        ? 'dropped'
        : 'rejected';
    return { label, state, why };
  });
}

/** The statement of the label, for each category that it approves. */
function describeAttestation(report: Report, label: string): readonly Phrase[] {
  const texts = Object.values(report.clearance).flatMap((one) => (one.label === label ? (one.attests ?? []) : []));
  return [...new Set(texts)].map((attests) =>
    buildPhrase('label-attests', { attests: shorten(attests, longestMessage) }),
  );
}

/** A line of the dates: its subject, the sentence, and its rules. */
export interface DateLine {
  readonly title: TitleId;
  readonly text: Phrase;
  readonly sources: readonly string[];
}

/** The review is over: the labels are present, and no step is left before the merge. Dates from the request no longer apply. */
function isReviewed(report: Report): boolean {
  return report.verdict === 'passed' && report.labels.accepted.length > 0 && listOpenBeforeMerge(report).length === 0;
}

/**
 * Earliest go-live with its lead time, waits without a published time, the wanted push; after the review, the people who agree
 * on the day.
 */
export function listDateLines(report: Report): readonly DateLine[] {
  if (isReviewed(report)) return describeGoLive(report);
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
            ...buildPhrase(leadTime.words === undefined ? 'lead-time-of' : 'lead-time-words', {
              time: describeLeadTime(leadTime),
            }),
            { words: ')' },
          ];
    const text = [...buildPhrase(kind, days), ...time];
    lines.push({ title: 'earliest', text, sources });
  } else if (leadTime !== null) {
    lines.push({ title: 'lead-time', text: describeLeadTime(leadTime), sources });
  }
  const unpublished = leadTime?.unpublished ?? [];
  if (unpublished.length > 0) {
    lines.push({
      title: 'unpublished-title',
      text: buildPhrase('unpublished', { names: joinWords(unpublished) }),
      sources: [],
    });
  }
  if (pushSlot !== undefined) {
    const id = pushSlot.possible ? 'push-slot-possible' : 'push-slot-impossible';
    lines.push({
      title: 'push-slot',
      text: buildPhrase(id, { wanted: writeInstant(pushSlot.wanted, report), advice: pushSlot.advice }),
      sources: [],
    });
  }
  return lines;
}

/** After the review no date can be computed. It is agreed with the team that takes the step after the merge. */
function describeGoLive({ steps }: Report): readonly DateLine[] {
  const contact = steps.find(({ required, phase }) => required && phase === 'after-merge')?.contact;
  if (contact === undefined) return [];
  const mail: Phrase = contact.mail === undefined ? [] : [{ words: ' (' }, { value: contact.mail }, { words: ')' }];
  const text = buildPhrase('go-live-after', { contact: [{ text: shorten(contact.name, 80) }, ...mail] });
  return [{ title: 'go-live', text, sources: [] }];
}

/** The counted and the omitted days; null if no date was counted. */
export function describeCalendar(report: Report): Phrase | null {
  return report.earliestGoLive === null || isReviewed(report) ? null : [{ text: report.earliestGoLive.calendar }];
}

/** "2 to 3 business days", or the words of the guide. */
export function describeLeadTime(leadTime: NonNullable<Report['leadTime']>): Phrase {
  return leadTime.words === undefined ? [{ words: describeTime(leadTime) }] : [{ text: leadTime.words }];
}

/** The used reading of `consent-widening` and the policy it is from, if a change depends on it; else null. */
export function findConsentReading({
  reading,
  policy,
}: Report): { readonly title: Phrase; readonly text: string } | null {
  if (reading === undefined) return null;
  const source: Phrase =
    policy.source === 'built-in' ? [{ words: say('foot-policy-built-in') }] : [{ value: policy.source }];
  return { title: buildPhrase('consent-reading', { policy: source }), text: reading };
}

/** One line with its citations: the tasks that the guide does not require; null if there are none. */
export function describeNotNeeded({ notNeeded = [] }: Report): string | null {
  if (notNeeded.length === 0) return null;
  const sentences = notNeeded.map(({ text, sources }) => {
    const cited = sources.length === 0 ? '' : ` [${sources.join(', ')}]`;
    return `${shorten(text, longestMessage).replace(/\.$/, '')}${cited}.`;
  });
  return sentences.join(' ');
}
