/** The parser's events as trees with positions; what the reader does not take leaves as a {@link Refusal}. */
import {
  CORE_SCHEMA,
  EVENT_ID,
  type Event,
  getScalarValue,
  NOT_RESOLVED,
  SCALAR_STYLE,
  type ScalarEvent,
} from 'js-yaml';
import type { Position } from '../../model/source.ts';
import { MAX_DEPTH, type YamlEntry, type YamlMap, type YamlNode } from './node.ts';

/** Most nodes that aliases and merges may add to what stands in the text. */
export const MAX_ALIASED_NODES = 100_000;

/** Ids of `data/messages/formats-yaml.json` that a tree can be refused with. */
export type RefusalId =
  | 'yaml-too-deep'
  | 'yaml-tag'
  | 'yaml-unknown-alias'
  | 'yaml-circular-alias'
  | 'yaml-alias-bomb'
  | 'yaml-complex-key'
  | 'yaml-merge-key'
  | 'yaml-duplicate-key';

/** The text that the events were read from. */
export interface YamlSource {
  readonly text: string;
  readonly positionAt: (offset: number) => Position;
  readonly mergeKeys: boolean;
}

/** One tree for each document. @throws Refusal */
export function buildTrees(events: readonly Event[], source: YamlSource): readonly YamlNode[] {
  return new TreeBuilder(source).build(events);
}

/** Leaves the builder with the place of what is refused; caught by the reader. */
export class Refusal extends Error {
  readonly id: RefusalId;
  readonly offset: number;
  readonly values: Readonly<Record<string, string | number>>;

  constructor(id: RefusalId, offset: number, values: Readonly<Record<string, string | number>> = {}) {
    super(id);
    this.id = id;
    this.offset = offset;
    this.values = values;
  }
}

/** A node with what it costs when an alias repeats it: all nodes in it, and the levels below it. */
interface Built {
  readonly node: YamlNode;
  readonly size: number;
  readonly height: number;
}

interface Frame {
  readonly kind: 'document' | 'map' | 'list';
  readonly offset: number;
  readonly anchor: string | null;
  readonly nodes: YamlNode[];
  readonly entries: YamlEntry[];
  /** A map's own keys; null for what has none. */
  readonly keys: Set<string> | null;
  readonly merged: YamlNode[];
  /** The key whose value comes next. */
  key: { readonly text: string; readonly offset: number; readonly merge: boolean } | null;
  size: number;
  height: number;
}

class TreeBuilder {
  readonly #text: string;
  readonly #positionAt: (offset: number) => Position;
  readonly #mergeKeys: boolean;
  readonly #frames: Frame[] = [];
  readonly #roots: YamlNode[] = [];
  #anchors = new Map<string, Built | null>();
  #aliased = 0;
  /** Where the latest event stood: the place of values that are not written at all. */
  #latest = 0;

  constructor({ text, positionAt, mergeKeys }: YamlSource) {
    this.#text = text;
    this.#positionAt = positionAt;
    this.#mergeKeys = mergeKeys;
  }

  build(events: readonly Event[]): readonly YamlNode[] {
    for (const event of events) {
      if (event.type === EVENT_ID.DOCUMENT) {
        if (event.directives.some((directive) => directive.kind === 'tag')) this.#refuse('yaml-tag');
        this.#anchors = new Map();
        this.#open('document', this.#latest, null);
      } else if (event.type === EVENT_ID.SCALAR) this.#scalar(event);
      else if (event.type === EVENT_ID.ALIAS) this.#alias(event.anchorStart, event.anchorEnd);
      else if (event.type === EVENT_ID.POP) this.#close();
      else {
        const kind = event.type === EVENT_ID.MAPPING ? 'map' : 'list';
        if (event.tagStart >= 0) {
          const tag = this.#tag(event.tagStart, event.tagEnd);
          if (tag !== '!' && tag !== (kind === 'map' ? '!!map' : '!!seq')) this.#refuse('yaml-tag', event.tagStart);
        }
        this.#latest = event.start;
        this.#open(kind, event.start, this.#anchor(event.anchorStart, event.anchorEnd));
      }
    }
    return this.#roots;
  }

  #refuse(id: RefusalId, offset = this.#latest, values: Readonly<Record<string, string | number>> = {}): never {
    throw new Refusal(id, offset, values);
  }

  #anchor(start: number, end: number): string | null {
    return start < 0 ? null : this.#text.slice(start, end);
  }

  #tag(start: number, end: number): string {
    return this.#text.slice(start, end).replace(/^!<tag:yaml\.org,2002:(.*)>$/, '!!$1');
  }

  #open(kind: Frame['kind'], offset: number, anchor: string | null): void {
    // An alias inside its own anchor would be a circle: until it is closed, the name stands for nothing.
    if (anchor !== null) this.#anchors.set(anchor, null);
    if (this.#frames.length > MAX_DEPTH) this.#refuse('yaml-too-deep', offset);
    this.#frames.push({
      kind,
      offset,
      anchor,
      nodes: [],
      entries: [],
      keys: kind === 'map' ? new Set() : null,
      merged: [],
      key: null,
      size: 1,
      height: 1,
    });
  }

  #close(): void {
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    if (frame.kind === 'document') {
      this.#roots.push(...frame.nodes);
      return;
    }
    const at = this.#positionAt(frame.offset);
    const node: YamlNode =
      frame.kind === 'list'
        ? { kind: 'list', items: frame.nodes, at }
        : { kind: 'map', entries: frame.merged.length === 0 ? frame.entries : this.#merge(frame), at };
    const built = { node, size: frame.size, height: frame.height };
    if (frame.anchor !== null) this.#anchors.set(frame.anchor, built);
    this.#add(built, frame.offset, false);
  }

  #scalar(event: ScalarEvent): void {
    const offset = this.#scalarOffset(event);
    this.#latest = offset;
    const text = getScalarValue(this.#text, event);
    const plain = event.style === SCALAR_STYLE.PLAIN;
    const mergeKey = plain && text === '<<';
    const anchor = this.#anchor(event.anchorStart, event.anchorEnd);
    const frame = this.#frames.at(-1);
    if (frame !== undefined && isKeyNext(frame) && anchor === null && event.tagStart < 0) {
      this.#grow(frame, 1, 0);
      this.#addKey(frame, text, offset, mergeKey); // most scalars of a file: no value is needed
      return;
    }
    const value = this.#scalarValue(event, text, plain);
    const built: Built = {
      node: { kind: 'scalar', value, text, at: this.#positionAt(offset) },
      size: 1,
      height: 0,
    };
    if (anchor !== null) this.#anchors.set(anchor, built);
    this.#add(built, offset, mergeKey);
  }

  #scalarOffset(event: ScalarEvent): number {
    if (event.valueStart < 0)
      return event.tagStart >= 0 ? event.tagStart : Math.max(event.anchorStart - 1, this.#latest);
    if (event.style === SCALAR_STYLE.PLAIN) return event.valueStart;
    if (event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED)
      return event.valueStart - 1;
    // A block scalar's event names the first line of its content; its sign stands on the line before.
    const sign = event.style === SCALAR_STYLE.LITERAL_BLOCK ? '|' : '>';
    const header = this.#text.lastIndexOf(sign, event.valueStart - 1);
    return header > this.#latest ? header : event.valueStart;
  }

  #scalarValue(event: ScalarEvent, text: string, plain: boolean): string | number | boolean | null {
    const tag = event.tagStart < 0 ? '' : this.#tag(event.tagStart, event.tagEnd);
    if (tag === '') return plain ? coreValue(CORE_SCHEMA.resolveImplicitScalarTag(text).value) : text;
    if (tag === '!' || tag === '!!str') return text;
    const name = `tag:yaml.org,2002:${tag.slice(2)}`;
    const known = /^!!(?:null|bool|int|float)$/.test(tag) ? CORE_SCHEMA.lookupScalarTag(name) : undefined;
    const value: unknown = known === undefined ? NOT_RESOLVED : known.resolve(text, true, name);
    if (value === NOT_RESOLVED) this.#refuse('yaml-tag', event.tagStart);
    return coreValue(value);
  }

  #alias(start: number, end: number): void {
    const offset = start - 1;
    this.#latest = offset;
    const target = this.#anchors.get(this.#text.slice(start, end));
    if (target === undefined) this.#refuse('yaml-unknown-alias');
    if (target === null) this.#refuse('yaml-circular-alias');
    this.#charge(target.size);
    // Documents are frames too, so the number of open collections is one less.
    if (this.#frames.length - 1 + target.height > MAX_DEPTH) this.#refuse('yaml-too-deep');
    this.#add({ ...target, node: { ...target.node, at: this.#positionAt(offset) } }, offset, false);
  }

  #charge(nodes: number): void {
    this.#aliased += nodes;
    if (this.#aliased > MAX_ALIASED_NODES) this.#refuse('yaml-alias-bomb');
  }

  #add(built: Built, offset: number, mergeKey: boolean): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return;
    this.#grow(frame, built.size, built.height);
    if (frame.kind !== 'map') frame.nodes.push(built.node);
    else if (frame.key === null) {
      if (built.node.kind !== 'scalar') this.#refuse('yaml-complex-key', offset);
      this.#addKey(frame, built.node.text, offset, mergeKey);
    } else {
      const { text, offset: keyOffset, merge } = frame.key;
      frame.key = null;
      if (merge) {
        frame.merged.push(...this.#mergeSources(built.node, keyOffset));
        return;
      }
      if (frame.keys?.has(text)) this.#refuse('yaml-duplicate-key', keyOffset, { key: text });
      frame.keys?.add(text);
      frame.entries.push({ key: text, keyAt: this.#positionAt(keyOffset), value: built.node });
    }
  }

  #grow(frame: Frame, size: number, height: number): void {
    frame.size += size;
    frame.height = Math.max(frame.height, height + 1);
  }

  #addKey(frame: Frame, text: string, offset: number, merge: boolean): void {
    if (merge && !this.#mergeKeys) this.#refuse('yaml-merge-key', offset);
    frame.key = { text, offset, merge };
  }

  #mergeSources(node: YamlNode, offset: number): readonly YamlMap[] {
    const sources = node.kind === 'list' ? node.items : [node];
    return sources.map((source) => (source.kind === 'map' ? source : this.#refuse('yaml-merge-key', offset)));
  }

  /** Own keys win, then the first source that has the key. */
  #merge(frame: Frame): readonly YamlEntry[] {
    const entries = [...frame.entries];
    const keys = new Set(frame.keys);
    for (const source of frame.merged) {
      if (source.kind !== 'map') continue;
      this.#charge(source.entries.length);
      for (const one of source.entries) {
        if (keys.has(one.key)) continue;
        keys.add(one.key);
        entries.push(one);
      }
    }
    return entries;
  }
}

function isKeyNext({ kind, key }: Frame): boolean {
  return kind === 'map' && key === null;
}

function coreValue(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
