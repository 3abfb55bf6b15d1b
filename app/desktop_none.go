//go:build !(desktop || dev || bindings)

package app

import "context"

// desktop says that this program has no window.
func (e *env) desktop(context.Context) error { return errNoDesktop }

// askForFiles says that there is no native dialog.
func askForFiles(context.Context) ([]string, error) { return nil, errNoDesktop }
