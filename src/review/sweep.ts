/**
 * The net under every reader: changed files that no reader claims are searched for the policy's marks and for private keys.
 * Pure.
 */
import { isKeyMaterial } from '../formats/certificates/pem.ts';
import { decodeForSearch } from '../formats/secrets/embedded-keys.ts';
import { findPrivateKeys, type KeyText } from '../formats/secrets/key-text.ts';
import { messages as secretMessages } from '../formats/secrets/messages.ts';
import type { Change, ChangedDocument } from '../model/change.ts';
import { compareLines } from '../model/changed-files.ts';
import { computeSha256 } from '../model/digest.ts';
import type { Policy } from '../model/policy.ts';
import type { ExaminedFile, ReportFile } from '../model/report.ts';
import type { ChangedFile, ChangedLine, FileContent, Side } from '../model/source.ts';
import { findExclusion } from '../policy/paths.ts';
import type { FindMarks, Hit } from './marks.ts';
import { messages, words } from './messages.ts';
import { hasSections, listSections } from './sections.ts';
import { describeUnread } from './unreadable-file.ts';

/** The facts from both contents of a file: its changed lines and its private keys, or why they could not be read. */
export type SweptContent =
  | {
      readonly lines: readonly ChangedLine[];
      readonly keys: readonly FoundKey[];
      /** The sections of each line, if the file has some. */
      readonly sections: Readonly<Record<Side, readonly string[]>>;
    }
  | { readonly unavailable: string };

/** A private key that the base does not have. */
export interface FoundKey {
  readonly label: string;
  readonly line: number;
}

/** The findings of the sweep in one file. */
export interface Swept {
  readonly changes: readonly Change[];
  readonly files: readonly ReportFile[];
  readonly examined: readonly ExaminedFile[];
}

/** The known facts for the sweep of a file. `content` is present if the list of changes has too little. */
export interface SweepInput {
  readonly policy: Policy;
  readonly findMarks: FindMarks;
  readonly findContent: (file: ChangedFile) => SweptContent | null;
}

/** Searches the files that no reader claims. */
export function sweepFiles(files: readonly ChangedFile[], input: SweepInput): Swept {
  const swept = files.map((file) => sweepFile(file, input));
  const unknown = files.filter((_, index) => swept[index] === 'not-examined');
  const known = swept.filter((one) => one !== 'not-examined');
  const missing = unknown.length === 0 ? [] : [describeUnswept(unknown)];
  return {
    changes: [...known.flatMap(({ changes }) => changes), ...missing],
    files: [...known.flatMap((one) => one.files), ...missing.flatMap(({ file }) => reportFile(unknown, file))],
    examined: [
      ...known.flatMap(({ examined }) => examined),
      ...unknown.map(({ path }) => ({ path, outcome: 'not-examined' as const, reason: words.noLines })),
    ],
  };
}

function reportFile(files: readonly ChangedFile[], path: string): readonly ReportFile[] {
  return files.flatMap((file) => (file.path === path ? [describeFile(file)] : []));
}

function describeFile({ path, previousPath, status }: ChangedFile): ReportFile {
  return { path, ...(previousPath === undefined ? {} : { previousPath }), status, format: 'unrecognized' };
}

function sweepFile(file: ChangedFile, { policy, findMarks, findContent }: SweepInput): Swept | 'not-examined' {
  const { path } = file;
  const buildOutcome = (outcome: ExaminedFile['outcome'], more: Partial<ExaminedFile> = {}): Swept => ({
    changes: [],
    files: [],
    examined: [{ path, outcome, ...more }],
  });
  const { ignore, exempt, opaque } = findExclusion(policy, path);
  if (ignore !== null) return buildOutcome('ignored', { glob: ignore });
  if (policy.sweep === undefined) return buildOutcome('not-examined', { reason: words.noSweep });
  const content = findContent(file);
  const isUnavailable = content !== null && 'unavailable' in content;
  const known = file.lines ?? (content !== null && 'lines' in content ? content.lines : null);
  const lines = isUnavailable ? null : known;
  if (lines === null) {
    const glob = opaque ?? exempt;
    if (glob !== null) return buildOutcome('exempt', { glob });
    if (content === null) return 'not-examined';
    const reason = isUnavailable ? content.unavailable : '';
    return {
      ...buildOutcome('not-examined', { reason }),
      files: [describeFile(file)],
      changes: [describeUnread(file.path, reason, UNRECOGNIZED, file.contentId ?? '')],
    };
  }
  const keys = policy.sweep.privateKeys
    ? (content !== null && 'keys' in content ? content.keys : findNewKeys(lines)).map((key) => describeKey(file, key))
    : [];
  const sections = content !== null && 'sections' in content ? content.sections : null;
  const findInSection: FindLineMarks = (line) =>
    findMarks({ ...line, section: sections?.[line.side][line.line - 1] ?? '' });
  const mentions = exempt === null && !isSameText(lines) ? describeMentions(file, lines, findInSection) : [];
  const changes = [...keys, ...mentions];
  const glob = exempt === null ? {} : { glob: exempt };
  return {
    ...buildOutcome(changes.length > 0 ? 'found' : exempt === null ? 'swept' : 'exempt', glob),
    files: changes.length > 0 ? [describeFile(file)] : [],
    changes,
  };
}

/** Whether only the ends of lines changed. */
function isSameText(lines: readonly ChangedLine[]): boolean {
  const [base, head] = (['base', 'head'] as const).map((side) =>
    lines.flatMap((line) => (line.side === side ? [line.text.trimEnd()] : [])).join('\n'),
  );
  return base === head;
}

/** The private keys in the added lines that the removed ones do not have. */
function findNewKeys(lines: readonly ChangedLine[]): readonly FoundKey[] {
  const filterLines = (side: Side) => lines.filter((line) => line.side === side);
  const head = filterLines('head');
  const join = (all: readonly ChangedLine[]) => all.map(({ text }) => text).join('\n');
  const text = join(head);
  return findAddedKeys(findPrivateKeys(join(filterLines('base'))), findPrivateKeys(text)).map(({ label, start }) => ({
    label,
    line: head[text.slice(0, start).split('\n').length - 1]?.line ?? 1,
  }));
}

function findAddedKeys(base: readonly KeyText[], head: readonly KeyText[]): readonly KeyText[] {
  const known = new Set(base.map(({ body }) => body));
  return head.filter(({ body }) => !known.has(body));
}

/** Compares both contents of a file. A content that is not text is searched all the same. */
export function compareContents(
  { path }: ChangedFile,
  base: FileContent | null,
  head: FileContent | null,
): SweptContent {
  const unavailable = [head, base].find((content) => content !== null && content.bytes === undefined);
  if (unavailable !== undefined && unavailable !== null && unavailable.bytes === undefined)
    return { unavailable: unavailable.unavailable };
  const decode = (content: FileContent | null): string | null =>
    content?.bytes === undefined ? null : decodeForSearch({ path, bytes: content.bytes });
  const [before, after] = [decode(base), decode(head)];
  const isStore = head?.bytes !== undefined && isKeyMaterial(head.bytes) && before !== after;
  const keys = findAddedKeys(findPrivateKeys(before ?? ''), findPrivateKeys(after ?? '')).map(({ label, start }) => ({
    label,
    line: (after ?? '').slice(0, start).split('\n').length,
  }));
  const list = (text: string | null) => (text === null || !hasSections(path) ? [] : listSections(text));
  return {
    lines: compareLines(before, after),
    keys: isStore ? [{ label: words.keyStore, line: 1 }] : keys,
    sections: { base: list(before), head: list(after) },
  };
}

const UNRECOGNIZED = { format: 'unrecognized', role: 'unrecognized' } as const;
const DOCUMENT: ChangedDocument = {
  ...UNRECOGNIZED,
  environment: 'unknown',
  part: null,
  state: 'existing',
};

function describeKey({ path }: ChangedFile, { label, line }: FoundKey): Change {
  return {
    file: path,
    setting: 'secret',
    kind: 'added',
    effect: 'neutral',
    before: null,
    after: null,
    location: { side: 'head', line, column: 1 },
    traits: [],
    document: DOCUMENT,
    detail: secretMessages.privateKey({ label }).message,
  };
}

interface LineHit extends Hit {
  readonly at: ChangedLine;
}

type FindLineMarks = (line: ChangedLine) => readonly Hit[];

/** One change for each category among the marks. It is bound to all changed lines, since no reader knows the relevant ones. */
function describeMentions(
  file: ChangedFile,
  lines: readonly ChangedLine[],
  findMarks: FindLineMarks,
): readonly Change[] {
  const hits = lines.flatMap((at): readonly LineHit[] => findMarks(at).map((hit) => ({ ...hit, at })));
  const categories = [...new Set(hits.map(({ mark }) => mark.category))];
  return categories.map((category) =>
    describeMention(
      file,
      lines,
      hits.filter(({ mark }) => mark.category === category),
    ),
  );
}

function describeMention({ path }: ChangedFile, lines: readonly ChangedLine[], hits: readonly LineHit[]): Change {
  const filterHits = (side: Side) => hits.filter(({ at }) => at.side === side);
  const [base, head] = [filterHits('base'), filterHits('head')];
  const [first] = [...head, ...base];
  const category = first?.mark.category ?? null;
  const computeDigest = (side: Side): string =>
    computeSha256(lines.flatMap((line) => (line.side === side ? [line.text.trimEnd()] : [])).join('\n'));
  return {
    file: path,
    setting: 'mention',
    kind: base.length === 0 ? 'added' : head.length === 0 ? 'removed' : 'modified',
    effect: 'unknown',
    before: base.length === 0 ? null : words.mentioned(base.map(({ text }) => text)),
    after: head.length === 0 ? null : words.mentioned(head.map(({ text }) => text)),
    location: first === undefined ? null : { side: first.at.side, line: first.at.line, column: first.index + 1 },
    traits: ['unresolved'],
    document: DOCUMENT,
    content: { before: computeDigest('base'), after: computeDigest('head') },
    ...(category === null ? {} : { category }),
    detail: messages.mention({
      marks: [...new Set(hits.map(({ mark }) => mark.title))].join(', '),
      lines: words.lines(
        head.map(({ at }) => at.line),
        base.map(({ at }) => at.line),
      ),
    }).message,
  };
}

/** One change for all files that were not searched, bound to the list's facts about their contents. */
function describeUnswept(files: readonly ChangedFile[]): Change {
  const content = files.map(({ path, status, contentId }) => `${status} ${path} ${contentId}`).sort();
  const [first] = files;
  return describeUnread(
    first?.path ?? '',
    messages.notSwept({ count: files.length }).message,
    UNRECOGNIZED,
    content.join('\n'),
  );
}
