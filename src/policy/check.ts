/** What only the whole policy can say: names that must be known, globs that are allowed, promises that must be kept. */
import { globProblem, MAX_GLOB_ALTERNATIVES, MAX_GLOB_CHARS } from '../model/globs.ts';
import { type Category, CONSENT_WIDENING, type PlainDocument, type Policy, type Rule } from '../model/policy.ts';
import { quoteExcerpt } from '../syntax/schema-problems.ts';
import type { TreePath } from '../syntax/yaml/yaml.ts';
import { checkGuards } from './check-guards.ts';
import type { PolicyFile, WrittenCondition, WrittenLeadTime, WrittenRule } from './policy-file.generated.ts';
import { asList } from './policy-file.ts';
import { type ProblemList, sentence } from './problems.ts';
import { meetsSomeSetting, SETTING_IDS } from './setting-ids.ts';

/** Notes what is wrong with the policy beyond the form of its file. Places are those of the file, so only what it says is judged. */
export function checkPolicy(policy: Policy, file: PolicyFile, preset: Policy | null, problems: ProblemList): void {
  const names = new Names(policy, problems);
  checkCategories(policy, file, problems, names);
  checkSteps(file, names);
  for (const [id, written] of Object.entries(file.rules ?? {})) checkRule(written, ['rules', id], names);
  for (const [id, { documents }] of Object.entries(file.citations ?? {}))
    names.each(documents, ['citations', id, 'documents'], 'publication', names.publications(file));
  for (const key of ['watch', 'ignore', 'workflow'] as const) names.globs(file[key], [key]);
  (file.documents ?? []).forEach((one, index) => {
    names.globs(one.files, ['documents', index, 'files']);
    checkPointers(one.settings, ['documents', index, 'settings'], problems);
  });
  checkApprovers(policy, file, problems, names);
  checkTimes(file, problems, names);
  checkGuards(policy, file, preset, problems);
}

/** The names that a policy declares, and the check that a word is one of them. */
class Names {
  readonly categories: readonly string[];
  /** What a rule's category may be: the switch only where it leads to one. */
  readonly ruleCategories: readonly string[];
  readonly steps: readonly string[];
  readonly sources: readonly string[];
  readonly contacts: readonly string[];
  readonly rules: readonly string[];
  readonly settings: readonly string[];
  readonly #problems: ProblemList;

  constructor(policy: Policy, problems: ProblemList) {
    this.categories = policy.categories.map((one) => one.id);
    const switched = this.categories.includes(policy.consentWidening) ? [CONSENT_WIDENING] : [];
    this.ruleCategories = [...this.categories, ...switched];
    this.steps = policy.steps.map((one) => one.id);
    this.sources = policy.citations.map((one) => one.id);
    this.contacts = policy.contacts.map((one) => one.id);
    this.rules = policy.rules.map((one) => one.id);
    this.settings = [...Object.keys(SETTING_IDS), ...policy.documents.flatMap((one) => Object.keys(one.settings))];
    this.#problems = problems;
  }

  publications(file: PolicyFile): readonly string[] {
    return [...new Set([...Object.keys(file.publications ?? {}), ...this.sources])];
  }

  one(word: string | undefined, path: TreePath, kind: string, known: readonly string[], key = false): void {
    if (word === undefined || known.includes(word)) return;
    const expected = known.length > 0 ? known.join(', ') : 'none is declared';
    this.#problems.add('policy-unknown-name', path, { kind, expected }, { found: word, known, key });
  }

  each(words: readonly string[] | undefined, path: TreePath, kind: string, known: readonly string[]): void {
    (words ?? []).forEach((word, index) => {
      this.one(word, [...path, index], kind, known);
    });
  }

  globs(globs: string | readonly string[] | undefined, path: TreePath): void {
    if (globs === undefined) return;
    asList(globs).forEach((glob, index) => {
      const problem = globProblem(glob);
      if (problem === null) return;
      const limit = problem === 'glob-too-many' ? MAX_GLOB_ALTERNATIVES : MAX_GLOB_CHARS;
      const place = Array.isArray(globs) ? [...path, index] : path;
      this.#problems.add('policy-bad-glob', place, { found: quoteExcerpt(glob), reason: sentence(problem, { limit }) });
    });
  }

  settingPatterns(patterns: string | readonly string[] | undefined, path: TreePath): void {
    if (patterns === undefined) return;
    asList(patterns).forEach((pattern, index) => {
      if (meetsSomeSetting(pattern, this.settings)) return;
      const place = Array.isArray(patterns) ? [...path, index] : path;
      this.#problems.add('policy-unknown-setting', place, {}, { found: pattern, known: this.settings });
    });
  }
}

/** A star in a pointer finds several values, so it needs a set, or an id that stands for several settings. */
function checkPointers(settings: PlainDocument['settings'], path: TreePath, problems: ProblemList): void {
  for (const [id, { pointer, type, grants }] of Object.entries(settings)) {
    const family = id.endsWith('.*');
    const stars = pointer.split('/').filter((token) => token === '*').length;
    const fits = family ? stars === 1 && pointer.endsWith('/*') && type !== 'set' : stars === 0 || type === 'set';
    if (!fits) problems.add('policy-bad-pointer', [...path, id, 'pointer'], {}, { found: pointer });
    if (grants === true && type !== 'set')
      problems.add('policy-grants-no-set', [...path, id, 'grants'], {}, { found: id });
  }
}

function checkCategories(policy: Policy, file: PolicyFile, problems: ProblemList, names: Names): void {
  for (const [id, written] of Object.entries(file.categories ?? {})) {
    const path = ['categories', id];
    if (id === CONSENT_WIDENING) problems.add('policy-reserved-name', path, {}, { found: id, key: true });
    names.each(written.steps, [...path, 'steps'], 'step', names.steps);
    names.one(written.before, [...path, 'before'], 'category', names.categories);
  }
  for (const section of ['labels', 'lead-times'] as const)
    for (const id of Object.keys(file[section] ?? {})) names.one(id, [section, id], 'category', names.categories, true);
  for (const one of policy.categories) checkLabel(one, file, problems);
  const nothing = policy.categories.filter((one) => one.nothing);
  if (nothing.map((one) => one.blocks).join() !== 'never')
    problems.add(
      'policy-nothing-category',
      ['categories'],
      { found: nothing.map((one) => one.id).join(', ') || 'none' },
      { key: true },
    );
  if (policy.rules.some(usesSwitch))
    names.one(file['consent-widening'], ['consent-widening'], 'category', names.categories);
}

const usesSwitch = (rule: Rule): boolean => [rule.category, ...rule.also].includes(CONSENT_WIDENING);

/** Where the file says which label a category has. */
function labelPath(file: PolicyFile, id: string): TreePath {
  return Object.hasOwn(file.labels ?? {}, id) ? ['labels', id] : ['categories', id];
}

function checkLabel(one: Category, file: PolicyFile, problems: ProblemList): void {
  const path = labelPath(file, one.id);
  if (one.blocks === 'until-label') {
    if (one.label === null) problems.add('policy-label-missing', path, {}, { found: one.id, key: true });
  } else if (one.label !== null) {
    const reason = sentence(one.blocks === 'never' ? 'blocks-never' : 'blocks-always');
    problems.add('policy-label-impossible', path, { reason }, { found: one.id, key: true });
  }
}

function checkSteps(file: PolicyFile, names: Names): void {
  for (const [id, written] of Object.entries(file.steps ?? {})) {
    const path = ['steps', id];
    names.one(written.contact, [...path, 'contact'], 'contact', names.contacts);
    names.each(written.sources, [...path, 'sources'], 'citation', names.sources);
    names.each(written['omitted-with'], [...path, 'omitted-with'], 'step', names.steps);
    names.globs(written.evidence?.files, [...path, 'evidence', 'files']);
    names.settingPatterns(written.evidence?.settings, [...path, 'evidence', 'settings']);
  }
}

function checkRule(written: WrittenRule, path: TreePath, names: Names): void {
  names.one(written.category, [...path, 'category'], 'category', names.ruleCategories);
  names.each(written.also, [...path, 'also'], 'category', names.ruleCategories);
  names.each(written.sources, [...path, 'sources'], 'citation', names.sources);
  names.each(written.steps?.add, [...path, 'steps', 'add'], 'step', names.steps);
  names.each(written.steps?.without, [...path, 'steps', 'without'], 'step', names.steps);
  names.one(written.before, [...path, 'before'], 'rule', names.rules);
  if (written.when === undefined || written.when === 'anything') return;
  const listed = Array.isArray(written.when);
  asList(written.when as WrittenCondition | readonly WrittenCondition[]).forEach((condition, index) => {
    const place = listed ? [...path, 'when', index] : [...path, 'when'];
    names.settingPatterns(condition.setting, [...place, 'setting']);
    names.globs(condition.file, [...place, 'file']);
  });
}

function checkApprovers(policy: Policy, file: PolicyFile, problems: ProblemList, names: Names): void {
  const labels = policy.categories.flatMap((one) => (one.label === null ? [] : [one.label]));
  const emergency = policy.breakGlass?.label ?? null;
  const known = ['default', ...labels, ...(emergency === null ? [] : [emergency])];
  for (const label of Object.keys(file.approvers ?? {}))
    if (!known.some((one) => one.toLowerCase() === label.toLowerCase()))
      names.one(label, ['approvers', label], 'label', known, true);
  const twice = policy.categories.find((one) => one.label?.toLowerCase() === emergency?.toLowerCase());
  if (emergency !== null && twice !== undefined) {
    const path = file['break-glass'] === undefined ? labelPath(file, twice.id) : ['break-glass', 'label'];
    problems.add('policy-label-twice', path, { other: twice.id }, { found: emergency });
  }
}

function checkTimes(file: PolicyFile, problems: ProblemList, names: Names): void {
  const check = (time: WrittenLeadTime | undefined, path: TreePath): void => {
    if (time === undefined) return;
    names.each(time.sources, [...path, 'sources'], 'citation', names.sources);
    if (time.max < time.min) problems.add('policy-lead-time-order', [...path, 'max'], { min: time.min, max: time.max });
  };
  for (const [id, time] of Object.entries(file['lead-times'] ?? {})) check(time, ['lead-times', id]);
  for (const [id, one] of Object.entries(file.categories ?? {}))
    check(one['lead-time'], ['categories', id, 'lead-time']);
  for (const [id, one] of Object.entries(file.rules ?? {})) check(one['lead-time'], ['rules', id, 'lead-time']);
  check(file['slot-notice'], ['slot-notice']);
  for (const key of ['add', 'remove'] as const)
    (file.holidays?.[key] ?? []).forEach((date, index) => {
      if (!isDay(date)) problems.add('policy-bad-date', ['holidays', key, index], {}, { found: date });
    });
  const office = file.office;
  if (office === undefined) return;
  const timeZone = office['time-zone'];
  try {
    new Intl.DateTimeFormat('en-US', { timeZone });
  } catch {
    problems.add('policy-bad-time-zone', ['office', 'time-zone'], {}, { found: timeZone });
  }
  if (office.closes <= office.opens) problems.add('policy-office-hours', ['office', 'closes'], { ...office });
}

function isDay(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
