/** Adds the prepared review request to every step with a contact who wants one. */
import type { Finding } from '../model/finding.ts';
import { createTextMatcher } from '../model/globs.ts';
import type { Policy, Step } from '../model/policy.ts';
import type { ReportStep } from '../model/report.ts';
import type { Checklist } from './checklist.ts';
import type { PushSlot } from './push-slot.ts';
import type { Questions } from './questions.ts';
import { writeRequest } from './request.ts';

/** The facts for the requests. */
export interface PreparedRequestFacts {
  readonly policy: Policy;
  readonly findings: readonly Finding[];
  readonly pushSlot: PushSlot | null;
  readonly answers: Questions;
  /** Ids that the documents at head name. */
  readonly applicationIds: readonly string[];
}

/** The steps, with the request on those that the policy marks. It lists only changes that are reviewed, never a secret. */
export function withRequests(
  { steps, documents }: Checklist,
  { policy, findings, pushSlot, answers, applicationIds }: PreparedRequestFacts,
): readonly ReportStep[] {
  const listIds = (isSelected: (step: Step) => boolean) => new Set(policy.steps.filter(isSelected).map(({ id }) => id));
  const withRequest = listIds(({ request }) => request);
  const byId = new Map(policy.steps.map((step) => [step.id, step]));
  const [first = ''] = Object.keys(answers.questions);
  const asksForReview = new Set(
    policy.categories
      .filter(({ questions, blocks }) => questions[first] === 'yes' && blocks !== 'always')
      .map(({ id }) => id),
  );
  const reviewed = findings.filter(({ category }) => asksForReview.has(category));
  const changed = reviewed.flatMap(({ change }) =>
    change.setting === 'app-id' ? (change.after ?? change.before ?? []) : [],
  );
  const facts = {
    findings: reviewed,
    applicationIds: [...new Set([...applicationIds, ...changed])].filter((id) => id !== '').sort(),
    slot: pushSlot?.possible === true ? pushSlot.wanted : null,
    timeZone: policy.office.timeZone,
    answers,
    policy,
  };
  const listNewFiles = (settings: readonly string[]) => {
    const wanted = createTextMatcher(settings);
    const added = findings.filter(({ change }) => change.kind === 'added' && wanted(change.setting));
    return [...new Set(added.map(({ change }) => change.file))].sort();
  };
  // A request has the attachments of the checklist: those that a step names, else its expected evidence.
  const listDocuments = (request: ReportStep) =>
    steps.flatMap((one) => {
      const step = byId.get(one.id);
      const path = documents.get(one.id) ?? null;
      if (step === undefined || (step.whenFiles !== undefined && path === null)) return [];
      if (step.attachments === undefined) {
        const expected = step.evidence.files.length > 0 || (one.id === request.id && one.document !== undefined);
        return expected ? [{ title: one.document?.title ?? one.title, path }] : [];
      }
      return step.attachments.flatMap(({ title, settings = [] }) => {
        const paths = listNewFiles(settings);
        return paths.length === 0 ? [{ title, path }] : paths.map((file) => ({ title, path: file }));
      });
    });
  return steps.map((step) =>
    withRequest.has(step.id)
      ? { ...step, request: writeRequest(step.contact?.mail ?? '', { ...facts, documents: listDocuments(step) }) }
      : step,
  );
}
