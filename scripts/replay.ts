/**
 * Replays the shipped policies over clones: `GO_LIVE_REPLAY=<folder> npm run replay`. Every folder below it, at most three
 * levels down, that contains a git repository is replayed under every policy. A clone in a folder with the name of a policy
 * (`<folder>/browser-extension/uBlock`) is replayed under that policy only. Words after `--` name policies; `--limit=<number>`
 * takes the newest commits only, and `--times` adds the median time of a commit. Without the variable nothing is replayed, and that is printed.
 */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { readNamedPolicy } from '../src/commands/local-files.ts';
import { countAnswers, type ReplayAnswer, type ReplayTotals, replayHistory } from '../src/commands/policy/replay.ts';
import { readBuiltInPolicies } from '../src/gate/built-in-policies.ts';
import type { ChosenPolicy } from '../src/review/choose-policy.ts';
import { writeTable } from './bench/table.ts';

const LEVELS = 3;

/** The clones below a folder, by path. */
async function findClones(folder: string, levels = LEVELS): Promise<readonly string[]> {
  const isClone =
    existsSync(join(folder, '.git')) || ['HEAD', 'objects'].every((name) => existsSync(join(folder, name)));
  if (isClone) return [folder];
  if (levels === 0) return [];
  const names = await readdir(folder).catch(() => []); // a file has none
  const folders = names.map((name) => join(folder, name));
  return (await Promise.all(folders.sort().map((one) => findClones(one, levels - 1)))).flat();
}

async function replayClone(
  clone: string,
  policy: ChosenPolicy,
  limit: number | undefined,
): Promise<ReplayTotals & { readonly median: string }> {
  const answers: ReplayAnswer[] = [];
  for await (const commit of replayHistory(clone, [policy], { limit })) answers.push(...commit.answers);
  const times = answers.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
  return { ...countAnswers(answers, policy), median: `${times[Math.floor(times.length / 2)]?.toFixed(1)} ms` };
}

function toPercent(part: number, all: number): string {
  return `${part} (${((100 * part) / Math.max(all, 1)).toFixed(1)} %)`;
}

const root = process.env.GO_LIVE_REPLAY;
if (root === undefined || root === '') {
  console.log('SKIPPED: GO_LIVE_REPLAY does not name a folder with clones, so no policy was replayed.');
  process.exit(0);
}
const words = process.argv.slice(2);
const named = words.filter((word) => !word.startsWith('--'));
const limitWord = words.find((word) => word.startsWith('--limit='))?.slice('--limit='.length);
const limit = limitWord === undefined ? undefined : Number(limitWord);
const withTimes = words.includes('--times');
const presets = await readBuiltInPolicies();
const clones = await findClones(resolve(root));
if (clones.length === 0) throw new Error(`${root} contains no clone`);

for (const name of named.length > 0 ? named : presets.keys()) {
  const policy = await readNamedPolicy(name, presets);
  const rows: string[][] = [];
  const rules = new Map<string, number>();
  for (const clone of clones) {
    const path = relative(resolve(root), clone) || basename(clone);
    const folders = path.split(/[\\/]/);
    if (folders.some((folder) => presets.has(folder)) && !folders.includes(name)) continue;
    console.error(`${name}: ${path}`);
    const totals = await replayClone(clone, policy, limit);
    for (const { id, commits } of totals.rules) rules.set(id, (rules.get(id) ?? 0) + commits);
    rows.push([
      path,
      String(totals.commits),
      String(totals.withChange),
      toPercent(totals.blocked, totals.commits),
      toPercent(totals.unknown, totals.commits),
      String(totals.sweepOnly),
      String(totals.undecided),
      ...(withTimes ? [totals.median] : []),
    ]);
  }
  console.log(`\n## ${name}\n`);
  const heads = [
    'clone',
    'commits',
    'with a change',
    'blocked',
    'unknown',
    'blocked by a mark alone',
    'undecided',
    ...(withTimes ? ['median'] : []),
  ];
  console.log(writeTable(heads, rows));
  console.log(
    `\n${writeTable(
      ['rule', 'commits'],
      [...rules].map(([rule, commits]) => [rule, String(commits)]),
    )}`,
  );
}
