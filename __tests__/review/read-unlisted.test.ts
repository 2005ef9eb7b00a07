/** How many files are read only because of the sections of their lines, and what becomes of the others. */
import { readBuiltInPolicies } from '../../src/gate/built-in-policies.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { ChangedFile, Found, RevisionPair, Wanted } from '../../src/model/source.ts';
import { readUnlisted } from '../../src/review/read-unlisted.ts';

const policy = (await readBuiltInPolicies()).get('healthvault') as Policy;

/** Changed files with a value whose name is not in the list of changes. */
const listFiles = (count: number): readonly ChangedFile[] =>
  Array.from({ length: count }, (_, index) => ({
    path: `deploy/${index}.yaml`,
    status: 'modified' as const,
    lines: [{ side: 'head' as const, line: 3, text: '    value: true' }],
  }));

const answer = ({ files }: Wanted): Found => ({
  files: new Map(files.map((path) => [path, { bytes: new TextEncoder().encode('- name: HV_IS_MRA\n') }])),
  folders: new Map(),
  paths: null,
});
const read: RevisionPair['read'] = async ({ base, head }) => ({ base: answer(base), head: answer(head) });
const countUnread = async (count: number, revisions: RevisionPair): Promise<number> => {
  const gateFiles = { policy: '.github/go-live.yml', workflow: null, action: null };
  const contents = await readUnlisted({
    ...{ policy, gateFiles, declared: null, changedFiles: listFiles(count), revisions },
  });
  expect(contents.size).toBe(count);
  return [...contents.values()].filter((content) => 'unavailable' in content).length;
};

test.each([
  [31, 0],
  [300, 0],
  [301, 1],
])('of %i files on GitHub, %i are not read', async (count, unread) => {
  expect(await countUnread(count, { maxUnlisted: 30, read })).toBe(unread);
});

test('all files of a folder are read', async () => {
  expect(await countUnread(400, { read })).toBe(0);
});
