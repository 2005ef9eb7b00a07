import { createPositionFinder } from '../../src/syntax/positions.ts';

test.each([
  [0, 1, 1],
  [2, 1, 3],
  [3, 1, 4],
  [4, 2, 1],
  [6, 2, 3],
  [7, 3, 1],
  [99, 3, 1],
  [-5, 1, 1],
])('offset %i is line %i, column %i', (offset, line, column) => {
  expect(createPositionFinder('a\r\r\n😀\n')(offset)).toEqual({ line, column });
});
