/** The rules of a manifest as access rules, after the check of its shape. */
import type { AccessRule, AccessSet, DateRange } from '../../model/document.ts';
import type { Position } from '../../model/source.ts';
import { entry, type YamlNode } from '../../syntax/yaml/yaml.ts';
import { parsePermissions, parsePlatformTime } from '../registered/values.ts';
import { listItems, readCultures, readScalar, readText } from './nodes.ts';
import { ALL_TYPES, findDataTypeId } from './types.ts';

/** Bits of the platform's display flags (XAUTH). */
const DISPLAY_FLAGS: Readonly<Record<string, number>> = {
  'first-time': 1,
  'checked-first-time': 2,
  'checked-by-default': 4,
};

/** Reads one list of rules, in order. */
export function readRules(list: YamlNode, file: string): readonly AccessRule[] {
  return listItems(list).map((node) => readRule(node, file));
}

function readRule(node: YamlNode, file: string): AccessRule {
  const types = readTypes(entry(node, 'types'));
  const except = readTypes(entry(node, 'except'));
  const places = [...types, ...except].filter(({ id }) => id !== ALL_TYPES).reverse(); // the first place wins
  const targets = [...new Set(types.map(({ id }) => id))];
  const exceptions = [...new Set(except.map(({ id }) => id))];
  const reasons = readCultures(entry(node, 'reason'));
  return {
    name: readText(entry(node, 'name')),
    requirement: readScalar(entry(node, 'optional')) === true ? 'optional' : 'required',
    permissions: parsePermissions(listItems(entry(node, 'permissions')).map((word) => readText(word) ?? '')) ?? [],
    targets: buildTargets(targets, readDates(entry(node, 'dates'))),
    exceptions: exceptions.length === 0 ? [] : [{ types: exceptions, dates: [] }],
    reasons: Object.fromEntries(reasons.map(({ culture, text }) => [culture, text.trim().replace(/\s+/g, ' ')])),
    displayFlags: listItems(entry(node, 'display')).reduce(
      (mask, flag) => mask | (DISPLAY_FLAGS[readText(flag) ?? ''] ?? 0),
      0,
    ),
    at: { file, ...node.at },
    typePlaces: Object.fromEntries(places.map(({ id, at }) => [id, { file, ...at }])),
  };
}

function readTypes(node: YamlNode | null): readonly { readonly id: string; readonly at: Position }[] {
  const written = node?.kind === 'scalar' ? [node] : listItems(node);
  return written.map((type) => ({ id: findDataTypeId(readText(type) ?? '') ?? '', at: type.at }));
}

/** All data without a time limit has no target-set, as in the platform's XML. */
function buildTargets(types: readonly string[], dates: readonly DateRange[]): readonly AccessSet[] {
  if (!types.includes(ALL_TYPES)) return [{ types, dates }];
  return dates.length === 0 ? [] : [{ types: [], dates }];
}

function readDates(node: YamlNode | null): readonly DateRange[] {
  if (node === null) return [];
  const readBound = (range: YamlNode, key: string): string | null => {
    const text = readText(entry(range, key));
    return text === null ? null : (parsePlatformTime(text) ?? text);
  };
  return (node.kind === 'list' ? node.items : [node]).map((range) => ({
    from: readBound(range, 'from'),
    to: readBound(range, 'to'),
  }));
}
