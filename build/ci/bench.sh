#!/usr/bin/env bash
# Measures speed. What is compared runs in alternation, and ratios are medians of the rounds' ratios,
# because one machine's seconds say little about another's. It never fails on a slow machine.
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${ROUNDS:-3}
lines=${LINES_OF_ORDERS:-1000000}
tmp=build/tmp/bench
purser=$PWD/build/bin/purser-cli
file=$PWD/build/tmp/orders-$lines.txt
mkdir -p "$tmp"
trap 'rm -rf "$tmp"/data "$tmp"/demo "$tmp"/raw.db' EXIT

go build -o "$tmp/measure" ./build/ci/measure
measure=$PWD/$tmp/measure
[ -s "$file" ] || { go run ./build/ci/genorders -lines "$lines" >"$file.part" && mv "$file.part" "$file"; }

# median of the numbers on standard input
median() { sort -n | awk '{v[NR]=$1} END {print NR % 2 ? v[(NR+1)/2] : (v[NR/2]+v[NR/2+1])/2}'; }
column() { awk -v c="$1" '{print $c}' "$2" | median; }
rate() { awk -v n="$lines" -v s="$1" 'BEGIN {printf "%d", n / s}'; }

echo "Import of $lines order lines ($(($(wc -c <"$file") >> 20)) MB), $rounds rounds, load $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || echo unknown), $(go env GOOS)/$(go env GOARCH), $(getconf _NPROCESSORS_ONLN) cores"
: >"$tmp/import"; : >"$tmp/known"; : >"$tmp/again"; : >"$tmp/raw"
for _ in $(seq "$rounds"); do
  rm -rf "$tmp/data" "$tmp/raw.db"
  "$measure" run "$purser" --data-dir "$tmp/data" import "$file" >>"$tmp/import"
  if command -v sqlite3 >/dev/null; then
    "$measure" run sqlite3 "$tmp/raw.db" -cmd '.mode tabs' ".import $file t" >>"$tmp/raw"
  fi
  "$measure" run "$purser" --data-dir "$tmp/data" import "$file" >>"$tmp/known"
  "$measure" run "$purser" --data-dir "$tmp/data" import --again "$file" >>"$tmp/again"
done
for what in import known again; do
  printf '  %-28s %6s s wall  %6s s CPU  %5s MB  %9s rows/s\n' "$what" "$(column 2 "$tmp/$what")" "$(column 1 "$tmp/$what")" \
    "$(awk '{print $3}' "$tmp/$what" | sort -n | tail -1)" "$(rate "$(column 2 "$tmp/$what")")"
done
if [ -s "$tmp/raw" ]; then
  printf '  %-28s %6s s wall  %6s s CPU  %5s MB\n' "sqlite3 .import (raw text)" "$(column 2 "$tmp/raw")" "$(column 1 "$tmp/raw")" "$(column 3 "$tmp/raw")"
  paste "$tmp/import" "$tmp/raw" | awk '{print $2/$5}' | median | xargs printf '  import / sqlite3 .import      %.2f x wall (goal 1.0)\n'
  paste "$tmp/import" "$tmp/raw" | awk '{print $1/$4}' | median | xargs printf '  import / sqlite3 .import      %.2f x CPU\n'
else
  echo "  sqlite3 is not installed: nothing to compare the import with"
fi

echo "The same report fetched over HTTP (made, waited for, downloaded packed), against the file on the disk"
PURSER_ORDERS="$file" go test ./app -run '^TestFetchingBudget$' -count=1 -timeout 60m -v | sed -n 's/^ *live_bench_test.go:[0-9]*: /  /p' || echo "  not measured"
echo "What a connected account with two marketplaces asks for in a day (simulated, published quotas)"
PURSER_ORDERS="$file" go test ./app -run '^TestRequestsOfADay$' -count=1 -timeout 60m -v | sed -n 's/^ *live_test.go:[0-9]*: /  /p' || echo "  not measured"

echo "Pages on that data, through the web host (goal p95 15 ms)"
"$measure" pages "$purser" "$tmp/data" || echo "  not measured"
echo "  facts of every SKU (a whole process, with its start)"
"$measure" run "$purser" --data-dir "$tmp/data" facts --json --name sales.units | awk '{printf "  %-30s %s s wall, %s s CPU\n", "sales.units", $2, $1}' || echo "  not measured"

echo "Everything pages ask, on ten million order lines of 2,000 SKUs, five marketplaces and three years (goal p95 15 ms, any date range 20 ms)"
big=$(PURSER="$purser" build/ci/bigshop.sh) && PURSER_BIG_SHOP="$big" go test ./app -run '^TestQueryBudget$' -count=1 -v | sed -n 's/^ *budget_test.go:[0-9]*: /  /p' || echo "  not measured"

echo "First insight: purser brief --demo on an empty folder"
rm -rf "$tmp/demo"
"$measure" run "$purser" --data-dir "$tmp/demo" brief --demo | awk '{printf "  made anew  %s s wall, %s s CPU, %s MB\n", $2, $1, $3}'
"$measure" run "$purser" --data-dir "$tmp/demo" brief --demo | awk '{printf "  again      %s s wall, %s s CPU, %s MB\n", $2, $1, $3}'

echo "Rules: 100 policies x 10,000 SKUs"
go test ./backend/services/rules -run '^$' -bench '^Benchmark(Evaluate|Closures|Explain)$' -benchtime 3x | tee "$tmp/rules" | grep '^Benchmark' || echo "  not measured"
awk '/^BenchmarkEvaluate/ {e=$3} /^BenchmarkClosures/ {c=$3} END {if (c > 0) printf "  evaluate / Go closures  %.1f x\n", e/c}' "$tmp/rules"

echo "Backtest: 365 days of one policy over 200 SKUs (goal 2 s)"
go test ./backend/services/rules -run '^$' -bench 'Backtest' -benchtime 3x | tee "$tmp/backtest" | grep '^Benchmark' || echo "  not measured"
awk '/^BenchmarkBacktest-|^BenchmarkBacktest / {b=$3} /^BenchmarkBacktestClosures/ {c=$3} END {if (c > 0) printf "  backtest / Go closures on facts at hand  %.1f x\n", b/c}' "$tmp/backtest"
echo "  of the demo seller, with its modules (a whole process, with its start)"
"$measure" run "$purser" --data-dir "$tmp/demo" rules backtest default --demo --days 90 | awk '{printf "  90 days     %s s wall, %s s CPU, %s MB\n", $2, $1, $3}' || echo "  not measured"

echo "Audit: a chain of a million rows about 200,000 decisions checked (goal: seconds)"
go test ./backend/services/decisions -run '^$' -bench '^BenchmarkVerify$' -benchtime 3x | awk '/^BenchmarkVerify/ {printf "  %.1f s, %d MB allocated\n", $3 / 1e9, $5 / 1e6; n = 1} END {exit !n}' || echo "  not measured"
