/** Any text for properties. */
import fc from 'fast-check';

const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;

/** The texts of `unit: 'binary'`, for which fast-check lists a million characters first: half a second in each test file. */
const character = fc
  .nat({ max: 0x10ffff - SURROGATES })
  .map((index) => String.fromCodePoint(index < FIRST_SURROGATE ? index : index + SURROGATES), findIndex);

/** A text of any code points. */
export function buildAnyText(constraints: { readonly maxLength?: number } = {}): fc.Arbitrary<string> {
  return fc.string({ unit: character, ...constraints });
}

/** The reverse, with which fast-check also generates names such as `__proto__`. @throws Error if it is not a character. */
function findIndex(value: unknown): number {
  const code = typeof value === 'string' ? value.codePointAt(0) : undefined;
  if (code === undefined || value !== String.fromCodePoint(code) || /\p{Cs}/u.test(value))
    throw new Error('not a character');
  return code < FIRST_SURROGATE ? code : code - SURROGATES;
}
