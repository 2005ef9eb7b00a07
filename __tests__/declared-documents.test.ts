/** Documents that a policy declares, beside the built-in readers and beside each other. */
import { KEY_PEM } from './support/fake-keys.ts';
import { listChanges } from './support/review-files.ts';

const ID = '05a059c9-c309-46af-9b86-b06d42510550';
const OTHER = '9ca84d74-1473-471d-940f-2699cb7198df';
const POLICY = `extends: healthvault
documents:
  - { files: ['config/*.yml'], format: yaml, settings: { level: { pointer: /level, type: text } } }
  - files: ['config/app*.yml']
    format: yaml
    settings: { level: { pointer: /level, type: text }, mode: { pointer: /mode, type: text } }
rules:
  ours-changed: { when: { setting: [level, mode] }, category: none, reason: Ours. }
`;
const spring = (id: string, level: number, mode: string, password = '${PASSWORD}'): string =>
  `health-vault-application-id: ${id}\nhealthvault.app-id: ${id}\nlevel: ${level}\nmode: ${mode}\nkeystore-password: ${password}\n`;

describe('a file that a built-in reader and declared documents claim', () => {
  const path = 'config/application.yml';
  const run = (before: string, after: string) => listChanges(POLICY, { [path]: before }, { [path]: after });

  test('is read by all of them, and equal changes are one change', async () => {
    const changes = await run(spring(ID, 1, 'a'), spring(OTHER, 2, 'b'));
    expect(changes.filter((line) => !line.includes('app-id'))).toEqual([
      'ours-changed level modified -1 +2',
      'ours-changed mode modified -a +b',
    ]);
    expect(changes.filter((line) => line.includes('app-id')).length).toBeGreaterThan(0);
  });

  test('reports a new secret once', async () => {
    expect(await run(spring(ID, 1, 'a'), spring(ID, 1, 'a', 'hunter2'))).toEqual(['secret-found secret added']);
    expect(await run(spring(ID, 1, 'a', 'hunter2'), spring(ID, 2, 'a', 'hunter2'))).toEqual([
      'ours-changed level modified -1 +2',
    ]);
  });

  test('is unreadable when one of them cannot read it', async () => {
    expect(await run(spring(ID, 1, 'a'), `${spring(ID, 1, 'a')}level: 2\n`)).toEqual(['unreadable document modified']);
  });
});

describe('private keys', () => {
  const key = (indent: string): string => KEY_PEM.split('\n').join(`\n${indent}`);

  test.each([
    ['a declared document', 'config/other.yml', `level: 1\nx: |\n  ${key('  ')}\n`],
    ['a watched file without configuration', 'src/build.xml', `<project>${KEY_PEM}</project>`],
  ])('are found in %s', async (_, path, text) => {
    const without = text.replace(/-----BEGIN[\s\S]*-----END[^-]*-----/, 'none');
    const found = (await listChanges(POLICY, { [path]: without }, { [path]: text })).filter((line) =>
      /secret/.test(line),
    );
    expect(found).toEqual(['secret-found secret added']);
    expect(await listChanges(POLICY, { [path]: text }, { [path]: text.replace('<project>', '<project> ') })).toEqual(
      [],
    );
    const gone = await listChanges(POLICY, { [path]: text }, { [path]: without });
    expect(gone.filter((line) => line.includes('secret-found'))).toEqual([]);
  });

  test('are not searched for in an ignored file', async () => {
    const ignoring = `${POLICY}ignore: ['src/**']\n`;
    expect(await listChanges(ignoring, { 'src/a.xml': '<a/>' }, { 'src/a.xml': `<a>${KEY_PEM}</a>` })).toEqual([]);
  });
});

test('a path with many stars takes no longer than any other', async () => {
  const policy = POLICY.replace("'config/*.yml'", `'${'*-'.repeat(60)}*x.yml'`);
  const started = performance.now();
  await listChanges(policy, {}, { [`${'-'.repeat(200)}.yml`]: 'level: 1' });
  expect(performance.now() - started).toBeLessThan(1000);
});
