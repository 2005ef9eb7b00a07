/**
 * Writes docs/troubleshooting.md from the messages beside the code: each id with its sentence and what to do. `--check`
 * writes nothing and fails when the page is stale. A module of messages that no section names is an error.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { MessageKind } from '../src/model/messages.ts';

const root = new URL('../', import.meta.url);
const PAGE = new URL('docs/troubleshooting.md', root);
const WIDTH = 120;

interface Section {
  readonly title: string;
  readonly intro?: string;
  /** Folders of `src` whose `messages.ts` belongs here. */
  readonly from: readonly (string | Part)[];
}

/** Those messages of a folder whose id begins so. */
interface Part {
  readonly folder: string;
  readonly ids: RegExp;
}

const INTRO = `For everyone who got a message from the gate. Search this page for its id: each entry has the message and what to do.
The id is in parentheses after an error in the log, in SARIF, and in the JSON report (\`problems[].id\`). [The design](design.md)
explains an answer (blocked, missing labels, steps). \`go-live-gate doctor\` finds traps in a repository's settings.`;

/** Why a required status is missing, by the event that should have started a run: the entry that people look for first. */
const STATUS_MISSING = `## A status that does not come

### expected-waiting-for-status

> Expected - Waiting for status to be reported

GitHub shows this until a run of the gate writes the required status on the head commit of the pull request. No run has
reached that commit. \`go-live-gate doctor\` finds the reasons that are settings of the repository, and shows them with the
ids in this table. For the other reasons, open the list of runs of the workflow. Is there a run for the last event of the
pull request, and did it end?

| event | reason | what to do |
| --- | --- | --- |
| any | The pull request was opened before the workflow was merged, and nothing has happened on it since. | Run the workflow by hand (*Run workflow*, \`open\`). |
| any | The workflow is not on the default branch, is disabled, or Actions are disabled (\`no-workflow\`). | Merge it into the default branch, or enable it. |
| any | The rule requires another name than the input \`status-context\`, or expects it from another App (\`wrong-source\`, \`status-not-required\`). | Require \`HealthVault go-live\` from the App whose token the gate uses. |
| any | A filter, an \`if\` or \`needs\` skips the run (\`path-filter\`, \`branch-filter\`, \`job-condition\`, \`job-needs\`). | Remove it. |
| any | The run ended before its first write, because of the rate limit, a missing permission (\`permissions-too-few\`), or no connection to GitHub. | Read the log and run it again. |
| \`pull_request_target\` | Another workflow pushed with its job token, which starts no runs. | Push with the token of an App, or run the workflow by hand. |
| \`pull_request\` | The pull request is from a fork. Its token can only read, and the run of a new contributor waits for *Approve and run* (\`pull-request-only\`). | Use \`pull_request_target\`. |
| \`pull_request\` | The pull request has conflicts, or a commit message contains \`[skip ci]\`. | Use \`pull_request_target\`, which runs all the same. |
| \`pull_request_review\` | The policy counts reviews, and the workflow does not run on them (\`missing-review-event\`). | Add the event, as \`init\` writes it. |
| \`merge_group\` | The workflow does not run on it, so the queue waits (\`missing-merge-group\`). | Add \`merge_group:\` to \`on\`. |
| \`schedule\` | GitHub disables the schedule of a public repository without activity for 60 days. | Enable the workflow again. |`;

const SECTIONS: readonly Section[] = [
  {
    title: 'Wrong use of the command line',
    intro: 'Exit 2, on standard error. Nothing was evaluated.',
    from: ['commands', 'commands/policy', 'commands/verify', 'commands/init', 'commands/doctor', 'git'],
  },
  {
    title: 'The action and GitHub',
    intro:
      'Exit 2 for wrong inputs and events. Exit 3: the gate could not decide, the status is `error`, and the merge stays blocked. If GitHub accepts no status either (rate limit used up, GitHub not reachable, no write permission), the status stays `pending` or at the last verdict. A second run resolves most of these.',
    from: ['gate', 'github'],
  },
  {
    title: 'Files of any kind',
    intro:
      'Exit 1: the file is `unknown`, and a person decides. Make the file readable; otherwise a reviewer adds `go-live/manually-classified`.',
    from: ['review', { folder: 'model', ids: /^(?!glob-)/ }],
  },
  { title: 'Text, XML, YAML and JSON', from: ['syntax'] },
  { title: 'Application manifest', from: ['formats/manifest', 'formats/registered'] },
  {
    title: "HealthVault's own XML",
    intro:
      'Values that cannot be evaluated make the change `unknown`. A `limit-` finding is advice, or a value that the platform would reject. It blocks only if the change introduces it.',
    from: ['formats/platform-xml'],
  },
  { title: '.NET configuration', from: ['formats/dotnet'] },
  {
    title: 'Java, Spring, iOS, Ruby, Python and PHP',
    from: ['formats/client', 'formats/java', 'formats/apple', 'formats/rails', 'formats/django', 'formats/php'],
  },
  { title: 'Documents that a policy declares', from: ['formats/plain'] },
  { title: 'Certificates and keys', from: ['formats/certificates', 'formats/secrets'] },
  {
    title: 'Labels that do not count, and the wanted push',
    intro: 'The comment shows these next to the label. [Security](security.md) has the reasons.',
    from: ['plan', 'diff'],
  },
  {
    title: 'Policy',
    intro: '`go-live-gate policy check` lists all of them at once, with file, line and column.',
    from: ['policy', { folder: 'model', ids: /^glob-/ }],
  },
  {
    title: 'Warnings about a policy',
    intro: '`go-live-gate policy check` shows them. The policy is valid, but may not mean what you intend.',
    from: ['policy/warnings'],
  },
  {
    title: 'Stories of simulate',
    intro: 'Each is printed under [`story-invalid`](#story-invalid), with the line.',
    from: ['stories'],
  },
];

/** Problems whose sentence comes from elsewhere, so that no kind of message has their id. */
const COMPOSED: Readonly<Record<string, readonly (readonly [id: string, fix: string])[]>> = {
  review: [
    ['file-unavailable', 'The content could not be read: a link, a submodule, or too large. The message says which.'],
  ],
};

function getPartFolder(part: string | Part): string {
  return typeof part === 'string' ? part : part.folder;
}

/** Every kind of message of one folder, in the order of its module. @throws Error when the module has none. */
async function readMessages(folder: string): Promise<readonly MessageKind<unknown>[]> {
  const module = (await import(new URL(`src/${folder}/messages.ts`, root).href)) as Readonly<Record<string, unknown>>;
  return findKinds(module);
}

function findKinds(value: unknown): readonly MessageKind<unknown>[] {
  if (isKind(value)) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(findKinds);
}

function isKind(value: unknown): value is MessageKind<unknown> {
  return typeof value === 'function' && 'id' in value && 'fix' in value;
}

/** Stands for any value of a sentence: prints as `{name}`, whatever a sentence does with it. */
function createPlaceholder(name: string): unknown {
  const text = `{${name}}`;
  return new Proxy(() => text, {
    get: (_target, key) => (key === Symbol.toPrimitive || key === 'toString' ? () => text : createPlaceholder(name)),
    apply: () => createPlaceholder(name),
  });
}

/** The sentence of a kind with the names of its places. */
function showSentence(kind: MessageKind<unknown>): string {
  return kind(new Proxy({}, { get: (_target, name) => createPlaceholder(String(name)) })).message;
}

function writeEntry(kind: MessageKind<unknown>): string {
  const sentence = showSentence(kind);
  // A sentence that its values choose has no form without them.
  const quote = sentence.includes('undefined') ? [] : [`> ${wrap(sentence).replaceAll('\n', '\n> ')}`];
  return [`### ${kind.id}`, ...quote, wrap(kind.fix)].join('\n\n');
}

/** Lines of at most `WIDTH` characters. */
function wrap(text: string): string {
  const lines: string[] = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}

/** Folders of `src` that have messages. */
function listFoldersWithMessages(): readonly string[] {
  return readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('/messages.ts'))
    .map((path) => path.slice(0, -'/messages.ts'.length))
    .sort();
}

/** docs/troubleshooting.md. @throws Error for a folder without a section, and for an id that is there twice. */
export async function writeTroubleshootingPage(): Promise<string> {
  const folders = listFoldersWithMessages();
  const named = SECTIONS.flatMap(({ from }) => from.map(getPartFolder));
  const homeless = folders.filter((folder) => !named.includes(folder));
  if (homeless.length > 0) throw new Error(`no section of docs/troubleshooting.md has ${homeless.join(', ')}`);
  const ids = new Set<string>();
  const sections: string[] = [];
  for (const { title, intro, from } of SECTIONS) {
    const entries: string[] = [];
    for (const part of from) {
      const folder = getPartFolder(part);
      const kinds = await readMessages(folder);
      for (const kind of typeof part === 'string' ? kinds : kinds.filter(({ id }) => part.ids.test(id))) {
        if (ids.has(kind.id)) throw new Error(`two messages have the id ${kind.id}`);
        ids.add(kind.id);
        entries.push(writeEntry(kind));
      }
      for (const [id, fix] of COMPOSED[folder] ?? []) entries.push(`### ${id}\n\n${wrap(fix)}`);
    }
    sections.push([`## ${title}`, ...(intro === undefined ? [] : [wrap(intro)]), ...entries].join('\n\n'));
  }
  const note = '<!-- Generated by scripts/generate-troubleshooting.ts from the messages in src. Do not edit. -->';
  return `${note}\n# Troubleshooting\n\n${INTRO}\n\n${STATUS_MISSING}\n\n${sections.join('\n\n')}\n`;
}

if (import.meta.main) {
  const page = await writeTroubleshootingPage();
  const stale = !existsSync(PAGE) || readFileSync(PAGE, 'utf8') !== page;
  if (stale && process.argv.includes('--check')) {
    console.error('docs/troubleshooting.md is stale: run npm run generate.');
    process.exitCode = 1;
  } else if (stale) writeFileSync(PAGE, page);
}
