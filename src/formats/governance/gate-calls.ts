/** Finds the workflows and actions that run the gate, by its name, its command line, or through others in the repository. */
import { getFolder, joinPath, resolvePath } from '../../model/paths.ts';
import type { Position, Tree } from '../../model/source.ts';
import { parseJson } from '../../syntax/json.ts';
import { decodeRoughly, decodeText } from '../../syntax/text.ts';
import { entry, parseYaml, type YamlNode } from '../../syntax/yaml/yaml.ts';
import type { GateFiles } from '../format.ts';

/** The name of the action, of its package and of its container image. Forks and copies keep it. */
export const ACTION_NAME = 'healthvault-go-live-gate';

/** The command's name, or its file. The file needs one of the commands unless it is in a folder of the gate. */
const COMMAND =
  /(?<![\w./-])go-live-gate(?![\w-])|\bdist\/cli\.js\s+(?:-\S+\s+)*(?:check|explain|policy|verify|simulate|init|labels|doctor)\b/i;

/** The text and tree of a workflow or action. The tree is null if it cannot be parsed. */
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

/** The facts to follow a file to its actions and workflows. */
export interface CallContext {
  readonly tree: Tree;
  readonly gateFiles: GateFiles;
}

/** Whether a workflow or action runs the gate. A file that cannot be parsed is searched as text. */
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
  const listValues = (name: string) => parts.flatMap(({ key, text: value }) => (key === name ? [value.trim()] : []));
  const folders = ['', ...listValues('working-directory')];
  if (runCommandsGate({ commands: listValues('run'), folders }, { tree, gateFiles }, followed)) return true;
  const uses = listValues('uses');
  if (uses.some((used) => getActionName(used) === action)) return true;
  return uses
    .filter((used) => used.startsWith('./'))
    .flatMap(listLocalFiles)
    .some((path) => isGateFile(path, { tree, gateFiles }, followed));
}

/** Whether a workflow, an action or a script runs the gate. A file that was followed before adds nothing. */
function isGateFile(path: string, context: CallContext, followed: Set<string>): boolean {
  if (followed.has(path)) return false;
  followed.add(path);
  const bytes = context.tree.readFile(path)?.bytes;
  if (bytes === undefined) return false;
  if (/\.ya?ml$/i.test(path)) return runsGate(parseActionsFile(bytes), context, followed);
  const commands = [decodeRoughly(bytes)];
  return (
    namesGate(commands[0] ?? '') || runCommandsGate({ commands, folders: ['', getFolder(path)] }, context, followed)
  );
}

/** Whether a script names the gate: its command, its package or its container image. */
export function namesGate(script: string): boolean {
  return COMMAND.test(script) || script.toLowerCase().includes(ACTION_NAME);
}

/** Command lines, and the folders that they may run in. */
interface Commands {
  readonly commands: readonly string[];
  readonly folders: readonly string[];
}

/** Whether command lines run the gate, directly or through scripts of the repository. */
function runCommandsGate({ commands, folders }: Commands, context: CallContext, followed: Set<string>): boolean {
  if (commands.some((command) => COMMAND.test(command))) return true;
  const resolveInFolders = (name: string) => folders.flatMap((folder) => resolvePath(folder, name) ?? []);
  const files = commands.flatMap(listScripts).flatMap(resolveInFolders);
  if (files.some((path) => isGateFile(path, context, followed))) return true;
  const usesPackage = commands.some((command) => /\b(?:npm|pnpm|yarn|bun)\b/.test(command));
  return (
    usesPackage &&
    resolveInFolders('package.json').some((path) => {
      const scripts = readPackageScripts(context.tree.readFile(path)?.bytes);
      const called = [...scripts].filter(([name]) => commands.some((command) => runsPackageScript(command, name)));
      const isNew = called.filter(([name]) => !followed.has(`${path}#${name}`));
      for (const [name] of isNew) followed.add(`${path}#${name}`);
      const texts = isNew.map(([, { text }]) => text);
      return (
        texts.some(namesGate) || runCommandsGate({ commands: texts, folders: [getFolder(path)] }, context, followed)
      );
    })
  );
}

/** The scripts that command lines run by their path, and those that `make` and `docker` read. */
function listScripts(command: string): readonly string[] {
  const paths =
    command.match(
      /(?<![\w@/.-])[\w./-]{1,200}\.(?:sh|bash|ps1|cmd|bat|[cm]?[jt]s|py|rb)\b|[\w./-]{0,200}Dockerfile[\w.-]{0,50}/g,
    ) ?? [];
  const isRun = (name: string) => new RegExp(`\\b${name}\\b`).test(command);
  return [...paths, ...(isRun('make') ? ['Makefile', 'makefile'] : []), ...(isRun('docker') ? ['Dockerfile'] : [])];
}

/** The scripts of a `package.json` by their names, or the versions in another of its maps. */
export function readPackageScripts(bytes: Uint8Array | undefined, map = 'scripts'): ReadonlyMap<string, PackageScript> {
  const parsed = parseJson(decodeRoughly(bytes ?? new Uint8Array()));
  const scripts = 'root' in parsed ? entry(parsed.root, map) : null;
  const entries = scripts?.kind === 'map' ? scripts.entries : [];
  return new Map(
    entries.flatMap(({ key, value }) =>
      value.kind === 'scalar' ? [[key, { text: value.text, at: value.at }] as const] : [],
    ),
  );
}

/** One script of a `package.json`. */
interface PackageScript {
  readonly text: string;
  readonly at: Position;
}

/** Whether a command line runs a script of `package.json`. npm also runs scripts with `pre` and `post` before its name. */
export function runsPackageScript(command: string, script: string): boolean {
  const calls = command.match(/\b(?:npm|pnpm|yarn|bun)\s[^\r\n;&|]*/g) ?? [];
  return calls
    .flatMap((call) => call.split(/\s+/).slice(1))
    .some((word) => [word, `pre${word}`, `post${word}`].includes(script));
}

/** `owner/name` of an action or workflow that is used. */
function getActionName(used: string): string {
  const [owner = '', repository = ''] = (used.toLowerCase().split('@', 1)[0] ?? '').split('/');
  return `${owner}/${repository}`;
}

/** The file of a workflow, or the files that may describe the action in a folder, or build it. */
function listLocalFiles(used: string): readonly string[] {
  const path = resolvePath('', used);
  if (path !== null && /\.ya?ml$/i.test(path)) return [path];
  return ['action.yml', 'action.yaml', 'Dockerfile'].map((name) => joinPath(path ?? '', name));
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
