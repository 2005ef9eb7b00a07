/** The parts that the comment and the job summary are made of, as GitHub-flavoured Markdown. */
import type { Problem, Report, ReportStep } from '../../model/report.ts';
import { settingTitle } from '../../policy/setting-titles.ts';
import { sourcesBeside, splitCitations } from '../cited.ts';
import { writeInstant } from '../dates.ts';
import { codeSpan, encodePath, inlineText, safeUrl, shorten, visible } from '../escape.ts';
import { type Phrase, phrase } from '../phrase.ts';
import { type CategoryGroup, nothingWord, type Row, type RowPlace, type RuleGroup } from '../rows.ts';
import { dateLines, type LabelState, labelLines, placeText, stepGroups, stepProof, stepsInOrder } from '../verdict.ts';
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
const nameLimit = 200;
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
function documented(text: string, page: string, context: MarkdownContext): string {
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

/** A piece of a text, escaped, with the blanks that separate it from the others. */
function withBlanks(words: string): string {
  const blank = (found: RegExp): string => (found.test(words) ? ' ' : '');
  return `${blank(/^\s/)}${inlineText(words.trim())}${blank(/\S\s+$/)}`;
}

/** A text whose citations are links. */
export function citedText(text: string, report: Report, context: MarkdownContext): string {
  return splitCitations(shorten(text, textLimit), report)
    .map((piece) => {
      if ('words' in piece) return withBlanks(piece.words);
      const links = piece.ids.map((id) => (id === 'advice' ? id : sourceLinks([id], report, context)));
      return `(${links.join(', ')})`;
    })
    .join('');
}

export function ruleLink(rule: string, context: MarkdownContext): string {
  return documented(codeSpan(shorten(rule, 80)), `rules.md#${anchor(rule)}`, context);
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
  const row = (id: 'configuration' | 'workflow'): readonly string[] => [
    report.asked === undefined ? say(`question-${id}`) : inlineText(report.asked[id]),
    `**${say(`answer.${report.questions[id]}`)}**`,
    citedText(report.because[id], report, context),
  ];
  return table([say('question'), say('answer'), say('because')], [row('configuration'), row('workflow')]);
}

/** The labels' table; empty where there is no label to speak of. */
export function labelTable(report: Report): string {
  const lines = labelLines(report);
  if (lines.length === 0) return '';
  const rows = lines.slice(0, labelLimit).map((line) => {
    const state = `**${marks[line.state]} ${say(`label-${line.state}`)}**`;
    return [codeSpan(shorten(line.label, nameLimit)), [state, ...line.why.map(markdown)].join('<br>')];
  });
  if (lines.length > labelLimit) rows.push([say('rest', { count: counted(lines.length - labelLimit, 'label') }), '']);
  return table([say('label'), say('label-state')], rows);
}

export function dates(report: Report, context: MarkdownContext): readonly string[] {
  return dateLines(report).map((line) => {
    const sources = sourceLinks(line.sources, report, context);
    return `**${say(line.title)}:** ${markdown(line.text)}${sources === '' ? '' : ` (${sources})`}`;
  });
}

/** Lines that nobody may overlook: report mode, the emergency way. */
export function banners(report: Report): readonly string[] {
  const lines: string[] = [];
  const { breakGlass, evaluation } = report;
  if (breakGlass !== undefined) {
    const text = phrase('break-glass-text', {
      by: [{ value: breakGlass.by }],
      label: [{ value: breakGlass.label }],
      at: writeInstant(breakGlass.at),
      until: writeInstant(breakGlass.until),
      reason: breakGlass.reason,
    });
    lines.push(`> [!CAUTION]\n> **${say('break-glass')}:** ${markdown(text)}`); // GitHub draws it red
  }
  if (evaluation.mode === 'report') lines.push(say('report-mode'));
  if (evaluation.provenance === 'none' && report.labels.accepted.length > 0) lines.push(say('local-labels'));
  return lines;
}

/** The steps as a task list, each with its id in a hidden comment at the end of its line. */
export function steps(report: Report, context: MarkdownContext, detail: Detail): string {
  const groups = stepGroups(report).map(({ title, steps: list, merge }) => {
    const lines = list.map((step) => stepLine(step, report, context, detail));
    return `**${say(title)}**\n\n${[...lines, ...(merge === null ? [] : [`- ${markdown(merge)}`])].join('\n')}`;
  });
  const idle = detail.idle ? report.steps.filter((step) => step.state === 'not-applicable') : [];
  const requests = detail.request ? report.steps.flatMap((step) => requestBlock(step)) : [];
  const rest = idle.map((step) => `- ${inlineText(shorten(step.title, nameLimit))}`).join('\n');
  return [...groups, ...requests, ...(rest === '' ? [] : [fold(say('steps-not-applicable'), rest)])]
    .filter(Boolean)
    .join('\n\n');
}

/** The boxes alone: where nothing else fits, what people ticked must not be lost. */
export function stepBoxes(report: Report, context: MarkdownContext): string {
  return stepsInOrder(report)
    .map((step) => boxLine(step, context, stepName(step)))
    .join('\n');
}

function stepName({ title, required }: ReportStep): string {
  return `${required ? '' : `${say('step-optional')}: `}**${inlineText(shorten(title, nameLimit))}**`;
}

function boxLine(step: ReportStep, context: MarkdownContext, text: string): string {
  const ticked =
    context.ticks !== undefined && Object.hasOwn(context.ticks, step.id) && context.ticks[step.id] === true;
  const id = /^[a-z0-9-]+$/.test(step.id) ? ` <!-- step:${step.id} -->` : '';
  // A box would be read back as a tick, and a later push takes the label away.
  if (step.attested !== undefined && !ticked) return `- ✓ ${text}`;
  return `- [${step.state === 'done' || ticked ? 'x' : ' '}] ${text}${id}`;
}

function stepLine(step: ReportStep, report: Report, context: MarkdownContext, detail: Detail): string {
  const who = step.who === '' ? '' : ` ${markdown(phrase('step-who', { who: shorten(step.who, nameLimit) }))}`;
  const pieces = [`${stepName(step)}${who}`];
  const withText = detail.stepTexts && step.text !== '' && step.attested === undefined;
  if (withText) pieces.push(citedText(step.text, report, context));
  for (const proof of stepProof(step)) pieces.push(`${markdown(proof)}.`);
  if (step.tick !== undefined) {
    const id = step.tick.counts ? 'step-ticked' : 'step-ticked-not-counted';
    pieces.push(markdown(phrase(id, { by: [{ value: step.tick.by }], at: writeInstant(step.tick.at) })));
  }
  if (step.state === 'open') pieces.push(...stepLinks(step));
  const sources = sourceLinks(
    step.attested === undefined ? sourcesBeside(withText ? step.text : '', step.sources, report) : [],
    report,
    context,
  );
  if (sources !== '') pieces.push(`(${sources})`);
  return boxLine(step, context, pieces.join(' '));
}

/** An address that GitHub takes for a reference would tick the box when that issue closes. */
function stepUrl(address: string | undefined): string | null {
  const url = safeUrl(address);
  return url === null || /\/(issues|pull|discussions)\/\d/i.test(url) ? null : url;
}

function stepLinks(step: ReportStep): readonly string[] {
  const links: string[] = [];
  const request = stepUrl(step.request?.mailto);
  if (request !== null) {
    const name = shorten(step.contact?.name ?? step.who, nameLimit);
    links.push(`[${markdown(phrase('step-mail', { name }))}](${request})`);
  } else if (step.contact !== undefined) {
    const mail = step.contact.mail === undefined ? null : stepUrl(`mailto:${step.contact.mail}`);
    const name = { name: shorten(step.contact.name, nameLimit) };
    links.push(
      mail === null ? markdown(phrase('step-contact', name)) : `[${markdown(phrase('step-mail-to', name))}](${mail})`,
    );
  }
  const document = stepUrl(step.document?.url);
  if (document !== null && step.document !== undefined) {
    links.push(
      `[${markdown(phrase('step-document', { title: shorten(step.document.title, nameLimit) }))}](${document})`,
    );
  }
  return links;
}

function requestBlock(step: ReportStep): readonly string[] {
  if (step.request === undefined || step.request.text === '' || step.state !== 'open') return [];
  return [fold(say('step-request-text'), codeBlock(shorten(step.request.text, 6000)))];
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

/** What stands in the way besides the changes. */
export function problems(report: Report, context: MarkdownContext): string {
  const grave = report.problems.filter((problem) => problem.severity !== 'advice');
  return grave.length === 0 ? '' : `${heading('problems')}\n\n${problemList(grave, report, context)}`;
}

/** What the reader may like to know; in a fold. */
export function advice(report: Report, context: MarkdownContext, detail: Detail): string {
  const items = detail.advice ? report.problems.filter((problem) => problem.severity === 'advice') : [];
  if (items.length === 0) return '';
  return fold(say('advice-fold', { problems: counted(items.length, 'problem') }), problemList(items, report, context));
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

/** The changes of every category, worst first; those that nobody must review stand in a fold at the end. */
export function changes(
  groups: readonly CategoryGroup[],
  report: Report,
  context: MarkdownContext,
  detail: Detail,
): string {
  const parts = groups.filter((group) => !group.quiet).map((group) => category(group, report, context, detail));
  const quiet = groups.filter((group) => group.quiet);
  if (detail.quiet && quiet.length > 0) {
    const count = quiet.reduce((sum, group) => sum + group.count, 0);
    const content = quiet.map((group) => category(group, report, context, detail)).join('\n\n');
    parts.push(fold(say('quiet-changes', { changes: counted(count, 'change') }), content));
  }
  return parts.join('\n\n');
}

function category(group: CategoryGroup, report: Report, context: MarkdownContext, detail: Detail): string {
  const heading = `#### ${inlineText(shorten(group.title, nameLimit))}: ${counted(group.count, 'change')}`;
  return [heading, ...group.rules.map((rule) => ruleTable(rule, report, context, detail))].join('\n\n');
}

function ruleTable(rule: RuleGroup, report: Report, context: MarkdownContext, detail: Detail): string {
  const sources = sourceLinks(sourcesBeside(rule.reason, rule.sources, report), report, context);
  const sentence = [
    `${ruleLink(rule.rule, context)}: ${citedText(rule.reason, report, context)}`,
    ...(sources === '' ? [] : [`(${sources})`]),
    ...(rule.advisory ? [`*${say('advisory')}*`] : []),
    ...(detail.notes && rule.note !== null ? [say('note', { note: citedText(rule.note, report, context) })] : []),
  ].join(' ');
  const rows = rule.rows.slice(0, detail.rowLimit);
  const head = [say('change'), ...(detail.before ? [say('before')] : []), say('after')];
  const lines = rows.map((row) => rowCells(row, context, detail));
  const parts = [sentence];
  if (lines.length > 0) parts.push(table(head, lines.slice(0, detail.openRows)));
  if (lines.length > detail.openRows) {
    const hidden = rows.slice(detail.openRows).reduce((sum, row) => sum + row.count, 0);
    parts.push(fold(say('rest', { count: counted(hidden, 'change') }), table(head, lines.slice(detail.openRows))));
  }
  return parts.join('\n\n');
}

function rowCells(row: Row, context: MarkdownContext, detail: Detail): readonly string[] {
  const lines = [rowTitle(row, detail)];
  const place = row.places[0];
  const more = row.of === 'access' ? row.places.length - 1 : 0;
  const ends = more === 0 ? '' : `, ${more === 1 ? say('place-more-one') : say('place-more', { count: more })}`;
  lines.push(place === undefined ? codeSpan(shorten(row.file, nameLimit)) : `${placeLink(place, context)}${ends}`);
  if (detail.notes && row.detail !== null) lines.push(inlineText(shorten(row.detail, sentenceLimit)));
  return [
    lines.join('<br>'),
    ...(detail.before ? [cellValue(row.before, row, detail)] : []),
    cellValue(row.after, row, detail),
  ];
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

function cellValue(value: string | null, row: Row, detail: Detail): string {
  if (value === null) return say(nothingWord(row));
  return value === '' ? say('value-empty') : codeSpan(shorten(value, detail.valueLimit));
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
    say('foot-evaluated', { at: inlineText(writeInstant(evaluation.at)) }),
    say('foot-fingerprint', { fingerprint: codeSpan(report.fingerprint.slice(0, 12)) }),
    say('foot-version', { version: inlineText(context.version) }),
    ...(safeUrl(context.documentation) === null ? [] : [documented(say('foot-how'), 'README.md', context)]),
  ];
  return `<sub>${parts.join(' · ')}</sub>`;
}

export function heading(title: TitleId): string {
  return `#### ${say(title)}`;
}

/** Name of a file's status for people. */
export function statusWord(status: string): string {
  return wordFor('status', status) ?? status;
}
