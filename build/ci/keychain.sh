#!/usr/bin/env bash
# The real keychain: gnome-keyring under a private D-Bus, in the six states that a computer can have it in. The test
# processes have no mock. Each state prints how long the vault took to answer.
set -euo pipefail
cd "$(dirname "$0")/../.."
tmp=$(mktemp -d); chmod 700 "$tmp"
trap 'rm -rf "$tmp"' EXIT
go test -c -o "$tmp/keychain.test" ./backend/platform/keychain/
go test -c -o "$tmp/secrets.test" ./backend/platform/secrets/

# One state, within a bus. A keychain is locked only if it was made, with a password, before it was started.
cat >"$tmp/inside.sh" <<'INSIDE'
set -euo pipefail
tmp=$1 setup=$2
export XDG_RUNTIME_DIR=$tmp/run XDG_DATA_HOME=$tmp/data
mkdir -p "$XDG_DATA_HOME"; mkdir -pm 700 "$XDG_RUNTIME_DIR"
d=""
trap 'kill -CONT $d 2>/dev/null; kill $d 2>/dev/null; wait $d 2>/dev/null || true' EXIT
owned() {
  dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
    string:org.freedesktop.secrets 2>/dev/null | grep -q "boolean $1"
}
await() { for _ in $(seq 100); do owned "$1" && return; sleep 0.05; done; echo "the keychain did not come up" >&2; exit 1; }
# Without waiting, D-Bus would start a second, locked daemon.
start() {
  if [ "$1" = unlocked ]; then
    printf test | gnome-keyring-daemon --unlock --foreground --components=secrets >/dev/null 2>&1 & d=$!
  else
    gnome-keyring-daemon --foreground --components=secrets >/dev/null 2>&1 & d=$!
  fi
  await true
}
stop() { kill $d; wait $d 2>/dev/null || true; await false; }
check() { PURSER_KEYCHAIN=$1 "$tmp/secrets.test" -test.count=1 -test.v -test.run "^TestKeychainSetups$" | grep -v '^=== '; }
export PURSER_KEYCHAIN_DIR=$tmp/vault-$setup; mkdir -p "$PURSER_KEYCHAIN_DIR"
start unlocked
case $setup in
works) PURSER_KEYCHAIN=gnome-keyring "$tmp/keychain.test" -test.count=1 -test.v -test.run SecretService; check works ;;
deleted) check works; check deleted ;;
locked) check works; stop; start locked; check locked ;;
hung) check works; kill -STOP $d; check hung ;;
denied) check denied ;;
esac
INSIDE

for setup in works deleted locked hung; do
  rm -rf "$tmp/run" "$tmp/data"
  env -u DISPLAY -u WAYLAND_DISPLAY dbus-run-session -- bash "$tmp/inside.sh" "$tmp" $setup
done

# A bus that lets nobody talk to the keychain.
cat >"$tmp/deny.conf" <<'CONF'
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <standard_session_servicedirs/>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    <deny send_destination="org.freedesktop.secrets"/>
  </policy>
</busconfig>
CONF
rm -rf "$tmp/run" "$tmp/data"
env -u DISPLAY -u WAYLAND_DISPLAY dbus-run-session --config-file="$tmp/deny.conf" -- bash "$tmp/inside.sh" "$tmp" denied

# No bus at all.
mkdir -p "$tmp/vault-nobus"
env -u DISPLAY -u WAYLAND_DISPLAY -u DBUS_SESSION_BUS_ADDRESS PURSER_KEYCHAIN=nobus PURSER_KEYCHAIN_DIR="$tmp/vault-nobus" \
  "$tmp/secrets.test" -test.count=1 -test.v -test.run '^TestKeychainSetups$' | grep -v '^=== '
echo "The vault answered in all six states."
