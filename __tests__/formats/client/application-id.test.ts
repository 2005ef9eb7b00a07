// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders of builds look like this
import { readApplicationId } from '../../../src/formats/client/application-id.ts';

const id = '9ca84d74-1473-471d-940f-2699cb7198df';

test.each([
  [id, id],
  [` {${id.toUpperCase()}} `, id],
  [id.replaceAll('-', ''), id],
  ['', 'placeholder'],
  ['00000000-0000-0000-0000-000000000000', 'placeholder'],
  ['your application ID here', 'placeholder'],
  ['TODO', 'placeholder'],
])('%j means %s', (text, meaning) => {
  expect(readApplicationId(text)).toMatchObject({ kind: 'text', meaning });
});

test.each([
  '${app.id}',
  '${app.id:{none}}',
  '#{AppId}',
  '$(AppId)',
  '__APP_ID__',
  '{{ app_id }}',
  '%APP_ID%',
  `\${x}-${id}`,
  id.slice(1),
])('%j is unresolved', (text) => {
  expect(readApplicationId(text)).toMatchObject({
    kind: 'unresolved',
    meaning: text,
    reason: expect.stringContaining(text),
  });
});
