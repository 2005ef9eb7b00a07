/** The commands, each loaded only when it is asked for: `--version` must start as fast as Node itself. */
import type { Command } from './command.ts';

/** Name -> how to load it, in the order of the help. */
export const commands: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ['check', async () => (await import('./check.ts')).check],
  ['explain', async () => (await import('./explain.ts')).explain],
  ['policy', async () => (await import('./policy/policy.ts')).policy],
  ['simulate', async () => (await import('./simulate.ts')).simulate],
  ['verify', async () => (await import('./verify/verify.ts')).verify],
  ['init', async () => (await import('./init/init.ts')).init],
  ['labels', async () => (await import('./labels.ts')).labels],
  ['doctor', async () => (await import('./doctor/doctor.ts')).doctor],
]);
