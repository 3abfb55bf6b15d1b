package ingest_test

import (
	"bytes"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/services/ingest"
)

// fetch stores a document as an API gives it.
func (d *desk) fetch(t *testing.T, data []byte) ingest.FileResult {
	t.Helper()
	out, err := d.ImportDocuments(t.Context(), []ingest.Document{{API: true, File: source.File{
		Name: "fetched.txt", Size: int64(len(data)), Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil },
	}}}, quiet)
	if err != nil || len(out) != 1 {
		t.Fatalf("%+v %v", out, err)
	}
	return out[0]
}

func nothing(*sql.Tx) error { return nil }

// originals counts the kept originals.
func (d *desk) originals(t *testing.T) int { t.Helper(); return len(kept(t, d.dir)) }

func (d *desk) held(t *testing.T) []ingest.Held {
	t.Helper()
	out, err := d.Held(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestClearedOriginal(t *testing.T) {
	t.Parallel()
	d := open(t, t.TempDir())
	data := numbersFile(5, 0)
	if r := d.fetch(t, data); r.Stored != 5 {
		t.Fatalf("%+v", r)
	}
	if h := d.held(t); len(h) != 1 || !h[0].API || h[0].Bytes == 0 || h[0].Rows != 5 || h[0].Cleared {
		t.Fatalf("%+v", h)
	}
	noted := false
	if err := d.Clear(t.Context(), []int64{1}, func(*sql.Tx) error { noted = true; return nil }); err != nil || !noted {
		t.Fatalf("noted %v, %v", noted, err)
	}
	if d.originals(t) != 0 {
		t.Error("the original is there")
	}
	if total, rows := d.sum(t); total != 15 || rows != 5 {
		t.Errorf("figures changed: %d in %d rows", total, rows)
	}
	var e *core.Error
	_, err := d.Original(t.Context(), 1, 2)
	if !errors.As(err, &e) || e.Code != core.CodeNotFound || !strings.Contains(e.Message, "cleared on 1 January 1970 by the retention rule") || e.Hint == "" {
		t.Errorf("the trace says: %v", err)
	}
	rows, _, err := d.ListDocuments(t.Context(), 0, 10)
	if err != nil || rows[0].Origin != "api" || rows[0].ClearedAt == "" {
		t.Errorf("%+v, %v", rows, err)
	}
	if _, err := d.Rebuild(t.Context(), quiet); !errors.As(err, &e) || e.Code != core.CodeConflict {
		t.Errorf("a rebuild that would lose figures: %v", err)
	}
	if n, err := d.Resume(t.Context(), quiet); n != 0 || err != nil {
		t.Errorf("resumed %d, %v", n, err)
	}

	// An API that gives the same once more brings nothing back.
	if r := d.fetch(t, data); r.Duplicates != 5 || r.Stored != 0 || r.Refused || d.originals(t) != 0 {
		t.Errorf("given again: %+v, %d originals", r, d.originals(t))
	}
	// The seller does: such a file is theirs, and stays.
	if r, err := d.take(t.Context(), t, write(t, data), false); err != nil || r.Duplicates != 5 || r.Refused || d.originals(t) != 1 {
		t.Errorf("imported: %+v, %v", r, err)
	}
	if h := d.held(t); len(h) != 1 || h[0].API || h[0].Cleared {
		t.Errorf("%+v", h)
	}
	if err := d.Clear(t.Context(), []int64{1}, nothing); err != nil || d.originals(t) != 1 {
		t.Errorf("the seller's original was cleared: %v", err)
	}
	if _, err := d.Original(t.Context(), 1, 2); err != nil {
		t.Errorf("its rows can't be seen: %v", err)
	}
	if _, err := d.Rebuild(t.Context(), quiet); err != nil {
		t.Errorf("rebuild: %v", err)
	}
}

// TestWhatTheSellerGivesToo is theirs from then on, whoever gave it first.
func TestWhatTheSellerGivesToo(t *testing.T) {
	t.Parallel()
	data := numbersFile(3, 0)
	for _, apiFirst := range []bool{true, false} {
		d := open(t, t.TempDir())
		if apiFirst {
			d.fetch(t, data)
		}
		if _, err := d.take(t.Context(), t, write(t, data), false); err != nil {
			t.Fatal(err)
		}
		if !apiFirst {
			d.fetch(t, data)
		}
		if h := d.held(t); len(h) != 1 || h[0].API {
			t.Errorf("an API first %v: %+v", apiFirst, h)
		}
	}
}

// TestCutClear cuts clearing after what it stores and before the file is gone.
func TestCutClear(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := open(t, dir)
	d.fetch(t, numbersFile(4, 0))
	path := d.path(t)
	hindered := path + ".elsewhere"
	if err := errors.Join(os.Rename(path, hindered), os.MkdirAll(filepath.Join(path, "in the way"), 0o700)); err != nil {
		t.Fatal(err)
	}
	if err := d.Clear(t.Context(), []int64{1}, nothing); err == nil {
		t.Fatal("a file that cannot be deleted was not noticed")
	}
	if err := errors.Join(os.RemoveAll(path), os.Rename(hindered, path)); err != nil {
		t.Fatal(err)
	}
	var e *core.Error
	if _, err := d.Original(t.Context(), 1, 1); !errors.As(err, &e) || !strings.Contains(e.Message, "was cleared") {
		t.Errorf("it counts as there: %v", err)
	}
	again := open(t, dir)
	if err := again.SweepCleared(t.Context()); err != nil || again.originals(t) != 0 {
		t.Errorf("the next start left it: %v", err)
	}
}

// path of the only kept original.
func (d *desk) path(t *testing.T) string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(d.dir, "documents", "*", "*.zst"))
	if err != nil || len(all) != 1 {
		t.Fatalf("%v, %v", all, err)
	}
	return all[0]
}

// TestPurgeReadsFilesAgain has what a file of the seller's says of a day stay, though an API had said it first.
func TestPurgeReadsFilesAgain(t *testing.T) {
	t.Parallel()
	d := open(t, t.TempDir())
	d.fetch(t, []byte("1\n2\n3\n4\n"))
	if _, err := d.take(t.Context(), t, write(t, []byte("2\n3\n9\n")), false); err != nil {
		t.Fatal(err)
	}
	p := module.Purge{Documents: []int64{1}, Facts: 4}
	if err := d.Purge(t.Context(), "keeper", p, func(*sql.Tx, module.Purged) error { return errors.New("killed") }); err == nil {
		t.Fatal("a purge that was cut ended well")
	}
	if total, rows := d.sum(t); total != 19 || rows != 5 {
		t.Fatalf("a cut purge left %d in %d rows", total, rows)
	}
	var gone module.Purged
	if err := d.Purge(t.Context(), "keeper", p, func(_ *sql.Tx, g module.Purged) error { gone = g; return nil }); err != nil {
		t.Fatal(err)
	}
	if gone.Facts != 3 || gone.Days != (core.Period{From: 1, To: 3}) {
		t.Errorf("%+v", gone)
	}
	// 1 is gone, 2 and 3 are the file's now, 4 is not old enough, 9 was the file's.
	if total, rows := d.sum(t); total != 2+3+4+9 || rows != 4 {
		t.Errorf("left %d in %d rows", total, rows)
	}
	gone = module.Purged{}
	if err := d.Purge(t.Context(), "keeper", p, func(_ *sql.Tx, g module.Purged) error { gone = g; return nil }); err != nil || gone.Facts != 0 {
		t.Errorf("once more: %+v, %v", gone, err)
	}
}

// TestPurgeGoesOnWithoutWhatCannotBeRead names such a file, and has it taken in again once it can be read.
func TestPurgeGoesOnWithoutWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	text := "2\n9\n101\n102\n103\n104\n105\n106\n107\n108\n109\n110\n"
	const others = 9 + 101 + 102 + 103 + 104 + 105 + 106 + 107 + 108 + 109 + 110
	for name, spoil := range map[string]func(path string) error{
		"Gone": os.Remove,
		"InTheMiddle": func(path string) error {
			z, err := zstd.NewWriter(nil)
			if err != nil {
				return err
			}
			return os.WriteFile(path, z.EncodeAll([]byte(text+"what is this\n"), nil), 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := open(t, t.TempDir())
			d.fetch(t, []byte("1\n2\n3\n4\n"))
			first, err := d.take(t.Context(), t, write(t, []byte(text)), false)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := d.take(t.Context(), t, write(t, []byte("3\n8\n")), false); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(d.dir, "documents", first.SHA256[:2], first.SHA256+".zst")
			sound, err := os.ReadFile(path)
			if err := errors.Join(err, spoil(path)); err != nil {
				t.Fatal(err)
			}
			var gone module.Purged
			err = d.Purge(t.Context(), "keeper", module.Purge{Documents: []int64{1}, Facts: 4}, func(_ *sql.Tx, g module.Purged) error { gone = g; return nil })
			if err != nil || gone.Facts != 3 || !slices.Equal(gone.Unread, []string{first.File}) {
				t.Fatalf("%+v, %v", gone, err)
			}
			// 3 is the file's that can be read; of the other nothing of these days is known.
			if total, rows := d.sum(t); total != 3+4+8+others || rows != 14 {
				t.Errorf("left %d in %d rows", total, rows)
			}
			if s := d.states(t); s != "stored,waiting,stored" {
				t.Errorf("the documents are %s", s)
			}
			if n, err := d.Resume(t.Context(), quiet); n != 0 || err != nil {
				t.Errorf("went on with %d documents, %v", n, err)
			}
			if err := os.WriteFile(path, sound, 0o600); err != nil {
				t.Fatal(err)
			}
			if n, err := d.Resume(t.Context(), quiet); n != 1 || err != nil || d.states(t) != "stored,stored,stored" {
				t.Errorf("went on with %d documents, %v; they are %s", n, err, d.states(t))
			}
			if total, rows := d.sum(t); total != 2+3+4+8+others || rows != 15 {
				t.Errorf("in the end %d in %d rows", total, rows)
			}
		})
	}
}

// TestAFileThatCannotBeReadIsImportedAgain: what it says is new then.
func TestAFileThatCannotBeReadIsImportedAgain(t *testing.T) {
	t.Parallel()
	d := open(t, t.TempDir())
	d.fetch(t, []byte("1\n2\n"))
	path := write(t, []byte("2\n9\n"))
	r, err := d.take(t.Context(), t, path, false)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(d.dir, "documents", r.SHA256[:2], r.SHA256+".zst")); err != nil {
		t.Fatal(err)
	}
	if err := d.Purge(t.Context(), "keeper", module.Purge{Documents: []int64{1}, Facts: 4}, func(*sql.Tx, module.Purged) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if total, _ := d.sum(t); total != 9 {
		t.Fatalf("left %d", total)
	}
	if r, err = d.take(t.Context(), t, path, false); err != nil || r.Stored != 1 || d.originals(t) != 2 || d.states(t) != "stored,stored" {
		t.Errorf("%+v, %v, %d originals, %s", r, err, d.originals(t), d.states(t))
	}
}

// TestPurgeStoresOnlyTheDaysThatWent of a file of orders.
func TestPurgeStoresOnlyTheDaysThatWent(t *testing.T) {
	t.Parallel()
	d := open(t, t.TempDir())
	d.src.orders = true
	d.fetch(t, []byte("1\n2\n3\n"))
	if _, err := d.take(t.Context(), t, write(t, numbersFile(35, 0)), false); err != nil {
		t.Fatal(err)
	}
	d.mods.given, d.mods.applied = nil, 0
	var gone module.Purged
	err := d.Purge(t.Context(), "keeper", module.Purge{Documents: []int64{1}, Facts: 3}, func(_ *sql.Tx, g module.Purged) error { gone = g; return nil })
	if err != nil || gone.Facts != 2 {
		t.Fatalf("%+v, %v", gone, err)
	}
	if !slices.Equal(d.mods.given, []int64{1, 2}) || d.mods.applied != 2 { // and the end of the document
		t.Errorf("was given %v in %d batches", d.mods.given, d.mods.applied)
	}
	if total, rows := d.sum(t); total != 35*36/2 || rows != 35 {
		t.Errorf("left %d in %d rows", total, rows)
	}
}
