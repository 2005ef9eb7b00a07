/** The command line: finds the command, reads its options, and turns every failure into a sentence and an exit code. */
import { parseArgs } from 'node:util';
import packageFile from '../../package.json' with { type: 'json' };
import { PlatformError, UsageError } from '../model/errors.ts';
import { buildTroubleshootingAddress } from '../model/messages.ts';
import type { Command, Given, Terminal } from './command.ts';
import { commands, type ListedCommand } from './list.ts';
import { messages, usage } from './messages.ts';

/** Runs the command that the words name and returns the exit code. Never throws. */
export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const [name, ...rest] = words;
    if (name === '--version' || name === '-v') {
      terminal.writeOut(`${packageFile.version}\n`);
      return 0;
    }
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      terminal.writeOut(renderOverview());
      return name === undefined ? 2 : 0;
    }
    const listed = commands.get(name);
    if (listed === undefined) {
      throw new UsageError(messages.unknownCommand({ name, known: [...commands.keys()].join(', ') }));
    }
    const command = await listed.load();
    if (rest.includes('--help') || rest.includes('-h')) {
      terminal.writeOut(renderHelp(listed, command));
      return 0;
    }
    const given = parseWords(listed, command, rest);
    // Loaded only for the commands that connect: `node:http` alone takes longer to load than Node to start.
    const ranAgain = command.connects === true ? await (await import('../github/transport/proxy.ts')).useProxy() : null;
    return ranAgain ?? (await command.run(given, terminal));
  } catch (error) {
    return reportFailure(error, terminal);
  }
}

function parseWords({ operands }: ListedCommand, command: Command, words: readonly string[]): Given {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: operands !== '',
      options: Object.fromEntries(
        command.options.map((option) => [
          option.name,
          { type: option.value === undefined ? 'boolean' : 'string', multiple: option.multiple === true } as const,
        ]),
      ),
    });
    return { operands: positionals, values: values as Given['values'] };
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('. ')[0] ?? '') : '';
    throw new UsageError(messages.wrongOption(usage.options({ reason, command: command.name })));
  }
}

/** Reports every failure once: exit 2 for wrong use, 3 for everything else. File contents are never printed. */
function reportFailure(error: unknown, terminal: Terminal): number {
  if (error instanceof UsageError || error instanceof PlatformError) {
    terminal.writeError(`go-live-gate: ${error.message}\n  (${error.id}) ${buildTroubleshootingAddress(error.id)}\n`);
    return error.exitCode;
  }
  const reason = error instanceof Error ? error.message : String(error);
  const address = buildTroubleshootingAddress('internal-error');
  terminal.writeError(
    `go-live-gate: the program failed, so nothing was decided: ${reason}\n  (internal-error) ${address}\n`,
  );
  return 3;
}

function renderOverview(): string {
  const rows = [...commands].map(([name, { operands, summary }]) => ({
    usage: `${name} ${operands}`.trimEnd(),
    summary,
  }));
  const width = Math.max(...rows.map(({ usage }) => usage.length));
  const lines = rows.map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`);
  return [
    'go-live-gate: classifies changes to HealthVault configuration',
    '',
    ...lines,
    '',
    'Help for a command: go-live-gate <command> --help. Version: go-live-gate --version.',
    'Exit codes: 0 passed, 1 blocked, 2 wrong options or policy, 3 not decided.',
    '',
  ].join('\n');
}

function renderHelp({ operands, summary }: ListedCommand, { name, options }: Command): string {
  const usage = options.map((option) => {
    const flag = `--${option.name}${option.value === undefined ? '' : ` ${option.value}`}`;
    return `  ${flag.padEnd(26)} ${option.text}`;
  });
  return [`go-live-gate ${name} ${operands}`.trimEnd(), `  ${summary}`, '', ...usage, ''].join('\n');
}
