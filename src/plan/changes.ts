/** Findings as the report has them: worst first, then by place, the same for every order in which they came in. */
import type { Permission } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import { sortByKey, uniqueBy } from '../model/lists.ts';
import type { Policy } from '../model/policy.ts';
import type { Problem, ReportChange, ReportFile } from '../model/report.ts';
import { listCategoryIds } from './categories.ts';

const PERMISSION_RANK: Readonly<Record<Permission, number>> = { Read: 0, Create: 1, Update: 2, Delete: 3 };

/** Sorts findings by their category in the policy's order, then by file, line and setting. */
export function sortFindings(findings: readonly Finding[], policy: Policy): readonly Finding[] {
  const categories = policy.categories.map(({ id }) => id);
  return sortByKey(findings, ({ category, change, rule }) => [
    categories.indexOf(category),
    change.file,
    change.document.part,
    change.location?.line,
    change.location?.column,
    change.setting,
    change.kind,
    change.access?.typeId,
    change.access === undefined ? 0 : PERMISSION_RANK[change.access.permission],
    String(change.access?.requirement),
    change.effect,
    change.before,
    change.after,
    rule.id,
  ]);
}

const SEVERITY_RANK: Readonly<Record<Problem['severity'], number>> = { error: 0, refused: 1, unreadable: 2, advice: 3 };

/** Sorts problems worst first, then by place, without duplicates. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const sorted = sortByKey(problems, ({ severity, file, line, column, id, message }) => [
    SEVERITY_RANK[severity],
    file,
    line,
    column,
    id,
    message,
  ]);
  return uniqueBy(sorted, ({ severity, id, file, line, column, message }) =>
    JSON.stringify([severity, id, file, line, column, message]),
  );
}

/** Sorts files by path. */
export function sortFiles(files: readonly ReportFile[]): readonly ReportFile[] {
  return sortByKey(files, ({ path, status, format }) => [path, status, format]);
}

/** One finding as the report prints it. */
export function reportChange(finding: Finding, policy: Policy): ReportChange {
  const { change, rule, category } = finding;
  const ids = new Set(listCategoryIds(finding));
  const also = policy.categories.filter(({ id }) => id !== category && ids.has(id)).map(({ id }) => id);
  const { environment, part } = change.document;
  return {
    file: change.file,
    setting: change.setting,
    kind: change.kind,
    effect: change.effect,
    ...(change.access === undefined ? {} : { access: change.access }),
    category,
    ...(also.length === 0 ? {} : { also }),
    rule: rule.id,
    reason: rule.reason,
    ...(rule.note === null ? {} : { note: rule.note }),
    ...(change.detail === undefined ? {} : { detail: change.detail }),
    sources: rule.sources,
    before: change.before,
    after: change.after,
    location: change.location,
    ...(change.baseLocation === undefined ? {} : { baseLocation: change.baseLocation }),
    environment,
    ...(part === null ? {} : { part }),
    ...(rule.enforcement === 'advisory' ? { enforcement: 'advisory' } : {}),
    ...(change.content === undefined ? {} : { content: change.content }),
  };
}
