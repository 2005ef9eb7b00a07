#!/usr/bin/env bash
# Third-party checks, each at a fixed version, built or installed into a folder that goes away again:
#   scripts/third-party-checks.sh actionlint   the workflows: the project's own, and the one that `init` writes
#   scripts/third-party-checks.sh zizmor       the same, the action and the dependency updates, for security; offline
#   scripts/third-party-checks.sh audit        npm's list of known vulnerabilities, for every package of the lock file
#   scripts/third-party-checks.sh act          runs the gate's workflow against the embedded GitHub, without containers
# Exit codes: 0 nothing found, 77 skipped because Go, pip or a registry that answers is missing here, else something was found or went wrong.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly ACTIONLINT=v1.7.12
readonly ZIZMOR=1.32.0
readonly ACT=v0.2.89
readonly SKIPPED=77

judge="${1:-}"
tools="$(mktemp -d)"
trap 'rm -rf "$tools"' EXIT

skip() {
  echo "SKIPPED: there is no $1 here, so $judge does not judge."
  exit "$SKIPPED"
}

# Go keeps what it has built in its own cache, so that only the first build of a machine takes its minute.
go_install() {
  command -v go >/dev/null || skip Go
  echo "Building $1"
  CGO_ENABLED=0 GOFLAGS='' GOBIN="$tools" go install "$1" 2>"$tools/build.log" || { cat "$tools/build.log"; exit 1; }
}

# The workflow as a user gets it, pinned as it asks to be.
workflow_of_init() {
  node dist/cli.js init --repo "$tools/new" --action "fabrikam/gate@$(printf '0%.0s' {1..40})" >/dev/null
}

case "$judge" in
  actionlint)
    go_install "github.com/rhysd/actionlint/cmd/actionlint@$ACTIONLINT"
    command -v shellcheck >/dev/null || echo 'There is no shellcheck here: actionlint does not look into the scripts of steps.'
    git init --quiet "$tools/new"
    workflow_of_init
    "$tools/actionlint" .github/workflows/*.yml
    (cd "$tools/new" && "$tools/actionlint")
    echo "actionlint $ACTIONLINT finds nothing."
    ;;
  zizmor)
    python3 -m pip --version >/dev/null 2>&1 || skip pip
    echo "Installing zizmor $ZIZMOR"
    python3 -m pip install --quiet --root-user-action=ignore --disable-pip-version-check --no-deps --only-binary :all: --target "$tools/zizmor" "zizmor==$ZIZMOR"
    git init --quiet "$tools/new"
    workflow_of_init
    zizmor() { "$tools/zizmor/bin/zizmor" --offline --strict-collection --no-progress --color=never "$@"; }
    zizmor --persona=pedantic .github action.yml "$tools/new/.github"
    echo "zizmor $ZIZMOR finds nothing."
    ;;
  audit)
    code=0
    npm audit --audit-level=low >"$tools/audit" 2>&1 || code=$?
    # Not every registry keeps the list: no answer is neither clean nor a finding.
    if grep -q 'audit endpoint returned an error' "$tools/audit"; then skip 'registry that answers npm audit'; fi
    [ "$code" -eq 0 ] || { cat "$tools/audit"; exit 1; }
    grep -q 'found 0 vulnerabilities' "$tools/audit" || { cat "$tools/audit"; exit 1; }
    echo 'npm audit finds nothing.'
    ;;
  act)
    go_install "github.com/nektos/act@$ACT"
    echo "act $ACT runs the gate's workflow"
    # The Node of the development dependencies: the one that `using: node24` asks for.
    node_modules/.bin/node --no-warnings scripts/act-against-embedded-github.ts "$tools/act"
    ;;
  *)
    echo 'Usage: scripts/third-party-checks.sh actionlint | zizmor | audit | act' >&2
    exit 2
    ;;
esac
