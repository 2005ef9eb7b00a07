/** Builds trees with positions from the parser's events. Unsupported content throws a {@link Refusal}. */
import {
  CORE_SCHEMA,
  EVENT_ID,
  type Event,
  getScalarValue,
  NOT_RESOLVED,
  SCALAR_STYLE,
  type ScalarEvent,
} from 'js-yaml';
import type { Message, MessageKind } from '../../model/messages.ts';
import type { Position } from '../../model/source.ts';
import { messages } from '../messages.ts';
import { Refusal } from '../refusal.ts';
import { MAX_DEPTH, type YamlEntry, type YamlMap, type YamlNode } from './node.ts';

/** Most nodes that aliases and merges may add to those in the text. */
const MAX_ALIASED_NODES = 100_000;

/** The text that the events were read from. */
export interface YamlSource {
  readonly text: string;
  readonly findPosition: (offset: number) => Position;
  /**
   * How merge keys (`<<`) are resolved. Null makes them a problem. With `own-first`, own keys win, as in SnakeYAML.
   * With `in-order`, later entries in the map win, as in Ruby's Psych.
   */
  readonly mergeKeys: 'own-first' | 'in-order' | null;
  /** Keep an unknown tag as a map from the tag to the value. Otherwise it is a problem. */
  readonly keepTags: boolean;
  /** Messages for the two problems that YAML and JSON share. */
  readonly tooDeep: MessageKind<{ limit: number }>;
  readonly duplicateKey: MessageKind<{ key: string }>;
}

/** One tree for each document. @throws Refusal */
export function buildTrees(events: readonly Event[], source: YamlSource): readonly YamlNode[] {
  return new TreeBuilder(source).build(events);
}

/** A node with the cost of repeating it by an alias: all nodes in it, and the levels below it. */
interface Built {
  readonly node: YamlNode;
  readonly size: number;
  readonly height: number;
}

interface Frame {
  readonly kind: 'document' | 'map' | 'list';
  readonly offset: number;
  readonly anchor: string | null;
  /** A tag to keep. */
  readonly tag: string | null;
  readonly nodes: YamlNode[];
  readonly entries: YamlEntry[];
  /** A map's own keys, or null for any other node. */
  readonly keys: Set<string> | null;
  /** The maps that `<<` merges, with the number of own entries before each. */
  readonly merged: { readonly source: YamlMap; readonly after: number }[];
  /** The key of the next value. */
  key: { readonly text: string; readonly offset: number; readonly merge: boolean } | null;
  size: number;
  height: number;
}

class TreeBuilder {
  readonly #source: YamlSource;
  readonly #text: string;
  readonly #frames: Frame[] = [];
  readonly #roots: YamlNode[] = [];
  #anchors = new Map<string, Built | null>();
  #aliased = 0;
  /** The position of the latest event, which omitted values get. */
  #latest = 0;

  constructor(source: YamlSource) {
    this.#source = source;
    this.#text = source.text;
  }

  build(events: readonly Event[]): readonly YamlNode[] {
    for (const event of events) {
      if (event.type === EVENT_ID.DOCUMENT) {
        if (event.directives.some((directive) => directive.kind === 'tag')) this.#refuse(messages.yamlTag());
        this.#anchors = new Map();
        this.#open('document', this.#latest, null, null);
      } else if (event.type === EVENT_ID.SCALAR) this.#readScalar(event);
      else if (event.type === EVENT_ID.ALIAS) this.#resolveAlias(event.anchorStart, event.anchorEnd);
      else if (event.type === EVENT_ID.POP) this.#close();
      else {
        const kind = event.type === EVENT_ID.MAPPING ? 'map' : 'list';
        const tag = event.tagStart < 0 ? '!' : this.#readTag(event.tagStart, event.tagEnd);
        const isOther = tag !== '!' && tag !== (kind === 'map' ? '!!map' : '!!seq');
        if (isOther && !this.#source.keepTags) this.#refuse(messages.yamlTag(), event.tagStart);
        this.#latest = event.start;
        this.#open(kind, event.start, this.#readAnchor(event.anchorStart, event.anchorEnd), isOther ? tag : null);
      }
    }
    return this.#roots;
  }

  #refuse(what: Message, offset = this.#latest): never {
    throw new Refusal(what, this.#source.findPosition(offset));
  }

  #readAnchor(start: number, end: number): string | null {
    return start < 0 ? null : this.#text.slice(start, end);
  }

  #readTag(start: number, end: number): string {
    return this.#text.slice(start, end).replace(/^!<tag:yaml\.org,2002:(.*)>$/, '!!$1');
  }

  #open(kind: Frame['kind'], offset: number, anchor: string | null, tag: string | null): void {
    // An alias inside its own anchor would be a circle, so the name has no node until the anchor is closed.
    if (anchor !== null) this.#anchors.set(anchor, null);
    if (this.#frames.length > MAX_DEPTH) this.#refuse(this.#source.tooDeep({ limit: MAX_DEPTH }), offset);
    this.#frames.push({
      kind,
      offset,
      anchor,
      tag,
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
    const at = this.#source.findPosition(frame.offset);
    const node: YamlNode =
      frame.kind === 'list'
        ? { kind: 'list', items: frame.nodes, at }
        : { kind: 'map', entries: frame.merged.length === 0 ? frame.entries : this.#merge(frame), at };
    const built = { node: withTag(node, frame.tag), size: frame.size, height: frame.height };
    if (frame.anchor !== null) this.#anchors.set(frame.anchor, built);
    this.#add(built, frame.offset, false);
  }

  #readScalar(event: ScalarEvent): void {
    const offset = this.#findScalarOffset(event);
    this.#latest = offset;
    const text = getScalarValue(this.#text, event);
    const plain = event.style === SCALAR_STYLE.PLAIN;
    const mergeKey = plain && text === '<<';
    const anchor = this.#readAnchor(event.anchorStart, event.anchorEnd);
    const frame = this.#frames.at(-1);
    if (frame !== undefined && isKeyNext(frame) && anchor === null && event.tagStart < 0) {
      this.#grow(frame, 1, 0);
      this.#addKey(frame, text, offset, mergeKey); // most scalars of a file: no value is needed
      return;
    }
    const at = this.#source.findPosition(offset);
    const tag = event.tagStart < 0 ? '' : this.#readTag(event.tagStart, event.tagEnd);
    const isKept = this.#source.keepTags && /^!(?!!)./.test(tag);
    const value = isKept ? text : this.#readScalarValue(event, text, plain);
    const built: Built = {
      node: withTag({ kind: 'scalar', value, text, at }, isKept ? tag : null),
      size: 1,
      height: 0,
    };
    if (anchor !== null) this.#anchors.set(anchor, built);
    this.#add(built, offset, mergeKey);
  }

  #findScalarOffset(event: ScalarEvent): number {
    if (event.valueStart < 0)
      return event.tagStart >= 0 ? event.tagStart : Math.max(event.anchorStart - 1, this.#latest);
    if (event.style === SCALAR_STYLE.PLAIN) return event.valueStart;
    if (event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED)
      return event.valueStart - 1;
    // A block scalar's event names the first line of its content. Its sign is on the line before.
    const sign = event.style === SCALAR_STYLE.LITERAL_BLOCK ? '|' : '>';
    const header = this.#text.lastIndexOf(sign, event.valueStart - 1);
    return header > this.#latest ? header : event.valueStart;
  }

  #readScalarValue(event: ScalarEvent, text: string, plain: boolean): string | number | boolean | null {
    const tag = event.tagStart < 0 ? '' : this.#readTag(event.tagStart, event.tagEnd);
    if (tag === '') return plain ? toCoreValue(CORE_SCHEMA.resolveImplicitScalarTag(text).value) : text;
    if (tag === '!' || tag === '!!str') return text;
    const name = `tag:yaml.org,2002:${tag.slice(2)}`;
    const known = /^!!(?:null|bool|int|float)$/.test(tag) ? CORE_SCHEMA.lookupScalarTag(name) : undefined;
    const value: unknown = known === undefined ? NOT_RESOLVED : known.resolve(text, true, name);
    if (value === NOT_RESOLVED) this.#refuse(messages.yamlTag(), event.tagStart);
    return toCoreValue(value);
  }

  #resolveAlias(start: number, end: number): void {
    const offset = start - 1;
    this.#latest = offset;
    const target = this.#anchors.get(this.#text.slice(start, end));
    if (target === undefined) this.#refuse(messages.yamlUnknownAlias());
    if (target === null) this.#refuse(messages.yamlCircularAlias());
    this.#chargeNodes(target.size);
    // Documents are frames too, so the number of open collections is one less.
    if (this.#frames.length - 1 + target.height > MAX_DEPTH) this.#refuse(this.#source.tooDeep({ limit: MAX_DEPTH }));
    this.#add({ ...target, node: { ...target.node, at: this.#source.findPosition(offset) } }, offset, false);
  }

  #chargeNodes(nodes: number): void {
    this.#aliased += nodes;
    if (this.#aliased > MAX_ALIASED_NODES) this.#refuse(messages.yamlAliasBomb({ nodes: MAX_ALIASED_NODES }));
  }

  #add(built: Built, offset: number, mergeKey: boolean): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return;
    this.#grow(frame, built.size, built.height);
    if (frame.kind !== 'map') frame.nodes.push(built.node);
    else if (frame.key === null) {
      if (built.node.kind !== 'scalar') this.#refuse(messages.yamlComplexKey(), offset);
      this.#addKey(frame, built.node.text, offset, mergeKey);
    } else {
      const { text, offset: keyOffset, merge } = frame.key;
      frame.key = null;
      if (merge) {
        const after = frame.entries.length;
        frame.merged.push(...this.#mergeSources(built.node, keyOffset).map((source) => ({ source, after })));
        return;
      }
      if (frame.keys?.has(text)) this.#refuse(this.#source.duplicateKey({ key: text }), keyOffset);
      frame.keys?.add(text);
      frame.entries.push({ key: text, keyAt: this.#source.findPosition(keyOffset), value: built.node });
    }
  }

  #grow(frame: Frame, size: number, height: number): void {
    frame.size += size;
    frame.height = Math.max(frame.height, height + 1);
  }

  #addKey(frame: Frame, text: string, offset: number, merge: boolean): void {
    if (merge && this.#source.mergeKeys === null) this.#refuse(messages.yamlMergeKey(), offset);
    frame.key = { text, offset, merge };
  }

  #mergeSources(node: YamlNode, offset: number): readonly YamlMap[] {
    const sources = node.kind === 'list' ? node.items : [node];
    return sources.map((source) => (source.kind === 'map' ? source : this.#refuse(messages.yamlMergeKey(), offset)));
  }

  /** Own keys win unless their order counts and the merge comes after them. Then the first source with the key wins. */
  #merge(frame: Frame): readonly YamlEntry[] {
    const isInOrder = this.#source.mergeKeys === 'in-order';
    const own = new Map(frame.entries.map(({ key }, index) => [key, index]));
    const found = new Map<string, { readonly entry: YamlEntry; readonly after: number }>();
    for (const { source, after } of frame.merged) {
      this.#chargeNodes(source.entries.length);
      for (const entry of source.entries) {
        const former = found.get(entry.key);
        // Among several sources of one merge the first wins. Among several merges the later one wins.
        if (former === undefined || (isInOrder && after > former.after)) found.set(entry.key, { entry, after });
      }
    }
    const isMerged = (key: string, index: number) => isInOrder && (found.get(key)?.after ?? 0) > index;
    return [
      ...frame.entries.filter(({ key }, index) => !isMerged(key, index)),
      ...[...found.values()].flatMap(({ entry }) => {
        const index = own.get(entry.key);
        return index === undefined || isMerged(entry.key, index) ? [entry] : [];
      }),
    ];
  }
}

/** A value under its tag: `!Ref x` is the map `{ "!Ref": x }`. */
function withTag(node: YamlNode, tag: string | null): YamlNode {
  if (tag === null) return node;
  return { kind: 'map', entries: [{ key: tag, keyAt: node.at, value: node }], at: node.at };
}

function isKeyNext({ kind, key }: Frame): boolean {
  return kind === 'map' && key === null;
}

function toCoreValue(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
