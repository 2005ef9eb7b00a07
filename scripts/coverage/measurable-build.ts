/** A copy of the project whose `dist` is built so that what runs in it can be found in the sources. */
import { cpSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** What is not part of the project, or is linked instead. */
const LEFT_OUT: readonly string[] = ['.git', 'node_modules', 'coverage', '.mutation', '.bench'];

/** Copies the project into a folder that is there, so that nothing else changes what is measured, and builds there. */
export async function copyMeasurable(root: string, folder: string): Promise<void> {
  for (const name of readdirSync(root)) {
    if (!LEFT_OUT.includes(name)) cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const { buildInto } = (await import(join(folder, 'scripts', 'build.ts'))) as typeof import('../build.ts');
  await buildInto(join(folder, 'dist'), true);
}
