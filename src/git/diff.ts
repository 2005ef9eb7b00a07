/** Git's own comparison of two trees: its options, and its lists of files and lines as data. */
import { devNull } from 'node:os';
import { parsePatch } from '../model/changed-files.ts';
import type { ChangedFile, ChangedLine } from '../model/source.ts';

/** Options that every comparison of two trees sets, to override the user's configuration. */
export const DIFF_FLAGS: readonly string[] = [
  '-r',
  '--find-renames=50%',
  '--no-relative',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--ignore-submodules=none',
  '--diff-algorithm=myers',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--unified=1',
  '--inter-hunk-context=0',
  '--submodule=short',
  `-O${devNull}`,
];

/** The files that the fields of a `--name-status -z` or `--raw -z` list name. */
export function parseNameStatus(fields: readonly string[]): readonly ChangedFile[] {
  const files: ChangedFile[] = [];
  for (let index = 0; index + 1 < fields.length; ) {
    const status = fields[index]?.replace(/^:.* /, '') ?? ''; // a raw list has modes and ids before it
    const path = fields[index + 1] ?? '';
    if (/^[RC]/.test(status)) {
      const next = fields[index + 2] ?? '';
      files.push(
        status.startsWith('R')
          ? { path: next, previousPath: path, status: 'renamed' }
          : { path: next, status: 'added' },
      );
      index += 3;
      continue;
    }
    files.push({ path, status: status === 'A' ? 'added' : status === 'D' ? 'removed' : 'modified' });
    index += 2;
  }
  return files;
}

/**
 * The files and changed lines of a `--raw --patch -z` answer, which has an empty field before the patches. Also the files of
 * a `--name-status -z` list.
 */
export function parseChanges(answer: string): readonly ChangedFile[] {
  const end = answer.indexOf('\0\0');
  const files = parseNameStatus(answer.slice(0, end < 0 ? undefined : end + 1).split('\0'));
  return end < 0 ? files : withLines(files, answer.slice(end + 2));
}

/**
 * Adds the changed lines from git's patches, which are in the order of the list. Git shows a file that became a link as two
 * patches, so if the numbers differ the lines stay unknown. A binary file has no hunks.
 */
export function withLines(files: readonly ChangedFile[], patches: string): readonly ChangedFile[] {
  const sections = patches.split(/(?<![^\n])diff --git [^\n]*\n/).slice(1);
  if (sections.length !== files.length) return files;
  return files.map((file, index) => {
    const lines = parseSection(sections[index] ?? '');
    return lines === null ? file : { ...file, lines };
  });
}

function parseSection(section: string): readonly ChangedLine[] | null {
  const [header = '', ...hunks] = section.split(/(?<![^\n])(?=@@ )/);
  if (/(?<![^\n])copy from /.test(header)) return null;
  if (hunks.length > 0) return parsePatch(hunks.join(''));
  return /(?<![^\n])index /.test(header) ? null : []; // a new name or mode, and the same content
}

/** The order in which changed files are listed. */
export function comparePaths(a: ChangedFile, b: ChangedFile): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
