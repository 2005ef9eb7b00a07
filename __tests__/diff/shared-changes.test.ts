/** A change that several parts of a file share is reported once, for the one that asks most; what only looks alike stays apart. */

import type { Change } from '../../src/model/change.ts';
import type { ConfigDocument, Environment, Setting, SettingValue } from '../../src/model/document.ts';
import { changesOf, here, was } from './support/changes.ts';
import { APPLICATION, at, document, of, text } from './support/documents.ts';
import { diffFile } from './support/shown.ts';

const part = (
  name: string | null,
  environment: Environment,
  settings: readonly Setting[],
  facts: Partial<ConfigDocument> = {},
) => document(settings, { part: name, environment, role: 'client', format: 'spring', ...facts });
const name = (meaning: string) => text('name', meaning, { at: at(3) });
const told = ({ setting, before, after, traits, document }: Change) =>
  `${setting}: ${before} -> ${after} (${document.part}, ${document.environment}) [${traits.join()}]`;

describe('the most demanding part', () => {
  test.each<[Environment, Environment]>([
    ['production', 'mixed'],
    ['mixed', 'unknown'],
    ['unknown', 'none'],
    ['none', 'ppe'],
    ['production', 'ppe'],
    ['mixed', 'ppe'],
  ])('is %s before %s in any order', (more, less) => {
    for (const [first, second] of [
      [more, less],
      [less, more],
    ] as const) {
      const side = (meaning: string) => [part('a', first, [name(meaning)]), part('b', second, [name(meaning)])];
      expect(diffFile(side('A'), side('B')).map(({ document }) => document.environment)).toEqual([more]);
    }
  });

  test('of equal parts is the one without a name, then the first by name', () => {
    const side = (meaning: string, ...names: readonly (string | null)[]) =>
      names.map((one) => part(one, 'none', [name(meaning)]));
    const change = changesOf({ format: 'spring', role: 'client', environment: 'none' });
    const facts = { setting: 'name', kind: 'modified', effect: 'neutral', before: 'A', after: 'B' } as const;
    const whole = change({ ...facts, ...here(3), ...was(3) });
    const orders = [
      [null, 'Alpha', 'Zulu', 'beta'],
      ['beta', 'Zulu', 'Alpha', null],
      ['Zulu', null, 'beta', 'Alpha'],
    ];
    for (const order of orders) {
      for (const other of orders) expect(diffFile(side('A', ...order), side('B', ...other))).toEqual([whole]);
      const named = order.filter((one) => one !== null);
      expect(diffFile(side('A', ...named), side('B', ...named))).toEqual([
        { ...whole, document: { ...whole.document, part: 'Alpha' } },
      ]);
    }
  });

  test('has the facts of all parts', () => {
    const shell = (host: string) => text('client.endpoints.shell', `https://${host}`, { at: at(5) });
    const id = (meaning: string) => text('app-id', meaning, { at: at(6) });
    const side = (host: string, meaning: string) => [
      part('a', 'ppe', [shell(host), id(meaning)]),
      part('b', 'production', [shell(host), id(meaning)]),
    ];
    expect(diffFile(side('a.example', 'placeholder'), side('b.example', APPLICATION)).map(told)).toEqual([
      `app-id: placeholder -> ${APPLICATION} (b, production) [first-application,of-new-application]`,
      'client.endpoints.shell: https://a.example -> https://b.example (b, production) [of-new-application,unknown-host]',
    ]);
  });
});

describe('equal changes', () => {
  const one = (value: SettingValue, file = 'app.yml'): Setting => ({ ...of('document', value), at: at(7, file) });
  const unread = (reason: string): SettingValue => ({ kind: 'unresolved', meaning: 'k', shown: 'k', reason });
  const secret = (what: string): SettingValue => ({ kind: 'secret', meaning: `digest of ${what}`, what });
  const come = (a: Setting, b: Setting) =>
    diffFile([part('a', 'none', []), part('b', 'none', [])], [part('a', 'none', [a]), part('b', 'none', [b])]);

  test('are one change with another reason', () =>
    expect(come(one(unread('x')), one(unread('y'))).map(({ detail }) => detail)).toEqual(['x']));

  test('are two for two kinds of secrets in one place', () => {
    expect(come(one(secret('a key')), one(secret('a password'))).map(({ detail }) => detail)).toEqual([
      'a key',
      'a password',
    ]);
    expect(come(one(secret('a key')), one(secret('a key')))).toHaveLength(1);
  });

  test('are two in two places', () => {
    expect(come(text('name', 'A', { at: at(1) }), text('name', 'A', { at: at(2) }))).toHaveLength(2);
    expect(come(text('name', 'A', { at: at(1, 'a') }), text('name', 'A', { at: at(1, 'b') }))).toHaveLength(2);
  });

  test('are two with other content', () => {
    const logo = (digit: string) =>
      of('logo.large', { kind: 'content', meaning: digit.repeat(64), shown: 'PNG, 120x60' }, 4);
    expect(come(logo('a'), logo('b')).map(({ content }) => content?.after?.slice(0, 1))).toEqual(['a', 'b']);
  });

  test('are overridden only if all of them are', () => {
    const config = (name: string | null, environment: Environment, settings: readonly Setting[]) =>
      part(name, environment, settings, { format: 'dotnet-config' });
    const certificates: Setting = {
      ...of('client.certificate', {
        kind: 'set',
        items: ['one', 'other'].map((meaning) => ({ meaning, shown: '1234…', at: at(8) })),
      }),
    };
    const base = [config(null, 'ppe', []), config('Release', 'production', [])];
    const head = [config(null, 'ppe', [certificates]), config('Release', 'production', [])];
    expect(diffFile(base, head).map(told)).toEqual([
      'client.certificate: null -> 1234… (null, ppe) [overridden,set-appeared]',
      'client.certificate: null -> 1234… (null, ppe) [overridden,set-appeared]',
    ]);
  });
});
