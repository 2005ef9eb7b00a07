/**
 * Finds habits of writing that make a reader read twice, in documents, messages, comments, policies, stories, scenarios and
 * titles of tests, and names in sources that a reader cannot guess: `npm run language`. Fails when there is one. `--count`
 * prints the number for each file.
 * `language/habits.ts` and `language/names.ts` have the lists, `language/exceptions.txt` the lines and names that are right.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listDeclarations } from './language/declarations.ts';
import { habits } from './language/habits.ts';
import { findNameProblem } from './language/names.ts';
import { listProseLines } from './language/prose.ts';

const root = join(import.meta.dirname, '..');
/** With fewer files the check has not seen the project. */
const FEWEST_FILES = 500;
/** With fewer names it has not seen the declarations. */
const FEWEST_NAMES = 20_000;
/** Sources whose names are checked. */
const NAMED = /^(?:src|scripts|__tests__\/support)\/(?!.*\.generated\.).*\.m?ts$/;
/** `path: text`: lines of that file that contain the text are not searched, and the name is right there. */
const exceptions = readFileSync(join(import.meta.dirname, 'language', 'exceptions.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const at = line.indexOf(': ');
    return { path: line.slice(0, at), text: line.slice(at + 2), used: false };
  });

interface Finding {
  readonly path: string;
  readonly line: number;
  readonly word: string;
  readonly use: string;
}

function findHabits(path: string): readonly Finding[] {
  const text = readFileSync(join(root, path), 'utf8');
  return listProseLines(path, text).flatMap(({ line, words }) => {
    const exception = exceptions.find((one) => one.path === path && words.includes(one.text));
    if (exception !== undefined) {
      exception.used = true;
      return [];
    }
    return habits.flatMap(({ pattern, use }) => {
      const word = pattern.exec(words)?.[0];
      return word === undefined ? [] : [{ path, line, word, use }];
    });
  });
}

let names = 0;

function findNames(path: string): readonly Finding[] {
  if (!NAMED.test(path)) return [];
  const fileName = { name: path.replace(/\.[^/]*$/, ''), line: 1, isFunction: false };
  const declarations = [fileName, ...listDeclarations(path, readFileSync(join(root, path), 'utf8'))];
  names += declarations.length;
  return declarations.flatMap((declaration) => {
    const use = findNameProblem(declaration);
    if (use === null) return [];
    const { name: word, line } = declaration;
    const exception = exceptions.find((one) => one.path === path && one.text === word);
    if (exception === undefined) return [{ path, line, word, use }];
    exception.used = true;
    return [];
  });
}

const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
const findings = files.flatMap((path) => [...findHabits(path), ...findNames(path)]);
if (files.length < FEWEST_FILES || names < FEWEST_NAMES)
  throw new Error(`Only ${files.length} files and ${names} names were found. Run this in a clone of the project.`);
const unused = exceptions.filter(({ used }) => !used);

if (process.argv.includes('--count')) {
  const counts = new Map<string, number>();
  for (const { path } of findings) counts.set(path, (counts.get(path) ?? 0) + 1);
  for (const [path, count] of [...counts].sort(([, a], [, b]) => b - a)) console.log(`${count} ${path}`);
} else {
  for (const { path, line, word, use } of findings) console.log(`${path}:${line}: "${word}". Use: ${use}.`);
}
for (const { path, text } of unused)
  console.log(`scripts/language/exceptions.txt: ${path} has no line or name with "${text}". Remove it.`);
console.log(
  `${findings.length} findings in ${files.length} files and ${names} names, ${exceptions.length} exceptions.`,
);
if (findings.length + unused.length > 0) process.exitCode = 1;
