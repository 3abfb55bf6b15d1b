package app_test

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing/fstest"

	"github.com/klauspost/compress/zstd"

	"purser/backend/core/module"
)

// readMaybeZstd reads a file, decompressed where it is a kept document.
func readMaybeZstd(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil || !strings.HasSuffix(path, ".zst") {
		return b, err
	}
	z, err := zstd.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	return io.ReadAll(z)
}

// brokenMigration is a module whose tables can't be made.
type brokenMigration struct{ module.Module }

func (b brokenMigration) Manifest() module.Manifest {
	m := b.Module.Manifest()
	m.Migrations = fstest.MapFS{"00001_planted.sql": {Data: []byte("-- +goose Up\nCREATE TABLE planted(;\n")}}
	return m
}
