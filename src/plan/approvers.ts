/** Who may approve: the policy's approver rules against an account's rights on GitHub now. */
import type { Message } from '../model/messages.ts';
import type { ApproverRule, Policy } from '../model/policy.ts';
import type { Account, PullRequestState, Rights } from '../model/pull-request.ts';
import { messages, words } from './messages.ts';

/** The account into which GitHub folds deleted users; it stands for no person. */
const GHOST_ID = 10_137;

/** GitHub compares label names and logins without regard to case. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The rule for labels without their own; without one in the policy, write access or higher, not an author of the change. */
export function findDefaultRule({ approvers }: Policy): ApproverRule {
  return approvers.default ?? { role: 'write', users: [], teams: [], notAuthor: true };
}

/** The rule for a label: its own, else the policy's `default`. */
export function findApproverRule(policy: Policy, label: string): ApproverRule {
  const own = Object.entries(policy.approvers).find(([name]) => name !== 'default' && sameName(name, label));
  return own?.[1] ?? findDefaultRule(policy);
}

/** The approvers in plain words: "write access or higher, or @octocat, or a member of acme/go-live; not an author of this change". */
export function describeApprovers(rule: ApproverRule): string {
  const ways = [
    ...(rule.role === null ? [] : [words.approvers.role(rule.role)]),
    ...rule.users.map(words.approvers.user),
    ...rule.teams.map(words.approvers.team),
  ];
  if (ways.length === 0) return words.approvers.nobody;
  const who = ways.join(', or ');
  return rule.notAuthor ? words.approvers.notAuthor(who) : who;
}

/** Why a label does not count, and whose would. */
export function withApprovers(reason: string, rule: ApproverRule): string {
  return `${reason} ${words.countsFrom(describeApprovers(rule))}`;
}

/** How much a role may; whatever else GitHub answers (`none`, or nothing that is known) is less than any of them. */
function rankRole(role: Rights['role']): number {
  return ['read', 'triage', 'write', 'maintain', 'admin'].indexOf(role);
}

/** True when an account is one of the change's authors, by id or by login. */
function isAuthor(account: Account, pullRequest: PullRequestState): boolean {
  return pullRequest.authors.some((author) => author.id === account.id || sameName(author.login, account.login));
}

/** Why an account cannot approve under a rule, or null when it can. */
export function explainRefusal(rule: ApproverRule, account: Account, pullRequest: PullRequestState): Message | null {
  const by = account.login;
  const named = rule.users.some((user) => sameName(user, by));
  if (account.id === GHOST_ID || sameName(by, 'ghost')) return messages.labelByGhost();
  if (account.bot && !named) return messages.labelByBot({ by });
  if (rule.notAuthor && isAuthor(account, pullRequest)) return messages.labelByAuthor({ by });
  if (rule.notAuthor && pullRequest.pushers.includes(account.id)) return messages.labelByPusher({ by });
  if (named) return null;

  const key = by.toLowerCase();
  const rights = Object.hasOwn(pullRequest.rights, key) ? pullRequest.rights[key] : undefined;
  if (rights === undefined) return messages.labelRightsUnknown({ by });
  if (rule.role !== null && rankRole(rights.role) >= rankRole(rule.role)) return null;
  const member = (team: string) => Object.hasOwn(rights.teams, team) && rights.teams[team] === true;
  if (rule.teams.some(member)) return null;

  const unanswered = rule.teams.find((team) => !Object.hasOwn(rights.teams, team));
  if (unanswered !== undefined) {
    const why = Object.hasOwn(rights.unansweredTeams, unanswered) ? rights.unansweredTeams[unanswered] : undefined;
    return messages.labelTeamUnanswered({ by, team: unanswered, why: why ?? messages.teamNotAsked().message });
  }
  if (rule.role !== null && rights.role === 'unknown') return messages.labelRightsUnknown({ by });
  return messages.labelByOther({ by, role: rights.role });
}
