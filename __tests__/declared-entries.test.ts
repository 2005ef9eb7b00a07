/** Which entry of a list changed, whatever its place: families by key, sets of parts, keys and mixed lists. */
import { listChanges } from './support/review-files.ts';

const POLICY = (format: string, settings: string, more = ''): string => `name: own
title: Own
watch: []
categories:
  unknown: { title: Unknown, label: unknown/ok, blocks: until-label, questions: { configuration: 'yes', workflow: 'no' } }
  none: { title: None, blocks: never, nothing: true, questions: { configuration: 'no', workflow: 'no' } }
steps: {}
documents:
  - files: ['**/file.*']
    format: ${format}
${more}    settings:
${settings}
rules:
  rest: { when: anything, category: unknown, reason: Nobody knows. }
`;
const lines = async (policy: string, before: string, after: string) =>
  (await listChanges(policy, { 'file.txt': before }, { 'file.txt': after })).map((line) => line.replace(/^rest /, ''));

describe('an Android manifest', () => {
  const policy = POLICY(
    'xml',
    `      permissions: { path: "$.manifest['uses-permission'][*]['@android:name']", type: set, grants: true }
      activities.*: { path: '$.manifest.application[*].activity[*]', key: '@android:name', type: any }
      services.*: { path: '$.manifest.application[*].service[*]', key: '@android:name', value: '@android:foregroundServiceType', type: set, split: '|' }
      other.*: { path: '$.manifest.*', type: any }`,
    '    namespaces: { android: http://schemas.android.com/apk/res/android }\n',
  );
  const manifest = (permissions: string, application: string): string =>
    `<manifest xmlns:android="http://schemas.android.com/apk/res/android">${permissions}<application>${application}</application></manifest>`;
  const permission = (name: string): string => `<uses-permission android:name="${name}"/>`;
  const activity = (name: string, more = ''): string => `<activity android:name="${name}" ${more}/>`;
  const service = (types: string): string => `<service android:name=".S" android:foregroundServiceType="${types}"/>`;

  test('has entries for the permission, the activity and the type of service', async () => {
    const before = manifest(permission('A'), activity('.One') + activity('.Two') + service('health'));
    const run = (after: string) => lines(policy, before, after);
    expect(await run(before)).toEqual([]);
    expect(
      await run(manifest(permission('A') + permission('B'), activity('.One') + activity('.Two') + service('health'))),
    ).toEqual(['permissions added +B']);
    expect(await run(manifest(permission('A'), activity('.Two') + activity('.One') + service('health')))).toEqual([]);
    expect(await run(manifest(permission('A'), activity('.One') + service('health')))).toEqual([
      expect.stringMatching(/^activities\.\.Two removed/),
    ]);
    const exported = manifest(
      permission('A'),
      activity('.One', 'android:exported="true"') + activity('.Two') + service('health'),
    );
    expect(await run(exported)).toEqual([expect.stringMatching(/^activities\.\.One modified/)]);
    expect(
      await run(manifest(permission('A'), activity('.One') + activity('.Two') + service('health|location'))),
    ).toEqual(['services..S added +location']);
  });

  test('has no other content that changes unseen', async () => {
    const before = manifest('', '<service android:name=".S"/>');
    expect(await lines(policy, before, manifest('<queries/>', '<service android:name=".S"/>'))).toHaveLength(1);
    expect(
      await lines(policy, before, manifest('', '<service android:name=".S" android:exported="true"/>')),
    ).toHaveLength(1);
  });
});

describe('lists of plain values and maps', () => {
  const fetch = POLICY('yaml', `      hosts: { path: '$.fetch[*]', type: set, value: address, grants: true }`);

  test('are sets if the policy names the value', async () => {
    expect(await lines(fetch, 'fetch: [a, {address: b}]', 'fetch: [{address: a}, b, {address: c, x: 1}]')).toEqual([
      'hosts added +c',
    ]);
    expect(await lines(fetch, 'fetch: [a]', 'fetch: [{other: a}]')).toHaveLength(1);
  });

  const scopes = POLICY('yaml', `      scopes: { path: $.scopes, type: keys, grants: true }`);

  test('include keys of maps', async () => {
    expect(await lines(scopes, 'scopes: [read, write]', 'scopes: {read: {x: 1}, manage: {}}')).toEqual([
      'scopes removed -write',
      'scopes added +manage',
    ]);
    expect(await lines(scopes, 'scopes: {a: 1}', 'scopes: {a: 2}')).toEqual([]);
  });

  const parts = POLICY('toml', `      scopes: { path: $.access.scopes, type: set, split: ',', grants: true }`);

  test('are split when a text contains several', async () => {
    expect(await lines(parts, '[access]\nscopes = "read, write"', '[access]\nscopes = "write,read,,"')).toEqual([]);
    expect(await lines(parts, '[access]\nscopes = "read"', '[access]\nscopes = "read,write"')).toEqual([
      'scopes added +write',
    ]);
  });
});

test('entries with one name are distinguished, and entries without a name by their content', async () => {
  const policy = POLICY('json', `      jobs.*: { path: '$.jobs[*]', key: name, type: any }`);
  const run = (before: unknown, after: unknown) =>
    lines(policy, JSON.stringify({ jobs: before }), JSON.stringify({ jobs: after }));
  expect(
    await run(
      [{ name: 'a', x: 1 }],
      [
        { name: 'a', x: 1 },
        { name: 'a', x: 2 },
      ],
    ),
  ).toEqual([expect.stringMatching(/^jobs\.a \(2\) added/)]);
  expect(await run([{ x: 1 }, { x: 2 }], [{ x: 2 }, { x: 1 }])).toEqual([]);
  expect(await run(['p', { name: 'q' }], [{ name: 'q' }, 'p'])).toEqual([]);
  expect(await run([{ name: 'a' }], 'none')).toHaveLength(2);
});

test('a key with several names is a setting for each', async () => {
  const schemes = POLICY(
    'json',
    `      links.*: { path: '$.links[*]', key: { path: scheme, split: '|' }, value: host, type: text }`,
  );
  const links = (...written: object[]): string => JSON.stringify({ links: written });
  const before = links({ scheme: 'http|https', host: 'a' });
  expect(await lines(schemes, before, links({ scheme: 'http', host: 'a' }, { scheme: ' https ', host: 'a' }))).toEqual(
    [],
  );
  expect(await lines(schemes, before, links({ scheme: 'https|app|', host: 'a' }))).toEqual([
    'links.app added +a',
    'links.http removed -a',
  ]);
  const scopes = POLICY('toml', `      scopes.*: { path: $.access.scopes, key: { split: ',' }, type: text }`);
  const file = (text: string): string => `[access]\nscopes = "${text}"`;
  expect(await lines(scopes, file('read, write'), file('write,read,read'))).toEqual([]);
  expect(await lines(scopes, file('read'), file('read,write_orders'))).toEqual([
    'scopes.write_orders added +write_orders',
  ]);
  expect(await lines(scopes, file('read'), file(''))).toHaveLength(2);
});

test('filters find the right entry', async () => {
  const policy = POLICY('json5', `      level: { path: "$.modules[?@.key == 'main'].level", type: text }`);
  const file = (main: number, other: number): string =>
    `{modules: [{key: 'other', level: ${other}}, {key: 'main', level: ${main}}]} // x`;
  expect(await lines(policy, file(1, 1), file(2, 1))).toEqual(['level modified -1 +2']);
  expect(await lines(policy, file(1, 1), file(1, 2))).toEqual([]);
});

test('a value that only a build determines is unresolved', async () => {
  const policy = POLICY('gradle', `      target: { path: $.android.defaultConfig.targetSdk, type: text }`);
  const script = (value: string): string => `android { defaultConfig { targetSdk = ${value} } }`;
  expect(await lines(policy, script('34'), script('35'))).toEqual(['target modified -34 +35']);
  expect(await lines(policy, script('34'), script('libs.versions.sdk'))).toEqual([
    expect.stringMatching(/^target modified -34 \+\$\.android/),
  ]);
});

test('parts of a YAML stream are separate documents', async () => {
  const policy = POLICY('yaml', `      all.*: { path: '$.*', type: any }`);
  expect(await lines(policy, 'a: 1\n---\na: 1\n', 'a: 1\n---\na: 2\n')).toEqual(['all.a modified -1 +2']);
});
