/** JSON and YAML files whose settings a policy names by JSON pointer, for policies about other things than HealthVault. */
import picomatch from 'picomatch';
import messages from '../../../data/messages/formats-yaml.json' with { type: 'json' };
import type { ConfigDocument, ParseProblem, SetItem, Setting, SettingValue } from '../../model/document.ts';
import { fill } from '../../model/messages.ts';
import type { PlainDocument, PlainSetting } from '../../model/policy.ts';
import type { Position, SourceFile } from '../../model/source.ts';
import { parseJson } from '../../syntax/json.ts';
import { decodeText } from '../../syntax/text.ts';
import { canonicalJson, parseYaml, type YamlNode } from '../../syntax/yaml/yaml.ts';
import { completeDocument } from '../client/client-document.ts';
import type { ClaimContext, Format, ReadContext } from '../format.ts';
import { isSecretName, secretValue } from '../secrets/secrets.ts';
import { atPointer, nodesAt, tokensOf, without } from './json-pointer.ts';

export const plain: Format = {
  id: 'plain',
  claims: (path, context) => declarations(path, context).length > 0,
  read(file, context) {
    let unread: ParseProblem | null = null;
    for (const declaration of declarations(file.path, context)) {
      const tree = parsed(file, declaration);
      if ('problem' in tree) unread ??= tree.problem;
      else if (declaration.requires.every((pointer) => atPointer(tree.root, pointer) !== null)) {
        return { kind: 'documents', documents: [documentOf(file.path, tree.root, declaration, context)] };
      }
    }
    return unread === null ? { kind: 'not-configuration' } : { kind: 'unreadable', problem: unread };
  },
};

function declarations(path: string, context: ClaimContext): readonly PlainDocument[] {
  return context.plainDocuments.filter(({ files }) => picomatch.isMatch(path, [...files], { nocase: true, dot: true }));
}

function parsed(
  file: SourceFile,
  { format }: PlainDocument,
): { readonly root: YamlNode } | { readonly problem: ParseProblem } {
  const decoded = decodeText(file.bytes, 'plain');
  if ('problem' in decoded) return decoded;
  return format === 'json' ? parseJson(decoded.text) : parseYaml(decoded.text);
}

function documentOf(path: string, root: YamlNode, declaration: PlainDocument, context: ReadContext): ConfigDocument {
  const settings = Object.entries(declaration.settings).flatMap(([id, setting]): readonly Setting[] =>
    isFamily(id)
      ? familyOf(id, setting, root, declaration, path, context)
      : settingOf(id, setting, root, path, context),
  );
  return completeDocument({ file: path, format: 'plain', role: 'registered', environment: 'none', settings });
}

/** An id such as `other.*`: one setting for each entry at its place, as far as no other setting reads it. */
function isFamily(id: string): boolean {
  return id.endsWith('.*');
}

function settingOf(
  id: string,
  { pointer, type, grants }: PlainSetting,
  root: YamlNode,
  path: string,
  context: ReadContext,
): readonly Setting[] {
  const { nodes, odd } = nodesAt(root, pointer);
  const node = odd ?? nodes[0];
  if (node === undefined) return [];
  const at = { file: path, ...node.at };
  if (odd !== null) {
    return [{ id, value: unresolved(odd, pointer, messages['shown-list-or-map'], context), at }];
  }
  const whole = tokensOf(pointer)?.includes('*') === true ? unionOf(nodes, node.at) : node;
  const value = valueOfNode(whole, pointer, type, path, context);
  if (value.kind !== 'set') return [{ id, value, at }];
  if (value.items.length === 0) return [];
  return [{ id, value: grants === true ? { ...value, grants } : value, at }];
}

/** The lists that a pointer with a star finds, as one list; single values count as elements. */
function unionOf(nodes: readonly YamlNode[], at: Position): YamlNode {
  const items = nodes.flatMap((node) => (node.kind === 'list' ? node.items : [node]));
  return { kind: 'list', items, at };
}

function familyOf(
  id: string,
  { pointer, type }: PlainSetting,
  root: YamlNode,
  declaration: PlainDocument,
  path: string,
  context: ReadContext,
): readonly Setting[] {
  const place = pointer.slice(0, pointer.lastIndexOf('/'));
  const owner = atPointer(root, place);
  if (owner?.kind !== 'map') return [];
  const outer = tokensOf(place) ?? [];
  const others = Object.entries(declaration.settings).filter(([other]) => other !== id);
  const paths = others
    .map(([, one]) => tokensOf(one.pointer) ?? [])
    .filter((tokens) => tokens.length > outer.length && outer.every((token, index) => tokens[index] === token))
    .map((tokens) => tokens.slice(outer.length));
  const left = without(owner, paths);
  return (left?.kind === 'map' ? left.entries : []).map(({ key, keyAt, value }) => ({
    id: `${id.slice(0, -1)}${key}`,
    value: valueOfNode(value, `${place}/${key}`, type, path, context),
    at: { file: path, ...keyAt },
  }));
}

function valueOfNode(
  node: YamlNode,
  pointer: string,
  type: PlainSetting['type'],
  file: string,
  context: ReadContext,
): SettingValue {
  const secret = type === 'text' || type === 'any' ? secretOf(node, pointer, context) : null;
  if (secret !== null) return secret;
  const canonical = canonicalJson(node);
  if ((type === 'text' || type === 'any') && node.kind === 'scalar') {
    return { kind: 'text', meaning: canonical, shown: node.text };
  }
  if (type === 'content' || type === 'any') {
    const digest = digestOf(node, context);
    return { kind: 'content', meaning: digest, shown: `${pointer} (${digest.slice(0, 12)})` };
  }
  if (type === 'set' && node.kind === 'list' && node.items.every((item) => item.kind === 'scalar')) {
    return { kind: 'set', items: uniqueItems(node.items, file) };
  }
  return unresolved(node, pointer, type === 'text' ? messages['shown-one-value'] : messages['shown-list'], context);
}

/** A text or number behind the name of a password or token, or null. */
function secretOf(node: YamlNode, pointer: string, { cryptography }: ReadContext): SettingValue | null {
  const name = tokensOf(pointer)?.at(-1) ?? '';
  if (node.kind !== 'scalar' || node.value === null || typeof node.value === 'boolean' || !isSecretName(name))
    return null;
  return secretValue(node.text, name, cryptography);
}

function unresolved(node: YamlNode, pointer: string, expected: string, context: ReadContext): SettingValue {
  const found = messages[`shown-found-${node.kind}`];
  const digest = digestOf(node, context);
  const reason = fill(messages['plain-shape'], { found, pointer, expected });
  return { kind: 'unresolved', meaning: digest, shown: `${pointer} (${digest.slice(0, 12)})`, reason };
}

function digestOf(node: YamlNode, context: ReadContext): string {
  return context.cryptography.sha256(new TextEncoder().encode(canonicalJson(node)));
}

/** `"1"` and `1` differ, an element that is given twice counts once. */
function uniqueItems(nodes: readonly YamlNode[], file: string): readonly SetItem[] {
  const items = new Map<string, SetItem>();
  for (const node of nodes) {
    const meaning = canonicalJson(node);
    const shown = node.kind === 'scalar' ? node.text : meaning;
    if (!items.has(meaning)) items.set(meaning, { meaning, shown, at: { file, ...node.at } });
  }
  return [...items.values()];
}
