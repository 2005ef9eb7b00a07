/** Problems of a policy file: a sentence for people, with the place in the file that it is about. */
import sentences from '../../data/messages/policy.json' with { type: 'json' };
import { sortByKey, uniqueBy } from '../model/lists.ts';
import { fill } from '../model/messages.ts';
import { nearest } from '../model/nearest.ts';
import type { Place } from '../model/source.ts';
import { quoteExcerpt } from '../syntax/schema-problems.ts';
import { keyPositionAt, nodeAt, type TreePath, type YamlNode } from '../syntax/yaml/yaml.ts';

/** One thing that is wrong with a policy. `id` is listed in `docs/troubleshooting.md`. */
export interface PolicyProblem {
  readonly id: string;
  readonly message: string;
  readonly place: Place;
}

export type MessageId = keyof typeof sentences;
/** More problems than these are not listed: after so many, the first ones are what to repair. */
const MAX_PROBLEMS = 50;
/** After so many, further problems are not even looked into. */
const MAX_NOTED_PROBLEMS = 500;
/** A sentence of this room, filled. */
export function sentence(id: MessageId, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(sentences[id], values);
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
    path: TreePath,
    values: Readonly<Record<string, string | number>> = {},
    more: { readonly key?: boolean; readonly found?: string; readonly known?: Iterable<string> } = {},
  ): void {
    if (this.#problems.length >= MAX_NOTED_PROBLEMS) return;
    const { found, known } = more;
    const message =
      found === undefined
        ? sentence(id, values)
        : sentence(id, { found: quoteExcerpt(found), ...values }) + didYouMean(found, known);
    const { line, column } = more.key === true ? keyPositionAt(this.#root, path) : nodeAt(this.#root, path).at;
    this.#problems.push({ id, message, place: { file: this.#file, line, column } });
  }

  /** The problems by place, each once. */
  list(): readonly PolicyProblem[] {
    const sorted = sortByKey(this.#problems, ({ place }) => [place.line, place.column]);
    const unique = uniqueBy(sorted, ({ message, place }) => `${place.line}:${place.column}:${message}`);
    return unique.slice(0, MAX_PROBLEMS);
  }
}

function didYouMean(found: string, known: Iterable<string> | undefined): string {
  const near = known === undefined ? null : nearest(found, known);
  return near === null ? '' : sentence('did-you-mean', { nearest: near });
}
