/** Reads a story: YAML, validated by `schemas/story.schema.json`. The first mistake is named with its line and column. */
import { UsageError } from '../model/errors.ts';
import type { Message } from '../model/messages.ts';
import type { Position } from '../model/source.ts';
import { findSchemaProblems, type SchemaProblem } from '../syntax/schema-problems.ts';
import { nodeAt, parseYaml, type YamlNode } from '../syntax/yaml/yaml.ts';
import { messages } from './messages.ts';
import type { OneOrMore, Story, StoryActions } from './story.ts';
import { allowedKeys, patternTitles, validate } from './story-schema.generated.mjs';

/** Keys of a step that are not its action. */
const STEP_KEYS = ['say', 'gate', 'meanwhile', 'faults', 'inputs', 'expect'];
const ACTIONS = (allowedKeys['/steps/*'] ?? []).filter((key) => !STEP_KEYS.includes(key));

/** One action of a story: its name, and its input. */
export type StoryAction = {
  [Kind in keyof StoryActions]: { readonly kind: Kind; readonly given: StoryActions[Kind] };
}[keyof StoryActions];

/** The one action of a step. */
export function findAction(step: Partial<StoryActions>): StoryAction {
  const kind = Object.keys(step).find((key) => ACTIONS.includes(key)) as keyof StoryActions;
  return { kind, given: step[kind] } as StoryAction;
}

/** A value that is written as a list or as its only item. */
export function toList<Item>(written: OneOrMore<Item>): readonly Item[] {
  return Array.isArray(written) ? (written as readonly Item[]) : [written as Item];
}

/** Reads a story. @throws UsageError `story-invalid` with file, line and column. */
export function readStory(text: string, file: string): Story {
  const fail = (problem: string, at: Position | null): UsageError => {
    const place = at === null ? file : `${file}:${at.line}:${at.column}`;
    return new UsageError(messages.invalid({ place, problem }), { file, ...at });
  };
  const parsed = parseYaml(text);
  if ('problem' in parsed) throw fail(parsed.problem.message, parsed.problem.at);
  const places = new Map<object, Position>();
  const data = toData(parsed.root, places);
  const problems = findSchemaProblems({ validate, allowedKeys, patternTitles }, parsed.root, data);
  if (problems.length > 0) {
    const [{ message }, at] = explainFirst(problems, parsed.root);
    throw fail(message, at);
  }
  const createError = ({ message }: Message, part?: object): UsageError =>
    fail(message, (part && places.get(part)) ?? null);
  return { ...(data as Omit<Story, 'createError'>), createError };
}

/**
 * Data for the validator, which turns scalars into numbers and truth values if the schema has these. All other values stay as
 * written. Only a file may be null (deleted). Any other omitted value fails as an empty list.
 */
function toData(node: YamlNode, places: Map<object, Position>, path: readonly string[] = []): unknown {
  if (node.kind === 'scalar') return node.value !== null ? node.text : path.at(-2) === 'files' ? null : [[]];
  const data =
    node.kind === 'list'
      ? node.items.map((item) => toData(item, places))
      : Object.fromEntries(node.entries.map(({ key, value }) => [key, toData(value, places, [...path, key])]));
  places.set(data, node.at);
  return data;
}

/** The mistake to name first, and its place. */
function explainFirst(problems: readonly SchemaProblem[], root: YamlNode): readonly [Message, Position] {
  // A misspelled key is often the reason for a key that seems to be missing.
  const problem =
    problems.find(({ kind }) => kind === 'unknown-key') ??
    problems.find(({ kind }) => kind === 'wrong-form') ??
    problems[0];
  const { kind, path, at, word, expected } = problem as SchemaProblem;
  switch (kind) {
    case 'unknown-key':
      return [messages.unknownKey({ key: word ?? '', keys: expected }), at];
    case 'missing-key':
      return [messages.missingKey({ key: expected }), nodeAt(root, path).at];
    case 'wrong-value':
      return [messages.unknownWord({ word: word ?? '', words: expected }), at];
    case 'wrong-form':
      return [messages.oneAction({ keys: ACTIONS.join(', ') }), at];
    case 'empty':
      return [messages.missingKey({ key: 'file' }), at];
    default:
      return [messages.wrongType({ expected }), at];
  }
}
