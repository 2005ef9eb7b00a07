/** Lines that people write for the gate, as they really write them, and text that would hide something. */
import { findLine, toPlainLine } from '../../src/plan/description.ts';

describe('the line of a key', () => {
  test.each([
    ['alone', 'Go-live: x', 'x'],
    ['in any case', 'gO-LIVE: x', 'x'],
    ['without a space', 'Go-live:x', 'x'],
    ['indented', '  \t Go-live:   x  ', 'x'],
    ['in a list', '- Go-live: x', 'x'],
    ['in a list with the other mark', '+ Go-live: x', 'x'],
    ['in a list of stars', '* Go-live: x', 'x'],
    ['quoted', '>   Go-live: x', 'x'],
    ['emphasized', '**Go-live:** _x_ `y`', 'x y'],
    ['among others', 'Why\nGo-live: x\nMore', 'x'],
    ['of a Windows editor', 'Why\r\nGo-live: x\r\nMore', 'x'],
    ['of an old editor', 'Why\rGo-live: x\rMore', 'x'],
    ['as the first one with a value', 'Go-live:\nGo-live:  \nGo-live: x\nGo-live: y', 'x'],
    ['with marks in its value', 'Go-live: a - b > c + d', 'a - b > c + d'],
    ['with a colon in its value', 'Go-live: at: 10:00', 'at: 10:00'],
    ['after an invisible character', '- \u200B Go-live: x', 'x'],
    ['after a comment', '<!-- y --> Go-live: x', 'x'],
    ['before a comment', 'Go-live: x <!-- y -->', 'x'],
    ['around a comment', 'Go-live: x<!-- y -->z', 'xz'],
    ['after a comment of many lines', '<!--\nGo-live: y\n\n-->\nGo-live: x', 'x'],
    ['between comments', '<!-- a -->\nGo-live: x\n<!-- b -->', 'x'],
    ['after the shortest comment', '<!-->\nGo-live: x\n-->', 'x'],
    ['after text that is not a comment', '<! Go-live: y ->\n<!- -->\nGo-live: x', 'x'],
  ])('is found %s', (_, text, value) => {
    expect(findLine(text, 'Go-live')).toBe(value);
  });

  test.each([
    ['nothing', ''],
    ['another key', 'Go-lively: x'],
    ['a longer key', 'No-Go-live: x'],
    ['a key inside of a line', 'see Go-live: x'],
    ['a key after two list marks', '- - Go-live: x'],
    ['a key after a mark without a space', '-Go-live: x'],
    ['a heading', '# Go-live: x'],
    ['a key without its colon', 'Go-live x'],
    ['a key without a value', 'Go-live: \u200B **'],
    ['a key with its value on the next line', 'Go-live:\nx'],
    ['a comment', '<!-- Go-live: x -->'],
    ['a comment with an arrow', '<!-- a -> b -- >\nGo-live: x -->'],
    ['a comment without an end', '<!-- a\nGo-live: x'],
    ['the second comment', '<!-- a --><!--\nGo-live: x\n-->'],
  ])('is not found in %s', (_, text) => {
    expect(findLine(text, 'Go-live')).toBeNull();
  });
});

describe('a plain line', () => {
  test.each([
    ['spaces are collapsed', ' a \t\n b\u2028c\u00A0 d ', 'a b c d'],
    ['also around removed characters', 'a \u200B b', 'a b'],
    ['control, bidirectional and zero-width characters are removed', 'a\u0000b\u202Ec\u200Bd\u0085e', 'abcde'],
    ['half a character is removed', 'a\uD83Db\uDE00c', 'abc'],
    ['whole characters remain', 'a😀ü字', 'a😀ü字'],
  ])('has its spaces and controls cleaned, so %s', (_, text, line) => {
    expect(toPlainLine(text)).toBe(line);
  });

  test.each([
    ['a text that just fits remains', 'abcdef', 6, 'abcdef'],
    ['one more character is removed', 'abcdefg', 6, 'abcde…'],
    ['no character is split', 'abcd😀gh', 6, 'abcd…'],
    ['the text ends after a character', 'abc😀gh', 6, 'abc😀…'],
    ['spaces do not count', '  abcdef  ', 6, 'abcdef'],
  ])('is limited, so %s', (_, text, limit, line) => {
    expect(toPlainLine(text, limit)).toBe(line);
  });

  test('has a limit of 500 by default', () => {
    expect(toPlainLine('x'.repeat(500))).toBe('x'.repeat(500));
    expect(toPlainLine('x'.repeat(501))).toBe(`${'x'.repeat(499)}…`);
  });
});
