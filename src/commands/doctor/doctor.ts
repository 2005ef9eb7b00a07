/** `doctor`: reads a repository's settings and names every trap that would let a pull request slip past the gate. */
import { makeVisible } from '../../render/escape.ts';
import { type Command, optionValue } from '../command.ts';
import { openConnection, repositoryOption } from '../open-connection.ts';
import { readFacts } from './facts.ts';
import { doctorExitCode, findTrustLevel } from './level.ts';
import { words } from './messages.ts';
import type { Trap } from './trap.ts';
import { findTraps } from './traps.ts';

/** The `doctor` command: exit 0 no trap, 1 a trap, 3 something that matters could not be read. */
export const doctor: Command = {
  name: 'doctor',
  connects: true,
  options: [
    repositoryOption,
    { name: 'branch', value: '<name>', text: 'branch with the requirement; default: the default branch' },
    { name: 'workflow', value: '<file>', text: 'workflow of the gate; default: all workflows that use the action' },
    { name: 'status-context', value: '<name>', text: 'name of the status; default: from the workflow' },
  ],
  async run(given, terminal) {
    const connection = openConnection(given, 'administration: read, contents: read, issues: read');
    const server = process.env.GITHUB_SERVER_URL || 'https://github.com';
    const { facts, scopes } = await readFacts(connection, {
      branch: optionValue(given, 'branch') ?? null,
      workflow: optionValue(given, 'workflow') ?? null,
      context: optionValue(given, 'status-context') ?? null,
      publicServer: /^https:\/\/(?:github\.com|[\w-]+\.ghe\.com)\/?$/i.test(server),
    });
    const traps = findTraps(facts);
    const files = facts.workflows.map(({ path }) => makeVisible(path)).join(', ') || 'no workflow of the gate';
    terminal.out(
      `${connection.name}, branch ${makeVisible(facts.branch)}, status "${makeVisible(facts.context)}", ${files}\n`,
    );
    if (scopes !== null) terminal.out(`Token: classic, scopes: ${makeVisible(scopes) || 'none'}\n`);
    terminal.out('\n');
    for (const trap of traps) terminal.out(`${renderTrap(trap)}\n`);
    if (traps.length === 0) terminal.out('No trap was found.\n');
    if (traps.some(({ effect }) => effect === 'stuck')) terminal.out(`\n${words.stuck}\n`);
    if (facts.unread.length > 0) terminal.out('\nNot checked, because the token cannot read it:\n');
    for (const { what, permission } of facts.unread) terminal.out(`  ${makeVisible(what)}: needs ${permission}\n`);
    const exit = doctorExitCode(facts, traps);
    const level = findTrustLevel(facts, traps);
    const next = words.nextSteps[level];
    // What could not be read may hold a way past the gate, so no level is claimed.
    terminal.out(`\nTrust level: ${exit === 3 ? 'not known, see above' : words.levels[level]}\n`);
    if (next !== null && exit !== 3) terminal.out(`Next step up: ${next}\n`);
    terminal.out(`${words.staysOpen}\n`);
    return exit;
  },
};

function renderTrap({ id, effect, file, what, fix }: Trap): string {
  const place = file === null ? '' : `  ${makeVisible(file)}`;
  return `${words.effects[effect].padEnd(7)} ${id}${place}\n        ${makeVisible(what)}\n        Fix: ${makeVisible(fix)}`;
}
