#!/usr/bin/env bash
# Makes the data folder that page queries are measured on: ten million order lines of 2,000 SKUs in five
# marketplaces over three years. It takes minutes and 2 GB, so it is kept in the user's cache and made once.
# Prints the folder.
set -euo pipefail
cd "$(dirname "$0")/../.."
purser=${PURSER:-$PWD/build/bin/purser-cli}
dir=${PURSER_BIG_SHOP:-${XDG_CACHE_HOME:-$HOME/.cache}/purser/big-shop-1}
parts=${PARTS:-10}
if [ -f "$dir/whole" ]; then
  echo "$dir"
  exit
fi
rm -rf "$dir"
mkdir -p "$dir"
for part in $(seq "$((parts - 1))" -1 0); do
  until=$(date -u -d "2026-11-24 -$((part * 110)) days" +%F)
  go run ./build/ci/genorders -days 110 -until "$until" >"$dir/orders.txt"
  "$purser" --data-dir "$dir" import --json "$dir/orders.txt" >/dev/null
  echo "orders until $until" >&2
done
rm -f "$dir/orders.txt"
touch "$dir/whole"
echo "$dir"
