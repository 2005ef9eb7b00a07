/** JSON and YAML files whose settings a policy names by JSON pointer, for policies about other things than HealthVault. */
import picomatch from 'picomatch';
import sentences from '../../data/messages/formats-yaml.json' with { type: 'json' };
import type { ConfigDocument, ParseProblem, SetItem, Setting, SettingValue } from '../model/document.ts';
import { fill } from '../model/messages.ts';
import type { PlainDocument } from '../model/policy.ts';
import type { SourceFile } from '../model/source.ts';
import { parseJson } from '../syntax/json.ts';
import { decodeText } from '../syntax/text.ts';
import { parseYaml, type YamlNode } from '../syntax/yaml.ts';
import type { ClaimContext, Format, ReadContext } from './format.ts';
import { canonicalJson } from './yaml-file.ts';

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
  const settings = Object.entries(declaration.settings).flatMap(([id, { pointer, type }]): Setting[] => {
    const node = atPointer(root, pointer);
    if (node === null) return [];
    const value = valueOfNode(node, pointer, type, path, context);
    if (value.kind === 'set' && value.items.length === 0) return [];
    return [{ id, value, at: { file: path, ...node.at } }];
  });
  return {
    file: path,
    part: null,
    format: 'plain',
    role: 'registered',
    completeness: 'complete',
    environment: 'none',
    settings,
    defaults: {},
    silentOn: [],
    lints: [],
    digest: null,
  };
}

/** The node that a JSON pointer (RFC 6901) names; '' is the root. Null when there is none. */
export function atPointer(root: YamlNode, pointer: string): YamlNode | null {
  if (pointer === '') return root;
  if (!pointer.startsWith('/')) return null;
  let node: YamlNode | undefined = root;
  for (const token of pointer.slice(1).split('/')) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (node.kind === 'map') node = node.entries.find((one) => one.key === key)?.value;
    else if (node.kind === 'list' && /^(?:0|[1-9][0-9]*)$/.test(key)) node = node.items[Number(key)];
    else return null;
    if (node === undefined) return null;
  }
  return node;
}

function valueOfNode(
  node: YamlNode,
  pointer: string,
  type: 'text' | 'set' | 'content',
  file: string,
  context: ReadContext,
): SettingValue {
  const canonical = canonicalJson(node);
  const digest = context.cryptography.sha256(new TextEncoder().encode(canonical));
  if (type === 'content') return { kind: 'content', meaning: digest, shown: `${pointer} (${digest.slice(0, 12)})` };
  if (type === 'text' && node.kind === 'scalar') return { kind: 'text', meaning: canonical, shown: node.text };
  if (type === 'set' && node.kind === 'list' && node.items.every((item) => item.kind === 'scalar')) {
    return { kind: 'set', items: uniqueItems(node.items, file) };
  }
  const found = node.kind === 'list' ? 'A list' : node.kind === 'map' ? 'A map' : 'One value';
  const expected = type === 'text' ? 'one value' : 'a list of plain values';
  const reason = fill(sentences['plain-shape'], { found, pointer, expected });
  return { kind: 'unresolved', meaning: digest, shown: `${pointer} (${digest.slice(0, 12)})`, reason };
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
