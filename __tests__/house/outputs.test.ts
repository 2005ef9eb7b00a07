/** What the documents show as the output of commands that ask GitHub is what these print, and outputs lead to pages that are there. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { doctor } from '../../src/commands/doctor/doctor.ts';
import { writeWorkflow } from '../../src/commands/init/files.ts';
import { labels } from '../../src/commands/labels.ts';
import type { EmbeddedGitHub } from '../../src/embedded-github/github.ts';
import { run, withEnvironment } from '../commands/support.ts';
import { startGitHub } from '../support/run-action.ts';
import { listProjectFiles, ROOT, readProjectFile } from './markdown.ts';

const PAGE = 'docs/README.md';
const TEAMS = 'extends: healthvault\napprovers: { default: { teams: [fabrikam/go-live] } }\n';

let github: EmbeddedGitHub;
beforeAll(async () => {
  github = await startGitHub({
    files: {
      '.github/go-live.yml': TEAMS,
      '.github/workflows/healthvault-go-live.yml': writeWorkflow('fabrikam/healthvault-go-live-gate@v2', 'report'),
    },
    labels: ['go-live/policy-approved', 'go-live/workflow-approved'],
    tokens: {
      ghp_admin: {
        login: 'grace',
        permissions: { contents: 'read', issues: 'write', administration: 'read' },
        app: null,
      },
    },
  });
});
afterAll(() => github.close());
withEnvironment(() => ({
  GITHUB_TOKEN: 'ghp_admin',
  GITHUB_API_URL: github.addresses.api,
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'fabrikam/health',
}));

test.each([
  ['labels', labels, 0],
  ['doctor', doctor, 1],
] as const)('the output of %s is as documented', async (name, command, exit) => {
  const answer = await run(command);
  expect(answer.exit).toBe(exit);
  const fence = `\`\`\`text ${name}\n`;
  const page = readProjectFile(PAGE);
  const from = page.indexOf(fence) + fence.length;
  const text = page.slice(0, from) + answer.out + page.slice(page.indexOf('```\n', from));
  if (process.env.UPDATE_GOLDEN) writeFileSync(join(ROOT, PAGE), text);
  else expect(page).toBe(text);
});

test('every page of the documentation that an output links to exists', () => {
  const golden = join(ROOT, '__tests__/render/golden');
  const texts = readdirSync(golden, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.\w+$/.test(path))
    .map((path) => readFileSync(join(golden, path), 'utf8'));
  // Ids of rules and errors are invented there, so only the pages are looked for.
  const pages = texts.flatMap((text) =>
    [...text.matchAll(/https:\/\/github\.com\/[\w-]+\/[\w-]+\/blob\/\w+\/([\w./-]+\.md)/g)].map(
      ([, page = '']) => page,
    ),
  );
  const files = new Set(listProjectFiles());
  expect(pages).toContain('docs/README.md');
  expect([...new Set(pages)].filter((page) => !files.has(page))).toEqual([]);
});
