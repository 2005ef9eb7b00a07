/** The checklist: the union of the steps that categories and rules add, with what closes each: the pull request itself, or a tick. */
import type { Finding } from '../model/finding.ts';
import { pathMatcher, textMatcher } from '../model/globs.ts';
import type { Contact, Step } from '../model/policy.ts';
import type { PullRequestState } from '../model/pull-request.ts';
import type { RejectedLabel, ReportStep } from '../model/report.ts';
import { settingWithoutCulture } from '../policy/match.ts';
import { type ApprovalFacts, evaluateLabel } from './approvals.ts';
import { explainRefusal, findApproverRule, findDefaultRule } from './approvers.ts';
import { isEnforced, type PresentCategory } from './categories.ts';
import { parseSecond } from './dates.ts';
import { words } from './messages.ts';

/** Required where pages change that the policy names as sign-up or consent, even if no category requires them (R11, R12). */
const WORKFLOW_STEPS = ['update-walkthrough', 'integration-review'];

/** What the checklist is made from. */
export interface ChecklistFacts extends ApprovalFacts {
  readonly findings: readonly Finding[];
  readonly present: readonly PresentCategory[];
  readonly workflowHits: readonly string[];
  /** Paths that are there at head. */
  readonly changedPaths: readonly string[];
}

/** The steps, and the labels that were meant as evidence but do not count. */
export interface Checklist {
  readonly steps: readonly ReportStep[];
  readonly rejected: readonly RejectedLabel[];
  /** For each step that is closed by evidence, the path that closed it; null: it is not a file. */
  readonly documents: ReadonlyMap<string, string | null>;
}

/** Step id -> whether anything that may block requires it. */
function findRequiredSteps({ findings, present, workflowHits }: ChecklistFacts): ReadonlyMap<string, boolean> {
  const steps = new Map<string, boolean>();
  const add = (step: string, enforced: boolean) => steps.set(step, (steps.get(step) ?? false) || enforced);
  for (const { category, findings: members } of present) {
    for (const finding of members) {
      for (const step of category.steps) {
        if (!finding.rule.withoutSteps.includes(step)) add(step, isEnforced(finding));
      }
    }
  }
  for (const finding of findings) {
    for (const step of finding.rule.addSteps) add(step, isEnforced(finding));
  }
  if (workflowHits.length > 0) {
    for (const step of WORKFLOW_STEPS) add(step, false);
  }
  return steps;
}

interface Evidence {
  readonly text: string;
  /** Null: it is not a file. */
  readonly path: string | null;
}

/** What in the pull request closes a step: a document, a setting, or a label that counts. With it, the labels that do not. */
function findEvidence(
  { evidence }: Step,
  facts: ChecklistFacts,
): { readonly evidence: Evidence | null; readonly rejected: readonly RejectedLabel[] } {
  const found = (text: string, path: string | null = null) => ({ evidence: { text, path }, rejected: [] });
  const [path] = facts.changedPaths.filter(pathMatcher(evidence.files)).sort();
  if (path !== undefined) return found(words.fileEvidence(path), path);

  const wanted = textMatcher(evidence.settings);
  const change = facts.findings.find(
    ({ change: { kind, document, setting } }) =>
      kind !== 'removed' && document.state !== 'unreadable' && wanted(settingWithoutCulture(setting)),
  )?.change;
  if (change !== undefined) return found(words.settingEvidence(change.setting, change.file));

  const rejected: RejectedLabel[] = [];
  for (const label of evidence.labels) {
    const result = evaluateLabel(label, findApproverRule(facts.policy, label), facts);
    if (result.accepted !== undefined) return { ...found(words.labelEvidence(label, result.accepted.by)), rejected };
    if (result.rejected !== undefined) rejected.push(result.rejected);
  }
  return { evidence: null, rejected };
}

/** Who ticked a step. It counts when an approver set it for exactly this change; else it is shown and does not count. */
function evaluateTick(step: string, pullRequest: PullRequestState, facts: ChecklistFacts): ReportStep['tick'] {
  const tick = pullRequest.ticks.find((one) => one.step === step);
  if (tick === undefined || tick.at === null) return undefined;
  const { by, at } = tick;
  const { lastEvaluation } = pullRequest;
  const counts =
    by !== null &&
    explainRefusal(findDefaultRule(facts.policy), by, pullRequest) === null &&
    lastEvaluation?.fingerprint === facts.fingerprint &&
    parseSecond(at) > parseSecond(lastEvaluation.since);
  return { by: by?.login ?? words.unknownPerson, at, counts };
}

/** Makes the checklist in the policy's order of steps. */
export function planChecklist(facts: ChecklistFacts): Checklist {
  const { policy, pullRequest } = facts;
  const required = findRequiredSteps(facts);
  const isOmitted = ({ omittedWith }: Step) => omittedWith?.some((other) => required.has(other));
  const contacts = new Map<string | null, Contact>(policy.contacts.map((contact) => [contact.id, contact]));

  const planned = policy.steps
    .filter((step) => required.has(step.id) && !isOmitted(step))
    .map((step) => {
      const { id, title, text, who, sources, document } = step;
      const contact = contacts.get(step.contact);
      const tick = pullRequest === null ? undefined : evaluateTick(id, pullRequest, facts);
      const { evidence, rejected } = findEvidence(step, facts);
      const proof = evidence?.text ?? (tick?.counts === true ? words.tickEvidence(tick.by, tick.at) : undefined);
      const report: ReportStep = {
        id,
        title,
        text,
        who,
        required: step.required && required.get(id) === true,
        sources,
        ...(contact === undefined
          ? {}
          : { contact: { name: contact.name, ...(contact.mail === null ? {} : { mail: contact.mail }) } }),
        ...(document === null ? {} : { document }),
        ...(tick === undefined ? {} : { tick }),
        ...(proof === undefined ? { state: 'open' } : { state: 'done', evidence: proof }),
      };
      return { report, evidence, rejected };
    });
  return {
    steps: planned.map(({ report }) => report),
    rejected: planned.flatMap(({ rejected }) => rejected),
    documents: new Map(
      planned.flatMap(({ report, evidence }) => (evidence === null ? [] : [[report.id, evidence.path] as const])),
    ),
  };
}
