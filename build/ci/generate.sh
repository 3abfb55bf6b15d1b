#!/usr/bin/env bash
# Makes frontend/wailsjs from the bound Go structs. With --check it changes nothing and fails if
# what is committed differs.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p frontend/dist && touch frontend/dist/.gitkeep

if [ "${1:-}" = --check ]; then
  keep=$(mktemp -d)
  trap 'rm -rf frontend/wailsjs; cp -a "$keep/wailsjs" frontend/; rm -rf "$keep"' EXIT
  cp -a frontend/wailsjs "$keep/"
fi
rm -rf frontend/wailsjs
tsoutputtype=interfaces CGO_ENABLED=0 go run -tags bindings . >/dev/null
# The runtime wrapper is Wails' own and the same in every project; only what is ours is kept.
find frontend/wailsjs -type f -exec chmod 0644 {} +
if [ "${1:-}" = --check ]; then
  diff -r "$keep/wailsjs" frontend/wailsjs || { echo "frontend/wailsjs is stale: run make generate and commit it." >&2; exit 1; }
  echo "generated files are fresh"
fi
