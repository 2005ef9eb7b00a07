/** Every id that a person may look up has an entry in `docs/troubleshooting.md`, and the page has no other. */
import type { MessageKind } from '../../src/model/messages.ts';
import { projectFiles, projectText } from './markdown.ts';

const page = projectText('docs/troubleshooting.md');
const entries = [...page.matchAll(/^### (\S+)$/gm)].map(([, id = '']) => id);

/** Ids of the errors and findings that stand beside the code, as typed functions. */
const typed = (
  await Promise.all(
    projectFiles('src')
      .filter((path) => path.endsWith('/messages.ts'))
      .map((path) => import(`../../${path}`) as Promise<{ messages?: Readonly<Record<string, MessageKind<unknown>>> }>),
  )
).flatMap(({ messages = {} }) => Object.values(messages).map(({ id }) => id));

/** Ids that the program gives to its errors, wherever their sentence is. */
const thrown = [
  ...typed,
  ...projectFiles('src')
    .flatMap((path) => [...projectText(path).matchAll(/new (?:UsageError|PlatformError)\(\s*'([a-z-]+)'/g)])
    .map(([, id = '']) => id),
];
/** Problems whose sentence is made of another one, so that no message has their id. */
const COMPOSED = ['file-unavailable'];

test('there are messages and errors to look at', () => {
  expect(thrown.length).toBeGreaterThan(25);
});

test('every error that the program throws has an entry', () => {
  expect(thrown.filter((id) => !entries.includes(id))).toEqual([]);
});

test('there is one entry for each, and none for what no longer exists', () => {
  const known = new Set([...thrown, ...COMPOSED]);
  expect(entries.filter((id) => !known.has(id))).toEqual([]);
  expect(new Set(entries).size).toBe(entries.length);
});

test('every entry says something', () => {
  const empty = entries.filter((id) => !new RegExp(`^### ${id}\n\n[^\n#]{8,}`, 'm').test(page));
  expect(empty).toEqual([]);
});
