/** A connection to one repository: GraphQL, or REST where a server has no GraphQL: the same facts, the same verdict. */
import type { FileContent, RevisionPair, Side } from '../model/source.ts';
import type { GitHubClient } from './client.ts';
import type { ApiFacts, PullRequestFacts, PullRequestQuestion, RepositoryName } from './pull-request-facts.ts';
import { readPullRequestByGraphQl } from './pull-request-graphql.ts';
import { readPullRequestByRest } from './pull-request-rest.ts';
import { openCommits } from './revision.ts';

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
  openCommits(commits: Readonly<Record<Side, string>>): RevisionPair {
    return openCommits(this.client, this.repository, commits, () => this.#graphQl);
  }

  /** One file of a commit; null where it is not there. @throws PlatformError */
  async readFile(commit: string, path: string): Promise<FileContent | null> {
    const nothing = { files: [], folders: [], paths: false };
    const pair = this.openCommits({ base: commit, head: commit });
    const found = await pair.read({ base: { ...nothing, files: [path] }, head: nothing });
    return found.base.files.get(path) ?? null;
  }

  /** Everything about the pull request but its files. @throws PlatformError */
  async readPullRequest(
    number: number,
    options: Omit<PullRequestQuestion, 'repository' | 'number'>,
  ): Promise<PullRequestFacts> {
    const question = { ...options, repository: this.repository, number };
    const facts = await this.#readFacts(question);
    const policy =
      facts.policy === undefined ? await this.readFile(facts.policyCommit, options.policyPath) : facts.policy;
    return { ...facts, policy };
  }

  async #readFacts(question: PullRequestQuestion): Promise<ApiFacts> {
    if (this.#graphQl) {
      try {
        return await readPullRequestByGraphQl(this.client, question);
      } catch {
        this.#graphQl = false; // whatever it was: if it was not GraphQL alone, REST fails too and says why
      }
    }
    return readPullRequestByRest(this.client, question);
  }
}
