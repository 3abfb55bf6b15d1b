package spapi_test

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"purser/backend/sources/internal/swaggertest"
	"purser/backend/sources/spapi"
)

// Fault 26: answers drift. Whatever becomes of a value, an answer is read or refused; what is read of the others is not lost
// without a word.
func TestMutatedAnswers(t *testing.T) {
	t.Parallel()
	m := swaggertest.Load(t, filepath.Join(os.Getenv("PURSER_SHARED"), "spapi-models"))
	all, err := m.Examples(used()...)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 26))
	read, refused := 0, 0
	runs := 800
	if os.Getenv("PURSER_GATE") != "" {
		runs = 10_000
	}
	for range runs {
		e := all[r.IntN(len(all))]
		if e.Status >= 300 || len(e.Response) == 0 {
			continue
		}
		var v any
		if err := json.Unmarshal(e.Response, &v); err != nil {
			t.Fatal(err)
		}
		v = mutate(r, v)
		raw, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		kept, err := spapi.Reread(e.Operation, raw)
		if err != nil {
			refused++
			continue
		}
		read++
		var is any
		if err := json.Unmarshal(kept, &is); err != nil {
			t.Fatal(err)
		}
		if _, lost := compare(v, is, ""); len(lost) > 0 {
			t.Fatalf("%s: %v of %s", e.Operation, lost, raw)
		}
	}
	if read < runs/10 || refused < runs/100 {
		t.Errorf("%d read, %d refused: nothing was put to the test", read, refused)
	}
}

// mutate changes one value of a document, or leaves one out, or adds one.
func mutate(r *rand.Rand, v any) any {
	switch x := v.(type) {
	case map[string]any:
		if len(x) > 0 && r.IntN(8) > 0 {
			n, i := r.IntN(len(x)), 0
			for k := range x {
				if i == n {
					if r.IntN(6) == 0 {
						delete(x, k)
					} else {
						x[k] = mutate(r, x[k])
					}
					break
				}
				i++
			}
			return x
		}
		x["surprise"] = []any{1, "x", map[string]any{"y": nil}}
		return x
	case []any:
		if len(x) > 0 && r.IntN(6) > 0 {
			i := r.IntN(len(x))
			x[i] = mutate(r, x[i])
			return x
		}
	}
	return []any{nil, "", "WORD_NOBODY_KNOWS", 0, -1, 1e300, 12345678901234567, true, "9" + "99999999999999999999", []any{}, map[string]any{}, []any{nil}}[r.IntN(12)]
}
