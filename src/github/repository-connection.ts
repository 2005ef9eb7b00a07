/** The facts of a pull request by GraphQL, or by REST where a server has no GraphQL: the same facts, the same verdict. */
import type { FileContent, RevisionPair, Side } from '../model/source.ts';
import type { GitHubClient } from './client.ts';
import type { PullRequestFacts, PullRequestQuestion, RepositoryName, RoadFacts } from './pull-request-facts.ts';
import { pullRequestByGraphQl } from './pull-request-graphql.ts';
import { pullRequestByRest } from './pull-request-rest.ts';
import { commitPair } from './revision.ts';

/** A connection to one repository, and what this run has learned of the server. */
export class RepositoryConnection {
  readonly client: GitHubClient;
  readonly teamClient: GitHubClient | null;
  readonly repository: RepositoryName;
  /** Commits whose last status by this run is `pending`: a run that is told to end must not leave them so. */
  readonly pendingHeads = new Set<string>();
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

  /** Two commits as sources of files. */
  revisions(commits: Readonly<Record<Side, string>>): RevisionPair {
    return commitPair(this.client, this.repository, commits, () => this.#graphQl);
  }

  /** One file of a commit; null where it is not there. @throws PlatformError */
  async file(commit: string, path: string): Promise<FileContent | null> {
    const nothing = { files: [], folders: [], paths: false };
    const pair = this.revisions({ base: commit, head: commit });
    const found = await pair.read({ base: { ...nothing, files: [path] }, head: nothing });
    return found.base.files.get(path) ?? null;
  }

  /** Everything about the pull request but its files. @throws PlatformError */
  async pullRequest(
    number: number,
    options: Omit<PullRequestQuestion, 'repository' | 'number'>,
  ): Promise<PullRequestFacts> {
    const question = { ...options, repository: this.repository, number };
    const facts = await this.#ask(question);
    const policy = facts.policy === undefined ? await this.file(facts.policyCommit, options.policyPath) : facts.policy;
    return { ...facts, policy };
  }

  async #ask(question: PullRequestQuestion): Promise<RoadFacts> {
    if (this.#graphQl) {
      try {
        return await pullRequestByGraphQl(this.client, question);
      } catch {
        this.#graphQl = false; // whatever it was: if it was not GraphQL alone, REST fails too and says why
      }
    }
    return pullRequestByRest(this.client, question);
  }
}
