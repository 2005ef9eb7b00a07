/** The command line on much input: many files, and one large file. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildManifest, buildOtherFiles, buildWatchedFiles, writeFiles } from './inputs.ts';
import { runNode, type Usage } from './measure.ts';

/** The command line as users get it. */
export const CLI: string = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** One size of an input. */
export interface Size {
  readonly name: string;
  /** How many times the smallest size it is. */
  readonly times: number;
  readonly base: Readonly<Record<string, string>>;
  readonly head: Readonly<Record<string, string>>;
}

/** A measured size; `fileBytes` is the larger side of its largest file. */
export interface MeasuredSize extends Usage {
  readonly fileBytes: number;
}

/** So many watched files, all changed. */
export function createFolders(times: number): Size {
  const count = times * 1000;
  return {
    name: `${count} watched files`,
    times,
    base: buildWatchedFiles(count, 'base'),
    head: buildWatchedFiles(count, 'head'),
  };
}

/** A monorepo of 10,000 files, all changed, 1,000 of them watched. */
export function createMonorepo(): Size {
  const buildFiles = (revision: 'base' | 'head') => ({
    ...buildWatchedFiles(1000, revision),
    ...buildOtherFiles(9000, revision),
  });
  return { name: '10000 files, 1000 watched', times: 1, base: buildFiles('base'), head: buildFiles('head') };
}

/** One manifest; four times 5,000 rules is as large as a file may be. */
export function createLargeManifest(times: number): Size {
  const rules = times * 5000;
  const buildFile = (revision: string) => ({ 'healthvault.app.yml': buildManifest(1, revision, rules) });
  return { name: `manifest, ${rules} rules`, times, base: buildFile('base'), head: buildFile('head') };
}

/** One Android manifest under a policy that declares it; four times 16,000 permissions are nearly as large as a file may be. */
export function createLargeDeclared(times: number): Size {
  const count = times * 16_000;
  const buildFiles = (first: number) => {
    const permissions = Array.from({ length: count }, (_, number) => {
      return `<uses-permission android:name="android.permission.health.READ_${first + number}"/>`;
    });
    const root = '<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="com.example">';
    return {
      '.github/go-live.yml': 'extends: health-connect\n',
      'app/src/main/AndroidManifest.xml': [root, ...permissions, '<application/></manifest>\n'].join('\n'),
    };
  };
  return { name: `Android manifest, ${count} permissions`, times, base: buildFiles(0), head: buildFiles(1) };
}

/** Ways to check the same three changed files, each with its words, and the function that removes the files. */
export async function prepareChecks(): Promise<{
  readonly checks: Readonly<Record<string, readonly string[]>>;
  readonly remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'go-live-bench-'));
  const [repository, base, head] = ['repository', 'base', 'head'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const runGit = (...words: readonly string[]) => {
    const identity = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.com'];
    execFileSync('git', ['-C', repository, ...identity, ...words], { stdio: 'ignore' });
  };
  for (const place of [base, repository]) await writeFiles(place, buildWatchedFiles(3, 'base'));
  await writeFiles(head, buildWatchedFiles(3, 'head'));
  runGit('init', '--initial-branch', 'main');
  runGit('add', '--all');
  runGit('commit', '--message', 'base');
  runGit('checkout', '-b', 'change');
  await writeFiles(repository, buildWatchedFiles(3, 'head'));
  runGit('commit', '--all', '--message', 'head');
  runGit('checkout', '-b', 'tree', 'main');
  await writeFiles(repository, buildWatchedFiles(3, 'head'));
  const check = ['check', '--now', '2026-11-23T18:00:00Z'];
  return {
    checks: {
      'two folders': [...check, '--base', base, '--head', head],
      'two commits': [...check, '--repo', repository, '--base', 'main', '--head', 'change'],
      'a commit and the working tree': [...check, '--repo', repository, '--base', 'main'],
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

/** Checks one size between two folders. */
export async function measureSize(size: Size): Promise<MeasuredSize> {
  const folder = await mkdtemp(join(tmpdir(), 'go-live-bench-'));
  try {
    const [base, head] = [join(folder, 'base'), join(folder, 'head')];
    await writeFiles(base, size.base);
    await writeFiles(head, size.head);
    const now = '2026-11-23T18:00:00Z';
    const output = join(folder, 'report.json');
    const words = ['check', '--base', base, '--head', head, '--now', now, '--format', 'json', '--output', output];
    const usage = runNode([CLI, ...words], [1]);
    const { problems } = JSON.parse(await readFile(output, 'utf8')) as { problems: readonly { severity: string }[] };
    if (problems.some(({ severity }) => severity === 'unreadable')) throw new Error(`${size.name} could not be read`);
    const fileBytes = Math.max(...Object.values(size.base).map((text) => Buffer.byteLength(text)));
    return { ...usage, fileBytes };
  } finally {
    await rm(folder, { recursive: true });
  }
}
