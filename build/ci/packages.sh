# Debian and Ubuntu packages, by what needs them. Sourced by setup.sh.
window_packages="pkg-config libgtk-3-dev libwebkit2gtk-4.1-dev"
test_packages="xvfb xauth chromium webkit2gtk-driver dbus dbus-x11 gnome-keyring dunst libnotify-bin imagemagick sqlite3 fonts-dejavu-core"
