/** REST routes over the repository itself: labels, rights, rules, teams, and the statuses of commits. */
import { toLegacyPermission } from '../accounts.ts';
import type { Commit } from '../objects.ts';
import { buildSimpleStatusJson, buildStatusJson, combineStates, findLatestStatuses } from '../payload-commit.ts';
import {
  buildApiAddress,
  buildFullRepositoryJson,
  buildLabelJson,
  buildRepositoryJson,
  buildUserJson,
  findUserJson,
} from '../payload-repository.ts';
import type { Json, Label, StatusState } from '../records.ts';
import {
  ApiError,
  type Call,
  createNotFound,
  type Reply,
  type Route,
  readText,
  replyWith,
  replyWithPage,
  requireText,
} from './route.ts';

/** Longest description of a status, in characters. */
const MAX_STATUS_DESCRIPTION = 140;
/** Most statuses of one context on one commit. */
const MAX_STATUSES = 1000;

const REPOSITORY = '/repos/{owner}/{repo}';
const METADATA = [['metadata', 'read']] as const;
const READ_LABELS = [
  ['issues', 'read'],
  ['pull-requests', 'read'],
] as const;
const WRITE_LABELS = [['issues', 'write']] as const;
const READ_STATUSES = [['statuses', 'read']] as const;

export const repositoryRoutes: readonly Route[] = [
  { method: 'GET', path: '/user', needs: [], handle: getCurrentUser },
  { method: 'GET', path: REPOSITORY, needs: METADATA, handle: (call) => replyWith(buildFullRepositoryJson(call)) },
  {
    method: 'GET',
    path: `${REPOSITORY}/labels`,
    needs: READ_LABELS,
    handle: (call) => replyWithPage(call.state.labels, (label) => buildLabelJson(call, label)),
  },
  { method: 'POST', path: `${REPOSITORY}/labels`, needs: WRITE_LABELS, handle: createLabel },
  {
    method: 'GET',
    path: `${REPOSITORY}/labels/{name}`,
    needs: READ_LABELS,
    handle: (call) => replyWith(buildLabelJson(call, requireLabel(call))),
  },
  { method: 'PATCH', path: `${REPOSITORY}/labels/{name}`, needs: WRITE_LABELS, handle: editLabel },
  { method: 'GET', path: `${REPOSITORY}/collaborators/{username}/permission`, needs: METADATA, handle: getPermission },
  {
    method: 'GET',
    path: `${REPOSITORY}/rules/branches/{branch}`,
    needs: METADATA,
    handle: (call) => replyWithPage(listRules(call), (rule) => rule),
  },
  { method: 'GET', path: `${REPOSITORY}/activity`, needs: [['contents', 'read']], handle: listActivity },
  {
    method: 'GET',
    path: `${REPOSITORY}/rulesets`,
    needs: METADATA,
    handle: (call) => replyWithPage(call.state.rulesets, summarizeRuleset),
  },
  { method: 'GET', path: `${REPOSITORY}/rulesets/{ruleset_id}`, needs: METADATA, handle: getRuleset },
  {
    method: 'GET',
    path: `${REPOSITORY}/actions/permissions/workflow`,
    needs: [['administration', 'read']],
    handle: getWorkflowPermissions,
  },
  {
    method: 'GET',
    path: '/orgs/{org}/teams/{team_slug}/memberships/{username}',
    needs: [['members', 'read']],
    handle: getMembership,
  },
  { method: 'GET', path: '/orgs/{org}/teams/{team_slug}/members', needs: [['members', 'read']], handle: listMembers },
  { method: 'GET', path: `${REPOSITORY}/commits/{ref}/statuses`, needs: READ_STATUSES, handle: listStatuses },
  { method: 'GET', path: `${REPOSITORY}/commits/{ref}/status`, needs: READ_STATUSES, handle: combineStatuses },
  { method: 'POST', path: `${REPOSITORY}/statuses/{sha}`, needs: [['statuses', 'write']], handle: addStatus },
];

function listRules({ state, params }: Call): readonly Json[] {
  return [...state.rules, ...(state.branchRules.get(params.branch ?? '') ?? [])];
}

function listActivity(call: Call): Reply {
  const { state, query } = call;
  const ref = query.get('ref');
  const type = query.get('activity_type');
  const found = state.pushes.filter(
    (push) =>
      push.owner === state.owner &&
      (ref === null || push.ref === (ref.startsWith('refs/') ? ref : `refs/heads/${ref}`)) &&
      (type === null || push.type === type),
  );
  return replyWithPage(
    query.get('direction') === 'asc' ? found : [...found].reverse(),
    ({ id, before, after, ...push }) => ({
      id,
      node_id: `PSH_${id}`,
      before,
      after,
      ref: push.ref,
      timestamp: push.at,
      activity_type: push.type,
      actor: findUserJson(call, push.actor),
    }),
  );
}

function getCurrentUser(call: Call): Reply {
  const account = call.state.accounts.get(call.identity.login);
  // App tokens, including the job's, belong to no user, so GitHub refuses this call.
  if (account === null || account.type === 'Bot') throw new ApiError(403, 'Resource not accessible by integration');
  return replyWith(buildUserJson(call, account));
}

function requireLabel(call: Call): Label {
  const label = call.state.findLabel(call.params.name ?? '');
  if (label === null) throw createNotFound();
  return label;
}

function createLabel(call: Call): Reply {
  const name = requireText(call, 'name');
  if (call.state.findLabel(name) !== null)
    throw new ApiError(422, 'Validation Failed', [{ resource: 'Label', code: 'already_exists', field: 'name' }]);
  call.state.clock.tick();
  const label = call.state.createLabel(name, readText(call, 'color') ?? 'ededed', readText(call, 'description'));
  return replyWith(buildLabelJson(call, label), 201);
}

function editLabel(call: Call): Reply {
  const label = requireLabel(call);
  const name = readText(call, 'new_name');
  if (name !== null && name !== label.name) call.state.renameLabel(label.name, name);
  label.color = readText(call, 'color') ?? label.color;
  label.description = readText(call, 'description') ?? label.description;
  return replyWith(buildLabelJson(call, label));
}

function getPermission(call: Call): Reply {
  const account = call.state.accounts.get(call.params.username ?? '');
  if (account === null) throw new ApiError(404, `${call.params.username ?? ''} is not a user`);
  const role = call.state.findRole(account.login);
  const legacy = toLegacyPermission(role);
  const rank = ['none', 'read', 'triage', 'write', 'maintain', 'admin'].indexOf(role === legacy ? legacy : role);
  const level = rank < 0 ? 1 : rank;
  return replyWith({
    permission: legacy,
    role_name: role === 'none' ? '' : role,
    user: {
      ...buildUserJson(call, account),
      role_name: role === 'none' ? '' : role,
      permissions: { pull: level >= 1, triage: level >= 2, push: level >= 3, maintain: level >= 4, admin: level >= 5 },
    },
  });
}

function summarizeRuleset(row: Json): Json {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return row;
  const { rules: _, conditions: __, bypass_actors: ___, ...summary } = row as { readonly [key: string]: Json };
  return summary;
}

function getRuleset(call: Call): Reply {
  const found = call.state.rulesets.find(
    (row) => typeof row === 'object' && row !== null && 'id' in row && String(row.id) === call.params.ruleset_id,
  );
  if (found === undefined) throw createNotFound();
  return replyWith(found);
}

function getWorkflowPermissions(call: Call): Reply {
  return replyWith({
    default_workflow_permissions: call.state.workflowPermissions,
    can_approve_pull_request_reviews: false,
  });
}

function requireTeam(call: Call) {
  const team = call.state.teams.get(`${call.params.org ?? ''}/${call.params.team_slug ?? ''}`.toLowerCase());
  if (team === undefined) throw createNotFound();
  return team;
}

function getMembership(call: Call): Reply {
  const team = requireTeam(call);
  const login = call.params.username ?? '';
  const member = team.members.get(login.toLowerCase());
  if (member === undefined) throw createNotFound();
  return replyWith({
    url: `${call.addresses.api}/orgs/${team.org}/teams/${team.slug}/memberships/${login}`,
    role: member.role,
    state: member.state,
  });
}

function listMembers(call: Call): Reply {
  const logins = [...requireTeam(call).members]
    .filter(([, member]) => member.state === 'active')
    .map(([login]) => login);
  return replyWithPage(logins, (login) => buildUserJson(call, call.state.accounts.require(login)));
}

function requireCommit(call: Call, param: 'ref' | 'sha'): Commit {
  const ref = call.params[param] ?? '';
  const commit = call.state.resolve(ref);
  if (commit === null) throw param === 'sha' ? new ApiError(422, `No commit found for SHA: ${ref}`) : createNotFound();
  return commit;
}

function listStatuses(call: Call): Reply {
  return replyWithPage(call.state.listStatuses(requireCommit(call, 'ref').sha), (status) =>
    buildStatusJson(call, status),
  );
}

function combineStatuses(call: Call): Reply {
  const { sha } = requireCommit(call, 'ref');
  const latest = findLatestStatuses(call, sha);
  const api = `${buildApiAddress(call)}/commits/${sha}`;
  return replyWithPage(
    latest,
    (status) => buildSimpleStatusJson(call, status),
    (page) => ({
      state: combineStates(latest),
      statuses: page,
      sha,
      total_count: latest.length,
      repository: buildRepositoryJson(call),
      commit_url: api,
      url: `${api}/status`,
    }),
  );
}

const STATES: readonly string[] = ['error', 'failure', 'pending', 'success'] satisfies readonly StatusState[];

function isStatusState(text: string): text is StatusState {
  return STATES.includes(text);
}

function addStatus(call: Call): Reply {
  const { sha } = requireCommit(call, 'sha');
  const state = requireText(call, 'state');
  if (!isStatusState(state))
    throw new ApiError(422, 'Validation Failed', [
      { resource: 'Status', field: 'state', code: 'custom', message: 'state is not included in the list' },
    ]);
  const description = readText(call, 'description');
  if (description !== null && description.length > MAX_STATUS_DESCRIPTION)
    throw new ApiError(422, 'Validation Failed', [
      {
        resource: 'Status',
        field: 'description',
        code: 'custom',
        message: `description is too long (maximum is ${MAX_STATUS_DESCRIPTION} characters)`,
      },
    ]);
  const context = readText(call, 'context') ?? 'default';
  const isSame = (status: { readonly context: string }) => status.context.toLowerCase() === context.toLowerCase();
  if (call.state.listStatuses(sha).filter(isSame).length >= MAX_STATUSES)
    throw new ApiError(422, 'Validation Failed', [
      {
        resource: 'Status',
        code: 'custom',
        message: `This SHA and context has reached the maximum number of statuses.`,
      },
    ]);
  const status = call.state.addStatus(sha, call.identity.login, {
    state,
    context,
    description,
    targetUrl: readText(call, 'target_url'),
  });
  return replyWith(buildStatusJson(call, status), 201);
}
