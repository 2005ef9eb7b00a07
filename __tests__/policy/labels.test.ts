/** Labels that a team renames, and who may put them on. */
import type { ApproverRule, Step } from '../../src/model/policy.ts';
import { expectEach, over, policyOf, problemsIn, problemsOver, SMALL, SMALL_MEANS } from './own-policies.ts';

const WRITE: ApproverRule = { role: 'write', users: [], teams: [], notAuthor: true };
const ADMIN: ApproverRule = { ...WRITE, role: 'admin' };
const OCTOCAT: ApproverRule = { ...WRITE, role: null, users: ['octocat'] };
const labelled = (label: string, approvers: Readonly<Record<string, ApproverRule>>) => ({
  ...SMALL_MEANS,
  categories: SMALL_MEANS.categories.map((one) => (one.label === null ? one : { ...one, label })),
  approvers,
});

test('who names users or teams means only these, who names nobody means write', () => {
  expectEach<ApproverRule | undefined>(
    [
      ['{}', WRITE],
      ['{ default: { not-author: true } }', WRITE],
      ['{ default: { users: [], teams: [] } }', WRITE],
      ['{ default: { users: [octocat] } }', OCTOCAT],
      ['{ default: { teams: [a/b] } }', { ...WRITE, role: null, teams: ['a/b'] }],
      ['{ default: { users: [octocat], teams: [a/b] } }', { ...OCTOCAT, teams: ['a/b'] }],
      ['{ default: { role: read, users: [octocat] } }', { ...OCTOCAT, role: 'read' }],
      ['{ default: { role: triage, not-author: false } }', { ...WRITE, role: 'triage', notAuthor: false }],
    ],
    (written) => policyOf(`${SMALL}approvers: ${written}`).approvers.default,
  );
});

test('a renamed label keeps its approvers, unless the team names others', () => {
  const base = labelled('ok', { default: ADMIN, ok: OCTOCAT });
  expect(over(base, '').approvers).toEqual({ default: ADMIN, ok: OCTOCAT });
  expect(over(base, 'labels: { review: fine }').approvers).toEqual({ default: ADMIN, fine: OCTOCAT });
  const anew = 'labels: { review: fine }\napprovers: { FINE: { role: write } }';
  expect(over(base, anew).approvers).toEqual({ default: ADMIN, fine: WRITE });
});

test('a renamed label closes the steps that the old one closed', () => {
  const [look] = SMALL_MEANS.steps as [Step];
  const base = { ...SMALL_MEANS, steps: [{ ...look, evidence: { ...look.evidence, labels: ['seen', 'ok'] } }] };
  const labelsOf = (text: string) => over(base, text).steps[0]?.evidence.labels;
  expect(labelsOf('')).toEqual(['seen', 'ok']);
  expect(labelsOf('labels: { review: fine }')).toEqual(['seen', 'fine']);
});

test('a label that is called default is not the rule for all others', () => {
  const named = labelled('Default', { default: ADMIN });
  expect(over(named, 'approvers: { DEFAULT: { users: [octocat] } }').approvers).toEqual({
    default: ADMIN,
    Default: OCTOCAT,
  });
  expect(over(named, 'approvers: { default: { users: [octocat] } }').approvers).toEqual({ default: OCTOCAT });
  const renamed = over(labelled('default', { default: ADMIN }), 'labels: { review: fine }');
  expect(renamed.approvers).toEqual({ default: ADMIN });
});

const EMERGENCY = 'break-glass: { label: SOS, approvers: { role: admin }, expires-after-hours: 1 }';
const twice = (place: string, label: string): string =>
  `${place} policy-label-twice: The label "${label}" already clears the category review; the emergency label must be one of its own.`;

test('an emergency label is one of its own, and may have approvers', () => {
  expectEach<readonly string[]>(
    [
      ['approvers: { ok: { role: admin } }', []],
      [`${EMERGENCY}\napprovers: { sos: { role: admin } }`, []],
      [EMERGENCY.replace('SOS', 'OK'), [twice('11:23', 'OK')]],
      [
        `${EMERGENCY}\napprovers: { default: { role: admin }, OK: { role: admin }, so: { role: admin } }`,
        ['12:61 policy-unknown-name: There is no label "so". Expected one of: default, ok, SOS. Did you mean SOS?'],
      ],
      [
        'approvers: { SOS: { role: admin } }',
        ['11:14 policy-unknown-name: There is no label "SOS". Expected one of: default, ok.'],
      ],
    ],
    (text) => problemsIn(`${SMALL}${text}`),
  );
});

test('a category cannot take over the emergency label of what is extended', () => {
  const base = { ...SMALL_MEANS, breakGlass: { label: 'SOS', approvers: ADMIN, expiresAfterHours: 1 } };
  expectEach<readonly string[]>(
    [
      ['labels: { review: sos }', [twice('2:19', 'SOS')]],
      ['categories: { review: { label: sos } }', [twice('2:23', 'SOS')]],
      ['labels: { review: sos2 }\napprovers: { Sos: { role: read } }', []],
    ],
    (text) => problemsOver(base, text),
  );
  expect(over(base, 'approvers: { Sos: { users: [octocat] } }').approvers).toEqual({ default: WRITE, SOS: OCTOCAT });
});

const missing = (id: string): string =>
  `2:15 policy-label-missing: The category "${id}" blocks until a label clears it, so it needs a label.`;
const impossible = (place: string, id: string, how: string): string =>
  `${place} policy-label-impossible: The category "${id}" ${how}, so it cannot have a label.`;
const MORE =
  "categories: { more: { title: M, blocks: until-label, questions: { configuration: 'no', workflow: 'no' } } }";

test('a category has a label exactly when a label clears it', () => {
  expectEach<readonly string[]>(
    [
      ['labels: { review: fine }\ncategories: { quiet: { title: Still } }', []],
      ['categories: { quiet: { label: fine } }', [impossible('2:15', 'quiet', 'never blocks')]],
      [
        'categories: { quiet: { title: Still } }\nlabels: { quiet: fine }',
        [impossible('3:11', 'quiet', 'never blocks')],
      ],
      ['categories: { review: { blocks: always } }', [impossible('2:15', 'review', 'blocks for good')]],
      [MORE, [missing('more')]],
      [`${MORE}\nlabels: { more: m/m }`, []],
    ],
    (text) => problemsOver(SMALL_MEANS, text),
  );
});
