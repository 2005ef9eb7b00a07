/** Whether a change of one key of the gate's own files loosens (`widens`) or tightens (`narrows`) what the gate asks for. */
import type { Effect } from '../model/change.ts';

/** Values are canonical JSON; null stands for a key that is not there. */
type Judge = (before: string | null, after: string | null) => Effect;

/** Values from the loosest to the tightest. `unset` is the position of a missing key. */
function ranked(order: readonly string[], unset: string | null = null): Judge {
  const rank = (value: string | null): number => order.indexOf(value === null ? (unset ?? '') : unquote(value));
  return (before, after) => compare(rank(before), rank(after));
}

/** More is tighter. */
const byNumber: Judge = (before, after) => compare(toNumber(before), toNumber(after));

/** Something that asks for more where it is there, or for less. */
const tightens: Judge = (before, after) => (before === null ? 'narrows' : after === null ? 'widens' : 'unknown');
const loosens: Judge = (before, after) => tightens(after, before);
/** A pattern that excludes text takes hits away. */
const linePattern: Judge = (before, after) =>
  ((before ?? after ?? '').includes('"!') ? loosens : tightens)(before, after);
const neutral: Judge = () => 'neutral';
/** A way round the labels that is open longer asks for less. */
const expiry: Judge = (before, after) =>
  before === null || after === null ? loosens(before, after) : byNumber(after, before);

function compare(before: number, after: number): Effect {
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
const pin: Judge = (before, after) => {
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
const category: Judge = (before, after) => {
  const passes = (value: string | null) => value !== null && ['deployment', 'none', 'package'].includes(unquote(value));
  return passes(before) === passes(after) ? 'unknown' : passes(after) ? 'widens' : 'narrows';
};

/** The first that fits decides. */
const JUDGES: readonly (readonly [RegExp, Judge])[] = [
  [/^policy\.consent-widening$/, ranked(['configuration', 'signup-workflow'], 'configuration')],
  [/^policy\.required-steps$/, ranked(['advisory', 'enforced'], 'advisory')],
  [/^policy\.merge$/, ranked(['after-review', 'after-push'], 'after-review')],
  [/^policy\.(?:watch|workflow)$/, tightens],
  [/^policy\.ignore$/, loosens],
  [/^policy\.sweep\.(?:exempt|opaque)$/, loosens],
  [/^policy\.sweep\.private-keys$/, ranked(['false', 'true'], 'true')],
  [/^policy\.sweep\.(?:names|marks\..*\.patterns)$/, linePattern],
  [/(?:^policy\.|\.)(?:unrecognized|otherwise)$/, ranked(['nothing', 'unknown'])],
  [/^policy\.documents\./, tightens],
  [/\.role$/, ranked(['read', 'triage', 'write', 'maintain', 'admin'])],
  [/\.not-author$/, ranked(['false', 'true'], 'true')],
  [/^policy\..*\.(?:users|teams)$/, loosens],
  [/^policy\.lead-times\..*\.(?:min|max)$/, byNumber],
  [/^policy\.rules\..*\.enforcement$/, ranked(['advisory', 'required'], 'required')],
  [/^policy\.rules\..*\.guard$/, ranked(['false', 'true'])],
  [/^policy\.rules\.[^.]+\.category$/, category],
  [/^policy\.categories\..*\.blocks$/, ranked(['never', 'until-label', 'always'])],
  [/^policy\.break-glass\.expires-after-hours$/, expiry],
  [/^policy\.break-glass\./, loosens],
  [
    /^policy\.(?:title|name|contacts|questions|words|office|holidays|slot-notice|citations|publications|steps)(?:\.|$)/,
    neutral,
  ],
  [/^policy\..*\.(?:reason|note|title|text|sources|who)$/, neutral],
  [/^gate-workflow\.on\..*\.(?:branches|tags|paths)-ignore$/, loosens],
  [/^gate-workflow\.on\.[^.]+(?:\.types)?$/, tightens],
  [/^gate-workflow(?:\.jobs\.[^.]+)?\.permissions$/, ranked(['write-all', 'read-all', '{}'])],
  [/\.permissions\.[a-z-]+$/, ranked(['write', 'read', 'none'], 'none')],
  [/\.if$/, loosens],
  [/\.continue-on-error$/, ranked(['true', 'false'], 'false')],
  [/\.with\.mode$/, ranked(['report', 'enforce'], 'enforce')],
  [/\.with\.(?:comment|pull-request)$|^gate-workflow\..*(?:^|\.)name$/, neutral],
  [/\.environment(?:\.name)?$/, tightens],
  [/\.uses$/, pin],
];

/** The effect of a change of one key, or of one element of a list; `unknown` where the key alone does not say it. */
export function findGateEffect(id: string, before: string | null, after: string | null): Effect {
  const judge = JUDGES.find(([keys]) => keys.test(id))?.[1];
  return judge?.(before, after) ?? 'unknown';
}
