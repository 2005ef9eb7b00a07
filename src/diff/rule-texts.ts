/**
 * The texts of rules: why strings, names and display flags. Compared per channel, data type and permission that both
 * sides grant, not rule by rule, so splitting, merging or reordering equal rules is not a change.
 */
import type { Change, ChangeKind, Trait } from '../model/change.ts';
import type { AccessRule, Channel, Requirement } from '../model/document.ts';
import type { Place } from '../model/source.ts';
import type { ChannelRules } from './access.ts';
import { nameType } from './access-text.ts';
import { EVERY_TYPE } from './grants.ts';
import { type RuleNote, words } from './messages.ts';
import { buildChange, type DocumentPair } from './pair.ts';

/** The changes to texts, names and flags in one channel. If the base does not state its rules, there is no former text. */
export function diffRuleTexts(pair: DocumentPair, { channel, base, head }: ChannelRules): readonly Change[] {
  const rules: RulesToCompare = { channel, base: base.map(withTuples), head: head.map(withTuples) };
  return [...diffReasons(pair, rules), ...diffNames(pair, rules), ...diffDisplay(pair, rules)];
}

/** A rule with the tuples that its targets name: `permission type`; all data is the type `*`. */
type RuleWithTuples = AccessRule & { readonly tuplesNamed: readonly string[] };

interface RulesToCompare {
  readonly channel: Channel;
  readonly base: readonly RuleWithTuples[];
  readonly head: readonly RuleWithTuples[];
}

function withTuples(rule: AccessRule): RuleWithTuples {
  const targets =
    rule.targets.length === 0
      ? [EVERY_TYPE]
      : rule.targets.flatMap(({ types }) => (types.length === 0 ? [EVERY_TYPE] : types));
  const tuples = targets.flatMap((type) => rule.permissions.map((permission) => `${permission} ${type}`));
  return { ...rule, tuplesNamed: [...new Set(tuples)] };
}

/** The texts of all rules with one key, the place of the first of these rules, and the tuples of the key. */
interface RuleTexts<Value> {
  readonly values: Set<Value>;
  readonly at: Place;
  readonly tuples: readonly string[];
}

type Table<Value> = ReadonlyMap<string, RuleTexts<Value>>;

/** Tuples with the same former and current text, reported as one change. `aspect` is the culture of a reason. */
interface Group<Value> {
  readonly aspect: string;
  readonly before: ReadonlySet<Value>;
  readonly after: ReadonlySet<Value>;
  readonly base: Place;
  readonly head: Place;
  readonly tuples: string[];
}

function diffReasons(pair: DocumentPair, { channel, base, head }: RulesToCompare): readonly Change[] {
  const tabulateReasons = (rules: readonly RuleWithTuples[]) =>
    tabulate(rules, (rule) =>
      Object.entries(rule.reasons).map(([culture, reason]) => JSON.stringify([culture, reason])),
    );
  const comparison = { aspects: groupByCulture, everyTypeCounts: true };
  return findDifferences(tabulateReasons(base), tabulateReasons(head), comparison).map((group) =>
    describeTextChange(pair, group, {
      channel,
      setting: group.aspect === '' ? 'rule.reason' : `rule.reason@${group.aspect}`,
      writeText: (values) => (values.size === 0 ? null : [...values].sort().join(' | ')),
      writeNote: words.reasonNote,
    }),
  );
}

function groupByCulture(pairs: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const cultures = new Map<string, Set<string>>();
  for (const pair of pairs) {
    const [culture, reason] = JSON.parse(pair) as [string, string];
    cultures.set(culture, (cultures.get(culture) ?? new Set()).add(reason));
  }
  return cultures;
}

function diffNames(pair: DocumentPair, { channel, base, head }: RulesToCompare): readonly Change[] {
  const tabulateNames = (rules: readonly RuleWithTuples[]) =>
    tabulate(filterByRequirement(rules, 'optional'), (rule) => [rule.name ?? '']);
  const describe = (groups: readonly Group<string>[], requirement: Requirement) =>
    groups.map((group) =>
      describeTextChange(pair, group, {
        channel,
        setting: 'rule.name',
        writeText: joinNames,
        writeNote: words.nameNote[requirement],
      }),
    );
  return [
    ...describe(findDifferences(tabulateNames(base), tabulateNames(head)), 'optional'),
    ...describe(findDifferences(tabulateByContent(base), tabulateByContent(head)), 'required'),
  ];
}

function diffDisplay(pair: DocumentPair, { channel, base, head }: RulesToCompare): readonly Change[] {
  return (['optional', 'required'] as const).flatMap((requirement) => {
    const tabulateFlags = (rules: readonly RuleWithTuples[]) =>
      sumFlags(tabulate(filterByRequirement(rules, requirement), (rule) => [rule.displayFlags]));
    return findDifferences(tabulateFlags(base), tabulateFlags(head), { everyTypeCounts: true }).map((group) =>
      describeTextChange(pair, group, {
        channel,
        setting: 'rule.display',
        writeText: describeDisplay,
        writeNote: words.displayNote[requirement],
        traits: findDisplayTraits(requirement, combineFlags(group.before) ^ combineFlags(group.after)),
      }),
    );
  });
}

/** Bits 1 and 2 of an optional rule determine its display at a user's first sign-up. */
function findDisplayTraits(requirement: Requirement, changed: number): readonly Trait[] {
  if (requirement === 'required') return ['display-required'];
  return (changed & 3) === 0 ? [] : ['display-first-time'];
}

function filterByRequirement(rules: readonly RuleWithTuples[], requirement: Requirement): readonly RuleWithTuples[] {
  return rules.filter((rule) => rule.requirement === requirement);
}

/** The texts of rules, per tuple that they name. */
function tabulate<Value>(
  rules: readonly RuleWithTuples[],
  read: (rule: RuleWithTuples) => readonly Value[],
): Table<Value> {
  const table = new Map<string, RuleTexts<Value>>();
  for (const rule of rules) {
    const values = read(rule);
    for (const tuple of rule.tuplesNamed) {
      const entry = table.get(tuple) ?? { values: new Set<Value>(), at: rule.at, tuples: [tuple] };
      table.set(tuple, entry);
      for (const value of values) entry.values.add(value);
    }
  }
  return table;
}

/** Display flags add up: a tuple has the flags of all its rules. */
function sumFlags(table: Table<number>): Table<number> {
  return new Map([...table].map(([key, texts]) => [key, { ...texts, values: new Set([combineFlags(texts.values)]) }]));
}

function combineFlags(values: ReadonlySet<number>): number {
  return [...values].reduce((sum, flags) => sum | flags, 0);
}

/** Names of required rules by the rest of their content: only a rule that is otherwise the same can be renamed. */
function tabulateByContent(rules: readonly RuleWithTuples[]): Table<string> {
  const table = new Map<string, RuleTexts<string>>();
  for (const rule of filterByRequirement(rules, 'required')) {
    const content = writeComparableContent(rule);
    const entry = table.get(content) ?? { values: new Set<string>(), at: rule.at, tuples: rule.tuplesNamed };
    table.set(content, entry);
    entry.values.add(rule.name ?? '');
  }
  return table;
}

function writeComparableContent(rule: RuleWithTuples): string {
  const writeComparableSets = (list: AccessRule['targets']) =>
    list
      .map(({ types, dates }) =>
        JSON.stringify([[...types].sort(), dates.map(({ from, to }) => JSON.stringify([from, to])).sort()]),
      )
      .sort();
  return JSON.stringify([
    rule.tuplesNamed.toSorted(),
    writeComparableSets(rule.targets),
    writeComparableSets(rule.exceptions),
    Object.entries(rule.reasons)
      .map((reason) => JSON.stringify(reason))
      .sort(),
    rule.displayFlags,
  ]);
}

type Aspects<Value> = (values: ReadonlySet<Value>) => ReadonlyMap<string, ReadonlySet<Value>>;

interface Comparison<Value> {
  readonly aspects?: Aspects<Value>;
  /** If no rule names a type, the rules for every type count for it. */
  readonly everyTypeCounts?: boolean;
}

/** Tuples of both sides with different texts, grouped by former and present text, in the head's order. */
function findDifferences<Value>(
  base: Table<Value>,
  head: Table<Value>,
  { aspects = (values) => new Map([['', values]]), everyTypeCounts = false }: Comparison<Value> = {},
): readonly Group<Value>[] {
  const groups = new Map<string, Group<Value>>();
  const findTexts = (table: Table<Value>, key: string) =>
    table.get(key) ?? (everyTypeCounts ? table.get(`${key.split(' ', 1)} ${EVERY_TYPE}`) : undefined);
  for (const [key, { tuples }] of new Map([...base, ...head])) {
    const [former, current] = [findTexts(base, key), findTexts(head, key)];
    if (former === undefined || current === undefined || isSameSet(former.values, current.values)) continue;
    const [was, is] = [aspects(former.values), aspects(current.values)];
    for (const aspect of new Set([...was.keys(), ...is.keys()])) {
      const before = was.get(aspect) ?? new Set();
      const after = is.get(aspect) ?? new Set();
      if (isSameSet(before, after)) continue;
      const texts = JSON.stringify([aspect, [...before].sort(), [...after].sort()]);
      const group = groups.get(texts) ?? { aspect, before, after, base: former.at, head: current.at, tuples: [] };
      groups.set(texts, group);
      for (const tuple of tuples) group.tuples.push(tuple);
    }
  }
  return [...groups.values()];
}

function isSameSet<Value>(a: ReadonlySet<Value>, b: ReadonlySet<Value>): boolean {
  return a.size === b.size && [...a].every((value) => b.has(value));
}

interface Wording<Value> {
  readonly channel: Channel;
  readonly setting: string;
  readonly writeText: (values: ReadonlySet<Value>) => string | null;
  readonly writeNote: (about: RuleNote) => string;
  readonly traits?: readonly Trait[];
}

function describeTextChange<Value>(pair: DocumentPair, group: Group<Value>, wording: Wording<Value>): Change {
  const before = wording.writeText(group.before);
  const after = wording.writeText(group.after);
  const kind: ChangeKind = before === null ? 'added' : after === null ? 'removed' : 'modified';
  const { channel, setting, traits = [] } = wording;
  // The note names the first types only, and not always the channel.
  const meaning = { before: null, after: JSON.stringify([channel, group.aspect, group.tuples.toSorted()]) };
  const detail = wording.writeNote({ channel, tuples: listTuples(group.tuples) });
  const facts = { setting, kind, effect: 'neutral', before, after, traits, meaning, detail } as const;
  return buildChange(pair, group.base, group.head, facts);
}

function joinNames(names: ReadonlySet<string>): string {
  return [...names]
    .sort()
    .map((name) => (name === '' ? words.unnamed : name))
    .join(' | ');
}

const FLAGS = ['first-time', 'checked-first-time', 'checked-by-default'];

function describeDisplay(values: ReadonlySet<number>): string {
  const flags = combineFlags(values);
  const names = FLAGS.filter((_, bit) => (flags & (1 << bit)) !== 0);
  const unknown = (flags & ~7) >>> 0; // bits that no document names
  return [...names, ...(unknown === 0 ? [] : [`${unknown}`])].join(', ') || 'none';
}

/** Longest list of tuples in a sentence. Further tuples are counted. */
const MAX_TUPLES = 8;

/** Tuples as a sentence lists them: `Create/Read Weight, Read all data and 3 more`. */
function listTuples(tuples: readonly string[]): string {
  const permissions = new Map<string, string[]>();
  for (const tuple of tuples) {
    const [permission, type] = tuple.split(' ') as [string, string];
    permissions.set(type, [...(permissions.get(type) ?? []), permission]);
  }
  const names = [...permissions]
    .map(([type, list]) => `${list.sort().join('/')} ${type === EVERY_TYPE ? words.everyType : nameType(type)}`)
    .sort();
  const shown = names.slice(0, MAX_TUPLES).join(', ');
  const count = names.length - MAX_TUPLES;
  return count > 0 ? words.andMore(shown, count) : shown;
}
