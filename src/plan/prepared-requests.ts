/** Puts the ready-made review request on every step whose contact wants one. */
import type { Finding } from '../model/finding.ts';
import type { Answer, Policy, Step } from '../model/policy.ts';
import type { ReportStep } from '../model/report.ts';
import type { Checklist } from './checklist.ts';
import type { PushSlot } from './push-slot.ts';
import { writeRequest } from './request.ts';

/** What the requests are written from. */
export interface PreparedRequestFacts {
  readonly policy: Policy;
  readonly findings: readonly Finding[];
  readonly pushSlot: PushSlot | null;
  readonly workflow: Answer;
  /** Ids that the documents at head name. */
  readonly applicationIds: readonly string[];
}

/** The steps, with the request on those that the policy marks. It lists only changes that are reviewed, never a secret. */
export function withRequests(
  { steps, documents }: Checklist,
  { policy, findings, pushSlot, workflow, applicationIds }: PreparedRequestFacts,
): readonly ReportStep[] {
  const ids = (of: (step: Step) => boolean) => new Set(policy.steps.filter(of).map(({ id }) => id));
  const withRequest = ids(({ request }) => request);
  const withDocument = ids(({ evidence }) => evidence.files.length > 0);
  const asksForReview = new Set(
    policy.categories
      .filter(({ questions, blocks }) => questions.configuration === 'yes' && blocks !== 'always')
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
    workflow,
  };
  // With a request go the step's own document and every one that a step expects to see in the repository.
  const documentsFor = (request: ReportStep) =>
    steps.flatMap(({ id, title, document }) => {
      const expected = withDocument.has(id) || (id === request.id && document !== undefined);
      return expected ? [{ title: document?.title ?? title, path: documents.get(id) ?? null }] : [];
    });
  return steps.map((step) =>
    withRequest.has(step.id)
      ? { ...step, request: writeRequest(step.contact?.mail ?? '', { ...facts, documents: documentsFor(step) }) }
      : step,
  );
}
