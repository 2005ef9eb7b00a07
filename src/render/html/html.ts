/** The report as one page to file or to mail: no script, nothing fetched, prints to A4. */
import type { Problem, Report, ReportStep } from '../../model/report.ts';
import { settingTitle } from '../../policy/setting-titles.ts';
import { sourcesBeside, splitCitations, withoutCitations } from '../cited.ts';
import { byNumber } from '../comment/summary.ts';
import { writeInstant } from '../dates.ts';
import { safeUrl, shorten } from '../escape.ts';
import { examinedSummary, examinedWhy, groupExamined } from '../examined.ts';
import { type Phrase, phrase, toPlainText } from '../phrase.ts';
import { type CategoryGroup, groupChanges, type Row, type RuleGroup, type Value } from '../rows.ts';
import {
  answeredQuestions,
  calendarPhrase,
  consentReading,
  dateLines,
  labelLines,
  labelNotes,
  nextPhrase,
  notNeededText,
  placeText,
  productName,
  stepGroups,
  stepProof,
  verdictPhrase,
} from '../verdict.ts';
import { counted, say, type TitleId, wordFor } from '../words.ts';
import { type AccessPicture, accessSvgs, markSvg } from './access-svg.ts';
import { style } from './style.ts';
import { type Content, Html, html, joined, lines } from './template.ts';
import { timelineSvg } from './timeline-svg.ts';

const nameLimit = 300;
const textLimit = 2000;
const typeLimit = 200;
const rowLimit = 2000;

/** A whole HTML document. Everything from the report is text in it; the only links are the policy's and the contacts'. */
export function renderHtml(report: Report): string {
  const title = say('html-title', { verdict: toPlainText(verdictPhrase(report)) });
  const groups = groupChanges(report);
  const parts = [
    problems(report),
    changes(groups, report),
    access(report),
    labels(report),
    steps(report),
    timeline(report),
    questions(groups, report),
    examined(report),
    appendix(report),
  ];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#changes">${say('html-skip')}</a>
<div class="page">
${cover(report)}
<main>
${lines(parts.filter((part) => part !== null))}
</main>
<footer>${foot(report)}</footer>
</div>
</body>
</html>
`.markup;
}

function inline(parts: Phrase): Content {
  return parts.map((part) => {
    if ('words' in part) return part.words;
    return 'text' in part ? shorten(part.text, textLimit) : code(part.value, nameLimit);
  });
}

function code(text: string, limit = textLimit): Content {
  return text === '' ? say('value-empty') : html`<code>${shorten(text, limit)}</code>`;
}

function link(address: string | null | undefined, content: Content): Content {
  const url = safeUrl(address);
  return url === null ? content : html`<a href="${url}">${content}</a>`;
}

function section(id: string, title: TitleId, content: Content): Html {
  return html`<section id="${id}" aria-labelledby="${id}-h">\n<h2 id="${id}-h">${say(title)}</h2>\n${content}\n</section>`;
}

/** A table that scrolls by itself on a narrow screen and can be reached by keyboard. */
function table(caption: string, head: readonly string[], rows: readonly (readonly Content[])[], name = ''): Html {
  const body = rows.map(
    ([first = null, ...rest]) =>
      html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  );
  const heads = head.map((cell) => html`<th scope="col">${cell}</th>`);
  const named = name === '' ? null : html` class="${name}"`;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table${named}><caption>${caption}</caption><thead><tr>${heads}</tr></thead><tbody>${lines(body)}</tbody></table></div>`;
}

function cover(report: Report): Html {
  const { evaluation, policy, fingerprint, breakGlass } = report;
  const commit = (sha: string | null): Content => (sha === null ? say('working-tree') : code(sha.slice(0, 12)));
  const source = policy.source === 'built-in' ? say('foot-policy-built-in') : code(policy.source, nameLimit);
  const facts: readonly (readonly [TitleId, Content])[] = [
    ...dateLines(report).map(({ title, text, sources }) => [title, [inline(text), whyLink(sources, report)]] as const),
    ['html-evaluated', writeInstant(evaluation.at, report)],
    ['html-commits', [commit(evaluation.base), ' → ', commit(evaluation.head)]],
    ['html-change', code(fingerprint.slice(0, 16))],
    ['html-policy', source],
  ];
  return html`<header class="cover ${report.verdict}">
<p class="kicker">${productName(report)} · ${report.words?.title ?? say('html-subtitle')}</p>
<h1>${inline(verdictPhrase(report))}</h1>
<p class="next"><strong>${say('next')}:</strong> ${inline(nextPhrase(report))}</p>
<dl class="facts">${facts.map(([title, text]) => html`<div${title === 'earliest' ? html` class="wide"` : null}><dt>${say(title)}</dt><dd>${text}</dd></div>`)}</dl>
</header>
${breakGlass === undefined ? null : alarm(breakGlass, report)}${evaluation.mode === 'report' ? html`<p class="banner">${say('report-mode')}</p>` : null}`;
}

/** All changed files, folded. */
function examined(report: Report): Html | null {
  const groups = groupExamined(report);
  if (groups.length === 0) return null;
  const rows = groups.flatMap(({ title, files }) =>
    files.map((file) => [code(file.path, nameLimit), say(title), shorten(examinedWhy(file), textLimit)]),
  );
  const list = table(say('examined'), [say('examined-file'), say('state'), say('examined-why')], rows);
  return section('examined', 'examined', html`<details><summary>${examinedSummary(report)}</summary>${list}</details>`);
}

function alarm({ by, label, at, until, reason }: NonNullable<Report['breakGlass']>, report: Report): Html {
  const text = phrase('break-glass-text', {
    by: [{ value: by }],
    label: [{ value: label }],
    at: writeInstant(at, report),
    until: writeInstant(until, report),
    reason,
  });
  return html`<p class="banner alarm"><strong>${say('break-glass')}:</strong> ${inline(text)}</p>\n`;
}

function cited(sources: readonly string[], report: Report): Content {
  const links = sources.map((source) => {
    const known = Object.hasOwn(report.citations, source);
    return known ? html`<a href="#source-${anchor(source)}">${source}</a>` : source;
  });
  return links.length === 0 ? null : [' (', joined(links, ', '), ')'];
}

/** A text whose citations are links to the appendix, and text between backticks is code. */
function citedText(text: string, report: Report): Content {
  return splitCitations(shorten(text, textLimit), report).map((piece) => {
    if ('words' in piece) return prose(piece.words);
    const links = piece.ids.map((id) => (id === 'advice' ? id : html`<a href="#source-${anchor(id)}">${id}</a>`));
    return ['(', joined(links, ', '), ')'];
  });
}

function prose(text: string): Content {
  return text.split(/(`[^`]+`)/).map((piece) => (/^`.+`$/s.test(piece) ? code(piece.slice(1, -1)) : piece));
}

/** One link "why" to the first sentence that something rests on. */
function whyLink(sources: readonly string[], report: Report): Content {
  const known = sources.find((source) => Object.hasOwn(report.citations, source));
  return known === undefined ? null : [' (', html`<a href="#source-${anchor(known)}">${say('why')}</a>`, ')'];
}

function anchor(id: string): string {
  return id.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** Everything beside the changes that readers may ask: the two questions, notes, what need not be done, how days are counted. */
function questions(groups: readonly CategoryGroup[], report: Report): Html {
  const cards = answeredQuestions(report).map(
    ({ asked, answer, because }) =>
      html`<div class="card"><h3>${asked}</h3><p class="answer">${say(`answer.${answer}`)}</p><p>${citedText(because, report)}</p></div>`,
  );
  const reading = consentReading(report);
  const notes = groups.flatMap(({ rules }) => rules.flatMap(({ note }) => note ?? []));
  const notNeeded = notNeededText(report);
  const calendar = calendarPhrase(report);
  const titled = (title: TitleId, text: Content): Html => html`<p><strong>${say(title)}:</strong> ${text}</p>`;
  const parts = [
    html`<div class="cards">${cards}</div>`,
    reading === null ? null : html`<p><strong>${inline(reading.title)}</strong> ${citedText(reading.text, report)}</p>`,
    notes.length === 0
      ? null
      : html`<h3>${say('notes')}</h3><ul>${notes.map((note) => html`<li>${citedText(note, report)}</li>`)}</ul>`,
    notNeeded === null ? null : titled('not-needed', citedText(notNeeded, report)),
    calendar === null ? null : titled('calendar-title', inline(calendar)),
  ];
  return section('questions', 'questions', lines(parts.filter((part) => part !== null)));
}

/** A list instead of a table, so that it can be read on a phone. */
function labels(report: Report): Html | null {
  const list = labelLines(report);
  if (list.length === 0) return null;
  const items = list.map(({ label, state, why }) => {
    const good = state === 'accepted';
    const mark = html`<span class="state ${good ? 'good' : 'bad'}">${good ? '✓' : '✗'} ${say(`label-${state}`)}</span>`;
    return html`<li><p>${code(label, nameLimit)} ${mark}</p>${why.map((line) => html`<p>${inline(line)}</p>`)}</li>`;
  });
  const notes = labelNotes(report).map((note) => html`<p>${inline(note)}</p>`);
  return section('labels', 'labels', html`<ul class="labels">${lines(items)}</ul>${notes}`);
}

function problems(report: Report): Html | null {
  if (report.problems.length === 0) return null;
  const item = (problem: Problem): Html => {
    const place = problem.file === undefined ? null : [code(placeText(problem), nameLimit), ': '];
    const grave = problem.severity === 'advice' ? 'warn' : 'bad';
    const source = problem.source === undefined ? null : cited([problem.source], report);
    return html`<li><strong class="${grave}">${say(`severity.${problem.severity}`)}</strong> ${place}${prose(shorten(problem.message, textLimit))}${source}</li>`;
  };
  const list = html`<ul class="problems">${report.problems.slice(0, rowLimit).map(item)}</ul>`;
  return section('problems', 'problems', list);
}

function steps(report: Report): Html | null {
  const groups = stepGroups(report);
  const idle = report.steps.filter((step) => step.state === 'not-applicable');
  const list = (steps: readonly ReportStep[]): Html =>
    html`<ul class="steps">${lines(steps.map((step) => stepItem(step, report)))}</ul>`;
  const parts = groups.map(({ title, steps: asked, merge }) => {
    const text = merge === null ? null : html`<p>${inline(merge)}</p>`;
    return html`<h3>${say(title)}</h3>${asked.length === 0 ? null : list(asked)}${text}`;
  });
  if (idle.length > 0) parts.push(html`<h3>${say('steps-not-applicable')}</h3>${list(idle)}`);
  return parts.length === 0 ? null : section('steps', 'steps', lines(parts));
}

const stepMarks = { open: ['○', 'warn'], done: ['✓', 'good'], 'not-applicable': ['–', 'soft'] } as const;

/** A step on one line, with its text folded. */
function stepItem(step: ReportStep, report: Report): Html {
  const [mark, tone] = stepMarks[step.state];
  const optional = step.required ? null : `${say('step-optional')}: `;
  const who =
    step.who === ''
      ? null
      : html` <span class="soft">${inline(phrase('step-who', { who: shorten(step.who, nameLimit) }))}</span>`;
  const title = html`<span class="title">${optional}${shorten(step.title, nameLimit)}</span>${who}`;
  const text = html`<p>${citedText(step.text, report)}${cited(sourcesBeside(step.text, step.sources, report), report)}</p>`;
  const parts = [html`<details><summary>${title}</summary>${text}</details>`];
  for (const proof of stepProof(step, report)) parts.push(html`<p>${inline(proof)}</p>`);
  const aids: Content[] = [];
  if (step.contact !== undefined) {
    const mail = step.contact.mail === undefined ? null : `mailto:${step.contact.mail}`;
    aids.push(link(step.request?.mailto ?? mail, shorten(step.contact.name, nameLimit)));
  }
  if (step.document !== undefined) aids.push(link(step.document.url, shorten(step.document.title, nameLimit)));
  if (aids.length > 0) parts.push(html`<p class="soft">${joined(aids, ' · ')}</p>`);
  return html`<li><span class="state ${tone}">${mark} ${say(`step-${step.state}`)}</span><div>${parts}</div></li>`;
}

function timeline(report: Report): Html | null {
  const picture = timelineSvg(report);
  if (picture === null) return null;
  return section(
    'timeline',
    'html-timeline',
    html`<figure><div class="picture" role="region" tabindex="0" aria-label="${say('html-timeline')}">${picture.svg}</div><figcaption>${say('html-timeline-caption')}</figcaption></figure>`,
  );
}

function access(report: Report): Html | null {
  const { pictures, hidden } = accessSvgs(report);
  if (pictures.length === 0) return null;
  const figures = pictures.map((picture, index) => accessFigure(picture, index));
  const rest = hidden === 0 ? null : html`<p>${say('html-access-rest', { rest: counted(hidden, 'file') })}</p>`;
  return section('access', 'html-access', html`<p>${say('html-access-caption')}</p>${lines(figures)}${rest}`);
}

function accessFigure(picture: AccessPicture, index: number): Html {
  const part = picture.part === null ? null : `, ${say('part', { part: shorten(picture.part, nameLimit) })}`;
  const rest = picture.hidden === 0 ? null : ` ${say('html-access-rest', { rest: counted(picture.hidden, 'type') })}`;
  const legend = picture.marks.map(
    (mark) =>
      html`<li><svg viewBox="0 0 26 26" aria-hidden="true">${markSvg(mark, 13, 13)}</svg>${say(`legend-${mark}`)}</li>`,
  );
  return html`<figure><h3>${code(picture.file, nameLimit)}${part}</h3><div class="picture" role="region" tabindex="0" aria-label="${say('html-access')} ${index + 1}">${picture.svg}</div><ul class="legend">${legend}</ul><figcaption>${picture.alternative}${rest}</figcaption></figure>`;
}

function changes(groups: readonly CategoryGroup[], report: Report): Html {
  const content = groups.map(
    (group) =>
      html`<h3>${shorten(group.title, nameLimit)} <span class="count">${counted(group.count, 'change')}</span></h3>${lines(group.rules.map((rule) => ruleTable(rule, group, report)))}`,
  );
  return section(
    'changes',
    'what-changes',
    content.length === 0 ? html`<p>${say('html-no-changes')}</p>` : lines(content),
  );
}

function ruleTable(rule: RuleGroup, group: CategoryGroup, report: Report): Html {
  const reason = prose(shorten(withoutCitations(rule.reason, report), textLimit));
  const advisory = rule.advisory ? ` ${say('advisory')}.` : null;
  const rows = rule.rows.slice(0, rowLimit).map(rowCells);
  const hidden = rule.rows.length - rows.length;
  if (hidden > 0) rows.push([say('rest', { count: counted(hidden, 'change') }), '', '']);
  const caption = `${shorten(group.title, nameLimit)}, ${shorten(rule.rule, nameLimit)}`;
  return html`<p class="reason">${reason}${whyLink(rule.sources, report)}${advisory}</p>${table(caption, [say('change'), say('before'), say('after')], rows, 'changes')}`;
}

function rowCells(row: Row): readonly Content[] {
  const place = row.places[0];
  const rest = row.of === 'access' && row.places.length > 1 ? `, ${more(row.places.length - 1)}` : null;
  const where = place === undefined ? code(row.file, nameLimit) : [code(placeText(place), nameLimit), rest];
  const detail = row.detail === null ? null : html`<span class="detail">${shorten(row.detail, textLimit)}</span>`;
  const value = (shown: Value): Content => ('word' in shown ? say(shown.word) : code(shown.literal));
  return [[rowTitle(row), html`<span class="place">${where}</span>`, detail], value(row.before), value(row.after)];
}

function more(count: number): string {
  return count === 1 ? say('place-more-one') : say('place-more', { count });
}

function rowTitle(row: Row): string {
  const part = row.part === null ? '' : `, ${say('part', { part: shorten(row.part, nameLimit) })}`;
  if (row.of === 'setting') return `${shorten(settingTitle(row.setting), nameLimit)}${part}`;
  const types = row.types.slice(0, typeLimit).map((type) => shorten(type, 120));
  const rest = row.types.length - types.length;
  if (rest > 0) types.push(say('types-rest', { types: counted(rest, 'type') }));
  return `${say(`channel.${row.channel}`)}, ${say(`requirement.${row.requirement}`)}${part}: ${types.join(', ')}`;
}

function appendix(report: Report): Html | null {
  const files = table(
    say('summary-files'),
    [say('summary-file'), say('summary-status'), say('summary-format')],
    report.files.slice(0, rowLimit).map((file) => {
      const was =
        file.previousPath === undefined
          ? null
          : [', ', inline(phrase('renamed-from', { path: [{ value: file.previousPath }] }))];
      const status = [wordFor('status', file.status) ?? file.status, was];
      return [code(file.path, nameLimit), status, code(file.format, nameLimit)];
    }),
  );
  const receipts = report.labels.accepted.flatMap((accepted) => {
    if (accepted.fingerprint === undefined) return [];
    const text = inline(
      phrase('receipt', {
        label: [{ value: accepted.label }],
        fingerprint: [{ value: accepted.fingerprint.slice(0, 16) }],
      }),
    );
    const status =
      accepted.status === undefined
        ? null
        : [', ', inline(phrase('receipt-status', { status: [{ value: accepted.status }] }))];
    return [html`<li>${text}${status}</li>`];
  });
  const sentences = Object.entries(report.citations)
    .toSorted(([a], [b]) => byNumber(a, b))
    .map(([id, citation]) => {
      const document = link(citation.url, shorten(citation.document, nameLimit));
      return html`<dt id="source-${anchor(id)}">${shorten(id, 40)}</dt><dd>${shorten(citation.text, textLimit)} <span class="soft">${document}</span></dd>`;
    });
  const parts = [
    ...(report.files.length === 0 ? [] : [files]),
    ...(receipts.length === 0 ? [] : [html`<h3>${say('summary-receipts')}</h3><ul>${receipts}</ul>`]),
    ...(sentences.length === 0
      ? []
      : [html`<h3>${say('summary-sources')}</h3><dl class="citations">${lines(sentences)}</dl>`]),
  ];
  return parts.length === 0 ? null : section('appendix', 'html-appendix', lines(parts));
}

function foot({ fingerprint, policy: { name, digest } }: Report): string {
  return `${say('html-fingerprint', { fingerprint })} ${say('html-policy-digest', { name, digest })}`;
}
