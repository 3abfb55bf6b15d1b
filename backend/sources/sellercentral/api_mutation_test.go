package sellercentral_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"purser/backend/core/source"
	"purser/backend/sources/sellercentral"
)

// answers are the samples of answers of APIs.
func answers(tb testing.TB) map[string][]byte {
	tb.Helper()
	entries, err := os.ReadDir("testdata/samples")
	if err != nil {
		tb.Fatal(err)
	}
	out := map[string][]byte{}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "api_") {
			out[e.Name()] = sampleBytes(tb, e.Name())
		}
	}
	return out
}

// mutate changes one value of a document: leaves it out, makes it another type, or writes nonsense into it.
func mutate(r *rand.Rand, v any) any {
	switch x := v.(type) {
	case map[string]any:
		keys := make([]string, 0, len(x))
		for k := range x {
			keys = append(keys, k)
		}
		if len(keys) == 0 || r.IntN(12) == 0 {
			return odd(r)
		}
		slices.Sort(keys)
		k := keys[r.IntN(len(keys))]
		switch r.IntN(8) {
		case 0:
			delete(x, k)
		case 1:
			x[k+"X"] = x[k]
		default:
			x[k] = mutate(r, x[k])
		}
		return x
	case []any:
		if len(x) == 0 || r.IntN(12) == 0 {
			return odd(r)
		}
		i := r.IntN(len(x))
		if r.IntN(8) == 0 {
			return append(x, x[i])
		}
		x[i] = mutate(r, x[i])
		return x
	}
	return odd(r)
}

func odd(r *rand.Rand) any {
	list := []any{
		nil, true, "", " ", "x", "-1", -1, 0, 1.5, json.Number("1e9"), json.Number("99999999999999999999"), json.Number("0.1000000000000000055"), "NaN", "1,234",
		"$5", "2026-13-45", "2026-11-20T00:00:00Z",
		[]any{},
		[]any{nil},
		map[string]any{},
		map[string]any{"amount": "x"},
		"ATVPDKIKX0DER", "\u202e", strings.Repeat("y", 5000), "SHIPPED", "JPY",
	}
	return list[r.IntN(len(list))]
}

// Fault 26: documents of APIs with something wrong in them.
// TestMutations reads ten thousand answers with something wrong in them: nothing panics, what is inspected is read and
// redacted alike, and every record or fault is accounted for.
func TestMutations(t *testing.T) {
	t.Parallel()
	runs := 500
	if os.Getenv("PURSER_GATE") != "" && !raced {
		runs = 10_000
	}
	docs := answers(t)
	names := make([]string, 0, len(docs))
	for n := range docs {
		names = append(names, n)
	}
	slices.Sort(names)
	r := rand.New(rand.NewPCG(7, 11))
	read, refused, rows, bad := 0, 0, 0, 0
	for i := range runs {
		var v any
		dec := json.NewDecoder(bytes.NewReader(docs[names[i%len(names)]]))
		dec.UseNumber()
		if err := dec.Decode(&v); err != nil {
			t.Fatal(err)
		}
		// The envelope is Purser's own: what is wrong is in the answer.
		target := v
		if list, ok := v.([]any); ok {
			target = list[r.IntN(len(list))]
		}
		object := target.(map[string]any) //nolint:forcetypeassert // so are the samples
		for range 1 + r.IntN(3) {
			object["body"] = mutate(r, object["body"])
		}
		doc := ordered(t, v)
		check(t, doc)
		in, err := sellercentral.New().Inspect(context.Background(), memFile("m", doc), source.Options{})
		if err != nil {
			t.Fatalf("%s: %v", doc, err)
		}
		if in.BadRows > 0 && len(in.Bad) == 0 || in.Rows < in.BadRows {
			t.Fatalf("%d of %d bad and %d said why", in.BadRows, in.Rows, len(in.Bad))
		}
		for _, b := range in.Bad {
			if b.Line == 0 || b.Reason == "" || b.Column == "" || strings.HasSuffix(b.Reason, ": ") {
				t.Fatalf("no reason: %+v in %s", b, doc)
			}
		}
		read++
		rows, bad = rows+in.Rows, bad+in.BadRows
		for _, p := range in.Problems {
			if p.Fatal {
				refused++
				break
			}
		}
	}
	t.Logf("%d read, %d refused as a whole, %d entries, %d of them bad", read, refused, rows, bad)
	if refused == read || bad == 0 || bad == rows {
		t.Error("the mutations show nothing")
	}
}

// ordered writes a document with its envelopes first.
func ordered(t *testing.T, v any) []byte {
	t.Helper()
	if list, ok := v.([]any); ok {
		var parts [][]byte
		for _, x := range list {
			parts = append(parts, ordered(t, x))
		}
		return append(append([]byte{'['}, bytes.Join(parts, []byte{','})...), ']')
	}
	object := v.(map[string]any) //nolint:forcetypeassert // so are the samples
	head, err := json.Marshal(object["purser"])
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(object["body"])
	if err != nil {
		t.Fatal(err)
	}
	return []byte(`{"purser":` + string(head) + `,"body":` + string(body) + `}`)
}

// TestBuyersOfAnswersAreBlanked plants twelve canaries in every sample at every depth: none is kept, quarantined, or shown.
func TestBuyersOfAnswersAreBlanked(t *testing.T) {
	t.Parallel()
	planted := `"buyer":{"buyerName":"canary1","buyerEmail":"canary2"},"recipient":{"deliveryAddress":{"name":"canary3","phone":"canary4"}},"shipFromAddress":["canary5",{"x":"canary5"}],` +
		`"contactEmail":"canary6","PhoneNumber":1234567777,"buy\u0065rNote":"canary8","BUYER_NAME":"canary9","giftMessage":"say \"canary10\"","city":"canary11","taxRegistrations":[{"legalName":"canary12"}]`
	for name, data := range answers(t) {
		in0, err := sellercentral.New().Inspect(t.Context(), memFile(name, data), source.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var at []int // behind the braces of objects in answers that already have a key, outside of strings
		inside, escaped, body := false, false, bytes.Index(data, []byte(`"body"`))
		for i, c := range data {
			switch {
			case escaped:
				escaped = false
			case c == '\\' && inside:
				escaped = true
			case c == '"':
				inside = !inside
			case c == '{' && !inside && i > body && !bytes.HasPrefix(bytes.TrimLeft(data[i+1:], " \n"), []byte(`"purser"`)) && !bytes.HasPrefix(bytes.TrimLeft(data[i+1:], " \n"), []byte(`}`)):
				at = append(at, i+1)
			}
		}
		var doc []byte
		last := 0
		for _, i := range at {
			if bytes.HasPrefix(data[i:], []byte(`"api"`)) { // an envelope is Purser's own
				continue
			}
			doc = append(append(append(doc, data[last:i]...), planted...), ',')
			last = i
		}
		doc = append(append(doc, data[last:]...), []byte("\n{\"tail\":\"canary\"}")...)
		if bytes.Count(doc, []byte("canary")) < 12 {
			t.Fatalf("%s: nothing planted", name)
		}
		f := memFile(name, doc)
		in, err := sellercentral.New().Inspect(t.Context(), f, source.Options{})
		if err != nil || in.Rows != in0.Rows || in.BadRows != in0.BadRows {
			t.Errorf("%s: %v, %d rows, %d bad; without buyers %d, %d: %v", name, err, in.Rows, in.BadRows, in0.Rows, in0.BadRows, in.Problems)
		}
		var out bytes.Buffer
		if err := sellercentral.New().Redact(t.Context(), f, in, &out); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		shown := out.String() + fmt.Sprint(in.Bad)
		for line := 1; line <= in.Rows; line++ {
			o, err := sellercentral.New().Original(t.Context(), f, in, line)
			if err != nil || o.Path == "" || !strings.Contains(o.Path, "body") {
				t.Errorf("%s entry %d: %v %q", name, line, err, o.Path)
			}
			shown += fmt.Sprint(o)
		}
		for _, c := range []string{"canary", "7777"} {
			if i := strings.Index(shown, c); i >= 0 {
				t.Errorf("%s keeps …%s…", name, shown[max(0, i-60):i+20])
			}
		}
		again, err := sellercentral.New().Inspect(t.Context(), memFile(name, out.Bytes()), source.Options{})
		if err != nil || again.Rows != in.Rows || again.BadRows != in.BadRows || again.Kind != in.Kind {
			t.Errorf("%s redacted: %v, %+v", name, err, again)
		}
	}
}

// TestRestOfAnswersStays: without buyers in it, a document is kept byte for byte.
func TestRestOfAnswersStays(t *testing.T) {
	t.Parallel()
	for name, data := range answers(t) {
		f := memFile(name, data)
		in, err := sellercentral.New().Inspect(t.Context(), f, source.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := sellercentral.New().Redact(t.Context(), f, in, &out); err != nil || !bytes.Equal(out.Bytes(), data) {
			t.Errorf("%s: %v, %d bytes of %d", name, err, out.Len(), len(data))
		}
	}
}

// FuzzEnvelope reads anything as an answer of each kind.
func FuzzEnvelope(f *testing.F) {
	for _, data := range answers(f) {
		f.Add(data)
	}
	f.Add([]byte(`{"purser":{"operation":"searchOrders"},"body":{"orders":[{"buyer":{"a":[{"b":"\"}"}]}}]}}`))
	f.Add([]byte(`[{"purser":{"operation":"searchOrders","marketplace":"US"}},{"purser":null,"body":[]}]`))
	f.Fuzz(check)
}
