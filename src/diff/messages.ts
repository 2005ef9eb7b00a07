/** Names and notes for changes. None of them is an error: the change itself is the finding. */
import type { Effect } from '../model/change.ts';
import type { Channel } from '../model/document.ts';

/** Which rules a note is about. */
export interface RuleNote {
  readonly channel: Channel;
  readonly tuples: string;
}

/** Wording of changes. */
export const words = {
  accessBothWays: 'This widens access in one respect and narrows it in another, so it counts as widening.',
  accessNotStated:
    'The file does not contain the access that was granted before, because it only lists changes and did not list this setting.',
  valueNotStated:
    'The file does not contain the value before, because it only lists changes and did not list this setting.',
  reasonNote: ({ channel, tuples }: RuleNote) => `${channel} access: ${tuples}.`,
  nameNote: {
    optional: ({ channel, tuples }: RuleNote) =>
      `Optional ${channel} rule for ${tuples}. Redirects and code can refer to optional rules by name.`,
    required: ({ channel, tuples }: RuleNote) => `Required ${channel} rule for ${tuples}. Its content does not change.`,
  },
  displayNote: {
    optional: ({ channel, tuples }: RuleNote) => `Optional ${channel} access: ${tuples}.`,
    required: ({ channel, tuples }: RuleNote) =>
      `Required ${channel} access: ${tuples}. Display flags affect only optional rules.`,
  },
  andMore: (tuples: string, count: number) => `${tuples} and ${count} more`,
  everyType: 'all data',
  unnamed: '(no name)',
  noRules: '(no rules)',
  defaultValue: (value: string) => `${value} (default)`,
  sourceCode:
    "The gate does not read program source that names the SDK's configuration. A reviewer must decide what this change does.",
  environmentChanged: 'The environment of the document changes.',
  gateEffect: {
    widens: 'This loosens the requirements of the gate.',
    narrows: 'This tightens the requirements of the gate.',
    neutral: 'This does not change what blocks or who can approve.',
    unknown: 'Whether this loosens or tightens the requirements of the gate depends on the rest of the file.',
  } satisfies Record<Effect, string>,
  newWorkflow: (events: readonly string[], permissions: readonly string[]): string =>
    events.length === 0
      ? 'It is an action that runs the gate.'
      : `It runs on ${events.join(', ')}, with ${permissions.length === 0 ? "the repository's default permissions" : `permissions ${permissions.join(', ')}`}.`,
  listedForProduction: 'This value does not change. It is listed because it now takes effect in production.',
  keyStore: 'The change contains a key store or private key.',
  opaque: 'The gate compares only the content of this file. A reviewer must decide what this change does.',
  emptySetGone:
    'The empty list is removed. A missing list can have another meaning, for example that everything is allowed.',
  documentRemoved: 'The file, or this part of it, is removed with all its settings.',
  documentFirst: 'The base does not contain this document.',
};
