import { mavenPom } from '../../src/formats/maven.ts';
import { readContext, readWith } from '../support/read-context.ts';

const HOME = 'src/main/resources/hv-application.properties';
const read = (path: string, text: string, files: Record<string, string>) => readWith(mavenPom, path, text, files);
const modules = (...names: string[]): string =>
  `<project><modules>${names.map((name) => `<module>${name}</module>`).join('')}</modules></project>`;

test('claims poms only', () => {
  expect(mavenPom.claims('a/pom.xml', readContext())).toBe(true);
  expect(mavenPom.claims('a/xpom.xml', readContext())).toBe(false);
});

test.each<[string, string, string, Record<string, string>, string[]]>([
  ['its own resources', 'a/pom.xml', '<project/>', { [`a/${HOME}`]: '' }, [`a/${HOME}`]],
  ['its own folder', 'pom.xml', '<project/>', { 'hv-application.properties': '' }, ['hv-application.properties']],
  [
    'its modules',
    'pom.xml',
    modules('web', './core/'),
    { [`web/${HOME}`]: '', 'core/hv-application.properties': '' },
    ['core/hv-application.properties', `web/${HOME}`],
  ],
  [
    'modules of modules',
    'pom.xml',
    modules('a'),
    { 'a/pom.xml': modules('b', '../c'), [`a/b/${HOME}`]: '', [`c/${HOME}`]: '' },
    [`a/b/${HOME}`, `c/${HOME}`],
  ],
  [
    'modules of profiles',
    'pom.xml',
    `<project><profiles><profile><modules><module>w</module></modules></profile></profiles></project>`,
    { [`w/${HOME}`]: '' },
    [`w/${HOME}`],
  ],
  ['a broken pom, by its place', 'pom.xml', '<project>', { [HOME]: '' }, [HOME]],
  ['modules that include each other', 'pom.xml', modules('a'), { 'a/pom.xml': modules('..'), [HOME]: '' }, [HOME]],
])('%s', (_name, path, text, files, owners) => {
  expect(read(path, text, files)).toEqual({ kind: 'part-of', owners });
});

test('a pom without such files is none of ours', () => {
  expect(read('pom.xml', modules('a', '../../b'), { 'other/hv-application.properties': '' })).toEqual({
    kind: 'not-configuration',
  });
});
