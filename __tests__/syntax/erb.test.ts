import fc from 'fast-check';
import { maskErb } from '../../src/syntax/erb.ts';

it('hides tags behind as many characters as they have, and restores them', () => {
  const text = 'a: <%= x %><%= "y: #" %>z <%# note %>\nb: <% require "erb" -%>';
  const masked = maskErb(text);
  if ('problem' in masked) throw new Error(masked.problem.message);
  expect(masked.text).toHaveLength(text.length);
  expect(masked.text).not.toMatch(/[<%]/);
  expect(masked.restore(masked.text)).toBe('a: <%= x %><%= "y: #" %>z            \nb:                     ');
});

it.each([
  ['<% if x %>', 'erb-code', 1, 1],
  ['a\n <% x = 1 %>', 'erb-code', 2, 2],
  ['<%% x %>', 'erb-code', 1, 1],
  ['<%= a', 'erb-unclosed', 1, 1],
  ['<%= a\n%>', 'erb-unclosed', 1, 1],
  ['\uf8ff', 'erb-code', 1, 1],
  ['<%= x %>'.repeat(6401), 'erb-code', 1, 51201],
])('rejects %.20j', (text, id, line, column) => {
  expect(maskErb(text)).toMatchObject({ problem: { id, at: { line, column } } });
});

it('leaves other texts alone', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!text.includes('<%'));
      expect(maskErb(text)).toMatchObject({ text });
    }),
  );
});
