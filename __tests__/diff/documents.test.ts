import type { Change } from '../../src/model/change.ts';
import type { ConfigDocument, SettingValue } from '../../src/model/document.ts';
import {
  APPLICATION,
  access,
  at,
  document,
  OTHER_APPLICATION,
  of,
  on,
  set,
  text,
  WEIGHT,
} from './support/documents.ts';
import { diffDocuments } from './support/shown.ts';

function line({ setting, kind, effect, before, after, traits }: Change): string {
  return `${kind} ${effect}: ${setting}: ${before} -> ${after} [${traits.join()}]`;
}
const lines = (base: ConfigDocument | null, head: ConfigDocument | null) => diffDocuments(base, head).map(line);
const app = (...settings: Parameters<typeof document>[0]) => document([text('app-id', APPLICATION), ...settings]);
const unresolved = (raw: string): SettingValue => ({
  kind: 'unresolved',
  meaning: raw,
  shown: raw,
  reason: 'filled in by the build',
});
const secret = (meaning: string, what = 'a password'): SettingValue => ({ kind: 'secret', meaning, what });
const DIGEST = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as [string, string, string];

describe('a single value', () => {
  test.each<[string, ConfigDocument, ConfigDocument, string[]]>([
    ['text', app(text('name', 'A')), app(text('name', 'B')), ['modified neutral: name: A -> B []']],
    ['new text', app(), app(text('name', 'A')), ['added neutral: name: null -> A []']],
    ['removed text', app(text('name', 'A')), app(), ['removed neutral: name: A -> null []']],
    ['an empty text as none', app(text('name', '')), app(), []],
    [
      'localized',
      app(text('name', 'A', { culture: 'de-DE' })),
      app(text('name', 'B', { culture: 'de-DE' })),
      ['modified neutral: name@de-DE: A -> B []'],
    ],
    [
      'users restricted',
      app(text('restrict-users', 'false')),
      app(text('restrict-users', 'true')),
      ['modified narrows: restrict-users: false -> true []'],
    ],
    [
      'users let in',
      app(text('restrict-users', 'true')),
      app(text('restrict-users', 'false')),
      ['modified widens: restrict-users: true -> false []'],
    ],
    [
      'tokens on',
      app(text('persistent-tokens', 'disabled')),
      app(text('persistent-tokens', 'enabled, 1800 s')),
      ['modified widens: persistent-tokens: disabled -> enabled, 1800 s []'],
    ],
    [
      'tokens live longer',
      app(text('persistent-tokens', 'enabled, 60 s')),
      app(text('persistent-tokens', 'enabled, 1800 s')),
      ['modified neutral: persistent-tokens: enabled, 60 s -> enabled, 1800 s []'],
    ],
    ['unresolved, untouched', app(of('name', unresolved('%a%'))), app(of('name', unresolved('%a%'))), []],
    [
      'unresolved, changed',
      app(of('name', unresolved('%a%'))),
      app(of('name', unresolved('%b%'))),
      ['modified unknown: name: %a% -> %b% [unresolved]'],
    ],
    [
      'resolved to unresolved',
      app(text('name', 'A')),
      app(of('name', unresolved('%a%'))),
      ['modified unknown: name: A -> %a% [unresolved]'],
    ],
    [
      'unresolved to resolved',
      app(of('name', unresolved('%a%'))),
      app(text('name', 'A')),
      ['modified unknown: name: %a% -> A [unresolved]'],
    ],
    [
      'an unresolved value that is removed',
      app(of('name', unresolved('%a%'))),
      app(),
      ['removed unknown: name: %a% -> null [unresolved]'],
    ],
    [
      'an unread key appears beside another',
      app(of('document', unresolved('k=1'))),
      app(of('document', unresolved('j=2')), of('document', unresolved('k=1'))),
      ['modified unknown: document: k=1 -> j=2 [unresolved]', 'added unknown: document: null -> k=1 [unresolved]'],
    ],
  ])('changes as expected (%s)', (_name, base, head, expected) =>
    expect(lines(base, head).sort()).toEqual([...expected].sort()),
  );

  test('is compared by digest when it is content', () => {
    const logo = (meaning: string) => app(of('logo.large', { kind: 'content', meaning, shown: 'PNG, 120x60' }));
    expect(diffDocuments(logo(DIGEST[0]), logo(DIGEST[1]))).toMatchObject([
      {
        setting: 'logo.large',
        effect: 'neutral',
        before: 'PNG, 120x60',
        content: { before: DIGEST[0], after: DIGEST[1] },
      },
    ]);
    expect(diffDocuments(logo(DIGEST[0]), logo(DIGEST[0]))).toEqual([]);
  });

  test('is compared by digest when it is shown shortened', () => {
    const token = (meaning: string) => app(of('client-token', { kind: 'text', meaning, shown: '1234…' }));
    expect(diffDocuments(token(DIGEST[0]), token(DIGEST[1]))).toMatchObject([
      { content: { before: DIGEST[0], after: DIGEST[1] } },
    ]);
  });

  test('that changes names its file', () => {
    const head = app({ ...text('name', 'B'), at: at(9, 'Web.Release.config') });
    expect(diffDocuments(app(text('name', 'A')), head)).toMatchObject([
      { file: 'Web.Release.config', location: { side: 'head', line: 9 }, baseLocation: { file: 'app.yml', line: 1 } },
    ]);
  });
});

describe('an absent value', () => {
  const standard = { defaults: { 'client.multi-instance': 'true' } };
  const says = (value: string) =>
    document([text('app-id', APPLICATION), text('client.multi-instance', value)], standard);
  const silent = document([text('app-id', APPLICATION)], standard);

  test.each<[string, ConfigDocument, ConfigDocument, string[]]>([
    [
      'dropping a value restores the default',
      says('false'),
      silent,
      ['modified neutral: client.multi-instance: false -> true (default) []'],
    ],
    [
      'writing another than the default',
      silent,
      says('false'),
      ['modified neutral: client.multi-instance: true (default) -> false []'],
    ],
    ['writing the default', silent, says('true'), []],
    ['leaving the default out', says('true'), silent, []],
  ])('changes as expected (%s)', (_name, base, head, expected) => expect(lines(base, head)).toEqual(expected));

  test('in a patch is unchanged', () => {
    const patch = (...settings: Parameters<typeof document>[0]) =>
      document([text('app-id', APPLICATION), ...settings], { completeness: 'patch', role: 'provisioning-patch' });
    expect(lines(patch(text('name', 'A'), set('methods', ['getthings'])), patch())).toEqual([]);
    expect(lines(patch(), patch(text('name', 'A'), set('methods', ['getthings'])))).toEqual([
      'added unknown: methods: null -> getthings [set-appeared]',
      'added unknown: name: null -> A []',
    ]);
    expect(lines(patch(), patch(set('methods', [])))).toEqual(['added unknown: methods: null -> null []']);
    expect(lines(null, patch(text('name', 'A')))).toEqual([
      `added unknown: app-id: null -> ${APPLICATION} []`,
      'added unknown: name: null -> A []',
    ]);
  });

  test('that a format cannot contain is never compared', () => {
    const dump = document([text('app-id', APPLICATION)], { notExpressible: ['public-keys', 'access.offline'] });
    const full = app(set('public-keys', ['k']), access('offline', [on([WEIGHT])]));
    expect(diffDocuments(dump, full)).toEqual([]);
    expect(diffDocuments(full, dump)).toEqual([]);
  });
});

describe('a set', () => {
  test.each<[string, ConfigDocument, ConfigDocument, string[]]>([
    [
      'one change per element',
      app(set('methods', ['a', 'b'])),
      app(set('methods', ['b', 'c', 'd'])),
      [
        'removed narrows: methods: a -> null []',
        'added widens: methods: null -> c []',
        'added widens: methods: null -> d []',
      ],
    ],
    ['order', app(set('methods', ['a', 'b'])), app(set('methods', ['b', 'a'])), []],
    ['repetition', app(set('methods', ['a'])), app(set('methods', ['a', 'a'])), []],
    [
      'keys are neutral',
      app(set('public-keys', ['k'])),
      app(set('public-keys', ['l'])),
      ['removed neutral: public-keys: k -> null []', 'added neutral: public-keys: null -> l []'],
    ],
    [
      'the last one is removed',
      app(set('public-keys', ['k', 'l'])),
      app(),
      [
        'removed neutral: public-keys: k -> null [last-removed]',
        'removed neutral: public-keys: l -> null [last-removed]',
      ],
    ],
    ['absent and empty sets are equal', app(set('methods', [])), app(), []],
    [
      'one instance to two',
      app(set('instances', ['1'])),
      app(set('instances', ['1', '2'])),
      ['added widens: instances: null -> 2 [single-to-multi]'],
    ],
    [
      'one instance to all',
      app(set('instances', ['1'])),
      app(set('instances', ['all'])),
      ['modified widens: instances: 1 -> all [single-to-multi]'],
    ],
    [
      'two instances to three',
      app(set('instances', ['1', '2'])),
      app(set('instances', ['1', '2', '3'])),
      ['added widens: instances: null -> 3 []'],
    ],
    [
      'ceilings widen',
      app(),
      app(set('ceilings.methods', ['a'])),
      ['added widens: ceilings.methods: null -> a [set-appeared]'],
    ],
    [
      'a set that cannot be resolved',
      app(set('methods', ['a'])),
      app(of('methods', unresolved('%m%'))),
      ['modified unknown: methods: a -> %m% [unresolved]'],
    ],
  ])('changes as expected (%s)', (_name, base, head, expected) =>
    expect(lines(base, head).sort()).toEqual([...expected].sort()),
  );

  test('has a line for each element', () => {
    expect(diffDocuments(app(set('methods', ['a', 'b'], 20)), app(set('methods', ['b', 'c'], 30)))).toMatchObject([
      { before: 'a', location: { side: 'base', line: 20 } },
      { after: 'c', location: { side: 'head', line: 31 } },
    ]);
  });
});

describe('an application id', () => {
  const id = (meaning: string) => document([text('app-id', meaning)]);
  test.each<[ConfigDocument | null, ConfigDocument, string[]]>([
    [null, id(APPLICATION), ['first-application']],
    [document([]), id(APPLICATION), ['first-application']],
    [id('placeholder'), id(APPLICATION), ['first-application']],
    [id('00000000-0000-0000-0000-000000000000'), id(APPLICATION), ['first-application']],
    [id(APPLICATION), id(OTHER_APPLICATION), ['other-application']],
    [id(APPLICATION), id('placeholder'), ['application-gone']],
    [id(APPLICATION), document([text('name', 'x')]), ['application-gone']],
    [id('placeholder'), id(''), []],
    [null, id('placeholder'), []],
  ])('changes as expected in case %#', (base, head, traits) =>
    expect(diffDocuments(base, head).find(({ setting }) => setting === 'app-id')?.traits).toEqual(traits),
  );
});

describe('an address', () => {
  const shell = (meaning: string | null) => app(...(meaning === null ? [] : [text('client.endpoints.shell', meaning)]));
  const us = 'https://account.healthvault.com';
  const eu = 'https://account.healthvault.co.uk';
  const ppe = 'https://account.healthvault-ppe.com';
  const euPpe = 'https://account.healthvault-ppe.co.uk';
  test.each<[string | null, string | null, string[]]>([
    [ppe, us, ['environment-changed']],
    [us, ppe, ['environment-changed']],
    [us, eu, ['instance-changed']],
    [euPpe, us, ['environment-changed', 'instance-changed']],
    [ppe, euPpe, []],
    [us, `${us}/x`, []],
    [us, 'https://evil-healthvault.com', ['unknown-host']],
    ['https://evil-healthvault.com', us, ['instance-changed']],
    [null, us, []],
    [us, null, []],
  ])('changes from %s to %s', (before, after, traits) =>
    expect(diffDocuments(shell(before), shell(after))[0]?.traits).toEqual(traits),
  );

  test('of the action URL can move to another host', () => {
    const action = (meaning: string) => app(text('action-url', meaning));
    expect(diffDocuments(action('https://a.example/x'), action('https://b.example/x'))[0]?.traits).toEqual([
      'host-changed',
    ]);
    expect(diffDocuments(action('https://a.example/x'), action('https://a.example/y'))[0]?.traits).toEqual([]);
    expect(diffDocuments(app(), action('https://a.example/y'))[0]?.traits).toEqual([]);
  });
});

describe('a secret', () => {
  const held = (...secrets: SettingValue[]) => app(...secrets.map((value, index) => of('secret', value, index + 1)));
  test.each<[string, ConfigDocument | null, ConfigDocument | null, string[]]>([
    ['new', held(), held(secret('d1')), ['added a password']],
    ['changed', held(secret('d1')), held(secret('d2')), ['modified a password']],
    ['same', held(secret('d1')), held(secret('d1')), []],
    ['gone', held(secret('d1')), held(), ['removed a password']],
    ['one of two gone', held(secret('d1'), secret('d2', 'a cookie key')), held(secret('d1')), ['removed a cookie key']],
    [
      'two become another one',
      held(secret('d1'), secret('d2')),
      held(secret('d3')),
      ['removed a password', 'modified a password'],
    ],
    ['one more of a kind', held(secret('d1')), held(secret('d1'), secret('d2')), ['modified a password']],
    ['a second copy', held(secret('d1')), held(secret('d1'), secret('d1', 'a cookie key')), ['added a cookie key']],
    ['under another key', held(secret('d1')), held(secret('d1', 'an HV_ password')), []],
    ['in a first document', null, held(secret('d1')), ['added a password']],
    ['in a removed document', held(secret('d1')), null, []],
  ])('changes as expected (%s)', (_name, base, head, expected) => {
    const changes = diffDocuments(base, head);
    const found = changes.filter(({ setting }) => setting === 'secret');
    expect(found.map(({ kind, detail }) => `${kind} ${detail}`)).toEqual(expected);
    expect(JSON.stringify(changes)).not.toMatch(/"d[123]"/);
    for (const change of found) expect([change.before, change.after, change.content]).toEqual([null, null, undefined]);
  });
});

describe('a whole document', () => {
  test('that is the first adds everything, in one state', () => {
    const changes = diffDocuments(null, app(text('name', 'A'), access('online', [on([WEIGHT])])));
    expect(changes.map(line)).toEqual([
      'added widens: access.online: null -> required [asks-for-consent]',
      `added neutral: app-id: null -> ${APPLICATION} [first-application]`,
      'added neutral: name: null -> A []',
    ]);
    expect(new Set(changes.map((change) => change.document.state))).toEqual(new Set(['first']));
  });

  test('that is the first and empty is one change', () => {
    expect(lines(null, document([]))).toEqual(['added neutral: document: null -> null []']);
    expect(lines(null, document([text('name', 'A')]))).toEqual(['added neutral: name: null -> A []']);
    expect(lines(document([]), document([]))).toEqual([]);
  });

  test.each<[string, Partial<ConfigDocument>, string[]]>([
    ['manifest', {}, ['removed unknown: document: null -> null []']],
    ['client', { role: 'client' }, ['removed unknown: document: null -> null []']],
    ['source code', { role: 'source-code', digest: 'd' }, ['removed unknown: document: null -> null []']],
    ['governance', { role: 'governance' }, ['removed unknown: policy: null -> null []']],
    ['certificate', { role: 'certificate' }, ['removed unknown: certificate: null -> null []']],
    ['key store', { role: 'key-store', digest: 'd' }, ['removed neutral: secret: null -> null []']],
  ])('that is removed is one change for %s', (_name, facts, expected) => {
    const base = document(facts.role === 'certificate' ? [] : [text('app-id', APPLICATION), text('name', 'A')], facts);
    const changes = diffDocuments(base, null);
    expect(changes.map(line)).toEqual(expected);
    for (const change of changes) expect(change.document.state).toBe('removed');
  });

  test('of certificates that is removed has a change for each', () => {
    const base = document([set('certificate', ['k', 'l'])], { role: 'certificate' });
    expect(lines(base, null)).toEqual([
      'removed neutral: certificate: k -> null [last-removed]',
      'removed neutral: certificate: l -> null [last-removed]',
    ]);
  });

  test.each<[string, string | null, string | null, string, string[]]>([
    ['source-code', null, 'a', 'first', ['added document unknown null a']],
    ['source-code', 'a', 'b', 'existing', ['modified document unknown a b']],
    ['source-code', 'a', 'a', 'existing', []],
    ['key-store', null, 'a', 'first', ['added secret unknown null a']],
    ['key-store', 'a', 'b', 'existing', ['modified secret unknown a b']],
    ['key-store', 'a', 'a', 'existing', []],
  ])('with opaque content %s changes from %s to %s', (role, before, after, state, expected) => {
    const opaque = (digest: string | null) =>
      digest === null ? null : document([], { role: role as ConfigDocument['role'], digest });
    const changes = diffDocuments(opaque(before), opaque(after));
    expect(
      changes.map(
        ({ kind, setting, effect, content }) => `${kind} ${setting} ${effect} ${content?.before} ${content?.after}`,
      ),
    ).toEqual(expected);
    for (const change of changes) expect(change.document.state).toBe(state);
  });

  test('of a certificate can become a key store', () => {
    const base = document([set('certificate', ['k'])], { role: 'certificate' });
    const head = document([], { role: 'key-store', digest: 'd' });
    expect(lines(base, head)).toEqual([
      'removed neutral: certificate: k -> null [last-removed]',
      'added unknown: secret: null -> null []',
    ]);
    expect(lines(head, base)).toEqual(['added neutral: certificate: null -> k [set-appeared]']);
  });

  test('that is missing at base and head has no change', () => expect(diffDocuments(null, null)).toEqual([]));
});

describe('the environment of a registered configuration', () => {
  const side = (environment: ConfigDocument['environment'], id = APPLICATION) =>
    document([text('app-id', id)], { environment });

  test.each<[ConfigDocument['environment'], ConfigDocument['environment'], string[]]>([
    [
      'ppe',
      'production',
      [
        `added neutral: app-id: null -> ${APPLICATION} [starts-in-production]`,
        'modified neutral: document: ppe -> production [environment-changed,starts-in-production]',
      ],
    ],
    ['production', 'ppe', ['modified neutral: document: production -> ppe [environment-changed]']],
    ['none', 'ppe', ['modified neutral: document: none -> ppe [environment-changed]']],
    ['none', 'production', []],
    ['ppe', 'ppe', []],
  ])('changes from %s to %s', (before, after, expected) => expect(lines(side(before), side(after))).toEqual(expected));

  test('is not pre-production because of the word alone', () => {
    const determineEnvironment = (before: ConfigDocument['environment'], after: ConfigDocument['environment']) =>
      diffDocuments(side(before), side(after, OTHER_APPLICATION)).find(({ setting }) => setting === 'app-id')?.document
        .environment;
    expect(determineEnvironment('production', 'ppe')).toBe('production');
    expect(determineEnvironment('none', 'ppe')).toBe('none');
    expect(determineEnvironment('ppe', 'production')).toBe('production');
    expect(determineEnvironment('ppe', 'ppe')).toBe('ppe');
  });
});
