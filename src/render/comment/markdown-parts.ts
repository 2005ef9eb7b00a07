/** The parts that the comment and the job summary are made of, as GitHub-flavoured Markdown. */
import { GUIDE_POLICY } from '../../model/policy.ts';
import type { Problem, Report } from '../../model/report.ts';
import { settingTitle } from '../../policy/setting-titles.ts';
import { splitCitations, withoutCitations } from '../cited.ts';
import { writeInstant } from '../dates.ts';
import { codeSpan, encodePath, inlineText, safeUrl, shorten, visible } from '../escape.ts';
import { type Phrase, phrase } from '../phrase.ts';
import type { CategoryGroup, Row, RowPlace, RuleGroup, Value } from '../rows.ts';
import { answeredQuestions, dateLines, type LabelState, labelLines, labelNotes, placeText } from '../verdict.ts';
import { counted, say, type TitleId, wordFor } from '../words.ts';
import type { Detail } from './detail.ts';

/** Where links lead, and what the foot says. */
export interface MarkdownContext {
  /** The whole hidden HTML comment by which the gate finds its own comment; it opens the text. */
  readonly marker: string;
  /** Address of the repository (`https://github.com/acme/app`) for permalinks; null: places are plain text. */
  readonly repository: string | null;
  /** Full SHAs of both sides, null where there is none. */
  readonly base: string | null;
  readonly head: string | null;
  /** Address of the folder that holds `rules.md` and the other pages; null: rules are named, not linked. */
  readonly documentation: string | null;
  readonly version: string;
  readonly pullRequest: number | null;
  /** Address of the full report (the run), or null. */
  readonly report?: string | null;
  /** What people ticked in the comment that is there, by step id. */
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
export function markdown(parts: Phrase): string {
  return parts
    .map((part) => {
      if ('words' in part) return part.words;
      return 'text' in part ? inlineText(shorten(part.text, sentenceLimit)) : codeSpan(shorten(part.value, nameLimit));
    })
    .join('');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => ':--')), ...rows.map(line)].join('\n');
}

export function fold(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** A link to a page of the documentation, or the words alone. */
export function documented(text: string, page: string, context: MarkdownContext): string {
  const address = safeUrl(context.documentation);
  return address === null ? text : `[${text}](${address.replace(/\/$/, '')}/${page})`;
}

function anchor(id: string): string {
  return encodePath(id.toLowerCase().replace(/[^a-z0-9-]+/g, '-'));
}

/** Rule or citation ids look the same everywhere: `[R10](address)`. */
export function sourceLinks(sources: readonly string[], report: Report, context: MarkdownContext): string {
  return sources
    .slice(0, 6)
    .map((source) => {
      const citation = Object.hasOwn(report.citations, source) ? report.citations[source] : undefined;
      const address = safeUrl(citation?.url);
      const text = inlineText(shorten(source, 40));
      return address === null ? documented(text, `rules.md#${anchor(source)}`, context) : `[${text}](${address})`;
    })
    .join(', ');
}

/** A piece of a text, escaped, with the spaces that separate it from the others. */
function withBlanks(words: string): string {
  const blank = (found: RegExp): string => (found.test(words) ? ' ' : '');
  return `${blank(/^\s/)}${inlineText(words.trim())}${blank(/\S\s+$/)}`;
}

/** Prose of the policy: text between backticks is code, as in Markdown. */
function prose(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((piece) => (/^`.+`$/s.test(piece) ? codeSpan(piece.slice(1, -1)) : withBlanks(piece)))
    .join('');
}

/** A text whose citations are links. */
export function citedText(text: string, report: Report, context: MarkdownContext): string {
  return splitCitations(shorten(text, textLimit), report)
    .map((piece) => {
      if ('words' in piece) return prose(piece.words);
      const links = piece.ids.map((id) => (id === 'advice' ? id : sourceLinks([id], report, context)));
      return `(${links.join(', ')})`;
    })
    .join('');
}

/** One link "why": the page of the rules where it explains this policy, else the first document that the rule rests on. */
function whyLink(rule: string | null, sources: readonly string[], report: Report, context: MarkdownContext): string {
  const isExplained = rule !== null && report.policy.name === GUIDE_POLICY;
  const [page] = isExplained ? [documented(say('why'), `rules.md#${anchor(rule)}`, context)] : [];
  if (page?.startsWith('[') === true) return ` (${page})`;
  const urls = sources.map((id) => (Object.hasOwn(report.citations, id) ? safeUrl(report.citations[id]?.url) : null));
  const url = urls.find((one) => one !== null);
  return url === undefined ? '' : ` ([${say('why')}](${url}))`;
}

/** A permalink to the exact line on the right side, or the place as text. */
export function placeLink(place: RowPlace, context: MarkdownContext): string {
  const sha = place.side === 'base' ? context.base : context.head;
  const repository = safeUrl(context.repository);
  const path = codeSpan(shorten(place.file, nameLimit));
  if (repository === null || sha === null || !/^[0-9a-f]{7,64}$/i.test(sha))
    return codeSpan(shorten(placeText(place), nameLimit));
  const words = say(place.side === 'base' ? 'line-was' : 'line', { line: place.line });
  return `${path} [${words}](${repository.replace(/\/$/, '')}/blob/${sha}/${encodePath(place.file)}#L${place.line})`;
}

export function questions(report: Report, context: MarkdownContext): string {
  const rows = answeredQuestions(report).map(({ asked, answer, because }) => [
    inlineText(asked),
    `**${say(`answer.${answer}`)}**`,
    citedText(because, report, context),
  ]);
  return table([say('question'), say('answer'), say('because')], rows);
}

/** The labels' table, then when they are added and what a push means for them; empty where no label is required. */
export function labels(report: Report): readonly string[] {
  const lines = labelLines(report);
  if (lines.length === 0) return [];
  const rows = lines.slice(0, labelLimit).map((line) => {
    const state = `**${marks[line.state]} ${say(`label-${line.state}`)}**`;
    return [codeSpan(shorten(line.label, nameLimit)), [state, ...line.why.map(markdown)].join('<br>')];
  });
  if (lines.length > labelLimit) rows.push([say('rest', { count: counted(lines.length - labelLimit, 'label') }), '']);
  return [table([say('label'), say('label-state')], rows), labelNotes(report).map(markdown).join(' ')];
}

export function dates(report: Report, context: MarkdownContext): readonly string[] {
  return dateLines(report).map(
    ({ title, text, sources }) => `**${say(title)}:** ${markdown(text)}${whyLink(null, sources, report, context)}`,
  );
}

/** Lines that must not be overlooked: report mode, the emergency way. */
export function banners(report: Report): readonly string[] {
  const lines: string[] = [];
  const { breakGlass, evaluation } = report;
  if (breakGlass !== undefined) {
    const text = phrase('break-glass-text', {
      by: [{ value: breakGlass.by }],
      label: [{ value: breakGlass.label }],
      at: writeInstant(breakGlass.at, report),
      until: writeInstant(breakGlass.until, report),
      reason: breakGlass.reason,
    });
    lines.push(`> [!CAUTION]\n> **${say('break-glass')}:** ${markdown(text)}`); // GitHub draws it red
  }
  if (evaluation.mode === 'report') lines.push(say('report-mode'));
  return lines;
}

/** A fenced block whose fence is longer than any run of backticks in it; line breaks stay, all else is made visible. */
export function codeBlock(text: string): string {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) =>
      visible(line)
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

/** What blocks in addition to the changes. */
export function problems(report: Report, context: MarkdownContext): string {
  const grave = report.problems.filter((problem) => problem.severity !== 'advice');
  return grave.length === 0 ? '' : headed('problems', problemList(grave, report, context));
}

/** What the reader may like to know. */
export function advice(report: Report, context: MarkdownContext, detail: Detail): string {
  const items = detail.advice ? report.problems.filter((problem) => problem.severity === 'advice') : [];
  return items.length === 0 ? '' : titled('advice', problemList(items, report, context));
}

function problemList(items: readonly Problem[], report: Report, context: MarkdownContext): string {
  const lines = items.slice(0, problemLimit).map((problem) => problemLine(problem, report, context));
  const rest = items.length - problemLimit;
  return [...lines, ...(rest > 0 ? [`- ${say('rest', { count: counted(rest, 'problem') })}`] : [])].join('\n');
}

function problemLine(problem: Problem, report: Report, context: MarkdownContext): string {
  const place = problem.file === undefined ? '' : `${problemPlace(problem, context)}: `;
  const source = problem.source === undefined ? '' : ` (${sourceLinks([problem.source], report, context)})`;
  return `- **${say(`severity.${problem.severity}`)}** ${place}${inlineText(shorten(problem.message, sentenceLimit))}${source}`;
}

function problemPlace(problem: Problem, context: MarkdownContext): string {
  const { file = '', line, column = 1 } = problem;
  if (line === undefined) return codeSpan(shorten(file, nameLimit));
  return placeLink({ file, side: 'head', line, column }, context);
}

/** The changes of the given categories, worst first. */
export function changes(
  groups: readonly CategoryGroup[],
  report: Report,
  context: MarkdownContext,
  detail: Detail,
): string {
  const parts = groups.flatMap((group) => group.rules.map((rule) => ruleTable(group, rule, report, context, detail)));
  return parts.join('\n\n');
}

function ruleTable(
  group: CategoryGroup,
  rule: RuleGroup,
  report: Report,
  context: MarkdownContext,
  detail: Detail,
): string {
  const reason = prose(shorten(withoutCitations(rule.reason, report), sentenceLimit));
  const why = whyLink(rule.rule, rule.sources, report, context);
  const advisory = rule.advisory ? ` *${say('advisory')}*` : '';
  const rows = rule.rows.slice(0, detail.rowLimit);
  const head = [say('change'), ...(detail.before ? [say('before')] : []), say('after')];
  const lines = rows.map((row) => rowCells(row, context, detail));
  const parts = [`**${inlineText(shorten(group.title, nameLimit))}:** ${reason}${why}${advisory}`];
  if (lines.length > 0) parts.push(table(head, lines.slice(0, detail.openRows)));
  if (lines.length > detail.openRows) {
    const hidden = counted(lines.length - detail.openRows, 'change');
    parts.push(fold(say('rest', { count: hidden }), table(head, lines.slice(detail.openRows))));
  }
  return parts.join('\n\n');
}

/** What is to be checked or done beside the changes, each note once. */
export function notes(
  groups: readonly CategoryGroup[],
  report: Report,
  context: MarkdownContext,
  detail: Detail,
): string {
  const texts = detail.notes ? groups.flatMap(({ rules }) => rules.flatMap(({ note }) => note ?? [])) : [];
  return texts.length === 0
    ? ''
    : titled('notes', texts.map((note) => `- ${citedText(note, report, context)}`).join('\n'));
}

function rowCells(row: Row, context: MarkdownContext, detail: Detail): readonly string[] {
  const lines = [rowTitle(row, detail)];
  const place = row.places[0];
  const more = row.of === 'access' ? row.places.length - 1 : 0;
  const ends = more === 0 ? '' : `, ${more === 1 ? say('place-more-one') : say('place-more', { count: more })}`;
  lines.push(place === undefined ? codeSpan(shorten(row.file, nameLimit)) : `${placeLink(place, context)}${ends}`);
  if (detail.notes && row.detail !== null) lines.push(inlineText(shorten(row.detail, sentenceLimit)));
  return [lines.join('<br>'), ...(detail.before ? [cellValue(row.before, detail)] : []), cellValue(row.after, detail)];
}

function rowTitle(row: Row, detail: Detail): string {
  const part = row.part === null ? '' : `, ${markdown(phrase('part', { part: [{ value: row.part }] }))}`;
  if (row.of === 'setting') {
    return `**${inlineText(shorten(settingTitle(row.setting), nameLimit))}**${part}`;
  }
  const types = row.types.slice(0, detail.typeLimit).map((type) => `*${inlineText(shorten(type, 80))}*`);
  const rest = row.types.length - types.length;
  if (rest > 0) types.push(say('types-rest', { types: counted(rest, 'type') }));
  return `**${accessTitle(row.channel, row.requirement)}**${part}: ${types.join(', ')}`;
}

export function accessTitle(channel: 'online' | 'offline', requirement: 'required' | 'optional'): string {
  return `${say(`channel.${channel}`)}, ${say(`requirement.${requirement}`)}`;
}

function cellValue(value: Value, detail: Detail): string {
  return 'word' in value ? say(value.word) : codeSpan(shorten(value.literal, detail.valueLimit));
}

/** The small print: policy, commits, time, fingerprint, version. */
export function foot(report: Report, context: MarkdownContext, opening = ''): string {
  const short = (sha: string | null): string =>
    sha === null ? say('working-tree') : codeSpan(shorten(sha.slice(0, 12), 12));
  const { policy, evaluation } = report;
  const source =
    policy.source === 'built-in' ? say('foot-policy-built-in') : codeSpan(shorten(policy.source, nameLimit));
  const parts = [
    ...(opening === '' ? [] : [opening]),
    say('foot-policy', { policy: source }),
    say('foot-compared', { base: short(evaluation.base), head: short(evaluation.head) }),
    say('foot-evaluated', { at: inlineText(writeInstant(evaluation.at, report)) }),
    say('foot-fingerprint', { fingerprint: codeSpan(report.fingerprint.slice(0, 12)) }),
    say('foot-version', { version: inlineText(context.version) }),
    ...(safeUrl(context.documentation) === null ? [] : [documented(say('foot-how'), 'README.md', context)]),
  ];
  return `<sub>${parts.join(' · ')}</sub>`;
}

/** A part of the comment under its heading. */
export function headed(title: TitleId, content: string): string {
  return `#### ${say(title)}\n${content}`;
}

/** A part of the fold under its title. */
export function titled(title: TitleId, content: string): string {
  return `**${say(title)}**\n\n${content}`;
}

/** Name of a file's status for people. */
export function statusWord(status: string): string {
  return wordFor('status', status) ?? status;
}
