/** Requests a review from each approver once. The verdict does not depend on it, so a rejected request is only advice. */
import type * as schema from '@octokit/graphql-schema';
import { ask } from '../github/client.ts';
import { createPartialPullRequestError, type Fields, type Page, query } from '../github/graphql.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import { PlatformError } from '../model/errors.ts';
import type { Report } from '../model/report.ts';
import { findApproverRule, isSameName } from '../plan/approvers.ts';
import { findOwners } from '../policy/code-owners.ts';
import type { EvaluationFacts } from './facts.ts';
import { messages } from './messages.ts';

/** GitHub's limit for one request. */
const MAX_REVIEWERS = 15;

/** Logins, and teams as `organization/team-slug`. */
type Reviewers = readonly string[];

/** Requests reviews if the policy says so and a label is missing. The report mentions a refusal by GitHub. */
export async function requestReviewers(
  connection: RepositoryConnection,
  facts: EvaluationFacts,
  report: Report,
): Promise<Report> {
  const wanted = listReviewers(facts, report);
  if (wanted.length === 0 || !connection.hasGraphQl) return report;
  const { number } = facts.pullRequest;
  try {
    const asked = await readAskedReviewers(connection, number);
    const open = wanted.filter((name) => !asked.some((other) => isSameName(name, other))).slice(0, MAX_REVIEWERS);
    const teams = open.filter((name) => name.includes('/')).map((team) => team.slice(team.indexOf('/') + 1));
    const people = open.filter((name) => !name.includes('/'));
    if (people.length > 0) await request(connection, number, { reviewers: people });
    if (teams.length > 0) await request(connection, number, { team_reviewers: teams });
    return report;
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    const problem = { ...messages.reviewersNotAsked({ reason: error.message }), severity: 'advice' } as const;
    return { ...report, problems: [...report.problems, problem] };
  }
}

/** Whether any user would be asked. */
export function asksForReviewers(facts: EvaluationFacts, report: Report): boolean {
  return listReviewers(facts, report).length > 0;
}

/** The reviewers that the policy names for the missing labels, without authors and users who already approve. */
function listReviewers(
  { pullRequest, policy, codeOwners, approvingReviews = [] }: EvaluationFacts,
  report: Report,
): Reviewers {
  const { missing } = report.labels;
  if (policy.policy.requestReviewers !== true || report.evaluation.mode === 'report' || missing.length === 0) return [];
  const names = missing.flatMap((label) => {
    const { users, teams, codeowners } = findApproverRule(policy.policy, label);
    return [...users, ...teams, ...(codeowners ? listCommonOwners(label, report, codeOwners ?? []) : [])];
  });
  const others = [...pullRequest.authors, ...approvingReviews.map(({ by }) => by)].map(({ login }) => login);
  return [...new Set(names)].filter((name) => !others.some((other) => isSameName(name, other)));
}

/** The owners of every file that the label is about. */
function listCommonOwners(
  label: string,
  { changes, clearance }: Report,
  rules: NonNullable<EvaluationFacts['codeOwners']>,
): Reviewers {
  const cleared = changes.filter(({ category, also = [] }) =>
    [category, ...also].some((id) => clearance[id]?.label === label),
  );
  const owners = [...new Set(cleared.map(({ file }) => file))].map((file) => {
    const { users, teams } = findOwners(rules, file);
    return [...users, ...teams];
  });
  const [first = []] = owners;
  return first.filter((name) => owners.every((others) => others.some((other) => isSameName(name, other))));
}

interface AskedReviewersResponse {
  readonly repository: {
    readonly pullRequest: {
      readonly timelineItems: Page<{
        readonly requestedReviewer:
          | (Partial<Fields<schema.User, 'login'>> & Partial<Fields<schema.Team, 'combinedSlug'>>)
          | null;
      }>;
    } | null;
  };
}

/**
 * The users who were asked before, by any account. No user is asked twice. @throws PlatformError also if GitHub does not show
 * all of them
 */
async function readAskedReviewers({ client, repository }: RepositoryConnection, number: number): Promise<Reviewers> {
  const text = `query AskedReviewers($owner: String!, $repo: String!, $number: Int!) {
    repository(owner: $owner, name: $repo) { pullRequest(number: $number) {
      timelineItems(itemTypes: [REVIEW_REQUESTED_EVENT], first: 100) {
        nodes { ... on ReviewRequestedEvent {
          requestedReviewer { ... on User { login } ... on Bot { login } ... on Team { combinedSlug } } } }
        pageInfo { hasNextPage endCursor } } } } }`;
  const answer = await query<AskedReviewersResponse>(client, text, { ...repository, number });
  const events = answer.repository.pullRequest?.timelineItems;
  if (!events || events.pageInfo.hasNextPage) throw createPartialPullRequestError();
  return events.nodes.map(({ requestedReviewer }) => {
    const name = requestedReviewer?.login ?? requestedReviewer?.combinedSlug;
    if (name === undefined) throw createPartialPullRequestError();
    return name;
  });
}

async function request(
  { client, repository }: RepositoryConnection,
  number: number,
  body: { readonly reviewers: string[] } | { readonly team_reviewers: string[] },
): Promise<void> {
  await ask('request-reviewers', () =>
    client.rest.pulls.requestReviewers({ ...repository, pull_number: number, ...body }),
  );
}
