/** The JSON report against both schemas, and its form. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { Report } from '../../src/model/report.ts';
import { formatJson, renderJson } from '../../src/render/json.ts';
import { blockedSimple, large, passed, stories } from './reports.ts';

function validator(path: string): (data: unknown) => string {
  const schema = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as object;
  const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  return (data) => (validate(data) ? '' : ajv.errorsText(validate.errors));
}

const schemas = [
  ['the project’s schema', validator('../../schemas/report.schema.json')],
  ['the contract', validator('../support/report-contract.schema.json')],
] as const;

const everything: Report = {
  ...passed,
  breakGlass: { label: 'l', by: 'b', at: '2026-11-23T18:00:00Z', until: '2026-11-24T18:00:00Z', reason: 'r' },
  clearance: {
    configuration: { label: 'go-live/configuration-approved', blocks: 'until-label' },
    none: { label: null, blocks: 'never' },
  },
};

describe.each(schemas)('the schema of %s', (_name, errorsOf) => {
  test.each(Object.entries({ ...stories, large: large(3, 40), everything }))('accepts %s', (_story, report) => {
    expect(errorsOf(JSON.parse(renderJson(report)))).toBe('');
  });

  test('rejects a report without a verdict', () => {
    const { verdict: _verdict, ...rest } = passed;
    expect(errorsOf(rest)).toContain('verdict');
  });
});

interface OwnSchema {
  readonly properties: { readonly questions: object };
  readonly then: { readonly properties: { readonly questions: { readonly required: readonly string[] } } };
}

test('the two questions of the guide are answered unless the policy has others', () => {
  const errorsOf = schemas[0][1];
  const { workflow: _, ...questions } = blockedSimple.questions;
  const { asked: __, ...report } = blockedSimple;
  expect(errorsOf({ ...report, questions })).toContain('workflow');
});

test('the project’s schema is closed at every level', () => {
  const errorsOf = schemas[0][1];
  const step = { ...(blockedSimple.steps[0] as object), surprise: 1 };
  expect(errorsOf({ ...blockedSimple, surprise: 1 })).toContain('additional properties');
  expect(errorsOf({ ...blockedSimple, steps: [step] })).toContain('additional properties');
});

test('the project’s schema contains everything in the contract', () => {
  const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  const missing: string[] = [];
  const compare = (contract: unknown, own: unknown, path: string): void => {
    if (contract === null || typeof contract !== 'object') {
      if (contract !== own && !path.endsWith('.description')) missing.push(path);
      return;
    }
    for (const [key, value] of Object.entries(contract)) {
      const other = own !== null && typeof own === 'object' ? (own as Record<string, unknown>)[key] : undefined;
      compare(value, other, `${path}.${key}`);
    }
  };
  // The contract is about the two questions of the update guide, which a report has unless its policy asks others.
  const { then, ...own } = read('../../schemas/report.schema.json') as OwnSchema;
  const questions = { ...own.properties.questions, required: then.properties.questions.required };
  const ofGuide = { ...own, properties: { ...own.properties, questions } };
  compare(read('../support/report-contract.schema.json'), ofGuide, '');
  expect(missing).toEqual([]);
});

test('keys are in one order for every report', () => {
  const turned = Object.fromEntries(Object.entries(blockedSimple).reverse()) as unknown as Report;
  expect(renderJson(turned)).toBe(renderJson(blockedSimple));
  expect(renderJson(blockedSimple).startsWith('{\n  "schemaVersion": 1,\n  "verdict": "blocked",\n')).toBe(true);
  expect(renderJson(blockedSimple).endsWith('}\n')).toBe(true);
});

test('undefined members are left out, and other data keeps its order', () => {
  expect(formatJson({ b: 1, a: undefined, c: [undefined, { z: 1, y: 2 }] })).toBe(
    '{\n  "b": 1,\n  "c": [\n    null,\n    {\n      "z": 1,\n      "y": 2\n    }\n  ]\n}\n',
  );
});
