/** Problems of a policy file: a sentence for people, with its place in the file. */
import { sortByKey, uniqueBy } from '../model/lists.ts';
import type { Message } from '../model/messages.ts';
import { findNearestWord } from '../model/nearest.ts';
import type { Place } from '../model/source.ts';
import { keyPositionAt, nodeAt, type TreePath, type YamlNode } from '../syntax/yaml/yaml.ts';
import { words } from './messages.ts';

/** One thing that is wrong with a policy. `id` is listed in `docs/troubleshooting.md`. */
export interface PolicyProblem extends Message {
  readonly place: Place;
}

/** Problems beyond this number are not listed, because the first ones are to be fixed first. */
const MAX_PROBLEMS = 50;
/** Further problems beyond this number are not even checked. */
const MAX_NOTED_PROBLEMS = 500;

/** The subject of a problem, if it is not the value as a whole. */
export interface ProblemDetails {
  /** True: the key at the path, not its value. */
  readonly key?: boolean;
  /** A word in the file, and those of which one may have been meant instead. */
  readonly word?: string;
  readonly known?: Iterable<string>;
}

/** Collects the problems of one file. */
export class ProblemList {
  readonly #file: string;
  readonly #root: YamlNode;
  readonly #problems: PolicyProblem[] = [];
  #ignoredWords: ReadonlySet<string> = new Set();

  constructor(file: string, root: YamlNode) {
    this.#file = file;
    this.#root = root;
  }

  /** Notes a problem of the value at a path. */
  add(problem: Message, path: TreePath, about: ProblemDetails = {}): void {
    if (this.#problems.length >= MAX_NOTED_PROBLEMS) return;
    const { key = false, word, known = [] } = about;
    if (word !== undefined && this.#ignoredWords.has(word)) return;
    const { line, column } = key ? keyPositionAt(this.#root, path) : nodeAt(this.#root, path).at;
    const near = word === undefined ? null : findNearestWord(word, known);
    const message = near === null ? problem.message : problem.message + words.didYouMean(near);
    this.#problems.push({ id: problem.id, message, place: { file: this.#file, line, column } });
  }

  /** Problems about these words are not noted from now on: they name a part of the file that was left out. */
  ignoreWords(words: ReadonlySet<string>): void {
    this.#ignoredWords = words;
  }

  /** The single value at a path as it is written, without quotes. */
  describeWritten(path: TreePath): string {
    const node = nodeAt(this.#root, path);
    return node.kind === 'scalar' ? node.text : '';
  }

  /** The problems by place, each once. */
  list(): readonly PolicyProblem[] {
    const sorted = sortByKey(this.#problems, ({ place }) => [place.line, place.column]);
    const unique = uniqueBy(sorted, ({ message, place }) => `${place.line}:${place.column}:${message}`);
    return unique.slice(0, MAX_PROBLEMS);
  }
}
