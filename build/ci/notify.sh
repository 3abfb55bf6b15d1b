#!/usr/bin/env bash
# The real notification daemon (dunst) under Xvfb and a private D-Bus: the Go test sends through the
# desktop channel, and the daemon's own history is asked what arrived.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec xvfb-run -a dbus-run-session -- bash -c '
  dunst -print >/tmp/purser-dunst-$$.log 2>&1 & d=$!
  trap "kill $d 2>/dev/null; rm -f /tmp/purser-dunst-$$.log" EXIT
  for _ in $(seq 100); do
    dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
      string:org.freedesktop.Notifications 2>/dev/null | grep -q true && break
    sleep 0.05
  done
  PURSER_NOTIFICATION_DAEMON=dunst go test -count=1 -v -run Daemon ./backend/channels/desktop/
'
