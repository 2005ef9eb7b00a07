/** Private keys where the PHP library's one value belongs. */
import { diffFile } from '../../../src/diff/file.ts';
import { phpValues } from '../../../src/formats/php/php-values.ts';
import { getOnlyDocument, readWith } from '../../support/read-context.ts';

const BODY = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCfakefakefake';
const HEX = '308204bd020100300d06092a864886f70d01010105000482';
const read = (path: string, text: string) => getOnlyDocument(readWith(phpValues, path, text));

test.each<[name: string, path: string, text: string]>([
  ['base64', 'app.fp', BODY],
  ['base64 on several lines', 'app.fp', `\n\n  ${BODY}\n${BODY}\n`],
  ['PEM', 'app.fp', `\n\n  -----BEGIN PRIVATE KEY-----\n${BODY}\n-----END PRIVATE KEY-----\n`],
  ['hexadecimal', 'app.fp', HEX],
  ['base64 beside words', 'app.id', `the key: ${BODY}`],
])('%s is a secret', (_name, path, text) => {
  const found = read(path, text);
  const line = text.startsWith('\n') ? { line: 3, column: 3 } : { line: 1, column: 1 };
  expect(found.settings).toMatchObject([
    { id: 'secret', value: { kind: 'secret', what: path }, at: { file: path, ...line } },
  ]);
  expect(JSON.stringify(found)).not.toMatch(/MIIEvQ|308204/);
});

test('another key is another secret, and another wrapping around it is not', () => {
  const [one, same, other] = [`${BODY}\n`, ` ${BODY}`, `${BODY}AAAA`].map((text) => read('app.fp', text));
  if (one === undefined || same === undefined || other === undefined) throw new Error('nothing read');
  expect(diffFile([one], [same])).toEqual([]);
  expect(diffFile([one], [other])).toMatchObject([{ setting: 'secret', kind: 'modified' }]);
});

test('a key in place of the thumbprint removes the certificate and adds a secret', () => {
  const base = read('app.fp', 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334');
  const changes = diffFile([base], [read('app.fp', BODY)]);
  expect(changes.map(({ setting, kind }) => `${setting} ${kind}`).sort()).toEqual([
    'certificate removed',
    'secret added',
  ]);
});

test('a value that is not a thumbprint is compared by its digest, and is not shown', () => {
  const [short, long, placeholder] = ['hunter2', 'hunter2 hunter2', '${PRINT}'].map((text) =>
    read('app.fp', ` ${text}\n`),
  );
  expect(short?.settings).toMatchObject([{ id: 'certificate', value: { kind: 'unresolved', shown: '7 characters' } }]);
  expect(long?.settings).toMatchObject([
    {
      value: { shown: '15 characters', reason: 'app.fp is not a valid SHA-1 thumbprint. Write 40 hexadecimal digits.' },
    },
  ]);
  expect(placeholder?.settings).toMatchObject([
    { value: { kind: 'unresolved', meaning: '${PRINT}', shown: '${PRINT}' } },
  ]);
  expect(JSON.stringify([short, long])).not.toContain('hunter2');
  expect(diffFile([read('app.fp', 'abcdefg')], [read('app.fp', 'hunter2')])).toMatchObject([
    { setting: 'certificate', effect: 'unknown', before: '7 characters', after: '7 characters' },
  ]);
});

test('a whole file of a thumbprint is read', () =>
  expect(read('conf/app.fp', ' A1B2C3D4E5F60718293A4B5C6D7E8F9001122334')).toEqual({
    file: 'conf/app.fp',
    part: null,
    format: 'php-values',
    role: 'client',
    completeness: 'complete',
    environment: 'none',
    settings: [
      {
        id: 'certificate',
        value: {
          kind: 'set',
          items: [
            {
              meaning: 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334',
              shown: 'thumbprint a1b2c3d4e5f60718293a4b5c6d7e8f9001122334',
              at: { file: 'conf/app.fp', line: 1, column: 2 },
            },
          ],
        },
        at: { file: 'conf/app.fp', line: 1, column: 2 },
      },
    ],
    defaults: {},
    notExpressible: [],
    lints: [],
    digest: null,
  }));

test.each([
  '0a1b2c3d4e5f60718293a4b5c6d7e8f9001122334',
  'a1b2c3d4e5f60718293a4b5c6d7e8f90011223340',
  'xa1b2c3d4e5f60718293a4b5c6d7e8f9001122334',
])('%s is not a thumbprint', (text) =>
  expect(read('app.fp', text).settings).toMatchObject([{ value: { kind: 'unresolved' } }]),
);

test('several lines are compared without their spaces, line by line', () => {
  const meaning = (text: string) => read('app.id', text).settings;
  const [setting] = meaning('one\ntwo');
  expect(setting).toMatchObject({ value: { reason: 'app.id contains several lines, expected one value.' } });
  const at = expect.anything();
  for (const same of ['  one  \r\n two', 'one\rtwo\n']) expect(meaning(same)).toEqual([{ ...setting, at }]);
  for (const other of ['one two\nthree', 'on\netwo', 'one\n\ntwo'])
    expect(meaning(other)).not.toEqual([{ ...setting, at }]);
});
