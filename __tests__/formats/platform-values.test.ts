import fc from 'fast-check';
import { cultureOf, instantOf, ipPrefixItem, permissionsOf } from '../../src/formats/platform-values.ts';

const at = { file: 'a', line: 1, column: 1 };

test.each([
  ['2010-01-01', '2010-01-01T00:00:00Z'],
  ['2010-01-01T10:20:30', '2010-01-01T10:20:30Z'],
  [' 2010-01-01T10:20:30Z ', '2010-01-01T10:20:30Z'],
  ['2010-01-01T10:20:30+02:00', '2010-01-01T08:20:30Z'],
  ['2010-01-01T10:20:30.500Z', '2010-01-01T10:20:30.500Z'],
  ['2012-02-29', '2012-02-29T00:00:00Z'],
  ['2011-02-29', null],
  ['2010-13-01', null],
  ['2010-01-01T25:00:00', null],
  ['01/02/2010', null],
  ['', null],
])('the instant %j is %j', (written, instant) => {
  expect(instantOf(written)).toBe(instant);
});

test.each([
  ['192.0.2.77/24', '192.0.2.0/24'],
  ['192.0.2.77', '192.0.2.77/32'],
  ['10.255.255.255/9', '10.128.0.0/9'],
  ['1.2.3.4/0', '0.0.0.0/0'],
  ['1.2.3.4/33', null],
  ['1.2.3', null],
  ['256.0.0.1', null],
  ['::1', null],
])('the prefix %j is %j', (written, meaning) => {
  expect(ipPrefixItem(written, at)?.meaning ?? null).toBe(meaning);
});

test('a network is its own network', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.nat(32), (address, bits) => {
      const once = ipPrefixItem(`${address}/${bits}`, at)?.meaning ?? '';
      expect(ipPrefixItem(once, at)?.meaning).toBe(once);
    }),
  );
});

test.each([
  ['de-de', 'de-DE'],
  ['', ''],
  ['not a tag', 'not a tag'],
])('the culture %j is %j', (written, culture) => {
  expect(cultureOf(written)).toBe(culture);
});

test('permissions: All is four, order and repetition do not matter, case does', () => {
  expect(permissionsOf(['All'])).toEqual(permissionsOf(['Delete', 'Update', 'Create', 'Read', 'Read']));
  expect(permissionsOf(['Read', 'read'])).toBeNull();
  expect(permissionsOf(['All', 'Everything'])).toBeNull();
  expect(permissionsOf([])).toEqual([]);
});
