/** Applies a policy file to the policy it extends. Missing values are noted and filled with harmless ones. */
import { sortByKey } from '../model/lists.ts';
import {
  type ApproverRule,
  type Category,
  type Citation,
  type Contact,
  GUIDE_POLICY,
  type Holidays,
  type NotNeeded,
  type Phase,
  type PlainDocument,
  type PlainSetting,
  type Policy,
  type PolicyWords,
  type Step,
  type Sweep,
} from '../model/policy.ts';
import type { TreePath } from '../syntax/yaml/yaml.ts';
import { buildRules } from './build-rules.ts';
import { buildLists } from './conditions/build-conditions.ts';
import { type Added, insertAdded } from './insert-added.ts';
import { messages } from './messages.ts';
import type {
  PolicyFile,
  WrittenApprover,
  WrittenCategory,
  WrittenPlainDocument,
  WrittenStep,
} from './policy-file.generated.ts';
import { buildLeadTime } from './policy-file.ts';
import type { ProblemList } from './problems.ts';

const EMPTY: Policy = {
  name: '',
  title: '',
  categories: [],
  steps: [],
  rules: [],
  citations: [],
  contacts: [],
  watch: [],
  ignore: [],
  workflow: [],
  approvers: {},
  consentWidening: 'configuration',
  consentReadings: {},
  requiredSteps: 'advisory',
  merge: 'after-review',
  holidays: { calendar: 'us-federal', add: [], remove: [] },
  office: { timeZone: 'UTC', opens: '09:00', closes: '17:00' },
  slotNotice: null,
  notNeeded: [],
  breakGlass: null,
  documents: [],
};

/** The questions of a policy without `extends` and without questions. */
const NEUTRAL_QUESTIONS: Policy['questions'] = {
  configuration: {
    text: 'Does anything change that is reviewed?',
    yes: '{names}.',
    no: 'Nothing changes that is reviewed.',
  },
  workflow: {
    text: 'Does anything change for users?',
    yes: 'The policy says that users meet {names}.',
    no: 'No change that the policy knows concerns users.',
  },
};

/** Builds the policy of the file and notes missing parts. `checkPolicy` checks names and globs. */
export function buildPolicy(file: PolicyFile, preset: Policy | null, problems: ProblemList): Policy {
  const base = preset ?? EMPTY;
  const categories = buildCategories(file, base, problems);
  const renamed = findRenamedLabels(base, categories);
  const documents = (file.documents ?? []).map(buildDocument);
  const lists = buildLists(file, base, problems);
  const breakGlass = file['break-glass'];
  const questions =
    file.questions ?? base.questions ?? (preset === null && file.name !== GUIDE_POLICY ? NEUTRAL_QUESTIONS : undefined);
  const isStandalone = preset === null ? file.name !== GUIDE_POLICY : preset.isStandalone === true;
  const words = buildWords(file, base);
  const unrecognized = file.unrecognized ?? (preset === null ? 'unknown' : preset.unrecognized);
  return {
    name: file.name ?? base.name,
    title: file.title ?? base.title,
    categories,
    steps: buildSteps(file, base, renamed, problems),
    rules: buildRules(file, base, lists, problems),
    ...(Object.keys(lists).length === 0 ? {} : { lists }),
    citations: buildCitations(file, base),
    contacts: buildContacts(file, base),
    watch: [...base.watch, ...(file.watch ?? []), ...documents.flatMap((one) => one.files)],
    ignore: [...base.ignore, ...(file.ignore ?? [])],
    workflow: [...base.workflow, ...(file.workflow ?? [])],
    approvers: buildApprovers(file, base, categories, renamed),
    consentWidening: file['consent-widening'] ?? base.consentWidening,
    consentReadings: { ...base.consentReadings, ...file['consent-readings'] },
    requiredSteps: file['required-steps'] ?? base.requiredSteps,
    merge: file.merge ?? base.merge,
    holidays: buildHolidays(file, base),
    office:
      file.office === undefined
        ? base.office
        : { timeZone: file.office['time-zone'], opens: file.office.opens, closes: file.office.closes },
    slotNotice: file['slot-notice'] === undefined ? base.slotNotice : buildLeadTime(file['slot-notice']),
    notNeeded: buildNotNeeded(file, base),
    breakGlass:
      breakGlass === undefined
        ? base.breakGlass
        : {
            label: breakGlass.label,
            approvers: buildApprover(breakGlass.approvers),
            expiresAfterHours: breakGlass['expires-after-hours'],
          },
    documents: [...base.documents, ...documents],
    ...findExtended(file, preset),
    ...(base.shared === undefined ? {} : { shared: base.shared }),
    ...(unrecognized === 'unknown' ? { unrecognized } : {}),
    ...((file['request-reviewers'] ?? base.requestReviewers) ? { requestReviewers: true } : {}),
    ...buildSweep(file, base),
    ...(questions === undefined ? {} : { questions }),
    ...(words === undefined ? {} : { words }),
    ...(isStandalone ? { isStandalone } : {}),
  };
}

function buildWords({ words }: PolicyFile, base: Policy): PolicyWords | undefined {
  if (words === undefined) return base.words;
  const { product, platform, status, 'request-subject': requestSubject, 'request-greeting': requestGreeting } = words;
  return {
    ...base.words,
    ...(product === undefined ? {} : { product }),
    ...(platform === undefined ? {} : { platform }),
    ...(status === undefined ? {} : { status }),
    ...(requestSubject === undefined ? {} : { requestSubject }),
    ...(requestGreeting === undefined ? {} : { requestGreeting }),
  };
}

const NEW_SWEEP: Sweep = { marks: [], names: [], privateKeys: false, exempt: [], opaque: [] };

/** Everything is added, also to a mark of the same id, so that no policy searches for less than the one that it extends. */
function buildSweep({ sweep }: PolicyFile, base: Policy): Pick<Policy, 'sweep'> {
  if (sweep === undefined) return base.sweep === undefined ? {} : { sweep: base.sweep };
  const former = base.sweep ?? NEW_SWEEP;
  const marks = new Map(former.marks.map((mark) => [mark.id, mark]));
  for (const [id, mark] of Object.entries(sweep.marks ?? {})) {
    const { patterns = [], settings = [], category = null } = marks.get(id) ?? {};
    marks.set(id, {
      id,
      category,
      ...mark,
      patterns: [...patterns, ...(mark.patterns ?? [])],
      settings: [...settings, ...(mark.settings ?? [])],
    });
  }
  return {
    sweep: {
      marks: [...marks.values()],
      names: [...former.names, ...(sweep.names ?? [])],
      privateKeys: sweep['private-keys'] ?? former.privateKeys,
      exempt: [...former.exempt, ...(sweep.exempt ?? [])],
      opaque: [...former.opaque, ...(sweep.opaque ?? [])],
    },
  };
}

/** The rules that the file extends. Only the file's own rules could be before guards. */
function findExtended(file: PolicyFile, preset: Policy | null): Pick<Policy, 'extended'> {
  if (preset === null) return {};
  const { rules, extended } = preset;
  const further = extended === undefined ? {} : { extended };
  return Object.keys(file.rules ?? {}).length === 0 ? further : { extended: { rules, ...further } };
}

function buildDocument({ settings, ...written }: WrittenPlainDocument): PlainDocument {
  const built = Object.entries(settings).map(([id, { path, pointer, key, ...setting }]): [string, PlainSetting] => {
    return [id, { ...setting, pointer: path ?? pointer ?? '', ...buildKey(key) }];
  });
  return { ...written, requires: written.requires ?? [], settings: Object.fromEntries(built) };
}

function buildKey(key: WrittenPlainDocument['settings'][string]['key']): Pick<PlainSetting, 'key' | 'keySplit'> {
  if (key === undefined) return {};
  return typeof key === 'string' ? { key } : { key: key.path ?? '', keySplit: key.split };
}

/** Notes the keys that a new entry lacks. */
function requireKeys(entry: object, keys: readonly string[], path: TreePath, problems: ProblemList): void {
  for (const key of keys)
    if (!Object.hasOwn(entry, key))
      problems.add(messages.missingKey({ what: path.join(' '), expected: key }), path, { key: true });
}

function buildCategories(file: PolicyFile, base: Policy, problems: ProblemList): readonly Category[] {
  const categories = [...base.categories];
  const added: Added<Category>[] = [];
  for (const [id, written] of Object.entries(file.categories ?? {})) {
    const index = categories.findIndex((category) => category.id === id);
    const before = categories[index];
    const path = ['categories', id];
    if (before !== undefined) {
      if (written.before !== undefined) problems.add(messages.beforeOrder({ found: id }), [...path, 'before']);
      categories[index] = buildCategory(id, written, before);
      continue;
    }
    requireKeys(written, ['title', 'blocks', 'questions'], path, problems);
    added.push({ entry: buildCategory(id, written, null), before: written.before, path });
  }
  const harmless = categories.findIndex(({ blocks }) => blocks === 'never');
  const all = insertAdded(categories, added, harmless < 0 ? categories.length : harmless, problems).map((one) => ({
    ...one,
    label: convertEntry(file.labels, one.id, (label) => label) ?? one.label,
    leadTime: convertEntry(file['lead-times'], one.id, buildLeadTime) ?? one.leadTime,
  }));
  // GitHub compares label names without regard to case: a label has one spelling in a policy.
  const writtenLabels = new Map(all.toReversed().map(({ label }) => [label?.toLowerCase(), label]));
  return all.map((one) => ({ ...one, label: writtenLabels.get(one.label?.toLowerCase()) ?? null }));
}

/** The entry of a map for an id, converted; null if there is none. */
function convertEntry<Written, Made>(
  map: Readonly<Record<string, Written>> | undefined,
  id: string,
  make: (written: Written) => Made,
): Made | null {
  const written = map !== undefined && Object.hasOwn(map, id) ? map[id] : undefined;
  return written === undefined ? null : make(written);
}

const NEW_CATEGORY: Omit<Category, 'id' | 'title'> = {
  label: null,
  blocks: 'until-label',
  attests: null,
  leadTime: null,
  steps: [],
  questions: { configuration: 'unknown', workflow: 'unknown' },
  unpublished: [],
  nothing: false,
};

function buildCategory(
  id: string,
  { 'lead-time': time, before, ...written }: WrittenCategory,
  base: Category | null,
): Category {
  const own = time === undefined ? {} : { leadTime: buildLeadTime(time) };
  return { id, title: id, ...NEW_CATEGORY, ...base, ...written, ...own };
}

/** A renamed label closes the steps that the old one closed, and needs the same approvers. */
type RenamedLabels = ReadonlyMap<string | null | undefined, string | null>;

function findRenamedLabels(base: Policy, categories: readonly Category[]): RenamedLabels {
  const findFormerLabel = (id: string): string | null | undefined =>
    base.categories.find((one) => one.id === id)?.label;
  return new Map(categories.map(({ id, label }) => [findFormerLabel(id), label]));
}

function buildSteps(file: PolicyFile, base: Policy, renamed: RenamedLabels, problems: ProblemList): readonly Step[] {
  const steps = new Map<string, Step>(
    base.steps.map((one) => {
      const labels = one.evidence.labels.map((label) => renamed.get(label) ?? label);
      return [one.id, { ...one, evidence: { ...one.evidence, labels } }];
    }),
  );
  for (const [id, written] of Object.entries(file.steps ?? {})) {
    const before = steps.get(id) ?? null;
    if (before === null) requireKeys(written, ['title', 'text', 'who'], ['steps', id], problems);
    steps.set(id, buildStep(id, written, before));
  }
  return sortByKey([...steps.values()], ({ phase }) => [PHASES.indexOf(phase)]);
}

/** The order of steps. Steps of one phase keep the order of their declaration. */
const PHASES: readonly Phase[] = ['before-review', 'review', 'push', 'after-push'];

const NEW_STEP: Omit<Step, 'id' | 'title' | 'text' | 'who'> = {
  phase: 'before-review',
  required: true,
  contact: null,
  document: null,
  sources: [],
  evidence: { files: [], settings: [], labels: [] },
  request: false,
};

function buildStep(
  id: string,
  { 'omitted-with': omittedWith, 'when-files': whenFiles, ...written }: WrittenStep,
  base: Step | null,
): Step {
  const step = { id, title: id, text: id, who: id, ...NEW_STEP, ...base };
  return {
    ...step,
    ...written,
    evidence: { ...step.evidence, ...written.evidence },
    ...(omittedWith === undefined ? {} : { omittedWith }),
    ...(whenFiles === undefined ? {} : { whenFiles }),
  };
}

/** Citations by id, then the documents themselves, which a rule may name too. */
function buildCitations(file: PolicyFile, base: Policy): readonly Citation[] {
  const citations = new Map<string, Citation>(base.citations.map((one) => [one.id, one]));
  const publications = file.publications ?? {};
  const findUrl = (tag: string): string | null => publications[tag]?.url ?? citations.get(tag)?.url ?? null;
  for (const [id, { text, documents }] of Object.entries(file.citations ?? {})) {
    const url = documents.map(findUrl).find((one) => one !== null) ?? null;
    citations.set(id, { id, text, document: documents.join(', '), url });
  }
  for (const [id, { title, url }] of Object.entries(publications))
    citations.set(id, { id, text: title, document: id, url: url ?? null });
  return [...citations.values()];
}

function buildNotNeeded(file: PolicyFile, base: Policy): readonly NotNeeded[] {
  const entries = new Map<string, NotNeeded>(base.notNeeded.map((one) => [one.id, one]));
  for (const [id, { text, sources = [], unless = [] }] of Object.entries(file['not-needed'] ?? {}))
    entries.set(id, { id, text, sources, unless });
  return [...entries.values()];
}

function buildContacts(file: PolicyFile, base: Policy): readonly Contact[] {
  const contacts = new Map<string, Contact>(base.contacts.map((one) => [one.id, one]));
  for (const [id, { name, mail }] of Object.entries(file.contacts ?? {}))
    contacts.set(id, { id, name, mail: mail ?? null });
  return [...contacts.values()];
}

/** GitHub's labels differ in more than case, so a rule is filed under the spelling of the category's label. */
function buildApprovers(
  file: PolicyFile,
  base: Policy,
  categories: readonly Category[],
  renamed: RenamedLabels,
): Readonly<Record<string, ApproverRule>> {
  const labels = [...categories.map((one) => one.label), file['break-glass']?.label ?? base.breakGlass?.label];
  const findWrittenLabel = (label: string) => labels.find((one) => one?.toLowerCase() === label.toLowerCase());
  const approvers: Record<string, ApproverRule> = { default: buildApprover({}) };
  const add = (label: string, name: string | null | undefined, rule: ApproverRule): void => {
    approvers[isDefault(label) ? 'default' : (name ?? label)] = rule;
  };
  for (const [label, rule] of Object.entries(base.approvers)) add(label, renamed.get(label), rule);
  for (const [label, written] of Object.entries(file.approvers ?? {}))
    add(label, findWrittenLabel(label), buildApprover(written));
  return approvers;
}

/** Whether a key of `approvers` is for every other label. */
export function isDefault(label: string): boolean {
  return label.toLowerCase() === 'default';
}

/** With users, teams or code owners but no role, only these are approvers. */
function buildApprover({
  role,
  users = [],
  teams = [],
  codeowners = false,
  approvals = 1,
  by = 'label',
  'not-author': notAuthor = true,
}: WrittenApprover): ApproverRule {
  const isNamed = users.length + teams.length > 0 || codeowners;
  return {
    role: role ?? (isNamed ? null : 'write'),
    users,
    teams,
    ...(codeowners ? { codeowners } : {}),
    ...(approvals === 1 ? {} : { approvals }),
    ...(by === 'review' ? { by } : {}),
    notAuthor,
  };
}

function buildHolidays(file: PolicyFile, base: Policy): Holidays {
  const { calendar, add, remove } = file.holidays ?? {};
  return {
    calendar: calendar ?? base.holidays.calendar,
    add: [...base.holidays.add, ...(add ?? [])],
    remove: [...base.holidays.remove, ...(remove ?? [])],
  };
}
