/** The checklist: the union of what the categories ask for, what the pull request itself closes, and what people ticked. */
import messages from '../../data/messages/plan.json' with { type: 'json' };
import type { Finding } from '../model/finding.ts';
import { pathMatcher, textMatcher } from '../model/globs.ts';
import { fill } from '../model/messages.ts';
import type { Contact, Step } from '../model/policy.ts';
import type { PullRequestState } from '../model/pull-request.ts';
import type { RejectedLabel, ReportStep } from '../model/report.ts';
import { settingWithoutCulture } from '../policy/match.ts';
import { type ApprovalFacts, judgeLabel } from './approvals.ts';
import { approverRuleOf, defaultRuleOf, refusalOf } from './approvers.ts';
import { isEnforced, type PresentCategory } from './categories.ts';
import { secondOf } from './dates.ts';

/** Asked of whoever touches pages that the policy names as sign-up or consent, where no category asks for them (R11, R12). */
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
  /** For each step that is closed by something here, the path that closed it; null: it was no file. */
  readonly documents: ReadonlyMap<string, string | null>;
}

/** Step id -> whether anything that may block asks for it. */
function askedSteps({ findings, present, workflowHits }: ChecklistFacts): ReadonlyMap<string, boolean> {
  const asked = new Map<string, boolean>();
  const ask = (step: string, enforced: boolean) => asked.set(step, (asked.get(step) ?? false) || enforced);
  for (const { category, findings: members } of present) {
    for (const finding of members) {
      for (const step of category.steps) {
        if (!finding.rule.withoutSteps.includes(step)) ask(step, isEnforced(finding));
      }
    }
  }
  for (const finding of findings) {
    for (const step of finding.rule.addSteps) ask(step, isEnforced(finding));
  }
  if (workflowHits.length > 0) {
    for (const step of WORKFLOW_STEPS) ask(step, false);
  }
  return asked;
}

interface Evidence {
  readonly text: string;
  readonly path: string | null;
}

/** What in the pull request closes a step: a document, a setting, or a label that counts. */
function evidenceOf(step: Step, facts: ChecklistFacts, rejected: RejectedLabel[]): Evidence | null {
  const { evidence } = step;
  const [path] = facts.changedPaths.filter(pathMatcher(evidence.files)).sort();
  if (path !== undefined) return { text: fill(messages['evidence-file'], { path }), path };

  const wanted = textMatcher(evidence.settings);
  const change = facts.findings.find(
    ({ change: { kind, document, setting } }) =>
      kind !== 'removed' && document.state !== 'unreadable' && wanted(settingWithoutCulture(setting)),
  )?.change;
  if (change !== undefined) {
    return { text: fill(messages['evidence-setting'], { setting: change.setting, file: change.file }), path: null };
  }
  for (const label of evidence.labels) {
    const judgement = judgeLabel(label, approverRuleOf(facts.policy, label), facts);
    if (judgement.accepted !== undefined) {
      return { text: fill(messages['evidence-label'], { label, by: judgement.accepted.by }), path: null };
    }
    if (judgement.rejected !== undefined) rejected.push(judgement.rejected);
  }
  return null;
}

/** Who ticked a step. It counts when they may approve and set it for the change that is there now; else it is a claim. */
function tickOf(step: string, pullRequest: PullRequestState, facts: ChecklistFacts): ReportStep['tick'] {
  const tick = pullRequest.ticks.find((one) => one.step === step);
  if (tick === undefined || tick.at === null) return undefined;
  const { by, at } = tick;
  const { lastEvaluation } = pullRequest;
  const counts =
    by !== null &&
    refusalOf(defaultRuleOf(facts.policy), by, pullRequest) === null &&
    lastEvaluation?.fingerprint === facts.fingerprint &&
    secondOf(at) > secondOf(lastEvaluation.since);
  return { by: by?.login ?? messages['tick-by-unknown'], at, counts };
}

/** Makes the checklist in the policy's order of steps. */
export function planChecklist(facts: ChecklistFacts): Checklist {
  const { policy, pullRequest } = facts;
  const asked = askedSteps(facts);
  const isOmitted = ({ omittedWith }: Step) => omittedWith?.some((other) => asked.has(other));
  const contacts = new Map<string | null, Contact>(policy.contacts.map((contact) => [contact.id, contact]));
  const rejected: RejectedLabel[] = [];
  const documents = new Map<string, string | null>();

  const steps = policy.steps
    .filter((step) => asked.has(step.id) && !isOmitted(step))
    .map((step): ReportStep => {
      const contact = contacts.get(step.contact);
      const tick = pullRequest === null ? undefined : tickOf(step.id, pullRequest, facts);
      const common = {
        id: step.id,
        title: step.title,
        text: step.text,
        who: step.who,
        required: step.required && asked.get(step.id) === true,
        sources: step.sources,
        ...(contact === undefined
          ? {}
          : { contact: { name: contact.name, ...(contact.mail === null ? {} : { mail: contact.mail }) } }),
        ...(step.document === null ? {} : { document: step.document }),
        ...(tick === undefined ? {} : { tick }),
      };
      const evidence = evidenceOf(step, facts, rejected);
      if (evidence !== null) {
        documents.set(step.id, evidence.path);
        return { ...common, state: 'done', evidence: evidence.text };
      }
      if (tick?.counts === true) {
        return {
          ...common,
          state: 'done',
          evidence: fill(messages['evidence-tick'], { by: tick.by, at: tick.at }),
        };
      }
      return { ...common, state: 'open' };
    });
  return { steps, rejected, documents };
}
