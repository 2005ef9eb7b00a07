import { phpValues } from '../../../src/formats/php/php-values.ts';
import { getOnlyDocument, readWith } from '../../support/read-context.ts';

const ID = '9ca84d74-1473-471d-940f-2699cb7198df';
const PRINT = 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334';
const context = { gateFiles: { policy: '', workflow: null, action: null }, plainDocuments: [] };

test.each([
  ['app.id', true],
  ['config/App.FP', true],
  ['config/appid.txt', false],
  ['myapp.id', false],
  ['app.id.bak', false],
  ['app.pem', false],
])('claims %s (%s)', (path, expected) => expect(phpValues.matchesPath(path, context)).toBe(expected));

test.each([
  ['app.id', `${ID}\n`, { id: 'app-id', value: { kind: 'text', meaning: ID } }],
  ['app.id', `\ufeff{${ID.toUpperCase()}}\r\n`, { id: 'app-id', value: { kind: 'text', meaning: ID } }],
  ['app.id', '', { id: 'app-id', value: { kind: 'text', meaning: 'placeholder' } }],
  ['app.id', 'your id', { id: 'app-id', value: { kind: 'text', meaning: 'placeholder' } }],
  ['app.fp', PRINT, { id: 'certificate', value: { kind: 'set', items: [{ meaning: PRINT }] } }],
  [
    'app.fp',
    `\u200e${PRINT.toUpperCase().match(/../g)?.join(' ')}\n`,
    { id: 'certificate', value: { kind: 'set', items: [{ meaning: PRINT }] } },
  ],
  ['app.fp', '', { id: 'certificate', value: { kind: 'set', items: [] } }],
  ['app.fp', 'abc', { id: 'certificate', value: { kind: 'unresolved', shown: '3 characters' } }],
  ['app.fp', '${thumbprint}', { id: 'certificate', value: { kind: 'unresolved', shown: '${thumbprint}' } }],
])('%s with %j is read', (path, text, expected) => {
  const found = getOnlyDocument(readWith(phpValues, path, text));
  expect(found).toMatchObject({ role: 'client', environment: 'none', settings: [expected] });
});

test('a file with more than one value is unrecognized, and is not shown', () => {
  const text = '\n\n  first\nplanted secret';
  const found = getOnlyDocument(readWith(phpValues, 'app.id', text));
  expect(found.settings).toMatchObject([
    { value: { kind: 'unresolved', shown: '2 lines' }, at: { line: 3, column: 3 } },
  ]);
  expect(JSON.stringify(found)).not.toContain('planted');
});

test('bytes that are not text are unreadable', () =>
  expect(readWith(phpValues, 'app.id', Uint8Array.from([0xff, 0x00])).kind).toBe('unreadable'));
