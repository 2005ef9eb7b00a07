/** Who owns a file by CODEOWNERS: patterns as GitHub documents them, and the last rule that matches. */
import fc from 'fast-check';
import { createOwnerMatcher } from '../../src/model/globs.ts';
import { findOwners, parseCodeOwners } from '../../src/policy/code-owners.ts';

test.each<[string, string, string]>([
  ['*', 'a a/b .hidden/c', ''],
  ['**', 'a a/b', ''],
  ['*.js', 'a.js src/a.js a.js/readme', 'a.jsx A.JS'],
  ['name', 'name name/a x/name x/name/a', 'name.txt xname'],
  ['/name', 'name name/a', 'x/name names'],
  ['apps/', 'apps/a apps/b/c x/apps/a', 'apps x/apps'],
  ['/docs/', 'docs/a docs/b/c', 'docs x/docs/a'],
  ['docs/*', 'docs/a', 'docs docs/b/c x/docs/a'],
  ['/*', 'a', 'a/b'],
  ['/*/', 'a/b a/b/c', 'a'],
  ['docs/*.md', 'docs/a.md', 'docs/b/a.md x/docs/a.md'],
  ['a/b', 'a/b a/b/c', 'x/a/b a/bc'],
  ['a/*/c', 'a/b/c a/b/c/d', 'a/c a/b/d/c'],
  ['**/logs', 'logs x/logs x/logs/a', 'logsx'],
  ['**/a/b', 'a/b x/a/b x/a/b/c', 'a/x/b'],
  ['a/**/b', 'a/b a/x/b a/x/y/b/c', 'x/a/b'],
  ['a/**', 'a/b a/b/c', 'a x/a/b'],
  ['a/**/', 'a/b a/b/c', 'a'],
  ['f?o', 'foo', 'fo fooo f/o'],
  ['f\\*o', 'f*o', 'foo'],
  ['/', '', 'a a/b'],
  ['***', '', 'a'],
  ['Docs/', 'Docs/a', 'docs/a'],
])('the pattern %s matches as in GitHub', (pattern, met, missed) => {
  const matches = createOwnerMatcher(pattern);
  const words = (text: string) => text.split(' ').filter((word) => word !== '');
  expect(words(met).filter((path) => !matches(path))).toEqual([]);
  expect(words(missed).filter((path) => matches(path))).toEqual([]);
});

test('no pattern and no path takes long or causes an exception', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '/', '\\', '.'), maxLength: 60 });
  fc.assert(fc.property(text, text, (pattern, path) => typeof createOwnerMatcher(pattern)(path) === 'boolean'));
  expect(createOwnerMatcher(`${'**/a*'.repeat(2000)}b`)(`${'a/'.repeat(2000)}c`)).toBe(false);
});

describe('a file', () => {
  const rules = parseCodeOwners(
    [
      '# Comment',
      '*  @everyone # inline',
      '/apps/ @Acme/Health-Team ada@example.com @ada',
      '/apps/open/',
      'my\\ file.md @tim',
      '',
    ].join('\r\n'),
  );

  test.each([
    ['README.md', { users: ['everyone'], teams: [] }],
    ['apps/a', { users: ['ada'], teams: ['Acme/Health-Team'] }],
    ['apps/open/a', { users: [], teams: [] }],
    ['x/my file.md', { users: ['tim'], teams: [] }],
  ])('like %s has its owners', (path, owners) => expect(findOwners(rules, path)).toMatchObject(owners));

  test('without a matching rule has no owner', () => {
    expect(findOwners([], 'a')).toEqual({ users: [], teams: [] });
    expect(findOwners(parseCodeOwners('#* @ada'), 'a')).toEqual({ users: [], teams: [] });
  });
});
