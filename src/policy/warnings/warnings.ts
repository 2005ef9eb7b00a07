/** Warnings about valid but dangerous or misleading parts of a policy. `policy check` shows all of them. */
import type { Change, ChangeKind } from '../../model/change.ts';
import { createPathMatcher } from '../../model/globs.ts';
import type { Condition, Policy, Rule } from '../../model/policy.ts';
import type { TreePath } from '../../syntax/yaml/yaml.ts';
import { classifyChange, isCatchAll, resolveCategory } from '../match.ts';
import type { PolicyFile, WrittenApprover, WrittenLeadTime } from '../policy-file.generated.ts';
import { listWritten } from '../policy-file.ts';
import type { ProblemList } from '../problems.ts';
import { warnOfDocuments } from './documents.ts';
import { messages, words } from './messages.ts';
import { findShadowedRules } from './shadowed.ts';

/** The surroundings of a policy in its repository. */
export interface Surroundings {
  /** Whether the gate's workflows set the input `team-token`. */
  readonly hasTeamToken: boolean;
}

/** A valid policy, its file, and the policy that it extends. */
export interface ReadPolicy extends Surroundings {
  readonly policy: Policy;
  readonly file: PolicyFile;
  readonly preset: Policy | null;
}

/** Notes every warning at its place in the file. Problems of the extended policy are not reported. */
export function findWarnings(read: ReadPolicy, problems: ProblemList): void {
  warnOfRules(read, problems);
  warnOfGlobs(read, problems);
  warnOfLabels(read, problems);
  warnOfApprovers(read, problems);
  warnOfTimes(read, problems);
  warnOfSteps(read, problems);
  warnOfUnused(read, problems);
  warnOfDocuments(read.file, problems);
  if (read.preset === null) warnOfMissingGuards(read, problems);
}

function blocks(policy: Policy, category: string): boolean {
  return policy.categories.find(({ id }) => id === resolveCategory(policy, category))?.blocks !== 'never';
}

/** Whether a rule's condition contains only settings, and matches any of them. */
function matchesEverySetting({ when }: Rule): boolean {
  return when.some(({ setting, ...rest }) => Object.keys(rest).length === 0 && (setting?.includes('*') ?? true));
}

function warnOfRules({ policy, file }: ReadPolicy, problems: ProblemList): void {
  const written = policy.rules.filter(({ id }) => file.rules?.[id] !== undefined);
  for (const rule of written) {
    const path = ['rules', rule.id];
    if (matchesEverySetting(rule) && !blocks(policy, rule.category))
      problems.add(messages.nothingBlocks({ found: rule.id }), path, { key: true });
    if (rule.guard === true && rule.enforcement === 'advisory')
      problems.add(messages.advisoryGuard({ found: rule.id }), path, { key: true });
    if (rule.when.every((condition) => isImpossible(policy, condition)))
      problems.add(messages.impossibleRule({ found: rule.id }), [...path, 'when']);
  }
  warnOfShadowedRules(policy, file, problems);
}

/** Whether no change can match: its kind has no such value, or no setting grants rights that widen or narrow. */
function isImpossible({ documents }: Policy, { kind, before, after, effect, setting }: Condition): boolean {
  const isOnly = (one: ChangeKind): boolean => kind?.every((found) => found === one) === true;
  if ((isOnly('added') && before !== undefined) || (isOnly('removed') && after !== undefined)) return true;
  const declared = new Map(documents.flatMap(({ settings }) => Object.entries(settings)));
  const grantsNone = (id: string): boolean => declared.get(id)?.grants === undefined && declared.has(id);
  return effect?.every((one) => one === 'widens' || one === 'narrows') === true && setting?.every(grantsNone) === true;
}

/** A rule of the file that never decides, or that leaves no change for others. Extended guards decide first. */
function warnOfShadowedRules(policy: Policy, file: PolicyFile, problems: ProblemList): void {
  const isWritten = (id: string): boolean => file.rules?.[id] !== undefined;
  const shadowed = findShadowedRules(policy.rules);
  for (const { id, by } of shadowed)
    if (isWritten(id))
      problems.add(messages.deadRule({ found: id, others: by.join(', ') }), ['rules', id], { key: true });
  const guards = new Set((policy.extended?.rules ?? []).filter(({ guard }) => guard === true).map(({ id }) => id));
  for (const rule of policy.rules.filter(({ id }) => isWritten(id))) {
    const others = shadowed.filter(({ id, by }) => !isWritten(id) && !guards.has(id) && by.includes(rule.id));
    if (others.length === 0) continue;
    const named = others.slice(0, MAX_NAMED).map(({ id }) => id);
    const found = messages.shadows({ found: rule.id, count: others.length, others: named.join(', ') });
    problems.add(found, ['rules', rule.id], { key: true });
  }
}

/** More shadowed rules than these are only counted. */
const MAX_NAMED = 5;

/** Paths of different depths and names: a glob that matches all of them matches everything. */
const SAMPLE_PATHS = ['a', 'b.json', 'src/c.xml', '.github/workflows/d.yml', 'e/f/g/h/i.properties'];

function warnOfGlobs({ policy, file }: ReadPolicy, problems: ProblemList): void {
  for (const { value, at } of listWritten(file.ignore, ['ignore']))
    if (SAMPLE_PATHS.every(createPathMatcher([value]))) problems.add(messages.ignoresEverything({ found: value }), at);
  if (policy.watch.length === 0) problems.add(messages.watchesNothing(), ['watch'], { key: true });
  const ignored = new Set(policy.ignore.map((glob) => glob.toLowerCase()));
  const documents = (file.documents ?? []).flatMap((one, index) =>
    listWritten(one.files, ['documents', index, 'files']),
  );
  const watching = [...listWritten(file.watch, ['watch']), ...documents];
  for (const { value, at } of watching)
    if (ignored.has(value.toLowerCase())) problems.add(messages.ignoresWatched({ found: value }), at);
  const evidence = Object.entries(file.steps ?? {}).flatMap(([id, step]) =>
    listWritten(step.evidence?.files, ['steps', id, 'evidence', 'files']),
  );
  const others = [...listWritten(file.ignore, ['ignore']), ...listWritten(file.workflow, ['workflow'])];
  for (const { value, at } of [...watching, ...others, ...evidence]) {
    const name = value.slice(value.lastIndexOf('/') + 1);
    if (/\[.*\]/.test(value)) problems.add(messages.globBrackets({ found: value }), at);
    else if (/^[a-z0-9_-]+$/.test(name)) problems.add(messages.globName({ found: value }), at);
  }
}

function warnOfLabels({ policy, file }: ReadPolicy, problems: ProblemList): void {
  for (const { id, label } of policy.categories) {
    const path = file.labels?.[id] !== undefined ? ['labels', id] : ['categories', id];
    const isWritten = file.labels?.[id] !== undefined || file.categories?.[id]?.label !== undefined;
    const same = policy.categories.filter((one) => label !== null && one.label === label).map((one) => one.id);
    if (label === null || !isWritten || same.length < 2) continue;
    problems.add(messages.labelShared({ found: label, others: same.join(', ') }), path, { key: true });
  }
}

function warnOfApprovers({ file, hasTeamToken }: ReadPolicy, problems: ProblemList): void {
  const warn = (found: string, written: WrittenApprover, path: TreePath): void => {
    const { role, users, teams, codeowners = false, approvals = 1 } = written;
    if (written['not-author'] === false) problems.add(messages.selfApproval({ found }), [...path, 'not-author']);
    if (role === 'read' || role === 'triage') problems.add(messages.lowRole({ found, role }), [...path, 'role']);
    const isEmpty = (users ?? teams) !== undefined && [...(users ?? []), ...(teams ?? [])].length === 0;
    if (isEmpty && role === undefined && !codeowners)
      problems.add(messages.noApprovers({ found }), path, { key: true });
    if (codeowners && ['read', 'triage', 'write'].includes(role ?? ''))
      problems.add(messages.ownersIncluded({ found, role: role ?? '' }), [...path, 'codeowners']);
    const isClosed = role === undefined && users !== undefined && users.length > 0 && !codeowners && !teams?.length;
    if (isClosed && users.length < approvals)
      problems.add(messages.tooFewApprovers({ found, people: users.length, approvals }), [...path, 'approvals']);
    if (teams?.[0] !== undefined && !hasTeamToken)
      problems.add(messages.noTeamToken({ found: teams[0] }), [...path, 'teams', 0]);
  };
  for (const [label, written] of Object.entries(file.approvers ?? {})) warn(label, written, ['approvers', label]);
  const glass = file['break-glass'];
  if (glass !== undefined) warn(glass.label, glass.approvers, ['break-glass', 'approvers']);
}

function warnOfTimes({ file }: ReadPolicy, problems: ProblemList): void {
  const warn = (time: WrittenLeadTime | undefined, path: TreePath): void => {
    if (time?.max === 0) problems.add(messages.leadTimeZero(), path);
  };
  for (const [id, time] of Object.entries(file['lead-times'] ?? {})) warn(time, ['lead-times', id]);
  for (const section of ['categories', 'rules'] as const)
    for (const [id, one] of Object.entries(file[section] ?? {})) warn(one['lead-time'], [section, id, 'lead-time']);
}

function warnOfSteps({ policy, file, preset }: ReadPolicy, problems: ProblemList): void {
  for (const [id, { steps }] of Object.entries(file.categories ?? {})) {
    const former = preset?.categories.find((one) => one.id === id)?.steps ?? [];
    if (steps?.length === 0 && former.length > 0)
      problems.add(messages.noSteps({ found: id }), ['categories', id, 'steps']);
  }
  for (const { id, category, withoutSteps, addSteps } of policy.rules) {
    if (file.rules?.[id]?.steps?.without === undefined || addSteps.length > 0) continue;
    const asked = policy.categories.find((one) => one.id === resolveCategory(policy, category))?.steps ?? [];
    if (asked.length > 0 && asked.every((step) => withoutSteps.includes(step)))
      problems.add(messages.noSteps({ found: id }), ['rules', id, 'steps', 'without']);
  }
}

/** Unused categories and steps of the file. */
function warnOfUnused({ policy, file }: ReadPolicy, problems: ProblemList): void {
  const { rules, categories, steps, sweep } = policy;
  const usedCategories = [
    ...rules.flatMap(({ category, also }) => [category, ...also]),
    ...(sweep?.marks ?? []).map((mark) => mark.category ?? ''),
  ];
  const used = new Set(usedCategories.map((id) => resolveCategory(policy, id)));
  const asked = new Set([...categories.flatMap((one) => one.steps), ...rules.flatMap(({ addSteps }) => addSteps)]);
  const conditions = rules.flatMap(({ when }) => when);
  const tests = conditions.flatMap(({ value = {}, given = [], unless = [] }) => [value, ...given, ...unless]);
  const usedLists = new Set(tests.flatMap((test) => test.in?.lists ?? []));
  for (const id of Object.keys(file.lists ?? {}))
    if (!usedLists.has(id)) problems.add(messages.unused({ kind: 'list', found: id }), ['lists', id], { key: true });
  for (const { id, nothing } of categories)
    if (file.categories?.[id] !== undefined && !nothing && !used.has(id))
      problems.add(messages.unused({ kind: 'category', found: id }), ['categories', id], { key: true });
  for (const { id, whenFiles = [] } of steps)
    if (file.steps?.[id] !== undefined && !asked.has(id) && whenFiles.length === 0)
      problems.add(messages.unused({ kind: 'step', found: id }), ['steps', id], { key: true });
}

const SECRET: Change = {
  file: 'a',
  setting: 'secret',
  kind: 'added',
  effect: 'neutral',
  before: null,
  after: null,
  location: null,
  traits: [],
  document: { format: 'plain', role: 'registered', environment: 'none', part: null, state: 'existing' },
};
const { document: DOCUMENT } = SECRET;

/** Whether a value that the policy cannot evaluate is left to a rule that does not block. */
function passesUnresolved(policy: Policy, setting: string): boolean {
  const kinds: readonly ChangeKind[] = ['added', 'modified', 'removed'];
  return kinds.some((kind) => {
    const change: Change = {
      ...SECRET,
      setting,
      kind,
      effect: 'unknown',
      traits: ['unresolved'],
      before: '',
      after: '',
    };
    const { rule, category } = classifyChange(policy, change);
    return !blocks(policy, category) || rule.enforcement === 'advisory';
  });
}

/** A change for each of the guards that every policy needs. */
const GUARD_EXAMPLES: Readonly<Record<Exclude<keyof typeof words, 'unresolved'>, Change>> = {
  secret: SECRET,
  unreadable: {
    ...SECRET,
    setting: 'document',
    effect: 'unknown',
    traits: ['unresolved'],
    document: { ...DOCUMENT, format: 'unreadable', state: 'unreadable' },
  },
  governance: {
    ...SECRET,
    setting: 'policy',
    document: { ...DOCUMENT, format: 'governance', role: 'governance' },
  },
  removed: {
    ...SECRET,
    setting: 'document',
    kind: 'removed',
    effect: 'unknown',
    document: { ...DOCUMENT, state: 'removed' },
  },
};

/** A standalone policy has only its own guards. */
function warnOfMissingGuards({ policy }: ReadPolicy, problems: ProblemList): void {
  if (policy.documents.some(({ settings }) => Object.keys(settings).some((id) => passesUnresolved(policy, id))))
    problems.add(messages.guardMissing({ found: words.unresolved }), ['rules'], { key: true });
  // A rule that tests other settings is an exception. It is not a guard, and it does not hide one.
  const rules = policy.rules.filter(({ when }) => !when.every(({ given, unless }) => given ?? unless));
  const unconditional: Policy = { ...policy, rules };
  for (const [name, change] of Object.entries(GUARD_EXAMPLES)) {
    const { rule, category } = classifyChange(unconditional, change);
    if (isCatchAll(rule) || !blocks(policy, category) || rule.enforcement === 'advisory')
      problems.add(messages.guardMissing({ found: words[name as keyof typeof words] }), ['rules'], { key: true });
  }
}
