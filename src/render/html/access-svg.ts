/** A picture of the access that changes: data types by permissions. Every mark has a shape and a sign in addition to its color. */
import type { AccessTuple, ChangeKind } from '../../model/change.ts';
import type { Channel, Permission } from '../../model/document.ts';
import type { Report, ReportChange } from '../../model/report.ts';
import { formatCount, say } from '../words.ts';
import { type Html, html } from './template.ts';

/** How a cell is marked. */
export type AccessMark = 'added-required' | 'added-optional' | 'removed' | 'modified' | 'now-required' | 'now-optional';

export const accessMarks: readonly AccessMark[] = [
  'added-required',
  'added-optional',
  'removed',
  'now-required',
  'now-optional',
  'modified',
];

const permissions: readonly Permission[] = ['Read', 'Create', 'Update', 'Delete'];
const channels: readonly Channel[] = ['online', 'offline'];

/** Most data types in one picture, and most pictures in one report. The tables contain the rest. */
const typeLimit = 40;
const pictureLimit = 6;
const labelWidth = 270;
const cell = 62;
const rowHeight = 32;
const headHeight = 56;

export interface AccessPicture {
  readonly file: string;
  readonly part: string | null;
  readonly svg: Html;
  readonly alternative: string;
  /** Data types that the picture leaves to the tables. */
  readonly hidden: number;
  readonly marks: readonly AccessMark[];
}

/** One picture for each document that changes access, at most six. */
export function drawAccess(report: Report): { readonly pictures: readonly AccessPicture[]; readonly hidden: number } {
  const documents = new Map<string, ReportChange[]>();
  for (const change of report.changes) {
    if (change.access === undefined) continue;
    const key = JSON.stringify([change.file, change.part ?? null]);
    const list = documents.get(key);
    if (list === undefined) documents.set(key, [change]);
    else list.push(change);
  }
  const pictures = [...documents.values()].slice(0, pictureLimit).map((changes, index) => drawPicture(changes, index));
  return { pictures, hidden: Math.max(0, documents.size - pictureLimit) };
}

function chooseMark(kind: ChangeKind, access: AccessTuple): AccessMark {
  if (kind === 'removed') return 'removed';
  if (kind === 'added') return access.requirement === 'required' ? 'added-required' : 'added-optional';
  if (access.previousRequirement === undefined || access.previousRequirement === access.requirement) return 'modified';
  return access.requirement === 'required' ? 'now-required' : 'now-optional';
}

/** The shape of a mark around a centre. */
export function drawMark(mark: AccessMark, x: number, y: number): Html {
  const drawSign = (name: string, text: string, dy = 5): Html =>
    html`<text class="${name}" x="${x}" y="${y + dy}" text-anchor="middle">${text}</text>`;
  switch (mark) {
    case 'added-required':
      return html`<circle class="mark-add" cx="${x}" cy="${y}" r="10"/>${drawSign('on-solid', '+', 4)}`;
    case 'added-optional':
      return html`<circle class="mark-add-optional" cx="${x}" cy="${y}" r="10"/>${drawSign('in-good', '+', 4)}`;
    case 'removed':
      return html`<rect class="mark-remove" x="${x - 9}" y="${y - 9}" width="18" height="18"/>${drawSign('in-bad', '−', 4)}`;
    case 'now-required':
      return html`<path class="mark-change" d="M${x} ${y - 11}l11 20h-22z"/>${drawSign('in-warn', '!', 6)}`;
    case 'now-optional':
      return html`<path class="mark-change" d="M${x} ${y + 11}l11 -20h-22z"/>${drawSign('in-warn', '?', 2)}`;
    case 'modified':
      return html`<path class="mark-change" d="M${x} ${y - 12}l12 12l-12 12l-12 -12z"/>${drawSign('in-warn', '~', 4)}`;
  }
}

function drawPicture(changes: readonly ReportChange[], number: number): AccessPicture {
  const used = channels.filter((channel) => changes.some((change) => change.access?.channel === channel));
  const types = new Map<string, { name: string; cells: Map<string, AccessMark> }>();
  for (const change of changes) {
    const access = change.access as AccessTuple;
    const name = access.typeId === '*' ? say('all-data') : (access.typeName ?? access.typeId);
    const row = types.get(access.typeId) ?? { name, cells: new Map() };
    const key = `${access.channel}:${access.permission}`;
    const mark = chooseMark(change.kind, access);
    const granted = row.cells.get(key);
    // The more serious mark wins if two rules of a document name the same permission.
    if (granted === undefined || accessMarks.indexOf(mark) < accessMarks.indexOf(granted)) row.cells.set(key, mark);
    types.set(access.typeId, row);
  }
  const rows = [...types.values()].slice(0, typeLimit);
  const width = labelWidth + used.length * permissions.length * cell + 12;
  const height = headHeight + rows.length * rowHeight + 6;
  const first = changes[0] as ReportChange;
  const alternative = used.map((channel) => describePicture(changes, channel)).join(' ');
  const body = [drawHead(used, width, height), ...rows.map((row, index) => drawRow(row, index, used, width))];
  const narrow = used.length === 1 ? html` class="narrow"` : null;
  const id = `access-${number + 1}`;
  return {
    file: first.file,
    part: first.part ?? null,
    svg: html`<svg role="img"${narrow} viewBox="0 0 ${width} ${height}" style="max-width:${width}px" aria-labelledby="${id}-title ${id}-text"><title id="${id}-title">${say('html-access')}</title><desc id="${id}-text">${alternative}</desc>${body}</svg>`,
    alternative,
    hidden: types.size - rows.length,
    marks: accessMarks.filter((mark) => rows.some((row) => [...row.cells.values()].includes(mark))),
  };
}

function describePicture(changes: readonly ReportChange[], channel: Channel): string {
  const own = changes.filter((change) => change.access?.channel === channel);
  const count = (kind: ChangeKind): number => own.filter((change) => change.kind === kind).length;
  return say('html-access-alt', {
    channel: say(`channel.${channel}`),
    added: count('added'),
    removed: count('removed'),
    modified: count('modified'),
    types: formatCount(new Set(own.map((change) => change.access?.typeId)).size, 'type'),
  });
}

function findColumnCenter(channelIndex: number, permissionIndex: number): number {
  return labelWidth + (channelIndex * permissions.length + permissionIndex) * cell + cell / 2;
}

function drawHead(used: readonly Channel[], width: number, height: number): Html {
  const parts = used.flatMap((channel, index) => {
    const start = labelWidth + index * permissions.length * cell;
    const divider = html`<line class="grid" x1="${start}" y1="4" x2="${start}" y2="${height - 6}"/>`;
    const title = html`<text class="strong" x="${start + (permissions.length * cell) / 2}" y="18" text-anchor="middle">${say(`channel.${channel}`)}</text>`;
    const names = permissions.map(
      (permission, column) =>
        html`<text class="faint" x="${findColumnCenter(index, column)}" y="42" text-anchor="middle">${permission}</text>`,
    );
    return [divider, title, ...names];
  });
  return html`<text class="faint" x="4" y="42">${say('data-type')}</text>${parts}<line class="grid" x1="0" y1="${headHeight - 4}" x2="${width}" y2="${headHeight - 4}"/>`;
}

function drawRow(
  row: { readonly name: string; readonly cells: ReadonlyMap<string, AccessMark> },
  index: number,
  used: readonly Channel[],
  width: number,
): Html {
  const y = headHeight + index * rowHeight + rowHeight / 2 - 4;
  const short = [...row.name].length > 40 ? `${[...row.name].slice(0, 39).join('')}…` : row.name;
  const marks = used.flatMap((channel, channelIndex) =>
    permissions.flatMap((permission, column) => {
      const mark = row.cells.get(`${channel}:${permission}`);
      return mark === undefined ? [] : [drawMark(mark, findColumnCenter(channelIndex, column), y)];
    }),
  );
  return html`<text x="4" y="${y + 5}">${short}</text>${marks}<line class="grid" x1="0" y1="${y + rowHeight / 2}" x2="${width}" y2="${y + rowHeight / 2}"/>`;
}
