import { readAccess } from '../../../src/formats/platform-xml/access-rules.ts';
import { parseXml } from '../../../src/syntax/xml.ts';
import { BLOOD_PRESSURE, WEIGHT } from '../../support/platform-fixture.ts';

function read(rules: string) {
  const parsed = parseXml(`<base><auth><rules>${rules}</rules></auth></base>`);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return readAccess(parsed.root, 'a.xml');
}
const type = (id: string) => `<type-id>${id}</type-id>`;
const READ = '<permission>Read</permission>';

test('all parts of a rule are read', () => {
  const dates =
    '<date-range><date-min>2010-01-01T00:00:00Z</date-min><date-max>2011-01-01T00:00:00Z</date-max></date-range>';
  const sets = `<target-set>${dates}${dates}</target-set><target-set>\n${type(WEIGHT)}${type(BLOOD_PRESSURE)}\n${type(WEIGHT)}</target-set>`;
  const rule = `<rule is-incr="false" is-optional="1" name="n"><reason> Draws\n  it. </reason><reason xml:lang="de-DE">Malt.</reason>
<display-flags> +12 </display-flags><permission> Read </permission><permission>Update</permission>${sets}<exception-set/></rule>`;
  const range = { from: '2010-01-01T00:00:00Z', to: '2011-01-01T00:00:00Z' };
  expect(read(`${rule}<rule/>`)).toEqual({
    lints: [],
    value: {
      kind: 'access',
      rules: [
        {
          name: 'n',
          requirement: 'optional',
          permissions: ['Read', 'Update'],
          targets: [
            { types: [], dates: [range, range] },
            { types: [WEIGHT, BLOOD_PRESSURE, WEIGHT], dates: [] },
          ],
          exceptions: [{ types: [], dates: [] }],
          reasons: { '': 'Draws it.', 'de-DE': 'Malt.' },
          displayFlags: 12,
          at: { file: 'a.xml', line: 1, column: 20 },
          typePlaces: {
            [WEIGHT]: { file: 'a.xml', line: 4, column: 1 },
            [BLOOD_PRESSURE]: { file: 'a.xml', line: 4, column: 56 },
          },
        },
        expect.objectContaining({ name: null, requirement: 'required', permissions: [], displayFlags: 0 }),
      ],
    },
  });
});

test.each<[title: string, rule: string, column: number, reason: string]>([
  ['an unknown element', '<rule><scope/></rule>', 7, '<scope> in line 2 is not part of an authorization rule'],
  ['an incremental rule', '<rule is-incr="1"/>', 7, 'is-incr="…" in line 2 is not part of an authorization rule'],
  [
    'a permission',
    `<rule><permission> All </permission><permission> Write </permission></rule>`,
    37,
    '"Write" in line 2',
  ],
  ['flags with a sign', '<rule><display-flags>-1</display-flags></rule>', 7, '"-1" in line 2 is not a valid number'],
  ['flags with a word', '<rule><display-flags>1st</display-flags></rule>', 7, '"1st" in line 2 is not a valid number'],
  ['too many flags', '<rule><display-flags>12345678901</display-flags></rule>', 7, '"12345678901" in line 2'],
  [
    'a shortened type',
    `<rule><target-set>${type(` ${'x'.repeat(61)}`)}</target-set></rule>`,
    19,
    `"${'x'.repeat(60)}" in line 2 is not the GUID of a data type`,
  ],
])('%s that cannot be read is reported with its place', (_title, rule, column, reason) => {
  const { value, lints } = read(`<rule>${READ}</rule>\n${rule}`);
  expect(value).toMatchObject({ kind: 'unresolved', reason: expect.stringContaining(reason) });
  expect(lints).toEqual([
    {
      id: 'limit-access-value',
      severity: 'refused',
      source: 'XAUTH',
      message: expect.stringContaining(reason),
      at: { file: 'a.xml', line: 2, column },
    },
  ]);
});

test('an is-optional that is not a boolean is reported with its place', () => {
  expect(read(`<rule is-optional="yes">${READ}</rule>`).lints).toEqual([
    {
      id: 'limit-boolean',
      severity: 'refused',
      source: 'XAUTH',
      message: 'is-optional is not true, false, 1 or 0, so it counts as false. Write true or false.',
      at: { file: 'a.xml', line: 1, column: 39 },
    },
  ]);
});
