import fc from 'fast-check';
import { readImageHeader } from '../../../src/formats/registered/image-header.ts';
import { buildPng } from '../../support/platform-fixture.ts';

const gif = Uint8Array.of(0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 120, 0, 60, 0, 0, 0, 0);
const jpeg = Uint8Array.of(
  0xff,
  0xd8,
  0xff,
  0xe0,
  0,
  4,
  1,
  2,
  0xff,
  0xff,
  0xc0,
  0,
  11,
  8,
  0,
  60,
  0,
  120,
  3,
  1,
  0x22,
  0,
);

test.each([
  ['PNG', buildPng(120, 60)],
  ['GIF', gif],
  ['JPEG', jpeg],
])('a %s header is read', (format, bytes) => {
  expect(readImageHeader(bytes)).toMatchObject({ format, width: 120, height: 60 });
  expect(readImageHeader(new Uint8Array([0, ...bytes]).subarray(1))).toMatchObject({ format, width: 120, height: 60 });
});

const pngWith = (at: number, byte: number) => buildPng(120, 60).with(at, byte);

test.each([
  ['a PNG with another first word', pngWith(0, 0)],
  ['a PNG with another second word', pngWith(4, 0)],
  ['a PNG that begins with another chunk', pngWith(12, 0)],
  ['a JPEG with another beginning', jpeg.with(0, 0)],
  ['a JPEG with something between two segments', Uint8Array.of(0xff, 0xd8, 0, 0xc0, 0, 11, 8, 0, 60, 0, 120)],
])('%s is not an image', (_title, bytes) => expect(readImageHeader(bytes)).toBeNull());

/** What is between the beginning of a JPEG and its size; and by which marker the size is given. */
test.each<[title: string, before: readonly number[], marker: number]>([
  ['nothing', [], 0xc0],
  ['nothing, by the last marker of a size', [], 0xcf],
  ['a table of codes', [0xff, 0xc4, 0, 4, 1, 2], 0xc2],
  ['an extension', [0xff, 0xc8, 0, 4, 1, 2], 0xc2],
  ['arithmetic conditions', [0xff, 0xcc, 0, 4, 1, 2], 0xc9],
  ['a comment', [0xff, 0xfe, 0, 4, 1, 2], 0xc1],
  ['a marker without a length', [0xff, 0x01], 0xc0],
  ['the first restart', [0xff, 0xd0], 0xc0],
  ['the last restart', [0xff, 0xd7], 0xc0],
  ['another beginning', [0xff, 0xd8], 0xc0],
])('a JPEG is read with %s before its size', (_title, before, marker) => {
  const bytes = Uint8Array.of(0xff, 0xd8, ...before, 0xff, marker, 0, 11, 8, 0, 60, 0, 120);
  expect(readImageHeader(bytes)).toEqual({ format: 'JPEG', type: 'image/jpeg', width: 120, height: 60 });
});

test('any other or truncated header is null', () => {
  expect(readImageHeader(new Uint8Array())).toBeNull();
  expect(readImageHeader(buildPng(1, 1).subarray(0, 20))).toBeNull();
  expect(readImageHeader(jpeg.subarray(0, 12))).toBeNull();
  fc.assert(fc.property(fc.uint8Array(), (bytes) => readImageHeader(bytes) === null || bytes.length >= 10));
  fc.assert(
    fc.property(fc.uint8Array(), (rest) => {
      readImageHeader(Uint8Array.of(0xff, 0xd8, ...rest));
    }),
  );
});
