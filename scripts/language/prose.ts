/** Takes the sentences out of a file: prose of documents, texts and comments of sources, sentences of policies and stories. */

/** One line of a file, without code. */
export interface ProseLine {
  /** From 1. */
  readonly line: number;
  readonly words: string;
}

/** Documents in which figures are written by scripts, or words of others are quoted. */
const skipped =
  /^(?:dist\/|data\/|schemas\/|LICENSE|__tests__\/support\/openapi\/|scripts\/language\/|CODE_OF_CONDUCT)|\.generated\.|\/(?:expected|golden|base|head)\//;

/** The lines of prose of a file; none where a file holds no prose of this project. */
export function listProseLines(path: string, text: string): readonly ProseLine[] {
  if (skipped.test(path)) return [];
  if (path.endsWith('.md')) return listMarkdownLines(text);
  if (/\.(?:ts|mts|mjs|sh)$/.test(path))
    return path.endsWith('.sh') ? listShellLines(text) : listSourceLines(path, text);
  if (/\.ya?ml$/.test(path)) return listYamlLines(text);
  return [];
}

function numberLines(lines: readonly string[]): readonly ProseLine[] {
  return lines.map((words, index) => ({ line: index + 1, words })).filter(({ words }) => words.trim() !== '');
}

function listMarkdownLines(text: string): readonly ProseLine[] {
  let fenced = false;
  return numberLines(
    text.split('\n').map((line) => {
      if (/^\s*(?:```|~~~)/.test(line)) {
        fenced = !fenced;
        return '';
      }
      return fenced || line.startsWith('>') ? '' : withoutCode(line);
    }),
  );
}

/** Without code spans, addresses and quoted texts. */
function withoutCode(line: string): string {
  return line
    .replaceAll(/`[^`]*`/g, '')
    .replaceAll(/\]\([^)]*\)/g, ']')
    .replaceAll(/"[^"]*"/g, '');
}

/** Text in quotes: the sign, then the text. */
const QUOTED = /(['"`])((?:(?!\1)[^\\]|\\.)*)\1/;
/** What follows a title in a test file: the title of a suite or a test, of a table, or the name of a case in a table. */
const TITLES = [
  new RegExp(`\\b(?:describe|test)(?:\\.\\w+)*\\(\\s*${QUOTED.source}`, 'g'),
  new RegExp(`\\)\\(\\s*${QUOTED.source},`, 'g'),
  new RegExp(`^\\s*\\[?${QUOTED.source}(?:,|: )`, 'g'),
];

/** Titles of tests and names of their cases that are sentences. */
function findTitles(line: string): readonly string[] {
  const titles = TITLES.flatMap((pattern) => [...line.matchAll(pattern)].map(([, , title = '']) => title));
  return titles.filter((title) => /\w \S+ \w/.test(title));
}

/** Comments everywhere; in files of messages and words also their texts, in tests also their titles. */
function listSourceLines(path: string, text: string): readonly ProseLine[] {
  const texts = /\/(?:messages|words)\.ts$/.test(path);
  const isTest = path.endsWith('.test.ts');
  let comment = false;
  return numberLines(
    text.split('\n').map((line) => {
      if (comment) {
        comment = !line.includes('*/');
        return withoutCode(line);
      }
      // Globs in texts contain the signs of comments: a comment begins a line, or follows a space.
      const at = /^\s*\/\*/.test(line) ? 0 : line.search(/(?<=^|\s)\/\/ /);
      const code = at < 0 ? line : line.slice(0, at);
      const said = at < 0 ? '' : line.slice(at);
      if (/^\s*\/\*/.test(said)) comment = !said.includes('*/');
      const strings = texts ? [...code.matchAll(new RegExp(QUOTED, 'g'))].map(([, , string = '']) => string) : [];
      const titles = isTest ? findTitles(code) : [];
      return [...[...strings, ...titles].map((one) => one.replaceAll(/"[^"]*"/g, '')), withoutCode(said)].join(' ');
    }),
  );
}

function listShellLines(text: string): readonly ProseLine[] {
  return numberLines(text.split('\n').map((line) => (/^\s*#(?!!)/.test(line) ? withoutCode(line) : '')));
}

/** Comments, and values that are sentences. */
function listYamlLines(text: string): readonly ProseLine[] {
  return numberLines(
    text.split('\n').map((line) => {
      const comment = /(?:^|\s)#\s.*$/.exec(line)?.[0] ?? '';
      const value =
        /^\s*(?:- )?(?:story|say|title|text|reason|note|attests|name|description|who|words|because):\s*(.+)$/.exec(
          line,
        )?.[1] ?? '';
      const sentence = /\s\S+\s/.test(value) ? value.replace(/^(["'])(.*)\1$/, '$2') : '';
      return withoutCode(`${sentence} ${comment}`);
    }),
  );
}
