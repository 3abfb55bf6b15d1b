package advertising

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"purser/backend/platform/sqlite"
)

// names keeps the texts of the names table in memory, by number. Numbers are never
// reused, so what was read once stays right; a copy of the slice header is safe to read.
type names struct {
	mu   sync.Mutex
	text []string // by number; "" at 0
}

func (n *names) forget() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.text = nil
}

// upToDate gives the texts by number, reading those that came since the last call.
func (m *Module) upToDate(ctx context.Context, tx *sql.Tx) (nameTable, error) {
	m.names.mu.Lock()
	defer m.names.mu.Unlock()
	if len(m.names.text) == 0 {
		m.names.text = []string{""}
	}
	rows, err := tx.QueryContext(ctx, m.q["NamesAfter"], len(m.names.text)-1)
	if err != nil {
		return nil, fmt.Errorf("advertising: read names: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id int
		var s string
		if err := rows.Scan(&id, &s); err != nil {
			return nil, fmt.Errorf("advertising: read names: %w", err)
		}
		for len(m.names.text) < id { // numbers lost to a rebuild
			m.names.text = append(m.names.text, "")
		}
		m.names.text = append(m.names.text, s)
	}
	return slices.Clip(m.names.text), rows.Err()
}

// nameTable is texts by number.
type nameTable []string

func (t nameTable) of(id uint32) string {
	if int(id) >= len(t) {
		return ""
	}
	return t[id]
}

// number gives every text its number, new ones a new number.
func (m *Module) number(ctx context.Context, tx *sql.Tx, texts []string) (map[string]uint32, error) {
	value := func(s *string, _ int) any { return *s }
	if _, err := sqlite.Bulk(ctx, tx, m.q["AddNames"], sqlite.RowsOf(texts, value)); err != nil {
		return nil, fmt.Errorf("advertising: number names: %w", err)
	}
	list, err := json.Marshal(texts)
	if err != nil {
		return nil, fmt.Errorf("advertising: number names: %w", err)
	}
	rows, err := tx.QueryContext(ctx, m.q["NumbersOf"], string(list))
	if err != nil {
		return nil, fmt.Errorf("advertising: number names: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := make(map[string]uint32, len(texts)+1)
	out[""] = 0
	for rows.Next() {
		var s string
		var id uint32
		if err := rows.Scan(&s, &id); err != nil {
			return nil, fmt.Errorf("advertising: number names: %w", err)
		}
		out[s] = id
	}
	return out, rows.Err()
}
