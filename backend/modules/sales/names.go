package sales

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// maxRemembered bounds each map of a memory.
const maxRemembered = 200_000

// memory is what the tables of names and of told items are known to say, so that a batch need
// not read them again. It holds for the state of the database that carries its token: every
// change of those tables leaves a new token in the same transaction, so that a rollback, whose
// transaction's token is gone with it, makes the memory worthless instead of wrong.
type memory struct {
	token int64
	names map[string]map[string]int64 // table of names → name → number
	told  map[marketSKU]told          // nil: not read yet
}

// remember gives what is remembered of the state that tx sees. Only the one writing transaction
// may ask.
func (m *Module) remember(ctx context.Context, tx *sql.Tx) (*memory, error) {
	var token int64
	err := tx.QueryRowContext(ctx, m.q["Token"]).Scan(&token)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("read the token: %w", err)
	}
	if m.mem == nil || m.mem.token != token || token == 0 {
		m.mem = &memory{token: token, names: map[string]map[string]int64{}}
	}
	return m.mem, nil
}

// touch leaves a new token; it comes before the change that it stands for.
func (m *Module) touch(ctx context.Context, tx *sql.Tx, mem *memory) error {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return fmt.Errorf("make a token: %w", err)
	}
	mem.token = int64(binary.LittleEndian.Uint64(b[:])>>1) | 1
	if _, err := tx.ExecContext(ctx, m.q["StoreToken"], mem.token); err != nil {
		return fmt.Errorf("store the token: %w", err)
	}
	return nil
}

// of gives the remembered numbers of one table of names.
func (d *memory) of(what string) map[string]int64 {
	if d.names[what] == nil || len(d.names[what]) > maxRemembered {
		d.names[what] = map[string]int64{}
	}
	return d.names[what]
}

// nameSet gathers names and then knows the number of each.
type nameSet map[string]int64

func (s nameSet) add(name string) { s[name] = 0 }

// intern gives every name of the set its number, making new numbers as needed.
// what is "Marketplace", "SKU", "Word" or "Order": it picks the table.
func (w *write) intern(ctx context.Context, what string, s nameSet) error {
	if len(s) == 0 {
		return nil
	}
	mem, err := w.m.remember(ctx, w.tx)
	if err != nil {
		return err
	}
	known := mem.of(what)
	missing := make([]string, 0, 8)
	for n := range s {
		if id := known[n]; id != 0 {
			s[n] = id
		} else {
			missing = append(missing, n)
		}
	}
	if err := w.lookUp(ctx, what, missing, s); err != nil {
		return err
	}
	fresh := make([]string, 0, len(missing))
	for _, n := range missing {
		if s[n] == 0 {
			fresh = append(fresh, n)
		}
	}
	if len(fresh) > 0 {
		if err := w.m.touch(ctx, w.tx, mem); err != nil {
			return err
		}
		if err := w.addNames(ctx, what, fresh, s); err != nil {
			return err
		}
	}
	for _, n := range missing {
		known[n] = s[n]
	}
	return nil
}

func (w *write) addNames(ctx context.Context, what string, fresh []string, s nameSet) error {
	slices.Sort(fresh) // so that the same documents give the same numbers
	list, err := json.Marshal(fresh)
	if err != nil {
		return fmt.Errorf("list names: %w", err)
	}
	if _, err := w.tx.ExecContext(ctx, w.m.q["Add"+what], string(list)); err != nil {
		return fmt.Errorf("add names: %w", err)
	}
	return w.lookUp(ctx, what, fresh, s)
}

func (w *write) lookUp(ctx context.Context, what string, names []string, into nameSet) error {
	if len(names) == 0 {
		return nil
	}
	list, err := json.Marshal(names)
	if err != nil {
		return fmt.Errorf("list names: %w", err)
	}
	rows, err := w.tx.QueryContext(ctx, w.m.q["Find"+what], string(list))
	if err != nil {
		return fmt.Errorf("find names: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var n string
		var id int64
		if err := rows.Scan(&n, &id); err != nil {
			return fmt.Errorf("find names: %w", err)
		}
		into[n] = id
	}
	return rows.Err()
}

// querier is a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// namesByID reads one table of names.
func (m *Module) namesByID(ctx context.Context, db querier, what string) (map[int64]string, error) {
	rows, err := db.QueryContext(ctx, m.q["All"+what])
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := map[int64]string{}
	for rows.Next() {
		var id int64
		var n string
		if err := rows.Scan(&id, &n); err != nil {
			return nil, fmt.Errorf("read names: %w", err)
		}
		out[id] = n
	}
	return out, rows.Err()
}

// names are all numbers read back into names.
type names struct{ mkts, skus, words map[int64]string }

func (m *Module) readNames(ctx context.Context, db querier) (names, error) {
	var n names
	var err error
	if n.mkts, err = m.namesByID(ctx, db, "Marketplace"); err != nil {
		return n, err
	}
	if n.skus, err = m.namesByID(ctx, db, "SKU"); err != nil {
		return n, err
	}
	n.words, err = m.namesByID(ctx, db, "Word")
	return n, err
}

// readable are the names that readers saw with a token; they are never changed.
type readable struct {
	token int64
	names
}

// namesNow gives all names as readers see them, read again only where the token is another.
func (m *Module) namesNow(ctx context.Context) (names, error) {
	var token int64
	err := m.h.DB().QueryRowContext(ctx, m.q["Token"]).Scan(&token)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return names{}, fmt.Errorf("read the token: %w", err)
	}
	if have := m.read.Load(); have != nil && have.token == token && token != 0 {
		return have.names, nil
	}
	// Names that are added between the two readings do no harm: the token is older then, and will not be met again.
	n, err := m.readNames(ctx, m.h.DB())
	if err == nil {
		m.read.Store(&readable{token, n})
	}
	return n, err
}
