/** The evaluation in a verdict status. The query of the status's target address contains it. */
import { parseWebAddress } from '../../model/web-address.ts';

/** One evaluation. It cannot be edited, because statuses cannot be edited. */
export interface StatusRecord {
  readonly fingerprint: string;
  /** Digest of the changes alone, independent of the policy. */
  readonly changes: string;
  readonly pullRequest: number;
  /** The base branch that was compared with. */
  readonly base: string;
  /** ISO 8601, GitHub's clock: the content of the head is known from this moment until the evaluation. */
  readonly read: string;
  /** ISO 8601: start of the time with the same fingerprint; null: the time of the status itself. */
  readonly since: string | null;
  /** Ids of the accounts that pushed the change. */
  readonly pushers: readonly number[];
  /** Merges of the base that added nothing to the change. A merge alone does not make its creator an author. */
  readonly merges: readonly string[];
  /** Id of the gate's comment; null if there is none. */
  readonly comment: number | null;
}

/** The address a status points to: the run's page, with the record behind it. */
export function buildRecordAddress(page: string, record: StatusRecord): string {
  const url = new URL(page);
  const { fingerprint, changes, pullRequest, base, read, since, pushers, merges, comment } = record;
  const parameters = { fingerprint, changes, 'pull-request': String(pullRequest), base, read };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  if (since !== null) url.searchParams.set('since', since);
  if (pushers.length > 0) url.searchParams.set('pushers', pushers.join(' '));
  if (merges.length > 0) url.searchParams.set('merges', merges.join(' '));
  if (comment !== null) url.searchParams.set('comment', String(comment));
  return url.toString();
}

/** The record in a status' address, or null if it contains none (a `pending`, an error, or one of an earlier version). */
export function parseRecord(targetUrl: string): StatusRecord | null {
  const parameters = parseWebAddress(targetUrl)?.searchParams ?? null;
  if (parameters === null) return null;
  const getText = (name: string) => parameters.get(name) ?? '';
  const list = (name: string) =>
    getText(name)
      .split(' ')
      .filter((part) => part !== '');
  const [fingerprint, changes, base, read, since] = ['fingerprint', 'changes', 'base', 'read', 'since'].map(getText);
  const pullRequest = Number(parameters.get('pull-request') ?? Number.NaN);
  const pushers = list('pushers').map(Number);
  if (!isDigest(fingerprint) || !isDigest(changes) || !base || !isTime(read)) return null;
  if (![pullRequest, ...pushers].every(Number.isSafeInteger)) return null;
  const comment = Number(getText('comment') || Number.NaN);
  return {
    fingerprint,
    changes,
    pullRequest,
    base,
    read,
    since: isTime(since) ? since : null,
    pushers,
    merges: list('merges'),
    comment: Number.isSafeInteger(comment) ? comment : null,
  };
}

function isDigest(text: string | undefined): text is string {
  return /^[0-9a-f]{64}$/.test(text ?? '');
}

function isTime(text: string | undefined): text is string {
  return !Number.isNaN(Date.parse(text ?? ''));
}
