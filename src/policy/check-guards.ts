/** What no policy may do: let through what must never pass unseen. */
import type { Category, Policy } from '../model/policy.ts';
import type { TreePath } from '../syntax/yaml/yaml.ts';
import { guardsAtTop } from './build-rules.ts';
import { resolved } from './match.ts';
import type { PolicyFile } from './policy-file.generated.ts';
import { type ProblemList, sentence } from './problems.ts';

const FIRMNESS: Readonly<Record<Category['blocks'], number>> = { never: 0, 'until-label': 1, always: 2 };

/** Notes every way in which the file loosens a guard or leaves changes without a rule. */
export function checkGuards(policy: Policy, file: PolicyFile, preset: Policy | null, problems: ProblemList): void {
  checkCatchAll(policy, problems);
  if (preset === null) return;
  checkCategoriesKept(policy, preset, problems);
  checkGuardsKept(policy, file, preset, problems);
  checkPlaces(file, preset, problems);
}

function checkCatchAll(policy: Policy, problems: ProblemList): void {
  const last = policy.rules.at(-1);
  const catchesAll =
    last?.when.some((condition) => Object.keys(condition).length === 0) &&
    firmness(policy, last.category) !== FIRMNESS.never &&
    last.enforcement !== 'advisory';
  if (!catchesAll)
    problems.add('policy-no-catch-all', last === undefined ? ['rules'] : ['rules', last.id], {}, { key: true });
}

function checkCategoriesKept(policy: Policy, preset: Policy, problems: ProblemList): void {
  for (const { id, blocks } of policy.categories)
    if (blocks !== 'always' && preset.categories.find((one) => one.id === id)?.blocks === 'always')
      problems.add('policy-category-loosened', ['categories', id], {}, { found: id, key: true });
}

function checkGuardsKept(policy: Policy, file: PolicyFile, preset: Policy, problems: ProblemList): void {
  for (const { id, category, guard } of preset.rules) {
    if (guard !== true) continue;
    const written = file.rules?.[id];
    const refuse = (path: TreePath, reason: 'guard-when' | 'guard-advisory' | 'guard-category'): void => {
      problems.add('policy-guard', path, { reason: sentence(reason) }, { found: id, key: true });
    };
    if (written?.when !== undefined) refuse(['rules', id, 'when'], 'guard-when');
    if (written?.enforcement === 'advisory' || written?.guard === false)
      refuse(['rules', id, 'enforcement'], 'guard-advisory');
    const was = firmness(preset, category);
    if (firmness(policy, written?.category ?? category) >= was) continue;
    if (written?.category !== undefined) refuse(['rules', id, 'category'], 'guard-category');
    else if (was === FIRMNESS['until-label']) refuse(['categories', category, 'blocks'], 'guard-category');
  }
}

/** New rules come after the guards at the top. */
function checkPlaces(file: PolicyFile, preset: Policy, problems: ProblemList): void {
  const guards = preset.rules.slice(0, guardsAtTop(preset.rules));
  for (const [id, { before }] of Object.entries(file.rules ?? {})) {
    const passed = guards.find((rule) => rule.id === before);
    if (passed !== undefined)
      problems.add('policy-guard', ['rules', id, 'before'], { reason: sentence('guard-passed') }, { found: passed.id });
  }
}

function firmness(policy: Policy, category: string): number {
  const blocks = policy.categories.find((one) => one.id === resolved(policy, category))?.blocks;
  return FIRMNESS[blocks ?? 'never'];
}
