/**
 * The commands. Each is loaded on demand, because `--version` and `--help` must start as fast as Node itself. So the help texts
 * of all commands are here.
 */
import type { Command } from './command.ts';

/** The entry of a command in the help's overview, and a function that loads it. */
export interface ListedCommand {
  readonly operands: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** Name -> command, in the order of the help. */
export const commands: ReadonlyMap<string, ListedCommand> = new Map(
  Object.entries({
    check: {
      operands: '',
      summary: 'reviews local changes and prints the verdict, the required labels and the go-live steps',
      load: async () => (await import('./check.ts')).check,
    },
    explain: {
      operands: '[<term>]',
      summary: 'explains a rule, setting, SDK key, category, label, step, source (R3) or message id',
      load: async () => (await import('./explain.ts')).explain,
    },
    policy: {
      operands: 'new [<file>] | check [<file>] | test <folder> | replay [<policy> [<other policy>]]',
      summary:
        'new: writes a policy to start from; check: validates a policy; test: runs scenarios against a policy; replay: runs a policy over a git history',
      load: async () => (await import('./policy/policy.ts')).policy,
    },
    simulate: {
      operands: '<story.yml>',
      summary: 'plays a story (open, push, label, merge queue) and prints the verdict after each step',
      load: async () => (await import('./simulate.ts')).simulate,
    },
    verify: {
      operands: '<report.json>',
      summary: 'recomputes a report from its commits, offline, and prints the differences',
      load: async () => (await import('./verify/verify.ts')).verify,
    },
    init: {
      operands: '',
      summary: 'writes the workflow and a commented policy into a repository',
      load: async () => (await import('./init/init.ts')).init,
    },
    labels: {
      operands: '',
      summary: 'creates or updates the labels of the policy (needs issues: write)',
      load: async () => (await import('./labels.ts')).labels,
    },
    doctor: {
      operands: '',
      summary: 'reads the settings of a repository and prints each way past the gate, with its fix',
      load: async () => (await import('./doctor/doctor.ts')).doctor,
    },
  }),
);
