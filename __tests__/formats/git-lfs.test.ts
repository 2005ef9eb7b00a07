import { isLfsPointer } from '../../src/formats/git-lfs.ts';

const VERSION = 'version https://git-lfs.github.com/spec/v1\n';
const OID = 'oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\n';
const is = (text: string) => isLfsPointer(new TextEncoder().encode(text));

test.each([
  ['as usual', `${VERSION}${OID}size 12345\n`],
  ['with extensions', `${VERSION}ext-0-foo sha256:00\n${OID}size 12345\n`],
  ['with the line ends of Windows', `${VERSION}${OID}size 12345\n`.replaceAll('\n', '\r\n')],
  ['from the first releases', `version https://hawser.github.com/spec/v1\n${OID}size 12345\n`],
  ['from a later version', `version https://git-lfs.github.com/spec/v10\n${OID}`],
  ['with the maximum length', `${VERSION}${OID}${'x'.repeat(1023 - VERSION.length - OID.length)}`],
])('a Git LFS pointer is recognized %s', (_name, text) => expect(is(text)).toBe(true));

test.each([
  ['settings', 'app.id=9ca84d74-1473-471d-940f-2699cb7198df\n'],
  ['a comment about one', `# ${VERSION}${OID}`],
  ['a pointer after other text', `app.id=1\n${VERSION}${OID}`],
  ['a pointer of another store', `version https://git-annex.example/spec/v1\n${OID}`],
  ['a pointer without its target', `${VERSION}size 12345\n`],
  ['a pointer over the maximum length', `${VERSION}${OID}${'x'.repeat(1024 - VERSION.length - OID.length)}`],
  ['nothing', ''],
])('a Git LFS pointer is not recognized in %s', (_name, text) => expect(is(text)).toBe(false));
