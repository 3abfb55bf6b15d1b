#!/usr/bin/env bash
# govulncheck against an offline copy of the Go vulnerability database, where there is one.
set -euo pipefail
cd "$(dirname "$0")/../.."
db=$(ls "${PURSER_SHARED:-../shared}"/vulndb/go-vulndb-*.tar.xz 2>/dev/null | tail -n 1 || true)
if [ -z "$db" ]; then
  echo "vuln: skipped, there is no offline database under PURSER_SHARED/vulndb"
  exit 0
fi
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT
tar -xJf "$db" -C "$dir"
root=$(dirname "$(find "$dir" -maxdepth 3 -name index -type d | head -n 1)")
go run golang.org/x/vuln/cmd/govulncheck@v1.1.4 -db "file://$root" ./...
