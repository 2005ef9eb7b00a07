#!/usr/bin/env bash
# What a new user does: clones the project into an empty folder, on a machine that has Node, npm and git and nothing
# else, and follows the README. Usage: scripts/new-user.sh [repository to clone]; default: this one's HEAD.
#
# README and script cannot drift apart: the commands are read out of the clone's README (every `sh` block, and every
# command in a sentence), run word for word in their order, and a command that is not known below ends the script, as
# does one below that the README no longer has.
set -euo pipefail

repository="${1:-$(cd "$(dirname "$0")/.." && pwd)}"
home="$(mktemp -d)"
trap 'rm -rf "$home"' EXIT
project="$home/healthvault-go-live-gate"
# `init` is told to look at this folder, relative to the clone; the README writes it so.
users="$project/path/to/your/repository"
printed="$home/printed"

fail() {
  [ ! -s "$printed" ] || sed 's/^/  | /' "$printed"
  echo "FAILED: $*"
  exit 1
}

machine() {
  mkdir "$home/bin"
  local tool
  for tool in node npm git sh; do
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
      text:*) grep -oE '`(node dist/|npm |npx |git |go-live-gate )[^`]+`' <<<"$line" | tr -d '`' || true ;;
      *) echo "$line" ;;
    esac
  done | awk '!seen[$0]++'
}

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
    'npm run demo')
      try "$project" 0 'all as the story says' "$1"
      [ ! -e "$project/node_modules" ] || fail 'the demo installed something'
      ;;
    'npm cit')
      echo "  not here: $1 (CI runs both of its halves as steps of their own)"
      ;;
    'node dist/cli.js init --repo path/to/your/repository')
      start_repository "$users"
      try "$project" 0 'healthvault.app.yml' "$1"
      [ -s "$users/.github/workflows/healthvault-go-live.yml" ] || fail 'init wrote no workflow'
      [ -s "$users/.github/go-live.yml" ] || fail 'init wrote no policy'
      as_user "$users" 'git add . && git commit --quiet -m "The gate" && git checkout --quiet -b change' || fail 'git'
      # Four folders down, the same program by its place.
      local cli='node ../../../../dist/cli.js'
      try "$users" 0 'passed' "$cli check --base main"
      rename_application "$users"
      try "$users" 1 'go-live/configuration-approved' "$cli check --base main"
      as_user "$home" 'git init --quiet empty' || fail 'git'
      try "$project" 0 'healthvault-go-live.yml' "node dist/cli.js init --repo $home/empty"
      ;;
    'node dist/cli.js labels --repo owner/name' | 'node dist/cli.js doctor --repo owner/name')
      # Without a token nobody is asked; that the token is missing is what a new user reads first.
      try "$project" 2 'GITHUB_TOKEN' "$1"
      ;;
    'node dist/cli.js check --base main')
      # In the clone itself, where the words of the README lead. What else is tried in it is none of its files.
      echo '/path/' >>"$project/.git/info/exclude"
      as_user "$project" 'git checkout --quiet -B main' || fail 'git'
      try "$project" 0 'passed' "$1"
      rename_application "$project"
      try "$project" 1 'blocked' "$1"
      rm "$project/healthvault.app.yml"
      try "$project" 2 'Unknown option' 'node dist/cli.js check --bass main'
      ;;
    *)
      fail "README.md shows \"$1\", and scripts/new-user.sh does not know what it must lead to"
      ;;
  esac
  followed="$followed$1"$'\n'
}

machine
printf '[user]\n\tname = Ada\n\temail = ada@fabrikam.example\n[init]\n\tdefaultBranch = main\n' >"$home/.gitconfig"
: >"$printed"
as_user "$home" "git clone --quiet '$repository' '$project'" || fail "$repository cannot be cloned"
commands_of "$project/README.md" >"$home/commands"
followed=''
while IFS= read -r command <&3; do follow "$command"; done 3<"$home/commands"
for command in 'npm run demo' 'npm cit' 'node dist/cli.js init --repo path/to/your/repository' 'node dist/cli.js check --base main'; do
  grep -qxF -- "$command" <<<"$followed" || fail "README.md no longer shows \"$command\""
done
echo "The README's $(grep -c . <<<"$followed") commands lead where it says."
