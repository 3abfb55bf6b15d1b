package ingest_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"purser/backend/services/ingest"
)

func write(t *testing.T, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "numbers.txt")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// kept reads every file below the vault: kept documents by their hash, drafts as "drafts/…".
func kept(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	root := filepath.Join(dir, "documents")
	files, err := filepath.Glob(filepath.Join(root, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		packed, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		z, err := zstd.NewReader(bytes.NewReader(packed))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(z)
		z.Close()
		if err != nil {
			t.Fatal(err)
		}
		name, _ := filepath.Rel(root, f)
		out[name] = string(text)
	}
	return out
}

func plain(n int) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "%d\n", i)
	}
	return b.String()
}

func TestImportKeepsTheDocumentAndItsRows(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		rows, pad int
		mistaken  bool
		redacted  int32
	}{
		"Small":             {rows: 35, redacted: 1},
		"PackedEarly":       {rows: 35, pad: 40_000, redacted: 1},
		"EarlyButMistaken":  {rows: 35, pad: 40_000, mistaken: true, redacted: 2},
		"LastBatchIsWhole":  {rows: 40, redacted: 1},
		"OneBatch":          {rows: 3, redacted: 1},
		"NothingInIt":       {rows: 0, redacted: 1},
		"ManyBatchesAtOnce": {rows: 500, redacted: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := open(t, t.TempDir())
			d.src.mistaken = c.mistaken
			r, err := d.take(t.Context(), t, write(t, numbersFile(c.rows, c.pad)), false)
			if err != nil || r.Refused || r.Stored != c.rows {
				t.Fatalf("%+v, %v", r, err)
			}
			files := kept(t, d.dir)
			if got := files[filepath.Join(r.SHA256[:2], r.SHA256+".zst")]; got != plain(c.rows) || len(files) != 1 {
				t.Errorf("%d files; the document begins with %.40q", len(files), got)
			}
			if n := d.src.redacted.Load(); n != c.redacted {
				t.Errorf("redacted %d times, want %d", n, c.redacted)
			}
			if total, rows := d.sum(t); total != int64(c.rows*(c.rows+1)/2) || rows != int64(c.rows) {
				t.Errorf("%d rows, total %d", rows, total)
			}
			if s := d.states(t); s != "stored" {
				t.Errorf("the document is %s", s)
			}
		})
	}
}

func TestRefusedFileLeavesNothing(t *testing.T) {
	t.Parallel()
	d := open(t, t.TempDir())
	r, err := d.take(t.Context(), t, write(t, append(numbersFile(30, 40_000), "refuse\n"...)), false)
	if err != nil || !r.Refused {
		t.Fatalf("%+v, %v", r, err)
	}
	if files := kept(t, d.dir); len(files) != 0 || d.states(t) != "" {
		t.Errorf("left %d files, documents %q", len(files), d.states(t))
	}
}

func TestStoredFileIsKnownByItsHash(t *testing.T) {
	t.Parallel()
	d := open(t, t.TempDir())
	path := write(t, numbersFile(35, 40_000))
	first, err := d.take(t.Context(), t, path, false)
	if err != nil {
		t.Fatal(err)
	}
	applied := d.mods.applied
	r, err := d.take(t.Context(), t, path, false)
	if err != nil || r.Stored != 0 || r.Duplicates != 35 || r.Rows != 35 || r.Kind != first.Kind || r.Marketplace != first.Marketplace || r.ObservedAt != first.ObservedAt {
		t.Errorf("the second import says %+v, %v", r, err)
	}
	if d.mods.applied != applied {
		t.Error("rows were stored again")
	}
	if r, err = d.take(t.Context(), t, path, true); err != nil || r.Stored != 0 || r.Duplicates != 35 {
		t.Errorf("row by row: %+v, %v", r, err)
	}
	if d.mods.applied == applied {
		t.Error("asked to store row by row, nothing was stored")
	}
	if files := kept(t, d.dir); len(files) != 1 {
		t.Errorf("%d files are kept", len(files))
	}
}

// TestCutImport stops an import before each of its batches; after a restart the tables are whole.
func TestCutImport(t *testing.T) {
	t.Parallel()
	for at := 1; at <= 4; at++ {
		t.Run(fmt.Sprint("Batch", at), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			d := open(t, dir)
			ctx, cut := context.WithCancel(t.Context())
			defer cut()
			d.mods.before = func(batch int) {
				if batch == at {
					cut()
				}
			}
			path := write(t, numbersFile(35, 0))
			if _, err := d.take(ctx, t, path, false); err == nil {
				t.Fatal("was not cut")
			}
			if total, rows := d.sum(t); total != 0 || rows != int64(10*(at-1)) {
				t.Errorf("after the cut: %d rows, total %d", rows, total)
			}
			if err := os.Remove(path); err != nil { // the kept document is enough
				t.Fatal(err)
			}
			again := open(t, dir)
			if n, err := again.Resume(t.Context(), quiet); n != 1 || err != nil {
				t.Fatalf("went on with %d documents, %v", n, err)
			}
			if total, rows := again.sum(t); total != 35*36/2 || rows != 35 {
				t.Errorf("after going on: %d rows, total %d", rows, total)
			}
			if s := again.states(t); s != "stored" {
				t.Errorf("the document is %s", s)
			}
			if n, err := again.Resume(t.Context(), quiet); n != 0 || err != nil {
				t.Errorf("went on twice: %d, %v", n, err)
			}
		})
	}
}

// TestCutBeforeRows stands for runs that were killed before the first row: with a draft, and with a
// document that was kept but not noted.
func TestCutBeforeRows(t *testing.T) {
	t.Parallel()
	for name, plant := range map[string]func(sha string) string{
		"Draft": func(string) string { return filepath.Join("drafts", "part-1") },
		"Kept":  func(sha string) string { return filepath.Join(sha[:2], sha+".zst") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := write(t, numbersFile(35, 40_000))
			whole := open(t, t.TempDir())
			r, err := whole.take(t.Context(), t, path, false)
			if err != nil {
				t.Fatal(err)
			}
			packed, err := os.ReadFile(filepath.Join(whole.dir, "documents", r.SHA256[:2], r.SHA256+".zst"))
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			left := filepath.Join(dir, "documents", plant(r.SHA256))
			if err := os.MkdirAll(filepath.Dir(left), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(left, packed, 0o600); err != nil {
				t.Fatal(err)
			}
			d := open(t, dir)
			if n, err := d.Resume(t.Context(), quiet); n != 0 || err != nil {
				t.Fatalf("went on with %d documents, %v", n, err)
			}
			if r, err = d.take(t.Context(), t, path, false); err != nil || r.Stored != 35 {
				t.Fatalf("%+v, %v", r, err)
			}
			if files := kept(t, dir); len(files) != 1 || files[filepath.Join(r.SHA256[:2], r.SHA256+".zst")] != plain(35) {
				t.Errorf("%d files are kept", len(files))
			}
		})
	}
}

func TestFailedModuleWaits(t *testing.T) {
	t.Parallel()
	d := open(t, t.TempDir())
	d.mods.fails = true
	path := write(t, numbersFile(35, 0))
	if r, err := d.take(t.Context(), t, path, false); err != nil || r.Stored != 0 || len(r.Problems) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if s := d.states(t); s != "waiting" {
		t.Errorf("the document is %s", s)
	}
	d.mods.fails = false
	if n, err := d.Resume(t.Context(), quiet); n != 1 || err != nil {
		t.Fatalf("went on with %d documents, %v", n, err)
	}
	if total, rows := d.sum(t); total != 35*36/2 || rows != 35 || d.states(t) != "stored" {
		t.Errorf("%d rows, total %d, %s", rows, total, d.states(t))
	}
}

func TestPreviewStoresNothing(t *testing.T) {
	t.Parallel()
	d := open(t, t.TempDir())
	path := write(t, numbersFile(35, 40_000))
	out, err := d.Preview(t.Context(), []ingest.Choice{{Path: path}}, quiet)
	if err != nil || out[0].Stored != 35 {
		t.Fatalf("%+v, %v", out, err)
	}
	if _, rows := d.sum(t); rows != 0 || d.states(t) != "" || len(kept(t, d.dir)) != 0 {
		t.Errorf("%d rows, documents %q, %d files", rows, d.states(t), len(kept(t, d.dir)))
	}
}
