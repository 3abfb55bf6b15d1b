#!/usr/bin/env bash
# Builds the library that lets WebKitWebDriver drive the window.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p build/tmp
# shellcheck disable=SC2046
gcc -shared -fPIC -O1 -o build/tmp/libautomate.so build/ci/automate.c $(pkg-config --cflags --libs webkit2gtk-4.1)
