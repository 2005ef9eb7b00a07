// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of builds look like this
import { mavenPom, type Resolution, resolveMaven } from '../../../src/formats/java/maven.ts';
import { readContext, readWith } from '../../support/read-context.ts';

const HOME = 'app/src/main/resources/hv-application.properties';
type Files = Readonly<Record<string, string | Uint8Array>>;
const resolve = (text: string, files: Files): Resolution => resolveMaven(text, HOME, readContext(files).tree);
const project = (...inner: readonly string[]): string => `<project>${inner.join('')}</project>`;
const properties = (inner: string): string => `<properties>${inner}</properties>`;
const filters = (...names: readonly string[]): string =>
  `<build><filters>${names.map((name) => `<filter> ${name} </filter>`).join('')}</filters></build>`;
const profile = (id: string, ...inner: readonly string[]): string =>
  `<profiles><profile><id> ${id} </id>${inner.join('')}</profile></profiles>`;
const owners = (path: string, files: Files): readonly string[] => {
  const result = readWith(mavenPom, path, files[path] ?? '', files);
  return result.kind === 'part-of' ? result.owners : [result.kind];
};
const candidates = (resolution: Resolution): readonly string[] =>
  resolution.kind === 'resolved'
    ? [`only ${resolution.text}`]
    : resolution.candidates.map(({ under, text }) => `${under}: ${text}`);

test.each([
  ['a/pom.xml', true],
  ['POM.XML', true],
  ['src/main/filters/live.properties', true],
  ['filter-live.properties', true],
  ['conf/my-filters.PROPERTIES', true],
  ['filters/sub/live.properties', false],
  ['src/main/resources/messages.properties', false],
  ['filters/live.yml', false],
  ['pom.xml.bak', false],
  ['apom.xml', false],
  ['filters/live.properties.bak', false],
])('claims %s (%s)', (path, claimed) => {
  expect(mavenPom.matchesPath(path, readContext())).toBe(claimed);
  expect(mavenPom.id).toBe('maven-pom');
});

describe('a filter file', () => {
  const pom = project(filters('src/main/filters/live.properties'));
  const live = 'app/src/main/filters/live.properties';

  test('defines values, with their places', () => {
    expect(resolve('${x}', { 'app/pom.xml': pom, [live]: '# x\nx = 1 \ny=2' })).toEqual({
      kind: 'resolved',
      text: '1 ',
      at: { file: live, line: 2, column: 5 },
    });
  });

  test('leads only to the properties that it fills in', () => {
    const files = { 'app/pom.xml': pom, [HOME]: '', 'b/hv-application.properties': '', [live]: '' };
    expect(owners(live, files)).toEqual([HOME]);
    expect(owners('app/src/main/filters/other.properties', files)).toEqual(['not-configuration']);
    expect(owners('app/pom.xml', files)).toEqual([HOME]);
  });

  test('counts beside a value of the pom, because the precedence is not documented', () => {
    const files = {
      'app/pom.xml': project(properties('<x>2</x>'), filters('a.properties')),
      'app/a.properties': 'x=1',
    };
    expect(candidates(resolve('${x}', files))).toEqual(['filter app/a.properties: 1', ': 2']);
    expect(candidates(resolve('${x}', { ...files, 'app/a.properties': 'x=2' }))).toEqual(['only 2']);
  });

  test('can be in a profile or a parent, and be named from the base folder', () => {
    const files = {
      'app/pom.xml': project('<parent/>', profile('eu', filters('eu.properties'))),
      'app/eu.properties': 'x=1',
      'pom.xml': project(filters('${basedir}/build/us.properties', '${project.basedir}/none.properties')),
      'build/us.properties': 'x=2',
    };
    expect(candidates(resolve('${x}', files))).toEqual([
      'profile eu filter app/eu.properties: 1',
      'filter build/us.properties: 2',
    ]);
  });

  test('can be named by a property, whose values count', () => {
    const named = (us: string): Files => ({
      'app/pom.xml': project(properties(`<where>${us}</where>`), filters('${where}.properties')),
      'app/us.properties': 'x=1',
      'app/eu.properties': 'x=2',
    });
    expect(candidates(resolve('${x}', named('us')))).toEqual(['only 1']);
    expect(candidates(resolve('${x}', named('eu')))).toEqual(['only 2']);
  });

  test('can have an unknown name, and then every matching file counts', () => {
    const files = {
      'app/pom.xml': project(filters('conf+/${where}-live.@what@')),
      'app/conf+/us-live.properties': 'x=1',
      'app/conf+/eu-live.properties': 'x=2',
      'app/conf+/eu.properties': 'x=3',
      'app/conff/eu-live.properties': 'x=4',
      'other/app/conf+/eu-live.properties': 'x=5',
    };
    expect(candidates(resolve('${x}', files))).toEqual([
      'filter app/conf+/${where}-live.@what@ app/conf+/us-live.properties: 1',
      'filter app/conf+/${where}-live.@what@ app/conf+/eu-live.properties: 2',
    ]);
    expect(owners('app/conf+/eu-live.properties', { ...files, [HOME]: '' })).toEqual([HOME]);
  });

  test('is named from the base folder only at the start', () => {
    const files = { 'app/pom.xml': project(filters('x/${basedir}/a.properties')), 'app/x/a.properties': 'x=1' };
    expect(resolve('${x}', files).kind).toBe('unresolved');
  });

  test.each<[string, Files]>([
    ['missing', {}],
    ['unreadable', { [live]: 'x=\\u00' }],
    ['not text', { [live]: Uint8Array.of(0xff) }],
  ])('defines nothing if it is %s', (_, files) => {
    const resolution = resolve('${x}', { 'app/pom.xml': pom, ...files });
    expect(resolution).toMatchObject({
      kind: 'unresolved',
      reason: 'No pom.xml above the file defines x. Define it, or write the value out.',
      candidates: [{ text: '${x}', at: null, under: '' }],
    });
  });
});

describe('a profile', () => {
  const active = '<activation><activeByDefault>true</activeByDefault></activation>';
  const both = (us: string, eu: string): Files => ({
    'app/pom.xml': project(
      `<profiles><profile><id>us</id>${us}</profile><profile><id>eu</id>${eu}</profile></profiles>`,
    ),
  });
  const [one, two] = [properties('<x>1</x>'), properties('<x>2</x>')];

  test('is distinguished by id, value and activation', () => {
    const first = candidates(resolve('${x}', both(active + one, two)));
    expect(first).toEqual(['profile us (activation "" (activeByDefault "true")): 1', 'profile eu: 2']);
    expect(candidates(resolve('${x}', both(active + two, one)))).not.toEqual(first);
    expect(candidates(resolve('${x}', both(one, active + two)))).not.toEqual(first);
    expect(resolve('${x}', both(one, two))).toMatchObject({
      reason: '${x} has different values in different Maven profiles. Write the production value out.',
    });
  });

  test('can have no id', () => {
    const files = { 'app/pom.xml': project(`<profiles><profile>${one}</profile></profiles>`, two) };
    expect(candidates(resolve('${x}', files))).toEqual(['profile: 1', ': 2']);
  });

  test('counts for several placeholders', () => {
    const files = { 'app/pom.xml': project(profile('us', properties('<a>1</a><b>2</b>')), properties('<b>3</b>')) };
    expect(candidates(resolve('${a}-${b}', files))).toEqual(['profile us profile us: 1-2', 'profile us: 1-3']);
  });

  test('can appear in any order', () => {
    const ordered = (...ids: readonly string[]): readonly string[] => {
      const each = ids.map((id) => `<profile><id>${id}</id>${properties(`<x>${id.charAt(0)}</x>`)}</profile>`);
      return candidates(resolve('${x}', { 'app/pom.xml': project(`<profiles>${each.join('')}</profiles>`) }));
    };
    const sorted = ['profile a1: a', 'profile a2: a', 'profile b: b', 'profile c: c'];
    expect(ordered('a1', 'a2', 'b', 'c')).toEqual(sorted);
    expect(ordered('c', 'a2', 'b', 'a1')).toEqual(sorted);
  });

  test('that agrees with the others leaves no question', () => {
    expect(resolve('${x}', both(one, active + one))).toMatchObject({ kind: 'resolved', text: '1' });
  });

  test('of the nearest pom that always applies ends the search', () => {
    const files = {
      'app/pom.xml': project('<parent/>', properties('<x>1</x>')),
      'pom.xml': project(profile('us', properties('<x>2</x>')), properties('<x>3</x>')),
    };
    expect(candidates(resolve('${x}', files))).toEqual(['only 1']);
  });

  test('is compared with the whole list when there are too many', () => {
    const many = (last: string): Files => {
      const values = Array.from({ length: 70 }, (_, index) => (index === 69 ? last : String(index)));
      const each = values.map(
        (value, index) => `<profile><id>p${index}</id>${properties(`<x>${value}</x>`)}</profile>`,
      );
      return { 'app/pom.xml': project(`<profiles>${each.join('')}</profiles>`) };
    };
    const told = candidates(resolve('${x}', many('69')));
    expect(told).toHaveLength(65);
    expect(told).not.toEqual(candidates(resolve('${x}', many('other'))));
    expect(told.some((one) => one.startsWith('all: '))).toBe(true);
  });
});

describe('a pom', () => {
  test('is searched for upwards, and a broken one ends the search', () => {
    const value = properties('<x>1</x>');
    expect(resolve('${x}', { 'pom.xml': project(value) })).toMatchObject({ text: '1' });
    expect(resolve('${x}', { 'app/pom.xml': '<project>', 'pom.xml': project(value) })).toMatchObject({
      kind: 'unresolved',
      reason: 'A build replaces x, and there is no readable pom.xml above the file. Commit it, or write the value out.',
    });
    for (const broken of [`<other>${value}</other>`, Uint8Array.of(0xff)]) {
      expect(resolve('${x}', { 'app/pom.xml': broken, 'pom.xml': project(value) }).kind).toBe('unresolved');
    }
    expect(owners('app/pom.xml', { 'app/pom.xml': '<project>', [HOME]: '' })).toEqual([HOME]);
  });

  test.each([
    ['<parent/>', 'pom.xml'],
    ['<parent><relativePath> ../pom.xml </relativePath></parent>', 'pom.xml'],
    ['<parent><relativePath>../build</relativePath></parent>', 'build/pom.xml'],
    ['<parent><relativePath>../a.xml.d</relativePath></parent>', 'a.xml.d/pom.xml'],
    ['<parent><relativePath>..\\build\\parent.XML</relativePath></parent>', 'build/parent.XML'],
    ['<parent><relativePath>./../build/./a/../parent.xml</relativePath></parent>', 'build/parent.xml'],
  ])('with %s leads to %s', (parent, path) => {
    const files = { 'app/pom.xml': project(parent), [path]: project(properties('<x>1</x>')) };
    expect(resolve('${x}', files)).toMatchObject({ text: '1', at: { file: path } });
  });

  test.each(['<parent><relativePath/></parent>', '<parent><relativePath>../../pom.xml</relativePath></parent>', ''])(
    'with %j has no parent',
    (parent) => {
      const files = { 'app/pom.xml': project(parent), 'pom.xml': project(properties('<x>1</x>')) };
      expect(resolve('${x}', files).kind).toBe('unresolved');
    },
  );

  test('is read with its declared encoding', () => {
    const text = `<?xml version="1.0" encoding="iso-8859-1"?>${project(properties('<x>\xe9</x>'))}`;
    const latin1 = Uint8Array.from([...text].map((character) => character.charCodeAt(0)));
    expect(resolve('${x}', { 'pom.xml': latin1 })).toMatchObject({ text: 'é' });
  });

  test('is followed up to the tenth parent', () => {
    const chain = (length: number): Files => {
      const paths = Array.from({ length }, (_, index) => `${'a/'.repeat(length - index)}pom.xml`);
      return Object.fromEntries(paths.map((path) => [`app/${path}`, project('<parent/>')]));
    };
    const above = (length: number): Resolution => {
      const file = `app/${'a/'.repeat(length)}hv-application.properties`;
      const files = { ...chain(length), 'app/pom.xml': project(properties('<x>1</x>')) };
      return resolveMaven('${x}', file, readContext(files).tree);
    };
    expect(above(9).kind).toBe('resolved');
    expect(above(10).kind).toBe('unresolved');
  });
});

describe('a placeholder', () => {
  const files = { 'app/pom.xml': project(properties('<a> 1 </a><b>${a}2</b><c-d.e>3</c-d.e>')) };

  test.each([
    ['no placeholder', 'no placeholder'],
    ['${a}', '1'],
    ['x${a}y@a@', 'x1y1'],
    ['${b}', '12'],
    ['@c-d.e@', '3'],
    ['${ a }', '1'],
    ['a@b.example', 'a@b.example'],
    ['$a', '$a'],
  ])('with %s has the value %s', (text, result) => {
    expect(resolve(text, files)).toMatchObject({ kind: 'resolved', text: result });
  });

  test('without a definition is empty, and the first of those is named', () => {
    expect(resolve('${a}-${no}-${nor}', files)).toMatchObject({
      kind: 'unresolved',
      candidates: [{ text: '1-${no}-${nor}' }],
      reason: 'No pom.xml above the file defines no. Define it, or write the value out.',
    });
  });

  test('keeps its place inside of a text, and otherwise has that of its value', () => {
    expect(resolve('${a}', files)).toMatchObject({ at: { file: 'app/pom.xml', line: 1, column: 22 } });
    expect(resolve('x${a}', files)).toMatchObject({ at: null });
    expect(resolve('${a}x', files)).toMatchObject({ at: null });
  });

  test('is followed only to the limit of candidates, with any number of profiles', () => {
    const names = Array.from({ length: 10 }, (_, index) => `p${index}`);
    const all = properties(names.map((name) => `<${name}>x</${name}>`).join(''));
    const many = Array.from({ length: 30 }, (_, index) => profile(`p${index}`, all).replace(/<.?profiles>/g, ''));
    const files = { 'app/pom.xml': project(`<profiles>${many.join('')}</profiles>`) };
    expect(candidates(resolve(names.map((name) => `\${${name}}`).join(''), files))).toHaveLength(65);
  });

  test('that refers to itself through another one is read in time', () => {
    const deep = Array.from({ length: 10 }, (_, index) => `<p${index}>\${p${index + 1}}</p${index}>`).join('');
    const end = { 'app/pom.xml': project(properties(`${deep}<p10>x</p10>`)) };
    expect(resolve('${p1}', end)).toMatchObject({ kind: 'resolved', text: 'x' });
    expect(resolve('${p0}', end).kind).toBe('unresolved');
  });
});
