/** The first value or key in a manifest that `schemas/application.schema.json` does not allow. */
import type { ParseProblem } from '../../model/document.ts';
import { findNearestWord } from '../../model/nearest.ts';
import { findSchemaProblems, listAllowed, quoteExcerpt, type SchemaProblem } from '../../syntax/schema-problems.ts';
import { entry, plainValue, type TreePath, type YamlNode } from '../../syntax/yaml/yaml.ts';
import * as schema from './application-schema.generated.mjs';
import { messages, words } from './messages.ts';
import { listItems, readText } from './nodes.ts';
import { ALL_TYPES, findDataTypeId, findNearestDataType } from './types.ts';

/** The first problem with its line, column, found and expected words, or null. */
export function findShapeProblem(root: YamlNode): ParseProblem | null {
  const [problem] = findSchemaProblems(schema, root, plainValue(root));
  return problem === undefined ? findTypeProblem(root) : describeProblem(problem);
}

function describeProblem({ kind, path, at, found, word, expected, known }: SchemaProblem): ParseProblem {
  const meant = word === null ? null : findNearestWord(word, known);
  switch (kind) {
    case 'unknown-key':
      return {
        ...messages.manifestUnknownKey({
          key: found,
          place: describePlace(path.slice(0, -1)),
          allowed: listAllowed(known, meant),
          meant,
        }),
        at,
      };
    case 'missing-key':
      return { ...messages.manifestMissingKey({ key: writePath([...path, expected]) }), at };
    case 'wrong-key':
      return { ...messages.manifestWrongCulture({ key: found, expected }), at };
    default: {
      const value = kind === 'empty' ? 'empty' : found;
      return { ...messages.manifestWrongValue({ place: describePlace(path), found: value, expected, meant }), at };
    }
  }
}

/** Checks the names of data types, because the schema lists them for editors only. */
function findTypeProblem(root: YamlNode): ParseProblem | null {
  for (const channel of ['online', 'offline']) {
    for (const [index, rule] of listItems(entry(entry(root, 'rules'), channel)).entries()) {
      for (const key of ['types', 'except']) {
        for (const [position, type] of listItems(entry(rule, key)).entries()) {
          const path = ['rules', channel, index, key, position];
          const problem = checkType(type, path, key === 'types');
          if (problem !== null) return problem;
        }
      }
    }
  }
  return null;
}

function checkType(type: YamlNode, path: TreePath, mayBeAll: boolean): ParseProblem | null {
  const text = readText(type) ?? '';
  const id = findDataTypeId(text);
  const name = quoteExcerpt(text);
  if (id === null) {
    const meant = findNearestDataType(text);
    return { ...messages.manifestUnknownType({ name, path: writePath(path), meant }), at: type.at };
  }
  if (id !== ALL_TYPES || mayBeAll) return null;
  const expected = 'the name or the GUID of a data type';
  const place = describePlace(path);
  return { ...messages.manifestWrongValue({ place, found: name, expected, meant: null }), at: type.at };
}

function describePlace(path: TreePath): string {
  return path.length === 0 ? words.manifest : `"${writePath(path)}"`;
}

/** Writes a path such as `rules.online[1].types`. Items of a list are counted from 1. */
function writePath(path: TreePath): string {
  const steps = path.map((step) => (/^\d+$/.test(String(step)) ? `[${Number(step) + 1}]` : `.${step}`));
  return steps.join('').replace(/^\./, '');
}
