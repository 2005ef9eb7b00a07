/** Damage done to a file: what transport, editors and merges do to real ones, and damage that no tool causes. */
import * as fc from 'fast-check';

/** One damage. `at`, `length` and `from` are thousandths of the file, so that one damage fits files of any size. */
export type Mutation =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'set'; readonly at: number; readonly byte: number }
  | { readonly kind: 'cut'; readonly at: number; readonly length: number }
  | { readonly kind: 'truncate'; readonly at: number }
  | { readonly kind: 'repeat'; readonly at: number; readonly length: number; readonly times: number }
  | { readonly kind: 'splice'; readonly at: number; readonly from: number; readonly length: number }
  | { readonly kind: 'insert'; readonly at: number; readonly text: string }
  | { readonly kind: 'swap-lines'; readonly at: number; readonly from: number }
  | { readonly kind: 'drop-line'; readonly at: number }
  | { readonly kind: 'repeat-line'; readonly at: number };

/** Pieces that mean something to one of the readers, and pieces that break them. */
export const PIECES: readonly string[] = [
  ...[
    '<',
    '>',
    '</',
    '/>',
    '&',
    '&#0;',
    '&#xD800;',
    '&amp;',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?xml version="1.1"?>',
  ],
  ...['<!DOCTYPE a [<!ENTITY b "c">]>', '&b;', 'xmlns:x=""', 'xdt:Transform="Replace"', 'xdt:Locator="Match(key)"'],
  ...[
    'xdt:Locator="XPath(//add[@key=\'a\'])"',
    '<add key="ShellUrl" value="x"/>',
    '<clear/>',
    '<remove key="ShellUrl"/>',
  ],
  ...['configSource="a.config"', 'file="../Web.config"', '<rules>', '<type-id>', '<dict>', '<key>', '<array/>'],
  ...[
    ':',
    ': ',
    '- ',
    '? ',
    '|',
    '>-',
    '&a ',
    '*a',
    '<<: *a',
    '!!binary',
    '!x ',
    '%YAML 1.1',
    '---',
    '...',
    '{',
    '}',
    '[',
    ']',
  ],
  ...[
    '"',
    "'",
    '\\',
    '\\u',
    '\\u00zz',
    '#',
    '\t',
    '\r',
    '\n',
    '\r\n',
    '\u0000',
    '\ufeff',
    '\u2028',
    '\ud83d\ude00',
    '\u0085',
  ],
  ...['<%= ENV["A"] %>', '<%', '%>', '${a}', '${${a}}', '@a@', '#{a}', '"""', "r'", '(', ')', 'if x:', 'del KEY'],
  ...['-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----', '30 82', 'MII', '==', '1e999', '0x', '-.inf', 'null'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '9ca84d74-1473-471d-940f-2699cb7198df',
    'https://[',
    'xn--',
  ],
];

const place = fc.integer({ min: 0, max: 1000 });

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: place, bit: fc.integer({ min: 0, max: 7 }) }),
  fc.record({ kind: fc.constant('set' as const), at: place, byte: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ kind: fc.constant('cut' as const), at: place, length: place }),
  fc.record({ kind: fc.constant('truncate' as const), at: place }),
  fc.record({ kind: fc.constant('repeat' as const), at: place, length: place, times: fc.integer({ min: 2, max: 20 }) }),
  fc.record({ kind: fc.constant('splice' as const), at: place, from: place, length: place }),
  fc.record({ kind: fc.constant('insert' as const), at: place, text: fc.constantFrom(...PIECES) }),
  fc.record({ kind: fc.constant('swap-lines' as const), at: place, from: place }),
  fc.record({ kind: fc.constant('drop-line' as const), at: place }),
  fc.record({ kind: fc.constant('repeat-line' as const), at: place }),
);

/** One to six damages. */
export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(mutation, { minLength: 1, maxLength: 6 });

/** No damage makes a file larger than this, so that a trial stays a trial of reading and not of memory. */
const MAX_BYTES = 200_000;

/** The file after all the damage. `other` is what splices take their bytes from. */
export function mutate(bytes: Uint8Array, damage: readonly Mutation[], other: Uint8Array): Uint8Array {
  return damage.reduce((damaged, one) => apply(damaged, one, other).subarray(0, MAX_BYTES), bytes);
}

function apply(bytes: Uint8Array, damage: Mutation, other: Uint8Array): Uint8Array {
  const at = offset(bytes, damage.at);
  switch (damage.kind) {
    case 'flip':
      return replaced(bytes, at, 1, [(bytes[at] ?? 0) ^ (1 << damage.bit)]);
    case 'set':
      return replaced(bytes, at, 1, [damage.byte]);
    case 'cut':
      return replaced(bytes, at, offset(bytes, damage.length) >> 3, []);
    case 'truncate':
      return bytes.subarray(0, at);
    case 'repeat': {
      const piece = bytes.subarray(at, at + (offset(bytes, damage.length) >> 4));
      return replaced(bytes, at, 0, Array.from({ length: damage.times }, () => [...piece]).flat());
    }
    case 'splice': {
      const from = offset(other, damage.from);
      return replaced(bytes, at, 0, [...other.subarray(from, from + (offset(other, damage.length) >> 2))]);
    }
    case 'insert':
      return replaced(bytes, at, 0, [...new TextEncoder().encode(damage.text)]);
    case 'swap-lines':
      return editLines(bytes, at, (lines, line) => {
        const from = Math.floor((damage.from * lines.length) / 1001);
        return lines.map((text, index) =>
          index === line ? (lines[from] ?? text) : index === from ? (lines[line] ?? text) : text,
        );
      });
    case 'drop-line':
      return editLines(bytes, at, (lines, line) => lines.filter((_, index) => index !== line));
    case 'repeat-line':
      return editLines(bytes, at, (lines, line) =>
        lines.flatMap((text, index) => (index === line ? [text, text] : [text])),
      );
  }
}

function offset(bytes: Uint8Array, thousandths: number): number {
  return Math.floor((bytes.length * thousandths) / 1000);
}

function replaced(bytes: Uint8Array, at: number, length: number, by: readonly number[]): Uint8Array {
  return Uint8Array.from([...bytes.subarray(0, at), ...by, ...bytes.subarray(at + length)]);
}

/** Lines byte by byte, whatever the encoding. */
function editLines(
  bytes: Uint8Array,
  at: number,
  edit: (lines: readonly Uint8Array[], line: number) => readonly Uint8Array[],
): Uint8Array {
  const lines: Uint8Array[] = [];
  let line = 0;
  let start = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    if (bytes[index] !== 0x0a && index !== bytes.length - 1) continue;
    if (at >= start) line = lines.length;
    lines.push(bytes.subarray(start, index + 1));
    start = index + 1;
  }
  return Uint8Array.from(edit(lines, line).flatMap((text) => [...text]));
}
