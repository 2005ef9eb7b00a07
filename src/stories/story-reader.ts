/** Reads a story's YAML node by node: what is not as it should be is named with its line and column. */
import messages from '../../data/messages/simulator.json' with { type: 'json' };
import { UsageError } from '../model/errors.ts';
import { fill } from '../model/messages.ts';
import type { Position } from '../model/source.ts';
import { entry, type YamlEntry, type YamlNode } from '../syntax/yaml/node.ts';

/** Reads the maps, lists and scalars of one story file. Every method throws UsageError `story-invalid`. */
export class StoryReader {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  fail(
    id: keyof typeof messages,
    at: Position | null,
    values: Readonly<Record<string, string | number>> = {},
  ): UsageError {
    const place = at === null ? '' : `:${at.line}:${at.column}`;
    return new UsageError('story-invalid', `${this.#file}${place}: ${fill(messages[id], values)}`, {
      file: this.#file,
      ...(at === null ? {} : { line: at.line, column: at.column }),
    });
  }

  /** The entries of a map whose keys are all of `known`; '*' in `known` takes any. */
  entries(node: YamlNode, known: readonly string[]): readonly YamlEntry[] {
    if (node.kind !== 'map') throw this.fail('story-not-a-map', node.at, { keys: known.join(', ') });
    for (const { key, keyAt } of node.entries) {
      if (!known.includes('*') && !known.includes(key))
        throw this.fail('story-unknown-key', keyAt, { key, keys: known.join(', ') });
    }
    return node.entries;
  }

  /** Text of a scalar: numbers, truth values and dates as they are written. */
  text(node: YamlNode): string {
    if (node.kind !== 'scalar' || node.value === null) throw this.fail('story-not-a-text', node.at);
    return node.text;
  }

  textAt(node: YamlNode, key: string): string {
    const value = entry(node, key);
    if (value === null) throw this.fail('story-missing-key', node.at, { key });
    return this.text(value);
  }

  /** Absent: undefined. */
  textIf(node: YamlNode, key: string): string | undefined {
    const value = entry(node, key);
    return value === null ? undefined : this.text(value);
  }

  numberIf(node: YamlNode, key: string): number | undefined {
    const value = entry(node, key);
    return value === null ? undefined : this.number(value);
  }

  number(node: YamlNode): number {
    if (node.kind !== 'scalar' || typeof node.value !== 'number') throw this.fail('story-not-a-number', node.at);
    return node.value;
  }

  flagIf(node: YamlNode, key: string): boolean | undefined {
    const value = entry(node, key);
    if (value === null) return undefined;
    if (value.kind !== 'scalar' || typeof value.value !== 'boolean') throw this.fail('story-not-a-flag', value.at);
    return value.value;
  }

  /** One of a closed list of words. */
  wordIf<const Word extends string>(node: YamlNode, key: string, words: readonly Word[]): Word | undefined {
    const value = entry(node, key);
    if (value === null) return undefined;
    const text = this.text(value);
    const word = words.find((one) => one === text);
    if (word === undefined) throw this.fail('story-unknown-word', value.at, { word: text, words: words.join(', ') });
    return word;
  }

  items(node: YamlNode): readonly YamlNode[] {
    if (node.kind !== 'list') throw this.fail('story-not-a-list', node.at);
    return node.items;
  }

  /** A list of texts; one text stands for a list of one. Absent: undefined. */
  textsIf(node: YamlNode, key: string): readonly string[] | undefined {
    const value = entry(node, key);
    if (value === null) return undefined;
    return value.kind === 'list' ? value.items.map((item) => this.text(item)) : [this.text(value)];
  }

  numbersIf(node: YamlNode, key: string): readonly number[] | undefined {
    const value = entry(node, key);
    if (value === null) return undefined;
    return value.kind === 'list' ? value.items.map((item) => this.number(item)) : [this.number(value)];
  }

  /** A map of texts. Absent: empty. */
  textMap(node: YamlNode | null): Readonly<Record<string, string>> {
    if (node === null) return {};
    return Object.fromEntries(this.entries(node, ['*']).map(({ key, value }) => [key, this.text(value)]));
  }
}
