/** Single steps of the glob matchers: texts that only nearly fit, stars that have to go back, braces in a row. */
import { createPathMatcher, createTextMatcher, findGlobProblem } from '../../src/model/globs.ts';
import { isWatched, isWorkflowFile } from '../../src/policy/paths.ts';
import { expectEach, SMALL_MEANS } from '../policy/small-policies.ts';

type Texts = readonly (readonly [pattern: string, met: readonly string[], not: readonly string[]])[];

/** Tries what a pattern must meet and what it must not, and names what goes wrong. */
function expectTexts(rows: Texts, matcher: (patterns: readonly string[]) => (text: string) => boolean): void {
  for (const [pattern, met, not] of rows) {
    const matches = matcher([pattern]);
    expect([pattern, met.filter((text) => !matches(text)), not.filter(matches)]).toEqual([pattern, [], []]);
  }
}

test('a glob matches whole paths, and no similar one', () => {
  expectTexts(
    [
      ['ab', ['ab', 'AB'], ['', 'a', 'b', 'bb', 'xab', 'abx', 'ab/', '/ab', 'ab/ab']],
      ['a?', ['ab', 'a?'], ['a', 'abc', 'ba', 'a/']],
      ['?', ['a'], ['', 'ab', 'a/b']],
      ['*', ['a', 'ab'], ['a/b']],
      ['a*', ['a', 'ab', 'a.b'], ['ba', 'b', 'a/b']],
      ['*a', ['a', 'ba', 'aba'], ['ab', 'abab', 'b/a']],
      ['*ab*b', ['abb', 'aabab', 'xabyb'], ['ab', 'abba']],
      ['a*b*c', ['abc', 'axbxbc', 'abcbc'], ['ac', 'abcb', 'bc']],
      ['**/a', ['a', 'x/a', 'x/y/a'], ['ab', 'a/b', 'x/ba']],
      ['a/**', ['a/b', 'a/b/c'], ['a', 'b/a/c', 'ab/c']],
      ['a/**/b', ['a/b', 'a/x/b', 'a/b/b'], ['a', 'a/x/bc', 'x/a/b']],
      ['**/a/**/b/*', ['a/b/c', 'x/a/a/y/b/b/c'], ['a/b', 'b/a/c', 'a/c']],
      ['{a,b}', ['a', 'b'], ['', 'ab', ',', '{a,b}']],
      ['x{a,}y', ['xay', 'xy'], ['x', 'xaay', 'y']],
      ['{a,b}/{c,d}.e', ['a/c.e', 'a/d.e', 'b/c.e', 'b/d.e'], ['a/c', 'c/a.e', 'a/e', '/c.e']],
      ['{**,x}/a', ['a', 'y/z/a'], ['x/b']],
      ['{one}', ['one'], ['{one}', 'on']],
      ['a,b{c,d}e,f', ['a,bce,f', 'a,bde,f'], ['a', 'ace', 'a,bce', 'f']],
    ],
    createPathMatcher,
  );
});

test('any of several globs is enough', () => {
  const matches = createPathMatcher(['a', 'b/{c,d}']);
  expect(['a', 'b/c', 'b/d', 'b', 'c', 'b/a'].filter(matches)).toEqual(['a', 'b/c', 'b/d']);
});

test('a pattern matches whole texts, and no similar one', () => {
  expectTexts(
    [
      ['', [''], ['a', ' ']],
      ['a b', ['a b', 'A B'], ['ab', 'a  b']],
      ['a\nb', ['a\nb'], ['ab', 'a b']],
      ['ab', ['ab'], ['a', 'b', 'bb', 'xab', 'abx', '']],
      ['*', ['', 'a', 'a\nb'], []],
      ['a*', ['a', 'ab', 'a/b'], ['', 'ba']],
      ['*a', ['a', 'ba', 'aba'], ['', 'ab']],
      ['a*b*', ['ab', 'axb', 'abbx'], ['a', 'ba']],
      ['a?', ['a?'], ['ab', 'a']],
      ['a{b,c}', ['a{b,c}'], ['ab']],
      ['\\*a*', ['*a', '*ab'], ['a', 'ba', '\\*a', '\\ab']],
      ['a\\', ['a\\'], ['a', 'a*']],
      ['é*', ['É', 'éa'], ['e', 'ea']],
    ],
    createTextMatcher,
  );
});

test('any of several patterns is enough, with stars or without', () => {
  const matches = createTextMatcher(['one', 'two*', '\\*']);
  expect(['one', 'two', 'twofold', '*', 'ones', 'tw', ''].filter(matches)).toEqual(['one', 'two', 'twofold', '*']);
});

const choices = (count: number): string => `{${Array.from({ length: count }, (_, index) => index).join(',')}}`;

test('invalid globs are rejected, and similar valid ones are not', () => {
  expectEach<string | null>(
    [
      ['', null],
      ['a', null],
      ['x'.repeat(200), null],
      ['x'.repeat(201), 'glob-too-long'],
      ['..', null],
      ['.../a', null],
      ['a/./b', null],
      ['/', 'glob-absolute'],
      ['./', 'glob-absolute'],
      ['../a', 'glob-absolute'],
      ['a/b/', 'glob-folder'],
      ['@(a)', 'glob-extended'],
      ['a+(b)', 'glob-extended'],
      ['a?(b)', 'glob-extended'],
      ['a*(b)', 'glob-extended'],
      ['a!(b)', 'glob-extended'],
      ['a(b)', null],
      ['a!b', null],
      ['!a', 'glob-negated'],
      ['!(a)/', 'glob-folder'],
      ['a\\b', 'glob-backslash'],
      ['{a}', null],
      ['{}', null],
      ['a{b,c}d{e}', null],
      ['{', 'glob-braces'],
      ['}', 'glob-braces'],
      ['}{', 'glob-braces'],
      ['{{a}}', 'glob-braces'],
      ['{a}{', 'glob-braces'],
      [choices(64), null],
      [choices(65), 'glob-too-many'],
      [`${choices(8)}/${choices(8)}`, null],
      [`${choices(5)}/${choices(13)}`, 'glob-too-many'],
      [`a,b,c,${choices(32)}${choices(2)}`, null],
      [`${choices(33)}${choices(2)}`, 'glob-too-many'],
    ],
    (glob) => findGlobProblem(glob)?.id ?? null,
  );
});

test('ignore overrides watch, and does not affect sign-up pages', () => {
  const policy = { ...SMALL_MEANS, watch: ['src/**', '*.config'], ignore: ['**/old/**'], workflow: ['src/{in,up}/**'] };
  const paths = ['SRC/a', 'web.Config', 'src/old/a', 'old/web.config', 'web.xml', 'src/in/old/a', 'Src/Up/b', 'in/c'];
  expect(paths.filter((path) => isWatched(policy, path))).toEqual(['SRC/a', 'web.Config', 'Src/Up/b']);
  const named = (own: typeof policy) => paths.filter((path) => isWorkflowFile(own, { path, status: 'modified' }));
  expect(named(policy)).toEqual(['src/in/old/a', 'Src/Up/b']);
  expect(named({ ...policy, workflow: [] })).toEqual([]);
  const moved = { path: 'other/b', previousPath: 'src/up/b', status: 'renamed' } as const;
  expect(isWorkflowFile(policy, moved)).toBe(true);
});
