import { groupBy } from '../../src/model/lists.ts';

test('groups and their items keep their order', () =>
  expect([...groupBy(['b1', 'a1', 'b2', 'c1', 'a2'], (text) => text.charAt(0))]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1', 'a2']],
    ['c', ['c1']],
  ]));
