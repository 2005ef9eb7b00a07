/**
 * The readable changes of a report: by category, worst first, then by rule. The many tuples of an access change are combined
 * into few lines. The JSON report stays complete. This is only the view.
 */
import type { ChangeKind, Effect } from '../model/change.ts';
import type { Channel, Permission, Requirement } from '../model/document.ts';
import type { Report, ReportChange } from '../model/report.ts';
import { say, type TitleId } from './words.ts';

/** A place in one of the two revisions. */
export interface RowPlace {
  readonly file: string;
  readonly side: 'base' | 'head';
  readonly line: number;
  readonly column: number;
}

/** A readable value: the text in the file, or our word if there is no text or it must not be shown. */
export type Value = { readonly literal: string } | { readonly word: TitleId };

interface RowBase {
  readonly kind: ChangeKind;
  readonly effect: Effect;
  readonly file: string;
  readonly part: string | null;
  readonly detail: string | null;
  readonly before: Value;
  readonly after: Value;
  /** The places of the change, best first; empty if it has none. */
  readonly places: readonly RowPlace[];
}

/** A change of one setting. */
export interface SettingRow extends RowBase {
  readonly of: 'setting';
  readonly setting: string;
}

/** Access tuples that differ only in data type and permission. */
export interface AccessRow extends RowBase {
  readonly of: 'access';
  readonly channel: Channel;
  readonly requirement: Requirement;
  readonly previousRequirement: Requirement | null;
  readonly permissions: readonly Permission[];
  /** Names to show, in the order of the report. An unpublished type has its id. */
  readonly types: readonly string[];
}

export type Row = SettingRow | AccessRow;

/** All lines that one rule decided for one reason. */
export interface RuleGroup {
  readonly rule: string;
  readonly reason: string;
  readonly note: string | null;
  readonly sources: readonly string[];
  readonly advisory: boolean;
  readonly rows: readonly Row[];
}

/** A category with its lines. `quiet`: it needs no review. */
export interface CategoryGroup {
  readonly id: string;
  readonly title: string;
  readonly quiet: boolean;
  readonly rules: readonly RuleGroup[];
  /** How many lines there are. */
  readonly count: number;
}

const permissionOrder: readonly Permission[] = ['Read', 'Create', 'Update', 'Delete'];
const plainValues = new Set(['none', 'read', 'create', 'update', 'delete', 'all', 'required', 'optional']);

/** True for categories that need no label: those in the report, else the two built-in ones. */
export function isQuiet(report: Report, category: string): boolean {
  return report.clearance[category]?.blocks === 'never';
}

/** Title of a category, or its id if the report has none. */
export function findCategoryTitle(report: Report, category: string): string {
  return Object.hasOwn(report.titles, category) ? (report.titles[category] ?? category) : category;
}

/** Categories of the report, worst first. Categories with only changed names are last. */
export function groupChanges(report: Report): readonly CategoryGroup[] {
  const byCategory = new Map<string, ReportChange[]>();
  for (const category of report.categories) byCategory.set(category, []);
  for (const change of report.changes) append(byCategory, change.category, change);
  const groups = [...byCategory]
    .filter(([, changes]) => changes.length > 0)
    .map(([id, changes]) => {
      const rules = groupRules(report, changes);
      const count = rules.reduce((sum, rule) => sum + rule.rows.length, 0);
      return { id, title: findCategoryTitle(report, id), quiet: isQuiet(report, id), rules, count };
    });
  return withoutRepeatedNotes(groups);
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** A note that several rules share is shown once, with the first of them. */
function withoutRepeatedNotes(groups: readonly CategoryGroup[]): readonly CategoryGroup[] {
  const rules = groups.flatMap((group) => group.rules);
  const first = new Map(rules.toReversed().map((rule) => [rule.note, rule]));
  return groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) => (first.get(rule.note) === rule ? rule : { ...rule, note: null })),
  }));
}

function groupRules(report: Report, changes: readonly ReportChange[]): readonly RuleGroup[] {
  const groups = new Map<string, ReportChange[]>();
  for (const change of changes)
    append(groups, JSON.stringify([change.rule, change.reason, change.note, change.enforcement]), change);
  const previousPaths = new Map(report.files.map((file) => [file.path, file.previousPath ?? file.path]));
  return [...groups.values()].map((group) => {
    const first = group[0] as ReportChange;
    return {
      rule: first.rule,
      reason: first.reason,
      note: first.note ?? null,
      sources: [...new Set(group.flatMap((change) => change.sources))],
      advisory: first.enforcement === 'advisory',
      rows: buildRows(group, previousPaths),
    };
  });
}

/** Places of a change: on its own side first, then the place of the former value. */
export function listPlaces(change: ReportChange, previousPaths: ReadonlyMap<string, string>): readonly RowPlace[] {
  const places: RowPlace[] = [];
  if (change.location !== null) {
    const { side, line, column } = change.location;
    const file = side === 'base' ? (previousPaths.get(change.file) ?? change.file) : change.file;
    places.push({ file, side, line, column });
  }
  if (change.baseLocation !== undefined) places.push({ ...change.baseLocation, side: 'base' });
  return places;
}

function buildRows(changes: readonly ReportChange[], previousPaths: ReadonlyMap<string, string>): readonly Row[] {
  const rows: (Row | { readonly access: string })[] = [];
  const tuples = new Map<string, ReportChange[]>();
  for (const change of changes) {
    if (change.access === undefined) {
      rows.push(buildSettingRow(change, previousPaths));
      continue;
    }
    const key = buildAccessKey(change);
    if (!tuples.has(key)) rows.push({ access: key });
    append(tuples, key, change);
  }
  return rows.flatMap((row): readonly Row[] =>
    'access' in row ? buildAccessRows(tuples.get(row.access) ?? [], previousPaths) : [row],
  );
}

function buildSettingRow(change: ReportChange, previousPaths: ReadonlyMap<string, string>): SettingRow {
  return {
    of: 'setting',
    setting: change.setting,
    kind: change.kind,
    effect: change.effect,
    file: change.file,
    part: change.part ?? null,
    detail: change.detail ?? null,
    ...describeValues(change),
    places: listPlaces(change, previousPaths),
  };
}

/** Digits of a digest that distinguish two contents. */
const DIGEST_DIGITS = 8;

/** Both values as shown. Values that look the same get the digests of their meaning. */
export function describeValues({
  kind,
  before,
  after,
  content,
}: Pick<ReportChange, 'kind' | 'before' | 'after' | 'content'>): { readonly before: Value; readonly after: Value } {
  const isSame = before === after;
  const write = (text: string | null, digest: string | null, there: boolean): Value => {
    const shown = isSame && digest !== null ? say('value-digest', { digest: digest.slice(0, DIGEST_DIGITS) }) : null;
    if (text === '') return { word: 'value-empty' };
    if (text !== null) return { literal: shown === null ? text : `${text}, ${shown}` };
    if (shown !== null) return { literal: shown };
    return { word: isSame && there ? 'value-hidden' : 'value-none' };
  };
  return {
    before: write(before, content?.before ?? null, kind !== 'added'),
    after: write(after, content?.after ?? null, kind !== 'removed'),
  };
}

function buildAccessKey(change: ReportChange): string {
  const { channel, requirement, previousRequirement } = change.access ?? {};
  return JSON.stringify([
    change.file,
    change.part,
    channel,
    requirement,
    previousRequirement,
    change.kind,
    change.effect,
    change.detail,
    omitPlainValue(change.before),
    omitPlainValue(change.after),
  ]);
}

/** The part of a value that the tuple's permission and requirement do not contain. */
function omitPlainValue(value: string | null): string | null {
  if (value === null) return null;
  return value.split(/[\s,]+/).every((word) => plainValues.has(word.toLowerCase())) ? null : value;
}

function buildAccessRows(
  changes: readonly ReportChange[],
  previousPaths: ReadonlyMap<string, string>,
): readonly AccessRow[] {
  const byType = new Map<string, ReportChange[]>();
  for (const change of changes) append(byType, change.access?.typeId ?? '', change);
  const byPermissions = new Map<
    string,
    { permissions: readonly Permission[]; types: string[]; changes: ReportChange[] }
  >();
  for (const [typeId, ofType] of byType) {
    const granted = new Set(ofType.map((change) => change.access?.permission));
    const permissions = permissionOrder.filter((permission) => granted.has(permission));
    const key = permissions.join();
    const row = byPermissions.get(key) ?? { permissions, types: [], changes: [] };
    row.types.push(typeId === '*' ? say('all-data') : (ofType[0]?.access?.typeName ?? typeId));
    for (const change of ofType) row.changes.push(change);
    byPermissions.set(key, row);
  }
  return [...byPermissions.values()].map((row) =>
    buildAccessRow(row.permissions, row.types, row.changes, previousPaths),
  );
}

function buildAccessRow(
  permissions: readonly Permission[],
  types: readonly string[],
  changes: readonly ReportChange[],
  previousPaths: ReadonlyMap<string, string>,
): AccessRow {
  const first = changes[0] as ReportChange;
  const access = first.access as NonNullable<ReportChange['access']>;
  return {
    of: 'access',
    channel: access.channel,
    requirement: access.requirement,
    previousRequirement: access.previousRequirement ?? null,
    permissions,
    types,
    kind: first.kind,
    effect: first.effect,
    file: first.file,
    part: first.part ?? null,
    detail: first.detail ?? null,
    ...describeValues({ kind: first.kind, ...describeAccessValues(first, permissions) }),
    places: listDistinctPlaces(changes, previousPaths),
  };
}

function describeAccessValues(
  change: ReportChange,
  permissions: readonly Permission[],
): Pick<ReportChange, 'before' | 'after'> {
  const all = permissions.join(', ');
  const before = omitPlainValue(change.before);
  const after = omitPlainValue(change.after);
  if (change.kind === 'added') return { before: null, after: after ?? all };
  if (change.kind === 'removed') return { before: before ?? all, after: null };
  const was = change.access?.previousRequirement;
  if (was !== undefined && before === null && after === null) {
    return { before: `${all} (${was})`, after: `${all} (${change.access?.requirement})` };
  }
  return { before: before ?? all, after: after ?? all };
}

function listDistinctPlaces(
  changes: readonly ReportChange[],
  previousPaths: ReadonlyMap<string, string>,
): readonly RowPlace[] {
  const places = new Map<string, RowPlace>();
  for (const change of changes) {
    const place = listPlaces(change, previousPaths)[0];
    if (place !== undefined && !places.has(`${place.side}:${place.line}:${place.file}`)) {
      places.set(`${place.side}:${place.line}:${place.file}`, place);
    }
  }
  return [...places.values()];
}
