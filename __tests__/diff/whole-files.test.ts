/** Documents that come, go or are known by their content only: key stores, certificates, program source, governance. */

import type { ConfigDocument, DocumentRole, Environment, Setting } from '../../src/model/document.ts';
import { changesOf, gone, here, was } from './support/changes.ts';
import { APPLICATION, at, document, of, set, text } from './support/documents.ts';
import { diffDocuments } from './support/shown.ts';

const [FIRST, SECOND] = ['a', 'b'].map((digit) => digit.repeat(64)) as [string, string];
const top = { location: { side: 'head', line: 1, column: 1 } } as const;
const KEY_STORE = 'The change contains a key store or private key.';
const SOURCE =
  "The gate does not read program source that names the SDK's configuration. A reviewer must decide what this change does.";
const OPAQUE = 'The gate compares only the content of this file. A reviewer must decide what this change does.';
const REMOVED = 'The file, or this part of it, is removed with all its settings.';
const MOVED = 'The environment of the document changes.';
const LISTED = 'This value does not change. It is listed because it now takes effect in production.';

const opaque = (role: DocumentRole, digest: string | null, settings: readonly Setting[] = []) =>
  document(settings, { role, digest });
const certificates = (...names: readonly string[]) =>
  document([of('secret', { kind: 'secret', meaning: 'd', what: 'a key' }, 9), set('certificate', names, 3)], {
    role: 'certificate',
  });

describe('a removed document', () => {
  const removed = (role: DocumentRole) => changesOf({ role, state: 'removed' });

  test.each<[string, ConfigDocument, ReturnType<typeof expected>[]]>([
    [
      'that was a registered configuration is one change without a line',
      document([text('app-id', APPLICATION), text('name', 'A')]),
      [expected('registered', { setting: 'document' })],
    ],
    [
      'that was a registered configuration with lists is one change too',
      document([set('certificate', ['k']), of('policy', { kind: 'content', meaning: FIRST, shown: 'x' }, 4)]),
      [expected('registered', { setting: 'document' })],
    ],
    [
      'of program source is bound by its digest',
      opaque('source-code', FIRST),
      [expected('source-code', { setting: 'document', content: { before: FIRST, after: null } })],
    ],
    [
      'of a policy is bound by its content',
      opaque('governance', FIRST),
      [
        expected('governance', {
          setting: 'policy',
          content: { before: FIRST, after: null },
          location: { side: 'base', line: 1, column: 1 },
        }),
      ],
    ],
    [
      'of certificates has a change for each, and none for the key beside them',
      certificates('k', 'l'),
      [
        removed('certificate')({
          setting: 'certificate',
          kind: 'removed',
          effect: 'neutral',
          before: 'k',
          traits: ['last-removed'],
          ...gone(3),
        }),
        removed('certificate')({
          setting: 'certificate',
          kind: 'removed',
          effect: 'neutral',
          before: 'l',
          traits: ['last-removed'],
          ...gone(4),
        }),
      ],
    ],
    [
      'of certificates without any is one change',
      certificates(),
      [expected('certificate', { setting: 'certificate' })],
    ],
    [
      'of a key store includes its secret',
      opaque('key-store', FIRST),
      [
        removed('key-store')({
          setting: 'secret',
          kind: 'removed',
          effect: 'neutral',
          content: { before: FIRST, after: null },
          detail: KEY_STORE,
          location: { side: 'base', line: 1, column: 1 },
        }),
      ],
    ],
  ])('%s', (_name, base, changes) => expect(diffDocuments(base, null)).toEqual(changes));

  function expected(
    role: DocumentRole,
    said: Partial<Parameters<ReturnType<typeof changesOf>>[0]> & { setting: string },
  ) {
    return removed(role)({ kind: 'removed', effect: 'unknown', detail: REMOVED, ...said });
  }
});

describe('a document that is compared by its content', () => {
  test.each<[string, ConfigDocument | null, ConfigDocument, object[]]>([
    [
      'can be a first key store',
      null,
      opaque('key-store', FIRST),
      [{ setting: 'secret', kind: 'added', before: null, after: FIRST, detail: KEY_STORE }],
    ],
    [
      'can be another key store',
      opaque('key-store', FIRST),
      opaque('key-store', SECOND),
      [{ setting: 'secret', kind: 'modified', before: FIRST, after: SECOND, detail: KEY_STORE }],
    ],
    [
      'can be program source that becomes a key store',
      opaque('source-code', FIRST),
      opaque('key-store', SECOND),
      [{ setting: 'secret', kind: 'added', before: FIRST, after: SECOND, detail: KEY_STORE }],
    ],
    [
      'can be a key store that becomes program source',
      opaque('key-store', FIRST),
      opaque('source-code', SECOND),
      [{ setting: 'document', kind: 'modified', before: FIRST, after: SECOND, detail: SOURCE }],
    ],
    ['can be a key store that becomes a readable file', opaque('key-store', FIRST), opaque('client', null), []],
    [
      'can be the first program source',
      null,
      opaque('source-code', FIRST),
      [{ setting: 'document', kind: 'added', before: null, after: FIRST, detail: SOURCE }],
    ],
    [
      'can be a readable file that becomes program source',
      opaque('client', null),
      opaque('source-code', FIRST),
      [{ setting: 'document', kind: 'added', before: null, after: FIRST, detail: SOURCE }],
    ],
    [
      'can be program source that becomes readable',
      opaque('source-code', FIRST),
      opaque('client', null),
      [{ setting: 'document', kind: 'removed', before: FIRST, after: null, detail: SOURCE }],
    ],
    [
      'can have other content',
      opaque('client', FIRST),
      opaque('client', SECOND),
      [{ setting: 'document', kind: 'modified', before: FIRST, after: SECOND, detail: OPAQUE }],
    ],
    ['can have the same content', opaque('client', FIRST), opaque('client', FIRST), []],
  ])('%s', (_name, base, head, told) => {
    const changes = diffDocuments(base, head);
    expect(changes.map(({ setting, kind, content, detail }) => ({ setting, kind, ...content, detail }))).toEqual(told);
    for (const change of changes) expect(change).toMatchObject({ effect: 'unknown', file: 'app.yml', ...top });
  });

  test('does not hide other settings', () => {
    const change = changesOf({ role: 'client' });
    expect(
      diffDocuments(opaque('source-code', FIRST), opaque('client', null, [text('name', 'A', { at: at(6) })])),
    ).toEqual([
      change({
        setting: 'document',
        kind: 'removed',
        effect: 'unknown',
        content: { before: FIRST, after: null },
        detail: SOURCE,
        ...top,
      }),
      change({ setting: 'name', kind: 'added', effect: 'neutral', after: 'A', ...here(6) }),
    ]);
  });
});

describe('the environment', () => {
  const side = (environment: Environment, role: DocumentRole = 'registered', file = 'app.yml') =>
    document([text('name', 'A', { at: at(2, file) })], { environment, role, file });

  const moved = { setting: 'document', kind: 'modified', effect: 'neutral', detail: MOVED, ...top } as const;
  const baseLocation = { file: 'app.yml', line: 1, column: 1 };
  const listed = { setting: 'name', kind: 'added', effect: 'neutral', after: 'A', ...here(2) } as const;

  test('that becomes production lists the whole registered configuration', () =>
    expect(diffDocuments(side('ppe'), side('production'))).toEqual([
      changesOf()({
        ...moved,
        before: 'ppe',
        after: 'production',
        traits: ['environment-changed', 'starts-in-production'],
        baseLocation,
      }),
      changesOf()({ ...listed, traits: ['starts-in-production'], detail: LISTED }),
    ]));

  test('that becomes pre-production is one change', () =>
    expect(diffDocuments(side('production'), side('ppe'))).toEqual([
      changesOf({ environment: 'production' })({
        ...moved,
        before: 'production',
        after: 'ppe',
        traits: ['environment-changed'],
        baseLocation,
      }),
    ]));

  test('of a client becomes production by its addresses', () =>
    expect(diffDocuments(side('ppe', 'client'), side('production', 'client'))).toEqual([
      changesOf({ role: 'client' })({ ...listed, traits: ['starts-in-production'], detail: LISTED }),
    ]));

  test('is compared only between documents of one kind', () => {
    expect(diffDocuments(side('ppe', 'provisioning'), side('production'))).toEqual([]);
    expect(diffDocuments(side('ppe'), side('production', 'provisioning'))).toEqual([]);
  });

  test.each<[ConfigDocument | null, ConfigDocument, Environment]>([
    [null, document([text('name', 'B')], { environment: 'ppe' }), 'ppe'],
    [
      side('unknown', 'certificate'),
      document([text('name', 'B')], { environment: 'ppe', role: 'certificate' }),
      'unknown',
    ],
    [side('production', 'client'), document([text('name', 'B')], { environment: 'ppe', role: 'client' }), 'ppe'],
    [side('ppe'), document([text('name', 'B')], { environment: 'mixed' }), 'mixed'],
  ])('is declared or determined by hosts in case %#', (base, head, environment) =>
    expect(diffDocuments(base, head).find(({ setting }) => setting === 'name')?.document.environment).toBe(environment),
  );
});

describe('the place of a value in a renamed file', () => {
  const setting = (file: string) => text('name', 'A', { at: at(7, file) });
  const file = 'moved/Web.config';

  test('is that file, with the new and the former name', () =>
    expect(diffDocuments(document([setting('Web.config')], { file: 'Web.config' }), document([], { file }))).toEqual([
      changesOf(
        {},
        file,
      )({
        setting: 'name',
        kind: 'removed',
        effect: 'neutral',
        before: 'A',
        ...gone(7),
        ...was(7, 'Web.config'),
      }),
    ]));

  test('is the other file if it is in one', () =>
    expect(
      diffDocuments(document([setting('Web.Release.config')], { file: 'Web.config' }), document([], { file })),
    ).toEqual([
      changesOf(
        {},
        'Web.Release.config',
      )({
        setting: 'name',
        kind: 'removed',
        effect: 'neutral',
        before: 'A',
        ...gone(7),
      }),
    ]));
});
