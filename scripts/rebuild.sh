#!/usr/bin/env bash
# Builds the committed sources in two clean clones, in folders of other names, depths and lengths: both must give the
# very bytes of the committed `dist`.
set -euo pipefail
repository="$(cd "$(dirname "$0")/.." && pwd)"

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

for clone in "$folder/a" "$folder/another place/quite a bit further down/gate"; do
  git clone --quiet "$repository" "$clone"
  cd "$clone"
  npm ci --no-audit --no-fund --prefer-offline >"$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
  rm -r dist
  mkdir dist
  npm run --silent build >"$folder/log"
  npm run --silent licenses
  [ -z "$(git status --porcelain)" ] || { git status --short; echo "FAILED: not the committed dist, in $clone"; exit 1; }
done
echo "Both clones build the committed dist: $(find dist -type f | wc -l) files, to the byte."
