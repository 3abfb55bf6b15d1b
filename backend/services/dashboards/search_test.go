package dashboards_test

import (
	"fmt"
	"strings"
	"testing"

	"purser/backend/services/dashboards"
)

func hits(t *testing.T, d *desk, query string) []string {
	t.Helper()
	out, err := d.Search(t.Context(), dashboards.SearchInput{Query: query})
	if err != nil || out.Hits == nil {
		t.Fatalf("%q: %v, %v", query, out.Hits, err)
	}
	var got []string
	for _, h := range out.Hits {
		got = append(got, h.Kind+" "+h.Title+" → "+h.Link)
	}
	return got
}

func TestSearch(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.skus("US/POT", "US/FLASK-1", "DE/FLASK-1", "US/A/B")
		d.a.titles["US/POT"] = "Pot, not a flask"
		d.a.titles["US/A/B"] = "Odd one"
		d.on("advertising.spend", "US/Campaign flasks", 1)
		d.on("advertising.spend", "US/Campaign flasks/steel flask", 1)
	})
	if _, err := d.SaveView(t.Context(), dashboards.SaveViewInput{Name: "Flasks of the year", Page: "sales", Address: "/sales?q=flask"}); err != nil {
		t.Fatal(err)
	}
	equal(t, "flask", hits(t, d, " FLASK "), []string{
		"sku FLASK-1 → /sku/DE%2FFLASK-1", "sku FLASK-1 → /sku/US%2FFLASK-1", "sku POT → /sku/US%2FPOT",
		"campaign Campaign flasks → /ads?sel=US%2FCampaign%20flasks&table=campaigns",
		"search_term steel flask → /ads?sel=US%2FCampaign%20flasks%2Fsteel%20flask&table=terms",
		"view Flasks of the year → /sales?q=flask",
	})
	equal(t, "an order", hits(t, d, "113-1234567-7654321"), []string{"order 113-1234567-7654321 → /sales?q=113-1234567-7654321&range=365d&table=sales.orders"})
	equal(t, "no order", hits(t, d, "113-1234567-765432"), nil)
	equal(t, "a subject with a slash", hits(t, d, "odd"), []string{"sku A/B → /sku/US%2FA%2FB"})
	equal(t, "one letter", hits(t, d, "f"), nil)
	equal(t, "nothing", hits(t, d, "zebra"), nil)
	d.m.down["advertising"], d.m.version = "Advertising is not running: planted", 2
	if got := hits(t, d, "flask"); len(got) != 4 || !strings.HasPrefix(got[3], "view") {
		t.Errorf("with a module down: %q", got)
	}
}

func TestSearchIsBounded(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		for i := range 50 {
			d.skus(fmt.Sprintf("US/POT-%02d", i))
			d.on("advertising.spend", fmt.Sprintf("US/Campaign pot %02d", i), 1)
			d.on("advertising.spend", fmt.Sprintf("US/Campaign x/pot %02d", i), 1)
		}
	})
	if got := hits(t, d, "pot"); len(got) != 20 {
		t.Errorf("%d hits", len(got))
	}
}

func TestSearchBeforeAnythingIsThere(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) { d.a.markets = nil })
	equal(t, "nothing", hits(t, d, "flask"), nil)
}

func TestSavedViews(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	good := dashboards.SaveViewInput{Name: "  Slow\t sellers ", Page: "sales", Address: "/sales?range=90d"}
	for what, in := range map[string]func(*dashboards.SaveViewInput){
		"no name":        func(v *dashboards.SaveViewInput) { v.Name = " \n " },
		"a long name":    func(v *dashboards.SaveViewInput) { v.Name = strings.Repeat("ä", 81) },
		"no address":     func(v *dashboards.SaveViewInput) { v.Address = "" },
		"another site":   func(v *dashboards.SaveViewInput) { v.Address = "https://evil.test/" },
		"a site in hide": func(v *dashboards.SaveViewInput) { v.Address = "//evil.test/" },
		"a backslash":    func(v *dashboards.SaveViewInput) { v.Address = `/\evil.test` },
		"a script":       func(v *dashboards.SaveViewInput) { v.Address = "javascript:alert(1)" },
		"far too long":   func(v *dashboards.SaveViewInput) { v.Address = "/" + strings.Repeat("x", 4000) },
	} {
		v := good
		in(&v)
		_, err := d.SaveView(t.Context(), v)
		invalid(t, what, err)
	}
	first, err := d.SaveView(t.Context(), good)
	if err != nil || first.Name != "Slow sellers" || first.ID == "" {
		t.Fatalf("%+v, %v", first, err)
	}
	long := dashboards.SaveViewInput{Name: strings.Repeat("ä", 80), Page: "inventory", Address: "/inventory"}
	second, err := d.SaveView(t.Context(), long)
	if err != nil || second.ID == first.ID {
		t.Fatalf("%+v, %v", second, err)
	}
	changedView := dashboards.SaveViewInput{ID: first.ID, Name: "Slow", Page: "sales", Address: "/sales?range=365d"}
	if _, err := d.SaveView(t.Context(), changedView); err != nil {
		t.Fatal(err)
	}
	d.open(t)
	out, err := d.Views(t.Context())
	want := []dashboards.SavedViewOutput{
		{ID: second.ID, Name: long.Name, Page: "inventory", Address: "/inventory"}, {ID: first.ID, Name: "Slow", Page: "sales", Address: "/sales?range=365d"},
	}
	if err != nil || len(out.Views) != 2 || out.Views[0] != want[0] || out.Views[1] != want[1] {
		t.Errorf("after a restart: %+v, %v", out, err)
	}
	for range 2 { // what is gone already is no error
		if _, err := d.DeleteView(t.Context(), dashboards.ViewIDInput{ID: first.ID}); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := d.Views(t.Context()); err != nil || len(out.Views) != 1 || out.Views[0].ID != second.ID {
		t.Errorf("after one was deleted: %+v, %v", out, err)
	}
}

// Whoever shows views and rates is told when they changed.
func TestChangesAreTold(t *testing.T) {
	t.Parallel()
	told := 0
	d := newDesk(t, func(d *desk) { d.changed = func() { told++ } })
	v, err := d.SaveView(t.Context(), dashboards.SaveViewInput{Name: "A", Page: "sales", Address: "/sales"})
	if err != nil || told != 1 {
		t.Errorf("saved: told %d times, %v", told, err)
	}
	if _, err := d.DeleteView(t.Context(), dashboards.ViewIDInput{ID: v.ID}); err != nil || told != 2 {
		t.Errorf("deleted: told %d times, %v", told, err)
	}
	d.rate(t, "USD", "EUR", "2026-01-01", "1")
	if told != 3 {
		t.Errorf("a rate: told %d times", told)
	}
	if _, err := d.SaveView(t.Context(), dashboards.SaveViewInput{}); err == nil || told != 3 {
		t.Errorf("refused: told %d times, %v", told, err)
	}
}
