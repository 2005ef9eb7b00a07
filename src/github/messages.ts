/** Failures of requests to GitHub. */
import { defineMessage } from '../model/messages.ts';

/** A request that failed: its purpose, the required permission, and GitHub's status (`none`: no answer). */
interface FailedRequest {
  readonly doing: string;
  /** Null: every token that can read the repository may do this. */
  readonly permission: string | null;
  readonly status: number | 'none';
  /** The server of the request. */
  readonly host: string;
  /** The error of the network, or the address at which the token can be authorized; else empty. */
  readonly detail: string;
}

const describePermissionFix = (permission: string | null) =>
  permission === null
    ? 'Use a token that can read this repository.'
    : `Add this permission to the token, or to the permissions of the job: ${permission}`;

/** Errors of this folder, and reasons why a team's members are not known. */
export const messages = {
  githubRateLimit: defineMessage(
    'github-rate-limit',
    ({ doing, status }: FailedRequest) =>
      `GitHub's rate limit is exhausted, so the gate could not ${doing} (answer ${status}). Nothing was decided. Run the gate again later.`,
    "The job's token has 1,000 requests per hour and repository. After that, GitHub does not accept a status either, so the status does not change, even if it is a success. Run again after the hour is over, or use the token of an App, which has a separate rate limit.",
  ),
  githubSecondaryLimit: defineMessage(
    'github-secondary-limit',
    ({ doing, status }: FailedRequest) =>
      `GitHub received too many requests in a short time, so the gate could not ${doing} (answer ${status}). Nothing was decided. Run the gate again in a few minutes.`,
    "GitHub's secondary rate limit counts the requests of all programs with the same account over a short time. Run again after a few minutes, and run fewer jobs at the same time.",
  ),
  githubBadToken: defineMessage(
    'github-bad-token',
    ({ doing, status }: FailedRequest) =>
      `GitHub does not accept the token, so the gate could not ${doing} (answer ${status}). Check the input github-token of the action, or GITHUB_TOKEN or GH_TOKEN on the command line.`,
    'The token has expired, was revoked, or is from another server. Check `github-token`, or `GITHUB_TOKEN` and `GH_TOKEN` on the command line.',
  ),
  githubForbidden: defineMessage(
    'github-forbidden',
    ({ doing, status, permission }: FailedRequest) =>
      `GitHub does not allow the token to ${doing} (answer ${status}). ${describePermissionFix(permission)}`,
    "In a workflow, add the permission in the message to the `permissions` of the job. On the command line, add it to the token. If the token has the permission, check the organization's settings, and whether the run is for a fork under `pull_request`, whose token can only read.",
  ),
  githubSaml: defineMessage(
    'github-saml',
    ({ doing, detail }: FailedRequest) =>
      `The organization requires single sign-on for this token, so the gate could not ${doing} (answer 403). Authorize the token for the organization${detail === '' ? ' in the settings of your account' : `: ${detail}`}`,
    "Open the settings of your account, choose the token, then **Configure SSO**, and authorize it for the organization. The job's token needs no authorization.",
  ),
  githubIpAllowList: defineMessage(
    'github-ip-allow-list',
    ({ doing }: FailedRequest) =>
      `The organization allows only requests from listed IP addresses, so the gate could not ${doing} (answer 403). Run it from a listed address, or ask an owner of the organization to add yours.`,
    "The organization's IP allow list does not contain the address of this machine. Use a runner or network with a listed address, or ask an owner of the organization to add yours.",
  ),
  githubNotFound: defineMessage(
    'github-not-found',
    ({ doing, status, permission }: FailedRequest) =>
      `GitHub did not find the requested data, so the gate could not ${doing} (answer ${status}). Check the name of the repository. ${describePermissionFix(permission)}`,
    'GitHub answers "not found" if a token lacks a permission. Check the name of the repository, and add the permission in the message.',
  ),
  githubRefused: defineMessage(
    'github-refused',
    ({ doing, status }: FailedRequest) =>
      `GitHub rejected a request, so the gate could not ${doing} (answer ${status}). Nothing was decided. Run the gate again.`,
    'Run again. If GitHub rejects the request again, report it with the number of the answer.',
  ),
  githubUnreachable: defineMessage(
    'github-unreachable',
    ({ doing, status, host, detail }: FailedRequest) =>
      `GitHub could not be reached or failed, so the gate could not ${doing} (${
        detail === '' ? `answer ${status}` : `no answer from ${host}: ${detail}`
      }). Nothing was decided. Run the gate again.`,
    'The network, a proxy or GitHub failed. Check `HTTPS_PROXY` and `NO_PROXY` on self-hosted runners, and [githubstatus.com](https://www.githubstatus.com/). Then run again.',
  ),
  githubHostUnknown: defineMessage(
    'github-host-unknown',
    ({ doing, host, detail }: FailedRequest) =>
      `The name ${host} could not be resolved, so the gate could not ${doing} (${detail}). Check the network, the DNS server, and GITHUB_API_URL.`,
    'DNS has no address for the GitHub server. Check the connection and the DNS server. Check the server in `GITHUB_API_URL`, and set `HTTPS_PROXY` if the network needs a proxy.',
  ),
  githubConnectionRefused: defineMessage(
    'github-connection-refused',
    ({ doing, host, detail }: FailedRequest) =>
      `The connection to ${host} was refused, so the gate could not ${doing} (${detail}). Check GITHUB_API_URL, and the proxy in HTTPS_PROXY if there is one.`,
    'No server accepts connections at the address. Check the port in `GITHUB_API_URL`, firewalls, the proxy in `HTTPS_PROXY`, and whether the server runs.',
  ),
  githubCertificate: defineMessage(
    'github-certificate',
    ({ doing, host, detail }: FailedRequest) =>
      `The certificate of ${host} is not trusted, so the gate could not ${doing} (${detail}). Set NODE_EXTRA_CA_CERTS to a file with the certificate of its authority.`,
    'The TLS certificate of the server or of a proxy has expired, is for another name, or comes from an authority that this machine does not know. Set `NODE_EXTRA_CA_CERTS` to a PEM file with the certificate of the authority. Do not disable the check.',
  ),
  githubPartial: defineMessage(
    'github-partial',
    ({ doing }: Pick<FailedRequest, 'doing'>) =>
      `GitHub's answer was not complete, so the gate could not ${doing}. Nothing was decided. Run the gate again.`,
    'The answer was cut off or contained errors. The gate does not decide on incomplete data. Run it again.',
  ),
  memberNotFound: defineMessage(
    'member-not-found',
    ({ commit }: { commit: string }) =>
      `The gate finds no pull request for commit ${commit} of the merge group, so the group cannot pass. Remove its pull requests from the queue and add them again.`,
    'The token sees no pull request with this commit. Remove the pull requests of the group from the queue and add them again.',
  ),
  noTeamToken: defineMessage(
    'no-team-token',
    ({ team }: { team: string }) =>
      `the token cannot read the members of ${team}. Set the team-token input to a token with the permission organization members: read.`,
    "The policy names a team, and the job's token cannot read its members. Set `team-token` to the token of a GitHub App with organization members: read, or name users or a role in the policy.",
  ),
  teamUnreadable: defineMessage(
    'team-unreadable',
    ({ team }: { team: string }) =>
      `GitHub did not report whether a user is a member of ${team}. Check the name of the team and the team-token input (organization members: read).`,
    "The name of the team is wrong, or `team-token` cannot read the organization's members. Write `organization/team-slug`, and add the permission organization members: read.",
  ),
  coAuthorsUnknown: defineMessage(
    'co-authors-unknown',
    "The account of a commit's co-author is not known without GraphQL, so a label might be from an author. Allow access to GitHub's GraphQL API, or use the co-author's users.noreply.github.com address.",
    "REST does not show the account for a co-author's address. Allow access to GraphQL, or use the co-author's `users.noreply.github.com` address. Addresses of assistants and bots (`noreply@...`) and addresses in another commit of the pull request do not cause this.",
  ),
  authorsIncomplete: defineMessage(
    'authors-incomplete',
    "GitHub's REST API lists at most 250 commits of a pull request, so some authors are not known without GraphQL. Allow access to GitHub's GraphQL API, or split the pull request.",
    'REST lists at most 250 commits of a pull request, so a label might be from an author. Allow access to GraphQL, or split the pull request.',
  ),
  unknownEvent: defineMessage(
    'unknown-event',
    ({ event, known }: { event: string; known: string }) =>
      `The gate does not run on the event "${event}". Use one of: ${known}.`,
    'Start the gate on one of the events that the message lists.',
  ),
  eventIncomplete: defineMessage(
    'event-incomplete',
    ({ event, what }: { event: string; what: string }) =>
      `The payload of the event "${event}" lacks ${what}. Start the gate with an event from GitHub.`,
    'Events from GitHub contain these fields. Start the gate with an event from GitHub, not with an edited payload.',
  ),
  noNumbers: defineMessage(
    'no-numbers',
    ({ found }: { found: string }) =>
      `The pull-request input does not list pull requests of this repository: ${found}. Write numbers (12 or #12) or addresses, separated by commas or spaces, or the word open.`,
    'Write numbers (`12`, `#12`) or addresses of pull requests of the same repository, separated by commas or spaces, or the word `open`.',
  ),
  badShard: defineMessage(
    'bad-shard',
    ({ found }: { found: string }) =>
      `The shard input has the value ${found}, which is not valid. Write the number of the part and of all parts, such as 2/5.`,
    'Write the number of the part and the number of all parts, such as `2/5` for the second of five.',
  ),
  proxyInvalid: defineMessage(
    'proxy-invalid',
    ({ name }: { name: string }) =>
      `The variable ${name} is not a valid address of a proxy, so no request was sent. Write an address such as http://proxy.example:8080, or clear the variable.`,
    'Write an address that begins with `http://` or `https://`, or clear the variable. SOCKS is not supported.',
  ),
  proxyUnsupported: defineMessage(
    'proxy-unsupported',
    ({ name, version }: { name: string; version: string }) =>
      `The variable ${name} names a proxy, which Node ${version} cannot use, so no request was sent. Use Node 24.5 or later, or clear the variable.`,
    'Run the command with Node 24.5 or later, or clear the variable.',
  ),
};

/** The purpose of a request, and its required permission; null: any token that can read the repository. */
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
  'remove-label': { doing: 'remove a label that no longer counts', permission: 'pull-requests: write' },
  'request-reviewers': { doing: 'request reviews', permission: 'pull-requests: write' },
  'create-label': { doing: 'create a label', permission: 'issues: write' },
  rights: { doing: 'read the role of a user', permission: null },
  'merge-group': { doing: 'read the commits of the merge group', permission: 'contents: read' },
  settings: { doing: "read the repository's settings", permission: null },
};
