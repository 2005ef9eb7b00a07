/** Several files that a build merges are parts of one declared document. */
import { listChanges, reviewFiles } from './support/review-files.ts';

const policyWith = (documents: string, rules: string): string => `name: own
title: Own
watch: []
categories:
  unknown: { title: Unknown, label: unknown/ok, blocks: until-label, questions: { configuration: 'yes', workflow: 'no' } }
  none: { title: None, blocks: never, nothing: true, questions: { configuration: 'no', workflow: 'no' } }
steps: {}
documents:
${documents}
rules:
  unreadable: { when: { state: unreadable }, category: unknown, reason: Unreadable. }
${rules}
  rest: { when: anything, category: unknown, reason: Nobody knows. }
`;

describe('manifests of browsers beside a common one', () => {
  const EXTENSION = policyWith(
    `  - files: ['**/manifest.json', '**/manifest{-,_}*.json']
    format: json
    parts: folder
    requires: [$.manifest_version]
    otherwise: nothing
    settings:
      permissions: { path: $.permissions, type: set, grants: true }
      rest.*: { path: '$.*', type: any }`,
    `  moved: { when: { setting: permissions, kind: added, given: { setting: permissions, at: base, covers: value } }, category: none, reason: Another part has it. }
  broad: { when: { setting: permissions, kind: added, given: { setting: permissions, is: all } }, category: unknown, reason: All is granted. }`,
  );
  const json = (value: object): string => JSON.stringify(value);
  const common = { 'src/manifest.json': json({ manifest_version: 3, permissions: ['a', 'all'] }) };
  const run = (base: Readonly<Record<string, string>>, head: Readonly<Record<string, string>>) =>
    listChanges(EXTENSION, base, head);

  test('include a part without the required key, and conditions see unchanged parts', async () => {
    const base = { ...common, 'src/manifest-chrome.json': json({ permissions: ['b'] }) };
    const head = { ...common, 'src/manifest-chrome.json': json({ permissions: ['b', 'c'] }) };
    expect(await run(base, head)).toEqual(['broad permissions added +c']);
    const { files } = await reviewFiles(EXTENSION, base, head);
    expect(files.map(({ path }) => path)).toEqual(['src/manifest-chrome.json']);
  });

  test('distinguish a new value from one that another part had', async () => {
    const base = { ...common, 'src/manifest_firefox.json': json({ permissions: ['b'] }) };
    const head = { ...common, 'src/manifest_firefox.json': json({ permissions: ['b', 'a'] }) };
    expect(await run(base, head)).toEqual(['moved permissions added +a']);
  });

  test('can have the required key in a part', async () => {
    const overlay = { 'src/manifest-chrome.json': json({ manifest_version: 3 }) };
    const base = { ...overlay, 'src/manifest.json': json({ permissions: ['a'] }) };
    expect(await run(base, { ...overlay, 'src/manifest.json': json({ permissions: ['a', 'b'] }) })).toEqual([
      'rest permissions added +b',
    ]);
  });

  test('are not a document in a folder without the key', async () => {
    const base = { ...common, 'web/manifest.json': json({ permissions: ['a'] }) };
    expect(await run(base, { ...common, 'web/manifest.json': json({ permissions: ['b'] }) })).toEqual([]);
    const known = EXTENSION.replace('    otherwise: nothing\n', '');
    const unknown = await listChanges(known, base, { ...common, 'web/manifest.json': json({ permissions: ['b'] }) });
    expect(unknown).toEqual(['unreadable document modified']);
  });

  test('have an unknown change when an unchanged part cannot be read', async () => {
    const broken = { 'src/manifest-edge.json': '{' };
    const base = { ...common, ...broken };
    const head = { 'src/manifest.json': json({ manifest_version: 3, permissions: ['a'] }), ...broken };
    expect(await run(base, head)).toContain('unreadable document modified');
  });

  test('are unknown with very many parts', async () => {
    const parts = Object.fromEntries(
      Array.from({ length: 101 }, (_, index) => [`src/manifest-${index}.json`, json({ permissions: [] })]),
    );
    const head = { ...common, ...parts, 'src/manifest-1.json': json({ permissions: ['b'] }) };
    expect(await run({ ...common, ...parts }, head)).toContain('unreadable document modified');
  });
});

describe('manifests of main and flavors', () => {
  const ANDROID = policyWith(
    `  - files: ['**/src/*/AndroidManifest.xml']
    format: xml
    parts: parent-folder
    namespaces: { android: http://schemas.android.com/apk/res/android }
    settings:
      permissions: { path: "$.manifest['uses-permission'][*]['@android:name']", type: set, grants: true }
      rest.*: { path: '$.manifest.*', type: any }`,
    `  known: { when: { setting: permissions, kind: added, given: { setting: permissions, at: base, covers: value } }, category: none, reason: Known. }
  new-app: { when: { state: first, unless: { setting: '*', at: base } }, category: unknown, reason: New app. }`,
  );
  const manifest = (...names: string[]): string =>
    `<manifest xmlns:android="http://schemas.android.com/apk/res/android">${names.map((name) => `<uses-permission android:name="${name}"/>`).join('')}</manifest>`;
  const main = 'app/src/main/AndroidManifest.xml';
  const flavor = 'app/src/gplay/AndroidManifest.xml';

  test('are one document for each module', async () => {
    const base = {
      [main]: manifest('A', 'B'),
      [flavor]: manifest('C'),
      'wear/src/main/AndroidManifest.xml': manifest('D'),
    };
    expect(await listChanges(ANDROID, base, { ...base, [flavor]: manifest('C', 'B') })).toEqual([
      'known permissions added +B',
    ]);
    expect(await listChanges(ANDROID, base, { ...base, [flavor]: manifest('C', 'D') })).toEqual([
      'rest permissions added +D',
    ]);
  });

  test('with a new flavor are not a new application', async () => {
    const base = { [main]: manifest('A') };
    expect(await listChanges(ANDROID, base, { ...base, [flavor]: manifest('C') })).toEqual([
      'rest permissions added +C',
    ]);
    expect(await listChanges(ANDROID, {}, base)).toEqual(['new-app permissions added +A']);
  });
});
