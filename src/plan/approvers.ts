/** Checks the policy's approver rules against the current rights of an account on GitHub. */
import type { Message } from '../model/messages.ts';
import type { ApproverRule, Policy } from '../model/policy.ts';
import type { Account, OwnerRule, PullRequestState, Rights } from '../model/pull-request.ts';
import { findOwners, type Owners } from '../policy/code-owners.ts';
import { messages, words } from './messages.ts';

/** The account that GitHub shows for deleted users. */
const GHOST_ID = 10_137;

/** GitHub compares label names and logins without regard to case. */
export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The rule for labels without their own. The default is write access or higher, not an author of the change. */
export function findDefaultRule({ approvers }: Policy): ApproverRule {
  return approvers.default ?? { role: 'write', users: [], teams: [], notAuthor: true };
}

/** The rule for a label: its own, else the policy's `default`. */
export function findApproverRule(policy: Policy, label: string): ApproverRule {
  const own = Object.entries(policy.approvers).find(([name]) => name !== 'default' && isSameName(name, label));
  return own?.[1] ?? findDefaultRule(policy);
}

/** The approvers in plain words: "users with write access or higher, or @octocat; not the authors of this change". */
export function describeApprovers(rule: ApproverRule): string {
  const ways = [
    ...(rule.role === null ? [] : [words.approvers.role(rule.role)]),
    ...rule.users.map(words.approvers.user),
    ...rule.teams.map(words.approvers.team),
    ...(rule.codeowners ? [words.approvers.codeowners] : []),
  ];
  if (ways.length === 0) return words.approvers.nobody;
  const { by, approvals = 1 } = rule;
  return [
    ways.join(', or '),
    ...(rule.notAuthor ? [words.approvers.notAuthor] : []),
    ...(approvals > 1 ? [words.approvers.several(approvals)] : []),
    ...(by === 'review' ? [words.approvers.byReview] : []),
  ].join('; ');
}

/** Why a label does not count, and the approvers. */
export function withApprovers(reason: string, rule: ApproverRule): string {
  return `${reason} ${words.countsFrom(describeApprovers(rule))}`;
}

/** The rank of a role. Any other answer from GitHub (`none`, or an unknown role) ranks below all of them. */
function rankRole(role: Rights['role']): number {
  return ['read', 'triage', 'write', 'maintain', 'admin'].indexOf(role);
}

/** True when an account is one of the change's authors, by id or by login. */
function isAuthor(account: Account, pullRequest: PullRequestState): boolean {
  return pullRequest.authors.some((author) => author.id === account.id || isSameName(author.login, account.login));
}

/** The account that wants to approve, and the files that it must own if code owners approve. */
export interface Candidate {
  readonly account: Account;
  readonly paths: readonly string[];
}

/** Why an account cannot approve under a rule, or null when it can. */
export function explainRefusal(
  rule: ApproverRule,
  candidate: Candidate,
  pullRequest: PullRequestState,
): Message | null {
  const { account } = candidate;
  const by = account.login;
  const named = rule.users.some((user) => isSameName(user, by));
  if (account.id === GHOST_ID || isSameName(by, 'ghost')) return messages.labelByGhost();
  if (account.bot && !named) return messages.labelByBot({ by });
  if (rule.notAuthor && isAuthor(account, pullRequest)) return messages.labelByAuthor({ by });
  if (rule.notAuthor && pullRequest.pushers.includes(account.id)) return messages.labelByPusher({ by });
  if (named) return null;

  const key = by.toLowerCase();
  const rights = Object.hasOwn(pullRequest.rights, key) ? pullRequest.rights[key] : undefined;
  if (rights === undefined) return messages.labelRightsUnknown({ by });
  if (rule.role !== null && rankRole(rights.role) >= rankRole(rule.role)) return null;
  if (isInAnyTeam(rule.teams, rights)) return null;
  // As on GitHub, a user without write access is not an owner.
  const mayOwn = rule.codeowners === true && rankRole(rights.role) >= rankRole('write');
  const foreign = mayOwn ? findForeignFile(candidate, rights, pullRequest.codeOwners) : null;
  if (mayOwn && foreign === null) return null;

  const asked = [...rule.teams, ...(foreign?.owners.teams ?? [])];
  const unanswered = asked.find((team) => !Object.hasOwn(rights.teams, team));
  if (unanswered !== undefined) {
    const why = Object.hasOwn(rights.unansweredTeams, unanswered) ? rights.unansweredTeams[unanswered] : undefined;
    return messages.labelTeamUnanswered({ by, team: unanswered, why: why ?? messages.teamNotAsked().message });
  }
  const asksRole = rule.role !== null || rule.codeowners === true;
  if (asksRole && rights.role === 'unknown') return messages.labelRightsUnknown({ by });
  return foreign === null
    ? messages.labelByOther({ by, role: rights.role })
    : messages.labelByNoOwner({ by, file: foreign.path });
}

/** Whether someone is a member of any of the teams, as far as GitHub answered. */
function isInAnyTeam(teams: readonly string[], rights: Rights): boolean {
  return teams.some((team) => Object.hasOwn(rights.teams, team) && rights.teams[team] === true);
}

/** The first file that someone does not own, and its owners; null: they own all. If no file is known, they own none. */
function findForeignFile(
  { account, paths }: Candidate,
  rights: Rights,
  rules: readonly OwnerRule[] = [],
): { readonly path: string; readonly owners: Owners } | null {
  const files = paths.map((path) => ({ path, owners: findOwners(rules, path) }));
  const foreign = files.find(
    ({ owners }) => !owners.users.some((user) => isSameName(user, account.login)) && !isInAnyTeam(owners.teams, rights),
  );
  if (foreign !== undefined) return foreign;
  return paths.length > 0 ? null : { path: words.approvers.noFile, owners: findOwners([], '') };
}
