import fc from 'fast-check';
import { imageHeader } from '../../src/formats/image-header.ts';
import { pngBytes } from '../support/platform-fixture.ts';

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
  ['PNG', pngBytes(120, 60)],
  ['GIF', gif],
  ['JPEG', jpeg],
])('%s', (format, bytes) => {
  expect(imageHeader(bytes)).toMatchObject({ format, width: 120, height: 60 });
  expect(imageHeader(new Uint8Array([0, ...bytes]).subarray(1))).toMatchObject({ format, width: 120, height: 60 });
});

test('anything else is null, cut headers too', () => {
  expect(imageHeader(new Uint8Array())).toBeNull();
  expect(imageHeader(pngBytes(1, 1).subarray(0, 20))).toBeNull();
  expect(imageHeader(jpeg.subarray(0, 12))).toBeNull();
  fc.assert(fc.property(fc.uint8Array(), (bytes) => imageHeader(bytes) === null || bytes.length >= 10));
  fc.assert(
    fc.property(fc.uint8Array(), (rest) => {
      imageHeader(Uint8Array.of(0xff, 0xd8, ...rest));
    }),
  );
});
