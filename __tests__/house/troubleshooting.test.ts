/** `docs/troubleshooting.md` is made from the messages beside the code: each id once, each with something to do. */
import { writeTroubleshootingPage } from '../../scripts/generate-troubleshooting.ts';
import { traps } from '../../src/commands/doctor/messages.ts';
import { listProjectFiles, readProjectFile } from './markdown.ts';

const page = await writeTroubleshootingPage(); // throws for a folder without a section, and for an id that is there twice
const entries = [...page.matchAll(/^### (\S+)$/gm)].map(([, id = '']) => id);

test('the page is generated from the messages', () => {
  expect(entries.length).toBeGreaterThan(250);
  expect(readProjectFile('docs/troubleshooting.md')).toBe(page);
});

test('every entry has advice', () => {
  const empty = entries.filter((id) => !new RegExp(`^### ${id}\n\n(?:> [^\n]*\n)*\n?[^\n#>]{8,}`, 'm').test(page));
  expect(empty).toEqual([]);
});

test('every id that the sources give to a problem has an entry', () => {
  const written = listProjectFiles('src')
    // A refusal without a message never leaves the transform that catches it.
    .filter((path) => !path.endsWith('/messages.ts') && path !== 'src/syntax/refusal.ts')
    .flatMap((path) => [...readProjectFile(path).matchAll(/\{ id: '([a-z]+(?:-[a-z]+)+)', message/g)])
    .map(([, id = '']) => id);
  expect(written).toContain('file-unavailable');
  expect(written.filter((id) => !entries.includes(id))).toEqual([]);
});

test("the first entry is the missing status, with doctor's names", () => {
  expect(entries[0]).toBe('expected-waiting-for-status');
  const table = page.slice(page.indexOf('| event |'), page.indexOf('## Wrong use'));
  const named = [...table.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, id = '']) => id);
  const known = new Set(Object.values(traps).map(({ id }) => id));
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((id) => !known.has(id) && id !== 'status-context')).toEqual([]);
});
