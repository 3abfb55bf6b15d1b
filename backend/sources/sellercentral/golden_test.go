package sellercentral_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core/source"
	"purser/backend/sources/sellercentral"
)

// -update writes what is read now as the expected result.
func updating() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}

func TestMain(m *testing.M) {
	flag.Bool("update", false, "write the golden files")
	flag.Parse()
	os.Exit(m.Run())
}

// sample is a file of testdata/samples, downloaded at a fixed time.
func sample(tb testing.TB, name string) source.File {
	tb.Helper()
	path := filepath.Join("testdata", "samples", name)
	info, err := os.Stat(path)
	if err != nil {
		tb.Fatal(err)
	}
	return source.File{
		Name: name, Size: info.Size(), ModTime: time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC),
		Open: func() (io.ReadCloser, error) { return os.Open(path) },
	}
}

// reading is all that one file gives, in a form that is easy to compare and to read.
type reading struct {
	Inspection source.Inspection
	Batches    []string // stream, rows, flags
	Records    []string
	Summary    source.Summary
}

func readAll(tb testing.TB, f source.File, o source.Options) reading {
	tb.Helper()
	s := sellercentral.New()
	in, err := s.Inspect(context.Background(), f, o)
	if err != nil {
		tb.Fatal(err)
	}
	r := reading{Inspection: in}
	for _, p := range in.Problems {
		if p.Fatal {
			return r
		}
	}
	r.Summary, err = s.Read(context.Background(), f, in, func(b source.Batch) error {
		r.Batches = append(r.Batches, fmt.Sprintf("%s %d of %s at %s for %s to %s in %q snapshot=%t last=%t",
			b.Stream, b.Len, b.Kind, b.ObservedAt.Format(time.RFC3339), b.Period.From, b.Period.To, b.Marketplace, b.Snapshot, b.Last))
		rows := reflect.ValueOf(b.Rows)
		if rows.Len() != b.Len {
			tb.Errorf("batch says %d rows and has %d", b.Len, rows.Len())
		}
		for i := range rows.Len() {
			r.Records = append(r.Records, recordText(rows.Index(i)))
		}
		return nil
	}, nil)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// recordText writes a record with its zero fields left out, days and instants readable.
func recordText(v reflect.Value) string {
	var parts []string
	for i := range v.NumField() {
		f, name := v.Field(i), v.Type().Field(i).Name
		if f.IsZero() {
			continue
		}
		text := fmt.Sprintf("%v", f.Interface())
		switch {
		case name == "PurchasedAt" || name == "UpdatedAt" || name == "At" || name == "PostedAt" || name == "OpenedAt" || name == "Deposit" ||
			(f.Kind() == reflect.Int64 && (name == "Start" || name == "End")):
			text = time.Unix(f.Int(), 0).UTC().Format(time.RFC3339)
		case f.Kind() == reflect.String:
			text = fmt.Sprintf("%q", f.String())
		}
		parts = append(parts, name+"="+text)
	}
	return strings.Join(parts, " ")
}

// options of samples that do not say all by themselves.
func sampleOptions(name string) source.Options {
	switch {
	case strings.HasSuffix(name, "_jp.sjis.txt") && strings.HasPrefix(name, "seller_feedback"):
		return source.Options{Marketplace: "JP"}
	case strings.HasSuffix(name, "_jp.json"):
		return source.Options{}
	case strings.HasPrefix(name, "fba_inventory"), strings.HasPrefix(name, "merchant_listings"), strings.HasPrefix(name, "suppressed"),
		strings.HasPrefix(name, "stranded"), strings.HasPrefix(name, "seller_feedback_us"), strings.HasPrefix(name, "fba_returns"):
		return source.Options{Marketplace: "US"}
	case strings.HasPrefix(name, "seller_feedback"):
		return source.Options{Marketplace: "DE"}
	case strings.HasPrefix(name, "business_report_by_item_eur"):
		return source.Options{Marketplace: "IT", Period: periodOf("2026-10-01", "2026-10-31")}
	case strings.HasPrefix(name, "business_report_by_item"):
		return source.Options{Period: periodOf("2026-10-01", "2026-10-31")}
	}
	return source.Options{}
}

func TestGolden(t *testing.T) {
	t.Parallel()
	names, err := os.ReadDir(filepath.Join("testdata", "samples"))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range names {
		name := entry.Name()
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := readAll(t, sample(t, name), sampleOptions(name))
			var b bytes.Buffer
			enc := json.NewEncoder(&b)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			if err := enc.Encode(got); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", "golden", name+".json")
			if updating() {
				if err := os.WriteFile(golden, b.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), b.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
