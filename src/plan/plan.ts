/** The plan turns findings, the policy and the state of the pull request into the report. Pure: time is an input. */
import { UsageError } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import { createPathMatcher } from '../model/globs.ts';
import { uniqueBy } from '../model/lists.ts';
import { CONSENT_WIDENING, type Policy } from '../model/policy.ts';
import type { PullRequestState } from '../model/pull-request.ts';
import type { ExaminedFile, Problem, Report, ReportFile, ReportStep } from '../model/report.ts';
import { type ApprovalFacts, listRequiredLabels, planLabels } from './approvals.ts';
import { planBreakGlass } from './break-glass.ts';
import { listLabelFiles, listPresentCategories, type PresentCategory } from './categories.ts';
import { adviseOnCertificates } from './certificates.ts';
import { reportChange, sortFiles, sortFindings, sortProblems } from './changes.ts';
import { planChecklist } from './checklist.ts';
import { parseInstant, toLocalTime } from './dates.ts';
import { createCalendar } from './holidays.ts';
import { messages, words } from './messages.ts';
import { withRequests } from './prepared-requests.ts';
import { planPushSlot } from './push-slot.ts';
import { answerQuestions, chooseAnswer } from './questions.ts';
import { planTimetable, type Timetable } from './timetable.ts';
import { decideVerdict } from './verdict.ts';

/** The facts of a decision, apart from the results derived from the changes. */
export interface PlanFacts {
  readonly problems: readonly Problem[];
  /** Watched files that changed, whether or not their meaning did. */
  readonly files: readonly ReportFile[];
  /** The treatment of each changed file. */
  readonly examined?: readonly ExaminedFile[];
  /** Paths of all changed files, watched or not. */
  readonly changedPaths: readonly string[];
  /** Those of them that are removed at head. A removed document is not evidence. Watched files have their own findings. */
  readonly removedPaths: readonly string[];
  readonly policy: Policy;
  /** The source of the policy (`built-in`, or `path@commit`) and the SHA-256 of its canonical form. */
  readonly policySource: { readonly source: string; readonly digest: string };
  /** Null on the command line: no pull request, so no provenance of labels. */
  readonly pullRequest: PullRequestState | null;
  readonly commandLineLabels: readonly string[];
  /** ISO 8601 with its offset, for example `2026-11-23T18:00:00Z`. */
  readonly now: string;
  readonly mode: 'enforce' | 'report';
  /** The compared commits; null for files that are in no commit. */
  readonly commits: { readonly base: string | null; readonly head: string | null };
  /** Application ids in the documents at head, for the review request. Ids among the changes count anyway. */
  readonly applicationIds: readonly string[];
}

/** The facts and the results derived from the changes. */
export interface PlanInput extends PlanFacts {
  readonly findings: readonly Finding[];
  /** SHA-256 of the canonical changes and the policy. */
  readonly fingerprint: string;
}

/**
 * Makes the report of a review.
 * @throws UsageError when `now` is not an instant; PlatformError when a finding names a category that the policy lacks.
 */
export function makePlan(input: PlanInput): Report {
  const { policy, pullRequest, fingerprint } = input;
  const instant = parseInstant(input.now);
  if (instant === null) throw new UsageError(messages.nowNotAnInstant({ found: input.now }));
  const now = toLocalTime(instant, policy.office.timeZone);
  const calendar = createCalendar(policy.holidays);
  const findings = sortFindings(input.findings, policy);
  const present = listPresentCategories(findings, input.files, policy);

  const questions = answerQuestions(present, policy, listOtherPaths(input));
  const timetable = planTimetable(present, now.day, policy, calendar);
  const pushSlot =
    pullRequest === null
      ? null
      : planPushSlot(pullRequest.description, { timetable, policy, calendar, now, reviewed: chooseAnswer(questions) });

  const approval: ApprovalFacts = {
    policy,
    fingerprint,
    pullRequest,
    commandLineLabels: input.commandLineLabels,
    now: input.now,
    listFiles: (label) => listLabelFiles(label, present, input.files),
  };
  const evaluated = planLabels(listRequiredLabels(present), approval);
  const checklist = planChecklist({
    ...approval,
    findings,
    present,
    changedPaths: listPathsAtHead(input),
    accepted: evaluated.accepted,
  });
  const emergency = planBreakGlass(approval);
  const labels = {
    ...evaluated,
    rejected: uniqueBy([...evaluated.rejected, ...checklist.rejected, ...emergency.rejected], ({ label }) => label),
  };

  const problems = sortProblems([
    ...input.problems,
    ...adviseOnCertificates(findings, now.day, timetable.range && (timetable.range.to ?? timetable.range.from)),
    ...adviseOnUnknownAuthors(pullRequest, labels.required),
    ...adviseOnUnpublished(timetable),
  ]);
  const steps = withRequests(checklist, {
    policy,
    findings,
    pushSlot,
    answers: questions,
    applicationIds: input.applicationIds,
  });
  const { verdict, brokenGlass } = decideVerdict({
    policy,
    findings,
    present,
    labels,
    steps,
    problems,
    breakGlass: emergency.glass,
  });

  const changes = findings.map((finding) => reportChange(finding, policy));
  const reading = planReading(findings, policy);
  const notNeeded = planNotNeeded(present, steps, policy);
  const texts = [...changes.flatMap(({ reason, note }) => [reason, note]), ...steps.map(({ text }) => text)];
  const cited = [
    ...[...changes, ...steps, timetable.leadTime, ...(notNeeded.notNeeded ?? [])].flatMap((one) => one?.sources),
    ...problems.map(({ source }) => source),
    ...[...texts, ...Object.values(questions.because), reading.reading].flatMap(listCitations),
  ];
  return {
    schemaVersion: 1,
    verdict,
    ...questions,
    ...reportWords(policy),
    ...reading,
    ...notNeeded,
    categories: present.map(({ category }) => category.id),
    leadTime: timetable.leadTime,
    earliestGoLive: timetable.earliest,
    ...(pushSlot === null ? {} : { pushSlot }),
    files: sortFiles(input.files),
    ...(input.examined === undefined ? {} : { examined: input.examined }),
    changes,
    steps,
    labels,
    problems,
    fingerprint,
    policy: {
      ...input.policySource,
      name: policy.name,
      consentWidening: policy.consentWidening,
      merge: policy.merge,
      ...(policy.shared === undefined ? {} : { shared: policy.shared }),
    },
    ...(brokenGlass === null ? {} : { breakGlass: brokenGlass }),
    evaluation: {
      at: input.now,
      ...input.commits,
      mode: input.mode,
      provenance: pullRequest === null ? 'none' : 'github',
    },
    citations: selectCitations(cited, policy),
    titles: Object.fromEntries(present.map(({ category }) => [category.id, category.title])),
    clearance: Object.fromEntries(
      present.map(({ category: { id, label, blocks, attests, steps } }) => [
        id,
        { label, blocks, ...(attests === null ? {} : { attests: listAttests(attests, steps, policy) }) },
      ]),
    ),
  };
}

function listPathsAtHead({ changedPaths, removedPaths, files }: PlanInput): readonly string[] {
  const gone = files.filter(({ status }) => status === 'removed').map(({ path }) => path);
  const removed = new Set([...removedPaths, ...gone]);
  return changedPaths.filter((path) => !removed.has(path));
}

/** Changed paths that no reader read, except for documents in the policy's steps. */
function listOtherPaths({ changedPaths, files, policy }: PlanInput): readonly string[] {
  const read = new Set(files.flatMap(({ path, previousPath = path }) => [path, previousPath]));
  const isDocument = createPathMatcher(
    policy.steps.flatMap(({ evidence, whenFiles = [] }) => [...evidence.files, ...whenFiles]),
  );
  return changedPaths.filter((path) => !read.has(path) && !isDocument(path));
}

/** Names and addresses of such authors are personal data, so only their number is reported. */
function adviseOnUnknownAuthors(pullRequest: PullRequestState | null, required: readonly string[]): readonly Problem[] {
  const count = new Set(pullRequest?.unknownAuthors ?? []).size;
  if (count === 0 || required.length === 0) return [];
  return [{ ...messages.authorWithoutAccount({ count }), severity: 'advice' }];
}

/** An unpublished waiting time is named even if there is no lead time. */
function adviseOnUnpublished({ leadTime, unpublished }: Timetable): readonly Problem[] {
  if (leadTime !== null || unpublished.length === 0) return [];
  return [{ ...messages.waitUnpublished({ waits: unpublished.join(', ') }), severity: 'advice' }];
}

/** The words of outputs; none if all are those of the update guide. */
function reportWords({ words: own, isStandalone, title, office }: Policy): Pick<Report, 'words'> {
  const { product, platform } = own ?? {};
  if (isStandalone === true) {
    const neutral = { product: product ?? words.product, platform: platform ?? words.platform };
    return { words: { ...neutral, title, timeZone: office.timeZone } };
  }
  if (product === undefined && platform === undefined) return {};
  return { words: { ...(product === undefined ? {} : { product }), ...(platform === undefined ? {} : { platform }) } };
}

/** The reading of the switch `consent-widening`, if a change depends on it. */
function planReading(
  findings: readonly Finding[],
  { consentWidening, consentReadings }: Policy,
): Pick<Report, 'reading'> {
  const usesSwitch = findings.some(({ rule }) => [rule.category, ...rule.also].includes(CONSENT_WIDENING));
  const reading = Object.hasOwn(consentReadings, consentWidening) ? consentReadings[consentWidening] : undefined;
  return usesSwitch && reading !== undefined ? { reading } : {};
}

/** Tasks that the guide does not require; empty if no watched file changed. */
function planNotNeeded(
  present: readonly PresentCategory[],
  steps: readonly ReportStep[],
  { notNeeded }: Policy,
): Pick<Report, 'notNeeded'> {
  const there = new Set([...present.map(({ category }) => category.id), ...steps.map(({ id }) => id)]);
  const lines = notNeeded.filter(({ unless }) => !unless.some((id) => there.has(id)));
  if (present.length === 0 || lines.length === 0) return {};
  return { notNeeded: lines.map(({ text, sources }) => ({ text, sources })) };
}

/** If the merge comes after the push, the label of a category with pushed changes states that too. */
function listAttests(attests: string, steps: readonly string[], { merge, steps: all }: Policy): string {
  const isPushed = all.some(({ id, phase }) => phase === 'push' && steps.includes(id));
  return merge === 'after-push' && isPushed ? `${attests} ${words.attestsPush}` : attests;
}

/** The ids in brackets within a text, such as `[R6, R10]`. */
function listCitations(text: string | undefined): readonly string[] {
  return [...(text ?? '').matchAll(/\[([^\][]+)\]/g)].flatMap(([, ids]) => String(ids).split(', '));
}

function selectCitations(cited: readonly (string | undefined)[], policy: Policy): Report['citations'] {
  const ids = new Set(cited);
  return Object.fromEntries(
    policy.citations
      .filter(({ id }) => ids.has(id))
      .map(({ id, text, document, url }) => [id, { text, document, ...(url === null ? {} : { url }) }]),
  );
}
