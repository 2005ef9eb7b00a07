/** The values of declared settings: texts, sets, content by its digest, secrets, and values of another kind than declared. */
import { computeSha256 } from '../../model/digest.ts';
import type { SetItem, SettingValue } from '../../model/document.ts';
import { uniqueBy } from '../../model/lists.ts';
import type { PlainSetting } from '../../model/policy.ts';
import { findByPath, parseWithin } from '../../syntax/json-path.ts';
import { canonicalJson, type YamlNode } from '../../syntax/yaml/yaml.ts';
import { buildSecret, isSecretName } from '../secrets/secrets.ts';
import { messages, words } from './messages.ts';

/** How a value is read. */
export interface ValueRequest extends Omit<PlainSetting, 'key'> {
  readonly file: string;
  /** The last name on the path to the value. */
  readonly name: string;
  /** Whether the path may find several nodes, which then form one list. */
  readonly isSeveral: boolean;
}

/** The value of the nodes that a path found, at least one. */
export function readValue(nodes: readonly YamlNode[], request: ValueRequest): SettingValue {
  const { type, pointer, name, isSeveral } = request;
  const [node, second] = nodes as readonly [YamlNode, ...YamlNode[]];
  if (type === 'set' || type === 'keys') {
    if (isSecretName(name)) return { kind: 'content', ...describe(joinNodes(nodes), pointer) };
    return readSet(type === 'keys' || isSeveral ? joinItems(nodes, type) : node, request);
  }
  const whole = second === undefined && !isSeveral ? node : joinNodes(nodes);
  const isText = type === 'text' || type === 'any';
  const secret = isText ? readSecret(whole, name) : null;
  if (secret !== null) return secret;
  if (isText && whole.kind === 'scalar') {
    if (whole.isExpression === true) return buildUnresolvedExpression(whole, pointer);
    return { kind: 'text', meaning: canonicalJson(whole), shown: whole.text };
  }
  if (type !== 'text') return { kind: 'content', ...describe(whole, pointer) };
  return buildUnresolved(whole, pointer, words.value);
}

function joinNodes(nodes: readonly YamlNode[]): YamlNode {
  const [{ at }] = nodes as readonly [YamlNode, ...YamlNode[]];
  return { kind: 'list', items: nodes, at };
}

/** The items of all lists, or the keys of all maps, as one list. Single values count as elements. */
function joinItems(nodes: readonly YamlNode[], type: 'set' | 'keys'): YamlNode {
  const [{ at }] = nodes as readonly [YamlNode, ...YamlNode[]];
  const items = nodes.flatMap((node): readonly YamlNode[] => {
    if (type === 'keys' && node.kind === 'map')
      return node.entries.map(({ key, keyAt }) => ({ kind: 'scalar', value: key, text: key, at: keyAt }));
    return node.kind === 'list' ? node.items : [node];
  });
  return { kind: 'list', items, at };
}

/** A list, or a text that is split into one. */
function readSet(node: YamlNode, { pointer, file, split, value, grants, absent }: ValueRequest): SettingValue {
  const isText = node.kind === 'scalar' && split !== undefined && node.value !== null;
  const items = (node.kind === 'list' ? node.items : isText ? [node] : []).map((item) =>
    value !== undefined && item.kind === 'map' ? (findByPath(item, parseWithin(value)).nodes[0]?.node ?? item) : item,
  );
  if (node.kind !== 'list' && !isText) return buildUnresolved(node, pointer, words.list);
  if (items.some((item) => item.kind !== 'scalar')) return buildUnresolved(node, pointer, words.list);
  const expression = items.find((item) => item.kind === 'scalar' && item.isExpression === true);
  if (expression !== undefined) return buildUnresolvedExpression(node, pointer);
  const parts = items.flatMap((item) => splitItem(item, split, file));
  const isStated = parts.length === 0 && absent === undefined;
  return {
    kind: 'set',
    items: uniqueBy(parts, ({ meaning }) => meaning),
    ...(grants === true ? { grants } : {}),
    ...(isStated ? { isStated } : {}),
  };
}

/** `"1"` and `1` differ. */
function splitItem(item: YamlNode, split: string | undefined, file: string): readonly SetItem[] {
  const at = { file, ...item.at };
  if (item.kind !== 'scalar' || split === undefined)
    return [{ meaning: canonicalJson(item), shown: item.kind === 'scalar' ? item.text : canonicalJson(item), at }];
  const parts = item.text.split(split).map((part) => part.trim());
  return parts.filter((part) => part !== '').map((part) => ({ meaning: JSON.stringify(part), shown: part, at }));
}

/** A text or number under the name of a password or token, or null. */
export function readSecret(node: YamlNode, name: string): SettingValue | null {
  if (node.kind !== 'scalar' || node.value === null || typeof node.value === 'boolean' || !isSecretName(name))
    return null;
  return node.isExpression === true ? null : buildSecret(node.text, name);
}

/** A value of another kind than the policy declares. */
export function buildUnresolved(node: YamlNode, pointer: string, expected: string): SettingValue {
  const reason = messages.unexpectedShape({ found: words.found[node.kind], pointer, expected }).message;
  return { kind: 'unresolved', ...describe(node, pointer), reason };
}

function buildUnresolvedExpression(node: YamlNode, pointer: string): SettingValue {
  return { kind: 'unresolved', ...describe(node, pointer), reason: messages.expression({ pointer }).message };
}

function describe(node: YamlNode, pointer: string): { readonly meaning: string; readonly shown: string } {
  const meaning = computeSha256(canonicalJson(node));
  return { meaning, shown: `${pointer} (${meaning.slice(0, 12)})` };
}

/** The beginning of a text's digest, which shows that two contents differ. */
export function computeShortDigest(text: string): string {
  return computeSha256(text).slice(0, 12);
}
