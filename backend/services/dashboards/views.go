package dashboards

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"strings"
	"unicode/utf8"

	"purser/backend/core"
)

const (
	longestName    = 80
	longestAddress = 4000
)

// Views lists the saved views.
func (s *Service) Views(ctx context.Context) (SavedViewsOutput, error) {
	out := SavedViewsOutput{Views: []SavedViewOutput{}}
	rows, err := s.o.Ledger.Reader().QueryContext(ctx, s.q["AllViews"])
	if err != nil {
		return out, fmt.Errorf("read saved views: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var v SavedViewOutput
		if err := rows.Scan(&v.ID, &v.Name, &v.Page, &v.Address); err != nil {
			return out, fmt.Errorf("read saved views: %w", err)
		}
		out.Views = append(out.Views, v)
	}
	return out, rows.Err()
}

// SaveView keeps a view under a name, or changes the one with its id.
func (s *Service) SaveView(ctx context.Context, in SaveViewInput) (SavedViewOutput, error) {
	v := SavedViewOutput{ID: in.ID, Name: strings.Join(strings.Fields(in.Name), " "), Page: in.Page, Address: in.Address}
	switch {
	case v.Name == "":
		return v, core.Invalid("dashboards", "The view has no name.", "Give it one that you will know again.")
	case utf8.RuneCountInString(v.Name) > longestName:
		return v, core.Invalid("dashboards", fmt.Sprintf("The name is longer than %d letters.", longestName), "Shorten it.")
	case !strings.HasPrefix(v.Address, "/") || strings.HasPrefix(v.Address, "//") || strings.Contains(v.Address, `\`) || len(v.Address) > longestAddress:
		return v, core.Invalid("dashboards", "The address of the view is not one of a page.", "Open the page and save the view there.")
	}
	if v.ID == "" {
		v.ID = rand.Text()
	}
	err := s.o.Ledger.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, s.q["PutView"], v.ID, v.Name, v.Page, v.Address, s.o.Clock.Now().Unix())
		return err
	})
	if err != nil {
		return v, fmt.Errorf("save the view %s: %w", v.Name, err)
	}
	s.changed()
	return v, nil
}

// DeleteView forgets a saved view; one that is gone already is no error.
func (s *Service) DeleteView(ctx context.Context, in ViewIDInput) (EmptyOutput, error) {
	err := s.o.Ledger.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, s.q["DropView"], in.ID)
		return err
	})
	if err != nil {
		return EmptyOutput{}, fmt.Errorf("delete the view: %w", err)
	}
	s.changed()
	return EmptyOutput{}, nil
}

func (s *Service) changed() {
	if s.o.Changed != nil {
		s.o.Changed()
	}
}
