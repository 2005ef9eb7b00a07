/** The schema is the public truth: what it says, the loader does; what is generated from it is what is committed. */
import { Ajv } from 'ajv';
import { generateValidators } from '../../scripts/generate-validators.ts';
import { validate as validatePolicy } from '../../src/policy/policy-schema.generated.mjs';
import { parseYaml, plainValue } from '../../src/syntax/yaml/yaml.ts';
import { builtInText, presets, problemsOf, projectFile } from './built-in.ts';

const schemaText = projectFile('schemas/policy.schema.json');
const schema = JSON.parse(schemaText) as Record<string, unknown>;
const data = (text: string): unknown => {
  const result = parseYaml(text);
  if ('problem' in result) throw new Error(result.problem.message);
  return plainValue(result.root);
};

test('the generated validators are those of the schemas', () => {
  for (const [path, content] of generateValidators()) expect(projectFile(path)).toBe(content);
});

test('ajv accepts the schema as draft-07, and agrees with the generated validator', () => {
  const validate = new Ajv({
    allErrors: true,
    allowUnionTypes: true,
    strictTypes: false,
    strictRequired: false,
  }).compile(schema);
  const texts = [
    builtInText,
    projectFile('examples/go-live.yml'),
    'extends: healthvault',
    'name: x',
    'extends: healthvault\nrules: { a: { when: [] } }',
    'extends: healthvault\nlabels: { A: b }',
    'extends: 3',
    'extends: healthvault\nrules: { a: { when: { kind: gone } } }',
    'extends: healthvault\nrules: { a: { when: { before: [a, 1, true] } } }',
    'extends: healthvault\nrules: { a: { when: { before: [[a]] } } }',
  ];
  const answers = texts.map((text) => validate(data(text)));
  expect(texts.map((text) => validatePolicy(data(text)))).toEqual(answers);
  expect(answers.filter(Boolean)).toHaveLength(4);
});

test('every key has a description and an example, and every example is valid in its place', () => {
  const missing: string[] = [];
  const keys: string[] = [];
  const ajv = new Ajv({ strict: false });
  const definitions = schema.definitions;
  const walk = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const { properties } = node as { properties?: Record<string, { description?: string; examples?: unknown[] }> };
    for (const [key, value] of Object.entries(path.endsWith('/examples') ? {} : (properties ?? {}))) {
      const at = `${path}/${key}`;
      keys.push(at);
      if (!value.description || !value.examples?.length) missing.push(at);
      for (const example of value.examples ?? [])
        if (!ajv.compile({ ...value, definitions })(example)) missing.push(`${at} example ${JSON.stringify(example)}`);
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'examples') walk(value, `${path}/${key}`);
  };
  walk(schema, '');
  expect(missing).toEqual([]);
  expect(keys.length).toBeGreaterThan(100);
});

test('each example of a top-level key is a valid team policy, if it needs no other key', () => {
  const properties = schema.properties as Record<string, { examples: unknown[] }>;
  const dependent = new Set(['extends', '$schema', 'approvers', 'publications', 'citations', 'categories']);
  for (const [key, { examples }] of Object.entries(properties)) {
    if (dependent.has(key)) continue;
    for (const example of examples)
      expect([key, ...problemsOf(JSON.stringify({ extends: 'healthvault', [key]: example }))]).toEqual([key]);
  }
  expect(presets.size).toBe(1);
});

test('traits, kinds and roles of the schema are those that changes can have', () => {
  const source = projectFile('src/model/change.ts');
  const traits = (definitionsOf('trait') as { enum: string[] }).enum;
  const union = /export type Trait =([^;]*);/.exec(source)?.[1] ?? '';
  expect([...union.matchAll(/'([^']+)'/g)].map((match) => match[1]).sort()).toEqual([...traits].sort());
});

function definitionsOf(name: string): unknown {
  return (schema.definitions as Record<string, unknown>)[name];
}
