package ingest_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/services/ingest"
)

// Original implements source.Tracer: a line is a number.
func (*numbers) Original(ctx context.Context, f source.File, in source.Inspection, line int) (source.Original, error) {
	o := source.Original{Header: []string{"number"}, Lines: in.Rows}
	n := 0
	err := lines(ctx, f, func(l string) error {
		n++
		switch n {
		case line:
			o.Line, o.Cells, o.Raw = n, []string{l}, l
		case line - 1:
			o.Before = append(o.Before, source.OriginalRow{Line: n, Cells: []string{l}})
		}
		return nil
	})
	if err == nil && o.Line == 0 {
		err = core.NotFound("numbers", "no such line")
	}
	return o, err
}

func TestOriginal(t *testing.T) {
	t.Parallel()
	d := open(t, t.TempDir())
	api := &ingest.API{}
	if _, err := api.Original(ingest.OriginalInput{Document: 1, Line: 2}); err == nil {
		t.Error("answered before it was attached")
	}
	if r, err := d.take(t.Context(), t, write(t, numbersFile(5, 0)), false); err != nil || r.Stored != 5 {
		t.Fatalf("%+v %v", r, err)
	}
	ingest.Attach(t.Context(), api, d.Service, nil, nil)
	got, err := api.Original(ingest.OriginalInput{Document: 1, Line: 2})
	want := ingest.OriginalOutput{
		Document: 1, File: "numbers.txt", Kind: "numbers", KindTitle: "Numbers", ImportedAt: "1970-01-01T00:33:20Z", AsOf: "1970-01-01T00:16:40Z",
		Line: 2, Lines: 5, Header: []string{"number"}, Cells: []string{"2"}, Raw: "2",
		Before: []ingest.OriginalRow{{Line: 1, Cells: []string{"1"}}}, After: []ingest.OriginalRow{},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	names, err := d.Documents(t.Context(), []int64{1, 7})
	if err != nil || len(names) != 1 || names[1].File != "numbers.txt" || names[1].KindTitle != "Numbers" || names[1].Observed.Unix() != 1000 {
		t.Errorf("%+v %v", names, err)
	}
}

func TestNoOriginal(t *testing.T) {
	t.Parallel()
	d := open(t, t.TempDir())
	if _, err := d.take(t.Context(), t, write(t, numbersFile(5, 0)), false); err != nil {
		t.Fatal(err)
	}
	expect := func(document int64, line int, say string) {
		t.Helper()
		_, err := d.Original(t.Context(), document, line)
		var e *core.Error
		if !errors.As(err, &e) || e.Code != core.CodeNotFound || !strings.Contains(e.Error(), say) {
			t.Errorf("%v, want %s", err, say)
		}
	}
	expect(9, 1, "no document 9")
	expect(1, 9, "no such line")
	packed, err := filepath.Glob(filepath.Join(d.dir, "documents", "*", "*.zst"))
	if err != nil || len(packed) != 1 || os.Remove(packed[0]) != nil {
		t.Fatal(packed, err)
	}
	expect(1, 1, "Import it again")
}
