/** The verdict: passed only if nothing blocks. */
import type { Finding } from '../model/finding.ts';
import type { Policy } from '../model/policy.ts';
import type { Problem, Report, ReportLabels, ReportStep, Verdict } from '../model/report.ts';
import { isEnforced, type PresentCategory } from './categories.ts';

/** The facts for the verdict. */
export interface VerdictFacts {
  readonly policy: Policy;
  readonly findings: readonly Finding[];
  readonly present: readonly PresentCategory[];
  readonly labels: ReportLabels;
  readonly steps: readonly ReportStep[];
  readonly problems: readonly Problem[];
  readonly breakGlass: NonNullable<Report['breakGlass']> | null;
}

/** The verdict with its reasons. */
export interface VerdictResult {
  readonly verdict: Verdict;
  /** The break-glass label if the verdict passes only because of it. */
  readonly brokenGlass: VerdictFacts['breakGlass'];
}

/** A category that no label clears while its changes exist. */
function hasNoWayThrough({ present }: VerdictFacts): boolean {
  return present.some(
    ({ category, findings }) =>
      (category.blocks === 'always' || (category.blocks === 'until-label' && category.label === null)) &&
      findings.some(isEnforced),
  );
}

/** The policy at head cannot be read, so merging it would stop the gate itself. */
function hasUnreadablePolicy({ findings, problems }: VerdictFacts): boolean {
  const policyFindings = findings.filter(({ change }) => change.setting === 'policy');
  const files = new Set<string | undefined>(policyFindings.map(({ change }) => change.file));
  return (
    policyFindings.some(({ change }) => change.document.state === 'unreadable') ||
    problems.some(({ severity, file }) => severity === 'unreadable' && files.has(file))
  );
}

/** An unreadable file has a finding with a label that clears it. A file without a finding would pass unnoticed. */
function hasUnclassifiedFile({ findings, problems, policy }: VerdictFacts): boolean {
  const nonBlocking = new Set(policy.categories.filter(({ blocks }) => blocks === 'never').map(({ id }) => id));
  const classifying = findings.filter((finding) => !isEnforced(finding) || !nonBlocking.has(finding.category));
  const classified = new Set<string | undefined>(classifying.map(({ change }) => change.file));
  return problems.some(({ severity, file }) => severity === 'unreadable' && !classified.has(file));
}

/** Such a step blocks if steps are enforced. A step after the merge cannot be done before it. */
function isOpenBeforeMerge({ required, state, phase }: ReportStep): boolean {
  return required && state === 'open' && phase !== 'after-merge';
}

/** Decides. A failure of the platform is `error`. Break-glass clears all but a blocked category and an unreadable policy. */
export function decideVerdict(facts: VerdictFacts): VerdictResult {
  const { labels, steps, problems, policy, breakGlass } = facts;
  if (problems.some(({ severity }) => severity === 'error')) return { verdict: 'error', brokenGlass: null };
  const stuck = hasNoWayThrough(facts);
  const blocked =
    stuck ||
    labels.missing.length > 0 ||
    problems.some(({ severity }) => severity === 'refused') ||
    hasUnclassifiedFile(facts) ||
    (policy.requiredSteps === 'enforced' && steps.some(isOpenBeforeMerge));
  if (!blocked) return { verdict: 'passed', brokenGlass: null };
  const brokenGlass = stuck || hasUnreadablePolicy(facts) ? null : breakGlass;
  return { verdict: brokenGlass === null ? 'blocked' : 'passed', brokenGlass };
}
