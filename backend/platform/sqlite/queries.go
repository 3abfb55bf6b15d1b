package sqlite

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Queries is a file of named SQL: each statement follows a line "-- name: Name".
type Queries map[string]string

// ParseQueries reads a file of named SQL. A statement without a name, a name used
// twice or a name without a statement is an error.
func ParseQueries(text string) (Queries, error) {
	q := Queries{}
	name := ""
	var body strings.Builder
	flush := func() error {
		s := strings.TrimSpace(body.String())
		body.Reset()
		if name == "" {
			if strings.Trim(stripComments(s), " \n") != "" {
				return fmt.Errorf("SQL before the first name: %.40s", s)
			}
			return nil
		}
		if stripComments(s) == "" {
			return fmt.Errorf("query %s has no statement", name)
		}
		if _, ok := q[name]; ok {
			return fmt.Errorf("query %s is there twice", name)
		}
		q[name] = strings.TrimSuffix(s, ";")
		return nil
	}
	for _, line := range strings.Split(text, "\n") {
		if n, ok := strings.CutPrefix(strings.TrimSpace(line), "-- name:"); ok {
			if err := flush(); err != nil {
				return nil, err
			}
			name = strings.TrimSpace(n)
			continue
		}
		body.WriteString(line + "\n")
	}
	if err := flush(); err != nil {
		return nil, err
	}
	return q, nil
}

func stripComments(s string) string {
	var keep []string
	for _, l := range strings.Split(s, "\n") {
		if !strings.HasPrefix(strings.TrimSpace(l), "--") {
			keep = append(keep, l)
		}
	}
	return strings.TrimSpace(strings.Join(keep, "\n"))
}

// PrepareAll prepares every statement on the database and reports each that SQLite
// refuses: the test that replaces generated code.
func (d *DB) PrepareAll(ctx context.Context, q Queries) error {
	var errs []error
	for name, text := range q {
		if err := d.prepares(ctx, text); err != nil {
			errs = append(errs, fmt.Errorf("query %s: %w", name, err))
		}
	}
	return errors.Join(errs...)
}

func (d *DB) prepares(ctx context.Context, text string) (err error) {
	st, err := d.writer.PrepareContext(ctx, text)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	return nil
}
