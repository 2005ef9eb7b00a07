/** The facts for approvals: users with an approval, their rights now, and the owners of the changed files. */
import { messages as githubMessages } from '../github/messages.ts';
import type { PullRequestFacts } from '../github/pull-request-facts.ts';
import type { RepositoryConnection } from '../github/repository-connection.ts';
import { listApprovingReviews, readReviews } from '../github/reviews.ts';
import { readFiles } from '../github/revision.ts';
import { readRights } from '../github/rights.ts';
import { PlatformError } from '../model/errors.ts';
import { CODE_OWNERS_PATHS } from '../model/paths.ts';
import { asksCodeOwners, asksReviews, listTeams, type Policy } from '../model/policy.ts';
import type { OwnerRule, PullRequestState, Tick } from '../model/pull-request.ts';
import type { ChangedFile } from '../model/source.ts';
import { findOwners, parseCodeOwners } from '../policy/code-owners.ts';

/** The facts about approvers. */
export type ApproverFacts = Pick<PullRequestState, 'rights' | 'codeOwners' | 'approvingReviews'>;

/** The subject of these facts. `ticking` and `comparing` may still be pending. */
interface ApproverQuestion {
  readonly pullRequest: PullRequestFacts;
  readonly policy: Policy;
  readonly ticking: Promise<readonly Tick[]>;
  readonly comparing: Promise<{ readonly changedFiles: readonly ChangedFile[] }>;
}

/** Reads them. CODEOWNERS and reviews are read only if a rule of the policy requires them. @throws PlatformError */
export async function readApproverFacts(
  connection: RepositoryConnection,
  { pullRequest, policy, ticking, comparing }: ApproverQuestion,
): Promise<ApproverFacts> {
  const [codeOwners, approvingReviews] = await Promise.all([
    asksCodeOwners(policy) ? readCodeOwners(connection, pullRequest.baseSha) : null,
    asksReviews(policy) ? readApprovingReviews(connection, pullRequest) : null,
  ]);
  const ownerTeams = codeOwners === null ? [] : listOwnerTeams(codeOwners, (await comparing).changedFiles);
  const teams = [...new Set([...listTeams(policy), ...ownerTeams])].sort();
  const labelers = listLabelers(pullRequest, policy);
  const people = [...labelers, ...(approvingReviews ?? []), ...(await ticking)].flatMap(({ by }) => by ?? []);
  const rights = await readRights(connection, people, teams);
  return {
    rights,
    ...(codeOwners === null ? {} : { codeOwners }),
    ...(approvingReviews === null ? {} : { approvingReviews }),
  };
}

/** @throws PlatformError, also if an author is not known, because a reviewer could be that author */
async function readApprovingReviews(connection: RepositoryConnection, pullRequest: PullRequestFacts) {
  const reviews = listApprovingReviews(await readReviews(connection, pullRequest.number), pullRequest);
  if (pullRequest.hasUnresolvedCoAuthors && reviews.length > 0)
    throw new PlatformError(githubMessages.coAuthorsUnknown());
  return reviews;
}

/** The rules of CODEOWNERS at a commit: none if it is missing or GitHub would not read it. */
async function readCodeOwners(connection: RepositoryConnection, commit: string): Promise<readonly OwnerRule[]> {
  const files = await readFiles(connection, commit, CODE_OWNERS_PATHS);
  const first = CODE_OWNERS_PATHS.map((path) => files.get(path)).find((content) => content);
  return first?.bytes === undefined ? [] : parseCodeOwners(new TextDecoder().decode(first.bytes));
}

/** The teams that own any of the changed files. */
function listOwnerTeams(rules: readonly OwnerRule[], files: readonly ChangedFile[]): readonly string[] {
  const paths = files.flatMap(({ path, previousPath = path }) => [path, previousPath]);
  return paths.flatMap((path) => findOwners(rules, path).teams);
}

/** Users who added a label that is on the pull request and in the policy. Others do not matter. */
function listLabelers({ labels, labelEvents }: PullRequestFacts, policy: Policy) {
  const present = listPresentLabels({ labels }, policy);
  return labelEvents.flatMap(({ label, actor, removed }) =>
    removed !== true && present.has(label.toLowerCase()) ? { by: actor } : [],
  );
}

/** Lower-case names of the labels that can matter to the verdict. */
export function listKnownLabels(policy: Policy): ReadonlySet<string> {
  const names = [
    ...policy.categories.map(({ label }) => label),
    ...policy.steps.flatMap(({ evidence }) => evidence.labels),
    policy.breakGlass?.label ?? null,
  ];
  return new Set(names.flatMap((label) => (label === null ? [] : [label.toLowerCase()])));
}

/** Those of them that are on the pull request. */
export function listPresentLabels({ labels }: Pick<PullRequestFacts, 'labels'>, policy: Policy): ReadonlySet<string> {
  const known = listKnownLabels(policy);
  return new Set(labels.map((label) => label.toLowerCase()).filter((label) => known.has(label)));
}
