/** No policy about other things lets a change pass unseen: what is not read is `unknown`. Each case beside one that passes. */
import { KEY_PEM } from './support/fake-keys.ts';
import { listChanges, reviewFiles } from './support/review-files.ts';

const CATEGORIES = `
title: Own
watch: [WATCH]
categories:
  unknown: { title: Unknown, label: unknown/ok, blocks: until-label, questions: { configuration: 'yes', workflow: 'no' } }
  harmless: { title: Harmless, blocks: never, questions: { configuration: 'no', workflow: 'no' } }
  none: { title: None, blocks: never, nothing: true, questions: { configuration: 'no', workflow: 'no' } }
steps: {}
`;
const policyOf = (watch: string, documents: string, rules = '', more = ''): string =>
  `name: own${CATEGORIES.replace('WATCH', watch)}documents:${documents === '' ? ' []' : `\n  - ${documents}`}\n${more}
rules:
${rules}  rest: { when: anything, category: unknown, reason: Nobody knows. }
`;
const one = (text: string) => ({ 'a.json': text });
const PERMISSION = '<uses-permission android:name="android.permission.health.READ_STEPS"/>';
const ANDROID = (more = ''): string =>
  `<manifest xmlns:android="http://schemas.android.com/apk/res/android">${more}<application/></manifest>`;

describe('a watched file without a reader', () => {
  const files = ['app/src/main/AndroidManifest.xml', 'assets/page.html', 'Podfile', 'data.bin'];

  test.each(files)('like %s is unknown', async (path) => {
    const run = (policy: string, after: string) => reviewFiles(policy, { [path]: ANDROID() }, { [path]: after });
    const policy = policyOf("'**'", '');
    expect(await run(policy, ANDROID(PERMISSION))).toMatchObject({ verdict: 'blocked', categories: ['unknown'] });
    const other = policyOf("'other/**'", '');
    expect(await run(other, ANDROID(PERMISSION))).toMatchObject({ verdict: 'passed', categories: [] });
  });

  test('is not a change if the policy says so, except for private keys', async () => {
    const policy = policyOf("'**/*.xml'", '', '', 'unrecognized: nothing');
    const path = 'AndroidManifest.xml';
    const run = (after: string) => listChanges(policy, { [path]: ANDROID() }, { [path]: after });
    expect(await run(ANDROID(PERMISSION))).toEqual([]);
    expect(await run(ANDROID(KEY_PEM))).toEqual(['rest secret added']);
  });

  test('is ignored if only the HealthVault policy watches it', async () => {
    const path = 'AndroidManifest.xml';
    expect(await listChanges(null, { [path]: ANDROID() }, { [path]: ANDROID(PERMISSION) })).toEqual([]);
  });
});

describe('a declared document', () => {
  const NAME = '{ files: [a.json], format: json, settings: { name: { pointer: /name, type: text } } }';
  const ALL = `{ files: [a.json], format: json, settings: { 'all.*': { pointer: '/*', type: any } } }`;

  test('with a list or a single value as its root is read, or unknown', async () => {
    const run = (documents: string, before: string, after: string) =>
      listChanges(policyOf('', documents), one(before), one(after));
    expect(await run(NAME, '[1]', '[2]')).toEqual(['rest document modified']);
    expect(await run(NAME, '1', '2')).toHaveLength(1);
    expect(await run(NAME, '{"name": 1}', '[{"name": 1}]')).toEqual(['rest document modified']);
    expect(await run(NAME, '{"other": 1}', '{"other": 2}')).toEqual([]);
    expect(await run(ALL, '[1]', '[2]')).toEqual(['rest all.0 modified -1 +2']);
    expect(await run(ALL, '"a"', '"b"')).toHaveLength(1);
    expect(await run(ALL, '[1, [2]]', '[1, [ 2 ]]')).toEqual([]);
  });

  test('with a family over a list has every item of it', async () => {
    const documents = `{ files: [a.json], format: json, settings: { 'jobs.*': { pointer: '/jobs/*', type: any } } }`;
    const run = (before: string, after: string) => listChanges(policyOf('', documents), one(before), one(after));
    expect(await run('{"jobs": [{"a": 1}]}', '{"jobs": [{"a": 2}]}')).toHaveLength(1);
    expect(await run('{"jobs": {"x": 1}}', '{"jobs": "none"}')).toHaveLength(2);
    expect(await run('{"jobs": [{"a": 1, "b": 2}]}', '{"jobs": [{"b": 2, "a": 1}]}')).toEqual([]);
  });

  test('has keys with any characters', async () => {
    const rules = `  types: { when: { setting: 'all.@types/node' }, category: harmless, reason: x }
  icons: { when: { setting: all.icons }, category: harmless, reason: x }
`;
    const run = (before: string, after: string) => listChanges(policyOf('', ALL, rules), one(before), one(after));
    expect(await run('{}', '{"@types/node": "1"}')).toEqual(['types all.@types/node added +1']);
    expect(await run('{}', '{"icons@x": "1"}')).toEqual(['rest all.icons@x added +1']);
    expect(await run('{}', '{"icons": "1"}')).toEqual(['icons all.icons added +1']);
  });

  test('without a required key is unknown, unless the policy says otherwise', async () => {
    const documents = (more = '') =>
      `{ files: [a.json], format: json, requires: [/version]${more}, settings: { name: { pointer: /name, type: text } } }`;
    const run = (more: string) =>
      listChanges(policyOf('', documents(more)), one('{"name": "a"}'), one('{"name": "b"}'));
    expect(await run('')).toEqual(['rest document modified']);
    expect(await run(', otherwise: unknown')).toEqual(['rest document modified']);
    expect(await run(', otherwise: nothing')).toEqual([]);
    const known = policyOf('', documents());
    expect(await listChanges(known, one('{"version": 1, "name": "a"}'), one('{"version": 1, "name": "b"}'))).toEqual([
      'rest name modified -a +b',
    ]);
    expect(await listChanges(known, one('{"version": 1, "name": "a"}'), one('{"name": "a"}'))).toEqual([
      'rest document removed',
    ]);
  });

  test('has lists whose absence can mean everything', async () => {
    const run = (absent: string, before: string, after: string) =>
      listChanges(
        policyOf(
          '',
          `{ files: [a.json], format: json, settings: { ids: { pointer: /ids, type: set, grants: true${absent} } } }`,
        ),
        one(before),
        one(after),
      );
    expect(await run('', '{"ids": []}', '{}')).toEqual(['rest ids removed']);
    expect(await run('', '{}', '{"ids": []}')).toEqual([]);
    expect(await run(', absent: none', '{"ids": []}', '{}')).toEqual([]);
    expect(await run(', absent: all', '{"ids": []}', '{}')).toEqual(['rest ids added +all (default)']);
    expect(await run(', absent: all', '{}', '{"ids": ["a"]}')).toEqual(['rest ids modified -all (default) +a']);
  });

  test('has numbers of any size', async () => {
    const run = (before: string, after: string) =>
      listChanges(policyOf('', ALL), one(`{"id": ${before}}`), one(`{"id": ${after}}`));
    expect(await run('9007199254740993', '9007199254740992')).toEqual([
      'rest all.id modified -9007199254740993 +9007199254740992',
    ]);
    expect(await run('0.1', '0.10')).toEqual([]);
    expect(await run('0.10000000000000000001', '0.1')).toHaveLength(1);
    expect(await run('100', '1e2')).toEqual([]);
  });
});
