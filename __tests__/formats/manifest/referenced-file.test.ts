import { isFollowedKind, isReferencedKind } from '../../../src/formats/manifest/referenced-file.ts';

test.each<readonly [kind: string, followed: boolean, referenced: boolean, paths: readonly string[]]>([
  ['pictures and texts', true, true, ['a/logo.png', 'logo.GIF', 'a.jpeg', 'a.tif', 'a.htm', 'a.html', 'a.md', 'a.hex']],
  [
    'files with any other extension',
    true,
    false,
    ['TERMS', 'legal\\TERMS', 'v1.0/T', 'a.cer', 'a/b.PEM', 'a.cert', 'a/terms.docx'],
  ],
  ['files with readers', false, false, ['a.cs', 'a.png.cs', 'a.config', 'a.xml', 'a.YML', 'a.json', 'a.properties']],
])('%s are followed are %s, and referenced are %s', (_kind, followed, referenced, paths) => {
  for (const path of paths)
    expect([path, isFollowedKind(path), isReferencedKind(path)]).toEqual([path, followed, referenced]);
});
