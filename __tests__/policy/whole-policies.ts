/** A policy that says everything a policy can say, and a team's policy that sets all of it again. */
import type { Policy } from '../../src/model/policy.ts';
import { makeCategory, makeRule, makeStep } from '../support/policy-parts.ts';

export const EVERYTHING = `name: everything
title: Everything a policy can say
consent-widening: configuration
consent-readings: { configuration: By the letter. }
required-steps: enforced
merge: after-push
watch: ['**/*.config']
ignore: ['**/old/**']
workflow: ['src/signup/**']
approvers:
  default: { role: maintain, not-author: false }
  CONFIG/OK: { users: [octocat], teams: [acme/go-live] }
holidays: { calendar: none, add: ['2026-11-27'], remove: ['2026-10-12'] }
office: { time-zone: Europe/Berlin, opens: '08:30', closes: '16:30' }
slot-notice: { min: 1, max: 2, unit: business-days, sources: [S1] }
not-needed:
  board: { text: The board need not be asked., sources: [S2], unless: [ask, configuration] }
break-glass: { label: Emergency/now, approvers: { teams: [acme/owners] }, expires-after-hours: 24 }
contacts:
  desk: { name: The desk, mail: desk@example.com }
  board: { name: The board }
categories:
  configuration:
    title: Configuration
    label: config/ok
    attests: The desk agreed.
    blocks: until-label
    lead-time: { min: 2, max: 3, unit: weeks, sources: [S1, S2], words: allow two or three weeks }
    unpublished: [board meeting]
    steps: [look, ask]
    questions: { configuration: 'yes', workflow: 'unknown' }
  none: { title: Nothing, blocks: never, nothing: true, questions: { configuration: 'no', workflow: 'no' } }
steps:
  look:
    title: Look
    text: Look at it.
    who: reviewer
    phase: review
    required: false
    contact: desk
    document: { title: The form, url: 'https://example.com/form' }
    sources: [S2]
    evidence: { files: ['docs/*.md'], settings: [public-keys], labels: [config/ok] }
    request: true
    omitted-with: [ask]
    when-files: ['docs/look/**']
  ask: { title: Ask, text: Ask the board., who: author, phase: push }
rules:
  secret: { guard: true, when: { setting: secret }, category: configuration, reason: A secret. }
  widened:
    when:
      - { setting: access.*, kind: [added, modified], effect: widens, channel: online, requirement: required }
      - { permission: Delete, type: ['*', Weight], environment: production, format: dotnet-config, role: client }
      - { state: first, trait: unresolved, without-trait: overridden, before: 3, after: [true, text], file: src/** }
    category: consent-widening
    also: [configuration]
    about: sdk
    workflow-unknown: Are they asked?
    reason: It may do more.
    note: Tell the desk.
    sources: [S1]
    steps: { add: [ask], without: [look] }
    lead-time: { min: 4, max: 5, unit: business-days, sources: [S2] }
    unpublished: [second board meeting]
    enforcement: advisory
  rest: { when: anything, category: configuration, reason: Nobody knows. }
citations:
  S1: { text: Two weeks., documents: [PAPER, SITE] }
  S2: { text: Ask the board., documents: [PAPER] }
publications:
  PAPER: { title: The paper }
  SITE: { title: The site, url: 'https://example.com/site' }
words: { product: Desk gate, platform: The desk, status: Desk, request-subject: Look at this, request-greeting: Please look. }
questions:
  configuration: { text: Does it change?, yes: '{count} changes.', no: No. }
  workflow: { text: Will they be asked?, yes: '{names} asks.', no: Nobody. }
documents:
  - { files: ['ext/*.json'], format: json, requires: [/version], settings: { hosts: { pointer: /hosts, type: set, grants: true } } }
`;

export const EVERYTHING_MEANS: Policy = {
  name: 'everything',
  title: 'Everything a policy can say',
  categories: [
    makeCategory({
      id: 'configuration',
      title: 'Configuration',
      label: 'config/ok',
      attests: 'The desk agreed.',
      leadTime: { min: 2, max: 3, unit: 'weeks', sources: ['S1', 'S2'], words: 'allow two or three weeks' },
      steps: ['look', 'ask'],
      questions: { configuration: 'yes', workflow: 'unknown' },
      unpublished: ['board meeting'],
    }),
    makeCategory({
      id: 'none',
      title: 'Nothing',
      label: null,
      blocks: 'never',
      questions: { configuration: 'no', workflow: 'no' },
      nothing: true,
    }),
  ],
  steps: [
    {
      id: 'look',
      title: 'Look',
      text: 'Look at it.',
      who: 'reviewer',
      phase: 'review',
      required: false,
      contact: 'desk',
      document: { title: 'The form', url: 'https://example.com/form' },
      sources: ['S2'],
      evidence: { files: ['docs/*.md'], settings: ['public-keys'], labels: ['config/ok'] },
      request: true,
      omittedWith: ['ask'],
      whenFiles: ['docs/look/**'],
    },
    makeStep({
      id: 'ask',
      title: 'Ask',
      text: 'Ask the board.',
      who: 'author',
      phase: 'push',
    }),
  ],
  rules: [
    makeRule({
      id: 'secret',
      when: [{ setting: ['secret'] }],
      category: 'configuration',
      reason: 'A secret.',
      guard: true,
    }),
    {
      id: 'widened',
      when: [
        {
          setting: ['access.*'],
          kind: ['added', 'modified'],
          effect: ['widens'],
          channel: ['online'],
          requirement: ['required'],
        },
        {
          permission: ['Delete'],
          environment: ['production'],
          format: ['dotnet-config'],
          role: ['client'],
          type: ['*', '3d34d87e-7fc1-4153-800f-f56592cb0d17'],
        },
        {
          state: ['first'],
          trait: ['unresolved'],
          file: ['src/**'],
          withoutTrait: ['overridden'],
          before: ['3'],
          after: ['true', 'text'],
        },
      ],
      category: 'consent-widening',
      also: ['configuration'],
      about: 'sdk',
      workflowUnknown: 'Are they asked?',
      reason: 'It may do more.',
      note: 'Tell the desk.',
      sources: ['S1'],
      withoutSteps: ['look'],
      addSteps: ['ask'],
      leadTime: { min: 4, max: 5, unit: 'business-days', sources: ['S2'] },
      unpublished: ['second board meeting'],
      enforcement: 'advisory',
    },
    makeRule({
      id: 'rest',
      category: 'configuration',
      reason: 'Nobody knows.',
    }),
  ],
  citations: [
    { id: 'S1', text: 'Two weeks.', document: 'PAPER, SITE', url: 'https://example.com/site' },
    { id: 'S2', text: 'Ask the board.', document: 'PAPER', url: null },
    { id: 'PAPER', text: 'The paper', document: 'PAPER', url: null },
    { id: 'SITE', text: 'The site', document: 'SITE', url: 'https://example.com/site' },
  ],
  contacts: [
    { id: 'desk', name: 'The desk', mail: 'desk@example.com' },
    { id: 'board', name: 'The board', mail: null },
  ],
  watch: ['**/*.config', 'ext/*.json'],
  unrecognized: 'unknown',
  ignore: ['**/old/**'],
  workflow: ['src/signup/**'],
  approvers: {
    default: { role: 'maintain', users: [], teams: [], notAuthor: false },
    'config/ok': { role: null, users: ['octocat'], teams: ['acme/go-live'], notAuthor: true },
  },
  consentWidening: 'configuration',
  consentReadings: { configuration: 'By the letter.' },
  requiredSteps: 'enforced',
  merge: 'after-push',
  holidays: { calendar: 'none', add: ['2026-11-27'], remove: ['2026-10-12'] },
  office: { timeZone: 'Europe/Berlin', opens: '08:30', closes: '16:30' },
  slotNotice: { min: 1, max: 2, unit: 'business-days', sources: ['S1'] },
  notNeeded: [{ id: 'board', text: 'The board need not be asked.', sources: ['S2'], unless: ['ask', 'configuration'] }],
  breakGlass: {
    label: 'Emergency/now',
    approvers: { role: null, users: [], teams: ['acme/owners'], notAuthor: true },
    expiresAfterHours: 24,
  },
  documents: [
    {
      files: ['ext/*.json'],
      format: 'json',
      requires: ['/version'],
      settings: { hosts: { pointer: '/hosts', type: 'set', grants: true } },
    },
  ],
  words: {
    product: 'Desk gate',
    platform: 'The desk',
    status: 'Desk',
    requestSubject: 'Look at this',
    requestGreeting: 'Please look.',
  },
  isStandalone: true,
  questions: {
    configuration: { text: 'Does it change?', yes: '{count} changes.', no: 'No.' },
    workflow: { text: 'Will they be asked?', yes: '{names} asks.', no: 'Nobody.' },
  },
};
