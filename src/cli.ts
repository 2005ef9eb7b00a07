#!/usr/bin/env node
/** The command line's entry: the process on one side, `commands/command-line.ts` on the other. */
import type { Terminal } from './commands/command.ts';
import { runCommandLine } from './commands/command-line.ts';

const terminal: Terminal = {
  writeOut: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  width: process.stdout.isTTY ? process.stdout.columns : null,
  color: process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
  progress: process.stderr.isTTY === true,
  now: () => new Date().toISOString(),
};

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error; // a reader of the pipe may stop early; the exit code is still right
});
process.exitCode = await runCommandLine(process.argv.slice(2), terminal);
