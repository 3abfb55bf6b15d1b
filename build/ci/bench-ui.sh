#!/usr/bin/env bash
# Measures how the window feels with 10,000 SKUs: keys, charts, scrolling, the first paint; in Chromium, then in the
# real window under Xvfb (BROWSERS="chromium window"). Prints figures beside their goals and never fails because a
# machine is slow. The data is made once a day and kept in the user's cache: its last orders are of yesterday.
set -euo pipefail
cd "$(dirname "$0")/../.."
purser=$PWD/build/bin/purser-cli
cache=${PURSER_BENCH_UI:-${XDG_CACHE_HOME:-$HOME/.cache}/purser/bench-ui-1}
today=$(date -u +%F)
if [ "$(cat "$cache/day" 2>/dev/null)" != "$today" ]; then
  rm -rf "$cache"
  mkdir -p "$cache"
  node frontend/bench/reports.mjs "$cache/reports"
  "$purser" --data-dir "$cache/data" import --marketplace US --json "$cache"/reports/*.txt >/dev/null 2>&1
  "$purser" --data-dir "$cache/data" brief >/dev/null
  rm -rf "$cache/reports"
  echo "$today" >"$cache/day"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "10,000 SKUs, 112,000 order lines, load $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || echo unknown), $(getconf _NPROCESSORS_ONLN) cores"
for browser in ${BROWSERS:-chromium window}; do
  # What is looked at is also written to: decisions, settings.
  cp -r "$cache/data" "$work/$browser"
  if [ "$browser" = window ]; then
    build/ci/automate.sh
    xvfb-run -a -s "-screen 0 1400x900x24" dbus-run-session -- node build/ci/bench-ui.mjs window "$work/window"
  else
    node build/ci/bench-ui.mjs chromium "$work/chromium"
  fi
done
