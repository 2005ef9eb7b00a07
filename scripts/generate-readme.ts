/** Writes the table of inputs and outputs in the README from `action.yml`; `--check` only fails when it is stale. */
import { readFile, writeFile } from 'node:fs/promises';
import { load } from 'js-yaml';

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

const START = '<!-- action-start -->';
const END = '<!-- action-end -->';

const readmePlace = new URL('../README.md', import.meta.url);
const action = load(await readFile(new URL('../action.yml', import.meta.url), 'utf8')) as ActionFile;

const inputs = Object.entries(action.inputs).map(
  ([name, { description, default: value = '' }]) =>
    `| \`${name}\` | ${description} | ${value === '' ? '' : `\`${value}\``} |`,
);
const outputs = Object.entries(action.outputs).map(([name, { description }]) => `| \`${name}\` | ${description} |`);
const table = [
  START,
  '',
  '| input | what it is | default |',
  '|---|---|---|',
  ...inputs,
  '',
  '| output | what it is |',
  '|---|---|',
  ...outputs,
  '',
  END,
].join('\n');

const readme = await readFile(readmePlace, 'utf8');
const [before, rest] = readme.split(START);
const after = rest?.split(END)[1];
if (before === undefined || after === undefined) throw new Error(`README.md lacks ${START} or ${END}`);
const renewed = `${before}${table}${after}`;
if (renewed !== readme && process.argv.includes('--check')) {
  console.error('README.md is stale: run npm run generate.');
  process.exitCode = 1;
} else if (renewed !== readme) await writeFile(readmePlace, renewed);
