/** The action and the command line once more, built so that what runs can be found in the sources, and used in place of `dist`. */
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildInto } from '../build.ts';

/** What lies beside `dist` and is no part of a package. */
const LEFT_OUT: readonly string[] = ['dist', '.git', 'node_modules', '__tests__'];

/**
 * Puts a measurable `dist` into a folder, with links to what lies beside it, and a `node` that takes it wherever a test
 * starts the real one. Returns the path of that `node`.
 */
export async function buildMeasurable(root: string, folder: string): Promise<string> {
  const dist = join(folder, 'dist');
  mkdirSync(dist);
  for (const name of readdirSync(root)) if (!LEFT_OUT.includes(name)) symlinkSync(join(root, name), join(folder, name));
  await buildInto(dist, true);
  const node = join(folder, 'measuring-node');
  const real = join(root, 'dist');
  writeFileSync(
    node,
    `#!/bin/sh
for word do
  shift
  case $word in '${real}'/*) word="${dist}\${word#'${real}'}" ;; esac
  set -- "$@" "$word"
done
exec '${process.execPath}' "$@"
`,
  );
  chmodSync(node, 0o755);
  return node;
}
