import { isFollowedKind, isReferencedKind, mayBeReferenced } from '../../../src/formats/manifest/referenced-file.ts';

const KINDS = ['none', 'mayBeReferenced', 'isFollowedKind', 'isReferencedKind'] as const;

test.each<readonly [kind: (typeof KINDS)[number], paths: readonly string[]]>([
  [
    'isReferencedKind',
    ['a/logo.png', 'logo.GIF', 'a.jpg', 'a.jpeg', 'a.tif', 'a.tiff', 'a.htm', 'a.html', 'a.md', 'a.hex'],
  ],
  ['isFollowedKind', ['TERMS', 'legal/TERMS', 'legal\\TERMS', 'v1.0/T']],
  ['mayBeReferenced', ['a.cer', 'a/b.PEM']],
  ['none', ['a.cs', 'a.png.cs', 'a.cer.cs', 'a.hex.cs', 'a/.gitignore', 'a/']],
])('%s: %s', (kind, paths) => {
  const at = KINDS.indexOf(kind);
  for (const path of paths) {
    const found = [mayBeReferenced(path), isFollowedKind(path), isReferencedKind(path)];
    expect([path, ...found]).toEqual([path, at >= 1, at >= 2, at >= 3]);
  }
});
