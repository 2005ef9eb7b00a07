/** What only the whole policy can say of times, days, globs and pointers, wherever they may appear. */
import { expectEach, problemsIn, problemsOver, SMALL, SMALL_MEANS } from './small-policies.ts';

const found = (text: string): readonly string[] => problemsOver(SMALL_MEANS, text);

const TIME = '{ min: 5, max: 4, unit: weeks }';
const order = (place: string): string => `${place} policy-lead-time-order: max (4) is less than min (5). Swap them.`;

test('the longest time is not shorter than the shortest', () => {
  expectEach<readonly string[]>(
    [
      ['lead-times: { review: TIME }', [order('2:38')]],
      ['categories: { review: { lead-time: TIME } }', [order('2:51')]],
      ['rules: { rest: { lead-time: TIME } }', [order('2:44')]],
      ['slot-notice: TIME', [order('2:29')]],
    ],
    (text) => found(text.replace('TIME', TIME)),
  );
  expect(found(`slot-notice: ${TIME.replace('5', '4')}`)).toEqual([]);
});

test('days are those of the calendar', () => {
  expectEach<readonly string[]>(
    [
      ["holidays: { add: ['2028-02-29', '2026-12-31'], remove: ['2000-02-29'] }", []],
      [
        "holidays: { add: ['2028-02-29', '2027-02-29'], remove: ['2026-04-30', '2026-04-31', '1900-02-29'] }",
        [
          '2:33 policy-bad-date: "2027-02-29" is not a valid day. Use a form like 2026-11-27.',
          '2:71 policy-bad-date: "2026-04-31" is not a valid day. Use a form like 2026-11-27.',
          '2:85 policy-bad-date: "1900-02-29" is not a valid day. Use a form like 2026-11-27.',
        ],
      ],
    ],
    found,
  );
});

const office = (zone: string, opens: string, closes: string): string =>
  `office: { time-zone: ${zone}, opens: '${opens}', closes: '${closes}' }`;

test('the office is in a known time zone, and opens before it closes', () => {
  expectEach<readonly string[]>(
    [
      [office('UTC', '00:00', '00:01'), []],
      [office('America/Argentina/Buenos_Aires', '09:00', '17:00'), []],
      [
        office('Mars/Base', '09:00', '17:00'),
        ['2:22 policy-bad-time-zone: "Mars/Base" is not a known time zone. Use a name like America/Los_Angeles.'],
      ],
      [
        office('UTC', '09:00', '09:00'),
        ['2:51 policy-office-hours: closes (09:00) is before opens (09:00). Swap them.'],
      ],
      [
        office('UTC+25', '17:00', '09:00'),
        [
          '2:22 policy-bad-time-zone: "UTC+25" is not a known time zone. Use a name like America/Los_Angeles.',
          '2:54 policy-office-hours: closes (09:00) is before opens (17:00). Swap them.',
        ],
      ],
    ],
    found,
  );
});

const folder = (place: string): string =>
  `${place} policy-bad-glob: The glob "a/" is not valid: it names a folder. End with /** to match all files in it.`;

test('a glob is checked everywhere', () => {
  expectEach<readonly string[]>(
    [
      ['watch: [b, a/]', [folder('2:12')]],
      ['ignore: [b, a/]', [folder('2:13')]],
      ['workflow: [b, a/]', [folder('2:15')]],
      ['steps: { look: { evidence: { files: [b, a/] } } }', [folder('2:41')]],
      ['rules: { mine: { when: [{ kind: added }, { file: a/ }], category: quiet, reason: x } }', [folder('2:50')]],
      ['rules: { mine: { when: [{ file: [b, a/] }], category: quiet, reason: x } }', [folder('2:37')]],
      ['rules: { mine: { when: { file: [b, a/] }, category: quiet, reason: x } }', [folder('2:36')]],
      ['rules: { mine: { when: { file: a/ }, category: quiet, reason: x } }', [folder('2:32')]],
      ['documents: [{ files: [b, a/], format: json, settings: { a: { pointer: /a, type: set } } }]', [folder('2:26')]],
    ],
    found,
  );
});

const named = (place: string): string =>
  `${place} policy-unknown-setting: No setting has an id that matches "nmae". Run go-live-gate explain for the list. Did you mean name?`;

test('a glob has a maximum length and a maximum number of alternatives', () => {
  const braces = '{0,1,2,3,4,5,6,7,8}/{a,b,c,d,e,f,g}';
  expectEach<readonly string[]>(
    [
      [`watch: ['${'x'.repeat(200)}']`, []],
      [
        `watch: ['${'x'.repeat(201)}']`,
        [`2:9 policy-wrong-form: Found "${'x'.repeat(60)}...", expected a glob of 1 to 200 characters.`],
      ],
      [`watch: ['${braces}']`, []],
      [
        `watch: ['${braces.replace('g', 'g,h')}']`,
        [
          `2:9 policy-bad-glob: The glob "${braces.replace('g', 'g,h')}" is not valid: its braces expand to more than 64 patterns. Write several globs.`,
        ],
      ],
    ],
    found,
  );
});

test('a setting is checked everywhere', () => {
  expectEach<readonly string[]>(
    [
      ['steps: { look: { evidence: { settings: [name, nmae] } } }', [named('2:47')]],
      ['rules: { mine: { when: { setting: nmae }, category: quiet, reason: x } }', [named('2:35')]],
      ['rules: { mine: { when: { setting: [name, nmae] }, category: quiet, reason: x } }', [named('2:42')]],
      ['rules: { mine: { when: [{ setting: nmae }], category: quiet, reason: x } }', [named('2:36')]],
      [
        'rules: { mine: { when: [{ kind: added }, { setting: [nmae] }], category: quiet, reason: x } }',
        [named('2:54')],
      ],
    ],
    found,
  );
});

const document = (id: string, setting: string): string =>
  `documents: [{ files: [a], format: json, settings: { ${id}: ${setting} } }]`;
const pointer = (id: string, at: string, type: string): string => document(id, `{ pointer: ${at}, type: ${type} }`);
const unfit = (id: string, found: string): string =>
  `2:${pointer(id, found, 'any').indexOf('/') + 1} policy-bad-pointer: The pointer "${found}" does not match the type of its setting. Write type: set for a star, or for an id that ends in .* a pointer that ends in its only star.`;

test('a pointer for one value has no star, unless its setting is a family', () => {
  for (const type of ['text', 'content', 'any']) {
    for (const at of ['/a/b', '/a/b*']) expect(found(pointer('one', at, type))).toEqual([]);
    for (const at of ['/a/*', '/*/b']) expect(found(pointer('one', at, type))).toEqual([unfit('one', at)]);
    for (const at of ['/*', '/a/b/*']) expect(found(pointer('one.*', at, type))).toEqual([]);
    for (const at of ['/a/b', '/a/*/b', '/a/b*', '/*/*'])
      expect(found(pointer('one.*', at, type))).toEqual([unfit('one.*', at)]);
  }
});

test('a pointer for a set can have stars, and a set is not a family', () => {
  for (const at of ['/a', '/a/*', '/*/b', '/*/*/c/*']) expect(found(pointer('one', at, 'set'))).toEqual([]);
  expect(found(pointer('one.*', '/a/*', 'set'))).toEqual([unfit('one.*', '/a/*')]);
});

test('only a set has rights as elements', () => {
  const grants = (type: string, yes: boolean): string =>
    document('one', `{ pointer: /a, type: ${type}, grants: ${yes} }`);
  const refused = (text: string): readonly string[] => [
    `2:${text.indexOf('true') + 1} policy-grants-no-set: "one" has grants, but is not a set. Add type: set.`,
  ];
  expectEach<readonly string[]>(
    [
      ...['text', 'content', 'any'].map((type) => [grants(type, true), refused(grants(type, true))] as const),
      [grants('text', false), []],
      [grants('set', true), []],
    ],
    found,
  );
});

const nothing = (place: string, found: string): string =>
  `${place} policy-nothing-category: Found ${found}, expected exactly one category with nothing: true that never blocks and has no label.`;

test('exactly one category is for no change', () => {
  expectEach<readonly string[]>(
    [
      ['categories: { review: { nothing: true } }', [nothing('2:1', 'review, quiet')]],
      ['categories: { quiet: { nothing: false } }', [nothing('2:1', 'none')]],
      ['categories: { quiet: { nothing: false }, review: { nothing: true } }', [nothing('2:1', 'review')]],
      ['categories: { quiet: { blocks: always } }', [nothing('2:1', 'quiet')]],
      ['categories: { quiet: { nothing: true } }', []],
    ],
    found,
  );
});

test('a policy without extends needs the category for no change', () => {
  expect(problemsIn(SMALL.replace(', nothing: true', ''))).toEqual([nothing('4:1', 'none')]);
});
