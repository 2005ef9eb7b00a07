/** Files of the package: built-in policies, schemas, examples. Their relative path is the same from `src` and `dist`. */
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PlatformError } from '../model/errors.ts';
import { messages } from './messages.ts';

/** Root of the package: one folder above the program's own, whether it runs from `dist` or from `src/git`. */
const ROOT = new URL(import.meta.url.includes('/src/git/') ? '../../' : '../', import.meta.url);

/** The address of a packaged file. */
export function locatePackaged(path: string): URL {
  return new URL(path, ROOT);
}

/** The text of a packaged file. @throws PlatformError when the installation is incomplete. */
export async function readPackaged(path: string): Promise<string> {
  try {
    return await readFile(locatePackaged(path), 'utf8');
  } catch (cause) {
    throw new PlatformError(messages.packageIncomplete({ path }), { cause });
  }
}

/** Texts of the built-in policies by name (`healthvault`). */
export async function listPackagedPolicies(): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(locatePackaged('policies/'))).filter((name) => name.endsWith('.yml')).sort();
  const texts = await Promise.all(names.map((name) => readPackaged(`policies/${name}`)));
  return new Map(names.map((name, index) => [name.replace(/\.yml$/, ''), texts[index] ?? '']));
}

/** The commit of the program itself if it runs from an unchanged checkout of its repository or from a package; else null. */
export async function findOwnCommit(): Promise<string | null> {
  const { runGit } = await import('./run.ts');
  const root = fileURLToPath(ROOT);
  const ask = (...parameters: string[]) => runGit(root, parameters).catch(() => null);
  const top = await ask('rev-parse', '--show-prefix', 'HEAD');
  const [prefix, head = ''] = top?.ok === true ? top.stdout.toString('utf8').split('\n') : [];
  const isCheckout = prefix === '';
  if (isCheckout && (await ask('diff-index', '--quiet', 'HEAD', '--', 'dist'))?.ok !== true) return null;
  // npm pack writes this file. A package may be installed within another repository.
  const packed = isCheckout ? '' : await readFile(locatePackaged('commit.txt'), 'utf8').catch(() => '');
  const commit = isCheckout ? head : packed.trim();
  return /^[0-9a-f]{40}$/.test(commit) ? commit : null;
}
