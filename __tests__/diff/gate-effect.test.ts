import { findGateEffect } from '../../src/diff/gate-effect.ts';
import type { Effect } from '../../src/model/change.ts';

const text = (value: string | null) => (value === null ? null : JSON.stringify(value));

// Key, before, after, effect. The way back is the opposite.
test.each<[string, string | null, string | null, Effect]>([
  ['policy.consent-widening', 'signup-workflow', 'configuration', 'widens'],
  ['policy.consent-widening', null, 'signup-workflow', 'narrows'],
  ['policy.required-steps', 'enforced', null, 'widens'],
  ['policy.merge', 'after-push', 'after-review', 'widens'],
  ['policy.watch', '**/*.cfg', null, 'widens'],
  ['policy.workflow', 'src/signup/**', null, 'widens'],
  ['policy.ignore', null, '**', 'widens'],
  ['policy.sweep.exempt', null, '**/*.md', 'widens'],
  ['policy.sweep.marks.host.patterns', 'x.example', null, 'widens'],
  ['policy.sweep.marks.host.patterns', null, '!x.example', 'widens'],
  ['policy.unrecognized', 'unknown', 'nothing', 'widens'],
  ['policy.approvers.default.role', 'maintain', 'write', 'widens'],
  ['policy.approvers.go-live/x.users', null, 'octocat', 'widens'],
  ['policy.approvers.go-live/x.teams', null, 'acme/all', 'widens'],
  ['policy.rules.text-changed.enforcement', null, 'advisory', 'widens'],
  ['policy.rules.text-changed.category', 'configuration', 'deployment', 'widens'],
  ['policy.rules.text-changed.category', 'configuration', 'certificate', 'unknown'],
  ['policy.categories.unknown.blocks', 'until-label', 'never', 'widens'],
  ['policy.break-glass.label', null, 'go-live/emergency', 'widens'],
  ['policy.extends', 'healthvault', 'browser-extension', 'unknown'],
  ['policy.contacts.me.name', 'A', 'B', 'neutral'],
  ['policy.rules.a.reason', 'A', 'B', 'neutral'],
  ['policy.labels.configuration', 'a', 'b', 'unknown'],
  ['policy.owners', null, '* @a', 'unknown'],
  ['gate-workflow.on.merge_group', '', null, 'widens'],
  ['gate-workflow.on.pull_request_target.types', 'labeled', null, 'widens'],
  ['gate-workflow.on.pull_request_target.paths', null, 'src/**', 'unknown'],
  ['gate-workflow.on.pull_request_target.paths-ignore', null, 'src/**', 'widens'],
  ['gate-workflow.permissions', 'read-all', 'write-all', 'widens'],
  ['gate-workflow.jobs.gate.permissions.contents', null, 'write', 'widens'],
  ['gate-workflow.jobs.gate.if', null, 'false', 'widens'],
  ['gate-workflow.jobs.gate.if', 'a', 'b', 'unknown'],
  ['gate-workflow.jobs.gate.steps.x.with.mode', 'enforce', 'report', 'widens'],
  ['gate-workflow.jobs.gate.steps.x.with.mode', null, 'report', 'widens'],
  ['gate-workflow.jobs.gate.steps.x.with.comment', 'always', 'never', 'neutral'],
  ['gate-workflow.jobs.gate.steps.x.with.policy-ref', 'base', 'default-branch', 'unknown'],
  ['gate-workflow.jobs.gate.environment', 'go-live', null, 'widens'],
  ['gate-workflow.jobs.gate.steps.x.uses', `a/b@${'1'.repeat(40)}`, 'a/b@v1', 'widens'],
  ['gate-workflow.jobs.gate.steps.x.uses', 'a/b@v1', 'a/b@v2', 'unknown'],
  ['gate-workflow.jobs.gate.steps.x.uses', 'a/b@v1', `c/b@${'1'.repeat(40)}`, 'unknown'],
  ['gate-workflow.jobs.gate.steps.1.run', 'a', 'b', 'unknown'],
])('%s from %s to %s is %s', (key, before, after, effect) => {
  const opposite = { widens: 'narrows', narrows: 'widens', neutral: 'neutral', unknown: 'unknown' } as const;
  expect(findGateEffect(key, text(before), text(after))).toBe(effect);
  expect(findGateEffect(key, text(after), text(before))).toBe(opposite[effect]);
});

test.each<[string, unknown, unknown, Effect]>([
  ['policy.approvers.default.not-author', null, false, 'widens'],
  ['policy.lead-times.configuration.min', 3, 2, 'widens'],
  ['policy.break-glass.expires-after-hours', 4, 24, 'widens'],
  ['policy.break-glass.expires-after-hours', 24, 4, 'narrows'],
  ['gate-workflow.jobs.gate.continue-on-error', null, true, 'widens'],
  ['gate-workflow.permissions', {}, 'write-all', 'widens'],
])('%s from %j to %j is %s', (key, before, after, effect) =>
  expect(findGateEffect(key, before === null ? null : JSON.stringify(before), JSON.stringify(after))).toBe(effect),
);
