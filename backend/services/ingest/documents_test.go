package ingest_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/services/ingest"
)

// answers makes documents as an API gives them.
func answers(all ...[]byte) []ingest.Document {
	var out []ingest.Document
	for i, b := range all {
		out = append(out, ingest.Document{API: true, File: source.File{
			Name: string(rune('a'+i)) + ".txt", Size: int64(len(b)),
			Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil },
		}})
	}
	return out
}

// hinder has the database refuse documents whose name is like one, until it is let.
func (d *desk) hinder(t *testing.T, like string) (let func()) {
	t.Helper()
	run := func(query string) {
		if err := d.db.Write(t.Context(), func(tx *sql.Tx) error { _, err := tx.ExecContext(t.Context(), query); return err }); err != nil {
			t.Error(err)
		}
	}
	run(`CREATE TRIGGER hinder BEFORE INSERT ON ingest_document WHEN NEW.file LIKE '` + like + `' BEGIN SELECT RAISE(ABORT, 'no room'); END`)
	return func() { run(`DROP TRIGGER hinder`) }
}

// TestWhatIsNotTheDocumentsFault ends the import with an error; the same documents are stored when they are given again.
func TestWhatIsNotTheDocumentsFault(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		hinder func(*testing.T, *desk, []ingest.Document) (let func())
		before int64 // rows that are stored of what came before
	}{
		"TheDatabase": {func(t *testing.T, d *desk, _ []ingest.Document) func() { t.Helper(); return d.hinder(t, "b.txt") }, 3},
		"TheVault": {func(t *testing.T, d *desk, _ []ingest.Document) func() {
			t.Helper()
			path := filepath.Join(d.dir, "documents")
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			return func() { _ = os.Remove(path) }
		}, 0},
		"TheFile": {func(_ *testing.T, _ *desk, docs []ingest.Document) func() {
			whole := docs[1].File.Open
			docs[1].File.Open = func() (io.ReadCloser, error) { return nil, errors.New("no such disk") }
			return func() { docs[1].File.Open = whole }
		}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := open(t, t.TempDir())
			docs := answers([]byte("1\n2\n3\n"), []byte("4\n5\n"), []byte("6\n"))
			let := c.hinder(t, d, docs)
			out, err := d.ImportDocuments(t.Context(), docs, quiet)
			if err == nil {
				t.Fatalf("no error, but %+v", out)
			}
			for _, r := range out {
				if r.Refused {
					t.Errorf("refused: %+v", r)
				}
			}
			if _, rows := d.sum(t); rows != c.before {
				t.Errorf("%d rows are stored", rows)
			}
			let()
			if out, err = d.ImportDocuments(t.Context(), docs, quiet); err != nil || len(out) != 3 {
				t.Fatalf("given again: %+v, %v", out, err)
			}
			if total, rows := d.sum(t); total != 21 || rows != 6 || d.states(t) != "stored,stored,stored" {
				t.Errorf("%d rows, total %d, %s", rows, total, d.states(t))
			}
		})
	}
}

// TestOnlyWhatIsWrongIsRefused: a document that says no, and one that no inspection gets through; the others are stored.
func TestOnlyWhatIsWrongIsRefused(t *testing.T) {
	t.Parallel()
	d := open(t, t.TempDir())
	out, err := d.ImportDocuments(t.Context(), answers([]byte("1\n"), []byte("refuse\n"), bytes.Repeat([]byte("9"), 100_000), []byte("2\n")), quiet)
	if err != nil || len(out) != 4 {
		t.Fatalf("%+v, %v", out, err)
	}
	for i, refused := range []bool{false, true, true, false} {
		if out[i].Refused != refused || refused && len(out[i].Problems) == 0 {
			t.Errorf("%+v", out[i])
		}
	}
	if total, rows := d.sum(t); total != 3 || rows != 2 {
		t.Errorf("%d rows, total %d", rows, total)
	}
}

// TestStoppedWhileInspecting is an import that was stopped, whatever the inspection made of that.
func TestStoppedWhileInspecting(t *testing.T) {
	t.Parallel()
	for range 50 { // what was found and the end of the context come at once
		d := open(t, t.TempDir())
		ctx, stop := context.WithCancel(t.Context())
		d.src.inspecting = stop
		out, err := d.ImportDocuments(ctx, answers([]byte("1\n"), []byte("refuse\n")), quiet)
		var e *core.Error
		if !errors.As(err, &e) || e.Code != core.CodeCancelled || len(out) != 0 {
			t.Fatalf("%+v, %v", out, err)
		}
		d.src.inspecting = nil
		if out, err = d.ImportDocuments(t.Context(), answers([]byte("1\n")), quiet); err != nil || out[0].Stored != 1 {
			t.Fatalf("given again: %+v, %v", out, err)
		}
		if err := d.db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFilesThatCouldNotBeStored are named with why, and the files after them are stored.
func TestFilesThatCouldNotBeStored(t *testing.T) {
	t.Parallel()
	d := open(t, t.TempDir())
	let := d.hinder(t, "b.txt")
	dir := t.TempDir()
	var choices []ingest.Choice
	for name, text := range map[string]string{"a.txt": "1\n", "b.txt": "2\n", "c.txt": "3\n"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		choices = append(choices, ingest.Choice{Path: path})
	}
	out, err := d.Import(t.Context(), choices, false, quiet)
	if err != nil || len(out) != 3 {
		t.Fatalf("%+v, %v", out, err)
	}
	for _, r := range out {
		if bad := r.File == "b.txt"; r.Refused != bad || bad && !strings.Contains(r.Problems[0].Message, "no room") {
			t.Errorf("%+v", r)
		}
	}
	let()
	if _, err := d.Import(t.Context(), choices, false, quiet); err != nil {
		t.Fatal(err)
	}
	if total, rows := d.sum(t); total != 6 || rows != 3 {
		t.Errorf("%d rows, total %d", rows, total)
	}
}

// TestWhatIsDoubtedIsLeftOut where it has no rows: nothing of it is there, and it is new once it is believed.
func TestWhatIsDoubtedIsLeftOut(t *testing.T) {
	t.Parallel()
	d := open(t, t.TempDir())
	docs := answers(nil, []byte("1\n2\n"), []byte("refuse\n"))
	for i := range docs {
		docs[i].Doubted = true
	}
	out, err := d.ImportDocuments(t.Context(), docs, quiet)
	if err != nil || len(out) != 3 || out[0].Refused || out[0].Rows != 0 || out[1].Stored != 2 || !out[2].Refused {
		t.Fatalf("%+v, %v", out, err)
	}
	if s, n := d.states(t), d.originals(t); s != "stored" || n != 1 {
		t.Errorf("documents %q, %d originals", s, n)
	}
	d.mods.applied = 0
	if n, err := d.Rebuild(t.Context(), quiet); n != 1 || err != nil || d.mods.applied != 1 {
		t.Errorf("made anew of %d documents in %d batches, %v", n, d.mods.applied, err)
	}
	d.mods.applied = 0
	if out, err = d.ImportDocuments(t.Context(), answers(nil), quiet); err != nil || out[0].Refused {
		t.Fatalf("%+v, %v", out, err)
	}
	if s, n := d.states(t), d.originals(t); s != "stored,stored" || n != 2 || d.mods.applied != 1 {
		t.Errorf("documents %q, %d originals, %d batches", s, n, d.mods.applied)
	}
}
