import fc from 'fast-check';
import type { Change } from '../../src/model/change.ts';
import type { Finding } from '../../src/model/finding.ts';
import { writeChanges } from '../../src/plan/plain-words.ts';
import { makePlan } from '../../src/plan/plan.ts';
import { MAX_MAILTO_CHARS, writeRequest } from '../../src/plan/request.ts';
import { buildAnyText } from '../support/any-text.ts';
import { finding, input, POLICY, pullRequest, requestFacts } from './sample.ts';

/** Takes a mail address apart as a mail program does. */
function open(mailto: string) {
  const url = new URL(mailto);
  return {
    to: decodeURIComponent(url.pathname),
    subject: url.searchParams.get('subject') ?? '',
    body: (url.searchParams.get('body') ?? '').replaceAll('\r\n', '\n'),
  };
}

const access = (permission: 'Read' | 'Create', more: Partial<Change> = {}): Finding =>
  finding('configuration', {
    change: {
      setting: 'access.online',
      kind: 'added',
      effect: 'widens',
      access: { channel: 'online', requirement: 'required', typeId: 'x', typeName: 'Blood pressure', permission },
      before: null,
      after: permission,
      ...more,
    },
  });

test('the mail has the facts that the go-live team needs, and the block is the same', () => {
  const report = makePlan(
    input({
      findings: [
        finding('signup-workflow', {
          change: { setting: 'app-id', kind: 'modified', before: 'old-id', after: 'new-id' },
        }),
        access('Create'),
        access('Read'),
        finding('configuration', {
          change: { setting: 'description@de-DE', before: 'Alt & neu?', after: 'Neu (50 %) + mehr' },
        }),
        finding('deployment', { change: { setting: 'client.endpoints.shell', after: 'not told' } }),
        finding('secret', { change: { setting: 'secret', before: null, after: 'never told' } }),
      ],
      changedPaths: ['docs/walkthrough.docx'],
      pullRequest: pullRequest([], { description: 'Go-live: 2026-12-15 10:00' }),
    }),
  );
  const request = report.steps.find(({ id }) => id === 'request-review')?.request;
  const mail = open(request?.mailto ?? '');
  expect(mail).toEqual({
    to: 'golive@team.example',
    subject: 'Review of HealthVault application new-id',
    body: [
      'Hello, we ask for a review of the following changes and for their push to production.',
      '',
      'Application id: new-id',
      'Sign-up workflow: changes',
      'Wanted push: 2026-12-15 10:00 (America/Los_Angeles)',
      '',
      'What changes:',
      '- Application id: "old-id" becomes "new-id"',
      '- Access online, required: Read, Create on Blood pressure, new',
      '- Description (de-DE): "Alt & neu?" becomes "Neu (50 %) + mehr"',
      '',
      'Documents attached:',
      '- Walkthrough (docs/walkthrough.docx)',
    ].join('\n'),
  });
  expect(request?.text).toBe(`${mail.subject}\n\n${mail.body}`);
  expect(report.steps.filter((step) => step.request !== undefined).map(({ id }) => id)).toEqual(['request-review']);
});

test('unknown facts are left to fill in', () => {
  const { body } = open(
    writeRequest('a@b.example', requestFacts({ documents: [{ title: 'Walkthrough', path: null }] })).mailto,
  );
  expect(body).toMatch(/Application id: \(please fill in\)/);
  expect(body).toMatch(/Walkthrough \(please attach\)/);
  expect(body).toMatch(/as soon as the review is done/);
});

test('blocking findings are never part of the mail, with any policy', () => {
  const categories = POLICY.categories.map((one) =>
    one.id === 'secret'
      ? {
          ...one,
          questions: { configuration: 'yes', workflow: 'no' } as const,
          steps: ['request-review'],
        }
      : one,
  );
  const told = finding('secret', { change: { setting: 'secret', after: 'never told' } });
  const report = makePlan(input({ findings: [told], policy: { ...POLICY, categories } }));
  expect(report.steps[0]?.request?.text).toMatch(/What changes:$/);
});

test('an impossible slot is not requested', () => {
  const report = makePlan(
    input({
      findings: [finding('configuration')],
      pullRequest: pullRequest([], { description: 'Go-live: 2026-11-28' }),
    }),
  );
  expect(report.steps.find(({ id }) => id === 'request-review')?.request?.text).toMatch(
    /as soon as the review is done/,
  );
});

test('the address remains valid in Markdown and HTML', () => {
  const { mailto } = writeRequest('a+b@c.example', requestFacts({ applicationIds: [`(x)'*!"<>&#`] }));
  expect(mailto).toMatch(/^mailto:a%2Bb@c\.example\?subject=[\w.~%-]+&body=[\w.~%-]+$/);
  expect(mailto).toContain('%0D%0A');
  expect(open(mailto).to).toBe('a+b@c.example');
});

test('changes that do not fit are counted', () => {
  const findings = Array.from({ length: 300 }, (_, index) =>
    finding('configuration', { change: { setting: `setting-${index}`, after: `value ${index}` } }),
  );
  const { mailto } = writeRequest('a@b.example', requestFacts({ findings }));
  expect(mailto.length).toBeLessThanOrEqual(MAX_MAILTO_CHARS);
  // A line of these takes about 70 characters once it is encoded: one more would not have fitted.
  expect(mailto.length).toBeGreaterThan(MAX_MAILTO_CHARS - 70);
  const { body } = open(mailto);
  const told = body.split('\n').filter((line) => line.startsWith('- Setting ')).length;
  expect(told).toBeGreaterThan(5);
  expect(body).toMatch(new RegExp(`- and ${300 - told} more$`));
});

test('documents are left out only after changes', () => {
  const documents = Array.from({ length: 40 }, (_, index) => ({
    title: `Document ${index} ${'ä'.repeat(60)}`,
    path: null,
  }));
  const { mailto } = writeRequest('a@b.example', requestFacts({ findings: [finding('configuration')], documents }));
  expect(mailto.length).toBeLessThanOrEqual(MAX_MAILTO_CHARS);
  expect(open(mailto).body).toMatch(/- Description: .*\n(.*\n)*- Document 0 .*\n- and 39 more$/);
});

describe('changes in words', () => {
  const modified = { kind: 'modified' as const };
  const withAccess = (more: object) => ({
    access: {
      channel: 'offline' as const,
      requirement: 'required' as const,
      typeId: '*',
      permission: 'Read' as const,
      ...more,
    },
  });
  test.each([
    [access('Read', withAccess({})), 'Access offline, required: Read on all data, new'],
    [
      access('Read', { ...modified, ...withAccess({ previousRequirement: 'optional' }) }),
      'Access offline: Read on all data, required instead of optional',
    ],
    [
      access('Read', { ...modified, ...withAccess({ typeId: 'ab-cd' }) }),
      'Access offline, required: Read on ab-cd, changed',
    ],
    [finding('configuration', { change: { kind: 'added', before: null, after: 'x' } }), 'Description, new: "x"'],
    [finding('configuration', { change: { kind: 'removed', before: 'x', after: null } }), 'Description, removed: "x"'],
    [
      finding('configuration', { change: { setting: 'client.endpoints.shell', before: null, after: null } }),
      'Shell address, changed',
    ],
  ])('are right in case %#', (one, line) => {
    expect(writeChanges([one])).toEqual([line]);
  });
  test('list equal lines once', () => {
    expect(writeChanges([finding('configuration'), finding('configuration')])).toHaveLength(1);
  });
});

test('the address is short and well-formed for any text from users, and shows nothing hidden', () => {
  const text = buildAnyText({ maxLength: 200 });
  const hostile = fc.constantFrom(
    '\u202E',
    '\u200B',
    '\r\nBcc: x@evil.example',
    '\uD800',
    '%0D%0A',
    '&cc=x@evil.example',
    '\u0000',
  );
  const value = fc.array(fc.oneof(text, hostile), { maxLength: 6 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(value, value, value), { maxLength: 30 }),
      fc.array(value, { maxLength: 4 }),
      (changes, applicationIds) => {
        const findings = changes.map(([setting, before, after]) =>
          finding('configuration', { change: { setting, before, after } }),
        );
        const documents = changes.map(([title, path]) => ({ title, path }));
        const { mailto, text: block } = writeRequest(
          'a@b.example',
          requestFacts({ findings, applicationIds, documents, slot: '2026-12-15' }),
        );
        expect(mailto.length).toBeLessThanOrEqual(MAX_MAILTO_CHARS);
        expect(mailto).toMatch(/^mailto:a@b\.example\?subject=[\w.~%-]+&body=[\w.~%-]+$/);
        const { subject, body } = open(mailto);
        expect(block).toBe(`${subject}\n\n${body}`);
        expect(subject).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(body.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(body).not.toMatch(/^Bcc:/m);
      },
    ),
    { seed: 6068, numRuns: 200 },
  );
});
