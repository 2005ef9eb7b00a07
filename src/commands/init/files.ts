/** The two files that `init` writes. Pure: findings in, texts out. */
import { ACTION_REPOSITORY } from '../../model/messages.ts';
import { PULL_REQUEST_TYPES, REVIEW_TYPES } from '../doctor/workflow-traps.ts';

/** The path of the workflow that runs HealthVault's policy. */
export const WORKFLOW_PATH = '.github/workflows/healthvault-go-live.yml';

/** How the set-up is called. */
export interface SetupNames {
  /** The built-in policy. */
  readonly policy: string;
  /** The context of the status. */
  readonly status: string;
  readonly workflowPath: string;
}

/** The names for HealthVault's policy. */
const HEALTHVAULT: SetupNames = { policy: 'healthvault', status: 'HealthVault go-live', workflowPath: WORKFLOW_PATH };

/** The names for a built-in policy. @param status the policy's name for the status */
export function nameSetup(policy: string, status = 'Go-live'): SetupNames {
  return policy === HEALTHVAULT.policy
    ? HEALTHVAULT
    : { policy, status, workflowPath: '.github/workflows/go-live.yml' };
}

/** The default name of the action. @param version of this program. @param commit of this program, if it is known */
export function writeDefaultAction(version: string, commit: string | null): string {
  return `${ACTION_REPOSITORY}@${commit ?? `v${version.split('.')[0]}`}`;
}

/** The address from which editors load the keys of a policy, in any repository. */
const SCHEMA_ADDRESS = `https://raw.githubusercontent.com/${ACTION_REPOSITORY}/main/schemas/policy.schema.json`;

/** Files of the repository that the gate should know of. */
export interface Detected {
  /** Whether any of them is HealthVault's for certain: another application may have certificates as well. */
  readonly isHealthVault: boolean;
  /** The files that the built-in globs match: path and format. */
  readonly watched: readonly { readonly path: string; readonly format: string }[];
  /** The files outside of these globs that a reader understands. */
  readonly unwatched: readonly string[];
  /** Files that no reader understands and that name a HealthVault server: watched, a person decides on each change. */
  readonly naming: readonly string[];
  /** Probable pages and code of sign-up, sign-in or consent. A folder ends in a slash. */
  readonly workflow: readonly string[];
}

const FIRST_MODE = `          # Trial: the gate reports its verdict and blocks no merge. Remove this line after the trial.
          mode: report
`;

const REVIEW_EVENT = `  # The policy counts approving reviews.
  pull_request_review:
    types: [${REVIEW_TYPES.join(', ')}]
`;

/** The workflow. @param action `owner/name@ref`. @param mode of the first runs. @param reviews whether reviews count */
export function writeWorkflow(
  action: string,
  mode: 'enforce' | 'report',
  reviews = false,
  { status } = HEALTHVAULT,
): string {
  const pinned = /@[0-9a-f]{40}$/i.test(action);
  return `# The ${status} gate. It reads pull requests through GitHub's API. It does not check out or run their code.
# Require the status "${status}" in a ruleset of the branch, not the job below.
name: ${status} gate
on:
  # GitHub runs this file from the default branch, also for forks. Do not add a paths filter: a pull request without the status cannot be merged.
  pull_request_target: # zizmor: ignore[dangerous-triggers] nothing of the pull request is checked out or run
    types: [${PULL_REQUEST_TYPES.join(', ')}]
${reviews ? REVIEW_EVENT : ''}  merge_group:
  # Checkboxes in the gate's comment.
  issue_comment:
    types: [edited]
  # Evaluates all open pull requests again, because dates, roles, the policy and emergency labels change over time.
  # If the policy has break-glass, run it every hour: '17 * * * *'.
  schedule:
    - cron: '17 5 * * *'
  workflow_dispatch:
    inputs:
      pull-request:
        description: Numbers (12 or #12) or addresses separated by commas or spaces, or the word open
        default: open
permissions: {}
concurrency:
  # Edits of texts and comments have separate groups. GitHub cancels a waiting run when the next run of its group starts,
  # and a run for an edit must not replace the run for a removed label.
  group: ${status.toLowerCase().replace(' ', '-')}-\${{ github.event.comment.id || github.event.pull_request.number || inputs.pull-request || github.event_name == 'schedule' && 'open' || github.run_id }}\${{ github.event.action == 'edited' && !github.event.changes.base && '-text' || '' }}
  cancel-in-progress: false
jobs:
  evaluate:
    name: Evaluate the go-live change
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read # the policy and the changed files
      pull-requests: write # the comment, and labels that no longer count
      statuses: write # the verdict
    steps:
${pinned ? '' : '      # Pin the action to the full commit SHA of the version, so that a moved tag cannot replace the gate.\n'}      - uses: ${action}
        with:
          pull-request: \${{ inputs.pull-request }}
${status === HEALTHVAULT.status ? '' : `          status-context: ${status}\n`}${mode === 'enforce' ? '' : FIRST_MODE}          # Needed only if the policy names teams: a token that can read the organization's members, such as an App's.
          # team-token: \${{ secrets.GO_LIVE_TEAM_TOKEN }}
`;
}

/** The commented policy. Anything not set in it keeps its built-in value. */
export function writePolicy(detected: Detected): string {
  return `# yaml-language-server: $schema=${SCHEMA_ADDRESS}
# The team's policy of the HealthVault go-live gate. Anything not set here keeps its value from the built-in policy.
# \`go-live-gate policy check\` reports every mistake with line and column.
extends: healthvault

${writeWatchGlobs(detected)}
# Never checked, also if \`watch\` matches.
# ignore:
#   - "**/testdata/**"

${writeWorkflowGlobs(detected)}
# The default follows the wording of the guide: access that users must consent to again is \`configuration\` (two to three
# business days). The strict reading is \`signup-workflow\` (two weeks).
# consent-widening: signup-workflow

# When to merge: after the go-live team has agreed to push (the default), or after it has pushed.
# merge: after-push

# Labels by category, and their approvers. One of role, users and teams is enough.
# labels:
#   configuration: golive/config-ok
# approvers:
#   default: { role: write, not-author: true }
#   golive/config-ok: { role: maintain, users: [octocat], teams: [acme/go-live] } # teams need the input team-token
#   go-live/workflow-approved: { codeowners: true } # the owners of the changed files
#   go-live/certificate-approved: { approvals: 2, by: review } # run init again: the workflow then runs on reviews

# lead-times:
#   configuration: { min: 3, max: 5, unit: business-days }
# holidays: { calendar: us-federal, add: ["2026-11-27"] }
# required-steps: enforced

# The emergency label. It approves every category except secret.
# break-glass:
#   label: go-live/emergency
#   approvers: { role: admin }
#   expires-after-hours: 24
`;
}

/** The commented policy for a platform other than HealthVault. @param label of the policy, as an example */
export function writePlatformPolicy(policy: string, label: string): string {
  return `# yaml-language-server: $schema=${SCHEMA_ADDRESS}
# The team's policy. Anything not set here keeps its value from the built-in policy ${policy} (go-live-gate explain --policy ${policy}).
# \`go-live-gate policy check\` reports every mistake with line and column.
extends: ${policy}

# Added to the built-in globs.
# watch:
#   - "config/**"
# Never checked, also if \`watch\` matches.
# ignore:
#   - "**/testdata/**"

# Approvers by label. One of role, users and teams is enough.
# approvers:
#   default: { role: write, not-author: true }
#   ${label}: { role: maintain, users: [octocat], teams: [acme/go-live] } # teams need the input team-token

# The emergency label. It approves every category except secret.
# break-glass:
#   label: go-live/emergency
#   approvers: { role: admin }
#   expires-after-hours: 24
`;
}

function writeWatchGlobs({ unwatched, naming }: Detected): string {
  const writeGlobs = (paths: readonly string[]) => paths.map((path) => `  - ${JSON.stringify(toLiteralGlob(path))}\n`);
  if (unwatched.length + naming.length === 0) {
    return '# Added to the built-in globs.\n# watch:\n#   - "apps/*/healthvault/**"\n';
  }
  const first =
    unwatched.length === 0 ? '' : `  # HealthVault configuration in unusual places.\n${writeGlobs(unwatched).join('')}`;
  const second =
    naming.length === 0
      ? ''
      : `  # These files name a HealthVault server, but the gate has no reader for them. A reviewer decides each change.\n${writeGlobs(naming).join('')}`;
  return `# Added to the built-in globs.\nwatch:\n${first}${second}`;
}

function writeWorkflowGlobs({ workflow }: Detected): string {
  const about = `# Pages and code of sign-up and consent. A change to them is a change to the sign-up workflow and blocks. Without this list,
# the gate reports that it does not know whether other files change the workflow. A repository without such files names one
# that does not exist.\n`;
  if (workflow.length === 0) return `${about}# workflow:\n#   - "src/signup/**"\n`;
  const globs = workflow.map((path) => `  - ${JSON.stringify(toLiteralGlob(path).replace(/\/$/, '/**'))}\n`);
  return `${about}# Found by name. Remove the paths that do not belong here.\nworkflow:\n${globs.join('')}`;
}

/** A glob for exactly this path. A `?` replaces special characters and line breaks. */
function toLiteralGlob(path: string): string {
  return path.replace(/^!|^ | $|[*?{}\\(\p{Cc}\p{Zl}\p{Zp}]/gu, '?');
}
