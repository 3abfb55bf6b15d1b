package ingest_test

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
	"purser/backend/services/ingest"
)

const stream = source.Stream("numbers")

// numbers is a source of files that hold a number a line; what follows a space is a buyer's name.
type numbers struct {
	inspected, redacted atomic.Int32
	mistaken            bool   // Glance takes the file for another kind
	orders              bool   // a number stands for an order of that day
	inspecting          func() // told when an inspection begins; nil: nobody is
}

func (*numbers) Kinds() []source.Kind {
	return []source.Kind{{Name: "numbers", Title: "Numbers", Streams: []source.Stream{stream}}}
}

func (*numbers) Expand(_ context.Context, f source.File) ([]source.File, error) {
	return []source.File{f}, nil
}

func (n *numbers) Glance(context.Context, source.File, source.Options) (source.Inspection, error) {
	if n.mistaken {
		return source.Inspection{Kind: "letters", Encoding: "utf-8"}, nil
	}
	return source.Inspection{Kind: "numbers", Encoding: "utf-8"}, nil
}

func (n *numbers) Inspect(ctx context.Context, f source.File, _ source.Options) (source.Inspection, error) {
	n.inspected.Add(1)
	if n.inspecting != nil {
		n.inspecting()
	}
	in := source.Inspection{Kind: "numbers", Encoding: "utf-8", Marketplace: "US", ObservedAt: time.Unix(1000, 0)}
	err := lines(ctx, f, func(l string) error {
		in.Rows++
		if l == "refuse" {
			in.Problems = append(in.Problems, source.Problem{Code: source.ProblemTooManyBad, Fatal: true, Message: "No."})
		}
		return nil
	})
	return in, err
}

func (n *numbers) Read(ctx context.Context, f source.File, _ source.Inspection, emit func(source.Batch) error, _ func(int)) (source.Summary, error) {
	rows := make([]int64, 0, 10)
	send := func(last bool) error {
		b := source.Batch{Stream: stream, Rows: rows, Len: len(rows), Last: last}
		if n.orders {
			lines := make([]source.OrderLine, len(rows))
			for i, v := range rows {
				lines[i].Day = core.Day(v)
			}
			b.Rows = lines
		}
		err := emit(b)
		rows = rows[:0]
		return err
	}
	err := lines(ctx, f, func(l string) error {
		if len(rows) == cap(rows) {
			if err := send(false); err != nil {
				return err
			}
		}
		word, _, _ := strings.Cut(l, " ")
		v, err := strconv.ParseInt(word, 10, 64)
		rows = append(rows, v)
		return err
	})
	return source.Summary{}, errors.Join(err, send(true))
}

func (n *numbers) Redact(ctx context.Context, f source.File, in source.Inspection, w io.Writer) error {
	n.redacted.Add(1)
	return lines(ctx, f, func(l string) error {
		word, _, _ := strings.Cut(l, " ")
		if in.Kind != "numbers" {
			word = l
		}
		_, err := io.WriteString(w, word+"\n")
		return err
	})
}

func lines(ctx context.Context, f source.File, use func(string) error) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	sc := bufio.NewScanner(r)
	for sc.Scan() {
		if err := errors.Join(ctx.Err(), use(sc.Text())); err != nil {
			return err
		}
	}
	return sc.Err()
}

// keeper is the modules: one that keeps the numbers, and a roll-up of them once settled.
type keeper struct {
	applied int
	before  func(batch int) // told before each batch is stored
	fails   bool
	given   []int64 // numbers it was given
}

func (*keeper) Consumers(source.Stream) []string { return []string{"keeper"} }

func (k *keeper) Apply(ctx context.Context, tx *sql.Tx, _ string, b source.Batch, settle bool) (module.Applied, error) {
	var a module.Applied
	k.applied++
	if k.before != nil {
		k.before(k.applied)
	}
	if err := ctx.Err(); err != nil {
		return a, err
	}
	if k.fails {
		return a, errors.New("planted")
	}
	rows, _ := b.Rows.([]int64)
	lines, _ := b.Rows.([]source.OrderLine)
	for _, l := range lines {
		rows = append(rows, int64(l.Day))
	}
	k.given = append(k.given, rows...)
	for _, v := range rows {
		r, err := tx.ExecContext(ctx, `INSERT INTO number(n, document_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING`, v, b.DocumentID)
		if err != nil {
			return a, err
		}
		n, err := r.RowsAffected()
		if err != nil {
			return a, err
		}
		a.Stored += int(n)
		a.Unchanged += 1 - int(n)
	}
	if settle {
		if _, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO total SELECT 1, sum(n) FROM number`); err != nil {
			return a, err
		}
	}
	return a, nil
}

func (*keeper) Forget(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM number`)
	return err
}

// Purge removes the numbers of an API's documents below p.Facts; they stand for days.
func (k *keeper) Purge(ctx context.Context, tx *sql.Tx, _ string, p module.Purge) (module.Purged, error) {
	if k.fails {
		return module.Purged{}, errors.New("planted")
	}
	q := sqlite.Queries{"Purge": `DELETE FROM number WHERE n < ?1 AND document_id IN (SELECT value FROM json_each(?2)) RETURNING n`}
	d, err := q.DeleteDays(ctx, tx, []string{"Purge"}, int64(p.Facts), module.Documents(p.Documents))
	return module.Purged{Facts: d.Rows, Days: core.Period{From: core.Day(d.First), To: core.Day(d.Last)}}, err
}

// Settle adds up what is left.
func (*keeper) Settle(ctx context.Context, tx *sql.Tx, _ string) error {
	_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO total SELECT 1, sum(n) FROM number`)
	return err
}

// desk is an ingest service on a data folder; open opens it again, as after a restart.
type desk struct {
	dir  string
	db   *sqlite.DB
	src  *numbers
	mods *keeper
	*ingest.Service
}

func open(t *testing.T, dir string) *desk {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, "market.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	schema := fstest.MapFS{"00001_keeper.sql": {Data: []byte(
		"-- +goose Up\nCREATE TABLE number(n INTEGER PRIMARY KEY, document_id INTEGER);\nCREATE TABLE total(id INTEGER PRIMARY KEY, n INTEGER);\n")}}
	if err := db.Migrate(t.Context(), "keeper", schema); err != nil {
		t.Fatal(err)
	}
	d := &desk{dir: dir, db: db, src: &numbers{}, mods: &keeper{}}
	d.Service, err = ingest.New(t.Context(), ingest.Deps{
		Market: db, Source: d.src, Modules: d.mods, Clock: clock.Fixed(time.Unix(2000, 0)), Log: slog.New(slog.DiscardHandler),
		Dir: filepath.Join(dir, "documents"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func quiet(string, int, int) {}

func (d *desk) take(ctx context.Context, t *testing.T, path string, again bool) (ingest.FileResult, error) {
	t.Helper()
	out, err := d.Import(ctx, []ingest.Choice{{Path: path}}, again, quiet)
	if len(out) == 0 {
		return ingest.FileResult{}, err
	}
	return out[0], err
}

// sum gives what the roll-up says, and how many numbers there are.
func (d *desk) sum(t *testing.T) (total, rows int64) {
	t.Helper()
	err := d.db.Reader().QueryRowContext(t.Context(), `SELECT coalesce((SELECT n FROM total), 0), (SELECT count(*) FROM number)`).Scan(&total, &rows)
	if err != nil {
		t.Fatal(err)
	}
	return total, rows
}

// states lists the states of the documents.
func (d *desk) states(t *testing.T) string {
	t.Helper()
	rows, _, err := d.ListDocuments(t.Context(), 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	var s []string
	for _, r := range rows {
		s = append(s, r.State)
	}
	return strings.Join(s, ",")
}

// numbersFile holds the numbers from 1 to n, each with a buyer's name; pad makes the names longer.
func numbersFile(n, pad int) []byte {
	var b bytes.Buffer
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "%d Springfield%s\n", i, strings.Repeat("x", pad))
	}
	return b.Bytes()
}
