/** The labels that a policy names, as they should be on GitHub, and how the ones that are there differ. Pure. */
import messages from '../../data/messages/commands.json' with { type: 'json' };
import { fill } from '../model/messages.ts';
import type { Policy } from '../model/policy.ts';

/** A label as it should be. */
export interface LabelWish {
  readonly name: string;
  /** Six hexadecimal digits, lower case. */
  readonly color: string;
  readonly description: string;
}

/** A label as GitHub has it. */
export interface LabelThere {
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}

/** What is to be done about one label; `repair` names what differs. */
export type LabelPlan =
  | { readonly kind: 'create'; readonly wish: LabelWish }
  | { readonly kind: 'keep'; readonly wish: LabelWish }
  | {
      readonly kind: 'repair';
      readonly wish: LabelWish;
      readonly current: string;
      readonly differs: readonly string[];
    };

/** GitHub's limit for a label's description, in characters. */
const MAX_DESCRIPTION = 100;
const COLORS = { clears: '1d76db', glass: 'b60205', evidence: 'c5def5' } as const;

/** Every label of a policy once: those that clear a category, the emergency label, those that are evidence of a step. */
export function labelsOf(policy: Policy): readonly LabelWish[] {
  const uses: { readonly name: string; readonly kind: keyof typeof COLORS; readonly title: string }[] = [
    ...policy.categories.flatMap(({ label, title }) =>
      label === null ? [] : [{ name: label, kind: 'clears' as const, title }],
    ),
    ...(policy.breakGlass === null ? [] : [{ name: policy.breakGlass.label, kind: 'glass' as const, title: '' }]),
    ...policy.steps.flatMap(({ title, evidence }) =>
      evidence.labels.map((name) => ({ name, kind: 'evidence' as const, title })),
    ),
  ];
  const byName = new Map<string, (typeof uses)[number][]>();
  for (const use of uses) byName.set(key(use.name), [...(byName.get(key(use.name)) ?? []), use]);
  return [...byName.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const titles = group.filter(({ kind }) => kind === first.kind).map(({ title }) => title);
    const description = fill(messages[`label-${first.kind}`], { titles: titles.join(', ') });
    return [{ name: first.name, color: COLORS[first.kind], description: shorten(description) }];
  });
}

/** Compares; GitHub's label names do not differ in case, so another spelling is the same label and is repaired. */
export function planLabels(wishes: readonly LabelWish[], there: readonly LabelThere[]): readonly LabelPlan[] {
  const known = new Map(there.map((label) => [key(label.name), label]));
  return wishes.map((wish) => {
    const label = known.get(key(wish.name));
    if (label === undefined) return { kind: 'create', wish };
    const differs = [
      ...(label.name === wish.name ? [] : ['name']),
      ...(label.color.toLowerCase() === wish.color ? [] : ['colour']),
      ...(label.description === wish.description ? [] : ['description']),
    ];
    return differs.length === 0 ? { kind: 'keep', wish } : { kind: 'repair', wish, current: label.name, differs };
  });
}

function key(name: string): string {
  return name.toLowerCase();
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= MAX_DESCRIPTION ? text : `${characters.slice(0, MAX_DESCRIPTION - 1).join('')}…`;
}
