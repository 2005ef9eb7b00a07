/**
 * Writes `dist/licenses.txt`: the license of every package whose code is inside `dist`. `--check` only fails when the
 * committed file is not that, or a package has a license that is not on the list.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { ALLOWED_LICENSES, type BundledPackage, listBundledPackages } from './bundled-packages.ts';

const ISC_TERMS = `Permission to use, copy, modify, and/or distribute this software for any
purpose with or without fee is hereby granted, provided that the above
copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES
WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF
MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR
ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES
WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN
ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR
IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`;

/** Notices of packages that name their license but ship no text of it; taken from their repositories. */
const MISSING_TEXTS: Readonly<Record<string, string>> = {
  saxes: `The ISC License

Copyright (c) Contributors
Copyright (c) Isaac Z. Schlueter and Contributors (sax, from which saxes was forked)

${ISC_TERMS}`,
};

/** The file's text. @throws Error for a package without a text or with a license that is not allowed. */
export function writeLicenses(packages: readonly BundledPackage[]): string {
  const sections = packages.map(({ name, version, license, texts }) => {
    if (!ALLOWED_LICENSES.includes(license))
      throw new Error(`${name} ${version}: the license ${license} is not allowed`);
    const text = texts.length > 0 ? texts.join('\n\n') : MISSING_TEXTS[name];
    if (text === undefined) throw new Error(`${name} ${version}: there is no license text`);
    return `${'='.repeat(100)}\n${name} ${version} (${license})\n\n${text}\n`;
  });
  return `The files in this folder hold code of these packages.\n\n${sections.join('\n')}`;
}

if (import.meta.main) {
  const place = new URL('../dist/licenses.txt', import.meta.url);
  const text = writeLicenses(listBundledPackages());
  if (!process.argv.includes('--check')) writeFileSync(place, text);
  else if (readFileSync(place, 'utf8') === text) console.log('dist/licenses.txt is up to date');
  else {
    console.error(
      'dist/licenses.txt is not what the bundled packages say. Run npm run licenses and commit the result.',
    );
    process.exitCode = 1;
  }
}
