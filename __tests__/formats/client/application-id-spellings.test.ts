/** A text that is not a GUID but resembles one is never taken for a sample's placeholder. */
import { readApplicationId } from '../../../src/formats/client/application-id.ts';

const id = '9ca84d74-1473-471d-940f-2699cb7198df';

test.each([
  `\u200e${id}`,
  `${id}\u200f`,
  `\u202a{${id}}\u202c`,
  `\ufeff${id}`,
  `9ca84d74\u200b-1473-471d-940f-2699cb7198df`,
  `\u2060(${id.toUpperCase()}) `,
])('%j contains invisible marks', (text) => {
  expect(readApplicationId(text)).toEqual({ kind: 'text', meaning: id, shown: id });
});

test.each([
  `urn:uuid:${id}`,
  `'${id}'`,
  `"${id}"`,
  `${id};`,
  `${id} (production)`,
  `id=${id}`,
  `app:${id}`,
  '{0x9ca84d74,0x1473,0x471d,{0x94,0x0f,0x26,0x99,0xcb,0x71,0x98,0xdf}}',
  '{0x1,0x2,0x3,{0x4,0x5,0x6,0x7,0x8,0x9,0xa,0xb}}',
  '9ca8-4d74-1473-471d-940f-2699',
  '9CA84D74',
  '{1473-471d-940f-2699}',
  '(1473-471d-940f-2699)',
  '1473-471d-940f-2699',
  `${id}-${id}`,
])('%j is unresolved, as written', (text) => {
  expect(readApplicationId(text)).toEqual({
    kind: 'unresolved',
    meaning: text,
    shown: text,
    reason: `${text} looks like an application id, but is not a GUID. Correct it.`,
  });
});

test.each(['see 1473-471d-940f-2699', '1473-471d-940f-2699 or so', '1473-471d-940f', 'use %APP_ID%', '%APP_ID% here'])(
  '%j only mentions digits or a name',
  (text) => expect(readApplicationId(text)).toEqual({ kind: 'text', meaning: 'placeholder', shown: text }),
);

test.each(['<%= app_id %>', 'a<%=x%>b', '%APP_ID%'])('%j is filled in by a build', (text) => {
  expect(readApplicationId(text)).toMatchObject({ kind: 'unresolved', meaning: text });
});

test.each([
  'your application ID here',
  'TODO',
  'abcdef',
  '1234567',
  'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx',
  '{GUID}',
  '0x',
])('%j is a placeholder', (text) =>
  expect(readApplicationId(text)).toEqual({ kind: 'text', meaning: 'placeholder', shown: text }),
);

test.each(['', ' ', '\u200e'])('%j is empty', (text) => {
  expect(readApplicationId(text)).toEqual({ kind: 'text', meaning: 'placeholder', shown: '(empty)' });
});
