/** The labels of a policy as they should be on GitHub, and the differences from the existing ones. Pure. */
import { uniqueBy } from '../model/lists.ts';
import type { Policy } from '../model/policy.ts';
import { labelDescriptions } from './messages.ts';

/** A label as it should be. */
export interface WantedLabel {
  readonly name: string;
  /** Six hexadecimal digits, lower case. */
  readonly color: string;
  readonly description: string;
}

/** A label as GitHub has it. */
export interface ExistingLabel {
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}

/** The action for one label. `repair` lists the differences. */
export type LabelPlan =
  | { readonly kind: 'create'; readonly wanted: WantedLabel }
  | { readonly kind: 'keep'; readonly wanted: WantedLabel }
  | {
      readonly kind: 'repair';
      readonly wanted: WantedLabel;
      readonly current: string;
      readonly differs: readonly string[];
    };

/** GitHub's limit for a label's description, in characters. */
const MAX_DESCRIPTION = 100;
const COLORS = { clears: '1d76db', glass: 'b60205', evidence: 'c5def5' } as const;

/** Every label of a policy once: those that clear a category, the emergency label, those that are evidence of a step. */
export function listPolicyLabels(policy: Policy): readonly WantedLabel[] {
  const uses: { readonly name: string; readonly kind: keyof typeof COLORS; readonly title: string }[] = [
    ...policy.categories.flatMap(({ label, title, attests }) =>
      label === null
        ? []
        : [{ name: label, kind: 'clears' as const, title: attests ?? labelDescriptions.clears(title) }],
    ),
    ...(policy.breakGlass === null ? [] : [{ name: policy.breakGlass.label, kind: 'glass' as const, title: '' }]),
    ...policy.steps.flatMap(({ title, evidence }) =>
      evidence.labels.map((name) => ({ name, kind: 'evidence' as const, title })),
    ),
  ];
  return uniqueBy(uses, ({ name }) => name.toLowerCase()).map(({ name, kind }) => {
    const titles = uses
      .filter((use) => use.kind === kind && use.name.toLowerCase() === name.toLowerCase())
      .map(({ title }) => title);
    const text = [...new Set(titles)].join(kind === 'clears' ? ' ' : ', ');
    const description = kind === 'clears' ? text : labelDescriptions[kind](text);
    return { name, color: COLORS[kind], description: shorten(description) };
  });
}

/** Compares. GitHub's label names are case-insensitive, so another spelling is the same label and is fixed. */
export function compareLabels(
  wanted: readonly WantedLabel[],
  existing: readonly ExistingLabel[],
): readonly LabelPlan[] {
  const byName = new Map(existing.map((label) => [label.name.toLowerCase(), label]));
  return wanted.map((label) => {
    const current = byName.get(label.name.toLowerCase());
    if (current === undefined) return { kind: 'create', wanted: label };
    const differs = [
      ...(current.name === label.name ? [] : ['name']),
      ...(current.color.toLowerCase() === label.color ? [] : ['color']),
      ...(current.description === label.description ? [] : ['description']),
    ];
    return differs.length === 0
      ? { kind: 'keep', wanted: label }
      : { kind: 'repair', wanted: label, current: current.name, differs };
  });
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= MAX_DESCRIPTION ? text : `${characters.slice(0, MAX_DESCRIPTION - 1).join('')}…`;
}
