import {
  completeDocument,
  createClientDocument,
  withUniqueParts,
} from '../../../src/formats/client/client-document.ts';

const endpoint = {
  id: 'client.endpoints.platform',
  value: {
    kind: 'text',
    meaning: 'https://platform.healthvault-ppe.com/platform',
    shown: 'https://platform.healthvault-ppe.com/platform/',
  },
  at: { file: 'a.yml', line: 1, column: 1 },
} as const;

test('a client document is in the environment of its endpoints, unless its reader determines another one', () => {
  const facts = { file: 'a.yml', format: 'spring', settings: [endpoint] };
  expect(createClientDocument(facts)).toMatchObject({ role: 'client', completeness: 'complete', environment: 'ppe' });
  expect(createClientDocument({ ...facts, environment: 'mixed' }).environment).toBe('mixed');
});

test('a document without parts has only its settings', () => {
  const facts = {
    file: 'policy.yml',
    format: 'governance',
    role: 'governance',
    environment: 'none',
    settings: [],
  } as const;
  expect(completeDocument(facts)).toEqual({
    ...facts,
    part: null,
    completeness: 'complete',
    defaults: {},
    notExpressible: [],
    lints: [],
    digest: null,
  });
});

describe('parts of one file', () => {
  const partsOf = (parts: readonly (string | null)[]): readonly (string | null)[] =>
    withUniqueParts(parts.map((part) => createClientDocument({ file: 'a', part, format: 'spring', settings: [] }))).map(
      ({ part }) => part,
    );

  test('with the same name are numbered, in the order of the file', () => {
    expect(partsOf([null, 'live', 'test', 'live', 'live'])).toEqual([null, 'live', 'test', 'live (2)', 'live (3)']);
  });

  test('skip a number that is already a name', () => {
    expect(partsOf(['live (2)', 'live', 'live'])).toEqual(['live (2)', 'live', 'live (3)']);
  });
});
