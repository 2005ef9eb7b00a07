/**
 * JSONPath (RFC 9535) for a tree with positions. Slow paths are refused: a search of all levels within another one or
 * within a filter, and regular expressions. A JSON pointer (RFC 6901) with `*` is translated.
 */
import { exec } from 'jsonpath-rfc9535';
import parse from 'jsonpath-rfc9535/parser';
import { plainValue, type YamlNode } from './yaml/yaml.ts';

/** Stands for every item of a list and every value of a map in the steps of a path. */
export const EVERY = '*';

/** A path that can be evaluated. */
export interface JsonPath {
  readonly text: string;
  /**
   * The names, if the path has only names and steps to every entry (`null`). A single value in place of a list or map
   * is then distinguished from a missing one. Null for a path with filters, slices and the like.
   */
  readonly steps: readonly (string | null)[] | null;
}

/** Reasons for refusing a path. */
export type PathProblem = 'syntax' | 'descendants' | 'function';

/** The nodes that a path finds, in the order of the file, each with the names that lead to it. */
export interface FoundNodes {
  readonly nodes: readonly { readonly node: YamlNode; readonly path: readonly string[] }[];
  /** A single value in place of a list or a map that the path leads through. */
  readonly blocker: YamlNode | null;
}

/** Reads a JSONPath, or a JSON pointer if the text begins with a slash or is empty. */
export function parsePath(text: string): JsonPath | { readonly problem: PathProblem } {
  if (text === '' || text.startsWith('/')) {
    const names = text.split('/').slice(1);
    const steps = names.map((name) => (name === EVERY ? null : name.replaceAll('~1', '/').replaceAll('~0', '~')));
    return { text, steps };
  }
  let segments: readonly PathSegment[];
  try {
    segments = (parse(text) as { readonly segments: readonly PathSegment[] }).segments;
  } catch {
    return { problem: 'syntax' };
  }
  const descendants = segments.filter(({ type }) => type === 'DescendantSegment');
  const filters = JSON.stringify(segments.map(({ node }) => node));
  if (descendants.length > 1 || filters.includes('"DescendantSegment"')) return { problem: 'descendants' };
  if (/"name":"(?:match|search)","arguments"/.test(filters)) return { problem: 'function' };
  const steps = segments.map(readStep);
  return { text, steps: steps.every((step) => step !== undefined) ? steps : null };
}

/** A path that begins at an entry: a name, or a JSONPath. An invalid JSONPath finds nothing. */
export function parseWithin(text: string): JsonPath {
  const path = text.startsWith('$') ? parsePath(text) : { text, steps: [text] };
  return 'problem' in path ? { text, steps: [text] } : path;
}

interface PathSegment {
  readonly type: string;
  readonly node: PathSelector & { readonly selectors?: readonly PathSelector[] };
}

interface PathSelector {
  readonly type: string;
  readonly value?: unknown;
}

/** The name of a segment, null for every entry, or undefined for any other segment. */
function readStep({ type, node }: PathSegment): string | null | undefined {
  const [selector = node, second] = node.selectors ?? [node];
  if (type !== 'ChildSegment' || second !== undefined) return undefined;
  if (selector.type === 'WildcardSelector') return null;
  const isIndex = selector.type === 'IndexSelector' && Number(selector.value) >= 0;
  const isName = selector.type === 'NameSelector' || selector.type === 'MemberNameShorthand';
  return isIndex || isName ? String(selector.value) : undefined;
}

/** Every node that a path names. @throws Error for a path that was not parsed. */
export function findByPath(root: YamlNode, path: JsonPath): FoundNodes {
  if (path.steps === null) return { nodes: query(root, path.text), blocker: null };
  let found: FoundNodes['nodes'] = [{ node: root, path: [] }];
  let blocker: YamlNode | null = null;
  for (const step of path.steps) {
    blocker ??= found.find(({ node }) => node.kind === 'scalar' && node.value !== null)?.node ?? null;
    found = found.flatMap((one) => listChildren(one, step));
  }
  return { nodes: found, blocker };
}

function listChildren({ node, path }: FoundNodes['nodes'][number], step: string | null): FoundNodes['nodes'] {
  if (node.kind === 'scalar') return [];
  const children =
    node.kind === 'map'
      ? node.entries.map(({ key, value }) => ({ key, value }))
      : node.items.map((value, index) => ({ key: String(index), value }));
  return children
    .filter(({ key }) => step === null || key === step)
    .map(({ key, value }) => ({ node: value, path: [...path, key] }));
}

function query(root: YamlNode, text: string): FoundNodes['nodes'] {
  const found: { node: YamlNode; path: readonly string[] }[] = [];
  exec(plainValue(root) as Parameters<typeof exec>[0], groupConjunctions(text), (_, path) => {
    const names = path.map(String);
    const node = followPath(root, names);
    if (node !== null) found.push({ node, path: names });
  });
  return found;
}

/** The parts of a path that decide where a conjunction ends. Quoted text is one part. */
const PARTS = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|&&|\|\||[^'"&|]/gs;

/** A path with `a && b && c` as `a && (b && (c))`, because the library reads more than two operands as `a && (b || c)`. */
function groupConjunctions(text: string): string {
  const open = [0]; // groups to close, for each bracket that is open
  const close = () => ')'.repeat(open.splice(-1, 1, 0)[0] ?? 0);
  const grouped = text.replace(PARTS, (part) => {
    if (part === '&&') {
      open[open.length - 1] = (open.at(-1) ?? 0) + 1;
      return '&& (';
    }
    if (part === '||' || part === ',') return close() + part;
    if (part === '(' || part === '[') open.push(0);
    if (part !== ')' && part !== ']') return part;
    const closed = close();
    open.pop();
    return closed + part;
  });
  return grouped + close();
}

function followPath(root: YamlNode, names: readonly string[]): YamlNode | null {
  let node: YamlNode | undefined = root;
  for (const name of names) {
    if (node?.kind === 'list') node = node.items[Number(name)];
    else if (node?.kind === 'map') node = node.entries.find(({ key }) => key === name)?.value;
    else return null;
  }
  return node ?? null;
}
