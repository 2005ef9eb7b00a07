/** What no policy may do: let through what must never pass unseen. */
import type { Category, Policy } from '../model/policy.ts';
import { resolved } from './match.ts';
import type { PolicyFile } from './policy-file.ts';
import { type ProblemList, sentence } from './problems.ts';

const FIRMNESS: Readonly<Record<Category['blocks'], number>> = { never: 0, 'until-label': 1, always: 2 };

/** Notes every way in which the file loosens a guard or leaves changes without a rule. */
export function checkGuards(policy: Policy, file: PolicyFile, preset: Policy | null, problems: ProblemList): void {
  for (const { id, blocks } of preset?.categories ?? [])
    if (blocks === 'always' && policy.categories.find((one) => one.id === id)?.blocks !== 'always')
      problems.add('policy-category-loosened', ['categories', id], {}, { found: id, key: true });
  const last = policy.rules.at(-1);
  if (
    last !== undefined &&
    (last.when.length !== 1 ||
      Object.keys(last.when[0] ?? {}).length > 0 ||
      firmness(policy, last.category) === 0 ||
      last.enforcement === 'advisory')
  )
    problems.add('policy-no-catch-all', ['rules', last.id], {}, { key: true });
  for (const rule of preset?.rules ?? []) {
    if (rule.guard !== true) continue;
    const { id } = rule;
    const written = file.rules?.[id];
    const path = ['rules', id];
    const refuse = (key: string, reason: 'guard-when' | 'guard-advisory' | 'guard-category'): void => {
      problems.add('policy-guard', [...path, key], { reason: sentence(reason) }, { found: id, key: true });
    };
    if (written?.when !== undefined) refuse('when', 'guard-when');
    if (written?.enforcement === 'advisory' || written?.guard === false) refuse('enforcement', 'guard-advisory');
    const now = policy.rules.find((one) => one.id === id);
    if (preset === null || now === undefined) continue;
    const was = firmness(preset, rule.category);
    if (firmness(policy, now.category) >= was) continue;
    if (written?.category !== undefined) refuse('category', 'guard-category');
    else if (was === FIRMNESS['until-label'])
      problems.add(
        'policy-guard',
        ['categories', rule.category, 'blocks'],
        { reason: sentence('guard-category') },
        { found: id, key: true },
      );
  }
  const firstOpen = preset?.rules.find((rule) => rule.guard !== true);
  for (const [id, written] of Object.entries(file.rules ?? {})) {
    if (preset === null || written.before === undefined) continue;
    const target = preset.rules.findIndex((rule) => rule.id === written.before);
    if (firstOpen !== undefined && target >= 0 && target < preset.rules.indexOf(firstOpen))
      problems.add(
        'policy-guard',
        ['rules', id, 'before'],
        { reason: sentence('guard-passed') },
        { found: written.before },
      );
  }
}

function firmness(policy: Policy, category: string): number {
  const found = policy.categories.find((one) => one.id === resolved(policy, category));
  return found === undefined ? FIRMNESS.never : FIRMNESS[found.blocks];
}
