import type { Finding } from '../../src/model/finding.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { FILE, finding, input } from './sample.ts';

const plan = (findings: readonly Finding[], more = {}) => makePlan(input({ findings, ...more }));

describe('the categories', () => {
  test.each([
    [
      'in the order of the policy',
      [finding('deployment'), finding('configuration'), finding('signup-workflow')],
      ['signup-workflow', 'configuration', 'deployment'],
    ],
    [
      'those of additional categories',
      [finding('master-child', { also: ['signup-workflow', 'configuration'] })],
      ['master-child', 'signup-workflow', 'configuration'],
    ],
    [
      'listed once',
      [finding('configuration'), finding('configuration', { also: ['configuration'] })],
      ['configuration'],
    ],
    ['never none beside another one', [finding('none'), finding('deployment')], ['deployment']],
    ['none alone', [finding('none')], ['none']],
    ['those of watched files without a change', [], ['none']],
  ])('are %s', (_, findings, expected) => {
    expect(plan(findings).categories).toEqual(expected);
  });

  test('are none if no watched file changed', () => {
    const report = plan([], { files: [] });
    expect(report).toMatchObject({ categories: [], verdict: 'passed', steps: [], leadTime: null });
  });

  test('with one that the policy lacks are a failure, not a pass', () => {
    expect(() => plan([finding('invented')])).toThrow(
      expect.objectContaining({ id: 'plan-category-missing', exitCode: 3 }),
    );
  });
});

/** A file that the policy names as sign-up or consent. */
const hit = (file: string) =>
  finding('signup-workflow', { change: { setting: 'workflow', file }, rule: { about: 'sdk' } });

// Categories, files that the policy names, answers.
const TABLE: readonly [readonly string[], readonly string[], string, string][] = [
  [['configuration'], [], 'yes', 'no'],
  [['certificate'], [], 'yes', 'no'],
  [['signup-workflow'], [], 'yes', 'yes'],
  [['master-child'], [], 'yes', 'yes'],
  [['new-application'], [], 'yes', 'yes'],
  [['unknown'], [], 'unknown', 'unknown'],
  [['unknown', 'deployment'], [], 'unknown', 'unknown'],
  [['unknown', 'configuration'], [], 'yes', 'unknown'],
  [['unknown', 'signup-workflow'], [], 'yes', 'yes'],
  [['deployment'], [], 'no', 'no'],
  [['governance'], [], 'no', 'no'],
  [['none'], [], 'no', 'no'],
  [[], [], 'no', 'no'],
  [['deployment'], ['src/signup/page.cs'], 'no', 'yes'],
  [['unknown'], ['src/signup/page.cs'], 'unknown', 'yes'],
];

test.each(TABLE)('%j with hits %j has the answers %s and %s', (categories, hits, configuration, workflow) => {
  const report = plan([...categories.map((id) => finding(id)), ...hits.map(hit)]);
  expect(report.questions).toEqual({ configuration, workflow });
});

describe('the reason', () => {
  const because = (findings: readonly Finding[], more = {}) => plan(findings, more).because;

  test('names the settings in words, each once', () => {
    const settings = ['description', 'name', 'action-url', 'methods', 'methods'];
    const findings = settings.map((setting) => finding('configuration', { change: { setting } }));
    expect(because(findings).configuration).toBe(
      'Microsoft reviews and pushes these changes: Action URL, Description, Platform methods and 1 more.',
    );
    expect(because(findings.slice(0, 1)).configuration).toBe(
      'Microsoft reviews and pushes these changes: Description.',
    );
  });
  test('is that of the most demanding rule', () => {
    const findings = [finding('signup-workflow'), finding('master-child')];
    expect(because(findings).workflow).toBe('Reason of master-child-rule. Further changes that touch it: 1.');
    expect(because(findings.slice(0, 1)).workflow).toBe('Reason of signup-workflow-rule.');
  });
  test('names the pages that the policy includes', () => {
    expect(because([hit('b.cs'), hit('a.cs')]).workflow).toMatch(/names a\.cs, b\.cs/);
  });
  test('says what would settle the question', () => {
    const unknown = because([finding('unknown', { change: { file: 'web.config' } })]);
    expect(unknown.configuration).toMatch(/web\.config could not be classified. .*add go-live\/unknown/);
    expect(unknown.workflow).toBe(unknown.configuration);
    expect(because([finding('secret', { change: { file: 'key.pem' } })]).configuration).toMatch(
      /key\.pem contains a secret\. Remove/,
    );
  });
});

test('a match of the globs blocks like any change to the sign-up workflow', () => {
  const report = plan([hit('src/signup/page.cs')], { files: [FILE] });
  expect(report).toMatchObject({ categories: ['signup-workflow'], verdict: 'blocked' });
});

describe('a policy without sign-up globs', () => {
  const answer = (more: object, findings: readonly Finding[] = []) => {
    const { questions, because, verdict } = plan(findings, more);
    return [questions.workflow, because.workflow, verdict];
  };
  const others = { changedPaths: ['app/manifest.xml', 'src/b.cs', 'src/a.cs'] };

  test('leaves the question open for other files, which does not block', () =>
    expect(answer(others)).toEqual([
      'unknown',
      expect.stringMatching(
        /^Not known, because the policy does not name the files .* other files change: src\/a\.cs, src\/b\.cs\.$/,
      ),
      'passed',
    ]));

  test('gets the answer from files that were read', () => {
    expect(answer({})[0]).toBe('no');
    expect(answer({ changedPaths: [] })[0]).toBe('no');
    const moved = { path: 'new.xml', previousPath: 'old.xml', status: 'renamed' as const, format: 'x' };
    expect(answer({ files: [moved], changedPaths: ['new.xml', 'old.xml'] })[0]).toBe('no');
  });

  test('is one without an answer, and globs give it', () =>
    expect(answer({ ...others, policy: { ...input().policy, workflow: ['src/signup/**'] } })[0]).toBe('no'));

  test('has known answers first', () => {
    expect(answer(others, [finding('signup-workflow')])[0]).toBe('yes');
    expect(answer(others, [finding('unknown')])[1]).toMatch(/could not be classified/);
  });
});

describe('the questions of a policy', () => {
  const questions = {
    configuration: { text: 'More rights?', yes: '{count} of them: {names}.', no: 'None.' },
    workflow: { text: 'Asked again?', yes: '{names} says so.', no: 'Nobody.' },
  };
  const asked = (findings: readonly Finding[], more = {}) => {
    const usual = input({ findings, ...more });
    return makePlan({ ...usual, policy: { ...usual.policy, questions } });
  };

  test.each([
    ['no', [finding('deployment')], {}, ['None.', 'Nobody.']],
    ['yes', [finding('configuration')], {}, ['1 of them: Description.', 'Nobody.']],
    [
      'a change of two categories, which counts once',
      [finding('signup-workflow', { also: ['configuration'] })],
      {},
      ['1 of them: Description.', 'Reason of signup-workflow-rule.'],
    ],
    ['a match of the globs', [finding('deployment'), hit('b'), hit('a')], {}, ['None.', 'a, b says so.']],
  ])('are answered with %s in its words', (_, findings, more, because) => {
    const report = asked(findings, more);
    expect([report.because.configuration, report.because.workflow]).toEqual(because);
    expect(report.asked).toEqual({ configuration: 'More rights?', workflow: 'Asked again?' });
  });

  test('are absent if the policy has none', () => {
    expect(plan([finding('configuration')])).not.toHaveProperty('asked');
  });
});

describe('the two questions', () => {
  const sdk = { about: 'sdk' } as const;
  const asked = (...findings: Parameters<typeof finding>[]) =>
    makePlan(input({ findings: findings.map((given) => finding(...given)) }));

  test('never have a yes to the first for an SDK setting in the source tree', () => {
    const { questions, because } = asked(['signup-workflow', { rule: sdk }]);
    expect(questions).toEqual({ configuration: 'no', workflow: 'yes' });
    expect(because.configuration).toBe('No registered setting changes.');
  });

  test('name only registered settings beside it', () => {
    const { questions, because } = asked(['signup-workflow', { rule: sdk }], ['configuration']);
    expect(questions.configuration).toBe('yes');
    expect(because.configuration).toBe('Microsoft reviews and pushes these changes: Description.');
  });

  test('can have an open second answer from a rule, but a yes of another finding overrides it', () => {
    const rule = { workflowUnknown: 'Do your pages change?' };
    expect(asked(['configuration', { rule }])).toMatchObject({
      questions: { configuration: 'yes', workflow: 'unknown' },
      because: { workflow: 'Do your pages change?' },
    });
    expect(asked(['configuration', { rule }], ['signup-workflow']).questions.workflow).toBe('yes');
  });
});
