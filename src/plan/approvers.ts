/** Whose word counts: the policy's approver rules against what GitHub says of an account now. */

import messages from '../../data/messages/plan.json' with { type: 'json' };
import { fill } from '../model/messages.ts';
import type { ApproverRule, Policy } from '../model/policy.ts';
import type { Account, PullRequestState, Rights } from '../model/pull-request.ts';

/** The account into which GitHub folds deleted users; it speaks for nobody. */
const GHOST_ID = 10_137;

/** GitHub compares label names and logins without regard to case. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The rule for whatever has none of its own; without one in the policy, write access or higher, not an author of the change. */
export function defaultRuleOf({ approvers }: Policy): ApproverRule {
  return approvers.default ?? { role: 'write', users: [], teams: [], notAuthor: true };
}

/** The rule for a label: its own, else the policy's `default`. */
export function approverRuleOf(policy: Policy, label: string): ApproverRule {
  const own = Object.entries(policy.approvers).find(([name]) => name !== 'default' && sameName(name, label));
  return own?.[1] ?? defaultRuleOf(policy);
}

/** In plain words, who may: "write access or higher, or @octocat, or a member of acme/go-live; not an author of this change". */
export function describeApprovers(rule: ApproverRule): string {
  const ways = [
    ...(rule.role === null
      ? []
      : [fill(messages[rule.role === 'admin' ? 'approver-admin' : 'approver-role'], { role: rule.role })]),
    ...rule.users.map((user) => fill(messages['approver-user'], { user })),
    ...rule.teams.map((team) => fill(messages['approver-team'], { team })),
  ];
  if (ways.length === 0) return messages['approver-nobody'];
  const who = ways.join(', or ');
  return rule.notAuthor ? fill(messages['approver-not-author'], { who }) : who;
}

/** How much a role may; whatever else GitHub answers (`none`, or nothing that is known) is less than any of them. */
function rankOf(role: Rights['role']): number {
  return ['read', 'triage', 'write', 'maintain', 'admin'].indexOf(role);
}

/** True when an account is one of the change's authors, by id or by login. */
function isAuthor(account: Account, pullRequest: PullRequestState): boolean {
  return pullRequest.authors.some((author) => author.id === account.id || sameName(author.login, account.login));
}

/** Why an account's word does not count under a rule, in one sentence, or null when it does. */
export function refusalOf(rule: ApproverRule, account: Account, pullRequest: PullRequestState): string | null {
  const by = account.login;
  const named = rule.users.some((user) => sameName(user, by));
  if (account.id === GHOST_ID || sameName(by, 'ghost')) return messages['label-by-ghost'];
  if (account.bot && !named) return fill(messages['label-by-bot'], { by });
  if (rule.notAuthor && isAuthor(account, pullRequest)) return fill(messages['label-by-author'], { by });
  if (named) return null;

  const key = by.toLowerCase();
  const rights = Object.hasOwn(pullRequest.rights, key) ? pullRequest.rights[key] : undefined;
  if (rights === undefined) return fill(messages['label-rights-unknown'], { by });
  if (rule.role !== null && rankOf(rights.role) >= rankOf(rule.role)) return null;
  const member = (team: string) => Object.hasOwn(rights.teams, team) && rights.teams[team] === true;
  if (rule.teams.some(member)) return null;

  const unanswered = rule.teams.find((team) => !Object.hasOwn(rights.teams, team));
  if (unanswered !== undefined) {
    const why = Object.hasOwn(rights.unansweredTeams, unanswered) ? rights.unansweredTeams[unanswered] : undefined;
    return fill(messages['label-team-unanswered'], { by, team: unanswered, why: why ?? messages['team-not-asked'] });
  }
  if (rule.role !== null && rights.role === 'unknown') return fill(messages['label-rights-unknown'], { by });
  return fill(messages['label-by-other'], { by, role: rights.role });
}
