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
])('matches %s: %s', (path, claimed) => {
  expect(mavenPom.matchesPath(path, readContext())).toBe(claimed);
  expect(mavenPom.id).toBe('maven-pom');
});

describe('filter files', () => {
  const pom = project(filters('src/main/filters/live.properties'));
  const live = 'app/src/main/filters/live.properties';

  test('define values, located there', () => {
    expect(resolve('${x}', { 'app/pom.xml': pom, [live]: '# x\nx = 1 \ny=2' })).toEqual({
      kind: 'resolved',
      text: '1 ',
      at: { file: live, line: 2, column: 5 },
    });
  });

  test('lead to the properties that they are filled into, and no others do', () => {
    const files = { 'app/pom.xml': pom, [HOME]: '', 'b/hv-application.properties': '', [live]: '' };
    expect(owners(live, files)).toEqual([HOME]);
    expect(owners('app/src/main/filters/other.properties', files)).toEqual(['not-configuration']);
    expect(owners('app/pom.xml', files)).toEqual([HOME]);
  });

  test('count beside a value of the pom, since it is not said which one wins', () => {
    const files = {
      'app/pom.xml': project(properties('<x>2</x>'), filters('a.properties')),
      'app/a.properties': 'x=1',
    };
    expect(candidates(resolve('${x}', files))).toEqual(['filter app/a.properties: 1', ': 2']);
    expect(candidates(resolve('${x}', { ...files, 'app/a.properties': 'x=2' }))).toEqual(['only 2']);
  });

  test('may be of a profile, of a parent, and named from the base folder', () => {
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

  test('may be named by a property, whose values count', () => {
    const named = (us: string): Files => ({
      'app/pom.xml': project(properties(`<where>${us}</where>`), filters('${where}.properties')),
      'app/us.properties': 'x=1',
      'app/eu.properties': 'x=2',
    });
    expect(candidates(resolve('${x}', named('us')))).toEqual(['only 1']);
    expect(candidates(resolve('${x}', named('eu')))).toEqual(['only 2']);
  });

  test('may be named by what nobody knows: then every file that fits counts', () => {
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

  test('are named from the base folder at the beginning only', () => {
    const files = { 'app/pom.xml': project(filters('x/${basedir}/a.properties')), 'app/x/a.properties': 'x=1' };
    expect(resolve('${x}', files).kind).toBe('unresolved');
  });

  test.each<[string, Files]>([
    ['are missing', {}],
    ['cannot be read', { [live]: 'x=\\u00' }],
    ['are no text', { [live]: Uint8Array.of(0xff) }],
  ])('define nothing where they %s', (_, files) => {
    const resolution = resolve('${x}', { 'app/pom.xml': pom, ...files });
    expect(resolution).toMatchObject({
      kind: 'unresolved',
      reason: 'No pom.xml above the file says what x stands for.',
      candidates: [{ text: '${x}', at: null, under: '' }],
    });
  });
});

describe('profiles', () => {
  const active = '<activation><activeByDefault>true</activeByDefault></activation>';
  const both = (us: string, eu: string): Files => ({
    'app/pom.xml': project(
      `<profiles><profile><id>us</id>${us}</profile><profile><id>eu</id>${eu}</profile></profiles>`,
    ),
  });
  const [one, two] = [properties('<x>1</x>'), properties('<x>2</x>')];

  test('are told apart by id, value and activation', () => {
    const first = candidates(resolve('${x}', both(active + one, two)));
    expect(first).toEqual(['profile us (activation "" (activeByDefault "true")): 1', 'profile eu: 2']);
    expect(candidates(resolve('${x}', both(active + two, one)))).not.toEqual(first);
    expect(candidates(resolve('${x}', both(one, active + two)))).not.toEqual(first);
    expect(resolve('${x}', both(one, two))).toMatchObject({
      reason: '${x} comes to different values in different Maven profiles.',
    });
  });

  test('may have no id', () => {
    const files = { 'app/pom.xml': project(`<profiles><profile>${one}</profile></profiles>`, two) };
    expect(candidates(resolve('${x}', files))).toEqual(['profile: 1', ': 2']);
  });

  test('of several placeholders all count', () => {
    const files = { 'app/pom.xml': project(profile('us', properties('<a>1</a><b>2</b>')), properties('<b>3</b>')) };
    expect(candidates(resolve('${a}-${b}', files))).toEqual(['profile us profile us: 1-2', 'profile us: 1-3']);
  });

  test('may stand in any order', () => {
    const ordered = (...ids: readonly string[]): readonly string[] => {
      const each = ids.map((id) => `<profile><id>${id}</id>${properties(`<x>${id.charAt(0)}</x>`)}</profile>`);
      return candidates(resolve('${x}', { 'app/pom.xml': project(`<profiles>${each.join('')}</profiles>`) }));
    };
    const sorted = ['profile a1: a', 'profile a2: a', 'profile b: b', 'profile c: c'];
    expect(ordered('a1', 'a2', 'b', 'c')).toEqual(sorted);
    expect(ordered('c', 'a2', 'b', 'a1')).toEqual(sorted);
  });

  test('that agree are no question', () => {
    expect(resolve('${x}', both(one, active + one))).toMatchObject({ kind: 'resolved', text: '1' });
  });

  test('of the nearest pom that always says it end the search', () => {
    const files = {
      'app/pom.xml': project('<parent/>', properties('<x>1</x>')),
      'pom.xml': project(profile('us', properties('<x>2</x>')), properties('<x>3</x>')),
    };
    expect(candidates(resolve('${x}', files))).toEqual(['only 1']);
  });

  test('in greater number than can be told apart are compared as a whole', () => {
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

describe('poms', () => {
  test('are looked for upwards, and a broken one ends the way', () => {
    const value = properties('<x>1</x>');
    expect(resolve('${x}', { 'pom.xml': project(value) })).toMatchObject({ text: '1' });
    expect(resolve('${x}', { 'app/pom.xml': '<project>', 'pom.xml': project(value) })).toMatchObject({
      kind: 'unresolved',
      reason: 'x is filled in by a build, and there is no pom.xml above the file that could be read.',
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
  ])('%s leads to %s', (parent, path) => {
    const files = { 'app/pom.xml': project(parent), [path]: project(properties('<x>1</x>')) };
    expect(resolve('${x}', files)).toMatchObject({ text: '1', at: { file: path } });
  });

  test.each(['<parent><relativePath/></parent>', '<parent><relativePath>../../pom.xml</relativePath></parent>', ''])(
    '%j leads nowhere',
    (parent) => {
      const files = { 'app/pom.xml': project(parent), 'pom.xml': project(properties('<x>1</x>')) };
      expect(resolve('${x}', files).kind).toBe('unresolved');
    },
  );

  test('are read in the encoding that they declare', () => {
    const text = `<?xml version="1.0" encoding="iso-8859-1"?>${project(properties('<x>\xe9</x>'))}`;
    const latin1 = Uint8Array.from([...text].map((character) => character.charCodeAt(0)));
    expect(resolve('${x}', { 'pom.xml': latin1 })).toMatchObject({ text: 'é' });
  });

  test('are followed to the tenth, no further', () => {
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

describe('placeholders', () => {
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
  ])('%s comes to %s', (text, result) => {
    expect(resolve(text, files)).toMatchObject({ kind: 'resolved', text: result });
  });

  test('stand for nothing where nothing defines them, and the first of those is named', () => {
    expect(resolve('${a}-${no}-${nor}', files)).toMatchObject({
      kind: 'unresolved',
      candidates: [{ text: '1-${no}-${nor}' }],
      reason: 'No pom.xml above the file says what no stands for.',
    });
  });

  test('within a text keep its place, alone they have that of their value', () => {
    expect(resolve('${a}', files)).toMatchObject({ at: { file: 'app/pom.xml', line: 1, column: 22 } });
    expect(resolve('x${a}', files)).toMatchObject({ at: null });
    expect(resolve('${a}x', files)).toMatchObject({ at: null });
  });

  test('in any number of profiles are followed only as far as candidates are listed', () => {
    const names = Array.from({ length: 10 }, (_, index) => `p${index}`);
    const all = properties(names.map((name) => `<${name}>x</${name}>`).join(''));
    const many = Array.from({ length: 30 }, (_, index) => profile(`p${index}`, all).replace(/<.?profiles>/g, ''));
    const files = { 'app/pom.xml': project(`<profiles>${many.join('')}</profiles>`) };
    expect(candidates(resolve(names.map((name) => `\${${name}}`).join(''), files))).toHaveLength(65);
  });

  test('that mean each other come to an end', () => {
    const deep = Array.from({ length: 10 }, (_, index) => `<p${index}>\${p${index + 1}}</p${index}>`).join('');
    const end = { 'app/pom.xml': project(properties(`${deep}<p10>x</p10>`)) };
    expect(resolve('${p1}', end)).toMatchObject({ kind: 'resolved', text: 'x' });
    expect(resolve('${p0}', end).kind).toBe('unresolved');
  });
});
