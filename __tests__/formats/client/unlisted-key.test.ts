// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of builds look like this
import {
  addUnlistedKeys,
  type InnerText,
  mentionsIdOrHost,
  readStructure,
  resemblesSettingName,
  type UnlistedKey,
} from '../../../src/formats/client/unlisted-key.ts';
import { computeSha256 } from '../../../src/model/digest.ts';
import type { Setting } from '../../../src/model/document.ts';

const ID = '9ca84d74-1473-471d-940f-2699cb7198df';
const OTHER = '05a059c9-c309-46af-9b86-b06d42510550';
const at = { file: 'f', line: 1, column: 1 };
const listedId: Setting = { id: 'app-id', value: { kind: 'text', meaning: ID, shown: ID }, at };
const text = (key: string, value: string, more: Partial<UnlistedKey> = {}): UnlistedKey => ({
  key,
  text: value,
  at,
  ...more,
});
const inner = (path: string, value: string, line = 1): InnerText => ({
  path: path.split('.'),
  text: value,
  at: { ...at, line },
});
const settingsOf = (unlisted: readonly UnlistedKey[], listed: readonly Setting[] = []): readonly Setting[] =>
  addUnlistedKeys(listed, unlisted);
const told = (unlisted: readonly UnlistedKey[], listed: readonly Setting[] = []): readonly string[] =>
  settingsOf(unlisted, listed).map(({ id, value }) =>
    value.kind === 'text'
      ? `${id} ${value.meaning}`
      : 'shown' in value
        ? `${id}? ${value.shown}`
        : `${id} ${value.kind}`,
  );
const meaningOf = (...unlisted: readonly UnlistedKey[]): readonly string[] =>
  settingsOf(unlisted).map(({ value }) => ('meaning' in value ? value.meaning : value.kind));

describe('another spelling of a known setting is that setting', () => {
  test.each([
    ['app-id', ID.toUpperCase(), `app-id ${ID}`],
    ['applicationId', '', 'app-id placeholder'],
    ['HealthVault_App_Id', ID, `app-id ${ID}`],
    ['HVMasterApplicationID', ID, `app-id ${ID}`],
    ['MHVMasterAppId', ID, `app-id ${ID}`],
    ['environment.masterAppID', ID, `app-id ${ID}`],
    ['platform-url', 'https://Platform.healthvault.com/', 'client.endpoints.platform https://platform.healthvault.com'],
    ['health.service.url', 'https://x.example', 'client.endpoints.platform https://x.example'],
    ['hv_service_url', 'https://x.example', 'client.endpoints.platform https://x.example'],
    ['HEALTHVAULT_SHELL_URL', 'https://x.example', 'client.endpoints.shell https://x.example'],
    ['rest.url', 'https://x.example', 'client.endpoints.rest https://x.example'],
    ['RestHealthServiceUrl', 'https://x.example', 'client.endpoints.rest https://x.example'],
    ['is-mra', 'YES', 'client.multi-record true'],
    ['app.isMRA', 'false', 'client.multi-record false'],
    ['multiRecord', '1', 'client.multi-record true'],
    ['hv--is..mra', '1', 'client.multi-record true'],
    ['appIsMra.isMultiRecordApp', '1', 'client.multi-record true'],
    ['IsMultiRecordApp', '0', 'client.multi-record false'],
    ['multi_instance', 'true', 'client.multi-instance true'],
    ['hv.isMultiInstanceAware', 'true', 'client.multi-instance true'],
    ['isSignupCodeRequired', 'true', 'client.signup-code true'],
    ['app-id', '${APP}', 'app-id? ${APP}'],
    ['is-mra', 'perhaps', 'client.multi-record? perhaps'],
  ])('in %s = %s', (key, value, setting) => {
    expect(told([text(key, value)])).toEqual([setting]);
    expect(resemblesSettingName(key)).toBe(true);
  });

  test('unless a documented key has another value', () => {
    expect(told([text('appId', ID)], [listedId])).toEqual([`app-id ${ID}`]);
    expect(told([text('appId', OTHER)], [listedId])).toEqual([`app-id ${ID}`, `document? appId = ${OTHER}`]);
    expect(told([text('appId', '${APP}')], [listedId])).toEqual([`app-id ${ID}`, 'document? appId = ${APP}']);
  });

  test('and the first of two by name counts, in any order', () => {
    const two = [text('app-id', ID), text('application-id', OTHER)];
    expect(told(two)).toEqual([`app-id ${ID}`, `document? application-id = ${OTHER}`]);
    expect(told([...two].reverse())).toEqual(told(two));
  });
});

describe('an unrecognized key needs a person', () => {
  test.each([
    ['app.masterId', '1'],
    ['masterid', '1'],
    ['childAppIds', 'x'],
    ['hv-mra-mode', 'x'],
    ['xhv.appid2.appId.x', 'x'],
    ['theAppIdOf', 'x'],
    ['appids', 'x'],
    ['the applicationid of', 'x'],
    ['HVMRAMode', 'x'],
    ['is_the_mra', 'x'],
    ['multirecordmode', 'x'],
    ['multiInstanceMode', 'x'],
    ['signup', 'x'],
    ['v2Action', 'x'],
    ['URLAction', 'x'],
    ['post--action', 'x'],
    ['multiRecordMode', 'x'],
    ['multi-instance-mode', 'x'],
    ['SignUpUrl', 'x'],
    ['allow_signup', 'x'],
    ['sign--up', 'x'],
    ['action-url', '/in'],
    ['actions', 'x'],
    ['hvRedirect', 'x'],
    ['redirecturl', 'x'],
    ['certThumbprint', 'x'],
    ['thumb_print', 'x'],
    ['note', ID],
    ['note', `urn:uuid:${ID.toUpperCase()};`],
    ['note', ID.replaceAll('-', '')],
    ['base', 'https://platform.healthvault.co.uk/platform'],
    ['hosts', 'a.example, ACCOUNT.healthvault-ppe.com:443'],
  ])('for its name or value in %s = %s', (key, value) => {
    expect(told([text(key, value)])).toEqual([`document? ${key} = ${value}`]);
  });

  test.each([
    ['timeout', '5'],
    ['transaction-timeout', '5'],
    ['TRANSACTION', '5'],
    ['masterIdle', '5'],
    ['appidx', '5'],
    ['appIdleTimeout', '5'],
    ['mraz', 'x'],
    ['interaction', 'x'],
    ['signInTitle', 'x'],
    ['note', '9ca84d74-1473-471d-940f-2699cb7198d'],
    ['digest', '9ca84d741473471d940f2699cb7198df00'],
    ['digest', '009ca84d741473471d940f2699cb7198df'],
    ['mixed', '9ca84d741473-471d-940f-2699cb7198df'],
    ['host', 'evil-healthvault.com'],
    ['host', 'platform.healthvault.com.example'],
    ['placeholder', '${timeout}'],
    ['blanks', 'a b'],
  ])('unless %s = %s only affects how the application runs', (key, value) => {
    expect(told([text(key, ` ${value} `)])).toEqual([`client.runtime.${key} ${value}`]);
  });

  test.each(['app.masterId', 'hv-mra-mode', 'redirect'])('for the name %s', (key) => {
    expect(resemblesSettingName(key)).toBe(true);
  });

  test.each(['timeout', 'appIdle', ''])('unless the name is one like %j', (key) =>
    expect(resemblesSettingName(key)).toBe(false),
  );

  test('when its text contains the name of a host between other characters', () => {
    expect(mentionsIdOrHost('see .platform.healthvault.com')).toBe(true);
    expect(mentionsIdOrHost('see --..account.healthvault.com/x')).toBe(true);
    expect(mentionsIdOrHost('see healthvault')).toBe(false);
  });

  test('in one setting for all such keys, and an approval is bound to each', () => {
    const keys = ['e', 'd', 'c', 'b', 'a', 'f', 'g'].map((name, line) =>
      text(`${name}-redirect`, name, { at: { ...at, line } }),
    );
    const [only, second] = settingsOf(keys);
    expect(second).toBeUndefined();
    expect(only).toMatchObject({
      id: 'document',
      at: { line: 4 },
      value: {
        kind: 'unresolved',
        shown: 'a-redirect = a, b-redirect = b, c-redirect = c, d-redirect = d, e-redirect = e, 2 more',
        meaning: expect.stringMatching(/^[0-9a-f]{64}$/),
        reason: expect.stringContaining('a-redirect, b-redirect, c-redirect, d-redirect, e-redirect, 2 more, which'),
      },
    });
    expect(told(keys.slice(2))[0]).not.toContain('more');
    const last = keys.map((one) => (one.key === 'g-redirect' ? { ...one, text: 'other' } : one));
    expect(meaningOf(...last)).not.toEqual(meaningOf(...keys));
    expect(meaningOf(...[...keys].reverse())).toEqual(meaningOf(...keys));
  });

  test('and a long value is shown shortened, without spaces around it', () => {
    expect(told([text('redirect', 'x'.repeat(100))])).toEqual([`document? redirect = ${'x'.repeat(100)}`]);
    expect(told([text('redirect', 'x'.repeat(101))])).toEqual([`document? redirect = ${'x'.repeat(100)}…`]);
    expect(told([text('redirect', ' a ')])).toEqual(['document? redirect = a']);
    expect(meaningOf(text('redirect', ' a '))).toEqual(meaningOf(text('redirect', 'a')));
  });

  test('if the reader says so', () => {
    expect(told([text('hv.id', 'x', { isOpen: true })])).toEqual(['document? hv.id = (1 characters)']);
    expect(told([text('hv.id', 'x', { isOpen: true, isRedacted: true })])).toEqual(['document? hv.id = x']);
  });
});

test('an empty value is ignored, except for an application id', () => {
  const empty = [text('timeout', ''), text('redirect', ' '), text('shell-url', ''), text('app-id', ' ')];
  expect(told(empty)).toEqual(['app-id placeholder']);
});

test('spellings of one key are one key', () => {
  expect(told([text('Time-Out', '5', { id: 'timeout' })])).toEqual(['client.runtime.timeout 5']);
  expect(meaningOf(text('Redirect-To', '5', { id: 'redirectto' }))).toEqual(
    meaningOf(text('redirectTo', '5', { id: 'redirectto' })),
  );
  expect(meaningOf(text('redirect-a', '5'))).not.toEqual(meaningOf(text('redirect-b', '5')));
});

test('the same key with different values is unresolved', () => {
  expect(told([text('country', 'US'), text('country', 'UK')])).toEqual([
    'client.runtime.country US',
    'document? country = UK',
  ]);
  expect(told([text('country', 'US'), text('country', 'US')])).toEqual(['client.runtime.country US']);
});

describe('another possible value', () => {
  test('is compared by a digest, and is not shown', () => {
    for (const key of ['timeout', 'app-id', 'redirect']) {
      const one = settingsOf([text(key, '${x}', { others: ['us: 1', 'eu: 2'] })]);
      const swapped = settingsOf([text(key, '${x}', { others: ['us: 2', 'eu: 1'] })]);
      expect(one).toMatchObject([{ value: { shown: expect.stringContaining('${x}') } }]);
      expect(one[0]?.value).toMatchObject({ meaning: expect.stringMatching(/^[0-9a-f]{64}$/) });
      expect(one).not.toEqual(swapped);
    }
  });

  test('is recognized like the value itself', () => {
    expect(told([text('note', '${x}', { others: [`profile us: ${ID}`] })])).toEqual(['document? note = ${x}']);
  });
});

describe('a secret', () => {
  const secrets = (unlisted: readonly UnlistedKey[]): readonly string[] =>
    settingsOf(unlisted).flatMap(({ value, at: { line } }) =>
      value.kind === 'secret' ? [`${value.what} in line ${line}`] : [],
    );

  test('is recognized by the name of the key, and is not a setting', () => {
    expect(settingsOf([text('proxy.password', 'hunter2')])).toEqual([
      {
        id: 'secret',
        value: {
          kind: 'secret',
          what: 'proxy.password',
          meaning: computeSha256('hunter2'),
        },
        at,
      },
    ]);
    expect(settingsOf([text('proxy.password', '${PASSWORD}')])).toEqual([]);
    expect(settingsOf([text('password', ' hunter2 ')])).toMatchObject([
      { value: { meaning: computeSha256('hunter2') } },
    ]);
  });

  test('is recognized in an address, which is shown without it', () => {
    const settings = settingsOf([text('proxy', 'https://u:hunter2@proxy.example'), text('redirect', 'http://u:p@x')]);
    expect(settings.map(({ id }) => id)).toEqual(['secret', 'client.runtime.proxy', 'secret', 'document']);
    expect(settings[1]?.value).toMatchObject({ meaning: 'https://proxy.example', shown: 'https://proxy.example' });
    expect(settings[3]?.value).toMatchObject({ shown: 'redirect = http://x' });
    expect(JSON.stringify(settings)).not.toContain('hunter2');
    expect(settingsOf([text('proxy', 'https://u:${PW}@proxy.example')]).map(({ id }) => id)).toEqual([
      'client.runtime.proxy',
    ]);
  });

  test('is recognized in lists and maps, by every name on the path', () => {
    const held = [inner('host', 'x', 2), inner('password', 'hunter2', 3), inner('url', 'https://u:hunter3@x', 4)];
    expect(secrets([text('proxy', '', { inner: held })])).toEqual(['proxy.password in line 3', 'proxy.url in line 4']);
    expect(secrets([text('a', '', { inner: [inner('credentials.user', 'u', 5)] })])).toEqual([
      'a.credentials.user in line 5',
    ]);
    expect(told([text('password', '', { inner: [inner('0', 'hunter2')] })])).toEqual(['secret secret']);
  });
});

describe('a list or map', () => {
  const digestOf = (...held: readonly InnerText[]) => meaningOf(text('proxy', '', { inner: held })).at(-1);

  test('is unrecognized and shown without its content', () => {
    const [shown = ''] = told([text('proxy', '', { inner: [inner('host', 'x.example')] })]);
    expect(shown).toMatch(/^document\? proxy = \{\.\.\.\} \([0-9a-f]{12}\)$/);
    expect(told([text('timeout', '', { inner: [] })])[0]).toMatch(/^document\? timeout = \{\.\.\.\}/);
  });

  test('is compared by names and texts, with passwords as secrets only', () => {
    const one = digestOf(inner('host', 'a'), inner('password', 'hunter2'));
    expect(digestOf(inner('host', ' a '), inner('password', 'hunter3'))).toBe(one);
    expect(digestOf(inner('host', 'b'), inner('password', 'hunter2'))).not.toBe(one);
    expect(digestOf(inner('name', 'a'), inner('password', 'hunter2'))).not.toBe(one);
  });

  test('in place of a documented value is reported in its place', () => {
    const held = [inner('id', ID), inner('password', 'hunter2')];
    const { value, secrets } = readStructure('app_id', held, at);
    expect(value).toMatchObject({ kind: 'unresolved', reason: 'Expected one value here, found a list or a map.' });
    expect(value.meaning).toMatch(/^[0-9a-f]{64}$/);
    expect(value.shown).toBe(`{...} (${value.meaning.slice(0, 12)})`);
    expect(secrets).toMatchObject([{ id: 'secret', value: { what: 'app_id.password' } }]);
  });
});
