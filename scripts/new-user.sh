#!/usr/bin/env bash
# What a new user does: follows the README in an empty folder, on a machine that has Node, npm and git and nothing else.
# Usage: scripts/new-user.sh [repository to clone]; default: this one's HEAD. git reads it in place of the public address.
#
# README and script cannot drift apart: the commands are read out of the README (every `sh` block, and every
# command in a sentence), run word for word in their order, and a command that is not known below ends the script, as
# does one below that the README no longer has.
set -euo pipefail

repository="${1:-$(cd "$(dirname "$0")/.." && pwd)}"
home="$(mktemp -d)"
trap 'rm -rf "$home"' EXIT
project="$home/healthvault-go-live-gate"
users="$home/your-repository"
printed="$home/printed"

fail() {
  [ ! -s "$printed" ] || sed 's/^/  | /' "$printed"
  echo "FAILED: $*"
  exit 1
}

machine() {
  mkdir "$home/bin"
  local tool
  for tool in node npm npx git sh; do
    ln -s "$(command -v "$tool")" "$home/bin/$tool" || fail "there is no $tool here"
  done
  echo "On a machine with only Node $(node --version), npm and git"
  case "$(node --version)" in v20.*) ;; *) echo 'This is not Node 20, the oldest that is promised: tried all the same.' ;; esac
}

# Runs a command in a folder as the new user, and keeps what it prints. Nothing of this environment reaches it.
# npm does not ask the registry for a newer npm.
as_user() {
  local folder="$1" code=0
  shift
  (cd "$folder" && env -i HOME="$home" PATH="$home/bin" npm_config_update_notifier=false sh -c "$*") >"$printed" 2>&1 </dev/null || code=$?
  return "$code"
}

# try <folder> <exit code> <words that it must print> <command>
try() {
  local code=0
  as_user "$1" "$4" || code=$?
  [ "$code" -eq "$2" ] || fail "$4: ended with $code, not with $2"
  grep -qF -- "$3" "$printed" || fail "$4: does not say \"$3\""
  echo "  ok: $4 (exit $code, says \"$3\")"
}

commands_of() {
  {
    awk '/^ *```/ { if (inside) inside = 0; else { inside = 1; shell = /```(sh|bash|shell|console)/ } next }
         inside && shell && NF && $1 !~ /^#/ { sub(/^ +/, ""); print; next }
         !inside { print "text:" $0 }' "$1"
  } | while IFS= read -r line; do
    # shellcheck disable=SC2016 # Markdown's backquotes, not the shell's
    case "$line" in
      text:*) grep -oE '`(node dist/[a-z.]+ |npm |npx |git |go-live-gate )[^`]+`' <<<"$line" | tr -d '`' || true ;;
      *) echo "$line" ;;
    esac
  done | awk '!seen[$0]++'
}

readonly PUBLIC='https://github.com/healthvault-go-live-gate/healthvault-go-live-gate'
readonly MANIFEST='healthvault: 1
app-id: 9ca84d74-1473-471d-940f-2699cb7198df
environment: production
type: web
name: Fabrikam Health
action-url: https://fabrikam.example/healthvault/action
methods: [GetThings]
'

# A repository with a manifest on `main`.
start_repository() {
  mkdir -p "$1"
  printf '%s' "$MANIFEST" >"$1/healthvault.app.yml"
  as_user "$1" 'git init --quiet --initial-branch=main && git add . && git commit --quiet -m "Fabrikam Health"' || fail 'git'
}

# The change that the gate must block: users read the name on the consent page.
rename_application() {
  printf '%s' "${MANIFEST/Fabrikam Health/Fabrikam Health Plus}" >"$1/healthvault.app.yml"
}

follow() {
  : >"$printed"
  case "$1" in
    "git clone $PUBLIC")
      as_user "$home" "$1" || fail "$1"
      cmp -s "$project/README.md" "$readme" || fail 'the clone has another README.md'
      ;;
    'cd healthvault-go-live-gate') ;;
    'npm run demo')
      try "$project" 0 'all as expected' "$1"
      grep -qF 'HealthVault go-live gate: merge blocked' "$printed" || fail 'the demo shows no comment'
      [ ! -e "$project/node_modules" ] || fail 'the demo installed something'
      ;;
    'npm cit')
      echo "  not here: $1 (CI runs both of its halves as steps of their own)"
      ;;
    'npm pack')
      try "$project" 0 '.tgz' "$1"
      ;;
    'npx --yes --package ./healthvault-go-live-gate-*.tgz go-live-gate --help')
      try "$project" 0 'go-live-gate' "$1"
      ;;
    'node dist/cli.js init --repo ../your-repository')
      start_repository "$users"
      try "$project" 0 'healthvault.app.yml' "$1"
      [ -s "$users/.github/workflows/healthvault-go-live.yml" ] || fail 'init wrote no workflow'
      [ -s "$users/.github/go-live.yml" ] || fail 'init wrote no policy'
      as_user "$users" 'git add . && git commit --quiet -m "The gate" && git checkout --quiet -b change' || fail 'git'
      as_user "$home" 'git init --quiet empty' || fail 'git'
      try "$project" 0 'healthvault-go-live.yml' "node dist/cli.js init --repo $home/empty"
      ;;
    'node dist/cli.js check --repo ../your-repository --base main')
      try "$project" 0 'passed' "$1"
      rename_application "$users"
      try "$project" 1 'go-live/configuration-approved' "$1"
      try "$project" 2 'Unknown option' 'node dist/cli.js check --bass main'
      ;;
    'node dist/cli.js labels --repo owner/name' | 'node dist/cli.js doctor --repo owner/name')
      # Without a token there is no request: a new user reads first that the token is missing.
      try "$project" 2 'GITHUB_TOKEN' "$1"
      ;;
    *)
      fail "README.md shows \"$1\", and scripts/new-user.sh does not know what it must lead to"
      ;;
  esac
  followed="$followed$1"$'\n'
}

machine
# shellcheck disable=SC2016 # no expansion: git reads it
printf '[user]\n\tname = Ada\n\temail = ada@fabrikam.example\n[init]\n\tdefaultBranch = main\n[url "%s"]\n\tinsteadOf = %s\n' \
  "$repository" "$PUBLIC" >"$home/.gitconfig"
: >"$printed"
readme="$home/README.md"
git -C "$repository" show HEAD:README.md >"$readme" || fail "$repository has no README.md"
commands_of "$readme" >"$home/commands"
followed=''
while IFS= read -r command <&3; do follow "$command"; done 3<"$home/commands"
for command in "git clone $PUBLIC" 'npm run demo' 'npm cit' 'node dist/cli.js init --repo ../your-repository' 'node dist/cli.js check --repo ../your-repository --base main'; do
  grep -qxF -- "$command" <<<"$followed" || fail "README.md no longer shows \"$command\""
done
echo "The README's $(grep -c . <<<"$followed") commands lead where it says."
