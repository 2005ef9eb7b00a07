import fc from 'fast-check';
import { parseProperties } from '../../src/syntax/properties.ts';
import { buildAnyText } from '../support/any-text.ts';

function pairs(text: string): readonly (readonly [string, string])[] {
  const parsed = parseProperties(text);
  if ('problem' in parsed) throw new Error(parsed.problem.id);
  return parsed.entries.map(({ key, value }) => [key, value] as const);
}

describe('the properties parser', () => {
  test.each<[string, string, [string, string][]]>([
    ['=', 'a=b', [['a', 'b']]],
    [':', 'a:b', [['a', 'b']]],
    ['a space', 'a b', [['a', 'b']]],
    ['spaces around', ' \t a \f = \t b c ', [['a', 'b c ']]],
    ['a second separator as part of the value', 'a = = b', [['a', '= b']]],
    ['no value', 'a', [['a', '']]],
    ['an empty value', 'a=', [['a', '']]],
    ['no key', '=b', [['', 'b']]],
    ['comments', '# a=1\n  ! b=2\nc=#3', [['c', '#3']]],
    ['a comment that is not continued', '# a\\\nb=1', [['b', '1']]],
    ['continuation', 'a=b\\\n   c\\\r\n\td', [['a', 'bcd']]],
    ['a continued line that is not a comment', 'a=b\\\n#c', [['a', 'b#c']]],
    [
      'an even number of backslashes, which does not continue',
      'a=b\\\\\nc=d',
      [
        ['a', 'b\\'],
        ['c', 'd'],
      ],
    ],
    ['continuation at the end of the file', 'a=b\\', [['a', 'b']]],
    ['a continued key', 'a\\\n  b=c', [['ab', 'c']]],
    ['escaped separators', 'a\\=b\\:c\\ d=e\\:f', [['a=b:c d', 'e:f']]],
    ['escapes', 'a=\\t\\n\\r\\f\\q\\\\\\u0041\\u00e9', [['a', '\t\n\r\fq\\Aé']]],
    [
      'duplicates, in order',
      'a=1\na=2',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    [
      'all line ends',
      'a=1\rb=2\r\nc=3\n\n \nd=4',
      [
        ['a', '1'],
        ['b', '2'],
        ['c', '3'],
        ['d', '4'],
      ],
    ],
    ['a continued key, CRLF', 'a\\\r\n  b=c', [['ab', 'c']]],
    ['continuation, CR alone', 'a\\\r  b=c\\\r  d', [['ab', 'cd']]],
  ])('reads %s', (_name, text, expected) => {
    expect(pairs(text)).toEqual(expected);
  });

  // Every example in the documentation of `java.util.Properties.load`.
  test.each<[string, Readonly<Record<string, string>>]>([
    ['Truth = Beauty', { Truth: 'Beauty' }],
    [' Truth:Beauty', { Truth: 'Beauty' }],
    ['Truth                    :Beauty', { Truth: 'Beauty' }],
    [
      'fruits                           apple, banana, pear, \\\n                                 cantaloupe, watermelon, \\\n                                 kiwi, mango',
      { fruits: 'apple, banana, pear, cantaloupe, watermelon, kiwi, mango' },
    ],
    ['cheeses', { cheeses: '' }],
    ['\\:\\=', { ':=': '' }],
    ['a=\\z\\b\\"', { a: 'zb"' }],
  ])('reads %j as Java documents it', (text, expected) => expect(Object.fromEntries(pairs(text))).toEqual(expected));

  test.each(['a=\\u12', 'a=\\u00g1', '\\u=1', 'a=\\u00\\\n 41x'])('rejects the malformed escape %j', (text) => {
    expect(parseProperties(text)).toMatchObject({ problem: { id: 'properties-escape', at: { line: 1 } } });
  });

  test('has the places of keys and values', () => {
    const parsed = parseProperties('# c\r\n  key : value\nlong=\\\n    there\nempty=\n');
    expect('entries' in parsed && parsed.entries.map(({ at, valueAt }) => [at, valueAt])).toEqual([
      [
        { line: 2, column: 3 },
        { line: 2, column: 9 },
      ],
      [
        { line: 3, column: 1 },
        { line: 4, column: 5 },
      ],
      [
        { line: 5, column: 1 },
        { line: 5, column: 7 },
      ],
    ]);
  });

  test('reads every pair that is written with escapes', () => {
    const escaped = (text: string): string =>
      [...text]
        .map((character) =>
          [...Array(character.length).keys()]
            .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
            .join(''),
        )
        .join('');
    fc.assert(
      fc.property(buildAnyText(), buildAnyText(), (key, value) => {
        expect(pairs(`${escaped(key)}=${escaped(value)}`)).toEqual(
          key === '' && value === '' ? [['', '']] : [[key, value]],
        );
      }),
    );
  });

  test('never throws with random text', () => {
    const piece = fc.constantFrom('\\', '\n', '\r', ' ', '=', ':', '#', '!', '\\u', 'a', '0');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const parsed = parseProperties(pieces.join(''));
        return 'entries' in parsed || parsed.problem.id === 'properties-escape';
      }),
      { numRuns: 2000 },
    );
  });
});
