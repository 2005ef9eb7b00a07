/** Reads a story from its YAML; the words of a story are defined here, and explained in `examples/stories/README.md`. */

import { FORK_PERMISSIONS, GATE_PERMISSIONS } from '../embedded-github/accounts.ts';
import { type Fault, secondaryLimit } from '../embedded-github/faults.ts';
import { UsageError } from '../model/errors.ts';
import { entry, type YamlNode } from '../syntax/yaml/node.ts';
import { parseYaml } from '../syntax/yaml/yaml.ts';
import type {
  Expectation,
  Meanwhile,
  Story,
  StoryAction,
  StoryCommit,
  StoryFile,
  StoryFiles,
  StoryStep,
} from './story.ts';
import { StoryReader } from './story-reader.ts';

const STORY_KEYS = ['story', 'repository', 'now', 'people', 'teams', 'event', 'token', 'graphql', 'inputs', 'steps'];
const COMMIT_KEYS = ['files', 'edit', 'by', 'author', 'committer', 'message', 'date', 'co-authors', 'renames'];
const STEP_KEYS = ['say', 'gate', 'meanwhile', 'faults', 'inputs', 'expect'];

/** The time at which a story begins that names none: a Monday morning in Redmond. */
export const STORY_START = '2026-11-23T17:00:00Z';

/** Reads a story. @throws UsageError `story-invalid` with file, line and column. */
export function readStory(text: string, file: string): Story {
  const reader = new StoryReader(file);
  const parsed = parseYaml(text);
  if ('problem' in parsed) {
    const { at, message } = parsed.problem;
    throw new UsageError('story-invalid', `${file}${at === null ? '' : `:${at.line}:${at.column}`}: ${message}`);
  }
  return new Telling(reader).story(parsed.root);
}

class Telling {
  readonly #reader: StoryReader;

  constructor(reader: StoryReader) {
    this.#reader = reader;
  }

  story(root: YamlNode): Story {
    const r = this.#reader;
    r.entries(root, STORY_KEYS);
    const steps = entry(root, 'steps');
    if (steps === null) throw r.fail('story-missing-key', root.at, { key: 'steps' });
    const teams = entry(root, 'teams');
    const token = r.wordIf(root, 'token', ['job', 'fork']);
    return {
      title: r.textAt(root, 'story'),
      repository: this.#repository(entry(root, 'repository')),
      now: r.textIf(root, 'now') ?? STORY_START,
      people: r.textMap(entry(root, 'people')),
      teams:
        teams === null
          ? {}
          : Object.fromEntries(
              r.entries(teams, ['*']).map(({ key, value }) => [key, r.items(value).map((one) => r.text(one))]),
            ),
      event: r.wordIf(root, 'event', ['pull_request_target', 'pull_request']) ?? 'pull_request_target',
      permissions: token === 'fork' ? FORK_PERMISSIONS : GATE_PERMISSIONS,
      graphql: r.wordIf(root, 'graphql', ['on', 'off', 'failing']) ?? 'on',
      inputs: r.textMap(entry(root, 'inputs')),
      steps: r.items(steps).map((step) => this.#step(step)),
    };
  }

  #repository(node: YamlNode | null): Story['repository'] {
    const r = this.#reader;
    if (node !== null) r.entries(node, ['name', 'private', 'branch', 'folder', 'files', 'labels']);
    const at = node ?? { kind: 'map', entries: [], at: { line: 1, column: 1 } };
    const [owner = '', name = ''] = (r.textIf(at, 'name') ?? 'fabrikam/health').split('/');
    return {
      owner,
      name,
      private: r.flagIf(at, 'private') ?? true,
      branch: r.textIf(at, 'branch') ?? 'main',
      folder: r.textIf(at, 'folder') ?? null,
      files: this.#files(at),
      labels: r.textsIf(at, 'labels') ?? [],
    };
  }

  #step(node: YamlNode): StoryStep {
    const r = this.#reader;
    const entries = r.entries(node, [...STEP_KEYS, ...Object.keys(this.#actions)]);
    const [what, ...more] = entries.filter(({ key }) => !STEP_KEYS.includes(key));
    if (what === undefined || more.length > 0)
      throw r.fail('story-one-action', node.at, { keys: Object.keys(this.#actions).join(', ') });
    const meanwhile = entry(node, 'meanwhile');
    const faults = entry(node, 'faults');
    const expect = entry(node, 'expect');
    return {
      say: r.textIf(node, 'say') ?? null,
      action: this.#action(what.key, what.value),
      gate: r.flagIf(node, 'gate') ?? null,
      meanwhile: meanwhile === null ? [] : r.items(meanwhile).map((one) => this.#meanwhile(one)),
      faults: faults === null ? [] : r.items(faults).map((one) => this.#fault(one)),
      inputs: r.textMap(entry(node, 'inputs')),
      expect: expect === null ? null : this.#expectation(expect),
      at: node.at,
    };
  }

  #action(key: string, node: YamlNode): StoryAction {
    const read = this.#actions[key];
    if (read === undefined)
      throw this.#reader.fail('story-one-action', node.at, { keys: Object.keys(this.#actions).join(', ') });
    return read(node);
  }

  #meanwhile(node: YamlNode): Meanwhile {
    const r = this.#reader;
    const entries = r.entries(node, ['before', ...Object.keys(this.#actions)]);
    const before = entry(node, 'before');
    const what = entries.find(({ key }) => key !== 'before');
    if (before === null || what === undefined || entries.length !== 2)
      throw r.fail('story-one-action', node.at, { keys: Object.keys(this.#actions).join(', ') });
    return {
      before: before.kind === 'scalar' && typeof before.value === 'number' ? before.value : r.text(before),
      action: this.#action(what.key, what.value),
    };
  }

  #fault(node: YamlNode): Fault {
    const r = this.#reader;
    r.entries(node, ['at', 'method', 'path', 'times', 'after', 'status', 'drop', 'cut', 'retry-after', 'message']);
    const at = r.numberIf(node, 'at');
    const method = r.textIf(node, 'method');
    const path = r.textIf(node, 'path');
    const times = r.numberIf(node, 'times');
    const after = r.flagIf(node, 'after');
    const status = r.numberIf(node, 'status') ?? 500;
    const retry = r.numberIf(node, 'retry-after');
    const message = r.textIf(node, 'message');
    const limited = retry !== undefined && (status === 403 || status === 429) ? secondaryLimit(retry, status) : null;
    return {
      ...(at === undefined ? {} : { at }),
      ...(method === undefined ? {} : { method }),
      ...(path === undefined ? {} : { path }),
      ...(times === undefined ? {} : { times: times === 0 ? Number.POSITIVE_INFINITY : times }),
      ...(after === undefined ? {} : { after }),
      answer:
        r.flagIf(node, 'drop') === true
          ? 'drop'
          : r.flagIf(node, 'cut') === true
            ? 'cut'
            : (limited ?? { status, ...(message === undefined ? {} : { message }) }),
    };
  }

  #expectation(node: YamlNode): Expectation {
    const r = this.#reader;
    const names = [
      'pr',
      'verdict',
      'exit',
      'status',
      'description',
      'categories',
      'required',
      'missing',
      'labels',
      'comment',
      'comment-has',
      'comment-lacks',
      'summary-has',
      'log-has',
      'report-has',
      'requests-at-most',
    ];
    r.entries(node, names);
    return {
      ...given('pull', r.numberIf(node, 'pr')),
      ...given('verdict', r.wordIf(node, 'verdict', ['passed', 'blocked', 'error', 'none'])),
      ...given('exit', r.numberIf(node, 'exit')),
      ...given('status', r.wordIf(node, 'status', ['success', 'failure', 'error', 'pending', 'none'])),
      ...given('description', r.textIf(node, 'description')),
      ...given('categories', r.textsIf(node, 'categories')),
      ...given('required', r.textsIf(node, 'required')),
      ...given('missing', r.textsIf(node, 'missing')),
      ...given('labels', r.textsIf(node, 'labels')),
      ...given('comment', r.wordIf(node, 'comment', ['created', 'edited', 'unchanged', 'none'])),
      ...given('commentHas', r.textsIf(node, 'comment-has')),
      ...given('commentLacks', r.textsIf(node, 'comment-lacks')),
      ...given('summaryHas', r.textsIf(node, 'summary-has')),
      ...given('logHas', r.textsIf(node, 'log-has')),
      ...given('reportHas', r.textsIf(node, 'report-has')),
      ...given('requestsAtMost', r.numberIf(node, 'requests-at-most')),
      at: node.at,
    };
  }

  #files(node: YamlNode): StoryFiles {
    const r = this.#reader;
    const whole = entry(node, 'files');
    const edits = entry(node, 'edit');
    return [
      ...(whole === null
        ? []
        : r.entries(whole, ['*']).map(({ key, value }) => ({ path: key, file: this.#file(value) }))),
      ...(edits === null ? [] : r.items(edits).map((edit) => this.#edit(edit))),
    ];
  }

  #file(node: YamlNode): StoryFile {
    const r = this.#reader;
    if (node.kind === 'scalar') return node.value === null ? { kind: 'gone' } : { kind: 'text', text: node.text };
    r.entries(node, ['file', 'base64']);
    const base64 = r.textIf(node, 'base64');
    if (base64 !== undefined) return { kind: 'bytes', bytes: Buffer.from(base64, 'base64') };
    return { kind: 'copy', from: r.textAt(node, 'file') };
  }

  #edit(node: YamlNode): { readonly path: string; readonly file: StoryFile } {
    const r = this.#reader;
    r.entries(node, ['file', 'from', 'to']);
    return {
      path: r.textAt(node, 'file'),
      file: { kind: 'edit', from: r.textAt(node, 'from'), to: r.textAt(node, 'to'), at: node.at },
    };
  }

  #commit(node: YamlNode): StoryCommit {
    const r = this.#reader;
    const renames = entry(node, 'renames');
    return {
      files: this.#files(node),
      ...given('by', this.#person(entry(node, 'author'))),
      ...given('committer', this.#person(entry(node, 'committer'))),
      ...given('message', r.textIf(node, 'message')),
      ...given('date', r.textIf(node, 'date')),
      ...given('coAuthors', r.textsIf(node, 'co-authors')),
      ...(renames === null ? {} : { renames: r.textMap(renames) }),
    };
  }

  /** A login, or a name with an address: `Nobody <nobody@example.org>`. */
  #person(node: YamlNode | null): string | { readonly name: string; readonly email: string } | undefined {
    if (node === null) return undefined;
    const text = this.#reader.text(node);
    const stranger = /^(.*?)\s*<([^<>]+)>$/.exec(text);
    return stranger === null ? text : { name: stranger[1] ?? '', email: stranger[2] ?? '' };
  }

  /** `pr` and `by` of an action. */
  #who(node: YamlNode, known: readonly string[]): { readonly pull?: number; readonly by: string } {
    this.#reader.entries(node, ['pr', 'by', ...known]);
    return { ...given('pull', this.#reader.numberIf(node, 'pr')), by: this.#reader.textAt(node, 'by') };
  }

  readonly #actions: Readonly<Record<string, (node: YamlNode) => StoryAction>> = {
    open: (node) => {
      const r = this.#reader;
      const { by } = this.#who(node, ['title', 'body', 'branch', 'base', 'fork', 'draft', ...COMMIT_KEYS]);
      return {
        kind: 'open',
        by,
        ...given('title', r.textIf(node, 'title')),
        ...given('body', r.textIf(node, 'body')),
        ...given('branch', r.textIf(node, 'branch')),
        ...given('base', r.textIf(node, 'base')),
        ...given('fork', r.textIf(node, 'fork')),
        ...given('draft', r.flagIf(node, 'draft')),
        commit: this.#commit(node),
      };
    },
    push: (node) => {
      const r = this.#reader;
      const who = this.#who(node, ['force', 'back', ...COMMIT_KEYS]);
      const back = r.numberIf(node, 'back');
      return {
        kind: 'push',
        ...who,
        force: r.flagIf(node, 'force') ?? back !== undefined,
        ...given('back', back),
        commit: this.#commit(node),
      };
    },
    label: (node) => {
      const who = this.#who(node, ['add', 'remove']);
      return {
        kind: 'label',
        ...who,
        add: this.#reader.textsIf(node, 'add') ?? [],
        remove: this.#reader.textsIf(node, 'remove') ?? [],
      };
    },
    tick: (node) => {
      const who = this.#who(node, ['step', 'off']);
      return {
        kind: 'tick',
        ...who,
        step: this.#reader.textAt(node, 'step'),
        off: this.#reader.flagIf(node, 'off') ?? false,
      };
    },
    comment: (node) => ({ kind: 'comment', ...this.#who(node, ['body']), body: this.#reader.textAt(node, 'body') }),
    'edit-comment': (node) => ({
      kind: 'edit-comment',
      ...this.#who(node, ['from', 'to']),
      ...given('from', this.#reader.textIf(node, 'from')),
      to: this.#reader.textAt(node, 'to'),
    }),
    'delete-comment': (node) => ({ kind: 'delete-comment', ...this.#who(node, []) }),
    describe: (node) => ({
      kind: 'describe',
      ...this.#who(node, ['title', 'body']),
      ...given('title', this.#reader.textIf(node, 'title')),
      ...given('body', this.#reader.textIf(node, 'body')),
    }),
    role: (node) => {
      this.#reader.entries(node, ['who', 'role']);
      return { kind: 'role', who: this.#reader.textAt(node, 'who'), role: this.#reader.textAt(node, 'role') };
    },
    team: (node) => {
      this.#reader.entries(node, ['name', 'members']);
      return {
        kind: 'team',
        team: this.#reader.textAt(node, 'name'),
        members: this.#reader.textsIf(node, 'members') ?? [],
      };
    },
    'rename-label': (node) => {
      this.#reader.entries(node, ['from', 'to']);
      return { kind: 'rename-label', from: this.#reader.textAt(node, 'from'), to: this.#reader.textAt(node, 'to') };
    },
    'delete-label': (node) => ({ kind: 'delete-label', label: this.#reader.text(node) }),
    'delete-account': (node) => ({ kind: 'delete-account', login: this.#reader.text(node) }),
    status: (node) => {
      const r = this.#reader;
      const who = this.#who(node, ['state', 'context', 'description', 'url']);
      return {
        kind: 'status',
        ...who,
        state: r.wordIf(node, 'state', ['error', 'failure', 'pending', 'success']) ?? 'success',
        context: r.textIf(node, 'context') ?? 'HealthVault go-live',
        ...given('description', r.textIf(node, 'description')),
        ...given('url', r.textIf(node, 'url')),
      };
    },
    base: (node) => {
      this.#reader.entries(node, COMMIT_KEYS);
      return { kind: 'base', ...given('by', this.#reader.textIf(node, 'by')), commit: this.#commit(node) };
    },
    'update-branch': (node) => ({ kind: 'update-branch', ...this.#who(node, []) }),
    rebase: (node) => ({ kind: 'rebase', ...this.#who(node, []) }),
    reopen: (node) => ({ kind: 'reopen', ...this.#who(node, []) }),
    close: (node) => ({ kind: 'close', ...this.#who(node, []) }),
    'delete-fork': (node) => ({ kind: 'delete-fork', ...this.#who(node, []) }),
    'merge-queue': (node) => {
      const r = this.#reader;
      r.entries(node, ['pulls', 'method', 'stranger', 'files']);
      return {
        kind: 'merge-queue',
        pulls: r.numbersIf(node, 'pulls') ?? [],
        method: r.wordIf(node, 'method', ['merge', 'squash', 'rebase']) ?? 'merge',
        stranger: r.flagIf(node, 'stranger') ?? false,
        extra: this.#files(node),
      };
    },
    dispatch: (node) => ({
      kind: 'dispatch',
      by: this.#who(node, ['pulls']).by,
      pulls: this.#reader.textAt(node, 'pulls'),
    }),
    schedule: (node) => {
      this.#reader.entries(node, ['pulls']);
      return { kind: 'schedule', pulls: this.#reader.textIf(node, 'pulls') ?? 'open' };
    },
    rerun: (node) => {
      this.#reader.entries(node, ['by']);
      return { kind: 'rerun', ...given('by', this.#reader.textIf(node, 'by')) };
    },
    event: (node) => ({ kind: 'event', name: this.#reader.text(node) }),
    wait: (node) => {
      this.#reader.entries(node, ['hours', 'days']);
      const hours = this.#reader.numberIf(node, 'hours') ?? 0;
      return { kind: 'wait', hours: hours + 24 * (this.#reader.numberIf(node, 'days') ?? 0) };
    },
    clock: (node) => ({ kind: 'clock', to: this.#reader.text(node) }),
  };
}

/** A property only where there is a value: absent and undefined are not the same in the model. */
function given<Key extends string, const Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value };
}
