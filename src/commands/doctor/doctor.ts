/** `doctor`: reads a repository's settings and prints every trap with which a pull request can bypass the gate. */
import { makeVisible } from '../../render/escape.ts';
import { type Command, getOptionValue } from '../command.ts';
import { openConnection, repositoryOption } from '../open-connection.ts';
import { readFacts } from './facts.ts';
import { findTrustLevel, toDoctorExitCode } from './level.ts';
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
      branch: getOptionValue(given, 'branch') ?? null,
      workflow: getOptionValue(given, 'workflow') ?? null,
      context: getOptionValue(given, 'status-context') ?? null,
      publicServer: /^https:\/\/(?:github\.com|[\w-]+\.ghe\.com)\/?$/i.test(server),
    });
    const traps = findTraps(facts);
    const files = facts.workflows.map(({ path }) => makeVisible(path)).join(', ') || 'no workflow of the gate';
    terminal.writeOut(
      `${connection.name}, branch ${makeVisible(facts.branch)}, status "${makeVisible(facts.context)}", ${files}\n`,
    );
    if (scopes !== null) terminal.writeOut(`Token: classic, scopes: ${makeVisible(scopes) || 'none'}\n`);
    terminal.writeOut('\n');
    for (const trap of traps) terminal.writeOut(`${renderTrap(trap)}\n`);
    if (traps.length === 0) terminal.writeOut('No trap was found.\n');
    if (traps.some(({ effect }) => effect === 'stuck')) terminal.writeOut(`\n${words.stuck}\n`);
    if (facts.unread.length > 0) terminal.writeOut('\nNot checked, because the token cannot read it:\n');
    for (const { what, permission } of facts.unread) terminal.writeOut(`  ${makeVisible(what)}: needs ${permission}\n`);
    const exit = toDoctorExitCode(facts, traps);
    const level = findTrustLevel(facts, traps);
    const next = words.nextSteps[level];
    // An unread setting may allow a bypass of the gate, so no level is printed.
    terminal.writeOut(`\nTrust level: ${exit === 3 ? 'not known, see above' : words.levels[level]}\n`);
    if (next !== null && exit !== 3) terminal.writeOut(`Next step up: ${next}\n`);
    terminal.writeOut(`${words.staysOpen}\n`);
    return exit;
  },
};

function renderTrap({ id, effect, file, what, fix }: Trap): string {
  const place = file === null ? '' : `  ${makeVisible(file)}`;
  return `${words.effects[effect].padEnd(7)} ${id}${place}\n        ${makeVisible(what)}\n        Fix: ${makeVisible(fix)}`;
}
