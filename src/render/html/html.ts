/** The report as one page to file or to mail: no script, nothing fetched, prints to A4. */
import type { Problem, Report, ReportStep } from '../../model/report.ts';
import { writeSettingTitle } from '../../policy/setting-titles.ts';
import { listUncitedSources, splitCitations, withoutCitations } from '../cited.ts';
import { compareSourceIds } from '../comment/summary.ts';
import { writeInstant } from '../dates.ts';
import { sanitizeUrl, shorten } from '../escape.ts';
import { explainOutcome, groupExamined, summarizeExamined } from '../examined.ts';
import { buildPhrase, type Phrase, toPlainText } from '../phrase.ts';
import { type CategoryGroup, groupChanges, type Row, type RuleGroup, type Value } from '../rows.ts';
import {
  describeCalendar,
  describeNotNeeded,
  findConsentReading,
  groupSteps,
  listAnsweredQuestions,
  listDateLines,
  listLabelLines,
  listLabelNotes,
  listProofs,
  nameProduct,
  writePlace,
} from '../sections.ts';
import { describeNext, describeVerdict } from '../verdict.ts';
import { findWord, formatCount, say, type TitleId } from '../words.ts';
import { type AccessPicture, drawAccess, drawMark } from './access-svg.ts';
import { style } from './style.ts';
import { type Content, Html, html, joinContents, joinLines } from './template.ts';
import { drawTimeline } from './timeline-svg.ts';

const nameLimit = 300;
const textLimit = 2000;
const typeLimit = 200;
const rowLimit = 2000;

/** A whole HTML document. All content of the report is text in it. The only links are the policy's and the contacts'. */
export function renderHtml(report: Report): string {
  const title = say('html-title', { verdict: toPlainText(describeVerdict(report)) });
  const groups = groupChanges(report);
  const parts = [
    renderProblems(report),
    renderChanges(groups, report),
    renderAccess(report),
    renderLabels(report),
    renderSteps(report),
    renderTimeline(report),
    renderQuestions(groups, report),
    renderExamined(report),
    renderAppendix(report),
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
${renderCover(report)}
<main>
${joinLines(parts.filter((part) => part !== null))}
</main>
<footer>${renderFoot(report)}</footer>
</div>
</body>
</html>
`.markup;
}

function renderPhrase(parts: Phrase): Content {
  return parts.map((part) => {
    if ('words' in part) return part.words;
    return 'text' in part ? shorten(part.text, textLimit) : renderCode(part.value, nameLimit);
  });
}

function renderCode(text: string, limit = textLimit): Content {
  return text === '' ? say('value-empty') : html`<code>${shorten(text, limit)}</code>`;
}

function renderLink(address: string | null | undefined, content: Content): Content {
  const url = sanitizeUrl(address);
  return url === null ? content : html`<a href="${url}">${content}</a>`;
}

function renderSection(id: string, title: TitleId, content: Content): Html {
  return html`<section id="${id}" aria-labelledby="${id}-h">\n<h2 id="${id}-h">${say(title)}</h2>\n${content}\n</section>`;
}

/** A table that scrolls by itself on a narrow screen and can be reached by keyboard. */
function renderTable(caption: string, head: readonly string[], rows: readonly (readonly Content[])[], name = ''): Html {
  const body = rows.map(
    ([first = null, ...rest]) =>
      html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  );
  const heads = head.map((cell) => html`<th scope="col">${cell}</th>`);
  const named = name === '' ? null : html` class="${name}"`;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table${named}><caption>${caption}</caption><thead><tr>${heads}</tr></thead><tbody>${joinLines(body)}</tbody></table></div>`;
}

function renderCover(report: Report): Html {
  const { evaluation, policy, fingerprint, breakGlass } = report;
  const renderCommit = (sha: string | null): Content =>
    sha === null ? say('working-tree') : renderCode(sha.slice(0, 12));
  const source = policy.source === 'built-in' ? say('foot-policy-built-in') : renderCode(policy.source, nameLimit);
  const facts: readonly (readonly [TitleId, Content])[] = [
    ...listDateLines(report).map(
      ({ title, text, sources }) => [title, [renderPhrase(text), linkWhy(sources, report)]] as const,
    ),
    ['html-evaluated', writeInstant(evaluation.at, report)],
    ['html-commits', [renderCommit(evaluation.base), ' → ', renderCommit(evaluation.head)]],
    ['html-change', renderCode(fingerprint.slice(0, 16))],
    ['html-policy', source],
  ];
  return html`<header class="cover ${report.verdict}">
<p class="kicker">${nameProduct(report)} · ${report.words?.title ?? say('html-subtitle')}</p>
<h1>${renderPhrase(describeVerdict(report))}</h1>
<p class="next"><strong>${say('next')}:</strong> ${renderPhrase(describeNext(report))}</p>
<dl class="facts">${facts.map(([title, text]) => html`<div${title === 'earliest' ? html` class="wide"` : null}><dt>${say(title)}</dt><dd>${text}</dd></div>`)}</dl>
</header>
${breakGlass === undefined ? null : renderBreakGlass(breakGlass, report)}${evaluation.mode === 'report' ? html`<p class="banner">${say('report-mode')}</p>` : null}`;
}

/** All changed files, folded. */
function renderExamined(report: Report): Html | null {
  const groups = groupExamined(report);
  if (groups.length === 0) return null;
  const rows = groups.flatMap(({ title, files }) =>
    files.map((file) => [renderCode(file.path, nameLimit), say(title), shorten(explainOutcome(file), textLimit)]),
  );
  const list = renderTable(say('examined'), [say('examined-file'), say('state'), say('examined-why')], rows);
  return renderSection(
    'examined',
    'examined',
    html`<details><summary>${summarizeExamined(report)}</summary>${list}</details>`,
  );
}

function renderBreakGlass({ by, label, at, until, reason }: NonNullable<Report['breakGlass']>, report: Report): Html {
  const text = buildPhrase('break-glass-text', {
    by: [{ value: by }],
    label: [{ value: label }],
    at: writeInstant(at, report),
    until: writeInstant(until, report),
    reason,
  });
  return html`<p class="banner alarm"><strong>${say('break-glass')}:</strong> ${renderPhrase(text)}</p>\n`;
}

function renderSources(sources: readonly string[], report: Report): Content {
  const links = sources.map((source) => {
    const known = Object.hasOwn(report.citations, source);
    return known ? html`<a href="#source-${buildAnchor(source)}">${source}</a>` : source;
  });
  return links.length === 0 ? null : [' (', joinContents(links, ', '), ')'];
}

/** A text with citations as links to the appendix, and with text between backticks as code. */
function renderCitedText(text: string, report: Report): Content {
  return splitCitations(shorten(text, textLimit), report).map((piece) => {
    if ('words' in piece) return renderProse(piece.words);
    const links = piece.ids.map((id) => (id === 'advice' ? id : html`<a href="#source-${buildAnchor(id)}">${id}</a>`));
    return ['(', joinContents(links, ', '), ')'];
  });
}

function renderProse(text: string): Content {
  return text.split(/(`[^`]+`)/).map((piece) => (/^`.+`$/s.test(piece) ? renderCode(piece.slice(1, -1)) : piece));
}

/** One link "why" to the first source. */
function linkWhy(sources: readonly string[], report: Report): Content {
  const known = sources.find((source) => Object.hasOwn(report.citations, source));
  return known === undefined ? null : [' (', html`<a href="#source-${buildAnchor(known)}">${say('why')}</a>`, ')'];
}

function buildAnchor(id: string): string {
  return id.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** Answers beside the changes: the two questions, notes, unnecessary tasks, the counting of days. */
function renderQuestions(groups: readonly CategoryGroup[], report: Report): Html {
  const cards = listAnsweredQuestions(report).map(
    ({ asked, answer, because }) =>
      html`<div class="card"><h3>${asked}</h3><p class="answer">${say(`answer.${answer}`)}</p><p>${renderCitedText(because, report)}</p></div>`,
  );
  const reading = findConsentReading(report);
  const notes = groups.flatMap(({ rules }) => rules.flatMap(({ note }) => note ?? []));
  const notNeeded = describeNotNeeded(report);
  const calendar = describeCalendar(report);
  const withTitle = (title: TitleId, text: Content): Html => html`<p><strong>${say(title)}:</strong> ${text}</p>`;
  const parts = [
    html`<div class="cards">${cards}</div>`,
    reading === null
      ? null
      : html`<p><strong>${renderPhrase(reading.title)}</strong> ${renderCitedText(reading.text, report)}</p>`,
    notes.length === 0
      ? null
      : html`<h3>${say('notes')}</h3><ul>${notes.map((note) => html`<li>${renderCitedText(note, report)}</li>`)}</ul>`,
    notNeeded === null ? null : withTitle('not-needed', renderCitedText(notNeeded, report)),
    calendar === null ? null : withTitle('calendar-title', renderPhrase(calendar)),
  ];
  return renderSection('questions', 'questions', joinLines(parts.filter((part) => part !== null)));
}

/** A list instead of a table, so that it can be read on a phone. */
function renderLabels(report: Report): Html | null {
  const list = listLabelLines(report);
  if (list.length === 0) return null;
  const items = list.map(({ label, state, why }) => {
    const isAccepted = state === 'accepted';
    const mark = html`<span class="state ${isAccepted ? 'good' : 'bad'}">${isAccepted ? '✓' : '✗'} ${say(`label-${state}`)}</span>`;
    return html`<li><p>${renderCode(label, nameLimit)} ${mark}</p>${why.map((line) => html`<p>${renderPhrase(line)}</p>`)}</li>`;
  });
  const notes = listLabelNotes(report).map((note) => html`<p>${renderPhrase(note)}</p>`);
  return renderSection('labels', 'labels', html`<ul class="labels">${joinLines(items)}</ul>${notes}`);
}

function renderProblems(report: Report): Html | null {
  if (report.problems.length === 0) return null;
  const renderProblem = (problem: Problem): Html => {
    const place = problem.file === undefined ? null : [renderCode(writePlace(problem), nameLimit), ': '];
    const severityClass = problem.severity === 'advice' ? 'warn' : 'bad';
    const source = problem.source === undefined ? null : renderSources([problem.source], report);
    return html`<li><strong class="${severityClass}">${say(`severity.${problem.severity}`)}</strong> ${place}${renderProse(shorten(problem.message, textLimit))}${source}</li>`;
  };
  const list = html`<ul class="problems">${report.problems.slice(0, rowLimit).map(renderProblem)}</ul>`;
  return renderSection('problems', 'problems', list);
}

function renderSteps(report: Report): Html | null {
  const groups = groupSteps(report);
  const idle = report.steps.filter((step) => step.state === 'not-applicable');
  const renderList = (steps: readonly ReportStep[]): Html =>
    html`<ul class="steps">${joinLines(steps.map((step) => renderStep(step, report)))}</ul>`;
  const parts = groups.map(({ title, steps: asked, merge }) => {
    const text = merge === null ? null : html`<p>${renderPhrase(merge)}</p>`;
    return html`<h3>${say(title)}</h3>${asked.length === 0 ? null : renderList(asked)}${text}`;
  });
  if (idle.length > 0) parts.push(html`<h3>${say('steps-not-applicable')}</h3>${renderList(idle)}`);
  return parts.length === 0 ? null : renderSection('steps', 'steps', joinLines(parts));
}

const stepMarks = { open: ['○', 'warn'], done: ['✓', 'good'], 'not-applicable': ['–', 'soft'] } as const;

/** A step on one line, with its text folded. */
function renderStep(step: ReportStep, report: Report): Html {
  const [mark, tone] = stepMarks[step.state];
  const optional = step.required ? null : `${say('step-optional')}: `;
  const who =
    step.who === ''
      ? null
      : html` <span class="soft">${renderPhrase(buildPhrase('step-who', { who: shorten(step.who, nameLimit) }))}</span>`;
  const title = html`<span class="title">${optional}${shorten(step.title, nameLimit)}</span>${who}`;
  const text = html`<p>${renderCitedText(step.text, report)}${renderSources(listUncitedSources(step.text, step.sources, report), report)}</p>`;
  const parts = [html`<details><summary>${title}</summary>${text}</details>`];
  for (const proof of listProofs(step, report)) parts.push(html`<p>${renderPhrase(proof)}</p>`);
  const links: Content[] = [];
  if (step.contact !== undefined) {
    const mail = step.contact.mail === undefined ? null : `mailto:${step.contact.mail}`;
    links.push(renderLink(step.request?.mailto ?? mail, shorten(step.contact.name, nameLimit)));
  }
  if (step.document !== undefined) links.push(renderLink(step.document.url, shorten(step.document.title, nameLimit)));
  if (links.length > 0) parts.push(html`<p class="soft">${joinContents(links, ' · ')}</p>`);
  return html`<li><span class="state ${tone}">${mark} ${say(`step-${step.state}`)}</span><div>${parts}</div></li>`;
}

function renderTimeline(report: Report): Html | null {
  const picture = drawTimeline(report);
  if (picture === null) return null;
  return renderSection(
    'timeline',
    'html-timeline',
    html`<figure><div class="picture" role="region" tabindex="0" aria-label="${say('html-timeline')}">${picture.svg}</div><figcaption>${say('html-timeline-caption')}</figcaption></figure>`,
  );
}

function renderAccess(report: Report): Html | null {
  const { pictures, hidden } = drawAccess(report);
  if (pictures.length === 0) return null;
  const figures = pictures.map((picture, index) => renderFigure(picture, index));
  const rest = hidden === 0 ? null : html`<p>${say('html-access-rest', { rest: formatCount(hidden, 'file') })}</p>`;
  return renderSection('access', 'html-access', html`<p>${say('html-access-caption')}</p>${joinLines(figures)}${rest}`);
}

function renderFigure(picture: AccessPicture, index: number): Html {
  const part = picture.part === null ? null : `, ${say('part', { part: shorten(picture.part, nameLimit) })}`;
  const rest =
    picture.hidden === 0 ? null : ` ${say('html-access-rest', { rest: formatCount(picture.hidden, 'type') })}`;
  const legend = picture.marks.map(
    (mark) =>
      html`<li><svg viewBox="0 0 26 26" aria-hidden="true">${drawMark(mark, 13, 13)}</svg>${say(`legend-${mark}`)}</li>`,
  );
  return html`<figure><h3>${renderCode(picture.file, nameLimit)}${part}</h3><div class="picture" role="region" tabindex="0" aria-label="${say('html-access')} ${index + 1}">${picture.svg}</div><ul class="legend">${legend}</ul><figcaption>${picture.alternative}${rest}</figcaption></figure>`;
}

function renderChanges(groups: readonly CategoryGroup[], report: Report): Html {
  const content = groups.map(
    (group) =>
      html`<h3>${shorten(group.title, nameLimit)} <span class="count">${formatCount(group.count, 'change')}</span></h3>${joinLines(group.rules.map((rule) => renderRule(rule, group, report)))}`,
  );
  return renderSection(
    'changes',
    'what-changes',
    content.length === 0 ? html`<p>${say('html-no-changes')}</p>` : joinLines(content),
  );
}

function renderRule(rule: RuleGroup, group: CategoryGroup, report: Report): Html {
  const reason = renderProse(shorten(withoutCitations(rule.reason, report), textLimit));
  const advisory = rule.advisory ? ` ${say('advisory')}.` : null;
  const rows = rule.rows.slice(0, rowLimit).map(renderCells);
  const hidden = rule.rows.length - rows.length;
  if (hidden > 0) rows.push([say('rest', { count: formatCount(hidden, 'change') }), '', '']);
  const caption = `${shorten(group.title, nameLimit)}, ${shorten(rule.rule, nameLimit)}`;
  return html`<p class="reason">${reason}${linkWhy(rule.sources, report)}${advisory}</p>${renderTable(caption, [say('change'), say('before'), say('after')], rows, 'changes')}`;
}

function renderCells(row: Row): readonly Content[] {
  const place = row.places[0];
  const rest = row.of === 'access' && row.places.length > 1 ? `, ${countMorePlaces(row.places.length - 1)}` : null;
  const where =
    place === undefined ? renderCode(row.file, nameLimit) : [renderCode(writePlace(place), nameLimit), rest];
  const detail = row.detail === null ? null : html`<span class="detail">${shorten(row.detail, textLimit)}</span>`;
  const renderValue = (shown: Value): Content => ('word' in shown ? say(shown.word) : renderCode(shown.literal));
  return [
    [renderRowTitle(row), html`<span class="place">${where}</span>`, detail],
    renderValue(row.before),
    renderValue(row.after),
  ];
}

function countMorePlaces(count: number): string {
  return count === 1 ? say('place-more-one') : say('place-more', { count });
}

function renderRowTitle(row: Row): string {
  const part = row.part === null ? '' : `, ${say('part', { part: shorten(row.part, nameLimit) })}`;
  if (row.of === 'setting') return `${shorten(writeSettingTitle(row.setting), nameLimit)}${part}`;
  const types = row.types.slice(0, typeLimit).map((type) => shorten(type, 120));
  const rest = row.types.length - types.length;
  if (rest > 0) types.push(say('types-rest', { types: formatCount(rest, 'type') }));
  return `${say(`channel.${row.channel}`)}, ${say(`requirement.${row.requirement}`)}${part}: ${types.join(', ')}`;
}

function renderAppendix(report: Report): Html | null {
  const files = renderTable(
    say('summary-files'),
    [say('summary-file'), say('summary-status'), say('summary-format')],
    report.files.slice(0, rowLimit).map((file) => {
      const was =
        file.previousPath === undefined
          ? null
          : [', ', renderPhrase(buildPhrase('renamed-from', { path: [{ value: file.previousPath }] }))];
      const status = [findWord('status', file.status) ?? file.status, was];
      return [renderCode(file.path, nameLimit), status, renderCode(file.format, nameLimit)];
    }),
  );
  const approvals = report.labels.accepted.flatMap((accepted) => {
    if (accepted.fingerprint === undefined) return [];
    const text = renderPhrase(
      buildPhrase('approval-for', {
        label: [{ value: accepted.label }],
        fingerprint: [{ value: accepted.fingerprint.slice(0, 16) }],
      }),
    );
    const status =
      accepted.status === undefined
        ? null
        : [', ', renderPhrase(buildPhrase('approval-proof', { status: [{ value: accepted.status }] }))];
    return [html`<li>${text}${status}</li>`];
  });
  const sentences = Object.entries(report.citations)
    .toSorted(([a], [b]) => compareSourceIds(a, b))
    .map(([id, citation]) => {
      const document = renderLink(citation.url, shorten(citation.document, nameLimit));
      return html`<dt id="source-${buildAnchor(id)}">${shorten(id, 40)}</dt><dd>${shorten(citation.text, textLimit)} <span class="soft">${document}</span></dd>`;
    });
  const parts = [
    ...(report.files.length === 0 ? [] : [files]),
    ...(approvals.length === 0 ? [] : [html`<h3>${say('summary-approvals')}</h3><ul>${approvals}</ul>`]),
    ...(sentences.length === 0
      ? []
      : [html`<h3>${say('summary-sources')}</h3><dl class="citations">${joinLines(sentences)}</dl>`]),
  ];
  return parts.length === 0 ? null : renderSection('appendix', 'html-appendix', joinLines(parts));
}

function renderFoot({ fingerprint, policy: { name, digest } }: Report): string {
  return `${say('html-fingerprint', { fingerprint })} ${say('html-policy-digest', { name, digest })}`;
}
