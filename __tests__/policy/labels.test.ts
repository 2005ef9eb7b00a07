/** Labels that a team renames, and their approvers. */
import type { ApproverRule, Step } from '../../src/model/policy.ts';
import { expectEach, over, policyOf, problemsIn, problemsOver, SMALL, SMALL_MEANS } from './small-policies.ts';

const WRITE: ApproverRule = { role: 'write', users: [], teams: [], notAuthor: true };
const ADMIN: ApproverRule = { ...WRITE, role: 'admin' };
const OCTOCAT: ApproverRule = { ...WRITE, role: null, users: ['octocat'] };
const labelled = (label: string, approvers: Readonly<Record<string, ApproverRule>>) => ({
  ...SMALL_MEANS,
  categories: SMALL_MEANS.categories.map((one) => (one.label === null ? one : { ...one, label })),
  approvers,
});

test('a rule with users or teams means only these, and a rule without names means write', () => {
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

test('default is the rule for all others in any case, so no label has that name', () => {
  const written = 'approvers: { Default: { role: admin } }';
  expect(over(SMALL_MEANS, written).approvers).toEqual({ default: ADMIN });
  const problem =
    'cannot be a label, because under approvers it means all labels that are not listed. Use another label.';
  expect(problemsOver(SMALL_MEANS, 'labels: { review: DEFAULT }')).toEqual([
    `2:11 policy-label-default: "DEFAULT" ${problem}`,
  ]);
});

test('approvers are set once for a label, in any case', () => {
  const problem = (place: string, found: string, other: string): string =>
    `${place} policy-approver-twice: "${found}" and "${other}" are the same label, because GitHub ignores case, so its approvers are set twice. Remove one.`;
  expectEach<readonly string[]>(
    [
      ['approvers: { default: { role: admin }, Default: { role: read } }', [problem('2:40', 'Default', 'default')]],
      ['approvers: { OK: { role: admin }, ok: { role: read } }', [problem('2:35', 'ok', 'OK')]],
    ],
    (text) => problemsOver(SMALL_MEANS, text),
  );
});

test('a label that two categories share has one spelling', () => {
  const more = "more: { title: M, label: Ok, blocks: until-label, questions: { configuration: 'no', workflow: 'no' } }";
  expect(over(SMALL_MEANS, `categories: { ${more} }`).categories.map(({ label }) => label)).toEqual(['ok', 'ok', null]);
});

const EMERGENCY = 'break-glass: { label: SOS, approvers: { role: admin }, expires-after-hours: 1 }';
const twice = (place: string, label: string): string =>
  `${place} policy-label-twice: The emergency label "${label}" is already the label of the category review. Use another label.`;

const elsewhere = (place: string, label: string): string =>
  `${place} policy-approver-emergency: "${label}" is the emergency label. Set its approvers under break-glass.`;

test('an emergency label is separate, and has its approvers under break-glass only', () => {
  expectEach<readonly string[]>(
    [
      ['approvers: { ok: { role: admin } }', []],
      [`${EMERGENCY}\napprovers: { sos: { role: admin } }`, [elsewhere('12:14', 'sos')]],
      [
        `${EMERGENCY}\n`.replace('SOS', 'Seen'),
        [
          '8:78 policy-label-evidence: The emergency label "Seen" is already evidence for the step look. Use another label.',
        ],
      ],
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
    (text) => problemsIn(`${SMALL.replace('who: reviewer', 'who: reviewer, evidence: { labels: [seen] }')}${text}`),
  );
});

test('a category cannot use the emergency label of the extended policy', () => {
  const base = { ...SMALL_MEANS, breakGlass: { label: 'SOS', approvers: ADMIN, expiresAfterHours: 1 } };
  expectEach<readonly string[]>(
    [
      ['labels: { review: sos }', [twice('2:19', 'SOS')]],
      ['categories: { review: { label: sos } }', [twice('2:23', 'SOS')]],
      ['labels: { review: sos2 }\napprovers: { Sos: { role: read } }', [elsewhere('3:14', 'Sos')]],
      [
        'steps: { look: { evidence: { labels: [Sos] } } }',
        [
          '2:38 policy-label-evidence: The emergency label "SOS" is already evidence for the step look. Use another label.',
        ],
      ],
    ],
    (text) => problemsOver(base, text),
  );
});

const missing = (id: string): string =>
  `2:15 policy-label-missing: The category "${id}" blocks until a label approves it, but has no label. Add one.`;
const impossible = (place: string, id: string, how: string): string =>
  `${place} policy-label-impossible: The category "${id}" ${how}, so it cannot have a label. Remove the label.`;
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
      ['categories: { review: { blocks: always } }', [impossible('2:15', 'review', 'always blocks')]],
      [MORE, [missing('more')]],
      [`${MORE}\nlabels: { more: m/m }`, []],
    ],
    (text) => problemsOver(SMALL_MEANS, text),
  );
});
