package simulator_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"purser/backend/core"
	"purser/backend/sources/simulator"
)

// TestJSONFollowsAmazonsSchemas checks the demo's JSON reports against Amazon's published
// schemas, where a copy of them is at hand (PURSER_SHARED).
func TestJSONFollowsAmazonsSchemas(t *testing.T) {
	t.Parallel()
	shared := os.Getenv("PURSER_SHARED")
	if shared == "" {
		shared = "../../../../shared"
	}
	dir := filepath.Join(shared, "spapi-schemas")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("Amazon's schemas are not at hand: set PURSER_SHARED to the folder that holds spapi-schemas")
	}
	schemas := map[string]*jsonschema.Schema{}
	for prefix, name := range map[string]string{"sales-and-traffic": "sellerSalesAndTrafficReport.json", "account-health": "accountHealthReport-2020-11-18.json"} {
		s, err := jsonschema.NewCompiler().Compile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		schemas[prefix] = s
	}
	checked := map[string]int{}
	for f := range simulator.New(simulator.Options{Seed: 1, AsOf: core.Date(2026, 11, 25)}).Documents() {
		for prefix, schema := range schemas {
			if !strings.HasPrefix(f.Name, prefix) || checked[prefix] == 20 {
				continue
			}
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			b, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(doc); err != nil {
				t.Errorf("%s: %v", f.Name, err)
			}
			checked[prefix]++
		}
	}
	for prefix := range schemas {
		if checked[prefix] == 0 {
			t.Errorf("no document of %s was checked", prefix)
		}
	}
}
