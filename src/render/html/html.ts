/** The report as one page to file or to mail: no script, nothing fetched, prints to A4. */
import type { Problem, Report, ReportStep } from '../../model/report.ts';
import { byNumber } from '../comment/summary.ts';
import { writeInstant } from '../dates.ts';
import { html, safeUrl, shorten } from '../escape.ts';
import { type Phrase, phrase, plain } from '../phrase.ts';
import { type CategoryGroup, groupChanges, nothingWord, type Row, type RuleGroup } from '../rows.ts';
import {
  calendarPhrase,
  consentReading,
  dateLines,
  type LabelLine,
  labelLines,
  nextPhrase,
  placeText,
  stepsInOrder,
  verdictPhrase,
} from '../verdict.ts';
import { counted, say, settingName, type WordId, wordFor } from '../words.ts';
import { type AccessPicture, accessSvgs, markSvg } from './access-svg.ts';
import { style } from './style.ts';
import { timelineSvg } from './timeline-svg.ts';

const nameLimit = 300;
const textLimit = 2000;
const typeLimit = 200;
const rowLimit = 2000;

/** A whole HTML document. Everything from the report is text in it; the only links are the policy's and the contacts'. */
export function renderHtml(report: Report): string {
  const title = say('html-title', { verdict: plain(verdictPhrase(report)) });
  const groups = groupChanges(report);
  const parts = [
    decision(report),
    steps(report),
    timeline(report),
    access(report),
    changes(groups, report),
    appendix(report),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${html(title)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#decision">${html(say('html-skip'))}</a>
<div class="page">
${cover(report)}
<main>
${parts.filter((part) => part !== '').join('\n')}
</main>
<footer>${foot(report)}</footer>
</div>
</body>
</html>
`;
}

function inline(parts: Phrase): string {
  return parts
    .map((part) => {
      if ('words' in part) return html(part.words);
      return 'text' in part ? html(shorten(part.text, textLimit)) : code(part.value, nameLimit);
    })
    .join('');
}

function code(text: string, limit = textLimit): string {
  return text === '' ? html(say('value-empty')) : `<code>${html(shorten(text, limit))}</code>`;
}

function link(address: string | null | undefined, content: string): string {
  const url = safeUrl(address);
  return url === null ? content : `<a href="${html(url)}">${content}</a>`;
}

function section(id: string, title: WordId, content: string): string {
  return `<section id="${id}" aria-labelledby="${id}-h">\n<h2 id="${id}-h">${html(say(title))}</h2>\n${content}\n</section>`;
}

/** A table that scrolls by itself on a narrow screen and can be reached by keyboard. */
function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[], name = ''): string {
  const lines = rows.map(
    ([first = '', ...rest]) =>
      `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
  );
  const heads = head.map((cell) => `<th scope="col">${html(cell)}</th>`).join('');
  return `<div class="scroll" role="region" tabindex="0" aria-label="${html(caption)}"><table${name === '' ? '' : ` class="${name}"`}><caption>${html(caption)}</caption><thead><tr>${heads}</tr></thead><tbody>${lines.join('\n')}</tbody></table></div>`;
}

function cover(report: Report): string {
  const { evaluation, policy, fingerprint, breakGlass } = report;
  const commit = (sha: string | null): string => (sha === null ? html(say('working-tree')) : code(sha.slice(0, 12)));
  const calendar = calendarPhrase(report);
  const facts: (readonly [string, string])[] = [
    ...dateLines(report).map((line): readonly [string, string] => [
      say(line.title),
      inline(line.text) + cited(line.sources, report),
    ]),
    ...(calendar === null ? [] : [[say('calendar-title'), inline(calendar)] as const]),
    [say('html-evaluated'), html(writeInstant(evaluation.at))],
    [say('html-commits'), `${commit(evaluation.base)} → ${commit(evaluation.head)}`],
    [say('html-change'), code(fingerprint.slice(0, 16))],
    [
      say('html-policy'),
      policy.source === 'built-in' ? html(say('foot-policy-built-in')) : code(policy.source, nameLimit),
    ],
  ];
  const banners: Phrase[] = [];
  let alarm = '';
  if (breakGlass !== undefined) {
    const { by, label, reason } = breakGlass;
    const at = writeInstant(breakGlass.at);
    const until = writeInstant(breakGlass.until);
    const text = phrase('break-glass-text', { by: [{ value: by }], label: [{ value: label }], at, until, reason });
    alarm = `<p class="banner alarm"><strong>${html(say('break-glass'))}:</strong> ${inline(text)}</p>\n`;
  }
  if (evaluation.mode === 'report') banners.push(phrase('report-mode'));
  if (evaluation.provenance === 'none' && report.labels.accepted.length > 0) banners.push(phrase('local-labels'));
  return `<header class="cover ${report.verdict}">
<p class="kicker">${html(say('product'))} · ${html(say('html-subtitle'))}</p>
<h1>${inline(verdictPhrase(report))}</h1>
<p class="next"><strong>${html(say('next'))}:</strong> ${inline(nextPhrase(report))}</p>
<dl class="facts">${facts.map(([name, text]) => `<div${name === say('earliest') ? ' class="wide"' : ''}><dt>${html(name)}</dt><dd>${text}</dd></div>`).join('')}</dl>
</header>
${alarm}${banners.map((banner) => `<p class="banner">${inline(banner)}</p>`).join('\n')}`;
}

function cited(sources: readonly string[], report: Report): string {
  const links = sources.map((source) => {
    const known = Object.hasOwn(report.citations, source);
    return known ? `<a href="#source-${anchor(source)}">${html(source)}</a>` : html(source);
  });
  return links.length === 0 ? '' : ` (${links.join(', ')})`;
}

function anchor(id: string): string {
  return id.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

function decision(report: Report): string {
  const card = (id: 'configuration' | 'workflow'): string =>
    `<div class="card"><h3>${html(report.asked?.[id] ?? say(`question-${id}`))}</h3><p class="answer">${html(say(`answer.${report.questions[id]}`))}</p><p>${html(shorten(report.because[id], textLimit))}</p></div>`;
  const reading = consentReading(report);
  const lines = labelLines(report);
  const labels =
    lines.length === 0
      ? `<p>${html(say('html-no-labels'))}</p>`
      : table(say('labels'), [say('label'), say('state'), say('who')], lines.map(labelCells));
  return section(
    'decision',
    'html-decision',
    `<div class="cards">${card('configuration')}${card('workflow')}</div>${reading === null ? '' : `<p>${inline(reading)}</p>`}${labels}${problems(report)}`,
  );
}

function labelCells(line: LabelLine): readonly string[] {
  const good = line.state === 'accepted';
  const state = `<span class="state ${good ? 'good' : 'bad'}">${good ? '✓' : '✗'} ${html(say(`label-${line.state}`))}</span>`;
  return [code(line.label, nameLimit), state, line.why.map(inline).join('<br>')];
}

function problems(report: Report): string {
  if (report.problems.length === 0) return '';
  const item = (problem: Problem): string => {
    const place = problem.file === undefined ? '' : `${code(placeText(problem), nameLimit)}: `;
    const grave = problem.severity === 'advice' ? 'warn' : 'bad';
    const source = problem.source === undefined ? '' : cited([problem.source], report);
    return `<li><strong class="${grave}">${html(say(`severity.${problem.severity}`))}</strong> ${place}${html(shorten(problem.message, textLimit))}${source}</li>`;
  };
  return `<h3>${html(say('problems'))}</h3><ul class="problems">${report.problems.slice(0, rowLimit).map(item).join('')}</ul>`;
}

function steps(report: Report): string {
  const asked = stepsInOrder(report);
  const idle = report.steps.filter((step) => step.state === 'not-applicable');
  if (asked.length + idle.length === 0) return section('steps', 'steps', `<p>${html(say('html-no-steps'))}</p>`);
  return section(
    'steps',
    'steps',
    `<ul class="steps">${[...asked, ...idle].map((step) => stepItem(step, report)).join('\n')}</ul>`,
  );
}

const stepMarks = { open: ['○', 'warn'], done: ['✓', 'good'], 'not-applicable': ['–', 'soft'] } as const;

function stepItem(step: ReportStep, report: Report): string {
  const [mark, tone] = stepMarks[step.state];
  const lines = [
    `<p class="title">${step.required ? '' : `${html(say('step-optional'))}: `}${html(shorten(step.title, nameLimit))}</p>`,
    `<p>${html(shorten(step.text, textLimit))}${cited(step.sources, report)}</p>`,
  ];
  if (step.evidence !== undefined) lines.push(`<p>${inline(phrase('step-evidence', { evidence: step.evidence }))}</p>`);
  if (step.tick !== undefined) {
    const id = step.tick.counts ? 'step-ticked' : 'step-ticked-not-counted';
    lines.push(`<p>${inline(phrase(id, { by: [{ value: step.tick.by }], at: writeInstant(step.tick.at) }))}</p>`);
  }
  const aids = [html(shorten(step.who, nameLimit))].filter((who) => who !== '');
  if (step.contact !== undefined) {
    const mail = step.contact.mail === undefined ? null : `mailto:${step.contact.mail}`;
    aids.push(link(step.request?.mailto ?? mail, html(shorten(step.contact.name, nameLimit))));
  }
  if (step.document !== undefined) aids.push(link(step.document.url, html(shorten(step.document.title, nameLimit))));
  if (aids.length > 0) lines.push(`<p class="soft">${aids.join(' · ')}</p>`);
  return `<li><span class="state ${tone}">${mark} ${html(say(`step-${step.state}`))}</span><div>${lines.join('')}</div></li>`;
}

function timeline(report: Report): string {
  const picture = timelineSvg(report);
  if (picture === null) return '';
  return section(
    'timeline',
    'html-timeline',
    `<figure><div class="picture" role="region" tabindex="0" aria-label="${html(say('html-timeline'))}">${picture.svg}</div><figcaption>${html(say('html-timeline-caption'))}</figcaption></figure>`,
  );
}

function access(report: Report): string {
  const { pictures, hidden } = accessSvgs(report);
  if (pictures.length === 0) return '';
  const figures = pictures.map((picture, index) => accessFigure(picture, index));
  const rest = hidden === 0 ? '' : `<p>${html(say('html-access-rest', { rest: counted(hidden, 'file') }))}</p>`;
  return section('access', 'html-access', `<p>${html(say('html-access-caption'))}</p>${figures.join('\n')}${rest}`);
}

function accessFigure(picture: AccessPicture, index: number): string {
  const part = picture.part === null ? '' : `, ${html(say('part', { part: shorten(picture.part, nameLimit) }))}`;
  const rest =
    picture.hidden === 0 ? '' : ` ${html(say('html-access-rest', { rest: counted(picture.hidden, 'type') }))}`;
  const legend = picture.marks.map(
    (mark) =>
      `<li><svg viewBox="0 0 26 26" aria-hidden="true">${markSvg(mark, 13, 13)}</svg>${html(say(`legend-${mark}`))}</li>`,
  );
  return `<figure><h3>${code(picture.file, nameLimit)}${part}</h3><div class="picture" role="region" tabindex="0" aria-label="${html(`${say('html-access')} ${index + 1}`)}">${picture.svg}</div><ul class="legend">${legend.join('')}</ul><figcaption>${html(picture.alternative)}${rest}</figcaption></figure>`;
}

function changes(groups: readonly CategoryGroup[], report: Report): string {
  const content = groups.map(
    (group) =>
      `<h3>${html(shorten(group.title, nameLimit))} <span class="count">${html(counted(group.count, 'change'))}</span></h3>${group.rules.map((rule) => ruleTable(rule, group, report)).join('\n')}`,
  );
  return section(
    'changes',
    'what-changes',
    content.length === 0 ? `<p>${html(say('html-no-changes'))}</p>` : content.join('\n'),
  );
}

function ruleTable(rule: RuleGroup, group: CategoryGroup, report: Report): string {
  const sources = cited(rule.sources, report);
  const advisory = rule.advisory ? ` ${html(say('advisory'))}.` : '';
  const note = rule.note === null ? '' : ` ${inline(phrase('note', { note: rule.note }))}`;
  const rows = rule.rows.slice(0, rowLimit).map(rowCells);
  const hidden = rule.rows.slice(rowLimit).reduce((sum, row) => sum + row.count, 0);
  if (hidden > 0) rows.push([html(say('rest', { count: counted(hidden, 'change') })), '', '']);
  const caption = `${shorten(group.title, nameLimit)}, ${shorten(rule.rule, nameLimit)}`;
  return `<p class="reason"><span class="rule">${code(rule.rule, nameLimit)}</span> ${html(shorten(rule.reason, textLimit))}${sources}${note}${advisory}</p>${table(caption, [say('change'), say('before'), say('after')], rows, 'changes')}`;
}

function rowCells(row: Row): readonly string[] {
  const place = row.places[0];
  const rest = row.of === 'access' && row.places.length > 1 ? `, ${html(more(row.places.length - 1))}` : '';
  const where = place === undefined ? code(row.file, nameLimit) : `${code(placeText(place), nameLimit)}${rest}`;
  const detail = row.detail === null ? '' : `<span class="detail">${html(shorten(row.detail, textLimit))}</span>`;
  const value = (text: string | null): string => (text === null ? html(say(nothingWord(row))) : code(text));
  return [`${rowTitle(row)}<span class="place">${where}</span>${detail}`, value(row.before), value(row.after)];
}

function more(count: number): string {
  return count === 1 ? say('place-more-one') : say('place-more', { count });
}

function rowTitle(row: Row): string {
  const part = row.part === null ? '' : `, ${html(say('part', { part: shorten(row.part, nameLimit) }))}`;
  if (row.of === 'setting') return `${html(shorten(settingName(row.setting) ?? row.setting, nameLimit))}${part}`;
  const types = row.types.slice(0, typeLimit).map((type) => html(shorten(type, 120)));
  const rest = row.types.length - types.length;
  if (rest > 0) types.push(html(say('types-rest', { types: counted(rest, 'type') })));
  return `${html(say(`channel.${row.channel}`))}, ${html(say(`requirement.${row.requirement}`))}${part}: ${types.join(', ')}`;
}

function appendix(report: Report): string {
  const files = table(
    say('summary-files'),
    [say('summary-file'), say('summary-status'), say('summary-format')],
    report.files.slice(0, rowLimit).map((file) => {
      const was =
        file.previousPath === undefined
          ? ''
          : `, ${inline(phrase('renamed-from', { path: [{ value: file.previousPath }] }))}`;
      return [
        code(file.path, nameLimit),
        `${html(wordFor('status', file.status) ?? file.status)}${was}`,
        code(file.format, nameLimit),
      ];
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
        ? ''
        : `, ${inline(phrase('receipt-status', { status: [{ value: accepted.status }] }))}`;
    return [`<li>${text}${status}</li>`];
  });
  const sentences = Object.entries(report.citations)
    .toSorted(([a], [b]) => byNumber(a, b))
    .map(([id, citation]) => {
      const document = link(citation.url, html(shorten(citation.document, nameLimit)));
      return `<dt id="source-${anchor(id)}">${html(shorten(id, 40))}</dt><dd>${html(shorten(citation.text, textLimit))} <span class="soft">${document}</span></dd>`;
    });
  const parts = [
    ...(report.files.length === 0 ? [] : [files]),
    ...(receipts.length === 0 ? [] : [`<h3>${html(say('summary-receipts'))}</h3><ul>${receipts.join('')}</ul>`]),
    ...(sentences.length === 0
      ? []
      : [`<h3>${html(say('summary-sources'))}</h3><dl class="citations">${sentences.join('\n')}</dl>`]),
  ];
  return parts.length === 0 ? '' : section('appendix', 'html-appendix', parts.join('\n'));
}

function foot(report: Report): string {
  return html(
    `${say('html-fingerprint', { fingerprint: report.fingerprint })} ${say('html-policy-digest', { name: report.policy.name, digest: report.policy.digest })}`,
  );
}
