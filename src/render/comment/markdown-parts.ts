/** The parts that the comment and the job summary are made of, as GitHub-flavoured Markdown. */
import { GUIDE_POLICY } from '../../model/policy.ts';
import type { Problem, Report } from '../../model/report.ts';
import { writeSettingTitle } from '../../policy/setting-titles.ts';
import { splitCitations, withoutCitations } from '../cited.ts';
import { writeInstant } from '../dates.ts';
import { encodePath, escapeMarkdown, makeVisible, sanitizeUrl, shorten, toCodeSpan } from '../escape.ts';
import { buildPhrase, type Phrase } from '../phrase.ts';
import type { CategoryGroup, Row, RowPlace, RuleGroup, Value } from '../rows.ts';
import {
  type LabelState,
  listAnsweredQuestions,
  listDateLines,
  listLabelLines,
  listLabelNotes,
  writePlace,
} from '../sections.ts';
import { findWord, formatCount, say, type TitleId } from '../words.ts';
import type { Detail } from './detail.ts';

/** The targets of links, and the text of the footer. */
export interface MarkdownContext {
  /** The whole hidden HTML comment that identifies the gate's own comment. It starts the text. */
  readonly marker: string;
  /** Address of the repository (`https://github.com/acme/app`) for permalinks; null: places are plain text. */
  readonly repository: string | null;
  /** Full SHAs of both sides, null if there is none. */
  readonly base: string | null;
  readonly head: string | null;
  /** Address of the folder with `rules.md` and the other pages; null: rules are named, not linked. */
  readonly documentation: string | null;
  readonly version: string;
  readonly pullRequest: number | null;
  /** Address of the full report (the run), or null. */
  readonly report?: string | null;
  /** The ticks in the existing comment, by step id. */
  readonly ticks?: Readonly<Record<string, boolean>>;
}

/** Longest title, name of a person, path: more is cut. */
export const nameLimit = 200;
const sentenceLimit = 600;
const textLimit = 1000;
const problemLimit = 20;
const labelLimit = 40;

const marks: Readonly<Record<LabelState, string>> = { accepted: '✓', missing: '✗', rejected: '✗', dropped: '✗' };

/** A phrase as Markdown: our words as they are, prose escaped, values in code spans. */
export function renderPhrase(parts: Phrase): string {
  return parts
    .map((part) => {
      if ('words' in part) return part.words;
      return 'text' in part
        ? escapeMarkdown(shorten(part.text, sentenceLimit))
        : toCodeSpan(shorten(part.value, nameLimit));
    })
    .join('');
}

export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const renderLine = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [renderLine(head), renderLine(head.map(() => ':--')), ...rows.map(renderLine)].join('\n');
}

export function renderFolded(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** A link to a page of the documentation, or the words alone. */
export function linkPage(text: string, page: string, context: MarkdownContext): string {
  const address = sanitizeUrl(context.documentation);
  return address === null ? text : `[${text}](${address.replace(/\/$/, '')}/${page})`;
}

function buildAnchor(id: string): string {
  return encodePath(id.toLowerCase().replace(/[^a-z0-9-]+/g, '-'));
}

/** Rule or citation ids look the same everywhere: `[R10](address)`. */
export function linkSources(sources: readonly string[], report: Report, context: MarkdownContext): string {
  return sources
    .slice(0, 6)
    .map((source) => {
      const citation = Object.hasOwn(report.citations, source) ? report.citations[source] : undefined;
      const address = sanitizeUrl(citation?.url);
      const text = escapeMarkdown(shorten(source, 40));
      return address === null ? linkPage(text, `rules.md#${buildAnchor(source)}`, context) : `[${text}](${address})`;
    })
    .join(', ');
}

/** A piece of a text, escaped, with the spaces that separate it from the others. */
function escapeProse(words: string): string {
  const keepSpace = (found: RegExp): string => (found.test(words) ? ' ' : '');
  return `${keepSpace(/^\s/)}${escapeMarkdown(words.trim())}${keepSpace(/\S\s+$/)}`;
}

/** Prose of the policy: text between backticks is code, as in Markdown. */
function renderProse(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((piece) => (/^`.+`$/s.test(piece) ? toCodeSpan(piece.slice(1, -1)) : escapeProse(piece)))
    .join('');
}

/** A text with its citations as links. */
export function renderCitedText(text: string, report: Report, context: MarkdownContext): string {
  return splitCitations(shorten(text, textLimit), report)
    .map((piece) => {
      if ('words' in piece) return renderProse(piece.words);
      const links = piece.ids.map((id) => (id === 'advice' ? id : linkSources([id], report, context)));
      return `(${links.join(', ')})`;
    })
    .join('');
}

/** One link "why": the page of the rules if it explains this policy, else the rule's first source. */
function linkWhy(rule: string | null, sources: readonly string[], report: Report, context: MarkdownContext): string {
  const isExplained = rule !== null && report.policy.name === GUIDE_POLICY;
  const [page] = isExplained ? [linkPage(say('why'), `rules.md#${buildAnchor(rule)}`, context)] : [];
  if (page?.startsWith('[') === true) return ` (${page})`;
  const urls = sources.map((id) =>
    Object.hasOwn(report.citations, id) ? sanitizeUrl(report.citations[id]?.url) : null,
  );
  const url = urls.find((one) => one !== null);
  return url === undefined ? '' : ` ([${say('why')}](${url}))`;
}

/** A permalink to the exact line on the right side, or the place as text. */
export function linkPlace(place: RowPlace, context: MarkdownContext): string {
  const sha = place.side === 'base' ? context.base : context.head;
  const repository = sanitizeUrl(context.repository);
  const path = toCodeSpan(shorten(place.file, nameLimit));
  if (repository === null || sha === null || !/^[0-9a-f]{7,64}$/i.test(sha))
    return toCodeSpan(shorten(writePlace(place), nameLimit));
  const words = say(place.side === 'base' ? 'line-was' : 'line', { line: place.line });
  return `${path} [${words}](${repository.replace(/\/$/, '')}/blob/${sha}/${encodePath(place.file)}#L${place.line})`;
}

export function renderQuestions(report: Report, context: MarkdownContext): string {
  const rows = listAnsweredQuestions(report).map(({ asked, answer, because }) => [
    escapeMarkdown(asked),
    `**${say(`answer.${answer}`)}**`,
    renderCitedText(because, report, context),
  ]);
  return renderTable([say('question'), say('answer'), say('because')], rows);
}

/** The labels' table, the time to add them, and the effect of a push on them; empty if no label is required. */
export function renderLabels(report: Report): readonly string[] {
  const lines = listLabelLines(report);
  if (lines.length === 0) return [];
  const rows = lines.slice(0, labelLimit).map((line) => {
    const state = `**${marks[line.state]} ${say(`label-${line.state}`)}**`;
    return [toCodeSpan(shorten(line.label, nameLimit)), [state, ...line.why.map(renderPhrase)].join('<br>')];
  });
  if (lines.length > labelLimit)
    rows.push([say('rest', { count: formatCount(lines.length - labelLimit, 'label') }), '']);
  return [renderTable([say('label'), say('label-state')], rows), listLabelNotes(report).map(renderPhrase).join(' ')];
}

export function renderDates(report: Report, context: MarkdownContext): readonly string[] {
  return listDateLines(report).map(
    ({ title, text, sources }) => `**${say(title)}:** ${renderPhrase(text)}${linkWhy(null, sources, report, context)}`,
  );
}

/** Lines that must not be missed: report mode, break-glass. */
export function renderBanners(report: Report): readonly string[] {
  const lines: string[] = [];
  const { breakGlass, evaluation } = report;
  if (breakGlass !== undefined) {
    const text = buildPhrase('break-glass-text', {
      by: [{ value: breakGlass.by }],
      label: [{ value: breakGlass.label }],
      at: writeInstant(breakGlass.at, report),
      until: writeInstant(breakGlass.until, report),
      reason: breakGlass.reason,
    });
    lines.push(`> [!CAUTION]\n> **${say('break-glass')}:** ${renderPhrase(text)}`); // GitHub draws it red
  }
  if (evaluation.mode === 'report') lines.push(say('report-mode'));
  return lines;
}

/**
 * A block with a fence that is longer than any run of backticks in it. Line breaks stay, other invisible characters become
 * visible.
 */
export function renderCodeBlock(text: string): string {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) =>
      makeVisible(line)
        .replace(/<!--/g, '<⟨U+0021⟩--')
        .replace(/--(!?)>/g, '--$1⟨U+003E⟩'),
    );
  const longest =
    lines
      .join('\n')
      .match(/`+/g)
      ?.reduce((length, run) => Math.max(length, run.length), 0) ?? 0;
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}text\n${lines.join('\n')}\n${fence}`;
}

/** The problems that block in addition to the changes. */
export function renderProblems(report: Report, context: MarkdownContext): string {
  const blocking = report.problems.filter((problem) => problem.severity !== 'advice');
  return blocking.length === 0 ? '' : withHeading('problems', renderProblemList(blocking, report, context));
}

/** Further information for readers. */
export function renderAdvice(report: Report, context: MarkdownContext, detail: Detail): string {
  const items = detail.advice ? report.problems.filter((problem) => problem.severity === 'advice') : [];
  return items.length === 0 ? '' : withTitle('advice', renderProblemList(items, report, context));
}

function renderProblemList(items: readonly Problem[], report: Report, context: MarkdownContext): string {
  const lines = items.slice(0, problemLimit).map((problem) => renderProblem(problem, report, context));
  const rest = items.length - problemLimit;
  return [...lines, ...(rest > 0 ? [`- ${say('rest', { count: formatCount(rest, 'problem') })}`] : [])].join('\n');
}

function renderProblem(problem: Problem, report: Report, context: MarkdownContext): string {
  const place = problem.file === undefined ? '' : `${linkProblem(problem, context)}: `;
  const source = problem.source === undefined ? '' : ` (${linkSources([problem.source], report, context)})`;
  return `- **${say(`severity.${problem.severity}`)}** ${place}${escapeMarkdown(shorten(problem.message, sentenceLimit))}${source}`;
}

function linkProblem(problem: Problem, context: MarkdownContext): string {
  const { file = '', line, column = 1 } = problem;
  if (line === undefined) return toCodeSpan(shorten(file, nameLimit));
  return linkPlace({ file, side: 'head', line, column }, context);
}

/** The changes of the given categories, worst first. */
export function renderChanges(
  groups: readonly CategoryGroup[],
  report: Report,
  context: MarkdownContext,
  detail: Detail,
): string {
  const parts = groups.flatMap((group) =>
    group.rules.map((rule) => renderRule({ group, rule }, report, context, detail)),
  );
  return parts.join('\n\n');
}

function renderRule(
  { group, rule }: { readonly group: CategoryGroup; readonly rule: RuleGroup },
  report: Report,
  context: MarkdownContext,
  detail: Detail,
): string {
  const reason = renderProse(shorten(withoutCitations(rule.reason, report), sentenceLimit));
  const why = linkWhy(rule.rule, rule.sources, report, context);
  const advisory = rule.advisory ? ` *${say('advisory')}*` : '';
  const rows = rule.rows.slice(0, detail.rowLimit);
  const head = [say('change'), ...(detail.before ? [say('before')] : []), say('after')];
  const lines = rows.map((row) => renderCells(row, context, detail));
  const parts = [`**${escapeMarkdown(shorten(group.title, nameLimit))}:** ${reason}${why}${advisory}`];
  if (lines.length > 0) parts.push(renderTable(head, lines.slice(0, detail.openRows)));
  if (lines.length > detail.openRows) {
    const hidden = formatCount(lines.length - detail.openRows, 'change');
    parts.push(renderFolded(say('rest', { count: hidden }), renderTable(head, lines.slice(detail.openRows))));
  }
  return parts.join('\n\n');
}

/** Notes with checks and tasks, each once. */
export function renderNotes(
  groups: readonly CategoryGroup[],
  report: Report,
  context: MarkdownContext,
  detail: Detail,
): string {
  const texts = detail.notes ? groups.flatMap(({ rules }) => rules.flatMap(({ note }) => note ?? [])) : [];
  return texts.length === 0
    ? ''
    : withTitle('notes', texts.map((note) => `- ${renderCitedText(note, report, context)}`).join('\n'));
}

function renderCells(row: Row, context: MarkdownContext, detail: Detail): readonly string[] {
  const lines = [renderRowTitle(row, detail)];
  const place = row.places[0];
  const more = row.of === 'access' ? row.places.length - 1 : 0;
  const ends = more === 0 ? '' : `, ${more === 1 ? say('place-more-one') : say('place-more', { count: more })}`;
  lines.push(place === undefined ? toCodeSpan(shorten(row.file, nameLimit)) : `${linkPlace(place, context)}${ends}`);
  if (detail.notes && row.detail !== null) lines.push(escapeMarkdown(shorten(row.detail, sentenceLimit)));
  return [
    lines.join('<br>'),
    ...(detail.before ? [renderValue(row.before, detail)] : []),
    renderValue(row.after, detail),
  ];
}

function renderRowTitle(row: Row, detail: Detail): string {
  const part = row.part === null ? '' : `, ${renderPhrase(buildPhrase('part', { part: [{ value: row.part }] }))}`;
  if (row.of === 'setting') {
    return `**${escapeMarkdown(shorten(writeSettingTitle(row.setting), nameLimit))}**${part}`;
  }
  const types = row.types.slice(0, detail.typeLimit).map((type) => `*${escapeMarkdown(shorten(type, 80))}*`);
  const rest = row.types.length - types.length;
  if (rest > 0) types.push(say('types-rest', { types: formatCount(rest, 'type') }));
  return `**${describeAccess(row.channel, row.requirement)}**${part}: ${types.join(', ')}`;
}

export function describeAccess(channel: 'online' | 'offline', requirement: 'required' | 'optional'): string {
  return `${say(`channel.${channel}`)}, ${say(`requirement.${requirement}`)}`;
}

function renderValue(value: Value, detail: Detail): string {
  return 'word' in value ? say(value.word) : toCodeSpan(shorten(value.literal, detail.valueLimit));
}

/** The small print: policy, commits, time, fingerprint, version. */
export function renderFoot(report: Report, context: MarkdownContext, opening = ''): string {
  const renderCommit = (sha: string | null): string =>
    sha === null ? say('working-tree') : toCodeSpan(shorten(sha.slice(0, 12), 12));
  const { policy, evaluation } = report;
  const source =
    policy.source === 'built-in' ? say('foot-policy-built-in') : toCodeSpan(shorten(policy.source, nameLimit));
  const parts = [
    ...(opening === '' ? [] : [opening]),
    say('foot-policy', { policy: source }),
    say('foot-compared', { base: renderCommit(evaluation.base), head: renderCommit(evaluation.head) }),
    say('foot-evaluated', { at: escapeMarkdown(writeInstant(evaluation.at, report)) }),
    say('foot-fingerprint', { fingerprint: toCodeSpan(report.fingerprint.slice(0, 12)) }),
    say('foot-version', { version: escapeMarkdown(context.version) }),
    ...(sanitizeUrl(context.documentation) === null ? [] : [linkPage(say('foot-how'), 'README.md', context)]),
  ];
  return `<sub>${parts.join(' · ')}</sub>`;
}

/** A part of the comment under its heading. */
export function withHeading(title: TitleId, content: string): string {
  return `#### ${say(title)}\n${content}`;
}

/** A part of the fold under its title. */
export function withTitle(title: TitleId, content: string): string {
  return `**${say(title)}**\n\n${content}`;
}

/** Name of a file's status for people. */
export function nameFileStatus(status: string): string {
  return findWord('status', status) ?? status;
}
