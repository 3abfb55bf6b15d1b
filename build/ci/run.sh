#!/usr/bin/env bash
# make run: set up, build, open the window on the demo seller. Without a display there is no need for
# GTK: it builds without the window, prints the brief and serves.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  build/ci/setup.sh window
  make --no-print-directory build/bin/purser
  exec build/bin/purser --demo
fi
make --no-print-directory build/bin/purser-cli
build/bin/purser-cli brief --demo
exec build/bin/purser-cli serve --demo
