/** Which workflows and actions run the gate: by its name, by its command line, or through others of the same repository. */
import { joinPath, resolvePath } from '../../model/paths.ts';
import type { Tree } from '../../model/source.ts';
import { decodeRoughly, decodeText } from '../../syntax/text.ts';
import { entry, parseYaml, type YamlNode } from '../../syntax/yaml/yaml.ts';
import type { GateFiles } from '../format.ts';

/** The action's name wherever it was forked or copied to, and that of its package and its container image. */
const ACTION_NAME = 'healthvault-go-live-gate';

/** The command by its name, or by its file with one of its commands, or with none of them where it is in a folder of the gate. */
const COMMAND =
  /(?<![\w./-])go-live-gate(?![\w-])|\bdist\/cli\.js\s+(?:-\S+\s+)*(?:check|explain|policy|verify|simulate|init|labels|doctor)\b/i;

/** A workflow or action: its tree, or null where it cannot be parsed, and its text. */
export interface ActionsFile {
  readonly root: YamlNode | null;
  readonly text: string;
}

/** Reads a workflow or action. */
export function parseActionsFile(bytes: Uint8Array): ActionsFile {
  const decoded = decodeText(bytes, 'plain');
  if ('problem' in decoded) return { root: null, text: decodeRoughly(bytes) };
  const parsed = parseYaml(decoded.text, { mergeKeys: 'own-first' });
  return { root: 'root' in parsed ? parsed.root : null, text: decoded.text };
}

/** What is needed to follow a file to the actions and workflows that it uses. */
export interface CallContext {
  readonly tree: Tree;
  readonly gateFiles: GateFiles;
}

/** Whether a workflow or action runs the gate. What cannot be parsed is searched as text. */
export function runsGate(
  { root, text }: ActionsFile,
  { tree, gateFiles }: CallContext,
  followed = new Set<string>(),
): boolean {
  const action = gateFiles.action?.toLowerCase() ?? null;
  const lower = text.toLowerCase();
  if (root === null) return lower.includes(ACTION_NAME) || (action !== null && lower.includes(action));
  const parts = ['jobs', 'runs', 'env'].flatMap((key) => listScalars(entry(root, key)));
  if (parts.some(({ text: value }) => value.toLowerCase().includes(ACTION_NAME))) return true;
  if (parts.some(({ key, text: value }) => key === 'run' && COMMAND.test(value))) return true;
  const uses = parts.flatMap(({ key, text: value }) => (key === 'uses' ? [value.trim()] : []));
  if (uses.some((used) => nameOf(used) === action)) return true;
  return uses.some((used) => {
    if (!used.startsWith('./')) return false;
    return listLocalFiles(used).some((path) => {
      if (followed.has(path)) return false;
      followed.add(path);
      const bytes = tree.file(path)?.bytes;
      return bytes !== undefined && runsGate(parseActionsFile(bytes), { tree, gateFiles }, followed);
    });
  });
}

/** `owner/name` of an action or workflow that is used. */
function nameOf(used: string): string {
  const [owner = '', repository = ''] = (used.toLowerCase().split('@', 1)[0] ?? '').split('/');
  return `${owner}/${repository}`;
}

/** The file of a workflow, or the files that may describe the action in a folder. */
function listLocalFiles(used: string): readonly string[] {
  const path = resolvePath('', used);
  if (path !== null && /\.ya?ml$/i.test(path)) return [path];
  return ['action.yml', 'action.yaml'].map((name) => joinPath(path ?? '', name));
}

/** Every scalar below a node, with the key that it belongs to. */
export function listScalars(
  node: YamlNode | null,
  key = '',
): readonly { readonly key: string; readonly text: string }[] {
  if (node === null) return [];
  if (node.kind === 'scalar') return [{ key, text: node.text }];
  if (node.kind === 'list') return node.items.flatMap((item) => listScalars(item, key));
  return node.entries.flatMap((one) => listScalars(one.value, one.key));
}
