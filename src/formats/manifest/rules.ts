/** The rules of a manifest, whose shape has been checked, as access rules. */
import type { AccessRule, AccessSet, DateRange } from '../../model/document.ts';
import type { Place } from '../../model/source.ts';
import { entry, type YamlNode } from '../../syntax/yaml/yaml.ts';
import { cultureOf, instantOf, permissionsOf } from '../registered/values.ts';
import { ALL_TYPES, dataTypeId } from './types.ts';

/** Bits of the platform's display flags (XAUTH). */
const DISPLAY_FLAGS: Readonly<Record<string, number>> = {
  'first-time': 1,
  'checked-first-time': 2,
  'checked-by-default': 4,
};

/** Reads one list of rules, in order. */
export function rulesOf(list: YamlNode, file: string): readonly AccessRule[] {
  return itemsOf(list).map((node) => ruleOf(node, file));
}

function ruleOf(node: YamlNode, file: string): AccessRule {
  const typePlaces = new Map<string, Place>();
  const idsOf = (types: YamlNode | null): readonly string[] => {
    const ids = new Set<string>();
    for (const type of types?.kind === 'scalar' ? [types] : itemsOf(types)) {
      const id = dataTypeId(textOf(type) ?? '');
      if (id === null) continue;
      ids.add(id);
      if (id !== ALL_TYPES && !typePlaces.has(id)) typePlaces.set(id, { file, ...type.at });
    }
    return [...ids];
  };
  const types = idsOf(entry(node, 'types'));
  const except = idsOf(entry(node, 'except'));
  const dates = datesOf(entry(node, 'dates'));
  return {
    name: textOf(entry(node, 'name')),
    requirement: scalarOf(entry(node, 'optional')) === true ? 'optional' : 'required',
    permissions: permissionsOf(itemsOf(entry(node, 'permissions')).map((word) => textOf(word) ?? '')) ?? [],
    targets: targetsOf(types, dates),
    exceptions: except.length === 0 ? [] : [{ types: except, dates: [] }],
    reasons: Object.fromEntries(
      culturesOf(entry(node, 'reason')).map(({ culture, text }) => [culture, text.trim().replace(/\s+/g, ' ')]),
    ),
    displayFlags: itemsOf(entry(node, 'display')).reduce(
      (mask, flag) => mask | (DISPLAY_FLAGS[textOf(flag) ?? ''] ?? 0),
      0,
    ),
    at: { file, ...node.at },
    typePlaces: Object.fromEntries(typePlaces),
  };
}

/** All data without a limit in time is, as in the platform's XML, no target-set at all. */
function targetsOf(types: readonly string[], dates: readonly DateRange[]): readonly AccessSet[] {
  if (!types.includes(ALL_TYPES)) return [{ types, dates }];
  return dates.length === 0 ? [] : [{ types: [], dates }];
}

function datesOf(node: YamlNode | null): readonly DateRange[] {
  if (node === null) return [];
  const bound = (range: YamlNode, key: string): string | null => {
    const text = textOf(entry(range, key));
    return text === null ? null : (instantOf(text) ?? text);
  };
  return (node.kind === 'list' ? node.items : [node]).map((range) => ({
    from: bound(range, 'from'),
    to: bound(range, 'to'),
  }));
}

/** A text in one or several languages; '' is the default culture. */
export function culturesOf(
  node: YamlNode | null,
): readonly { readonly culture: string; readonly text: string; readonly node: YamlNode }[] {
  if (node === null) return [];
  if (node.kind === 'scalar') return [{ culture: '', text: textOf(node) ?? '', node }];
  if (node.kind === 'list') return [];
  return node.entries.map(({ key, value }) => ({
    culture: key === 'default' ? '' : cultureOf(key),
    text: textOf(value) ?? '',
    node: value,
  }));
}

/** The elements of a list; none for anything else. */
export function itemsOf(node: YamlNode | null): readonly YamlNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The text of a scalar; null for anything else and for YAML's null. */
export function textOf(node: YamlNode | null): string | null {
  return node?.kind === 'scalar' && node.value !== null ? node.text : null;
}

/** The value of a scalar; null for anything else. */
export function scalarOf(node: YamlNode | null): string | number | boolean | null {
  return node?.kind === 'scalar' ? node.value : null;
}
