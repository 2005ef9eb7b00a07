/** What a policy file means once it is valid: the built-in policy with the team's words over it. */
import { readPolicy } from '../../src/policy/load.ts';
import { classifyChange } from '../../src/policy/match.ts';
import { isWatched, isWorkflowFile } from '../../src/policy/paths.ts';
import { builtIn, change, client, presets, projectFile, teamPolicy } from './built-in.ts';

const categoryOf = (policy: typeof builtIn, id: string) => policy.categories.find((one) => one.id === id);
const ruleOf = (policy: typeof builtIn, id: string) => policy.rules.find((one) => one.id === id);

describe('the built-in policy', () => {
  test('has the categories of the contract, in order, with their labels', () => {
    expect(builtIn.categories.map(({ id, label, blocks }) => [id, label, blocks])).toEqual([
      ['secret', null, 'always'],
      ['unknown', 'go-live/manually-classified', 'until-label'],
      ['new-application', 'go-live/new-application-approved', 'until-label'],
      ['master-child', 'go-live/addendum-on-file', 'until-label'],
      ['signup-workflow', 'go-live/workflow-approved', 'until-label'],
      ['extra-review', 'go-live/extra-review-approved', 'until-label'],
      ['certificate', 'go-live/certificate-approved', 'until-label'],
      ['configuration', 'go-live/configuration-approved', 'until-label'],
      ['governance', 'go-live/policy-approved', 'until-label'],
      ['deployment', null, 'never'],
      ['none', null, 'never'],
    ]);
  });

  test.each([
    ['secret', null, []],
    ['unknown', null, []],
    ['new-application', '2-4 weeks', []],
    ['master-child', '2-3 business-days', ['master-child addendum']],
    ['signup-workflow', '2-2 weeks', []],
    ['extra-review', '2-3 business-days', ['extra review']],
    ['certificate', '2-3 business-days', []],
    ['configuration', '2-3 business-days', []],
    ['governance', null, []],
    ['deployment', null, []],
    ['none', null, []],
  ])('%s takes %s, unpublished %j', (id, time, unpublished) => {
    const category = categoryOf(builtIn, id);
    const { min, max, unit } = category?.leadTime ?? {};
    expect(category?.leadTime === null ? null : `${min}-${max} ${unit}`).toBe(time);
    expect(category?.unpublished).toEqual(unpublished);
  });

  test.each([
    ['configuration', ['finalize-configuration', 'request-review', 'await-push'], ['yes', 'no']],
    ['certificate', ['finalize-configuration', 'send-certificate', 'request-review', 'await-push'], ['yes', 'no']],
    ['extra-review', ['finalize-configuration', 'request-review', 'await-push'], ['yes', 'no']],
    [
      'signup-workflow',
      [
        'finalize-configuration',
        'update-walkthrough',
        'send-walkthrough',
        'request-review',
        'integration-review',
        'await-push',
      ],
      ['yes', 'yes'],
    ],
    ['master-child', ['finalize-configuration', 'sign-addendum', 'request-review', 'await-push'], ['yes', 'no']],
    ['new-application', ['complete-go-live'], ['yes', 'yes']],
    ['unknown', ['classify-by-hand'], ['unknown', 'unknown']],
    ['secret', ['remove-secret', 'rotate-key'], ['unknown', 'no']],
    ['governance', ['review-policy'], ['no', 'no']],
    ['deployment', [], ['no', 'no']],
    ['none', [], ['no', 'no']],
  ])('%s has the required steps %j and answers %j', (id, steps, answers) => {
    const category = categoryOf(builtIn, id);
    const required = category?.steps.filter((step) => builtIn.steps.find((one) => one.id === step)?.required);
    expect(required).toEqual(steps);
    expect([category?.questions.configuration, category?.questions.workflow]).toEqual(answers);
  });

  test('has the three optional steps of the contract, and two after the push', () => {
    const optional = builtIn.steps.filter((step) => !step.required).map((step) => step.id);
    expect(optional).toEqual([
      'confirm-walkthrough',
      'coordinate-push',
      'update-directory-entry',
      'retire-certificate',
      'check-directory-entry',
    ]);
  });

  test('cites a declared source in every rule, except those of the gate itself', () => {
    const uncited = builtIn.rules.filter((rule) => rule.sources.length === 0).map((rule) => rule.id);
    expect(uncited).toEqual(['gate-changed', 'secret-removed', 'overridden-value-changed', 'runtime-setting-changed']);
    expect(builtIn.citations.find((one) => one.id === 'R10')).toEqual({
      id: 'R10',
      text: expect.stringContaining('Two weeks'),
      document: 'NEW',
      url: expect.stringMatching(/^https:\/\/.*updates\.md$/),
    });
  });

  test('uses every declared citation', () => {
    const cited = new Set([
      ...builtIn.rules.flatMap((rule) => rule.sources),
      ...builtIn.steps.flatMap((step) => step.sources),
      ...builtIn.categories.flatMap((category) => category.leadTime?.sources ?? []),
      ...(builtIn.slotNotice?.sources ?? []),
      ...builtIn.notNeeded.flatMap(({ sources }) => sources),
    ]);
    expect(builtIn.citations.filter((one) => /^R\d+$/.test(one.id) && !cited.has(one.id)).map((one) => one.id)).toEqual(
      [],
    );
  });

  test.each([
    ['Web.Config', true],
    ['src/App.config', true],
    ['deploy/pom.xml', true],
    ['src/main/resources/hv-application.properties', true],
    ['src/main/resources/log4j.properties', false],
    ['config/application-prod.yaml', true],
    ['ios/ClientSettings.xml', true],
    ['ios/Info.plist', true],
    ['config/healthvault.yml', true],
    ['site/settings_production.py', true],
    ['php/app.id', true],
    ['php/app.fp', true],
    ['healthvault.app.yml', true],
    ['apps/web/fabrikam.healthvault.json', true],
    ['certs/production.CER', true],
    ['certs/old.pfx', true],
    ['src/Program.cs', true],
    ['README.md', false],
    ['package.json', false],
  ])('watches %s is %s', (path, watched) => {
    expect(isWatched(builtIn, path)).toBe(watched);
  });
});

describe('a team policy', () => {
  const policy = teamPolicy(`
watch: ['Apps/*/healthvault/**']
ignore: ['**/testdata/**']
workflow: ['src/signup/**']
labels: { configuration: golive/config-ok, unknown: golive/looked-at }
approvers:
  GOLIVE/config-ok: { users: [octocat] }
  golive/looked-at: { role: maintain, teams: [acme/go-live], not-author: false }
lead-times: { configuration: { min: 3, max: 5, unit: business-days } }
holidays: { add: ['2026-11-27'], remove: ['2026-10-12'] }
required-steps: enforced
steps:
  update-walkthrough: { evidence: { files: ['docs/w.docx'] } }
  classify-by-hand: { evidence: { labels: [golive/looked-at] } }
  call-the-board: { title: Call the board, text: Ask them., who: author }
categories:
  board: { title: Board, label: golive/board, blocks: until-label, steps: [call-the-board], questions: { configuration: 'yes', workflow: 'no' }, before: configuration }
rules:
  action-url-changed: { category: signup-workflow, reason: 'Our sign-up page lives there.' }
  page-moved: { enforcement: advisory, note: Tell the web team. }
  timeout-changed: { when: { setting: client.runtime.timeout }, category: board, reason: They asked. }
  logo-small-changed: { when: { setting: logo.small }, category: board, reason: They asked., before: logo-changed }
break-glass: { label: golive/emergency, approvers: { role: admin }, expires-after-hours: 12 }
documents:
  - { files: ['ext/manifest.json'], format: json, settings: { permissions.host: { pointer: /host_permissions, type: set } } }
`);

  test('watches more, and ignores its globs', () => {
    expect(isWatched(policy, 'apps/web/HealthVault/x.txt')).toBe(true);
    expect(isWatched(policy, 'a/testdata/web.config')).toBe(false);
    expect(isWatched(policy, 'a/web.config')).toBe(true);
    expect(isWatched(policy, 'ext/manifest.json')).toBe(true);
    const paths = ['src/Signup/a.cs', 'src/other.cs', 'src/signup/testdata/x'];
    expect(paths.filter((path) => isWorkflowFile(policy, { path, status: 'modified' }))).toEqual([
      'src/Signup/a.cs',
      'src/signup/testdata/x',
    ]);
  });

  test('renames labels and names their approvers', () => {
    expect(categoryOf(policy, 'configuration')?.label).toBe('golive/config-ok');
    expect(policy.approvers).toEqual({
      default: { role: 'write', users: [], teams: [], notAuthor: true },
      'golive/config-ok': { role: null, users: ['octocat'], teams: [], notAuthor: true },
      'golive/looked-at': { role: 'maintain', users: [], teams: ['acme/go-live'], notAuthor: false },
    });
  });

  test('has its times and steps', () => {
    expect(categoryOf(policy, 'configuration')?.leadTime).toEqual({
      min: 3,
      max: 5,
      unit: 'business-days',
      sources: [],
    });
    expect(categoryOf(policy, 'certificate')?.leadTime).toEqual(categoryOf(builtIn, 'certificate')?.leadTime);
    expect(policy.holidays).toEqual({ calendar: 'us-federal', add: ['2026-11-27'], remove: ['2026-10-12'] });
    expect(policy.requiredSteps).toBe('enforced');
    const walkthrough = policy.steps.find((step) => step.id === 'update-walkthrough');
    expect(walkthrough?.evidence).toEqual({ files: ['docs/w.docx'], settings: [], labels: [] });
    expect(walkthrough?.title).toBe('Update the walkthrough');
    expect(policy.breakGlass?.approvers.role).toBe('admin');
  });

  test('places a new category', () => {
    const ids = policy.categories.map((one) => one.id);
    expect(ids.indexOf('board')).toBe(ids.indexOf('configuration') - 1);
  });

  test('changes built-in rules in their place', () => {
    expect(policy.rules.map((rule) => rule.id).filter((id) => ruleOf(builtIn, id))).toEqual(
      builtIn.rules.map((rule) => rule.id),
    );
    const moved = classifyChange(policy, change({ setting: 'action-url', traits: ['host-changed'] }));
    expect([moved.category, moved.rule.reason, moved.rule.sources]).toEqual([
      'signup-workflow',
      'Our sign-up page lives there.',
      ['R3', 'R42', 'R44', 'OLD'],
    ]);
    expect(ruleOf(policy, 'page-moved')).toMatchObject({
      enforcement: 'advisory',
      note: 'Tell the web team.',
      category: 'deployment',
    });
  });

  test('adds rules before the built-in ones, but after the guards', () => {
    expect(classifyChange(policy, change({ setting: 'client.runtime.timeout', document: client })).category).toBe(
      'board',
    );
    const unread = change({ setting: 'client.runtime.timeout', document: { ...client, state: 'unreadable' } });
    expect(classifyChange(policy, unread).category).toBe('unknown');
    const ids = policy.rules.map((rule) => rule.id);
    expect(ids.indexOf('timeout-changed')).toBe(ids.indexOf('opaque-content-changed') + 1);
    expect(ids.indexOf('logo-small-changed')).toBe(ids.indexOf('logo-changed') - 1);
  });

  test('keeps the order of its new rules', () => {
    const rules = ['first', 'second', 'third'].map(
      (id) => `  ${id}: { when: { setting: name }, category: unknown, reason: x }`,
    );
    const ids = teamPolicy(`rules:\n${rules.join('\n')}`).rules.map((rule) => rule.id);
    expect(ids.slice(ids.indexOf('first'), ids.indexOf('first') + 3)).toEqual(['first', 'second', 'third']);
  });

  test('adds to a mark with a built-in id', () => {
    const { sweep } = teamPolicy('sweep: { marks: { host: { title: our host, patterns: [api.fabrikam.example] } } }');
    const host = sweep?.marks.find(({ id }) => id === 'host');
    expect(host).toMatchObject({ title: 'our host', category: null });
    expect(host?.patterns).toEqual([...(policy.sweep?.marks[0]?.patterns ?? []), 'api.fabrikam.example']);
  });

  test('renames a label that then closes the steps of the old one', () => {
    const base = teamPolicy('steps: { classify-by-hand: { evidence: { labels: [go-live/manually-classified] } } }');
    const result = readPolicy('extends: base\nlabels: { unknown: seen/it }', 'x.yml', new Map([['base', base]]));
    expect(
      'policy' in result && result.policy.steps.find((step) => step.id === 'classify-by-hand')?.evidence.labels,
    ).toEqual(['seen/it']);
  });
});

test('the example policy is valid', () => {
  const result = readPolicy(projectFile('examples/go-live.yml'), 'examples/go-live.yml', presets);
  expect('problems' in result ? result.problems : []).toEqual([]);
});

test('a policy without extends needs nothing built-in', () => {
  const text = `
name: small
title: Small
watch: ['*.json']
documents:
  - { files: ['*.json'], format: json, settings: { permissions: { pointer: /permissions, type: set } } }
categories:
  review: { title: Review, label: ok, blocks: until-label, steps: [look], questions: { configuration: 'yes', workflow: 'no' } }
  quiet: { title: Nothing, blocks: never, nothing: true, questions: { configuration: 'no', workflow: 'no' } }
steps: { look: { title: Look, text: Look at it., who: reviewer } }
rules:
  gained: { when: { setting: permissions, kind: added }, category: review, reason: It can do more. }
  rest: { when: anything, category: review, reason: Nobody knows. }
`;
  const result = readPolicy(text, 'small.yml', presets);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  expect(classifyChange(result.policy, change({ setting: 'permissions', kind: 'added' })).rule.id).toBe('gained');
  expect(classifyChange(result.policy, change({ setting: 'permissions', kind: 'removed' })).rule.id).toBe('rest');
  const without = readPolicy(text.replace('when: anything', 'when: { kind: removed }'), 'small.yml', presets);
  expect('problems' in without && without.problems.map(({ id, place }) => [id, place])).toEqual([
    ['policy-no-catch-all', { file: 'small.yml', line: 13, column: 3 }],
  ]);
});
