package simulator_test

import (
	"io"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/simulator"
)

func asOf() core.Day { return core.Date(2026, time.November, 25) }

func demo() *simulator.Seller { return simulator.New(simulator.Options{Seed: 7, AsOf: asOf()}) }

// read gives the bytes of a file.
func read(t testing.TB, f source.File) []byte {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func BenchmarkDocuments(b *testing.B) {
	for b.Loop() {
		var n int64
		for f := range demo().Documents() {
			n += f.Size
		}
		b.SetBytes(n)
	}
}
