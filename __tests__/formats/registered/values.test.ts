import fc from 'fast-check';
import {
  createAllItem,
  PLATFORM_DEFAULTS,
  parseCulture,
  parsePermissions,
  parsePlatformTime,
  toAddressValue,
  toAppTypeValue,
  toAttributeItem,
  toBulkExtractionValue,
  toCaselessItem,
  toClientTokenValue,
  toFlagValue,
  toIpPrefixItem,
  toLocationItem,
  toLogoValue,
  toPersistentTokensValue,
  toPlainItem,
  toSetValue,
  toStatementValue,
  toVocabularyItem,
} from '../../../src/formats/registered/values.ts';
import { computeSha256 } from '../../../src/model/digest.ts';
import type { SettingValue } from '../../../src/model/document.ts';
import { buildPng } from '../../support/platform-fixture.ts';
import { toBytes } from '../../support/read-context.ts';
import { useTimeZone } from '../../support/time-zone.ts';

const at = { file: 'a', line: 1, column: 1 };
const meaningOf = (value: SettingValue): string | null => ('meaning' in value ? value.meaning : null);

test.each<[title: string, value: SettingValue, meaning: string, shown: string]>([
  ['an address', toAddressValue(' https://A.example/b '), 'https://a.example/b', 'https://A.example/b'],
  ['a type', toAppTypeValue(' Master '), 'master', 'Master'],
  [
    'all at once',
    toBulkExtractionValue(true, true),
    'onboarded, permission required',
    'onboarded, permission required',
  ],
  [
    'none at once',
    toBulkExtractionValue(false, false),
    'not onboarded, permission not required',
    'not onboarded, permission not required',
  ],
  ['a token, by its digest', toClientTokenValue(' abcdefgh '), computeSha256(toBytes('abcdefgh')), 'abcd…'],
])('%s is text', (_title, value, meaning, shown) => {
  expect(value).toEqual({ kind: 'text', meaning, shown });
});

test('a missing value has its default', () => {
  expect(PLATFORM_DEFAULTS).toEqual({
    'restrict-users': meaningOf(toFlagValue(false)),
    'persistent-tokens': meaningOf(toPersistentTokensValue(false, null)),
    'app-type': meaningOf(toAppTypeValue('Web')),
  });
});

test.each([
  ['a source', toPlainItem(' Clinic  A\n\tB ', at), 'Clinic A B', 'Clinic A B'],
  ['a method', toCaselessItem(' GetThings ', at), 'getthings', 'GetThings'],
  ['an attribute', toAttributeItem(' Hippa ', at), 'hipaa', 'Hippa'],
  ['all of them', createAllItem(at), 'all', 'all'],
  ['a family', toVocabularyItem(' wc ', null, at), 'wc/*', 'wc/*'],
  ['a vocabulary', toVocabularyItem(' wc ', ' thing-types ', at), 'wc/thing-types', 'wc/thing-types'],
  ['a country', toLocationItem(' US ', null, at), 'us', 'US'],
  ['a state', toLocationItem(' US ', ' WA ', at), 'us/wa', 'US/WA'],
  ['a prefix', toIpPrefixItem(' 192.0.2.77/24 ', at), '192.0.2.0/24', '192.0.2.77/24'],
])('%s is an element of a set, without the spaces around it', (_title, item, meaning, shown) => {
  expect(item).toEqual({ meaning, shown, at });
});

test('the first of two elements with the same meaning remains', () => {
  const [first, second] = [toCaselessItem('GetThings', at), toCaselessItem('getthings', { ...at, line: 2 })];
  expect(toSetValue([first, second])).toEqual({ kind: 'set', items: [first] });
});

describe('a logo', () => {
  const png = buildPng(120, 60);
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 60, 0, 120, 3, 1, 0x22, 0);
  const logo = (bytes: Uint8Array, type: string | null) => toLogoValue(bytes, type);

  test.each([
    ['an image', png, null, 'PNG, 120 x 60 px, 33 bytes'],
    ['an image of another type than declared', png, 'image/gif', 'image/gif, PNG, 120 x 60 px, 33 bytes'],
    ['a file that is not an image', toBytes('abc'), null, '3 bytes'],
    ['a file that is not an image with any declared type', toBytes('abc'), 'image/png', 'image/png, 3 bytes'],
  ])('is shown for %s', (_title, bytes, type, shown) => {
    expect(logo(bytes, type)).toMatchObject({ kind: 'content', shown });
  });

  test.each(['image/jpeg', 'image/jpg', 'image/pjpeg', ' IMAGE/JPEG ;q=1', '', null])(
    'with the type %j is a JPEG',
    (type) => {
      expect(logo(jpeg, type)).toEqual({
        kind: 'content',
        meaning: computeSha256(jpeg),
        shown: 'JPEG, 120 x 60 px, 15 bytes',
      });
    },
  );

  test('with another declared type or other bytes is another one', () => {
    const others = [logo(png, 'image/gif'), logo(png, 'image/bmp'), logo(buildPng(120, 61), 'image/gif')];
    expect(new Set([logo(png, null), ...others].map(meaningOf)).size).toBe(4);
  });
});

describe('a statement', () => {
  const statement = (text: string, type: string | null = null) => toStatementValue(toBytes(text), type);
  const digest = (text: string) => computeSha256(toBytes(text));

  test('is shown by its type and size', () => {
    expect(statement('abc')).toEqual({ kind: 'content', meaning: digest('abc'), shown: 'text/plain, 3 bytes' });
    expect(statement('abc', ' text/HTML ;charset=utf-8')).toEqual(statement('abc', 'text/html'));
    expect(statement('abc', 'text/html')).toMatchObject({ shown: 'text/html, 3 bytes' });
    expect(meaningOf(statement('abc', 'text/html'))).not.toBe(digest('abc'));
  });

  test.each([
    ['a\r\nb', 'a\nb'],
    ['ab\nc\r\nd', 'ab\nc\nd'],
    ['a\rb', 'a\rb'],
    ['a\rb\r\n', 'a\rb\n'],
  ])('with %j is %j', (written, meant) => {
    expect(meaningOf(statement(written, 'text/plain'))).toBe(digest(meant));
  });

  test('is compared with line ends if it is not text', () => {
    const [windows, unix] = [statement('a\r\nb', 'application/pdf'), statement('a\nb', 'application/pdf')];
    expect(meaningOf(windows)).not.toBe(meaningOf(unix));
  });
});

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
  ['2010-01-01T10:20', null],
  ['on 2010-01-01', null],
  ['01/02/2010', null],
  ['', null],
])('the instant %j is %j', (written, instant) => {
  expect(parsePlatformTime(written)).toBe(instant);
});

describe('an instant without a zone', () => {
  useTimeZone('Asia/Kolkata');

  test('is UTC in any local time zone', () => {
    expect(parsePlatformTime('2010-01-01T10:20:30')).toBe('2010-01-01T10:20:30Z');
  });
});

test.each([
  ['192.0.2.77/24', '192.0.2.0/24'],
  ['192.0.2.77', '192.0.2.77/32'],
  ['192.0.2.010', null],
  ['010.0.2.1/8', null],
  ['10.0.0.0/08', null],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['10.255.255.255/9', '10.128.0.0/9'],
  ['1.2.3.4/0', '0.0.0.0/0'],
  ['1.2.3.4/33', null],
  ['1.2.3', null],
  ['v1.2.3.4', null],
  ['1.2.3.4/24/8', null],
  ['256.0.0.1', null],
  ['::1', null],
])('the prefix %j is %j', (written, meaning) => {
  expect(toIpPrefixItem(written, at)?.meaning ?? null).toBe(meaning);
});

test('a network is equal to itself', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.nat(32), (address, bits) => {
      const once = toIpPrefixItem(`${address}/${bits}`, at)?.meaning ?? '';
      expect(toIpPrefixItem(once, at)?.meaning).toBe(once);
    }),
  );
});

test.each([
  ['de-de', 'de-DE'],
  [' de-de ', 'de-DE'],
  ['', ''],
  ['not a tag', 'not a tag'],
])('the culture %j is %j', (written, culture) => {
  expect(parseCulture(written)).toBe(culture);
});

test('All is four permissions, in any order and repetition, but case-sensitive', () => {
  expect(parsePermissions(['All'])).toEqual(parsePermissions(['Delete', 'Update', 'Create', 'Read', 'Read']));
  expect(parsePermissions(['Read', 'read'])).toBeNull();
  expect(parsePermissions(['All', 'Everything'])).toBeNull();
  expect(parsePermissions([])).toEqual([]);
});
