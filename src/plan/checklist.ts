/**
 * The checklist: the union of the steps that categories and rules add. The pull request itself, a tick, or an attesting label
 * closes a step.
 */
import type { Finding } from '../model/finding.ts';
import { createPathMatcher, createTextMatcher } from '../model/globs.ts';
import { sortByKey } from '../model/lists.ts';
import type { Category, Contact, Policy, Step } from '../model/policy.ts';
import type { PullRequestState } from '../model/pull-request.ts';
import type { AcceptedLabel, RejectedLabel, ReportStep, StepPhase } from '../model/report.ts';
import { getRuleSetting } from '../policy/match.ts';
import { writeSettingTitle } from '../policy/setting-titles.ts';
import { type ApprovalFacts, evaluateLabel, isUnproven } from './approvals.ts';
import { explainRefusal, findApproverRule, findDefaultRule, isSameName } from './approvers.ts';
import { isEnforced, type PresentCategory } from './categories.ts';
import { parseSecond } from './dates.ts';
import { words } from './messages.ts';

/** The facts for the checklist. */
export interface ChecklistFacts extends ApprovalFacts {
  readonly findings: readonly Finding[];
  readonly present: readonly PresentCategory[];
  /** Paths that exist at head. */
  readonly changedPaths: readonly string[];
  /** Labels that count as approvals. */
  readonly accepted: readonly AcceptedLabel[];
}

/** The steps, and the labels that were meant as evidence but do not count. */
export interface Checklist {
  readonly steps: readonly ReportStep[];
  readonly rejected: readonly RejectedLabel[];
  /** For each step that evidence closes or a changed file requires, the path of that file; null: it is not a file. */
  readonly documents: ReadonlyMap<string, string | null>;
}

/** Why a step is on the checklist. */
interface Asked {
  /** True: something that may block requires it. */
  readonly enforced: boolean;
  /** The categories with changes that require it; their labels attest it together. */
  readonly categories: ReadonlySet<Category>;
  /** The changed file that requires it. */
  readonly file: string | null;
}

/** The required steps, by id. */
function findRequiredSteps(facts: ChecklistFacts): ReadonlyMap<string, Asked> {
  const { policy, findings, present, changedPaths } = facts;
  const steps = new Map<string, Asked>();
  const add = (step: string, enforced: boolean, category: Category | null = null, file: string | null = null) => {
    const before = steps.get(step);
    steps.set(step, {
      enforced: enforced || before?.enforced === true,
      // The label of a category that does not block is not required, so it attests nothing.
      categories: new Set([...(before?.categories ?? []), ...(enforced && category !== null ? [category] : [])]),
      file: before?.file ?? file,
    });
  };
  for (const { category, findings: members } of present) {
    for (const finding of members) {
      for (const step of category.steps) {
        if (!finding.rule.withoutSteps.includes(step)) add(step, isEnforced(finding), category);
      }
    }
  }
  for (const finding of findings) {
    const own = present.find(({ category }) => category.id === finding.category)?.category;
    for (const step of finding.rule.addSteps) add(step, isEnforced(finding), own);
  }
  for (const { id, whenFiles = [] } of policy.steps) {
    const [path] = changedPaths.filter(createPathMatcher(whenFiles)).sort();
    if (path !== undefined) add(id, false, null, path);
  }
  return steps;
}

/** The phase of a step: `Policy.merge` decides on which side of the merge the push is. */
function reportPhase({ phase }: Step, { merge }: Policy): StepPhase {
  if (phase === 'before-review' || phase === 'review') return phase;
  return phase === 'push' && merge === 'after-push' ? 'review' : 'after-merge';
}

/**
 * The approval that attests a required step before the merge: the last one of the labels of all categories that require it. If
 * steps are enforced, each must be closed by itself, so a label attests none.
 */
function findAttestation(categories: ReadonlySet<Category>, facts: ChecklistFacts): AcceptedLabel | null {
  if (facts.policy.requiredSteps === 'enforced' || categories.size === 0) return null;
  const approvals = [...categories].map(({ label, attests }) =>
    attests === null ? undefined : facts.accepted.find((one) => label !== null && isSameName(one.label, label)),
  );
  const given = approvals.filter((one) => one !== undefined);
  if (given.length < approvals.length) return null;
  return sortByKey(given, ({ at }) => [parseSecond(at)]).at(-1) ?? null;
}

interface Evidence {
  readonly text: string;
  /** Null: it is not a file. */
  readonly path: string | null;
}

/**
 * The evidence in the pull request that closes a step: a document, a setting, or a label that counts. Also the labels that do
 * not count.
 */
function findEvidence(
  { evidence }: Step,
  facts: ChecklistFacts,
): { readonly evidence: Evidence | null; readonly rejected: readonly RejectedLabel[] } {
  const buildFound = (text: string, path: string | null = null) => ({ evidence: { text, path }, rejected: [] });
  const [path] = facts.changedPaths.filter(createPathMatcher(evidence.files)).sort();
  if (path !== undefined) return buildFound(words.fileEvidence(path), path);

  const wanted = createTextMatcher(evidence.settings);
  const change = facts.findings.find(
    ({ change }) =>
      change.kind !== 'removed' && change.document.state !== 'unreadable' && wanted(getRuleSetting(change)),
  )?.change;
  if (change !== undefined) return buildFound(words.settingEvidence(writeSettingTitle(change.setting), change.file));

  const rejected: RejectedLabel[] = [];
  for (const label of evidence.labels) {
    const result = evaluateLabel(label, findApproverRule(facts.policy, label), facts);
    const [accepted] = result.accepted;
    if (accepted !== undefined) return { ...buildFound(words.labelEvidence(label, accepted.by)), rejected };
    if (result.rejected !== undefined) rejected.push(result.rejected);
  }
  return { evidence: null, rejected };
}

/** The user who ticked a step. A tick counts if an approver set it for exactly this change. Other ticks are only shown. */
function evaluateTick(step: string, pullRequest: PullRequestState, facts: ChecklistFacts): ReportStep['tick'] {
  const tick = pullRequest.ticks.find((one) => one.step === step);
  if (tick === undefined || tick.at === null) return undefined;
  const { by, at } = tick;
  const { lastEvaluation } = pullRequest;
  const current =
    lastEvaluation?.fingerprint === facts.fingerprint &&
    parseSecond(at) > parseSecond(lastEvaluation.since) &&
    !isUnproven(at, pullRequest.unproven);
  const candidate = by === null ? null : { account: by, paths: facts.listFiles('') };
  const counts =
    current && candidate !== null && explainRefusal(findDefaultRule(facts.policy), candidate, pullRequest) === null;
  return { by: by?.login ?? words.unknownPerson, at, counts, ...(current && !counts ? { current } : {}) };
}

/** Makes the checklist in the order of the policy's phases. */
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
      const asked = required.get(id);
      const phase = reportPhase(step, policy);
      const isRequired = step.required && asked?.enforced === true;
      const attestation =
        isRequired && phase !== 'after-merge' ? findAttestation(asked?.categories ?? new Set(), facts) : null;
      const closed = evidence?.text ?? (tick?.counts === true ? words.tickEvidence(tick.by, tick.at) : undefined);
      const proof =
        closed ?? (attestation === null ? undefined : words.labelEvidence(attestation.label, attestation.by));
      const report: ReportStep = {
        id,
        title,
        text,
        who,
        phase,
        required: isRequired,
        sources,
        ...(contact === undefined
          ? {}
          : { contact: { name: contact.name, ...(contact.mail === null ? {} : { mail: contact.mail }) } }),
        ...(document === null ? {} : { document }),
        ...(tick === undefined ? {} : { tick }),
        ...(attestation === null
          ? {}
          : { attested: { label: attestation.label, by: attestation.by, at: attestation.at } }),
        ...(asked?.file == null ? {} : { because: words.askedForFile(asked.file) }),
        ...(proof === undefined ? { state: 'open' } : { state: 'done', evidence: proof }),
      };
      const file = asked?.file ?? null;
      return { report, evidence: evidence ?? (file === null ? null : { path: file }), rejected };
    });
  return {
    steps: planned.map(({ report }) => report),
    rejected: planned.flatMap(({ rejected }) => rejected),
    documents: new Map(
      planned.flatMap(({ report, evidence }) => (evidence === null ? [] : [[report.id, evidence.path] as const])),
    ),
  };
}
