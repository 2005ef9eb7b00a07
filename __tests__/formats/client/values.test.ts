// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of builds look like this
import {
  findEmbeddedSecrets,
  findEndpoints,
  readBoolean,
  readEndpoint,
  readPlainText,
  readRuntimeText,
  sortById,
} from '../../../src/formats/client/values.ts';
import { computeSha256 } from '../../../src/model/digest.ts';
import type { Setting, SettingValue } from '../../../src/model/document.ts';

const at = { file: 'f', line: 1, column: 1 };
const placeholder = (text: string): SettingValue => ({
  kind: 'unresolved',
  meaning: text,
  shown: text,
  reason: `A build or deployment replaces ${text}, and the repository does not contain the value. Commit the production value.`,
});

test.each<[string, string, SettingValue]>([
  [
    'an address',
    ' HTTPS://Platform.healthvault.com/platform/wildcat.ashx ',
    {
      kind: 'text',
      meaning: 'https://platform.healthvault.com/platform',
      shown: 'HTTPS://Platform.healthvault.com/platform/wildcat.ashx',
    },
  ],
  [
    'an address without user and password',
    ' https://u:hunter2@account.healthvault.com ',
    { kind: 'text', meaning: 'https://account.healthvault.com', shown: 'https://account.healthvault.com' },
  ],
  ['a value of a build', ' https://u:hunter2@${host} ', placeholder('https://${host}')],
])('an endpoint is read from %s', (_, text, value) => expect(readEndpoint(text)).toEqual(value));

test.each<[string, string, SettingValue, SettingValue]>([
  ['a text', ' a b ', { kind: 'text', meaning: 'a b', shown: 'a b' }, { kind: 'text', meaning: 'a b', shown: 'a b' }],
  [
    'an address',
    ' http://u:hunter2@x.example ',
    { kind: 'text', meaning: 'http://x.example', shown: 'http://x.example' },
    { kind: 'text', meaning: 'http://x.example', shown: 'http://x.example' },
  ],
  [
    'a placeholder',
    ' http://u:hunter2@${x} ',
    placeholder('http://${x}'),
    { kind: 'text', meaning: 'http://${x}', shown: 'http://${x}' },
  ],
])('a reviewed text is %s', (_, text, plain, runtime) => {
  expect(readPlainText(text)).toEqual(plain);
  expect(readRuntimeText(text)).toEqual(runtime);
});

test.each([
  ['TRUE', 'true'],
  [' yes ', 'true'],
  ['1', 'true'],
  ['False', 'false'],
  ['no', 'false'],
  ['0', 'false'],
  [' ', 'false'],
])('a switch %j is %s', (text, meaning) => {
  expect(readBoolean(text)).toEqual({ kind: 'text', meaning, shown: text.trim() });
});

test('a switch with any other value is unresolved', () => {
  const reason = 'perhaps is not true or false. Write one of them.';
  expect(readBoolean(' perhaps ')).toEqual({ kind: 'unresolved', meaning: 'perhaps', shown: 'perhaps', reason });
  expect(readBoolean('${x}')).toEqual(placeholder('${x}'));
});

test('a password in an address is a secret', () => {
  const meaning = computeSha256('hunter2');
  expect(findEmbeddedSecrets('shell', 'https://u:hunter2@x', at)).toEqual([
    { id: 'secret', value: { kind: 'secret', meaning, what: 'shell' }, at },
  ]);
  for (const text of ['https://u:${pw}@x', 'https://u@x', 'https://x', 'hunter2']) {
    expect(findEmbeddedSecrets('shell', text, at)).toEqual([]);
  }
});

test('addresses and their placeholders are settings', () => {
  const setting = (id: string, value: SettingValue): Setting => ({ id, value, at });
  const settings = [
    setting('client.endpoints.shell', readEndpoint('https://a.example')),
    setting('client.endpoints.rest', readEndpoint('${rest}')),
    setting('client.endpoints.platform', { kind: 'set', items: [] }),
    setting('client.endpoint', readPlainText('b')),
    setting('app.client.endpoints.', readPlainText('c')),
  ];
  expect(findEndpoints(settings)).toStrictEqual(['https://a.example', '${rest}']);
});

test('settings are listed by id, and those with one id in their order', () => {
  const setting = (id: string, line: number): Setting => ({ id, value: readPlainText(''), at: { ...at, line } });
  const settings = [setting('b', 1), setting('c', 2), setting('b', 3), setting('a', 4), setting('b', 5)];
  expect(sortById(settings).map(({ id, at: { line } }) => `${id}${line}`)).toEqual(['a4', 'b1', 'b3', 'b5', 'c2']);
  expect(settings[0]?.id).toBe('b');
});
