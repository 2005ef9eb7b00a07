import fc from 'fast-check';
import { findNearestWord } from '../../src/model/nearest.ts';

it.each([
  ['Wieght', 'Weight'],
  ['weight', 'Weight'],
  ['Heigth', 'Height'],
  ['Blod presure', 'Blood pressure'],
  ['Temperature', null],
  ['', null],
  ['x'.repeat(10_000), null],
])('the nearest name to %.20j is %j', (word, meant) => {
  expect(findNearestWord(word, ['Weight', 'Height', 'Blood pressure'])).toBe(meant);
});

it('a word with one typing mistake is found', () => {
  const known = ['vocabularies', 'persistent-tokens', 'organization'];
  fc.assert(
    fc.property(fc.constantFrom(...known), fc.nat(), fc.constantFrom('', 'x', 'xy'), (word, place, slip) => {
      const at = place % word.length;
      expect(findNearestWord(word.slice(0, at) + slip + word.slice(at + 1), known)).toBe(word);
    }),
  );
});
