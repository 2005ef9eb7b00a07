/** Names and notes that appear with a change. None of them is an error: the change itself is the finding. */
import type { Effect } from '../model/change.ts';
import type { Channel } from '../model/document.ts';

/** Which rules a note is about. */
export interface RuleNote {
  readonly channel: Channel;
  readonly tuples: string;
}

/** Wording of changes. */
export const words = {
  accessBothWays: 'This widens the access in one respect and narrows it in another; it counts as widening.',
  accessNotStated:
    'The document changes only what it names, and did not name this before: what was granted so far is not in the file.',
  valueNotStated:
    'The document changes only what it names, and did not name this before: the former value is not in the file.',
  reasonNote: ({ channel, tuples }: RuleNote) => `${channel} access: ${tuples}.`,
  nameNote: {
    optional: ({ channel, tuples }: RuleNote) =>
      `Optional ${channel} rule for ${tuples}. Redirects and code may name optional rules by this name.`,
    required: ({ channel, tuples }: RuleNote) => `Required ${channel} rule for ${tuples}; its content is unchanged.`,
  },
  displayNote: {
    optional: ({ channel, tuples }: RuleNote) => `Optional ${channel} access: ${tuples}.`,
    required: ({ channel, tuples }: RuleNote) =>
      `Required ${channel} access: ${tuples}. Display flags direct optional rules only.`,
  },
  andMore: (tuples: string, count: number) => `${tuples} and ${count} more`,
  everyType: 'all data',
  unnamed: '(no name)',
  noRules: '(no rules)',
  defaultValue: (value: string) => `${value} (default)`,
  sourceCode: "Program source that names the SDK's configuration is not read. A person must say what this change does.",
  environmentChanged: 'The document belongs to another environment than before.',
  gateEffect: {
    widens: 'This loosens what the gate asks for.',
    narrows: 'This tightens what the gate asks for.',
    neutral: 'This changes neither what blocks nor who approves.',
    unknown: 'Whether this loosens or tightens what the gate asks for depends on the rest of the file.',
  } satisfies Record<Effect, string>,
  newWorkflow: (events: readonly string[], permissions: readonly string[]): string =>
    events.length === 0
      ? 'It is an action that runs the gate.'
      : `It runs on ${events.join(', ')}, with ${permissions.length === 0 ? "the repository's default permissions" : `permissions ${permissions.join(', ')}`}.`,
  listedForProduction: 'This value does not change. It is listed because it takes effect in production from now on.',
  keyStore: 'A key store or private key is in the change.',
  opaque: 'This file is compared by its content only. A person must say what this change does.',
  emptySetGone:
    'The list was empty and is no longer written, which may mean something else: that everything is allowed, for example.',
  documentRemoved: 'The file or this part of it is gone, and what it said with it.',
  documentFirst: 'There was no such document at the base.',
};
