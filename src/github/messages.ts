/** What fails on the way to GitHub: why, and what to do. */
import { defineMessage } from '../model/messages.ts';

/** A request that failed: what it was for, which permission that needs, and GitHub's status (`none`: no answer). */
interface FailedRequest {
  readonly doing: string;
  /** Null: every token that can read the repository may do this. */
  readonly permission: string | null;
  readonly status: number | 'none';
  /** The server that was asked. */
  readonly host: string;
  /** What the network reported, or where the organization lets a token be authorized; empty: nothing. */
  readonly detail: string;
}

const describePermissionFix = (permission: string | null) =>
  permission === null
    ? 'Use a token that can read this repository.'
    : `Give the token this permission (in a workflow, in the job's permissions): ${permission}`;

/** Errors of this room, and why a team's members are not known. */
export const messages = {
  githubRateLimit: defineMessage(
    'github-rate-limit',
    ({ doing, status }: FailedRequest) =>
      `GitHub's rate limit is used up: could not ${doing} (answer ${status}). Nothing was decided; run the gate again later.`,
    "The token's requests are used up (1,000 per hour and repository for the job's token). GitHub takes no status either then, so it stays as it was, also a success. Wait until the hour is over and run again, or give the gate an App's token, which has a budget of its own.",
  ),
  githubSecondaryLimit: defineMessage(
    'github-secondary-limit',
    ({ doing, status }: FailedRequest) =>
      `GitHub received too many requests in a short time: could not ${doing} (answer ${status}). Nothing was decided; run the gate again in a few minutes.`,
    "GitHub's secondary rate limit counts requests in a short time, of every program that uses the same account. Run again after a few minutes, and run fewer jobs at the same time.",
  ),
  githubBadToken: defineMessage(
    'github-bad-token',
    ({ doing, status }: FailedRequest) =>
      `GitHub does not accept the token: could not ${doing} (answer ${status}). Check the token: the input github-token of the action, GITHUB_TOKEN or GH_TOKEN on the command line.`,
    'GitHub refuses the token: expired, revoked, or of another server. Check `github-token`, or `GITHUB_TOKEN` and `GH_TOKEN` on the command line.',
  ),
  githubForbidden: defineMessage(
    'github-forbidden',
    ({ doing, status, permission }: FailedRequest) =>
      `GitHub does not allow the token to ${doing} (answer ${status}). ${describePermissionFix(permission)}`,
    "The token lacks a permission. In a workflow, add the line that the message shows to the job's `permissions`; on the command line, give the token that permission. If it is there, the organization's settings or a read-only token (a fork under `pull_request`) are the cause.",
  ),
  githubSaml: defineMessage(
    'github-saml',
    ({ doing, detail }: FailedRequest) =>
      `The organization requires single sign-on for this token: could not ${doing} (answer 403). Authorize the token for the organization${detail === '' ? ' in the settings of your account' : `: ${detail}`}`,
    "The organization enforces SAML single sign-on, and the token is not authorized for it. Open your account's settings, choose the token, then **Configure SSO**, and authorize it for the organization. The job's token needs no authorization.",
  ),
  githubIpAllowList: defineMessage(
    'github-ip-allow-list',
    ({ doing }: FailedRequest) =>
      `The organization allows requests from listed IP addresses only: could not ${doing} (answer 403). Run this from a listed address, or ask an owner of the organization to list yours.`,
    "The organization has an IP allow list, and this machine's address is not in it. Use a runner or network with a listed address, or ask an owner of the organization to add yours.",
  ),
  githubNotFound: defineMessage(
    'github-not-found',
    ({ doing, status, permission }: FailedRequest) =>
      `GitHub did not find what the gate asked for: could not ${doing} (answer ${status}). Check the repository's name. If it is right: ${describePermissionFix(permission)}`,
    "GitHub hides what a token may not see. Add the permission that the message shows, and check the repository's name.",
  ),
  githubRefused: defineMessage(
    'github-refused',
    ({ doing, status }: FailedRequest) =>
      `GitHub refused a request: could not ${doing} (answer ${status}). Nothing was decided; run the gate again.`,
    "GitHub refused the request for another reason. Run again; if it stays, report it with the answer's number.",
  ),
  githubUnreachable: defineMessage(
    'github-unreachable',
    ({ doing, status, host, detail }: FailedRequest) =>
      `GitHub could not be reached or failed: could not ${doing} (${
        detail === '' ? `answer ${status}` : `no answer from ${host}: ${detail}`
      }). Nothing was decided; run the gate again.`,
    'The network, a proxy or GitHub failed. Check `HTTPS_PROXY` and `NO_PROXY` on own runners, and [githubstatus.com](https://www.githubstatus.com/); run again.',
  ),
  githubHostUnknown: defineMessage(
    'github-host-unknown',
    ({ doing, host, detail }: FailedRequest) =>
      `The name ${host} could not be resolved: could not ${doing} (${detail}). Check the network, the DNS server, and GITHUB_API_URL.`,
    'The name of the GitHub server has no address here. Check the connection and the DNS server. `GITHUB_API_URL` names the server, and `HTTPS_PROXY` a proxy where one is needed.',
  ),
  githubConnectionRefused: defineMessage(
    'github-connection-refused',
    ({ doing, host, detail }: FailedRequest) =>
      `The connection to ${host} was refused: could not ${doing} (${detail}). Check GITHUB_API_URL, and the proxy in HTTPS_PROXY if there is one.`,
    'Nothing accepts connections at the address. Check the port in `GITHUB_API_URL`, whether a firewall or the proxy in `HTTPS_PROXY` is in the way, and whether the server runs.',
  ),
  githubCertificate: defineMessage(
    'github-certificate',
    ({ doing, host, detail }: FailedRequest) =>
      `The certificate of ${host} is not trusted: could not ${doing} (${detail}). Set NODE_EXTRA_CA_CERTS to a file with the certificate of its authority.`,
    'The TLS certificate of the server, or of a proxy that opens connections, comes from an authority that this machine does not know, has expired, or is for another name. Set `NODE_EXTRA_CA_CERTS` to a PEM file with the certificate of the authority. Never switch the check off.',
  ),
  githubPartial: defineMessage(
    'github-partial',
    ({ doing }: Pick<FailedRequest, 'doing'>) =>
      `GitHub's answer was not complete: could not ${doing}. Nothing was decided; run the gate again.`,
    'An answer was cut or came with errors beside data. A part is never taken for the whole: run again.',
  ),
  memberNotFound: defineMessage(
    'member-not-found',
    ({ commit }: { commit: string }) =>
      `Commit ${commit} of the merge group belongs to no pull request that the gate can find, so the group cannot pass.`,
    'A commit of the merge group belongs to no pull request that the token can see. Take the group out of the queue and queue its pull requests again.',
  ),
  noTeamToken: defineMessage(
    'no-team-token',
    ({ team }: { team: string }) =>
      `whether someone is a member of ${team} cannot be asked: set the team-token input to a token with organization members read`,
    "The policy names a team, and the job's token cannot ask who is in it. Set `team-token` (a GitHub App with organization members: read), or name users or a role.",
  ),
  teamUnreadable: defineMessage(
    'team-unreadable',
    ({ team }: { team: string }) =>
      `GitHub did not say whether a user is a member of ${team}: check the team's name and the team-token input (organization members read)`,
    "The team's name is wrong, or `team-token` may not read the organization's members. Write `organization/team-slug`.",
  ),
  coAuthorsUnknown: defineMessage(
    'co-authors-unknown',
    "A commit names a co-author whose account is not known without GraphQL, so a label might be the author's own approval. Let the gate reach GitHub's GraphQL API, or use the co-author's users.noreply.github.com address.",
    "The pull request has a label of the policy, and REST does not show the account of a co-author's address. Let the gate reach GraphQL, or use the co-author's `users.noreply.github.com` address. Addresses of assistants and bots (`noreply@...`) and addresses in another commit of the pull request do not cause this.",
  ),
  authorsIncomplete: defineMessage(
    'authors-incomplete',
    "GitHub's REST lists at most 250 commits of a pull request, so not all of its authors are known without GraphQL. Let the gate reach GitHub's GraphQL API, or make the pull request smaller.",
    'REST lists at most 250 commits of a pull request, so an author might approve unseen. Let the gate reach GraphQL, or make the pull request smaller.',
  ),
  unknownEvent: defineMessage(
    'unknown-event',
    ({ event, known }: { event: string; known: string }) =>
      `The gate does not know the event "${event}". It runs on: ${known}.`,
    'The workflow starts the gate on an event that says nothing about pull requests. Take one of those that the message lists.',
  ),
  eventIncomplete: defineMessage(
    'event-incomplete',
    ({ event, what }: { event: string; what: string }) =>
      `The event "${event}" does not carry what the gate needs (${what}).`,
    "The event's payload lacks what it always has; most likely it was made by hand. Start the gate with a real event.",
  ),
  noNumbers: defineMessage(
    'no-numbers',
    ({ found }: { found: string }) =>
      `The pull-request input is not a list of pull requests of this repository: ${found}. Write numbers (12 or #12) or addresses, separated by commas or spaces, or the word open.`,
    '`pull-request` takes numbers (`12`, `#12`) or addresses of pull requests of the same repository, separated by commas or spaces, or the word `open`.',
  ),
  badShard: defineMessage(
    'bad-shard',
    ({ found }: { found: string }) =>
      `The shard input must be a number of a part, like 2/5 for the second of five; found: ${found}.`,
    'The `shard` input names a part and the number of parts, like `2/5`: the first from 1 to the second.',
  ),
  proxyInvalid: defineMessage(
    'proxy-invalid',
    ({ name }: { name: string }) =>
      `The variable ${name} does not hold the address of a proxy, such as http://proxy.example:8080. Nothing was asked of GitHub.`,
    'A proxy variable holds something else than an address that begins with `http://` or `https://` (SOCKS is not known). Correct it, or clear it.',
  ),
  proxyUnsupported: defineMessage(
    'proxy-unsupported',
    ({ name, version }: { name: string; version: string }) =>
      `The variable ${name} names a proxy, and Node ${version} cannot use it. Take Node 24.5, or clear the variable. Nothing was asked of GitHub.`,
    'This Node is too old for a proxy. Run the command with Node 24.5 or later.',
  ),
};

/** What a request is for, and the permission that it needs; null: that of every token that can read the repository. */
export const purposes = {
  'pull-request': { doing: 'read the pull request', permission: 'pull-requests: write' },
  'pull-requests': { doing: 'list the open pull requests', permission: 'pull-requests: write' },
  comparison: { doing: 'compare the pull request with its base', permission: 'contents: read' },
  files: { doing: 'list the changed files', permission: 'pull-requests: write' },
  contents: { doing: 'read files of the repository', permission: 'contents: read' },
  statuses: { doing: 'read earlier commit statuses', permission: 'statuses: write' },
  'write-status': { doing: 'write the commit status', permission: 'statuses: write' },
  comments: { doing: "read the pull request's comments", permission: 'pull-requests: write' },
  'write-comment': { doing: 'write the comment', permission: 'pull-requests: write' },
  labels: { doing: "read the pull request's labels", permission: 'pull-requests: write' },
  'remove-label': { doing: 'take off a label that no longer counts', permission: 'pull-requests: write' },
  'request-reviewers': { doing: 'ask for reviews', permission: 'pull-requests: write' },
  'create-label': { doing: 'create a label', permission: 'issues: write' },
  rights: { doing: 'read what role someone has', permission: null },
  'merge-group': { doing: 'read the commits of the merge group', permission: 'contents: read' },
  settings: { doing: "read the repository's settings", permission: null },
};
