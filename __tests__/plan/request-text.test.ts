/** The review request word for word: which facts it contains, in which words, and what gives way where it is too long. */
import type { Change } from '../../src/model/change.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Policy, Step } from '../../src/model/policy.ts';
import type { PlanInput } from '../../src/plan/plan.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { MAX_MAILTO_CHARS, type RequestFacts, writeRequest } from '../../src/plan/request.ts';
import { answers, finding, input, POLICY, requestFacts, step } from './sample.ts';

const HEAD = 'Hello, we ask for a review of the following changes and for their push to production.';
const of = (more: Partial<Change>) => finding('configuration', { change: more });

test('a request without changes still asks for the review', () => {
  expect(writeRequest('a@b.example', requestFacts({ answers: answers('yes', 'unknown') }))).toStrictEqual({
    mailto:
      'mailto:a@b.example?subject=Review%20of%20a%20HealthVault%20application&body=' +
      'Hello%2C%20we%20ask%20for%20a%20review%20of%20the%20following%20changes%20and%20for%20their%20push%20to%20production.' +
      '%0D%0A%0D%0AApplication%20id%3A%20%28please%20fill%20in%29%0D%0ASign-up%20workflow%3A%20%28please%20fill%20in%29' +
      '%0D%0AWanted%20push%3A%20as%20soon%20as%20the%20review%20is%20done%0D%0A%0D%0AWhat%20changes%3A',
    text: [
      'Review of a HealthVault application',
      '',
      HEAD,
      '',
      'Application id: (please fill in)',
      'Sign-up workflow: (please fill in)',
      'Wanted push: as soon as the review is done',
      '',
      'What changes:',
    ].join('\n'),
  });
});

test.each([
  [['a'], 'a'],
  [['a', 'b', 'c'], 'a, b, c'],
  [['a', 'b', 'c', 'd'], 'a, b, c, …'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c, …'],
  [['x'.repeat(41), 'b'], `${'x'.repeat(39)}…, b`],
])('ids %j are listed as %s', (applicationIds, told) => {
  const { text } = writeRequest('a@b.example', requestFacts({ applicationIds }));
  expect(text.split('\n')[0]).toBe(`Review of HealthVault application ${told.split(', ')[0]}`);
  expect(text).toContain(`\nApplication id: ${told}\n`);
});

test('special characters of addresses, Markdown and HTML are written as numbers', () => {
  const { mailto } = writeRequest(`o'neil*(x)!@b.example`, requestFacts());
  expect(mailto.slice(0, mailto.indexOf('?'))).toBe('mailto:o%27neil%2A%28x%29%21@b.example');
});

describe('a request that is too long', () => {
  const WHOLE = '- X, new';
  const short = of({ setting: 'x', kind: 'added', before: null, after: null });
  // The room that the mail's own address may take: what the limit leaves.
  const room = (of: RequestFacts) => MAX_MAILTO_CHARS - writeRequest('', of).mailto.length;

  test('fits with the last character', () => {
    const told = requestFacts({ findings: [short] });
    const { mailto, text } = writeRequest('a'.repeat(room(told)), told);
    expect(mailto).toHaveLength(1900);
    expect(text).toMatch(new RegExp(`What changes:\n${WHOLE}$`));
  });

  test('with a very long address keeps the text, and the mail has only the greeting', () => {
    const told = requestFacts({ findings: [short], documents: [{ title: 'Sheet', path: null }] });
    const { mailto, text } = writeRequest('a'.repeat(1900), told);
    expect(mailto).toBe(
      'mailto:?subject=Review%20of%20a%20HealthVault%20application&body=' +
        'Hello%2C%20we%20ask%20for%20a%20review%20of%20the%20following%20changes.',
    );
    expect(text).toMatch(/^Review of a HealthVault application\n\nHello, .*\n/);
    expect(text).toMatch(/What changes:\n- and 1 more\n\nDocuments attached:\n- and 1 more$/);
  });

  const changes = (count: number) =>
    Array.from({ length: count }, (_, index) => of({ setting: `setting-${index}`, before: null, after: null }));
  const told = (text: string) => text.slice(text.indexOf('What changes:')).split('\n').slice(1);

  test('leaves out as few changes as possible from the end', () => {
    const whole = requestFacts({ findings: changes(8) });
    const mail = 'a'.repeat(room(whole));
    const lines = [0, 1, 2, 3, 4, 5, 6, 7].map((index) => `- Setting ${index}, changed`);
    expect(told(writeRequest(mail, whole).text)).toStrictEqual(lines);
    // Encoded, a line takes 28 characters and 6 for its end, the line of what is left out 18.
    for (const [spare, kept] of [
      [1, 7],
      [10, 7],
      [11, 6],
      [44, 6],
      [45, 5],
    ] as const) {
      const { text } = writeRequest(mail + 'a'.repeat(spare), whole);
      expect(told(text)).toStrictEqual([...lines.slice(0, kept), `- and ${8 - kept} more`]);
    }
  });

  test('leaves out documents one by one, if more changes fit', () => {
    const documents = ['first', 'second', 'third'].map((title) => ({ title: title.padEnd(100, '.'), path: null }));
    const some = requestFacts({ findings: changes(2), documents });
    const line = (title: string) => `- ${title.padEnd(100, '.')} (please attach)`;
    const full = ['', 'Documents attached:'];
    const mail = (spare: number) => 'a'.repeat(room(some) + spare);
    expect(told(writeRequest(mail(0), some).text)).toStrictEqual([
      '- Setting 0, changed',
      '- Setting 1, changed',
      ...full,
      ...['first', 'second', 'third'].map(line),
    ]);
    expect(told(writeRequest(mail(100), some).text)).toStrictEqual([
      '- Setting 0, changed',
      '- Setting 1, changed',
      ...full,
      line('first'),
      '- and 2 more',
    ]);
    expect(told(writeRequest(mail(300), some).text)).toStrictEqual([
      '- Setting 0, changed',
      '- Setting 1, changed',
      ...full,
      '- and 3 more',
    ]);
  });
});

describe('the documents of the checklist', () => {
  const document = (title: string) => ({ title, url: 'https://docs.example/sheet' });
  const file = { files: ['docs/**'], settings: [], labels: [] };
  const withSteps = (...steps: readonly Step[]): Policy => ({
    ...POLICY,
    steps,
    categories: POLICY.categories.map((one) => ({ ...one, steps: steps.map(({ id }) => id) })),
  });
  const texts = (policy: Policy, more: Partial<PlanInput> = {}) =>
    makePlan(input({ findings: [of({})], policy, ...more })).steps.map(({ id, request }) => [
      id,
      request?.text.split('Documents attached:\n')[1]?.split('\n') ?? request !== undefined,
    ]);

  test('include that of the request and every expected one', () => {
    const policy = withSteps(
      step('ask', { request: true, document: document('Own sheet') }),
      step('ask-too', { request: true }),
      step('plain', { document: document('Not asked for') }),
      step('shown', { document: document('Expected'), evidence: file }),
      step('untitled', { evidence: { ...file, files: ['sheet.*'] } }),
      step('settled', { evidence: { files: [], settings: ['description'], labels: [] } }),
    );
    expect(texts(policy, { changedPaths: ['docs/b.md', 'docs/a.md'] })).toStrictEqual([
      ['ask', ['- Own sheet (please attach)', '- Expected (docs/a.md)', '- Title of untitled (please attach)']],
      ['ask-too', ['- Expected (docs/a.md)', '- Title of untitled (please attach)']],
      ['plain', false],
      ['shown', false],
      ['untitled', false],
      ['settled', false],
    ]);
    expect(texts(withSteps(step('ask', { request: true })))).toStrictEqual([['ask', true]]);
  });

  const request = (more: Partial<PlanInput>, contact: string | null = null) =>
    makePlan(input({ policy: withSteps(step('ask', { request: true, contact })), ...more })).steps[0]?.request;

  test('go to the contact, or leave the address open', () => {
    expect(request({ findings: [of({})] }, 'team')?.mailto).toMatch(/^mailto:golive@team\.example\?subject=/);
    expect(request({ findings: [of({})] })?.mailto).toMatch(/^mailto:\?subject=/);
    const noMail: Policy = {
      ...withSteps(step('ask', { request: true, contact: 'team' })),
      contacts: [{ id: 'team', name: 'Support', mail: null }],
    };
    expect(request({ findings: [of({})], policy: noMail })?.mailto).toMatch(/^mailto:\?subject=/);
  });

  const appId = (before: string | null, after: string | null, id = 'configuration') =>
    finding(id, { change: { setting: 'app-id', before, after } });
  test.each<[string, readonly Finding[], readonly string[], string]>([
    [
      'of the documents and of the changes, each once, in order',
      [appId('o', 'c'), appId('o', 'a')],
      ['d', 'b', 'a'],
      'a, b, c, …',
    ],
    ['of a removed document', [appId('gone', null)], [], 'gone'],
    ['without empty ones', [appId('o', '')], ['', 'b'], 'b'],
    ['that exist only', [appId(null, null)], [''], '(please fill in)'],
    ['without those of unreviewed changes', [of({}), appId('o', 'n', 'deployment')], [], '(please fill in)'],
    ['without other settings', [of({ setting: 'app-type', before: 'o', after: 'n' })], [], '(please fill in)'],
  ])('name the application ids %s', (_, findings, applicationIds, told) => {
    const text = request({ findings, applicationIds })?.text ?? '';
    expect(text).toContain(`\nApplication id: ${told}\n`);
    expect(text.startsWith('Review of a HealthVault application\n')).toBe(told === '(please fill in)');
  });

  test('contain the reviewed changes only', () => {
    const findings = ['secret', 'unknown', 'certificate', 'configuration', 'governance', 'deployment'].map((id) =>
      finding(id, { change: { setting: id, before: null, after: null } }),
    );
    expect(request({ findings })?.text.split('What changes:\n')[1]).toBe(
      '- Certificate, changed\n- Configuration, changed',
    );
  });
});
