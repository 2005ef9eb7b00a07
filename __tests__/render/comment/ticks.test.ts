/** Reading ticks back out of a comment. */
import { renderMarkdown } from '../../../src/render/comment/markdown.ts';
import { readTicks } from '../../../src/render/comment/ticks.ts';
import { blockedSignUp, context } from '../reports.ts';

test.each([
  ['a ticked line', '- [x] Do it <!-- step:do-it -->', { 'do-it': true }],
  ['a capital X', '- [X] Do it <!-- step:do-it -->', { 'do-it': true }],
  ['an open line', '- [ ] Do it <!-- step:do-it -->', { 'do-it': false }],
  ['Windows line ends', '- [x] A <!-- step:a -->\r\n- [ ] B <!-- step:b -->\r\n', { a: true, b: false }],
  ['another bullet', '* [x] A <!-- step:a -->', { a: true }],
  ['a line without an id', '- [x] A', {}],
  ['an id that is not at the end', '- [x] A <!-- step:a --> and more', {}],
  ['text without a task', 'x <!-- step:a -->', {}],
  ['two lines, one open', '- [x] A <!-- step:a -->\n- [ ] A <!-- step:a -->', { a: false }],
  ['two lines, the open one first', '- [ ] A <!-- step:a -->\n- [x] A <!-- step:a -->', { a: false }],
  ['an id in upper case', '- [x] A <!-- step:A -->', {}],
])('a tick is read from %s', (_name, body, expected) => {
  expect(readTicks(body)).toEqual(expected);
});

test('ticks are kept when the comment is written again', () => {
  const first = renderMarkdown(blockedSignUp, context);
  const ticked = first.replace(/- \[ \] (.*step:request-review)/, '- [x] $1');
  const ticks = readTicks(ticked);
  expect(ticks['request-review']).toBe(true);
  expect(ticks['finalize-configuration']).toBe(false);
  const second = renderMarkdown(blockedSignUp, { ...context, ticks });
  expect(readTicks(second)).toEqual(ticks);
});

test('a completed step remains ticked, with any edit of its box', () => {
  const ticks = { 'update-walkthrough': false };
  expect(readTicks(renderMarkdown(blockedSignUp, { ...context, ticks }))['update-walkthrough']).toBe(true);
});
