package rules_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// Mode 30: account health gives counts and no more, so that what to look at stands in Seller Central: every shipped policy
// that judges it and asks for something to be done leads there.
func TestMode30_HealthLeadsToSellerCentral(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("policies/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var p struct {
			Topic string
			Stage string
			Cases []struct {
				Name   string
				When   any
				Action struct{ Kind, Link string }
			}
		}
		if err := yaml.Unmarshal(text, &p); err != nil {
			t.Fatal(err)
		}
		if p.Topic != "account" || p.Stage == "guard" || !strings.Contains(string(text), "accounthealth.") {
			continue
		}
		for _, c := range p.Cases {
			if c.Action.Kind == "" {
				continue
			}
			asked++
			if c.Action.Link == "" {
				t.Errorf("%s: %s leads nowhere", f, c.Name)
			}
		}
	}
	if asked < 4 {
		t.Errorf("only %d cases were looked at", asked)
	}
}
