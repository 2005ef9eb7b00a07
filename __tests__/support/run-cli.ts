/** The command line in a folder, as a user starts it there. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runCommandLine } from '../../src/commands/command-line.ts';
import { WHOLE_CAMPAIGN } from './campaign.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** A user without rights on most systems. */
const UNPRIVILEGED_ID = 65534;

/** What they change counts for the whole process: a proxy. */
const COMMANDS_THAT_CONNECT: readonly (string | undefined)[] = ['labels', 'doctor'];

/** What a run printed, and its exit code. */
export interface Run {
  readonly exit: number | null;
  readonly out: string;
  readonly error: string;
}

/** Variables of the environment; undefined: unset. */
type Environment = Readonly<Record<string, string | undefined>>;

/** Where to run. */
export interface RunPlace {
  readonly environment?: Environment;
  /** As a user without special rights, in a process of its own. */
  readonly unprivileged?: boolean;
  /** `process`: always the built command line. Default: `quick`, in this process and from the sources, except in a campaign. */
  readonly as?: 'process' | 'quick';
}

/** Runs the command line in a folder. */
export async function runCli(
  folder: string,
  words: readonly string[],
  { environment = {}, unprivileged = false, as = 'quick' }: RunPlace = {},
): Promise<Run> {
  const isQuick = as === 'quick' && !unprivileged && !WHOLE_CAMPAIGN && !COMMANDS_THAT_CONNECT.includes(words[0]);
  if (isQuick) return runHere(folder, words, environment);
  const env = { ...process.env, ...environment };
  const user = unprivileged && process.getuid?.() === 0 ? { uid: UNPRIVILEGED_ID, gid: UNPRIVILEGED_ID } : {};
  const result = spawnSync(process.execPath, [CLI, ...words], { cwd: folder, encoding: 'utf8', env, ...user });
  return { exit: result.status, out: result.stdout, error: result.stderr };
}

/** Takes a fifth of the time of a process. Node itself does not see the variables of the environment. */
async function runHere(folder: string, words: readonly string[], environment: Environment): Promise<Run> {
  const before = {
    folder: process.cwd(),
    values: Object.keys(environment).map((name) => [name, process.env[name]] as const),
  };
  const printed = { out: '', error: '' };
  process.chdir(folder);
  setVariables(Object.entries(environment));
  try {
    const exit = await runCommandLine(words, {
      writeOut(text) {
        printed.out += text;
      },
      writeError(text) {
        printed.error += text;
      },
      width: null,
      color: false,
      progress: false,
      now: () => new Date().toISOString(),
    });
    return { exit, ...printed };
  } finally {
    setVariables(before.values);
    process.chdir(before.folder);
  }
}

function setVariables(values: readonly (readonly [name: string, value: string | undefined])[]): void {
  for (const [name, value] of values) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
