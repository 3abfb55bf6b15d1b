#!/usr/bin/env bash
# The shipped program under Xvfb and a private D-Bus, driven through WebKitWebDriver.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p build/tmp
gcc -shared -fPIC -O1 -o build/tmp/libautomate.so build/ci/automate.c $(pkg-config --cflags --libs webkit2gtk-4.1)
exec xvfb-run -a -s "-screen 0 1400x900x24" dbus-run-session -- node build/ci/window.mjs
