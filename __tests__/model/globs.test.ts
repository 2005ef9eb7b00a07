import fc from 'fast-check';
import {
  createFolderMatcher,
  createPathMatcher,
  createTextMatcher,
  findDocumentGlobProblem,
  findGlobProblem,
  MAX_GLOB_CHARS,
} from '../../src/model/globs.ts';

test.each([
  ['**/*.config', 'lib/any', true],
  ['apps/*/conf/**', 'apps', true],
  ['apps/*/conf/**', 'Apps/web', true],
  ['apps/*/conf/**', 'apps/web/conf/deep', true],
  ['apps/*/conf/**', 'apps/web/other', false],
  ['apps/*/conf/**', 'lib', false],
  ['apps/*.yml', 'apps', true],
  ['apps/*.yml', 'apps/web', false],
  ['manifest.json', 'lib', false],
  ['{a,b}/x.yml', 'b', true],
  ['a/**/b.yml', 'a/x/y', true],
])('%s may match a path below %s is %s', (glob, folder, expected) =>
  expect(createFolderMatcher([glob])(folder)).toBe(expected),
);

test.each([
  ['**/*.config', 'Web.Config', true],
  ['**/*.config', 'a/b c/#x/Web.Release.CONFIG', true],
  ['**/*.config', 'web.configs', false],
  ['*.config', 'a/web.config', false],
  ['**/application*.{yml,yaml}', 'src/application-dev.yaml', true],
  ['**/application*.{yml,yaml}', 'src/application.json', false],
  ['apps/*/healthvault/**', 'apps/web/healthvault/x/y.xml', true],
  ['apps/*/healthvault/**', 'apps/web/other/healthvault/y.xml', false],
  ['**/a/**/b', 'a/b', true],
  ['**/a/**/b', 'x/a/y/z/b', true],
  ['**/a/**/b', 'x/ab/y/z/b', false],
  ['docs/?.md', 'docs/é.md', true],
  ['docs/?.md', 'docs/ab.md', false],
  ['.github/**', '.github/workflows/go.yml', true],
  ['**', '.hidden/file', true],
  ['**', 'file', true],
  ['src/**', 'src', false],
  ['src/**', 'src/a', true],
  ['src/[id]/page.tsx', 'src/[id]/page.tsx', true],
  ['src/[id]/page.tsx', 'src/i/page.tsx', false],
  ['a**c', 'abbbc', true],
  ['a**c', 'ab/bc', false],
])('%s matches %s is %s', (glob, path, expected) => {
  expect(createPathMatcher([glob])(path)).toBe(expected);
});

test('an empty list of globs matches nothing', () => {
  expect(createPathMatcher([])('')).toBe(false);
});

/** Globs by their definition: a segment as a regular expression, `**` as any number of names, one at least at the end. */
function matchesByDefinition(parts: readonly string[], names: readonly string[]): boolean {
  const [part, ...rest] = parts;
  if (part === undefined) return names.length === 0;
  if (part === '**' && rest.length === 0) return names.length > 0;
  if (part === '**')
    return Array.from({ length: names.length + 1 }).some((_, at) => matchesByDefinition(rest, names.slice(at)));
  const [name, ...others] = names;
  const pattern = part.replaceAll('?', '.').replaceAll('*', '.*').replace('{a,ab}', '(?:a|ab)');
  return name !== undefined && new RegExp(`^${pattern}$`).test(name) && matchesByDefinition(rest, others);
}

test('a glob matches as defined', () => {
  const part = fc.constantFrom('a', 'b', 'ab', '*', 'a*', '*b', '?', 'a?b', '{a,ab}', '**');
  const name = fc.stringMatching(/^[ab]{1,3}$/);
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 6 }),
      fc.array(name, { minLength: 1, maxLength: 6 }),
      (parts, names) =>
        expect(createPathMatcher([parts.join('/')])(names.join('/'))).toBe(matchesByDefinition(parts, names)),
    ),
    { numRuns: 2000 },
  );
});

test('a pattern with many stars needs a limited number of steps', () => {
  const hostile = `${'*a'.repeat(60)}b`;
  expect(findGlobProblem(hostile)).toBeNull();
  expect(createPathMatcher([hostile])('a'.repeat(4000))).toBe(false);
  expect(createPathMatcher([`${'**/a/'.repeat(30)}b`])('a/'.repeat(2000))).toBe(false);
  expect(createTextMatcher([hostile])('a'.repeat(20_000))).toBe(false);
});

test.each([
  ['x'.repeat(MAX_GLOB_CHARS), null],
  ['x'.repeat(MAX_GLOB_CHARS + 1), 'glob-too-long'],
  ['/src/**', 'glob-absolute'],
  ['./src/**', 'glob-absolute'],
  ['../src/**', 'glob-absolute'],
  ['.github/**', null],
  ['src/', 'glob-folder'],
  ['!src/**', 'glob-negated'],
  ['src/+(a|b)', 'glob-extended'],
  ['!(a)', 'glob-extended'],
  ['src/page (old).aspx', null],
  ['src\\x', 'glob-backslash'],
  ['a{b', 'glob-braces'],
  ['a}b', 'glob-braces'],
  ['a{b,{c,d}}', 'glob-braces'],
  ['src/**.yml', 'glob-stars'],
  ['src/a**/b', 'glob-stars'],
  ['src/***', 'glob-stars'],
  ['**/*.yml', null],
  ['v{1..3}.yml', 'glob-range'],
  ['v{1}.yml', null],
  ['v{a..c,e}.yml', 'glob-range'],
  [' src/**', 'glob-spaces'],
  ['src/* ', 'glob-spaces'],
  ['src/{a, b}', 'glob-spaces'],
  ['{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}', null],
  ['{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}', 'glob-too-many'],
])('%s is rejected with %s', (glob, problem) => {
  expect(findGlobProblem(glob)?.id ?? null).toBe(problem);
});

test.each(['conf/[ab].json', 'conf/(a|b).json', 'conf/a|b.json', 'conf/"a".json', 'conf/c++.json', 'conf/{a,b}+.json'])(
  '%s has another meaning in the files of a document, so it is rejected',
  (glob) => {
    expect(findGlobProblem(glob)).toBeNull();
    expect(findDocumentGlobProblem(glob)?.id).toBe('glob-ambiguous');
  },
);

test.each(['**/manifest.json', 'conf/*.{yml,yaml}', 'a/**/b?.json', "it's a+b, $x@1.json", '.x/**'])(
  '%s has the same meaning in the files of a document',
  (glob) => expect(findDocumentGlobProblem(glob)).toBeNull(),
);

test('the files of a document are first checked like every glob', () => {
  expect(findDocumentGlobProblem('/conf/[ab].json')?.id).toBe('glob-absolute');
  expect(findDocumentGlobProblem('conf/')?.id).toBe('glob-folder');
});

test.each([
  [['Add*'], 'addapplication', true],
  [['add'], 'ADD', true],
  [['a?b'], 'acb', false],
  [['*conn*ect*'], 'xCONNyectz', true],
  [['*'], '', true],
  [['https://\\*/*'], 'https://*/*', true],
  [['https://\\*/*'], 'https://*/', true],
  [['https://\\*/*'], 'https://a/', false],
  [['\\*'], '*', true],
  [['\\*'], 'a', false],
  [['\\*'], '\\*', false],
  [['a\\b'], 'A\\B', true],
  [[], '', false],
])('text %j matches %s is %s', (patterns, text, expected) => {
  expect(createTextMatcher(patterns)(text)).toBe(expected);
});
