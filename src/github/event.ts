/**
 * The event that started the run, read from its name and payload. All other facts are requested from GitHub. An event that can
 * change no verdict ends here, before the first request, because any user can cause some of them in any number.
 */

import { UsageError } from '../model/errors.ts';
import type { Account } from '../model/pull-request.ts';
import { parseWebAddress } from '../model/web-address.ts';
import { descriptionKeys, findLine } from '../plan/description.ts';
import { hasMarker } from './comment.ts';
import { messages } from './messages.ts';
import { parseAccount } from './pull-request-facts.ts';

/** The work of a run. */
export type Task =
  | {
      readonly kind: 'pull-requests';
      readonly numbers: readonly number[] | 'open';
      /** The head before a push, if the event contains it. */
      readonly before: string | null;
      /** The base branch in the event. It may have changed since, so it is only used for early requests. */
      readonly expectedBase: string | null;
      /** The head in the event. A re-run's event is as old as its first run. */
      readonly expectedHead: string | null;
      /** The sender of an event that follows a push: its `expectedHead` may be theirs. */
      readonly pusher: Account | null;
      /** True if GitHub always gives this event a read-only token (a fork under `pull_request`). */
      readonly mayBeReadOnly: boolean;
      /** The pull request was closed: others with its head are evaluated, since a status belongs to the commit. */
      readonly closes: boolean;
      /** The label that was added or removed; null for other events. */
      readonly label: string | null;
      /** The label, if it was added. */
      readonly addedLabel: string | null;
    }
  | {
      readonly kind: 'merge-group';
      readonly base: string;
      readonly head: string;
      readonly baseBranch: string;
      /** The pull request in the name of the queue's branch (`.../pr-12-<sha>`); null if the name contains none. */
      readonly namedMember: number | null;
    };

const EVENTS = [
  'pull_request_target',
  'pull_request',
  'pull_request_review',
  'merge_group',
  'workflow_dispatch',
  'schedule',
  'issue_comment',
] as const;

/**
 * Reads the task. `numbers` is the `pull-request` input. Null: the event can change no verdict.
 * @throws UsageError for an event the gate does not know.
 */
export function readTask(event: string, payload: unknown, numbers: string): Task | null {
  const known = EVENTS.find((name) => name === event);
  switch (known) {
    case 'pull_request':
    case 'pull_request_target':
      if (isForClosed(payload) || isEditWithoutEffect(payload)) return null;
      return {
        kind: 'pull-requests',
        numbers: [readNumberAt(event, payload, ['pull_request', 'number'])],
        before: readCommitAt(payload, ['before']),
        expectedBase: findBranchAt(payload, ['pull_request', 'base', 'ref']),
        expectedHead: readCommitAt(payload, ['pull_request', 'head', 'sha']),
        pusher: followsPush(payload) ? parseAccount(findAt(payload, ['sender'])) : null,
        mayBeReadOnly: known === 'pull_request',
        closes: findAt(payload, ['action']) === 'closed',
        label: findLabel(payload),
        addedLabel: findAt(payload, ['action']) === 'labeled' ? findLabel(payload) : null,
      };
    case 'pull_request_review':
      if (isForClosed(payload) || isWithoutOpinion(payload)) return null;
      return {
        ...createNumbersTask([readNumberAt(event, payload, ['pull_request', 'number'])]),
        expectedBase: findBranchAt(payload, ['pull_request', 'base', 'ref']),
        expectedHead: readCommitAt(payload, ['pull_request', 'head', 'sha']),
        mayBeReadOnly: true,
      };
    case 'issue_comment':
      if (!isEditOfOwnComment(payload) || findAt(payload, ['issue', 'state']) === 'closed') return null;
      return createNumbersTask([readNumberAt(event, payload, ['issue', 'number'])]);
    case 'merge_group': {
      const base = readCommitAt(payload, ['merge_group', 'base_sha']);
      const head = readCommitAt(payload, ['merge_group', 'head_sha']);
      if (base === null || head === null)
        throw createIncompleteError(event, 'merge_group.base_sha and merge_group.head_sha');
      const ref = findAt(payload, ['merge_group', 'base_ref']);
      const named = /\/pr-(\d{1,9})-[0-9a-f]+$/.exec(String(findAt(payload, ['merge_group', 'head_ref']) ?? ''))?.[1];
      return {
        kind: 'merge-group',
        base,
        head,
        baseBranch: String(ref ?? '').replace(/^refs\/heads\//, ''),
        namedMember: named === undefined ? null : Number(named),
      };
    }
    case 'workflow_dispatch':
    case 'schedule':
      return createNumbersTask(
        parseNumbers(numbers === '' ? 'open' : numbers, findAt(payload, ['repository', 'full_name'])),
      );
    case undefined:
      throw new UsageError(messages.unknownEvent({ event, known: EVENTS.join(', ') }));
  }
}

/** The gate does not evaluate a closed pull request. Reopening it starts another run. */
function isForClosed(payload: unknown): boolean {
  return findAt(payload, ['pull_request', 'state']) === 'closed' && findAt(payload, ['action']) !== 'closed';
}

/** A review that only comments does not change approvals, and an edit does not change the kind of a review. */
function isWithoutOpinion(payload: unknown): boolean {
  return findAt(payload, ['action']) === 'edited' || findAt(payload, ['review', 'state']) === 'commented';
}

/** True for an edit of a title, and of a description in which the lines that are read stay the same. */
function isEditWithoutEffect(payload: unknown): boolean {
  const changes = findAt(payload, ['changes']);
  if (findAt(payload, ['action']) !== 'edited' || typeof changes !== 'object' || changes === null) return false;
  const known = Object.keys(changes).every((name) => name === 'title' || name === 'body');
  const [from, to] = [findAt(changes, ['body', 'from']), findAt(payload, ['pull_request', 'body'])];
  const readLines = (body: unknown) => descriptionKeys.map((key) => findLine(String(body ?? ''), key)).join('\n');
  return known && (!('body' in changes) || (typeof from === 'string' && readLines(from) === readLines(to)));
}

/** Users with write access can edit the gate's comment. Any user can write a comment that only looks like it. */
const TRUSTED: ReadonlySet<unknown> = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

/** True if an account other than the bot edited a possible gate comment on a pull request. */
function isEditOfOwnComment(payload: unknown): boolean {
  const bodies = [findAt(payload, ['comment', 'body']), findAt(payload, ['changes', 'body', 'from'])];
  const [author, sender] = [findAt(payload, ['comment', 'user']), findAt(payload, ['sender'])];
  const isBot = findAt(author, ['type']) === 'Bot';
  return (
    findAt(payload, ['issue', 'pull_request']) !== undefined &&
    bodies.some((body) => hasMarker(String(body ?? ''))) &&
    (isBot
      ? findAt(author, ['id']) !== findAt(sender, ['id'])
      : TRUSTED.has(findAt(payload, ['comment', 'author_association'])))
  );
}

function createNumbersTask(numbers: readonly number[] | 'open'): Task & { readonly kind: 'pull-requests' } {
  const nothing = { before: null, expectedBase: null, expectedHead: null, pusher: null };
  return {
    kind: 'pull-requests',
    numbers,
    ...nothing,
    mayBeReadOnly: false,
    closes: false,
    label: null,
    addedLabel: null,
  };
}

function findLabel(payload: unknown): string | null {
  const name = findAt(payload, ['label', 'name']);
  return ['labeled', 'unlabeled'].includes(String(findAt(payload, ['action']))) && typeof name === 'string'
    ? name
    : null;
}

/** A branch may have been pushed to while its pull request was closed. */
function followsPush(payload: unknown): boolean {
  return ['opened', 'reopened', 'synchronize'].includes(String(findAt(payload, ['action'])));
}

function parseNumbers(text: string, repository: unknown): readonly number[] | 'open' {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 1 && words[0] === 'open') return 'open';
  const numbers = words.map((word) => parseNumber(word, repository));
  if (words.length === 0 || numbers.some((number) => !Number.isSafeInteger(number) || number < 1)) {
    throw new UsageError(messages.noNumbers({ found: text }));
  }
  return [...new Set(numbers)];
}

/** A number as people write it: `12`, `#12`, or the address of a pull request of this repository. NaN for anything else. */
function parseNumber(word: string, repository: unknown): number {
  const [, number] = /^#?(\d{1,9})$/.exec(word) ?? [];
  if (number !== undefined) return Number(number);
  const path = parseWebAddress(word)?.pathname ?? '';
  const [, named = '', addressed] = /^\/([^/]+\/[^/]+)\/pull\/(\d{1,9})(?:\/|$)/.exec(path) ?? [];
  const isOwn = typeof repository !== 'string' || named.toLowerCase() === repository.toLowerCase();
  return isOwn ? Number(addressed ?? Number.NaN) : Number.NaN;
}

/**
 * The pull requests for one of several runs, oldest first: `2/5` is every fifth, from the second on. Empty: all.
 * @throws UsageError
 */
export function takeShard(numbers: readonly number[], shard: string): readonly number[] {
  const oldestFirst = [...numbers].sort((a, b) => a - b);
  if (shard === '') return oldestFirst;
  const match = /^(\d{1,4})\/(\d{1,4})$/.exec(shard);
  const [part, parts] = [Number(match?.[1]), Number(match?.[2])];
  if (!(part >= 1 && part <= parts)) throw new UsageError(messages.badShard({ found: shard }));
  return oldestFirst.filter((_, index) => index % parts === part - 1);
}

function findAt(payload: unknown, path: readonly string[]): unknown {
  let value: unknown = payload;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function readNumberAt(event: string, payload: unknown, path: readonly string[]): number {
  const value = findAt(payload, path);
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
  throw createIncompleteError(event, path.join('.'));
}

function readCommitAt(payload: unknown, path: readonly string[]): string | null {
  const value = findAt(payload, path);
  return typeof value === 'string' && /^[0-9a-f]{40,64}$/.test(value) && !/^0+$/.test(value) ? value : null;
}

function findBranchAt(payload: unknown, path: readonly string[]): string | null {
  const value = findAt(payload, path);
  return typeof value === 'string' && value !== '' ? value : null;
}

function createIncompleteError(event: string, what: string): UsageError {
  return new UsageError(messages.eventIncomplete({ event, what }));
}
