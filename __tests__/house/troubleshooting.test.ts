/** Every id that a person may look up has an entry in `docs/troubleshooting.md`, and the page has no other. */
import type { MessageKind } from '../../src/model/messages.ts';
import { projectFiles, projectText } from './markdown.ts';
import { isWording, WORDING } from './message-ids.ts';

const rooms = projectFiles('data/messages').map((path) => ({
  room: path.replace(/^.*\/|\.json$/g, ''),
  messages: JSON.parse(projectText(path)) as Readonly<Record<string, unknown>>,
}));
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

test.each(rooms)('every error and finding of $room has an entry', ({ room, messages }) => {
  const missing = Object.keys(messages).filter((id) => !isWording(room, id) && !entries.includes(id));
  expect(missing).toEqual([]);
});

test('every error that the program throws has an entry', () => {
  expect(thrown.filter((id) => !entries.includes(id))).toEqual([]);
});

test('there is one entry for each, and none for what no longer exists', () => {
  const known = new Set([...rooms.flatMap(({ messages }) => Object.keys(messages)), ...thrown, ...COMPOSED]);
  expect(entries.filter((id) => !known.has(id))).toEqual([]);
  expect(new Set(entries).size).toBe(entries.length);
  const wordingOnly = entries.filter((id) => {
    const inRooms = rooms.filter(({ messages }) => Object.hasOwn(messages, id));
    return inRooms.length > 0 && inRooms.every(({ room }) => isWording(room, id)) && !thrown.includes(id);
  });
  expect(wordingOnly).toEqual([]);
});

test('every entry says something', () => {
  const empty = entries.filter((id) => !new RegExp(`^### ${id}\n\n[^\n#]{8,}`, 'm').test(page));
  expect(empty).toEqual([]);
});

test('the list of wording names no id that is gone', () => {
  const stale = Object.entries(WORDING).flatMap(([room, ids]) => {
    const messages = Object.keys(rooms.find((one) => one.room === room)?.messages ?? {});
    return ids
      .filter((id) => !messages.some((message) => (typeof id === 'string' ? id === message : id.test(message))))
      .map((id) => `${room}: ${String(id)}`);
  });
  expect(stale).toEqual([]);
});
