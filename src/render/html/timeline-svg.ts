/** A picture of the steps against the days from the request to the earliest go-live. */
import type { Report, ReportStep } from '../../model/report.ts';
import { isWeekday, listDays, parseDate, toLocalDate, writeDate, writeShortDate } from '../dates.ts';
import { shorten } from '../escape.ts';
import { listStepsInOrder } from '../sections.ts';
import { joinWords, say } from '../words.ts';
import { type Content, type Html, html } from './template.ts';

/** The kind of a step's bar, as far as the guides determine it. */
type Bar = 'before' | 'request' | 'wait' | 'open';

const bars: Readonly<Record<string, Bar>> = {
  'request-review': 'request',
  'send-certificate': 'request',
  'send-walkthrough': 'request',
  'coordinate-push': 'request',
  'complete-go-live': 'wait',
  'sign-addendum': 'open',
  'contact-developer-support': 'open',
  'update-directory-entry': 'open',
  'retire-certificate': 'open',
  'check-directory-entry': 'open',
};

const labelWidth = 236;
const beforeWidth = 64;
const dayWidth = 38;
const rowHeight = 30;
const headHeight = 48;
const stepLimit = 24;

/** Steps of a team's own policy are drawn by their phase. */
function chooseBar({ id, phase }: ReportStep): Bar {
  return (
    (Object.hasOwn(bars, id) ? bars[id] : undefined) ??
    (phase === undefined || phase === 'before-review' ? 'before' : 'wait')
  );
}

/** The figure's SVG and its text alternative, or null if no date is known. */
export function drawTimeline(report: Report): { readonly svg: Html; readonly alternative: string } | null {
  const request = parseDate(toLocalDate(report.evaluation.at, report) ?? '');
  const from = parseDate(report.earliestGoLive?.from ?? '');
  const to = parseDate(report.earliestGoLive?.to ?? '');
  if (request === null || from === null || to === null || from < request || to < from) return null;
  const steps = listStepsInOrder(report).slice(0, stepLimit);
  const drawing = new Drawing(listDays(request, to), from, to, steps.length);
  const alternative = describeTimeline(steps, request, from, to);
  const rows = steps.map((step, index) => drawing.drawStep(step, index));
  const svg = html`<svg role="img" viewBox="0 0 ${drawing.width} ${drawing.height}" aria-labelledby="timeline-title timeline-text"><title id="timeline-title">${say('html-timeline')}</title><desc id="timeline-text">${alternative}</desc><defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="8"/></pattern></defs>${drawing.drawDays()}${rows}${drawing.drawGoLive()}</svg>`;
  return { svg, alternative };
}

function describeTimeline(steps: readonly ReportStep[], request: number, from: number, to: number): string {
  const formatDay = (day: number): string => writeDate(new Date(day).toISOString().slice(0, 10));
  const listTitles = (bar: Bar): string => {
    const names = steps.filter((step) => chooseBar(step) === bar).map((step) => shorten(step.title, 120));
    return names.length === 0 ? say('none-word') : joinWords(names);
  };
  return say('html-timeline-alt', {
    request: formatDay(request),
    window: say(from === to ? 'html-window-day' : 'html-window', { from: formatDay(from), to: formatDay(to) }),
    before: listTitles('before'),
    atRequest: listTitles('request'),
    waiting: listTitles('wait'),
    open: listTitles('open'),
  });
}

/** Geometry of the picture: labels on the left, one narrow column for all earlier steps, then a column a day. */
class Drawing {
  readonly width: number;
  readonly height: number;
  readonly #days: readonly number[];
  readonly #from: number;
  readonly #to: number;
  readonly #rows: number;
  readonly #column: number;

  constructor(days: readonly number[], from: number, to: number, rows: number) {
    this.#days = days;
    this.#from = from;
    this.#to = to;
    this.#rows = rows;
    this.#column =
      days.length > 16
        ? Math.max(14, Math.floor((16 * dayWidth) / days.length))
        : Math.min(72, Math.max(dayWidth, Math.floor((12 * dayWidth) / days.length)));
    this.width = labelWidth + beforeWidth + days.length * this.#column + 12;
    this.height = headHeight + (rows + 1) * rowHeight + 10;
  }

  #toX(day: number): number {
    return labelWidth + beforeWidth + this.#days.indexOf(day) * this.#column;
  }

  /** Shaded weekends, dates on top, the line of the request. */
  drawDays(): Html {
    const bottom = this.height - 6;
    const narrow = this.#column < 34;
    const parts = this.#days.map((day, index) => {
      const x = this.#toX(day);
      const weekend = isWeekday(day)
        ? null
        : html`<rect class="weekend" x="${x}" y="${headHeight - 4}" width="${this.#column}" height="${bottom - headHeight + 4}"/>`;
      const [weekday = '', number = '', month = ''] = writeShortDate(day).split(' ');
      const first = index === 0 || number === '1';
      const middle = x + this.#column / 2;
      const named = first ? html`<text class="faint" x="${x + 4}" y="12">${month}</text>` : null;
      const shown = narrow && !first && new Date(day).getUTCDay() !== 1 ? '' : number;
      return html`${weekend}${named}<text class="faint" x="${middle}" y="27" text-anchor="middle">${narrow ? weekday.slice(0, 1) : weekday}</text><text x="${middle}" y="41" text-anchor="middle">${shown}</text>`;
    });
    const start = labelWidth + beforeWidth;
    const lines = Array.from({ length: this.#rows + 2 }, (_, index) => {
      const y = headHeight + index * rowHeight;
      return html`<line class="grid" x1="0" y1="${y}" x2="${this.width}" y2="${y}"/>`;
    });
    return html`${parts}${lines}<text class="faint" x="${labelWidth + beforeWidth / 2}" y="41" text-anchor="middle">${say('timeline-before')}</text><line class="now" x1="${start}" y1="${headHeight - 4}" x2="${start}" y2="${bottom}"/>`;
  }

  #drawLabel(text: string, index: number, strong = false): Html {
    const y = headHeight + index * rowHeight + 20;
    return html`<text${strong ? html` class="strong"` : null} x="4" y="${y}">${text.length > 36 ? `${[...text].slice(0, 35).join('')}…` : text}</text>`;
  }

  #drawBar(name: string, from: number, to: number, index: number): Html {
    const y = headHeight + index * rowHeight + 7;
    return html`<rect class="${name}" x="${from}" y="${y}" width="${Math.max(4, to - from)}" height="16" rx="4"/>`;
  }

  /** A step's label and its bar. Completed steps have a tick. */
  drawStep(step: ReportStep, index: number): Content {
    const start = labelWidth + beforeWidth;
    const sign = step.state === 'done' ? '✓ ' : '';
    const label = this.#drawLabel(`${sign}${step.title}`, index);
    const bar = chooseBar(step);
    if (bar === 'before') return [label, this.#drawBar('bar-before', labelWidth + 6, start - 6, index)];
    if (bar === 'request') {
      const y = headHeight + index * rowHeight + 15;
      return html`${label}<path class="bar" d="M${start} ${y - 9}l9 9l-9 9l-9 -9z"/>`;
    }
    if (bar === 'open') return [label, this.#drawBar('bar-open', labelWidth + 6, this.width - 12, index)];
    const sure = this.#drawBar('bar', start + 2, this.#toX(this.#from), index);
    const maybe =
      this.#from === this.#to
        ? null
        : this.#drawBar('bar-maybe', this.#toX(this.#from), this.#toX(this.#to) + this.#column - 2, index);
    return [label, sure, maybe];
  }

  /** The last row: the days on which the change could be live. */
  drawGoLive(): Html {
    const x = this.#toX(this.#from) + 1;
    const end = this.#toX(this.#to) + this.#column - 1;
    const text =
      this.#from === this.#to
        ? writeShortDate(this.#from)
        : `${writeShortDate(this.#from)} – ${writeShortDate(this.#to)}`;
    const y = headHeight + this.#rows * rowHeight + 20;
    return html`${this.#drawLabel(say('earliest'), this.#rows, true)}${this.#drawBar('window', x, end, this.#rows)}<text class="window-text" x="${x - 8}" y="${y}" text-anchor="end">${text}</text>`;
  }
}
