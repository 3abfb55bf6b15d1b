package keychain

import (
	"os"
	"path/filepath"
	"strconv"
)

const busVariable = "DBUS_SESSION_BUS_ADDRESS"

// nameBus names the usual place of the session's message bus where nothing names one. Without a name the library would
// start a bus of its own through dbus-launch: that hangs, has no keychain, and stays behind when the program ends.
func nameBus() error {
	address := os.Getenv(busVariable) //nolint:forbidigo // the library reads it there
	if address != "" && address != "autolaunch:" {
		return nil
	}
	dir := filepath.Join("/run/user", strconv.Itoa(os.Getuid()))
	if _, err := os.Stat(filepath.Join(dir, "dbus-session")); err == nil {
		return nil // it names the bus, and the library reads it
	}
	return os.Setenv(busVariable, "unix:path="+filepath.Join(dir, "bus"))
}
