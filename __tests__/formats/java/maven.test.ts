import { mavenPom } from '../../../src/formats/java/maven.ts';
import { readContext, readWith } from '../../support/read-context.ts';

const HOME = 'src/main/resources/hv-application.properties';
const read = (path: string, text: string, files: Record<string, string>) => readWith(mavenPom, path, text, files);
const modules = (...names: string[]): string =>
  `<project><modules>${names.map((name) => `<module>${name}</module>`).join('')}</modules></project>`;

test('only poms are claimed', () => {
  expect(mavenPom.matchesPath('a/pom.xml', readContext())).toBe(true);
  expect(mavenPom.matchesPath('a/xpom.xml', readContext())).toBe(false);
});

test.each<[string, string, string, Record<string, string>, string[]]>([
  ['its own resources', 'a/pom.xml', '<project/>', { [`a/${HOME}`]: '' }, [`a/${HOME}`]],
  ['its own folder', 'pom.xml', '<project/>', { 'hv-application.properties': '' }, ['hv-application.properties']],
  [
    'modules without their pom',
    'pom.xml',
    modules('web', './core/'),
    { [`web/${HOME}`]: '', 'core/hv-application.properties': '' },
    ['core/hv-application.properties', `web/${HOME}`],
  ],
  [
    'files that name it as a parent, from any depth and place',
    'pom.xml',
    '<project/>',
    {
      'a/pom.xml': '<project><parent/></project>',
      'a/b/pom.xml': '<project><parent><relativePath>..</relativePath></parent></project>',
      'a/b/src/main/webapp/WEB-INF/classes/HV-Application.properties': '',
      'c/pom.xml': '<project/>',
      [`c/${HOME}`]: '',
      'conf/hv-application.properties': '',
    },
    ['a/b/src/main/webapp/WEB-INF/classes/HV-Application.properties', 'conf/hv-application.properties'],
  ],
  ['a broken pom, by its place', 'pom.xml', '<project>', { [HOME]: '' }, [HOME]],
  [
    'parents in a circle',
    'pom.xml',
    '<project><parent><relativePath>pom.xml</relativePath></parent></project>',
    { [HOME]: '' },
    [HOME],
  ],
])('a pom affects %s', (_name, path, text, files, owners) => {
  expect(read(path, text, files)).toEqual({ kind: 'part-of', owners });
});

test('a pom without such files is ignored', () => {
  expect(read('a/pom.xml', modules('../b'), { 'b/hv-application.properties': '' })).toEqual({
    kind: 'not-configuration',
  });
});
