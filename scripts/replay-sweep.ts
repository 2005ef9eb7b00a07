/**
 * Replays the sweep over the history of any git repository: `node scripts/replay-sweep.ts <folder>...` compares every commit
 * with its first parent, without merges. A commit in which a reader finds a change, or a private key is found, has a bearing on
 * the application. The others are those that the sweep should leave alone: each in which it finds a mark is printed. `--write` puts the
 * table into `docs/development/quality.md`.
 */
import { basename, dirname } from 'node:path';
import { compareRevisions } from '../src/git/compare.ts';
import { packagedPolicies } from '../src/git/packaged-files.ts';
import { gitOutput } from '../src/git/run.ts';
import { readPresets } from '../src/review/choose-policy.ts';
import { gather } from '../src/review/gather.ts';
import { recordBlock } from './record.ts';

const GATE_FILES = { policy: '.github/go-live.yml', workflow: null, action: null };

const policy = readPresets(await packagedPolicies()).get('healthvault');
if (policy === undefined) throw new Error('the built-in policy is missing');

/** What one commit comes to. */
interface Replayed {
  readonly hasReaderFinding: boolean;
  readonly hasKey: boolean;
  /** Files with a mark or a private key, each with what was found. */
  readonly found: readonly string[];
}

async function replayCommit(repository: string, parent: string, commit: string): Promise<Replayed> {
  const revision = (id: string) => ({ kind: 'commit', commit: id, name: id }) as const;
  const comparison = await compareRevisions(repository, revision(parent), revision(commit));
  if (policy === undefined) throw new Error('the built-in policy is missing');
  const { changes } = await gather({ ...comparison, policy, gateFiles: GATE_FILES });
  await comparison.release();
  const swept = changes.filter(({ document }) => document.format === 'unrecognized');
  return {
    hasReaderFinding: swept.length < changes.length,
    hasKey: swept.some(({ setting }) => setting === 'secret'),
    found: swept.map(
      ({ file, setting, before, after, detail }) => `${file} ${setting} ${before} => ${after} ${detail}`,
    ),
  };
}

const operands = process.argv.slice(2);
const repositories = operands.filter((operand) => operand !== '--write');
if (repositories.length === 0) {
  console.error('Name the git repositories to replay: node scripts/replay-sweep.ts <folder>...');
  process.exit(2);
}

const rows: string[] = [];
const total = { all: 0, quiet: 0, found: 0 };
for (const repository of repositories) {
  const log = await gitOutput(repository, ['log', '--all', '--no-merges', '--format=%H %P']);
  const commits = log.split('\n').flatMap((line) => {
    const [commit = '', parent] = line.split(' ');
    return parent === undefined || parent === '' ? [] : [{ commit, parent }]; // the first commit has none
  });
  const counts = { all: 0, quiet: 0, found: 0 };
  for (const { commit, parent } of commits) {
    const { hasReaderFinding, hasKey, found } = await replayCommit(repository, parent, commit);
    counts.all += 1;
    if (hasReaderFinding || hasKey) continue;
    counts.quiet += 1;
    if (found.length === 0) continue;
    counts.found += 1;
    console.error([`${basename(dirname(repository))} ${commit.slice(0, 10)}`, ...found].join('\n  '));
  }
  for (const key of ['all', 'quiet', 'found'] as const) total[key] += counts[key];
  rows.push(
    `| ${basename(repository) === 'repo' ? basename(dirname(repository)).replace('+', '/') : basename(repository)} | ${counts.all} | ${counts.quiet} | ${counts.found} |`,
  );
}
const share = total.quiet === 0 ? 0 : (100 * total.found) / total.quiet;
const table = [
  '| repository | commits | no reader and no key search finds anything | of these, the sweep finds a mark |',
  '| --- | ---: | ---: | ---: |',
  ...rows,
  `| all | ${total.all} | ${total.quiet} | ${total.found} (${share.toFixed(1)} %) |`,
];
console.log(table.join('\n'));
if (operands.includes('--write')) await recordBlock('sweep', table.join('\n'));
