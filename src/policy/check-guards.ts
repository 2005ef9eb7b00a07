/** Checks that no policy passes changes without review that the built-in guards block. */
import type { Message } from '../model/messages.ts';
import type { Category, Policy } from '../model/policy.ts';
import type { TreePath } from '../syntax/yaml/yaml.ts';
import { countGuardsAtTop } from './build-rules.ts';
import { isCatchAll, resolveCategory } from './match.ts';
import { messages } from './messages.ts';
import type { PolicyFile } from './policy-file.generated.ts';
import type { ProblemList } from './problems.ts';

const BLOCKING_RANKS: Readonly<Record<Category['blocks'], number>> = { never: 0, 'until-label': 1, always: 2 };

/** Notes every loosened guard or category, and a missing catch-all rule. */
export function checkGuards(policy: Policy, file: PolicyFile, preset: Policy | null, problems: ProblemList): void {
  checkCatchAll(policy, problems);
  if (preset === null) return;
  checkCategoriesKept(policy, preset, problems);
  checkGuardsKept(policy, file, preset, problems);
  checkGuardPositions(file, preset, problems);
}

function checkCatchAll(policy: Policy, problems: ProblemList): void {
  const last = policy.rules.at(-1);
  const catchesAll =
    last !== undefined &&
    isCatchAll(last) &&
    rankBlocking(policy, last.category) !== BLOCKING_RANKS.never &&
    last.enforcement !== 'advisory';
  if (!catchesAll)
    problems.add(messages.noCatchAll(), last === undefined ? ['rules'] : ['rules', last.id], { key: true });
}

function checkCategoriesKept(policy: Policy, preset: Policy, problems: ProblemList): void {
  for (const { id, blocks } of policy.categories)
    if (blocks !== 'always' && preset.categories.find((one) => one.id === id)?.blocks === 'always')
      problems.add(messages.categoryLoosened({ found: id }), ['categories', id], { key: true });
}

function checkGuardsKept(policy: Policy, file: PolicyFile, preset: Policy, problems: ProblemList): void {
  for (const { id, category, guard } of preset.rules) {
    if (guard !== true) continue;
    const written = file.rules?.[id];
    const refuse = (path: TreePath, { message: reason }: Message): void => {
      problems.add(messages.guard({ found: id, reason }), path, { key: true });
    };
    if (written?.when !== undefined) refuse(['rules', id, 'when'], messages.guardWhen());
    if (written?.enforcement === 'advisory' || written?.guard === false)
      refuse(['rules', id, 'enforcement'], messages.guardAdvisory());
    const was = rankBlocking(preset, category);
    if (rankBlocking(policy, written?.category ?? category) >= was) continue;
    if (written?.category !== undefined) refuse(['rules', id, 'category'], messages.guardCategory());
    else if (was === BLOCKING_RANKS['until-label'])
      refuse(['categories', category, 'blocks'], messages.guardCategory());
  }
}

/** New rules come after the guards at the top. */
function checkGuardPositions(file: PolicyFile, preset: Policy, problems: ProblemList): void {
  const guards = preset.rules.slice(0, countGuardsAtTop(preset.rules));
  for (const [id, { before }] of Object.entries(file.rules ?? {})) {
    const passed = guards.find((rule) => rule.id === before);
    if (passed === undefined) continue;
    const reason = messages.guardPassed().message;
    problems.add(messages.guard({ found: passed.id, reason }), ['rules', id, 'before']);
  }
}

function rankBlocking(policy: Policy, category: string): number {
  const blocks = policy.categories.find((one) => one.id === resolveCategory(policy, category))?.blocks;
  return BLOCKING_RANKS[blocks ?? 'never'];
}
