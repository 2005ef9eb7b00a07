/**
 * What rules say besides what they grant: why strings, names and display flags. Compared per channel, data type and
 * permission that both sides grant, not rule by rule, so that splitting, merging and reordering equal rules is nothing.
 */
import messages from '../../data/messages/diff.json' with { type: 'json' };
import type { Change, ChangeKind, Trait } from '../model/change.ts';
import type { AccessRule, Channel, Requirement } from '../model/document.ts';
import { fill } from '../model/messages.ts';
import type { Place } from '../model/source.ts';
import type { ChannelRules } from './access.ts';
import { typeText } from './access-text.ts';
import { EVERY_TYPE } from './grants.ts';
import { changeAt, type DocumentPair } from './pair.ts';

/** The changes of texts, names and flags in one channel. Where the base did not say its rules, none has a former text. */
export function diffRuleTexts(pair: DocumentPair, { channel, base, head }: ChannelRules): readonly Change[] {
  const rules: Sides = { channel, base: base.map(withTuples), head: head.map(withTuples) };
  return [...diffReasons(pair, rules), ...diffNames(pair, rules), ...diffDisplay(pair, rules)];
}

/** A rule with the tuples that its targets name: `permission type`; all data is the type `*`. */
type RuleWithTuples = AccessRule & { readonly tuplesNamed: readonly string[] };

interface Sides {
  readonly channel: Channel;
  readonly base: readonly RuleWithTuples[];
  readonly head: readonly RuleWithTuples[];
}

function withTuples(rule: AccessRule): RuleWithTuples {
  const targets = rule.targets.length === 0 ? [EVERY_TYPE] : rule.targets.flatMap((set) => typesOf(set.types));
  const tuples = targets.flatMap((type) => rule.permissions.map((permission) => `${permission} ${type}`));
  return { ...rule, tuplesNamed: [...new Set(tuples)] };
}

/** What the rules behind one key say, the first of these rules, and the tuples that the key stands for. */
interface Said<Value> {
  readonly values: Set<Value>;
  readonly at: Place;
  readonly tuples: readonly string[];
}

type Table<Value> = ReadonlyMap<string, Said<Value>>;

/** Tuples with the same former and current text, reported as one change. `aspect` is the culture of a reason. */
interface Group<Value> {
  readonly aspect: string;
  readonly before: ReadonlySet<Value>;
  readonly after: ReadonlySet<Value>;
  readonly base: Place;
  readonly head: Place;
  readonly tuples: string[];
}

function diffReasons(pair: DocumentPair, { channel, base, head }: Sides): readonly Change[] {
  const reasons = (rules: readonly RuleWithTuples[]) =>
    tableOf(rules, (rule) =>
      Object.entries(rule.reasons).map(([culture, reason]) => JSON.stringify([culture, reason])),
    );
  const comparison = { aspects: byCulture, everyTypeSpeaks: true };
  return differences(reasons(base), reasons(head), comparison).map((group) =>
    textChange(pair, group, {
      channel,
      setting: group.aspect === '' ? 'rule.reason' : `rule.reason@${group.aspect}`,
      text: (values) => (values.size === 0 ? null : [...values].sort().join(' | ')),
      detail: said('reason-of', channel, group.tuples),
    }),
  );
}

function byCulture(pairs: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const cultures = new Map<string, Set<string>>();
  for (const pair of pairs) {
    const [culture, reason] = JSON.parse(pair) as [string, string];
    cultures.set(culture, (cultures.get(culture) ?? new Set()).add(reason));
  }
  return cultures;
}

function diffNames(pair: DocumentPair, { channel, base, head }: Sides): readonly Change[] {
  const names = (rules: readonly RuleWithTuples[]) =>
    tableOf(withRequirement(rules, 'optional'), (rule) => [rule.name ?? '']);
  const named = { channel, setting: 'rule.name', text: nameText };
  return [
    ...differences(names(base), names(head)).map((group) =>
      textChange(pair, group, { ...named, detail: said('name-of-optional', channel, group.tuples) }),
    ),
    ...differences(byContent(base), byContent(head)).map((group) =>
      textChange(pair, group, { ...named, detail: said('name-of-required', channel, group.tuples) }),
    ),
  ];
}

function diffDisplay(pair: DocumentPair, { channel, base, head }: Sides): readonly Change[] {
  return (['optional', 'required'] as const).flatMap((requirement) => {
    const flags = (rules: readonly RuleWithTuples[]) =>
      summed(tableOf(withRequirement(rules, requirement), (rule) => [rule.displayFlags]));
    return differences(flags(base), flags(head), { everyTypeSpeaks: true }).map((group) =>
      textChange(pair, group, {
        channel,
        setting: 'rule.display',
        text: displayText,
        detail: said(`display-of-${requirement}`, channel, group.tuples),
        traits: displayTraits(requirement, flagsOf(group.before) ^ flagsOf(group.after)),
      }),
    );
  });
}

/** Bits 1 and 2 of an optional rule decide what people meet at their first sign-up. */
function displayTraits(requirement: Requirement, changed: number): readonly Trait[] {
  if (requirement === 'required') return ['display-required'];
  return (changed & 3) === 0 ? [] : ['display-first-time'];
}

function withRequirement(rules: readonly RuleWithTuples[], requirement: Requirement): readonly RuleWithTuples[] {
  return rules.filter((rule) => rule.requirement === requirement);
}

/** What rules say, per tuple that they name. */
function tableOf<Value>(
  rules: readonly RuleWithTuples[],
  say: (rule: RuleWithTuples) => readonly Value[],
): Table<Value> {
  const table = new Map<string, Said<Value>>();
  for (const rule of rules) {
    const values = say(rule);
    for (const tuple of rule.tuplesNamed) {
      const entry = table.get(tuple) ?? { values: new Set<Value>(), at: rule.at, tuples: [tuple] };
      table.set(tuple, entry);
      for (const value of values) entry.values.add(value);
    }
  }
  return table;
}

function typesOf(types: readonly string[]): readonly string[] {
  return types.length === 0 ? [EVERY_TYPE] : types;
}

/** Display flags add up: a tuple is shown as any of its rules asks. */
function summed(table: Table<number>): Table<number> {
  return new Map([...table].map(([key, said]) => [key, { ...said, values: new Set([flagsOf(said.values)]) }]));
}

function flagsOf(values: ReadonlySet<number>): number {
  return [...values].reduce((sum, flags) => sum | flags, 0);
}

/** Names of required rules by everything else the rules say: only a rule that is otherwise the same can be renamed. */
function byContent(rules: readonly RuleWithTuples[]): Table<string> {
  const table = new Map<string, Said<string>>();
  for (const rule of withRequirement(rules, 'required')) {
    const content = contentOf(rule);
    const entry = table.get(content) ?? { values: new Set<string>(), at: rule.at, tuples: rule.tuplesNamed };
    table.set(content, entry);
    entry.values.add(rule.name ?? '');
  }
  return table;
}

function contentOf(rule: RuleWithTuples): string {
  const sets = (list: AccessRule['targets']) =>
    list
      .map(({ types, dates }) =>
        JSON.stringify([[...types].sort(), dates.map(({ from, to }) => JSON.stringify([from, to])).sort()]),
      )
      .sort();
  return JSON.stringify([
    rule.tuplesNamed.toSorted(),
    sets(rule.targets),
    sets(rule.exceptions),
    Object.entries(rule.reasons)
      .map((reason) => JSON.stringify(reason))
      .sort(),
    rule.displayFlags,
  ]);
}

type Aspects<Value> = (values: ReadonlySet<Value>) => ReadonlyMap<string, ReadonlySet<Value>>;

interface Comparison<Value> {
  readonly aspects?: Aspects<Value>;
  /** Where no rule names a type, those for every type speak for it. */
  readonly everyTypeSpeaks?: boolean;
}

/** Tuples of both sides whose texts differ, grouped by what they were and are, in the head's order. */
function differences<Value>(
  base: Table<Value>,
  head: Table<Value>,
  { aspects = (values) => new Map([['', values]]), everyTypeSpeaks = false }: Comparison<Value> = {},
): readonly Group<Value>[] {
  const groups = new Map<string, Group<Value>>();
  const saidOf = (table: Table<Value>, key: string) =>
    table.get(key) ?? (everyTypeSpeaks ? table.get(`${key.split(' ', 1)} ${EVERY_TYPE}`) : undefined);
  for (const [key, { tuples }] of new Map([...base, ...head])) {
    const [former, current] = [saidOf(base, key), saidOf(head, key)];
    if (former === undefined || current === undefined || sameSet(former.values, current.values)) continue;
    const [was, is] = [aspects(former.values), aspects(current.values)];
    for (const aspect of new Set([...was.keys(), ...is.keys()])) {
      const before = was.get(aspect) ?? new Set();
      const after = is.get(aspect) ?? new Set();
      if (sameSet(before, after)) continue;
      const texts = JSON.stringify([aspect, [...before].sort(), [...after].sort()]);
      const group = groups.get(texts) ?? { aspect, before, after, base: former.at, head: current.at, tuples: [] };
      groups.set(texts, group);
      for (const tuple of tuples) group.tuples.push(tuple);
    }
  }
  return [...groups.values()];
}

function sameSet<Value>(a: ReadonlySet<Value>, b: ReadonlySet<Value>): boolean {
  return a.size === b.size && [...a].every((value) => b.has(value));
}

interface Wording<Value> {
  readonly channel: Channel;
  readonly setting: string;
  readonly text: (values: ReadonlySet<Value>) => string | null;
  readonly detail: string;
  readonly traits?: readonly Trait[];
}

function textChange<Value>(pair: DocumentPair, group: Group<Value>, wording: Wording<Value>): Change {
  const before = wording.text(group.before);
  const after = wording.text(group.after);
  const kind: ChangeKind = before === null ? 'added' : after === null ? 'removed' : 'modified';
  const { setting, detail, traits = [] } = wording;
  // The sentence names the first types only, and not always the channel.
  const meaning = { before: null, after: JSON.stringify([wording.channel, group.aspect, group.tuples.toSorted()]) };
  const facts = { setting, kind, effect: 'neutral', before, after, traits, meaning, detail } as const;
  return changeAt(pair, group.base, group.head, facts);
}

function nameText(names: ReadonlySet<string>): string {
  return [...names]
    .sort()
    .map((name) => (name === '' ? messages.unnamed : name))
    .join(' | ');
}

const FLAGS = ['first-time', 'checked-first-time', 'checked-by-default'];

function displayText(values: ReadonlySet<number>): string {
  const flags = flagsOf(values);
  const names = FLAGS.filter((_, bit) => (flags & (1 << bit)) !== 0);
  const unknown = (flags & ~7) >>> 0; // bits that no document names
  return [...names, ...(unknown === 0 ? [] : [`${unknown}`])].join(', ') || 'none';
}

/** Longest list of tuples in a sentence; the rest is counted. */
const MAX_TUPLES = 8;

function said(id: keyof typeof messages, channel: Channel, tuples: readonly string[]): string {
  const permissions = new Map<string, string[]>();
  for (const tuple of tuples) {
    const [permission, type] = tuple.split(' ') as [string, string];
    permissions.set(type, [...(permissions.get(type) ?? []), permission]);
  }
  const names = [...permissions]
    .map(([type, list]) => `${list.sort().join('/')} ${type === EVERY_TYPE ? messages['every-type'] : typeText(type)}`)
    .sort();
  const shown = names.slice(0, MAX_TUPLES).join(', ');
  const count = names.length - MAX_TUPLES;
  return fill(messages[id], {
    channel,
    tuples: count > 0 ? fill(messages['and-more'], { tuples: shown, count }) : shown,
  });
}
