#!/usr/bin/env bash
# The shipped program under Xvfb and a private D-Bus, driven through WebKitWebDriver.
set -euo pipefail
cd "$(dirname "$0")/../.."
build/ci/automate.sh
exec xvfb-run -a -s "-screen 0 1400x900x24" dbus-run-session -- node build/ci/window.mjs
