/**
 * Prints the changelog's section for a tag: `release-notes.ts v1.2.3`. Fails when the tag is not the version of
 * `package.json`, or the changelog has no such section or an empty one.
 */
import { readFileSync } from 'node:fs';

/** The section's text without its heading. @throws Error that says what does not agree. */
export function releaseNotes(tag: string, version: string, changelog: string): string {
  if (tag !== `v${version}`) throw new Error(`the tag is ${tag}, but package.json says ${version}`);
  const lines = changelog.split('\n');
  const start = lines.findIndex((line) =>
    new RegExp(`^## \\[?${version.replaceAll('.', '\\.')}\\]?(\\s|$)`).test(line),
  );
  if (start < 0) throw new Error(`CHANGELOG.md has no section for ${version}`);
  const length = lines.slice(start + 1).findIndex((line) => /^## |^\[[^\]]+\]: /.test(line));
  const section = lines
    .slice(start + 1, length < 0 ? undefined : start + 1 + length)
    .join('\n')
    .trim();
  if (section === '') throw new Error(`the section for ${version} in CHANGELOG.md is empty`);
  return `${section}\n`;
}

if (import.meta.main) {
  const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  const { version } = JSON.parse(read('package.json')) as { readonly version: string };
  process.stdout.write(releaseNotes(process.argv[2] ?? '', version, read('CHANGELOG.md')));
}
