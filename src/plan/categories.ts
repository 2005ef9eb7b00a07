/** Which categories a pull request has, and the findings of each. */
import { PlatformError } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import type { Category, Policy } from '../model/policy.ts';
import type { ReportFile } from '../model/report.ts';
import { messages } from './messages.ts';

/** A category that occurs, with the findings that count in it. */
export interface PresentCategory {
  readonly category: Category;
  readonly findings: readonly Finding[];
}

/** The category ids a finding counts in, its own first, without repetition. */
export function listCategoryIds(finding: Finding): readonly string[] {
  return [...new Set([finding.category, ...finding.also])];
}

/** True for a finding that may block. An advisory one is only shown. */
export function isEnforced(finding: Finding): boolean {
  return finding.rule.enforcement === 'required';
}

/**
 * The files of a label: those of the changes that it clears, by both names after a rename. A label that clears none of them is
 * about all changes.
 */
export function listLabelFiles(
  label: string,
  present: readonly PresentCategory[],
  files: readonly ReportFile[],
): readonly string[] {
  const cleared = present.filter(({ category }) => category.label?.toLowerCase() === label.toLowerCase());
  const findings = (cleared.length > 0 ? cleared : present).flatMap((one) => one.findings);
  const paths = new Set(findings.map(({ change }) => change.file));
  const former = files.flatMap(({ path, previousPath = path }) => (paths.has(path) ? [previousPath] : []));
  return [...new Set([...paths, ...former])].sort();
}

/**
 * The categories that occur, most demanding first as the policy has them. The category for "nothing of meaning" never appears
 * with another. Empty only if no watched file changed and nothing was found.
 * @throws PlatformError if a finding names a category that the policy does not have.
 */
export function listPresentCategories(
  findings: readonly Finding[],
  files: readonly ReportFile[],
  policy: Policy,
): readonly PresentCategory[] {
  const byId = new Map(policy.categories.map((category) => [category.id, { category, findings: [] as Finding[] }]));
  for (const finding of findings) {
    for (const id of listCategoryIds(finding)) {
      const present = byId.get(id);
      if (present === undefined) {
        throw new PlatformError(messages.planCategoryMissing({ rule: finding.rule.id, category: id }));
      }
      present.findings.push(finding);
    }
  }
  const found = [...byId.values()].filter((present) => present.findings.length > 0);
  const meaningful = found.filter((present) => !present.category.nothing);
  if (meaningful.length > 0) return meaningful;
  if (found.length > 0 || files.length === 0) return found;
  return policy.categories.filter((category) => category.nothing).map((category) => ({ category, findings: [] }));
}
