/** The reader of property lists against a second implementation, which writes the lists and reads them back. */
import * as fc from 'fast-check';
import { build, parse } from 'plist';
import { propertyList } from '../../src/formats/apple/property-list.ts';
import { isSecretName } from '../../src/formats/secrets/secrets.ts';
import { readSeeds } from '../fuzz/support/seeds.ts';
import { getOnlyDocument, readWith } from '../support/read-context.ts';

type Values = Readonly<Record<string, string | boolean | number>>;

/** Id of the setting -> what is compared of it, for the keys that are compared as they are written. */
function byReader(text: string): Readonly<Record<string, string>> {
  const { settings } = getOnlyDocument(readWith(propertyList, 'App.plist', text));
  return Object.fromEntries(
    settings.flatMap(({ id, value }) =>
      id.startsWith('client.runtime.HV') && value.kind === 'text'
        ? [[id.replace('client.runtime.', ''), value.meaning]]
        : [],
    ),
  );
}

/** The same by the second implementation; spaces around a value mean nothing to the application, and none is not a value. */
function bySecond(text: string): Readonly<Record<string, string>> {
  const values = Object.entries(parse(text) as unknown as Values).map(([key, value]) => [key, String(value).trim()]);
  return Object.fromEntries(values.filter(([key = '', value]) => key.startsWith('HV') && value !== ''));
}

const key = fc.stringMatching(/^HV[A-Z][A-Za-z0-9]{1,8}$/).filter((name) => !isSecretName(name));
const character = fc.constantFrom(...' \t\n<>&\'"]-!?=;:/\\%abcXYZ012\u00e4\u20ac\u{1f600}', ']]>', '&amp;', '<!--');
const text = fc.array(character, { minLength: 1, maxLength: 20 }).map((parts) => parts.join(''));
const values: fc.Arbitrary<Values> = fc.dictionary(key, fc.oneof(text, fc.boolean(), fc.integer()), { maxKeys: 6 });

test('lists that the second implementation writes are read the same', () => {
  fc.assert(
    fc.property(values, (some) => {
      const written = build({ MasterAppId: '9ca84d74-1473-471d-940f-2699cb7198df', ...some } as Parameters<
        typeof build
      >[0]);
      expect(byReader(written)).toEqual(bySecond(written));
    }),
    { seed: 20_261_123, numRuns: 500 },
  );
});

test.each([
  ['CDATA', '<string>a<![CDATA[<b>&amp;]]>c</string>', 'a<b>&amp;c'],
  ['references', '<string>&#65;&#x42;&lt;&amp;</string>', 'AB<&'],
  ['a comment inside', '<string>a<!-- b -->c</string>', 'ac'],
  ['an empty text', '<string/>', null],
])('lists with %s are read the same', (_name, value, text) => {
  const expected = text === null ? {} : { HVValue: text };
  const list = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict><key>MasterAppId</key><string>9ca84d74-1473-471d-940f-2699cb7198df</string>
<key>HVValue</key>${value}</dict></plist>`;
  expect(byReader(list)).toEqual(expected);
  expect(bySecond(list)).toEqual(expected);
});

test('the application id of real lists is the same in both implementations', () => {
  const lists = readSeeds().filter(({ path }) => path.endsWith('.plist'));
  expect(lists.length).toBeGreaterThan(0);
  for (const { path, files } of lists) {
    const content = Buffer.from(files[path] ?? []).toString('utf8');
    const result = readWith(propertyList, path, content);
    if (result.kind === 'not-configuration') continue; // a list of others, which the sweep looks at
    const { settings } = getOnlyDocument(result);
    const id = settings.find((setting) => setting.id === 'app-id')?.value;
    expect(id !== undefined && 'shown' in id ? id.shown : null).toBe(applicationIdIn(parse(content)));
  }
});

function applicationIdIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const found = /^(?:master_?)?app(?:lication)?_?id$/i.test(name) ? String(inner).trim() : applicationIdIn(inner);
    if (found !== null) return found;
  }
  return null;
}
