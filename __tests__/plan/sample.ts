/** Small policies, findings and pull requests for the tests of this room. */
import type { Change } from '../../src/model/change.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Category, LeadTime, Policy, QuestionAnswer, Rule, Step } from '../../src/model/policy.ts';
import { NO_PUSHES, type PullRequestState, type Rights } from '../../src/model/pull-request.ts';
import type { ReportFile } from '../../src/model/report.ts';
import type { PlanInput } from '../../src/plan/plan.ts';
import type { RequestFacts } from '../../src/plan/request.ts';
import { makeCategory, makeRule, makeStep } from '../support/policy-parts.ts';

export const FINGERPRINT = 'a'.repeat(64);
export const NOW = '2026-11-23T18:00:00Z';

export const days = (min: number, max: number): LeadTime => ({ min, max, unit: 'business-days', sources: ['R8'] });
export const weeks = (min: number, max: number): LeadTime => ({ min, max, unit: 'weeks', sources: ['R10'] });

export const category = (id: string, more: Partial<Category> = {}): Category =>
  makeCategory({ id, title: `Title of ${id}`, label: `go-live/${id}`, ...more });

export const step = (id: string, more: Partial<Step> = {}): Step =>
  makeStep({ id, title: `Title of ${id}`, text: `Text of ${id}`, who: 'author', ...more });

export const rule = (id: string, more: Partial<Rule> = {}): Rule =>
  makeRule({ id, category: 'configuration', reason: `Reason of ${id}.`, ...more });

const no = { configuration: 'no', workflow: 'no' } as const;

export const POLICY: Policy = {
  name: 'sample',
  title: 'Sample',
  categories: [
    category('secret', { label: null, blocks: 'always', questions: { configuration: 'unknown', workflow: 'no' } }),
    category('unknown', { questions: { configuration: 'unknown', workflow: 'unknown' }, steps: ['classify-by-hand'] }),
    category('new-application', { leadTime: weeks(2, 4), questions: { configuration: 'yes', workflow: 'yes' } }),
    category('master-child', {
      leadTime: weeks(2, 2),
      unpublished: ['addendum'],
      steps: ['sign-addendum', 'request-review'],
      questions: { configuration: 'yes', workflow: 'yes' },
    }),
    category('signup-workflow', {
      leadTime: weeks(2, 2),
      steps: ['finalize-configuration', 'update-walkthrough', 'request-review', 'integration-review', 'await-push'],
      questions: { configuration: 'yes', workflow: 'yes' },
    }),
    category('certificate', { leadTime: days(2, 3), steps: ['request-review', 'send-certificate', 'await-push'] }),
    category('configuration', {
      leadTime: days(2, 3),
      steps: ['finalize-configuration', 'request-review', 'await-push', 'confirm-walkthrough'],
    }),
    category('governance', { questions: no, steps: ['review-policy'] }),
    category('deployment', { label: null, blocks: 'never', questions: no }),
    category('none', { label: null, blocks: 'never', questions: no, nothing: true }),
  ],
  steps: [
    step('classify-by-hand'),
    step('finalize-configuration', { sources: ['R5'] }),
    step('sign-addendum'),
    step('update-walkthrough', {
      document: { title: 'Walkthrough', url: 'https://docs.example/walkthrough' },
      evidence: { files: ['**/*walkthrough*.{docx,md}'], settings: [], labels: [] },
    }),
    step('request-review', { contact: 'team', request: true }),
    step('send-certificate', { evidence: { files: [], settings: ['public-keys'], labels: ['certificate-sent'] } }),
    step('integration-review'),
    step('await-push'),
    step('confirm-walkthrough', { required: false, omittedWith: ['update-walkthrough'] }),
    step('review-policy'),
    step('extra'),
  ],
  rules: [],
  citations: [
    { id: 'R5', text: 'Finalize first.', document: 'Guide', url: 'https://docs.example/r5' },
    { id: 'R8', text: 'Two to three.', document: 'Guide', url: null },
    { id: 'R99', text: 'Nobody cites this.', document: 'Guide', url: null },
  ],
  contacts: [{ id: 'team', name: 'Go-live team', mail: 'golive@team.example' }],
  watch: [],
  ignore: [],
  workflow: [],
  approvers: { default: { role: 'write', users: [], teams: [], notAuthor: true } },
  consentWidening: 'signup-workflow',
  consentReadings: {},
  requiredSteps: 'advisory',
  merge: 'after-review',
  holidays: { calendar: 'us-federal', add: [], remove: [] },
  office: { timeZone: 'America/Los_Angeles', opens: '09:00', closes: '17:00' },
  slotNotice: { ...days(2, 3), sources: ['R9'] },
  notNeeded: [],
  breakGlass: null,
  documents: [],
};

export const change = (more: Partial<Change> = {}): Change => ({
  file: 'app/manifest.xml',
  setting: 'description',
  kind: 'modified',
  effect: 'neutral',
  before: 'old',
  after: 'new',
  location: { side: 'head', line: 3, column: 5 },
  traits: [],
  document: {
    format: 'platform-xml',
    role: 'registered',
    environment: 'production',
    part: null,
    state: 'existing',
  },
  ...more,
});

/** A finding in a category, by a rule named after it. */
export const finding = (
  of: string,
  more: { change?: Partial<Change>; rule?: Partial<Rule>; also?: readonly string[] } = {},
): Finding => ({
  change: change(more.change),
  rule: rule(`${of}-rule`, { category: of, ...more.rule }),
  category: of,
  also: more.also ?? [],
});

export const FILE: ReportFile = { path: 'app/manifest.xml', status: 'modified', format: 'platform-xml' };

export const account = (login: string, id: number, bot = false) => ({ login, id, bot });
export const AUTHOR = account('octo-author', 1);
export const REVIEWER = account('octo-reviewer', 2);

export const rights = (role: Rights['role'], more: Partial<Rights> = {}): Rights => ({
  role,
  teams: {},
  unansweredTeams: {},
  ...more,
});

/** A pull request whose fingerprint was published at 12:00, with the given labels added by the reviewer at 13:00. */
export const pullRequest = (
  labels: readonly string[] = [],
  more: Partial<PullRequestState> = {},
): PullRequestState => ({
  number: 7,
  title: 'A change',
  description: '',
  labels,
  labelEvents: labels.map((label) => ({ label, actor: REVIEWER, at: '2026-11-23T13:00:00Z' })),
  authors: [AUTHOR],
  unknownAuthors: [],
  merges: [],
  pushes: NO_PUSHES,
  pushers: [],
  unproven: [],
  rights: { 'octo-reviewer': rights('write'), 'octo-author': rights('admin') },
  lastEvaluation: { fingerprint: FINGERPRINT, since: '2026-11-23T12:00:00Z', status: 'status/1' },
  ticks: [],
  ...more,
});

export const input = (more: Partial<PlanInput> = {}): PlanInput => ({
  findings: [],
  problems: [],
  files: [FILE],
  changedPaths: ['app/manifest.xml'],
  removedPaths: [],
  applicationIds: [],
  policy: POLICY,
  policySource: { source: 'built-in', digest: 'd'.repeat(64) },
  fingerprint: FINGERPRINT,
  pullRequest: pullRequest(),
  commandLineLabels: [],
  now: NOW,
  mode: 'enforce',
  commits: { base: 'b1', head: 'h1' },
  ...more,
});

/** The answers to the questions of the update guide. */
export const answers = (configuration: QuestionAnswer, workflow: QuestionAnswer) => ({
  questions: { configuration, workflow },
  because: {},
});

/** A request without anything to list. */
export const requestFacts = (more: Partial<RequestFacts> = {}): RequestFacts => ({
  findings: [],
  applicationIds: [],
  documents: [],
  slot: null,
  timeZone: 'America/Los_Angeles',
  answers: answers('yes', 'no'),
  policy: {},
  ...more,
});

/** The label that an emergency needs. */
export const EMERGENCY_LABEL = 'go-live/emergency';

/** The policy with break-glass: the reviewer alone can use it, for six hours. */
export const POLICY_WITH_BREAK_GLASS: Policy = {
  ...POLICY,
  breakGlass: {
    label: EMERGENCY_LABEL,
    approvers: { role: null, users: ['octo-reviewer'], teams: [], notAuthor: true },
    expiresAfterHours: 6,
  },
};
