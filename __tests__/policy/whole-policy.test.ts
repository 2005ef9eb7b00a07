/** Whole policies as they are loaded: what the smallest one is filled with, and what a team's words do to every part. */
import { over, policyOf, SMALL, SMALL_MEANS } from './small-policies.ts';
import { EVERYTHING, EVERYTHING_MEANS } from './whole-policies.ts';

test('the smallest policy has the least demanding defaults', () => {
  expect(policyOf(SMALL)).toStrictEqual(SMALL_MEANS);
});

test('every key of a policy is kept', () => {
  expect(policyOf(EVERYTHING)).toStrictEqual(EVERYTHING_MEANS);
});

test.each([
  ['nothing', ''],
  ['empty lists and maps', 'watch: []\nlabels: {}\nsteps: {}\nrules: {}\ndocuments: []'],
])('a team policy with %s has everything of the extended one', (_, text) => {
  expect(over(EVERYTHING_MEANS, text)).toStrictEqual(EVERYTHING_MEANS);
});

test('a team policy can replace everything, and lists of globs, holidays and documents grow', () => {
  const team = over(
    EVERYTHING_MEANS,
    `name: team
title: The team
consent-widening: signup-workflow
required-steps: advisory
watch: ['apps/**']
ignore: ['**/testdata/**']
workflow: ['src/join/**']
labels: { signup-workflow: golive/join }
lead-times: { signup-workflow: { min: 9, max: 10, unit: weeks, sources: [S2] } }
approvers:
  default: { teams: [acme/all] }
  GOLIVE/join: { role: triage }
holidays: { calendar: us-federal, add: ['2027-01-04'], remove: ['2027-02-15'] }
office: { time-zone: Asia/Tokyo, opens: '10:00', closes: '18:00' }
slot-notice: { min: 3, max: 4, unit: weeks }
break-glass: { label: sos, approvers: { users: [hubot], teams: [acme/owners] }, expires-after-hours: 2 }
contacts:
  desk: { name: Another desk }
  chief: { name: The chief, mail: chief@example.com }
categories:
  configuration:
    title: Settings
    label: config/fine
    lead-time: { min: 5, max: 6, unit: business-days }
    unpublished: [chief]
    steps: [ask]
    questions: { configuration: 'no', workflow: 'yes' }
  signup-workflow: { title: Joining, label: join/ok, blocks: until-label, questions: { configuration: 'no', workflow: 'yes' } }
steps:
  look:
    title: Look twice
    text: Look at it again.
    who: chief
    required: true
    contact: board
    document: { title: The new form, url: 'https://example.com/new' }
    sources: [S1]
    evidence: { files: ['docs/*.pdf'], settings: [name], labels: [golive/join] }
    request: false
    omitted-with: []
  ask: { required: false, evidence: { labels: [config/fine] } }
  call: { title: Call, text: Call the chief., who: author }
rules:
  widened:
    when: { setting: name }
    category: signup-workflow
    also: []
    reason: Another reason.
    note: Tell the chief.
    sources: [S2]
    steps: { add: [call] }
    lead-time: { min: 1, max: 1, unit: weeks }
    unpublished: []
    enforcement: required
    guard: true
citations:
  S1: { text: Three weeks., documents: [SITE, BOOK] }
  S9: { text: Both say so., documents: [BOOK, NOTE] }
publications:
  BOOK: { title: The book, url: 'https://example.com/book' }
  NOTE: { title: The note, url: 'https://example.com/note' }
words: { platform: Another desk }
questions:
  configuration: { text: Anything new?, yes: Yes., no: None. }
  workflow: { text: Anybody asked?, yes: Somebody., no: Nope. }
documents:
  - { files: ['more/*.yml'], format: yaml, settings: { all.*: { pointer: '/*', type: any } } }
`,
  );
  const [configuration, none] = EVERYTHING_MEANS.categories;
  const [look, ask] = EVERYTHING_MEANS.steps;
  const [secret, , rest] = EVERYTHING_MEANS.rules;
  expect(team).toStrictEqual({
    name: 'team',
    title: 'The team',
    extended: { rules: EVERYTHING_MEANS.rules },
    categories: [
      {
        id: 'configuration',
        title: 'Settings',
        label: 'config/fine',
        blocks: configuration?.blocks,
        attests: 'The desk agreed.',
        leadTime: { min: 5, max: 6, unit: 'business-days', sources: [] },
        steps: ['ask'],
        questions: { configuration: 'no', workflow: 'yes' },
        unpublished: ['chief'],
        nothing: false,
      },
      {
        id: 'signup-workflow',
        title: 'Joining',
        label: 'golive/join',
        blocks: 'until-label',
        attests: null,
        leadTime: { min: 9, max: 10, unit: 'weeks', sources: ['S2'] },
        steps: [],
        questions: { configuration: 'no', workflow: 'yes' },
        unpublished: [],
        nothing: false,
      },
      none,
    ],
    steps: [
      { ...ask, id: 'call', title: 'Call', text: 'Call the chief.', phase: 'before-review' },
      {
        id: look?.id,
        title: 'Look twice',
        text: 'Look at it again.',
        who: 'chief',
        phase: 'review',
        required: true,
        contact: 'board',
        document: { title: 'The new form', url: 'https://example.com/new' },
        sources: ['S1'],
        evidence: { files: ['docs/*.pdf'], settings: ['name'], labels: ['golive/join'] },
        request: false,
        omittedWith: [],
        whenFiles: ['docs/look/**'],
      },
      { ...ask, required: false, evidence: { files: [], settings: [], labels: ['config/fine'] } },
    ],
    rules: [
      secret,
      {
        id: 'widened',
        when: [{ setting: ['name'] }],
        category: 'signup-workflow',
        also: [],
        about: 'sdk',
        workflowUnknown: 'Are they asked?',
        reason: 'Another reason.',
        note: 'Tell the chief.',
        sources: ['S2'],
        withoutSteps: ['look'],
        addSteps: ['call'],
        leadTime: { min: 1, max: 1, unit: 'weeks', sources: [] },
        unpublished: [],
        enforcement: 'required',
        guard: true,
      },
      rest,
    ],
    citations: [
      { id: 'S1', text: 'Three weeks.', document: 'SITE, BOOK', url: 'https://example.com/site' },
      { id: 'S2', text: 'Ask the board.', document: 'PAPER', url: null },
      { id: 'PAPER', text: 'The paper', document: 'PAPER', url: null },
      { id: 'SITE', text: 'The site', document: 'SITE', url: 'https://example.com/site' },
      { id: 'S9', text: 'Both say so.', document: 'BOOK, NOTE', url: 'https://example.com/book' },
      { id: 'BOOK', text: 'The book', document: 'BOOK', url: 'https://example.com/book' },
      { id: 'NOTE', text: 'The note', document: 'NOTE', url: 'https://example.com/note' },
    ],
    contacts: [
      { id: 'desk', name: 'Another desk', mail: null },
      { id: 'board', name: 'The board', mail: null },
      { id: 'chief', name: 'The chief', mail: 'chief@example.com' },
    ],
    watch: ['**/*.config', 'ext/*.json', 'apps/**', 'more/*.yml'],
    unrecognized: 'unknown',
    ignore: ['**/old/**', '**/testdata/**'],
    workflow: ['src/signup/**', 'src/join/**'],
    approvers: {
      default: { role: null, users: [], teams: ['acme/all'], notAuthor: true },
      'config/fine': EVERYTHING_MEANS.approvers['config/ok'],
      'golive/join': { role: 'triage', users: [], teams: [], notAuthor: true },
    },
    consentWidening: 'signup-workflow',
    consentReadings: { configuration: 'By the letter.' },
    requiredSteps: 'advisory',
    merge: 'after-push',
    holidays: {
      calendar: 'us-federal',
      add: ['2026-11-27', '2027-01-04'],
      remove: ['2026-10-12', '2027-02-15'],
    },
    office: { timeZone: 'Asia/Tokyo', opens: '10:00', closes: '18:00' },
    slotNotice: { min: 3, max: 4, unit: 'weeks', sources: [] },
    notNeeded: EVERYTHING_MEANS.notNeeded,
    breakGlass: {
      label: 'sos',
      approvers: { role: null, users: ['hubot'], teams: ['acme/owners'], notAuthor: true },
      expiresAfterHours: 2,
    },
    documents: [
      ...EVERYTHING_MEANS.documents,
      { files: ['more/*.yml'], format: 'yaml', requires: [], settings: { 'all.*': { pointer: '/*', type: 'any' } } },
    ],
    words: { ...EVERYTHING_MEANS.words, platform: 'Another desk' },
    isStandalone: true,
    questions: {
      configuration: { text: 'Anything new?', yes: 'Yes.', no: 'None.' },
      workflow: { text: 'Anybody asked?', yes: 'Somebody.', no: 'Nope.' },
    },
  });
});
