/** Whether a change to one key of the gate's files loosens (`widens`) or tightens (`narrows`) its requirements. */
import type { Effect } from '../model/change.ts';

/** Values are canonical JSON. Null means that the key is missing. */
type EffectTest = (before: string | null, after: string | null) => Effect;

/** Values from the loosest to the tightest. `unset` is the position of a missing key. */
function createRanking(order: readonly string[], unset: string | null = null): EffectTest {
  const rank = (value: string | null): number => order.indexOf(value === null ? (unset ?? '') : unquote(value));
  return (before, after) => compareRanks(rank(before), rank(after));
}

/** More is tighter. */
const compareNumbers: EffectTest = (before, after) => compareRanks(toNumber(before), toNumber(after));

/** A key that adds requirements if it is present. */
const tightens: EffectTest = (before, after) => (before === null ? 'narrows' : after === null ? 'widens' : 'unknown');
const loosens: EffectTest = (before, after) => tightens(after, before);
/** A pattern that excludes text removes matches. */
const compareLinePatterns: EffectTest = (before, after) =>
  ((before ?? after ?? '').includes('"!') ? loosens : tightens)(before, after);
const ignoreValues: EffectTest = () => 'neutral';
/** A bypass of the labels that is valid longer requires less. */
const compareExpiry: EffectTest = (before, after) =>
  before === null || after === null ? loosens(before, after) : compareNumbers(after, before);

function compareRanks(before: number, after: number): Effect {
  if (Number.isNaN(before) || Number.isNaN(after) || before < 0 || after < 0) return 'unknown';
  return before === after ? 'neutral' : before < after ? 'narrows' : 'widens';
}

function toNumber(value: string | null): number {
  return value === null ? Number.NaN : Number(value);
}

function unquote(value: string): string {
  return value.replace(/^"(.*)"$/s, '$1');
}

/** Only a full commit id names one content permanently. */
const comparePins: EffectTest = (before, after) => {
  const [was, is] = [splitReference(before), splitReference(after)];
  if (was === null || is === null || was.name !== is.name || was.isPinned === is.isPinned) return 'unknown';
  return is.isPinned ? 'narrows' : 'widens';
};

function splitReference(value: string | null): { readonly name: string; readonly isPinned: boolean } | null {
  const [, name, reference] = /^([^@]+)@(.+)$/.exec(unquote(value ?? '')) ?? [];
  return name === undefined || reference === undefined
    ? null
    : { name: name.toLowerCase(), isPinned: /^[0-9a-f]{40}$/.test(reference) };
}

/** Categories that never block, in every policy that is built in. */
const compareCategories: EffectTest = (before, after) => {
  const isPassingCategory = (value: string | null) =>
    value !== null && ['deployment', 'none', 'package'].includes(unquote(value));
  return isPassingCategory(before) === isPassingCategory(after)
    ? 'unknown'
    : isPassingCategory(after)
      ? 'widens'
      : 'narrows';
};

/** The first that fits decides. */
const EFFECT_TESTS: readonly (readonly [RegExp, EffectTest])[] = [
  [/^policy\.consent-widening$/, createRanking(['configuration', 'signup-workflow'], 'configuration')],
  [/^policy\.required-steps$/, createRanking(['advisory', 'enforced'], 'advisory')],
  [/^policy\.merge$/, createRanking(['after-review', 'after-push'], 'after-review')],
  [/^policy\.(?:watch|workflow)$/, tightens],
  [/^policy\.ignore$/, loosens],
  [/^policy\.sweep\.(?:exempt|opaque)$/, loosens],
  [/^policy\.sweep\.private-keys$/, createRanking(['false', 'true'], 'true')],
  [/^policy\.sweep\.(?:names|marks\..*\.patterns)$/, compareLinePatterns],
  [/(?:^policy\.|\.)(?:unrecognized|otherwise)$/, createRanking(['nothing', 'unknown'])],
  [/^policy\.documents\./, tightens],
  [/\.role$/, createRanking(['read', 'triage', 'write', 'maintain', 'admin'])],
  [/\.not-author$/, createRanking(['false', 'true'], 'true')],
  [/^policy\..*\.(?:users|teams)$/, loosens],
  [/^policy\.lead-times\..*\.(?:min|max)$/, compareNumbers],
  [/^policy\.rules\..*\.enforcement$/, createRanking(['advisory', 'required'], 'required')],
  [/^policy\.rules\..*\.guard$/, createRanking(['false', 'true'])],
  [/^policy\.rules\.[^.]+\.category$/, compareCategories],
  [/^policy\.categories\..*\.blocks$/, createRanking(['never', 'until-label', 'always'])],
  [/^policy\.break-glass\.expires-after-hours$/, compareExpiry],
  [/^policy\.break-glass\./, loosens],
  [
    /^policy\.(?:title|name|contacts|questions|words|office|holidays|slot-notice|citations|publications|steps)(?:\.|$)/,
    ignoreValues,
  ],
  [/^policy\..*\.(?:reason|note|title|text|sources|who)$/, ignoreValues],
  [/^gate-workflow\.on\..*\.(?:branches|tags|paths)-ignore$/, loosens],
  [/^gate-workflow\.on\.[^.]+(?:\.types)?$/, tightens],
  [/^gate-workflow(?:\.jobs\.[^.]+)?\.permissions$/, createRanking(['write-all', 'read-all', '{}'])],
  [/\.permissions\.[a-z-]+$/, createRanking(['write', 'read', 'none'], 'none')],
  [/\.if$/, loosens],
  [/\.continue-on-error$/, createRanking(['true', 'false'], 'false')],
  [/\.with\.mode$/, createRanking(['report', 'enforce'], 'enforce')],
  [/\.with\.(?:comment|pull-request)$|^gate-workflow\..*(?:^|\.)name$/, ignoreValues],
  [/\.environment(?:\.name)?$/, tightens],
  [/\.uses$/, comparePins],
];

/** The effect of a change to one key, or to one element of a list; `unknown` if the key alone does not determine it. */
export function findGateEffect(id: string, before: string | null, after: string | null): Effect {
  const determineKeyEffect = EFFECT_TESTS.find(([keys]) => keys.test(id))?.[1];
  return determineKeyEffect?.(before, after) ?? 'unknown';
}
