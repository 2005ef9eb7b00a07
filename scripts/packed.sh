#!/usr/bin/env bash
# The package as npm would publish it, run by npx in an empty folder: no network, nothing to install.
set -euo pipefail
cd "$(dirname "$0")/.."

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
npm pack --silent --pack-destination "$folder" >/dev/null
mkdir -p "$folder/empty/base" "$folder/empty/head"
cd "$folder/empty"
packed() { npx --yes --offline --package="file:$(echo "$folder"/healthvault-go-live-gate-*.tgz)" -- go-live-gate "$@"; }

packed --version
printf 'healthvault: 1\nname: Fabrikam Health\n' >base/healthvault.app.yml
printf 'healthvault: 1\nname: Fabrikam Health Plus\n' >head/healthvault.app.yml
code=0
packed check --base base --head head >answer || code=$?
[ "$code" -eq 1 ] && grep -q 'go-live/configuration-approved' answer || { cat answer; echo "FAILED: expected a blocked change, exit 1; found exit $code"; exit 1; }
commit="$(git -C "$OLDPWD" rev-parse HEAD)"
git init -q
packed init --dry-run >proposal
grep -q "healthvault-go-live-gate@$commit" proposal || { cat proposal; echo "FAILED: expected the workflow to pin $commit"; exit 1; }
packed policy check "$OLDPWD/examples/go-live.yml"
echo 'The packed package does its work.'
