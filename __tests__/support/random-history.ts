/** Histories of one pull request by ada, step by step and at random: what people do, and what GitHub and its runs do. */
import fc from 'fast-check';
import type { Role, WatchedPolicy } from './may-merge-model.ts';

/** The reviewed changes of heads; the first is what the base says in the beginning. */
export const CHANGES = ['Keeps a diary', 'Keeps a diary, with boots', 'Sells your diary'];

/** The steps that a change of the description asks for before the merge. */
const STEPS = ['finalize-configuration', 'request-review'];

export const POLICIES: readonly (Omit<WatchedPolicy, 'name'> & { readonly text: string | null })[] = [
  { text: null, atLeast: 'write', steps: [] },
  {
    text: 'extends: healthvault\napprovers: { default: { role: maintain } }\n',
    atLeast: 'maintain',
    steps: [],
  },
  {
    text: 'extends: healthvault\nlead-times: { configuration: { min: 4, max: 9, unit: business-days } }\n',
    atLeast: 'write',
    steps: [],
  },
  { text: 'extends: healthvault\nrequired-steps: enforced\n', atLeast: 'write', steps: STEPS },
  {
    text: 'extends: healthvault\napprovers: { default: { role: write, by: review } }\n',
    atLeast: 'write',
    steps: [],
    reviews: true,
  },
];

const ROLES: readonly Role[] = ['none', 'read', 'triage', 'write', 'maintain'];

/** A co-author without an account. */
const ASSISTANT = 'Assistant <noreply@assistant.example>';

/** The protected base, another protected one, and one of the author's own where nothing is reviewed. */
export const BASES = ['main', 'release', 'ada/any'] as const;

/**
 * How GitHub answers a run: `stale` lists are those of the head before, for the whole run or until the first comparison;
 * `refused` is a comparison that it does not make.
 */
export type Weather = 'fair' | 'stale' | 'stale-at-first' | 'refused';

/**
 * The run after a step: that of its event, or one by the clock for all open pull requests; `none` where it is skipped, canceled
 * or refused.
 */
export type RunCause = 'event' | 'clock' | 'none';

/** A step after which a run begins. */
interface Watched {
  readonly run: RunCause;
  readonly weather: Weather;
}

/** What moves the head, the base or the label of the pull request. */
export type Move = Watched &
  (
    | {
        readonly kind: 'push' | 'force';
        readonly change: number;
        readonly by: string;
        readonly pusher: string;
        /** A login, or a name and an address of no account. */
        readonly coAuthor?: string | null;
      }
    | { readonly kind: 'unrelated'; readonly by: string; readonly pusher: string }
    | { readonly kind: 'back'; readonly to: number; readonly pusher: string }
    | { readonly kind: 'update-branch'; readonly by: string }
    | { readonly kind: 'rebase' }
    | { readonly kind: 'retarget'; readonly base: number }
    | { readonly kind: 'label' | 'unlabel'; readonly by: string }
    | { readonly kind: 'review'; readonly by: string; readonly approves: boolean }
    | { readonly kind: 'role'; readonly who: string; readonly role: Role }
  );

export type Step =
  | Move
  /** The base gets another change, or the commits of an earlier head. */
  | (Watched & { readonly kind: 'base'; readonly change: number })
  | (Watched & { readonly kind: 'parent'; readonly to: number })
  | (Watched & { readonly kind: 'policy'; readonly policy: number })
  /** A run begins for an event that changes nothing, and before one of its requests something happens, with a run of its own. */
  | { readonly kind: 'overlap'; readonly at: number; readonly run: 'event' | 'clock'; readonly meanwhile: Move }
  /** Another pull request with the same head, with or without a label of its own. */
  | { readonly kind: 'twin'; readonly base: number; readonly labelBy: string | null; readonly run: RunCause }
  /** Closed, pushed to, labeled, and opened again. */
  | { readonly kind: 'close'; readonly change: number; readonly by: string; readonly labelBy: string | null }
  | { readonly kind: 'lock' | 'rerun' }
  /** A run by the clock, or by hand with the numbers of all pull requests. */
  | { readonly kind: 'clock' | 'by-hand' }
  /** Edits that change no verdict: of the title, and of a comment that is not the gate's. */
  | { readonly kind: 'title' | 'other-comment'; readonly by: string }
  /** Events of labels: of one that no policy knows, and of a removal that may be the gate's own. */
  | { readonly kind: 'other-label' | 'removal' }
  /** Statuses: of a run that ended before it knew anything, of a forger, and very many. */
  | { readonly kind: 'pending' | 'error' }
  | { readonly kind: 'spoof'; readonly run: RunCause }
  | { readonly kind: 'flood'; readonly count: number; readonly run: RunCause }
  /** Comments: boxes of the gate's, the whole text, a revision that is deleted, and other comments that look like it. */
  | (Watched & { readonly kind: 'tick'; readonly by: string; readonly which: number | 'all'; readonly on: boolean })
  | { readonly kind: 'revision'; readonly index: number }
  | { readonly kind: 'spoil-comment'; readonly by: string; readonly run: RunCause }
  | { readonly kind: 'quote'; readonly by: string; readonly run: RunCause }
  /** Another label gets the name of the one that approves. */
  | { readonly kind: 'rename'; readonly by: string; readonly run: RunCause }
  /** A merge group, with or without the other pull request. */
  | {
      readonly kind: 'queue';
      readonly smuggled: boolean;
      readonly method: 'merge' | 'squash' | 'rebase';
      readonly withOther: boolean;
    };

/** A history: the policy in the beginning, and what happens. */
export interface RandomHistory {
  readonly policy: number;
  readonly steps: readonly Step[];
}

const person = fc.constantFrom('ada', 'grace', 'grace', 'tim', 'helper[bot]');
const committer = fc.constantFrom('ada', 'ada', 'ada', 'grace', 'tim');
const run = fc.constantFrom<RunCause>('event', 'event', 'event', 'event', 'event', 'clock', 'none', 'none');
const weather = fc.constantFrom<Weather>('fair', 'fair', 'fair', 'fair', 'fair', 'stale', 'stale-at-first', 'refused');
const watched = { run, weather };
const change = fc.nat({ max: CHANGES.length - 1 });
const base = fc.nat({ max: BASES.length - 1 });
const labelBy = fc.constantFrom(null, 'grace', 'tim', 'ada');
const createKind = <T extends string>(...kinds: readonly T[]) => fc.constantFrom(...kinds);

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: createKind('push', 'force'),
      change,
      by: committer,
      pusher: committer,
      coAuthor: fc.constantFrom(null, null, null, 'grace', ASSISTANT),
      ...watched,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: createKind('unrelated'), by: committer, pusher: committer, ...watched }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: createKind('back'), to: fc.nat({ max: 5 }), pusher: committer, ...watched }),
  },
  { weight: 1, arbitrary: fc.record({ kind: createKind('update-branch'), by: person, ...watched }) },
  { weight: 1, arbitrary: fc.record({ kind: createKind('rebase'), ...watched }) },
  { weight: 2, arbitrary: fc.record({ kind: createKind('retarget'), base, ...watched }) },
  { weight: 7, arbitrary: fc.record({ kind: createKind('label'), by: person, ...watched }) },
  { weight: 1, arbitrary: fc.record({ kind: createKind('unlabel'), by: person, ...watched }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: createKind('review'),
      by: person,
      approves: fc.constantFrom(true, true, false),
      ...watched,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: createKind('role'), who: person, role: fc.constantFrom(...ROLES), ...watched }),
  },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 18, arbitrary: move },
  { weight: 1, arbitrary: fc.record({ kind: createKind('base'), change, ...watched }) },
  { weight: 1, arbitrary: fc.record({ kind: createKind('parent'), to: fc.nat({ max: 5 }), ...watched }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: createKind('policy'), policy: fc.nat({ max: POLICIES.length - 1 }), ...watched }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: createKind('overlap'),
      at: fc.integer({ min: 1, max: 12 }),
      run: fc.constantFrom('event' as const, 'event' as const, 'clock' as const),
      meanwhile: move,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: createKind('twin'), base, labelBy, run }) },
  { weight: 1, arbitrary: fc.record({ kind: createKind('close'), change, by: committer, labelBy }) },
  { weight: 1, arbitrary: fc.record({ kind: createKind('pending', 'error', 'lock', 'rerun') }) },
  { weight: 2, arbitrary: fc.record({ kind: createKind('clock', 'clock', 'by-hand') }) },
  { weight: 1, arbitrary: fc.record({ kind: createKind('title', 'other-comment'), by: person }) },
  { weight: 1, arbitrary: fc.record({ kind: createKind('other-label', 'other-label', 'removal') }) },
  // Hundreds of statuses cost as much as a hundred other steps.
  {
    weight: 1,
    arbitrary: fc.record({ kind: createKind('flood'), count: fc.constantFrom(3, 3, 3, 3, 3, 3, 998), run }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: createKind('tick'),
      by: person,
      which: fc.constantFrom<number | 'all'>('all', 'all', 0, 1),
      on: fc.constantFrom(true, true, true, false),
      ...watched,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: createKind('revision'), index: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: createKind('spoof'), run }) },
  { weight: 1, arbitrary: fc.record({ kind: createKind('spoil-comment', 'quote', 'rename'), by: person, run }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: createKind('queue'),
      smuggled: fc.constantFrom(false, false, true),
      method: createKind('merge', 'squash', 'rebase'),
      withOther: fc.boolean(),
    }),
  },
);

/** What an attacker would try: steps that belong together, and are rarely drawn one after the other. */
const fair = { run: 'event', weather: 'fair' } as const;
const unseen = { run: 'none', weather: 'fair' } as const;
const approval = { kind: 'label', by: 'grace' } as const;
const review = { kind: 'review', by: 'grace', approves: true, ...unseen } as const;
const attack: fc.Arbitrary<readonly Step[]> = fc
  .record({ change, base, by: person, at: fc.integer({ min: 1, max: 12 }), first: fc.boolean() })
  .chain(({ change, base, by, at, first }) => {
    const push = { kind: 'push', change, by: 'ada', pusher: 'grace' } as const;
    const label = { kind: 'label', by, ...(first ? fair : unseen) } as const;
    const away = { kind: first ? 'push' : 'force', change, by: 'ada', pusher: 'ada', ...unseen } as const;
    return fc.constantFrom<readonly Step[]>(
      [away, { ...approval, ...unseen }, { kind: 'back', to: 0, pusher: 'ada', ...fair }],
      [{ kind: 'policy', policy: 4, ...fair }, away, review, { kind: 'back', to: 0, pusher: 'ada', ...fair }],
      [
        { kind: 'policy', policy: 4, ...fair },
        { kind: 'retarget', base, ...unseen },
        review,
        { kind: 'retarget', base: 0, ...fair },
      ],
      [
        { kind: 'retarget', base, ...unseen },
        { ...approval, ...unseen },
        { kind: 'retarget', base: 0, ...fair },
      ],
      [
        { kind: 'retarget', base, ...fair },
        { ...approval, ...fair },
        { kind: 'retarget', base: 0, ...fair },
      ],
      [
        { ...push, ...(first ? fair : unseen) },
        { ...approval, ...fair },
      ],
      [
        { ...push, ...fair },
        { kind: 'twin', base: 0, labelBy: 'grace', run: first ? 'clock' : 'none' },
      ],
      [
        { ...push, by: 'grace', run: 'event', weather: 'stale' },
        { ...approval, run: 'event', weather: 'stale' },
      ],
      [
        { ...approval, ...fair },
        { kind: 'overlap', at, run: first ? 'event' : 'clock', meanwhile: { kind: 'unlabel', by, ...fair } },
      ],
      [
        { ...approval, ...fair },
        { kind: 'overlap', at, run: first ? 'event' : 'clock', meanwhile: { kind: 'retarget', base, ...fair } },
      ],
      [
        { ...approval, ...fair },
        {
          kind: 'overlap',
          at,
          run: first ? 'event' : 'clock',
          meanwhile: { kind: 'role', who: 'grace', role: 'read', ...fair },
        },
      ],
      [
        { ...approval, ...fair },
        { kind: 'rename', by: 'ada', run: first ? 'event' : 'clock' },
      ],
      [{ ...approval, ...fair }, { kind: 'unlabel', by, ...unseen }, { kind: 'other-label' }],
      // A success that no event takes back: the run by the clock has to.
      [
        { ...approval, ...fair },
        change === 0 ? { kind: 'clock' } : { kind: 'rerun' },
        ...buildUndo(base, by),
        { kind: 'clock' },
      ],
      [label, { kind: 'close', change, by: 'ada', labelBy: 'grace' }],
      [
        { kind: 'flood', count: 998, run: first ? 'event' : 'clock' },
        { ...approval, ...fair },
      ],
      [
        { kind: 'push', change: 0, by: 'ada', pusher: 'ada', ...fair },
        { kind: 'parent', to: 0, ...fair },
      ],
      [{ kind: 'policy', policy: 3, ...fair }, { ...approval, ...fair }, ...buildTheft(first)],
    );
  });

/** What takes the ground from an approval, without a run. */
function buildUndo(which: number, by: string): readonly Step[] {
  const ways: readonly (readonly Step[])[] = [
    [{ kind: 'role', who: 'grace', role: 'read', ...unseen }],
    [
      { kind: 'unlabel', by, ...unseen },
      { kind: 'label', by: 'tim', ...unseen },
    ],
    [{ kind: 'policy', policy: 1 + which, ...unseen }],
  ];
  return ways[which] ?? [];
}

/** Boxes that a user without the right ticks, in a revision that is gone afterwards. */
function buildTheft(isDeleted: boolean): readonly Step[] {
  return [
    { kind: 'tick', by: 'tim', which: 'all', on: true, ...unseen },
    { kind: 'spoil-comment', by: 'grace', run: 'event' },
    ...(isDeleted ? ([{ kind: 'revision', index: 1 }] as const) : []),
    { kind: 'rerun' },
  ];
}

/** Any history. */
export const randomHistory: fc.Arbitrary<RandomHistory> = fc.record({
  policy: fc.constantFrom(0, 0, 0, 1, 2, 3, 4, 4),
  steps: fc
    .array(fc.oneof({ weight: 3, arbitrary: step.map((one) => [one]) }, { weight: 1, arbitrary: attack }), {
      minLength: 2,
      maxLength: 10,
    })
    .map((parts) => parts.flat()),
});
