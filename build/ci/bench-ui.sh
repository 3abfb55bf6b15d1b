#!/usr/bin/env bash
# What pages cost a person with ten thousand SKUs, in Chromium and in the real window. The data folder is made once and
# kept in the user's cache. Prints; never fails on a slow machine.
set -euo pipefail
cd "$(dirname "$0")/../.."
dir=${PURSER_BENCH_UI:-${XDG_CACHE_HOME:-$HOME/.cache}/purser/bench-ui-1}
if [ ! -f "$dir/whole" ]; then
  rm -rf "$dir"
  mkdir -p "$dir"
  go run ./build/ci/genorders -lines 300000 -skus 10000 -days 120 >"$dir/orders.txt"
  build/bin/purser-cli --data-dir "$dir" import "$dir/orders.txt" >/dev/null
  rm "$dir/orders.txt"
  touch "$dir/whole"
fi
mkdir -p build/tmp
gcc -shared -fPIC -O1 -o build/tmp/libautomate.so build/ci/automate.c $(pkg-config --cflags --libs webkit2gtk-4.1)
echo "load $(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || echo unknown), $(getconf _NPROCESSORS_ONLN) cores"
exec xvfb-run -a -s "-screen 0 1400x900x24" dbus-run-session -- node build/ci/bench-ui.mjs "$dir" "${ROUNDS:-20}"
