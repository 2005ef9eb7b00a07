/** Puts what the JSON Schema of policies objects to into sentences. */
import type { Message } from '../model/messages.ts';
import { findSchemaProblems, type SchemaProblem } from '../syntax/schema-problems.ts';
import type { YamlNode } from '../syntax/yaml/yaml.ts';
import { messages } from './messages.ts';
import * as schema from './policy-schema.generated.mjs';
import type { ProblemList } from './problems.ts';

const SENTENCES: Readonly<Record<SchemaProblem['kind'], (problem: SchemaProblem) => Message>> = {
  'missing-key': ({ path, expected }) =>
    messages.missingKey({ what: path.length === 0 ? 'A policy without extends' : path.slice(-2).join(' '), expected }),
  'unknown-key': messages.unknownKey,
  'wrong-key': messages.wrongForm,
  'wrong-type': messages.wrongType,
  'wrong-value': messages.wrongValue,
  'wrong-form': messages.wrongForm,
  'out-of-range': messages.outOfRange,
  empty: () => messages.empty(),
};

/** Notes everything in the data that the schema does not allow. True when there is nothing. */
export function checkSchema(root: YamlNode, data: unknown, problems: ProblemList): boolean {
  const found = findSchemaProblems(schema, root, data);
  for (const problem of found) {
    const { kind, path, word, known } = problem;
    const key = kind.endsWith('-key');
    const isNamed = word !== null && kind !== 'missing-key' && kind !== 'empty';
    problems.add(SENTENCES[kind](problem), path, { key, ...(isNamed ? { word, known } : {}) });
  }
  return found.length === 0;
}
