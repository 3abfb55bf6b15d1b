#!/usr/bin/env bash
# The real keychain: gnome-keyring, unlocked and new, under a private D-Bus. The test process has no mock.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec dbus-run-session -- bash -c '
  tmp=$(mktemp -d); chmod 700 "$tmp"
  export XDG_RUNTIME_DIR=$tmp XDG_DATA_HOME=$tmp/data; mkdir -p "$XDG_DATA_HOME"
  printf test | gnome-keyring-daemon --unlock --foreground --components=secrets >/dev/null 2>&1 & d=$!
  trap "kill $d 2>/dev/null; rm -rf $tmp" EXIT
  # Without waiting, D-Bus would start a second, locked daemon.
  for _ in $(seq 100); do
    dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
      string:org.freedesktop.secrets 2>/dev/null | grep -q true && break
    sleep 0.05
  done
  PURSER_KEYCHAIN=gnome-keyring go test -count=1 -v -run SecretService ./backend/platform/keychain/
'
