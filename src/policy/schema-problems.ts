/** Turns errors of the JSON Schema of policies into sentences. */
import type { Message } from '../model/messages.ts';
import { findNearestWord } from '../model/nearest.ts';
import { findSchemaProblems, listAllowed, type SchemaProblem } from '../syntax/schema-problems.ts';
import type { YamlNode } from '../syntax/yaml/yaml.ts';
import { messages } from './messages.ts';
import * as schema from './policy-schema.generated.mjs';
import type { ProblemList } from './problems.ts';

const SENTENCES: Readonly<Record<SchemaProblem['kind'], (problem: SchemaProblem) => Message>> = {
  'missing-key': ({ path, expected }) =>
    messages.missingKey({ what: path.length === 0 ? 'A policy without extends' : path.slice(-2).join(' '), expected }),
  'unknown-key': ({ found, word, known }) =>
    messages.unknownKey({ found, allowed: listAllowed(known, findNearestWord(word ?? '', known)) }),
  'wrong-key': messages.wrongForm,
  'wrong-type': messages.wrongType,
  'wrong-value': messages.wrongValue,
  'wrong-form': messages.wrongForm,
  'out-of-range': messages.outOfRange,
  empty: () => messages.empty(),
};

/** Notes everything in the data that the schema does not allow. */
export function checkSchema(root: YamlNode, data: unknown, problems: ProblemList): void {
  for (const problem of findSchemaProblems(schema, root, data)) {
    const { kind, path, word, known } = problem;
    const key = kind.endsWith('-key');
    const isNamed = word !== null && kind !== 'missing-key' && kind !== 'empty';
    problems.add(SENTENCES[kind](problem), path, { key, ...(isNamed ? { word, known } : {}) });
  }
}

/** Keys of the file with independent entries, so the others can be checked without an invalid one. */
const COLLECTIONS: ReadonlySet<unknown> = new Set([
  'rules',
  'categories',
  'steps',
  'citations',
  'publications',
  'contacts',
  'approvers',
  'labels',
  'lead-times',
]);

/** The policy file without the parts that the schema does not allow. */
export interface ValidParts {
  readonly data: unknown;
  /** Every word of the omitted parts. References to them cannot be checked. */
  readonly leftOut: ReadonlySet<string>;
}

/** Leaves out every entry with a problem, so that the rest is checked as well. Null: the problem is the file as a whole. */
export function keepValidParts(root: YamlNode, data: unknown): ValidParts | null {
  const kept = structuredClone(data) as Record<string, unknown>;
  const leftOut = new Set<string>();
  for (;;) {
    const paths = findSchemaProblems(schema, root, kept).map(({ path, kind }) =>
      kind === 'missing-key' && path.length === 0 ? [] : path.slice(0, COLLECTIONS.has(path[0]) ? 2 : 1),
    );
    if (paths.length === 0) return { data: kept, leftOut };
    let hasChanged = false;
    for (const [first, second] of paths) {
      if (first === undefined) return null;
      const part = second === undefined ? kept : (kept[first] as Record<string, unknown> | undefined);
      const key = String(second ?? first);
      if (part === undefined || !Object.hasOwn(part, key)) continue;
      for (const word of [key, ...listWords(part[key])]) leftOut.add(word);
      delete part[key];
      hasChanged = true;
    }
    if (!hasChanged) return null;
  }
}

function listWords(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => [key, ...listWords(entry)]);
}
