package app

import "path/filepath"

// exportDir is where exports of a data folder are written.
func exportDir(dir string) string { return filepath.Join(dir, "exports") }
