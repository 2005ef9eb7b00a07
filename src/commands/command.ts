/** The shape of a command: its options as data, from which the help is generated, and a function. */

/** One `--option`. */
export interface CommandOption {
  readonly name: string;
  /** The placeholder for the value in the help; absent for a switch. */
  readonly value?: string;
  readonly multiple?: true;
  readonly text: string;
}

/** The input and output of a command. Tests and the entry pass their own. */
export interface Terminal {
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Columns, or null when standard output is not a terminal. */
  readonly width: number | null;
  readonly color: boolean;
  /** True when progress may be written to standard error. */
  readonly progress: boolean;
  /** ISO 8601, UTC. */
  readonly now: () => string;
}

/** The user's input, already checked against the command's options. */
export interface Given {
  readonly operands: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

/** One command. It returns the exit code: 0 passed, 1 blocked, 2 wrong use or policy, 3 could not decide. */
export interface Command {
  readonly name: string;
  readonly options: readonly CommandOption[];
  /** True if the command connects to GitHub, so that a proxy must be in use before it runs. */
  readonly connects?: true;
  run(given: Given, terminal: Terminal): Promise<number>;
}

/** An option's single value, or undefined. */
export function getOptionValue(given: Given, name: string): string | undefined {
  const value = given.values[name];
  return typeof value === 'string' ? value : undefined;
}

/** All values of an option that may be given several times. */
export function listOptionValues(given: Given, name: string): readonly string[] {
  const value = given.values[name];
  return Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
}
