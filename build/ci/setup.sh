#!/usr/bin/env bash
# Installs the system packages that are missing: "window" for the desktop program, "test" for that and
# every check. As root or with sudo; without rights it prints the one command to run and exits with 1.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=build/ci/packages.sh
. build/ci/packages.sh

for tool in go node npm make cc; do
  command -v "$tool" >/dev/null || { echo "Purser needs $tool; install it first." >&2; exit 1; }
done
# The project's lock file was made by npm 11; an older npm reads it too.

want="$window_packages"
[ "${1:-window}" = test ] && want="$want $test_packages"

command -v dpkg-query >/dev/null || {
  echo "This is not Debian or Ubuntu; install what matches these packages: $want" >&2
  exit 0
}
missing=""
for p in $want; do
  dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing="$missing $p"
done
# On Ubuntu, chromium is a snap stub; an installed Chromium of any kind will do.
if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then
  missing=$(echo "$missing" | sed 's/ chromium\b//')
fi
[ -z "${missing// /}" ] && exit 0

apt="apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300$missing"
if [ "$(id -u)" = 0 ]; then
  sudo=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  sudo="sudo"
elif command -v sudo >/dev/null && [ -t 0 ]; then
  echo "Purser needs these packages:$missing" >&2
  sudo="sudo"
else
  echo "These packages are missing and there are no rights to install them. Run once:" >&2
  echo "  sudo apt-get update && sudo $apt" >&2
  exit 1
fi
echo "Installing:$missing" >&2
$sudo apt-get update -qq >&2
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive $sudo $apt >/dev/null
