/** A policy with questions and words of its own: any number of questions, its clock, its mail, its name in every output. */
import { makePlan } from '../../src/plan/plan.ts';
import { readPolicy } from '../../src/policy/load.ts';
import { renderAnnotations } from '../../src/render/annotations.ts';
import { renderMarkdown } from '../../src/render/comment/markdown.ts';
import { renderHtml } from '../../src/render/html/html.ts';
import { renderText } from '../../src/render/text/text.ts';
import { context } from '../render/reports.ts';
import { change, input, pullRequest } from './sample.ts';

const TEXT = `name: desk
title: Rules of the desk
words: { product: Desk gate, platform: The desk, request-subject: Look at this, request-greeting: Please look. }
office: { time-zone: Europe/Berlin, opens: '09:00', closes: '17:00' }
contacts: { desk: { name: The desk, mail: desk@example.com } }
questions:
  desk: { text: Does the desk look?, yes: 'It looks at {names} ({count}).', no: It does not look. }
  money: { text: Does it cost money?, yes: 'It costs: {names}.', no: It is free. }
  people: { text: Does anyone notice?, yes: '{names}.', no: Nobody. }
watch: ['**']
categories:
  paid:
    title: Paid
    label: ok
    blocks: until-label
    steps: [ask]
    questions: { desk: 'yes', money: 'yes', people: unknown }
  none: { title: None, blocks: never, nothing: true, questions: { desk: 'no', money: 'no', people: 'no' } }
steps:
  ask: { title: Ask the desk, text: Write a mail., who: author, contact: desk, request: true }
rules:
  rest: { when: anything, category: paid, reason: Everything costs. }
`;

function policyFrom(text: string) {
  const result = readPolicy(text, 'desk.yml', new Map());
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.policy;
}

function reportFrom(text: string, more: Parameters<typeof input>[0] = {}) {
  const policy = policyFrom(text);
  const [rule] = policy.rules;
  if (rule === undefined) throw new Error('no rule');
  const findings = [{ change: change({ setting: 'price' }), rule, category: 'paid', also: [] }];
  return makePlan(input({ policy, findings, ...more }));
}

test('questions have ids, any number, and an order', () => {
  const report = reportFrom(TEXT);
  expect(Object.entries(report.questions)).toEqual([
    ['desk', 'yes'],
    ['money', 'yes'],
    ['people', 'unknown'],
  ]);
  expect(report.because).toMatchObject({ desk: 'It looks at Price (1).', money: 'It costs: Price.' });
  expect(report.asked).toEqual({
    desk: 'Does the desk look?',
    money: 'Does it cost money?',
    people: 'Does anyone notice?',
  });
  expect(reportFrom(TEXT, { findings: [] }).because).toEqual({
    desk: 'It does not look.',
    money: 'It is free.',
    people: 'Nobody.',
  });
});

test('one question is enough', () => {
  const one = TEXT.replace(/ {2}(?:money|people): \{ text.*\n/g, '').replace(/, money: [^}]*(?= \})/g, '');
  expect(reportFrom(one).questions).toEqual({ desk: 'yes' });
});

test('outputs show these questions, in the words of the policy and with its clock', () => {
  const report = reportFrom(TEXT, { now: '2026-11-23T18:00:00Z' });
  expect(report.words).toEqual({
    product: 'Desk gate',
    platform: 'The desk',
    title: 'Rules of the desk',
    timeZone: 'Europe/Berlin',
  });
  const refused = { ...report, problems: [{ id: 'x', severity: 'refused', message: 'Too long.' }] } as const;
  const text = renderText(refused, { width: 200, color: false, verbose: true });
  expect(text).toMatch(/^Desk gate: merge blocked, The desk would refuse this configuration\n/);
  expect(text).toContain('  Does it cost money? Yes. It costs: Price.\n');
  expect(text).toContain('evaluated 23 November 2026, 19:00 Europe/Berlin');
  expect(renderMarkdown(report, context)).toContain('| Does anyone notice? | **Unknown** |');
  expect(renderHtml(report)).toContain('Desk gate · Rules of the desk');
  expect(renderAnnotations(report)).not.toContain('HealthVault');
});

test('a policy without names has neutral words', () => {
  const report = reportFrom(TEXT.replace(/^words: .*\n/m, '').replace(/^office: .*\n/m, ''));
  expect(report.words).toEqual({
    product: 'Go-live gate',
    platform: 'the platform',
    title: 'Rules of the desk',
    timeZone: 'UTC',
  });
  expect(report.steps[0]?.request?.text).toMatch(/^Review of a change\n\nHello, we ask for a review/);
});

test('the prepared mail has the greeting of the policy, and its questions with their answers', () => {
  expect(reportFrom(TEXT).steps[0]?.request?.text).toBe(
    [
      'Look at this',
      '',
      'Please look.',
      '',
      'Does the desk look? yes',
      'Does it cost money? yes',
      'Does anyone notice? (please fill in)',
      '',
      'What changes:',
      '- Price: "old" becomes "new"',
    ].join('\n'),
  );
});

test('a slot is checked with the answer to the first question', () => {
  const asked = pullRequest([], { description: 'Go-live: 2026-12-15' });
  expect(reportFrom(TEXT, { pullRequest: asked }).pushSlot?.possible).toBe(true);
  expect(reportFrom(TEXT, { pullRequest: asked, findings: [] }).pushSlot?.advice).toBe(
    'Nothing in this change waits for a push, so no slot is needed.',
  );
});
