/** Puts what the JSON Schema of policies objects to into sentences. */
import { findSchemaProblems, type SchemaProblem } from '../syntax/schema-problems.ts';
import type { YamlNode } from '../syntax/yaml/yaml.ts';
import * as schema from './policy-schema.generated.mjs';
import type { ProblemList } from './problems.ts';

/** Notes everything in the data that the schema does not allow. True when there is nothing. */
export function checkSchema(root: YamlNode, data: unknown, problems: ProblemList): boolean {
  const found = findSchemaProblems(schema, root, data);
  for (const problem of found) report(problem, problems);
  return found.length === 0;
}

function report({ kind, path, found, word, expected, known }: SchemaProblem, problems: ProblemList): void {
  switch (kind) {
    case 'missing-key': {
      const what = path.length === 0 ? 'A policy without extends' : path.slice(-2).join(' ');
      problems.add('policy-missing-key', path, { what, expected }, { key: true });
      break;
    }
    case 'empty':
      problems.add('policy-empty', path);
      break;
    default: {
      const key = kind === 'unknown-key' || kind === 'wrong-key';
      const id = kind === 'wrong-key' ? 'policy-wrong-form' : (`policy-${kind}` as const);
      problems.add(id, path, { found, expected }, { key, ...(word === null ? {} : { found: word, known }) });
    }
  }
}
