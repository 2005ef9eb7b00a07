/** A connection to one repository by GraphQL, or by REST if a server has no GraphQL. Both give the same facts and verdict. */

import type { FileContent } from '../model/source.ts';
import type { GitHubClient } from './client.ts';
import type { WrittenStatus } from './commit-status.ts';
import type { ApiFacts, PullRequestFacts, PullRequestQuestion, RepositoryName } from './pull-request-facts.ts';
import { readPullRequestByGraphQl, readPullRequestsByGraphQl } from './pull-request-graphql.ts';
import { readFiles } from './revision.ts';
import type { listTreeEntries } from './tree.ts';

/** The client and the repository of a request. */
export type RepositoryAccess = Pick<RepositoryConnection, 'client' | 'repository'> &
  Partial<Pick<RepositoryConnection, 'trees'>>;

/** Pull requests in one GraphQL request. Each may have some 15,000 nodes, and GitHub's limit is 500,000. */
const FACTS_BATCH = 10;

/** A connection to one repository, and facts that this run has learned about the server. */
export class RepositoryConnection {
  readonly client: GitHubClient;
  readonly teamClient: GitHubClient | null;
  readonly repository: RepositoryName;
  /** Commit -> context of a last status by this run that is `pending`. A run that is asked to end must replace it. */
  readonly pendingHeads = new Map<string, string>();
  /** Commit or tree -> its files, as far as this run has listed them. */
  readonly trees = new Map<string, ReturnType<typeof listTreeEntries>>();
  /** The last status that this run wrote. Its answer contains the gate's account and GitHub's time. */
  lastWritten: WrittenStatus | null = null;
  #graphQl = true;

  constructor(client: GitHubClient, teamClient: GitHubClient | null, repository: RepositoryName) {
    this.client = client;
    this.teamClient = teamClient;
    this.repository = repository;
  }

  /** False once GraphQL has failed in this run: no second try for each request. */
  get hasGraphQl(): boolean {
    return this.#graphQl;
  }

  /** Everything about the pull request but its files. @throws PlatformError */
  async readPullRequest(
    number: number,
    options: Omit<PullRequestQuestion, 'repository' | 'number'>,
  ): Promise<PullRequestFacts> {
    const question = { ...options, repository: this.repository, number };
    return await this.#addPolicy(await this.#readFacts(question), options);
  }

  /** The same of several pull requests for one base, in few requests. @throws PlatformError */
  async readPullRequests(
    numbers: readonly number[],
    options: Omit<PullRequestQuestion, 'repository' | 'number'>,
  ): Promise<readonly PullRequestFacts[]> {
    const [number, ...others] = numbers.slice(0, FACTS_BATCH);
    if (number === undefined) return [];
    const question = { ...options, repository: this.repository, number };
    const together = this.#graphQl
      ? await readPullRequestsByGraphQl(this.client, question, others).catch(() => null)
      : null;
    const facts =
      together === null
        ? await Promise.all([number, ...others].map((one) => this.readPullRequest(one, options)))
        : await Promise.all(together.map((one) => this.#addPolicy(one, options)));
    return [...facts, ...(await this.readPullRequests(numbers.slice(FACTS_BATCH), options))];
  }

  async #addPolicy(
    facts: ApiFacts,
    options: Pick<PullRequestQuestion, 'policyPath' | 'alternatePolicyPath'>,
  ): Promise<PullRequestFacts> {
    const { policyPath, alternatePolicyPath } = options;
    const missing = [
      ...(facts.policy === undefined ? [policyPath] : []),
      ...(facts.alternatePolicy === undefined && alternatePolicyPath !== null ? [alternatePolicyPath] : []),
    ];
    const found =
      missing.length === 0 ? new Map<string, FileContent | null>() : await readFiles(this, facts.policyCommit, missing);
    const { policy = found.get(policyPath) ?? null, alternatePolicy = found.get(alternatePolicyPath ?? '') ?? null } =
      facts;
    return { ...facts, policy, alternatePolicy };
  }

  async #readFacts(question: PullRequestQuestion): Promise<ApiFacts> {
    if (this.#graphQl) {
      try {
        return await readPullRequestByGraphQl(this.client, question);
      } catch {
        this.#graphQl = false; // if the cause was not GraphQL alone, REST fails too and reports it
      }
    }
    const { readPullRequestByRest } = await import('./pull-request-rest.ts');
    return readPullRequestByRest(this.client, question);
  }
}
