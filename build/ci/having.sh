#!/usr/bin/env bash
# Lists the packages that have a test of a name that the pattern fits.
set -euo pipefail
cd "$(dirname "$0")/../.."
grep -rlE --include='*_test.go' "^func ($1)[(]" app backend | xargs -n1 dirname | sort -u | sed 's|^|./|'
