package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

// Migrate brings one line of the schema (a module's or a service's tables) up to date
// from goose files at the root of files. Lines are independent: a broken one leaves the
// others usable. Before a migration of a file that already has this line, a copy of the
// whole file is made beside it, named after the line and the version it had.
func (d *DB) Migrate(ctx context.Context, line string, files fs.FS) error {
	store, err := database.NewStore(goose.DialectSQLite3, "schema_version_"+line)
	if err != nil {
		return fmt.Errorf("migrate %s: %w", line, err)
	}
	p, err := goose.NewProvider("", d.writer, files, goose.WithStore(store), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("migrate %s: %w", line, err)
	}
	have, want, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("migrate %s: %w", line, err)
	}
	switch {
	case have == want:
		return nil
	case have > want:
		return fmt.Errorf("%s was written by a newer Purser (its %s tables are at version %d, this one knows %d); nothing was changed: install the newer version",
			d.path, line, have, want)
	case have > 0:
		if err := d.copyBefore(ctx, line, have); err != nil {
			return err
		}
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate %s: %w", line, err)
	}
	return nil
}

func (d *DB) copyBefore(ctx context.Context, line string, version int64) error {
	dst := fmt.Sprintf("%s.before-%s-%d", d.path, line, version)
	if err := os.Remove(dst); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("migrate %s: make room for the copy: %w", line, err)
	}
	return d.Copy(ctx, dst)
}
