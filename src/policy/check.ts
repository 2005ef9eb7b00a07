/** Checks of the policy as a whole: declared names, allowed globs, labels, times and guards. */
import { findDocumentGlobProblem, findGlobProblem, findLinePatternProblem } from '../model/globs.ts';
import {
  type Category,
  CONSENT_WIDENING,
  GUIDE_QUESTIONS,
  type Policy,
  type Rule,
  type Step,
} from '../model/policy.ts';
import { type JsonPath, parsePath } from '../syntax/json-path.ts';
import type { TreePath } from '../syntax/yaml/yaml.ts';
import { isDefault } from './build.ts';
import { checkGuards } from './check-guards.ts';
import { messages, words } from './messages.ts';
import type { PolicyFile, WrittenLeadTime, WrittenPlainDocument, WrittenRule } from './policy-file.generated.ts';
import { listWritten } from './policy-file.ts';
import type { ProblemList } from './problems.ts';
import { matchesSomeSetting, SETTING_IDS } from './setting-ids.ts';

/** Notes problems of the policy beyond the form of its file. Their places are in the file, so only its content is checked. */
export function checkPolicy(policy: Policy, file: PolicyFile, preset: Policy | null, problems: ProblemList): void {
  const checker = new WordChecker(policy, file, problems);
  checkCategories(policy, file, problems, checker);
  checkSteps(file, checker);
  checkOmissions(policy.steps, file, problems);
  for (const [id, written] of Object.entries(file.rules ?? {})) checkRule(written, ['rules', id], checker, problems);
  for (const [id, { documents }] of Object.entries(file.citations ?? {}))
    checker.checkNames(documents, ['citations', id, 'documents'], 'publication');
  for (const key of ['watch', 'ignore', 'workflow'] as const) checker.checkGlobs(file[key], [key]);
  checkSweep(file, problems, checker);
  (file.documents ?? []).forEach((one, index) => {
    checkDocument(one, ['documents', index], checker, problems);
  });
  for (const [id, written] of Object.entries(file['not-needed'] ?? {})) {
    checker.checkNames(written.sources, ['not-needed', id, 'sources'], 'citation');
    checker.checkNames(written.unless, ['not-needed', id, 'unless'], 'category or step');
  }
  checkApprovers(policy, file, problems, checker);
  checkTimes(file, problems, checker);
  checkGuards(policy, file, preset, problems);
}

type NameKind =
  | 'category'
  | 'rule category'
  | 'step'
  | 'citation'
  | 'publication'
  | 'contact'
  | 'rule'
  | 'label'
  | 'list'
  | 'category or step';
type Written = string | readonly string[] | undefined;

/** Checks words of the file against the names that the policy declares. */
class WordChecker {
  readonly #declared: Readonly<Record<NameKind, readonly string[]>>;
  readonly #settings: readonly string[];
  readonly #problems: ProblemList;

  constructor(policy: Policy, file: PolicyFile, problems: ProblemList) {
    const listIds = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id);
    const category = listIds(policy.categories);
    const citation = listIds(policy.citations);
    this.#declared = {
      category,
      // The switch, only if it leads to a category.
      'rule category': [...category, ...(category.includes(policy.consentWidening) ? [CONSENT_WIDENING] : [])],
      step: listIds(policy.steps),
      'category or step': [...category, ...listIds(policy.steps)],
      citation,
      publication: [...new Set([...Object.keys(file.publications ?? {}), ...citation])],
      contact: listIds(policy.contacts),
      rule: listIds(policy.rules),
      list: Object.keys(policy.lists ?? {}),
      label: ['default', ...policy.categories.map(({ label }) => label), policy.breakGlass?.label].filter(
        (label) => typeof label === 'string',
      ),
    };
    this.#settings = [...Object.keys(SETTING_IDS), ...policy.documents.flatMap((one) => Object.keys(one.settings))];
    this.#problems = problems;
  }

  /** Notes the words that are not declared names of their kind. */
  checkNames(written: Written, path: TreePath, kind: NameKind, key = false): void {
    const known = this.#declared[kind];
    for (const { value, at } of listWritten(written, path)) {
      // GitHub compares labels without regard to case.
      const isKnown = (name: string) =>
        name === value || (kind === 'label' && name.toLowerCase() === value.toLowerCase());
      if (known.some(isKnown)) continue;
      const expected = known.length > 0 ? known.join(', ') : 'none is declared';
      const problem = messages.unknownName({ kind: kind.replace('rule category', 'category'), found: value, expected });
      this.#problems.add(problem, at, { word: value, known, key });
    }
  }

  checkGlobs(written: Written, path: TreePath, findProblem = findGlobProblem): void {
    for (const { value, at } of listWritten(written, path)) {
      const problem = findProblem(value);
      if (problem !== null) this.#problems.add(messages.badGlob({ found: value, reason: problem.message }), at);
    }
  }

  checkSettingPatterns(written: Written, path: TreePath): void {
    for (const { value, at } of listWritten(written, path)) {
      if (matchesSomeSetting(value, this.#settings)) continue;
      this.#problems.add(messages.unknownSetting({ found: value }), at, { word: value, known: this.#settings });
    }
  }
}

function checkSweep({ sweep }: PolicyFile, problems: ProblemList, checker: WordChecker): void {
  for (const key of ['exempt', 'opaque'] as const) checker.checkGlobs(sweep?.[key], ['sweep', key]);
  for (const [id, mark] of Object.entries(sweep?.marks ?? {})) {
    const path = ['sweep', 'marks', id];
    checker.checkNames(mark.category, [...path, 'category'], 'category');
    checker.checkSettingPatterns(mark.settings, [...path, 'settings']);
    checkLinePatterns(mark.patterns, [...path, 'patterns'], problems);
  }
  checkLinePatterns(sweep?.names, ['sweep', 'names'], problems);
}

function checkLinePatterns(written: readonly string[] | undefined, path: TreePath, problems: ProblemList): void {
  for (const { value, at } of listWritten(written, path)) {
    const problem = findLinePatternProblem(value);
    if (problem !== null) problems.add(messages.badLinePattern({ found: value, reason: problem.message }), at);
  }
}

function checkDocument(
  { files, requires, settings }: WrittenPlainDocument,
  path: TreePath,
  checker: WordChecker,
  problems: ProblemList,
): void {
  checker.checkGlobs(files, [...path, 'files'], findDocumentGlobProblem);
  for (const { value, at } of listWritten(requires, [...path, 'requires'])) checkPath(value, at, problems);
  for (const [id, setting] of Object.entries(settings)) checkSetting(id, setting, [...path, 'settings', id], problems);
}

type WrittenSetting = WrittenPlainDocument['settings'][string];

function checkSetting(id: string, setting: WrittenSetting, at: TreePath, problems: ProblemList): void {
  const { path, pointer, type, key, value, split, grants, absent } = setting;
  const isSet = type === 'set' || type === 'keys';
  if (path === undefined && pointer === undefined)
    problems.add(messages.missingKey({ what: `settings ${id}`, expected: 'path' }), at, { key: true });
  if (path !== undefined && pointer !== undefined) problems.add(messages.pathTwice({ found: id }), [...at, 'pointer']);
  if (path !== undefined || pointer !== undefined) {
    const where = path === undefined ? 'pointer' : 'path';
    const text = path ?? pointer ?? '';
    const parsed = checkPath(text, [...at, where], problems);
    const isFamily = id.endsWith('.*');
    if (parsed !== null && !fitsId(parsed, isFamily, isSet, key !== undefined))
      problems.add(messages.badPointer({ found: text }), [...at, where]);
  }
  const paths = [
    { within: typeof key === 'object' ? key.path : key, where: typeof key === 'object' ? ['key', 'path'] : ['key'] },
    { within: value, where: ['value'] },
  ];
  for (const { within, where } of paths)
    if (within?.startsWith('$') === true) checkPath(within, [...at, ...where], problems);
  if (key !== undefined && !id.endsWith('.*')) problems.add(messages.keyNoFamily({ found: id }), [...at, 'key']);
  if (value !== undefined && key === undefined && type !== 'set')
    problems.add(messages.valueNoEntries({ found: id }), [...at, 'value']);
  if (split !== undefined && type !== 'set') problems.add(messages.splitNoSet({ found: id }), [...at, 'split']);
  if (grants === true && !isSet) problems.add(messages.grantsNoSet({ found: id }), [...at, 'grants']);
  if (absent !== undefined && (!isSet || key !== undefined))
    problems.add(messages.absentNoSet({ found: id }), [...at, 'absent']);
}

/** A path that can find several values needs a set, or an id for several settings. A rest has one place. */
function fitsId({ steps }: JsonPath, isFamily: boolean, isSet: boolean, hasKey: boolean): boolean {
  const stars = (steps ?? []).filter((step) => step === null).length;
  if (hasKey) return true;
  if (isFamily) return stars === 1 && steps?.at(-1) === null && !isSet;
  return stars === 0 || isSet;
}

/** The path, or null if it is refused. */
function checkPath(text: string, at: TreePath, problems: ProblemList): JsonPath | null {
  const path = parsePath(text);
  if (!('problem' in path)) return path;
  problems.add(messages.badPath({ found: text, reason: words.paths[path.problem] }), at);
  return null;
}

function checkCategories(policy: Policy, file: PolicyFile, problems: ProblemList, checker: WordChecker): void {
  for (const [id, written] of Object.entries(file.categories ?? {})) {
    const path = ['categories', id];
    if (id === CONSENT_WIDENING) problems.add(messages.reservedName({ found: id }), path, { key: true });
    checker.checkNames(written.steps, [...path, 'steps'], 'step');
    checker.checkNames(written.before, [...path, 'before'], 'category');
  }
  for (const section of ['labels', 'lead-times'] as const)
    for (const id of Object.keys(file[section] ?? {})) checker.checkNames(id, [section, id], 'category', true);
  for (const one of policy.categories) checkLabel(one, file, problems);
  const asked = [...(policy.questions === undefined ? GUIDE_QUESTIONS : Object.keys(policy.questions))].sort();
  for (const { id, questions } of policy.categories) {
    if (Object.keys(questions).sort().join() === asked.join()) continue;
    const path = file.questions === undefined ? ['categories', id, 'questions'] : ['questions'];
    problems.add(messages.unansweredQuestion({ found: id, expected: asked.join(', ') }), path, { key: true });
  }
  const nothing = policy.categories.filter((one) => one.nothing);
  if (nothing.map((one) => one.blocks).join() !== 'never') {
    const found = nothing.map((one) => one.id).join(', ') || 'none';
    problems.add(messages.nothingCategory({ found }), ['categories'], { key: true });
  }
  if (policy.rules.some(usesSwitch)) checker.checkNames(file['consent-widening'], ['consent-widening'], 'category');
}

const usesSwitch = (rule: Rule): boolean => [rule.category, ...rule.also].includes(CONSENT_WIDENING);

/** The path of a category's label in the file. */
function findLabelPath(file: PolicyFile, id: string): TreePath {
  return Object.hasOwn(file.labels ?? {}, id) ? ['labels', id] : ['categories', id];
}

function checkLabel({ id, blocks, label }: Category, file: PolicyFile, problems: ProblemList): void {
  const path = findLabelPath(file, id);
  if (label !== null && isDefault(label)) problems.add(messages.labelDefault({ found: label }), path, { key: true });
  if (blocks === 'until-label') {
    if (label === null) problems.add(messages.labelMissing({ found: id }), path, { key: true });
  } else if (label !== null)
    problems.add(messages.labelImpossible({ found: id, reason: words.blocks[blocks] }), path, { key: true });
}

function checkSteps(file: PolicyFile, checker: WordChecker): void {
  for (const [id, written] of Object.entries(file.steps ?? {})) {
    const path = ['steps', id];
    checker.checkNames(written.contact, [...path, 'contact'], 'contact');
    checker.checkNames(written.sources, [...path, 'sources'], 'citation');
    checker.checkNames(written['omitted-with'], [...path, 'omitted-with'], 'step');
    checker.checkGlobs(written['when-files'], [...path, 'when-files']);
    checker.checkGlobs(written.evidence?.files, [...path, 'evidence', 'files']);
    checker.checkSettingPatterns(written.evidence?.settings, [...path, 'evidence', 'settings']);
  }
}

/** If steps omit each other, all of them would be missing. */
function checkOmissions(steps: readonly Step[], file: PolicyFile, problems: ProblemList): void {
  const omittedWith = new Map(steps.map((step) => [step.id, step.omittedWith ?? []]));
  const inCircles = findCircles(omittedWith);
  for (const id of Object.keys(file.steps ?? {}))
    if (inCircles.has(id)) problems.add(messages.omittedCircle({ found: id }), ['steps', id, 'omitted-with']);
}

/** The names from which the links lead back to a name that was passed already. */
function findCircles(links: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const open = new Map([...links].map(([id, others]) => [id, new Set(others.filter((other) => links.has(other)))]));
  const linking = new Map<string, string[]>();
  for (const [id, others] of open) for (const other of others) linking.set(other, [...(linking.get(other) ?? []), id]);
  const ended = [...open].flatMap(([id, others]) => (others.size === 0 ? [id] : []));
  for (const id of ended)
    for (const from of linking.get(id) ?? []) {
      const others = open.get(from);
      others?.delete(id);
      if (others?.size === 0) ended.push(from);
    }
  const free = new Set(ended);
  return new Set([...links.keys()].filter((id) => !free.has(id)));
}

function checkRule(written: WrittenRule, path: TreePath, checker: WordChecker, problems: ProblemList): void {
  checker.checkNames(written.category, [...path, 'category'], 'rule category');
  checker.checkNames(written.also, [...path, 'also'], 'rule category');
  checker.checkNames(written.sources, [...path, 'sources'], 'citation');
  checker.checkNames(written.steps?.add, [...path, 'steps', 'add'], 'step');
  checker.checkNames(written.steps?.without, [...path, 'steps', 'without'], 'step');
  checker.checkNames(written.before, [...path, 'before'], 'rule');
  if (written.when === 'anything') return;
  for (const { value, at } of listWritten(written.when, [...path, 'when'])) {
    checker.checkSettingPatterns(value.setting, [...at, 'setting']);
    checker.checkGlobs(value.file, [...at, 'file']);
    checker.checkNames(value.value?.in, [...at, 'value', 'in'], 'list');
    for (const facet of ['given', 'unless'] as const)
      for (const { value: circumstance, at: path } of listWritten(value[facet], [...at, facet])) {
        checker.checkSettingPatterns(circumstance.setting, [...path, 'setting']);
        checker.checkNames(circumstance.in, [...path, 'in'], 'list');
      }
    for (const day of [value.from, value.until])
      if (day !== undefined && !isDay(day)) problems.add(messages.badDate({ found: day }), at);
  }
}

function checkApprovers(policy: Policy, file: PolicyFile, problems: ProblemList, checker: WordChecker): void {
  const emergency = policy.breakGlass?.label;
  const isEmergency = (label: string | null): boolean => label?.toLowerCase() === emergency?.toLowerCase();
  const seen = new Map<string, string>();
  for (const label of Object.keys(file.approvers ?? {})) {
    const path = ['approvers', label];
    checker.checkNames(label, path, 'label', true);
    const other = seen.get(label.toLowerCase());
    if (other !== undefined) problems.add(messages.approverTwice({ found: label, other }), path, { key: true });
    seen.set(label.toLowerCase(), label);
    if (isEmergency(label)) problems.add(messages.approverEmergency({ found: label }), path, { key: true });
  }
  if (emergency === undefined) return;
  const findPath = (own: TreePath): TreePath => (file['break-glass'] === undefined ? own : ['break-glass', 'label']);
  const twice = policy.categories.find(({ label }) => label !== null && isEmergency(label));
  if (twice !== undefined)
    problems.add(messages.labelTwice({ found: emergency, other: twice.id }), findPath(findLabelPath(file, twice.id)));
  const proven = policy.steps.find(({ evidence }) => evidence.labels.some(isEmergency));
  if (proven !== undefined) {
    const written = file.steps?.[proven.id]?.evidence?.labels !== undefined;
    const path = written ? ['steps', proven.id, 'evidence', 'labels'] : findPath(['break-glass', 'label']);
    problems.add(messages.labelEvidence({ found: emergency, other: proven.id }), path);
  }
}

function checkTimes(file: PolicyFile, problems: ProblemList, checker: WordChecker): void {
  const check = (time: WrittenLeadTime | undefined, path: TreePath): void => {
    if (time === undefined) return;
    const { min, max, unit, words: inWords } = time;
    checker.checkNames(time.sources, [...path, 'sources'], 'citation');
    const hasNumber = min !== undefined || max !== undefined;
    if (hasNumber !== (unit !== undefined) || (!hasNumber && inWords === undefined))
      problems.add(messages.leadTimeForm(), path, { key: true });
    if (min !== undefined && max !== undefined && max < min)
      problems.add(messages.leadTimeOrder({ min, max }), [...path, 'max']);
  };
  for (const [id, time] of Object.entries(file['lead-times'] ?? {})) check(time, ['lead-times', id]);
  for (const section of ['categories', 'rules'] as const)
    for (const [id, one] of Object.entries(file[section] ?? {})) check(one['lead-time'], [section, id, 'lead-time']);
  const notice = file['slot-notice'];
  check(notice, ['slot-notice']);
  if (notice !== undefined && notice.min === undefined)
    problems.add(messages.missingKey({ what: 'slot-notice', expected: 'min' }), ['slot-notice'], { key: true });
  for (const key of ['add', 'remove'] as const)
    for (const { value, at } of listWritten(file.holidays?.[key], ['holidays', key]))
      if (!isDay(value)) problems.add(messages.badDate({ found: value }), at);
  const { office } = file;
  if (office === undefined) return;
  const timeZone = office['time-zone'];
  try {
    new Intl.DateTimeFormat('en-US', { timeZone });
  } catch {
    problems.add(messages.badTimeZone({ found: timeZone }), ['office', 'time-zone']);
  }
  if (office.closes <= office.opens) problems.add(messages.officeHours(office), ['office', 'closes']);
}

function isDay(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
