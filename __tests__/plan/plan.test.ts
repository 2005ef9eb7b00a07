import fc from 'fast-check';
import type { Change } from '../../src/model/change.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { FINGERPRINT, finding, input, NOW, POLICY, pullRequest } from './sample.ts';

const at = (line: number, more: Partial<Change> = {}): Partial<Change> => ({
  location: { side: 'head', line, column: 1 },
  ...more,
});

const MANY = [
  finding('deployment', { change: at(1) }),
  finding('configuration', { change: at(9), rule: { sources: ['R8'] } }),
  finding('configuration', { change: at(2, { setting: 'name' }) }),
  finding('configuration', { change: at(2, { file: 'a.xml' }) }),
  finding('signup-workflow', {
    change: at(30),
    also: ['configuration'],
    rule: { note: 'Look here.', sources: ['R10'] },
  }),
  finding('unknown', { change: at(4, { before: null, after: null, location: null, detail: 'Why.' }) }),
];

test('the report has the decision, its reason and its time', () => {
  const report = makePlan(input({ findings: MANY, applicationIds: ['id-1'] }));
  expect(report).toMatchObject({
    schemaVersion: 1,
    verdict: 'blocked',
    fingerprint: FINGERPRINT,
    policy: { source: 'built-in', digest: 'd'.repeat(64), name: 'sample', consentWidening: 'signup-workflow' },
    evaluation: { at: NOW, base: 'b1', head: 'h1', mode: 'enforce', provenance: 'github' },
    titles: {
      unknown: 'Title of unknown',
      'signup-workflow': 'Title of signup-workflow',
      configuration: 'Title of configuration',
      deployment: 'Title of deployment',
    },
  });
  expect(Object.keys(report.titles)).toEqual(report.categories);
  expect(report.steps.find(({ request }) => request !== undefined)?.request?.text).toMatch(/Application id: id-1/);
});

test('changes are sorted by severity, then by place', () => {
  const { changes } = makePlan(input({ findings: MANY }));
  expect(changes.map(({ category, file, location }) => [category, file, location?.line])).toEqual([
    ['unknown', 'app/manifest.xml', undefined],
    ['signup-workflow', 'app/manifest.xml', 30],
    ['configuration', 'a.xml', 2],
    ['configuration', 'app/manifest.xml', 2],
    ['configuration', 'app/manifest.xml', 9],
    ['deployment', 'app/manifest.xml', 1],
  ]);
});

test('a change is reported completely, without additions', () => {
  const content = { before: null, after: 'f'.repeat(64) };
  const baseLocation = { file: 'base.xml', line: 1, column: 2 };
  const access = { channel: 'online', requirement: 'required', typeId: '*', permission: 'Read' } as const;
  const document = { ...finding('unknown').change.document, part: 'Release' };
  const full = finding('unknown', {
    change: { content, baseLocation, access, document, detail: 'Why.' },
    rule: { note: 'Look.', enforcement: 'advisory', sources: ['R8'] },
    also: ['configuration', 'unknown', 'certificate'],
  });
  const [told] = makePlan(input({ findings: [full] })).changes;
  expect(told).toEqual({
    file: 'app/manifest.xml',
    setting: 'description',
    kind: 'modified',
    effect: 'neutral',
    access,
    category: 'unknown',
    also: ['certificate', 'configuration'],
    rule: 'unknown-rule',
    reason: 'Reason of unknown-rule.',
    note: 'Look.',
    detail: 'Why.',
    sources: ['R8'],
    before: 'old',
    after: 'new',
    location: { side: 'head', line: 3, column: 5 },
    baseLocation,
    environment: 'production',
    part: 'Release',
    enforcement: 'advisory',
    content,
  });
  const [bare] = makePlan(input({ findings: [finding('deployment')] })).changes;
  expect(Object.keys(bare ?? {})).toEqual([
    'file',
    'setting',
    'kind',
    'effect',
    'category',
    'rule',
    'reason',
    'sources',
    'before',
    'after',
    'location',
    'environment',
  ]);
});

test('the cited sentences are listed, and no other', () => {
  const problems = [{ id: 'x', severity: 'advice' as const, message: 'X.', source: 'R8' }];
  const cited = (more: object) => Object.keys(makePlan(input(more)).citations);
  expect(cited({ findings: [finding('configuration')] })).toEqual(['R5', 'R8']);
  expect(cited({ findings: [finding('deployment', { rule: { sources: ['R5', 'unheard-of'] } })] })).toEqual(['R5']);
  expect(cited({ problems })).toEqual(['R8']);
  expect(cited({})).toEqual([]);
  expect(makePlan(input({ findings: [finding('configuration')] })).citations).toEqual({
    R5: { text: 'Finalize first.', document: 'Guide', url: 'https://docs.example/r5' },
    R8: { text: 'Two to three.', document: 'Guide' },
  });
});

test('problems are sorted by severity, each once', () => {
  const problem = (id: string, severity: 'advice' | 'refused' | 'unreadable', line: number) => ({
    id,
    severity,
    line,
    file: 'a',
    message: id,
  });
  const problems = [
    problem('c', 'advice', 1),
    problem('b', 'refused', 9),
    problem('b', 'refused', 9),
    problem('a', 'refused', 10),
    problem('d', 'unreadable', 1),
  ];
  expect(makePlan(input({ problems })).problems.map(({ id }) => id)).toEqual(['b', 'a', 'd', 'c']);
});

test('the order of the facts does not matter, and the input remains unchanged', () => {
  const files = ['b', 'a', 'c'].map((path) => ({ path, status: 'modified' as const, format: 'x' }));
  const problems = ['y', 'x'].map((id) => ({ id, severity: 'advice' as const, message: id }));
  const changedPaths = ['docs/walkthrough.md', 'a/walkthrough.md', 'b'];
  const state = pullRequest(['go-live/unknown', 'go-live/configuration']);
  const whole = { findings: MANY, files, problems, changedPaths, pullRequest: state };
  const before = JSON.stringify(whole);
  const expected = JSON.stringify(makePlan(input(whole)));
  const shuffled = <T>(list: readonly T[]) =>
    fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length });
  fc.assert(
    fc.property(
      shuffled(MANY),
      shuffled(files),
      shuffled(problems),
      shuffled(changedPaths),
      shuffled(state.labelEvents),
      (findings, someFiles, someProblems, paths, labelEvents) => {
        const report = makePlan(
          input({
            findings,
            files: someFiles,
            problems: someProblems,
            changedPaths: paths,
            pullRequest: { ...state, labelEvents },
          }),
        );
        expect(JSON.stringify(report)).toBe(expected);
      },
    ),
    { seed: 1, numRuns: 100 },
  );
  expect(JSON.stringify(whole)).toBe(before);
});

describe('certificates', () => {
  const report = (validity: string, more: Partial<Change> = {}) =>
    makePlan(
      input({
        findings: [
          finding('certificate', {
            change: {
              setting: 'public-keys',
              kind: 'added',
              before: null,
              after: `CN=a, ${validity}, RSA 2048`,
              ...more,
            },
          }),
        ],
      }),
    ).problems;

  // Evaluated on 23 November 2026; three business days end on the 27th.
  test.each([
    ['valid 2024-01-01 to 2026-11-22', 'certificate-expired', '2026-11-22'],
    ['valid 2026-11-28 to 2028-01-01', 'certificate-not-yet-valid', '2026-11-28'],
    ['valid 2024-01-01 to 2026-11-27', 'certificate-expires-before-go-live', '2026-11-27'],
  ])('%s are reported as %s', (validity, id, date) => {
    expect(report(validity)).toEqual([
      { id, severity: 'advice', file: 'app/manifest.xml', line: 3, column: 5, message: expect.stringContaining(date) },
    ]);
  });

  test.each([
    ['in time', 'valid 2026-11-27 to 2026-11-28', {}],
    ['without dates', 'no dates', {}],
    ['with impossible dates', 'valid 2020-13-01 to 2020-14-01', {}],
    ['removed', 'valid 2024-01-01 to 2025-01-01', { kind: 'removed' as const }],
    ['for another setting', 'valid 2024-01-01 to 2025-01-01', { setting: 'description' }],
  ])('are not reported %s', (_, validity, more) => {
    expect(report(validity, more)).toEqual([]);
  });

  test('have their dates in the detail, and no place if it is not at the head', () => {
    expect(report('', { detail: 'It is valid 2024-01-01 to 2025-01-01.', location: null })).toEqual([
      expect.not.objectContaining({ line: expect.anything() }),
    ]);
  });
});

test('ten thousand changes are planned at once', () => {
  const findings = Array.from({ length: 10_000 }, (_, index) =>
    finding('configuration', { change: at(index + 1, { file: `f${index}` }) }),
  );
  const report = makePlan(input({ findings, policy: POLICY }));
  expect(report.changes).toHaveLength(10_000);
  expect(report.because.configuration).toContain(': Description.');
});
