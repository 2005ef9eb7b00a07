/** What every output lists below the verdict: key questions, steps, labels and dates. It decides nothing. */

import { describeTime, type QuestionAnswer } from '../model/policy.ts';
import type { Report, ReportStep, StepPhase } from '../model/report.ts';
import { writeDate, writeInstant } from './dates.ts';
import { shorten } from './escape.ts';
import { buildPhrase, listValues, type Phrase } from './phrase.ts';
import { findWord, joinWords, say, type TitleId } from './words.ts';

/** Characters of a message that an output shows in a sentence. */
export const longestMessage = 300;

/** Steps that are asked for, in the order in which they are taken. */
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

/** A part of the checklist with its title: the steps before the review, those of the review, the merge itself, what comes after. */
export interface StepGroup {
  readonly title: TitleId;
  readonly steps: readonly ReportStep[];
  /** The approvals that the merge waits for, in the group of the merge; else null. */
  readonly merge: Phrase | null;
}

/** The checklist in its order, without steps that do not apply. The labels are listed where they are added: right before the merge. */
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

/** Why a step is closed or on the list: the label that attests it, a tick, or else the evidence; the file that it is asked for. A tick that does not count is shown only where nothing else closes the step. */
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

/** People whose approvals count, each once, in the order of the labels. */
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

/** Open required steps after the merge, with who takes them. */
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

/** The approvers of a label in words; a label may have any name, `__proto__` too. */
function describeApprovers(report: Report, label: string): string | undefined {
  const { approvers = {} } = report.labels;
  return Object.hasOwn(approvers, label) ? approvers[label] : undefined;
}

/** Who reviews, where that is not a reviewer of the pull request: a label waits for a step of the review, or for what a request asks. */
export function nameReviewTeam({ steps }: Report): string | null {
  const asked = steps.filter(({ required, phase }) => required && phase !== 'after-merge');
  const others = asked.filter(({ who, phase, request }) => who !== 'reviewer' && (phase === 'review' || request));
  const step = others.find(({ request }) => request !== undefined) ?? others[0];
  return step === undefined ? null : shorten(step.contact?.name ?? step.who, 80);
}

/** When labels are added, what follows the merge, and what a later push means for them; nothing where no label is needed. */
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

/** A line of the dates: what it is about, the sentence, and the rules it rests on. */
export interface DateLine {
  readonly title: TitleId;
  readonly text: Phrase;
  readonly sources: readonly string[];
}

/** The review is over: the labels are there, and nothing is left to do before the merge. Dates counted from a request mean nothing then. */
function isReviewed(report: Report): boolean {
  return report.verdict === 'passed' && report.labels.accepted.length > 0 && listOpenBeforeMerge(report).length === 0;
}

/** Earliest go-live with its lead time, waits without a published time, the wanted push; once the review is over, who agrees on the day. */
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

/** After the review no date can be counted: it is agreed on with the team that takes the step after the merge. */
function describeGoLive({ steps }: Report): readonly DateLine[] {
  const contact = steps.find(({ required, phase }) => required && phase === 'after-merge')?.contact;
  if (contact === undefined) return [];
  const mail: Phrase = contact.mail === undefined ? [] : [{ words: ' (' }, { value: contact.mail }, { words: ')' }];
  const text = buildPhrase('go-live-after', { contact: [{ text: shorten(contact.name, 80) }, ...mail] });
  return [{ title: 'go-live', text, sources: [] }];
}

/** Which days were counted and which left out; null where no date was. */
export function describeCalendar(report: Report): Phrase | null {
  return report.earliestGoLive === null || isReviewed(report) ? null : [{ text: report.earliestGoLive.calendar }];
}

/** "2 to 3 business days", or the words of the guide. */
export function describeLeadTime(leadTime: NonNullable<Report['leadTime']>): Phrase {
  return leadTime.words === undefined ? [{ words: describeTime(leadTime) }] : [{ text: leadTime.words }];
}

/** The reading of `consent-widening` that was used, and whose policy says so, where a change depends on it; else null. */
export function findConsentReading({
  reading,
  policy,
}: Report): { readonly title: Phrase; readonly text: string } | null {
  if (reading === undefined) return null;
  const source: Phrase =
    policy.source === 'built-in' ? [{ words: say('foot-policy-built-in') }] : [{ value: policy.source }];
  return { title: buildPhrase('consent-reading', { policy: source }), text: reading };
}

/** One line with its citations: what the guide says need not be done; null where it says nothing. */
export function describeNotNeeded({ notNeeded = [] }: Report): string | null {
  if (notNeeded.length === 0) return null;
  const sentences = notNeeded.map(({ text, sources }) => {
    const cited = sources.length === 0 ? '' : ` [${sources.join(', ')}]`;
    return `${shorten(text, longestMessage).replace(/\.$/, '')}${cited}.`;
  });
  return sentences.join(' ');
}
