/** Problems of a policy file: a sentence for people, with the place in the file that it is about. */
import sentences from '../../data/messages/policy.json' with { type: 'json' };
import { sortByKey, uniqueBy } from '../model/lists.ts';
import { fill } from '../model/messages.ts';
import { nearest } from '../model/nearest.ts';
import type { Place, Position } from '../model/source.ts';
import type { YamlEntry, YamlNode } from '../syntax/yaml/yaml.ts';

/** One thing that is wrong with a policy. `id` is listed in `docs/troubleshooting.md`. */
export interface PolicyProblem {
  readonly id: string;
  readonly message: string;
  readonly place: Place;
}

export type MessageId = keyof typeof sentences;
/** Where in the file: keys of maps and indexes of lists from the root. */
export type Path = readonly (string | number)[];

/** More problems than these are not listed: after so many, the first ones are what to repair. */
const MAX_PROBLEMS = 50;
/** After so many, further problems are not even looked into. */
const MAX_NOTED_PROBLEMS = 500;
/** Longest excerpt of the file in a message. */
const MAX_SHOWN_CHARS = 60;

/** A sentence of this room, filled. */
export function sentence(id: MessageId, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(sentences[id], values);
}

/** A word from the file as a message shows it: quoted, on one line, shortened. */
export function shown(word: string): string {
  const line = word.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ');
  return `"${line.length > MAX_SHOWN_CHARS ? `${line.slice(0, MAX_SHOWN_CHARS)}...` : line}"`;
}

/** Collects the problems of one file. */
export class ProblemList {
  readonly #file: string;
  readonly #root: YamlNode;
  readonly #problems: PolicyProblem[] = [];

  constructor(file: string, root: YamlNode) {
    this.#file = file;
    this.#root = root;
  }

  /** Notes a problem of the value at a path, or of its key. `known`: words of which one may have been meant instead of `found`. */
  add(
    id: MessageId,
    path: Path,
    values: Readonly<Record<string, string | number>> = {},
    more: { readonly key?: boolean; readonly found?: string; readonly known?: Iterable<string> } = {},
  ): void {
    if (this.#problems.length >= MAX_NOTED_PROBLEMS) return;
    const { found, known } = more;
    const message =
      found === undefined
        ? sentence(id, values)
        : sentence(id, { found: shown(found), ...values }) + didYouMean(found, known);
    const { line, column } = more.key === true ? this.#keyAt(path) : this.nodeAt(path).at;
    this.#problems.push({ id, message, place: { file: this.#file, line, column } });
  }

  /** The problems by place, each once. */
  list(): readonly PolicyProblem[] {
    const sorted = sortByKey(this.#problems, ({ place }) => [place.line, place.column]);
    const unique = uniqueBy(sorted, ({ message, place }) => `${place.line}:${place.column}:${message}`);
    return unique.slice(0, MAX_PROBLEMS);
  }

  /** The node at a path, or the nearest one above it. */
  nodeAt(path: Path): YamlNode {
    let node = this.#root;
    for (const step of path) {
      const next = node.kind === 'list' ? node.items[Number(step)] : entryOf(node, step)?.value;
      if (next === undefined) return node;
      node = next;
    }
    return node;
  }

  #keyAt(path: Path): Position {
    return entryOf(this.nodeAt(path.slice(0, -1)), path.at(-1))?.keyAt ?? this.nodeAt(path).at;
  }
}

function entryOf(node: YamlNode, key: string | number | undefined): YamlEntry | undefined {
  return node.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined;
}

function didYouMean(found: string, known: Iterable<string> | undefined): string {
  const near = known === undefined ? null : nearest(found, known);
  return near === null ? '' : sentence('did-you-mean', { nearest: near });
}
