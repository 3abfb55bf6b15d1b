package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"purser/backend/core"
)

// DisplaySettings is how the window looks; it belongs to the computer, not to an account.
type DisplaySettings struct {
	Theme       string `json:"theme"`   // system, light, dark
	Density     string `json:"density"` // comfortable, default, compact
	SingleKeys  bool   `json:"single_keys"`
	HideAmounts bool   `json:"hide_amounts"`
}

func defaultDisplay() DisplaySettings {
	return DisplaySettings{Theme: "system", Density: "default", SingleKeys: true}
}

func (d DisplaySettings) check() error {
	ok := map[string]bool{"system": true, "light": true, "dark": true}[d.Theme] &&
		map[string]bool{"comfortable": true, "default": true, "compact": true}[d.Density]
	if !ok {
		return core.Invalid("settings", "The display setting "+d.Theme+"/"+d.Density+" is not known.", "")
	}
	return nil
}

const displayFile = "display.json"

// loadDisplay reads the settings; a missing or damaged file gives the defaults.
func loadDisplay(dir string) DisplaySettings {
	d := defaultDisplay()
	b, err := os.ReadFile(filepath.Join(dir, displayFile)) //nolint:gosec // our own folder
	if err != nil || json.Unmarshal(b, &d) != nil || d.check() != nil {
		return defaultDisplay()
	}
	return d
}

func saveDisplay(dir string, d DisplaySettings) error {
	if err := d.check(); err != nil {
		return err
	}
	b, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return fmt.Errorf("store display settings: %w", err)
	}
	tmp := filepath.Join(dir, displayFile+".part")
	if err := errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(tmp, b, 0o600)); err != nil {
		return fmt.Errorf("store display settings: %w", err)
	}
	if err := os.Rename(tmp, filepath.Join(dir, displayFile)); err != nil {
		return fmt.Errorf("store display settings: %w", err)
	}
	return nil
}
