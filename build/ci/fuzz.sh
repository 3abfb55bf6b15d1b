#!/usr/bin/env bash
# Runs every fuzz target of the tree for the given time each, two at once.
set -euo pipefail
cd "$(dirname "$0")/../.."
time=${1:-30s}
list=$(grep -rhoE --include='*_test.go' '^func (Fuzz[A-Za-z0-9_]+)' -H backend app | sed -E 's/^(.*)\/[^/]+:func (Fuzz.*)$/\1 \2/')
[ -n "$list" ] || { echo "no fuzz targets found" >&2; exit 1; }
echo "$list" | xargs -P 2 -L 1 sh -c 'go test "./$1" -run "^$" -fuzz "^$2\$" -fuzztime '"$time"' -parallel 1 >/tmp/fuzz-$$.log 2>&1 && echo "ok $1 $2" || { cat /tmp/fuzz-$$.log; rm -f /tmp/fuzz-$$.log; exit 255; }; rm -f /tmp/fuzz-$$.log' _
