/** Changes in words that someone outside the project understands. */
import type { AccessTuple, Change } from '../../src/model/change.ts';
import type { Finding } from '../../src/model/finding.ts';
import { writeChanges } from '../../src/plan/plain-words.ts';
import { finding } from './sample.ts';

const of = (more: Partial<Change>) => finding('configuration', { change: more });

test.each<[string, Partial<Change>, string]>([
  ['both values', {}, 'Description: "old" becomes "new"'],
  ['only one at the head', { before: null }, 'Description, changed: "new"'],
  ['only one at the base', { after: null }, 'Description, changed'],
  ['an empty one at the base', { before: '' }, 'Description, changed: "new"'],
  ['an empty one at the head', { after: '' }, 'Description, changed'],
  [
    'a long one',
    { before: 'x'.repeat(49), after: 'y'.repeat(48) },
    `Description: "${'x'.repeat(47)}…" becomes "${'y'.repeat(48)}"`,
  ],
  ['a new value in place of a default', { kind: 'added', before: '(default)' }, 'Description, new: "new"'],
  ['a return to a default', { kind: 'removed', after: '(default)' }, 'Description, removed: "old"'],
])('a change is described with %s', (_, more, line) => {
  expect(writeChanges([of(more)])).toStrictEqual([line]);
});

const access = (more: Partial<AccessTuple>, change: Partial<Change> = {}): Finding =>
  of({
    setting: 'access.online',
    kind: 'added',
    effect: 'widens',
    access: {
      channel: 'online',
      requirement: 'optional',
      typeId: 'id-1',
      typeName: 'Weight',
      permission: 'Read',
      ...more,
    },
    ...change,
  });

test('permissions on one data type are combined at the first one, in the order of a record', () => {
  const findings = [
    access({ permission: 'Delete' }),
    of({}),
    access({ permission: 'Update' }),
    access({ typeId: 'id-2', typeName: 'Height' }),
    access({ permission: 'Create' }),
    access({}),
  ];
  expect(writeChanges(findings)).toStrictEqual([
    'Access online, optional: Read, Create, Update, Delete on Weight, new',
    'Description: "old" becomes "new"',
    'Access online, optional: Read on Height, new',
  ]);
});

test.each<[string, Finding, string]>([
  [
    'another channel',
    access({ channel: 'offline', permission: 'Create' }),
    'Access offline, optional: Create on Weight, new',
  ],
  [
    'another requirement',
    access({ requirement: 'required', permission: 'Create' }),
    'Access online, required: Create on Weight, new',
  ],
  [
    'another kind',
    access({ permission: 'Create' }, { kind: 'removed' }),
    'Access online, optional: Create on Weight, removed',
  ],
  [
    'another effect',
    access({ permission: 'Create' }, { effect: 'narrows' }),
    'Access online, optional: Create on Weight, new',
  ],
  [
    'another former requirement',
    access({ permission: 'Create', previousRequirement: 'required' }),
    'Access online: Create on Weight, optional instead of required',
  ],
  [
    'the same requirement as before',
    access({ permission: 'Create', previousRequirement: 'optional' }, { kind: 'modified' }),
    'Access online, optional: Create on Weight, changed',
  ],
  [
    'a long name',
    access({ typeId: 'id-3', typeName: 'x'.repeat(49) }),
    `Access online, optional: Read on ${'x'.repeat(47)}…, new`,
  ],
])('permissions are not combined with %s', (_, other, line) => {
  expect(writeChanges([access({}), other])).toStrictEqual(['Access online, optional: Read on Weight, new', line]);
});
