import type { Change } from '../../src/model/change.ts';
import type { ConfigDocument, Environment } from '../../src/model/document.ts';
import { at, document, of, text } from './support/documents.ts';
import { diffFile } from './support/shown.ts';

type Values = Readonly<Record<string, string>>;
const config = (part: string | null, environment: Environment, values: Values, file = 'Web.config'): ConfigDocument =>
  document(
    Object.entries(values).map(([id, value]) => text(id, value, { at: at(1, file) })),
    { part, environment, file: 'Web.config', role: 'client', format: 'dotnet-config' },
  );
const line = ({ file, setting, before, after, traits, document: { part, environment } }: Change) =>
  `${file} ${setting}: ${before} -> ${after} (${part}, ${environment}) [${traits.join()}]`;

test('a change that a transform overrides is reported once, for production', () => {
  const side = (name: string) => [config(null, 'ppe', { name }), config('Release', 'production', { name })];
  expect(diffFile(side('A'), side('B')).map(line)).toEqual(['Web.config name: A -> B (Release, production) []']);
});

test('a base value that every production transform overrides is marked', () => {
  const side = (name: string) => [
    config(null, 'ppe', { name }),
    config('Release', 'production', { name: 'R' }, 'Web.Release.config'),
  ];
  expect(diffFile(side('A'), side('B')).map(line)).toEqual(['Web.config name: A -> B (null, ppe) [overridden]']);
});

test('a value that only one of two production transforms overrides counts', () => {
  const side = (name: string) => [
    config(null, 'none', { name }),
    config('Live', 'production', { name }),
    config('Release', 'production', { name: 'R' }, 'Web.Release.config'),
  ];
  expect(diffFile(side('A'), side('B')).map(line)).toEqual(['Web.config name: A -> B (Live, production) []']);
});

test.each(['Debug', 'Staging', 'Test'])('%s is not production, even with its hosts', (part) => {
  const side = (name: string) => [config(null, 'production', { name }), config(part, 'production', { name: 'D' })];
  expect(diffFile(side('A'), side('B')).map(line)).toEqual(['Web.config name: A -> B (null, production) []']);
});

test('a Release transform with pre-production hosts overrides nothing', () => {
  const side = (name: string) => [config(null, 'none', { name }), config('Release', 'ppe', { name: 'R' })];
  expect(diffFile(side('A'), side('B'))[0]?.traits).toEqual([]);
});

test('a new or removed transform is compared with the untransformed document', () => {
  const plain = [config(null, 'ppe', { name: 'A' })];
  const released = [...plain, config('Release', 'production', { name: 'R' }, 'Web.Release.config')];
  expect(diffFile(plain, released).map(line)).toEqual([
    'Web.Release.config name: A -> R (Release, production) [starts-in-production]',
  ]);
  expect(diffFile(released, plain).map(line)).toEqual(['Web.config name: R -> A (null, ppe) []']);
});

test('environments of one file override nothing, and a renamed one is not a new application', () => {
  const part = (name: string | null, environment: Environment, values: Values) => ({
    ...config(name, environment, values),
    format: 'client-settings',
  });
  const base = [
    part(null, 'mixed', { 'app-id': 'A', shell: 'P' }),
    part('Live', 'production', { 'app-id': 'A', shell: 'L' }),
  ];
  const other = [
    part(null, 'mixed', { 'app-id': 'A', shell: 'Q' }),
    part('Live', 'production', { 'app-id': 'A', shell: 'L' }),
  ];
  expect(diffFile(base, other).map(line)).toEqual(['Web.config shell: P -> Q (null, mixed) []']);
  const swapped = [
    part(null, 'mixed', { 'app-id': 'A', shell: 'L' }),
    part('Test', 'ppe', { 'app-id': 'A', shell: 'P' }),
  ];
  expect(diffFile(base, swapped).map(line)).toEqual(['Web.config shell: P -> L (null, mixed) []']);
});

test('a profile without a base document is a separate document', () => {
  const profile = (name: string | null, values: Values) => ({ ...config(name, 'none', values), format: 'spring' });
  const base = [profile(null, { 'app-id': 'A' }), profile('prod', { port: '1' })];
  const head = [profile(null, { 'app-id': 'B' }), profile('prod', { port: '1' })];
  expect(diffFile(base, head)[0]?.traits).not.toContain('overridden');
  expect(diffFile([base[0] ?? config(null, 'none', {})], base).map(line)).toEqual([
    'Web.config port: null -> 1 (prod, none) []',
  ]);
});

test('a second application in the file does not change the first one', () => {
  const body = (part: string | null, id: string, name: string) => config(part, 'none', { 'app-id': id, name });
  const one = [body(null, 'A', 'x')];
  const two = [body('A', 'A', 'y'), body('B', 'B', 'z')];
  expect(diffFile(one, two).map(line)).toEqual([
    'Web.config app-id: null -> B (B, none) []',
    'Web.config name: null -> z (B, none) []',
    'Web.config name: x -> y (A, none) []',
  ]);
  expect(diffFile(two, one).map(line)).toEqual([
    'Web.config document: null -> null (B, none) []',
    'Web.config name: y -> x (A, none) []',
  ]);
});

test('parts without an untransformed document are separate', () => {
  const staging = config('staging', 'ppe', { name: 'A' });
  const production = config('production', 'production', { name: 'A' });
  expect(diffFile([staging], [staging, production]).map(line)).toEqual([
    'Web.config name: null -> A (production, production) [starts-in-production]',
  ]);
});

test('a removed file is one change, for its most demanding part', () => {
  const side = [config(null, 'ppe', { name: 'A' }), config('Release', 'production', { name: 'A' })];
  expect(diffFile(side, []).map(line)).toEqual(['Web.config document: null -> null (Release, production) []']);
});

test('a secret in the base file is never overridden, and two of them remain two', () => {
  const leak = (meaning: string, row: number) => of('secret', { kind: 'secret', meaning, what: 'a password' }, row);
  const base = [document([]), document([], { part: 'Release' })];
  const head = [document([leak('x', 3), leak('y', 4)]), document([], { part: 'Release' })];
  const changes = diffFile(base, head);
  expect(changes.map(({ setting, traits, location }) => [setting, traits, location?.line])).toEqual([
    ['secret', [], 3],
    ['secret', [], 4],
  ]);
});
