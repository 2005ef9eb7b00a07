/** What Python reads otherwise than it is shown: encodings by a comment, letters of other alphabets, quotes within quotes. */
import { decodePython } from '../../../src/syntax/python/encoding.ts';
import { parsePython } from '../../../src/syntax/python/python.ts';
import { tokenizePython } from '../../../src/syntax/python/tokens.ts';
import { toBytes } from '../../support/read-context.ts';

const latin = (text: string) => Uint8Array.from(text, (unit) => unit.charCodeAt(0));

test.each([
  '# -*- coding: raw_unicode_escape -*-\n',
  '#!/usr/bin/python\n# vim: set fileencoding=utf-7 :\n',
  '# coding=unicode_escape',
  '\f# coding: rot13\n',
  '\ufeff# coding: utf_16\n',
  '\n# coding: punycode\n',
])('%j is not read', (text) =>
  expect(decodePython(toBytes(text))).toMatchObject({ problem: { id: 'python-encoding' } }),
);

test.each([
  ['# -*- coding: utf-8 -*-\nA = "é"', 'é'],
  ['# coding: UTF_8\nA = "é"', 'é'],
  ['A = 1\n# coding: utf-7\nB = "é"', 'é'],
  ['\n\n# coding: utf-7\nB = "é"', 'é'],
])('%j is UTF-8', (text, letter) =>
  expect(decodePython(toBytes(text))).toMatchObject({ text: expect.stringContaining(letter) }),
);

test.each([
  ['# -*- coding: latin-1 -*-\nA = "\xe9"', 'é'],
  ['# coding: cp1252\nA = "\x80"', '€'],
  ['# coding: windows-1251\nA = "\xe9"', 'й'],
])('%j is read byte by byte', (text, letter) =>
  expect(decodePython(latin(text))).toMatchObject({ text: expect.stringContaining(letter) }),
);

test.each(['APP_\u{1d408}D', 'ＡＰＰ_ID', 'APP\uff3fID', 'APP_\u2160D', 'ªPP_ID'.replace('ª', '\u{1d400}')])(
  '%s is APP_ID in Python',
  (name) => expect(tokenizePython(`${name} = 1`)[0]).toMatchObject({ kind: 'name', text: 'APP_ID' }),
);

test.each([
  'x = f"{"#"}"; APP_ID = "b"',
  "x = rf'{d['k']}'\nAPP_ID = 1",
  'x = f"""{"""a"""}"""',
  'x = F"{x # }"',
  "x = t'{'a'}'",
])('%j has two readings', (text) => {
  expect(parsePython(text)).toMatchObject({ problem: { id: 'python-nested-quotes', at: { line: 1 } } });
});

test.each([
  'x = f"{a} {{b} {c[\'k\']:>{width}}"',
  'x = f"{\'{\'}"',
  'x = "{"; y = "#"',
  'x = self"{"',
  "x = f'''{\n a\n}'''",
  'x = rb"{"',
])('%j has one reading', (text) => expect(parsePython(text)).toHaveProperty('statements'));

test.each(['\\n', '\\\n', 'f"{', '#', '"', "'''", '('])(
  'a long sequence of %j takes time in proportion to its length',
  (unit) => {
    const start = performance.now();
    parsePython(unit.repeat(200_000));
    expect(performance.now() - start).toBeLessThan(3000);
  },
);
