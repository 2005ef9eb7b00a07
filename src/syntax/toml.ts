/** TOML 1.0 as the same tree as YAML. Never throws. */
import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';
import type { ParseProblem } from '../model/document.ts';
import type { Position } from '../model/source.ts';
import { messages } from './messages.ts';
import { catchRefusal, Refusal } from './refusal.ts';
import { MAX_DEPTH, type YamlEntry, type YamlNode } from './yaml/node.ts';

/** A whole file. Tables, dotted keys and arrays of tables are maps and lists. */
export function parseToml(text: string): { readonly root: YamlNode } | { readonly problem: ParseProblem } {
  return catchRefusal(() => {
    try {
      const [top] = parseTOML(text).body;
      const root = new OpenMap({ line: 1, column: 1 });
      for (const entry of top.body) {
        if (entry.type === 'TOMLKeyValue') addValue(root, entry, text);
        else {
          const table = root.openTable(entry.resolvedKey, toPosition(entry));
          for (const one of entry.body) addValue(table, one, text);
        }
      }
      return { root: root.close(0) };
    } catch (error) {
      if (error instanceof ParseError)
        throw new Refusal(messages.tomlSyntax({ reason: error.message }), {
          line: error.lineNumber,
          column: error.column + 1,
        });
      if (error instanceof RangeError) throw new Refusal(messages.tomlSyntax({ reason: 'It is nested too deeply.' }));
      throw error;
    }
  });
}

type Child = OpenMap | OpenList | YamlNode;

/** A map that further tables may add to. */
class OpenMap {
  readonly at: Position;
  readonly entries = new Map<string, { readonly keyAt: Position; readonly child: Child }>();

  constructor(at: Position) {
    this.at = at;
  }

  /** The map at a path of names and numbers of list items. It is created if it is missing. */
  openTable(path: readonly (string | number)[], at: Position): OpenMap {
    const [name, next, ...rest] = path;
    if (name === undefined) return this;
    const known = this.entries.get(String(name))?.child;
    if (typeof next === 'number') {
      const list = known instanceof OpenList ? known : new OpenList(at);
      if (known === undefined) this.entries.set(String(name), { keyAt: at, child: list });
      return list.openItem(next, at).openTable(rest, at);
    }
    const map = known instanceof OpenMap ? known : new OpenMap(at);
    if (known === undefined) this.entries.set(String(name), { keyAt: at, child: map });
    return map.openTable(next === undefined ? [] : [next, ...rest], at);
  }

  close(depth: number): YamlNode {
    if (depth > MAX_DEPTH) throw new Refusal(messages.yamlTooDeep({ limit: MAX_DEPTH }), this.at);
    const entries = Array.from(this.entries, ([key, { keyAt, child }]): YamlEntry => {
      return { key, keyAt, value: closeChild(child, depth + 1) };
    });
    return { kind: 'map', entries, at: this.at };
  }
}

class OpenList {
  readonly at: Position;
  readonly items: OpenMap[] = [];

  constructor(at: Position) {
    this.at = at;
  }

  openItem(index: number, at: Position): OpenMap {
    const item = this.items[index] ?? new OpenMap(at);
    this.items[index] = item;
    return item;
  }

  close(depth: number): YamlNode {
    return { kind: 'list', items: this.items.map((item) => item.close(depth + 1)), at: this.at };
  }
}

function closeChild(child: Child, depth: number): YamlNode {
  return child instanceof OpenMap || child instanceof OpenList ? child.close(depth) : child;
}

function addValue(map: OpenMap, { key, value }: AST.TOMLKeyValue, text: string): void {
  const names = key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value));
  const last = names.at(-1) ?? '';
  const keyAt = toPosition(key);
  map.openTable(names.slice(0, -1), keyAt).entries.set(last, { keyAt, child: convert(value, text) });
}

function convert(node: AST.TOMLContentNode, text: string): YamlNode {
  const at = toPosition(node);
  if (node.type === 'TOMLArray')
    return { kind: 'list', items: node.elements.map((element) => convert(element, text)), at };
  if (node.type === 'TOMLInlineTable') {
    const map = new OpenMap(at);
    for (const entry of node.body) addValue(map, entry, text);
    return map.close(0);
  }
  const written = text.slice(...node.range);
  if (node.kind === 'string') return { kind: 'scalar', value: node.value, text: node.value, at };
  const isPlain = node.kind === 'integer' || node.kind === 'float' || node.kind === 'boolean';
  return { kind: 'scalar', value: isPlain ? node.value : written, text: written, at };
}

function toPosition({ loc }: { readonly loc: AST.SourceLocation }): Position {
  return { line: loc.start.line, column: loc.start.column + 1 };
}
