package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"modernc.org/sqlite/vtab"
)

// BulkColumns is how many columns a bulk row may have: c0 … c39 of temp.bulk.
const BulkColumns = 40

// Rows are rows for Bulk: Len of them, each with columns numbered from 0.
// A column value is int64, float64, string, []byte or nil.
type Rows interface {
	Len() int
	Value(row, col int) any
}

// RowsOf adapts a slice and a function to Rows.
func RowsOf[T any](rows []T, value func(r *T, col int) any) Rows {
	return sliceRows[T]{rows, value}
}

type sliceRows[T any] struct {
	rows  []T
	value func(*T, int) any
}

func (s sliceRows[T]) Len() int               { return len(s.rows) }
func (s sliceRows[T]) Value(row, col int) any { return s.value(&s.rows[row], col) }

// Bulk runs one statement that reads its rows from temp.bulk, with the handle as its first parameter:
//
//	INSERT INTO t(a, b, c) SELECT c0, c1, ?2 FROM temp.bulk WHERE handle = ?1 ON CONFLICT …
//
// SQLite pulls the rows from memory, with no bind calls: about a third less CPU than
// prepared inserts. What all rows have in common is cheaper as an arg (?2 …) than as a column.
// It returns the number of rows changed.
func Bulk(ctx context.Context, tx *sql.Tx, query string, rows Rows, args ...any) (int, error) {
	if rows.Len() == 0 {
		return 0, nil
	}
	h := handles.put(rows)
	defer handles.drop(h)
	res, err := tx.ExecContext(ctx, query, append([]any{h}, args...)...)
	if err != nil {
		return 0, fmt.Errorf("bulk: %w", err)
	}
	n, err := res.RowsAffected()
	return int(n), err
}

type handleTable struct {
	next atomic.Int64
	live sync.Map // int64 -> Rows of Bulk, or the func of Each
}

func (t *handleTable) put(r any) int64 {
	h := t.next.Add(1)
	t.live.Store(h, r)
	return h
}

func (t *handleTable) drop(h int64) { t.live.Delete(h) }

var (
	handles  handleTable //nolint:gochecknoglobals // SQLite calls back by number, there is no other way in
	register sync.Once   //nolint:gochecknoglobals // the driver registers a module once for the process
	errBulk  = errors.New("temp.bulk needs WHERE handle = ?1")
)

// registered opens a pool on a driver that knows the bulk module.
func registered(driver, dsn string) (*sql.DB, error) {
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, err
	}
	register.Do(func() {
		err = errors.Join(vtab.RegisterModule(db, "purser_bulk", bulkModule{}), registerTake())
	})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

type bulkModule struct{}

func (bulkModule) Create(c vtab.Context, _ []string) (vtab.Table, error) {
	var b strings.Builder
	b.WriteString("CREATE TABLE x(")
	for i := range BulkColumns {
		fmt.Fprintf(&b, "c%d, ", i)
	}
	b.WriteString("handle HIDDEN)")
	return bulkTable{}, c.Declare(b.String())
}

func (m bulkModule) Connect(c vtab.Context, a []string) (vtab.Table, error) { return m.Create(c, a) }

type bulkTable struct{}

func (bulkTable) BestIndex(info *vtab.IndexInfo) error {
	for i := range info.Constraints {
		c := &info.Constraints[i]
		if c.Column == BulkColumns && c.Op == vtab.OpEQ && c.Usable {
			c.ArgIndex, c.Omit = 0, true
			info.IdxNum, info.EstimatedCost, info.EstimatedRows = 1, 1, 1000
			return nil
		}
	}
	info.EstimatedCost = 1e12
	return nil
}

func (bulkTable) Open() (vtab.Cursor, error) { return &bulkCursor{}, nil }
func (bulkTable) Disconnect() error          { return nil }
func (bulkTable) Destroy() error             { return nil }

type bulkCursor struct {
	rows   Rows
	handle int64
	at, n  int
}

func (c *bulkCursor) Filter(idx int, _ string, vals []vtab.Value) error {
	if idx != 1 || len(vals) == 0 {
		return errBulk
	}
	h, _ := vals[0].(int64)
	v, ok := handles.live.Load(h)
	if !ok {
		return fmt.Errorf("%w: handle %d is not live", errBulk, h)
	}
	c.rows, _ = v.(Rows)
	c.handle, c.at, c.n = h, 0, c.rows.Len()
	return nil
}

func (c *bulkCursor) Next() error           { c.at++; return nil }
func (c *bulkCursor) Eof() bool             { return c.at >= c.n } //nolint:revive // vtab.Cursor names it
func (c *bulkCursor) Rowid() (int64, error) { return int64(c.at), nil }
func (c *bulkCursor) Close() error          { c.rows = nil; return nil }

func (c *bulkCursor) Column(col int) (vtab.Value, error) {
	if col == BulkColumns {
		return c.handle, nil
	}
	return c.rows.Value(c.at, col), nil
}
