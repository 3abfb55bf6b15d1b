package module

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"purser/backend/core"
)

// Keeper is a module that keeps what an API told only for a time. What came from files that the seller downloaded has
// no such time. Classes are those of core/source.
type Keeper interface {
	// Held counts the rows of the module's tables; documents are those that came from an API.
	Held(ctx context.Context, documents []int64) ([]Held, error)
	// Purge removes inside tx what is too old, so that the days it was of are unknown and not zero. What files of the
	// seller's say of those days is read again by the caller, in the same transaction, and settled then.
	Purge(ctx context.Context, tx *sql.Tx, p Purge) (Purged, error)
}

// Held counts rows of one day.
type Held struct {
	Class string // source.KeepFacts or source.KeepLegal
	API   bool   // an API told them
	Day   core.Day
	Rows  int
}

// HeldRows counts rows as a query does that takes Documents as ?1, and gives the class, whether an API told the rows, their
// day, and how many there are.
func HeldRows(ctx context.Context, db *sql.DB, query string, documents []int64) ([]Held, error) {
	rows, err := db.QueryContext(ctx, query, Documents(documents))
	if err != nil {
		return nil, fmt.Errorf("count rows: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []Held
	for rows.Next() {
		var h Held
		if err := rows.Scan(&h.Class, &h.API, &h.Day, &h.Rows); err != nil {
			return nil, fmt.Errorf("count rows: %w", err)
		}
		out = append(out, h)
	}
	return out, rows.Err()
}

// Documents are the ids of documents as statements take them: a JSON list.
func Documents(ids []int64) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = strconv.FormatInt(id, 10)
	}
	return "[" + strings.Join(out, ",") + "]"
}

// Purge says what is too old.
type Purge struct {
	Documents []int64  // those that came from an API
	Facts     core.Day // facts of earlier days go; 0: none
	Legal     core.Day // money of earlier days goes; 0: none
}

// Purged counts what went.
type Purged struct {
	Facts, Legal int         // rows
	Days         core.Period // the days they were of
	// Unread names files of the seller's that speak of Days and could not be read again; filled in by the caller of Purge.
	Unread []string
}
