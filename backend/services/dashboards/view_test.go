package dashboards_test

import (
	"errors"
	"slices"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/services/dashboards"
)

// span asks for the days that a range comes to.
func span(t *testing.T, asOf string, r dashboards.RangeInput) (days, before string) {
	t.Helper()
	d := newDesk(t, func(d *desk) { d.a.day = day(asOf) })
	out, err := d.Page(t.Context(), dashboards.PageInput{Page: "sales", View: dashboards.ViewInput{Range: r}})
	if err != nil {
		t.Fatalf("%+v: %v", r, err)
	}
	if out.AsOf != asOf {
		t.Errorf("as of %s", out.AsOf)
	}
	if out.CompareFrom != "" || out.CompareTo != "" {
		before = out.CompareFrom + " " + out.CompareTo
	}
	return out.From + " " + out.To, before
}

func TestRanges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ asOf, preset, compare, days, before string }{
		{"2026-11-25", "", "", "2026-10-28 2026-11-24", "2026-09-30 2026-10-27"},
		{"2026-11-25", "28d", "weekdays", "2026-10-28 2026-11-24", "2026-09-30 2026-10-27"},
		{"2026-11-25", "yesterday", "", "2026-11-24 2026-11-24", "2026-11-17 2026-11-17"},
		{"2026-11-25", "yesterday", "previous", "2026-11-24 2026-11-24", "2026-11-23 2026-11-23"},
		{"2026-11-25", "7d", "", "2026-11-18 2026-11-24", "2026-11-11 2026-11-17"},
		{"2026-11-25", "90d", "", "2026-08-27 2026-11-24", "2026-05-28 2026-08-25"}, // 91 days earlier: the same weekdays
		{"2026-11-25", "90d", "previous", "2026-08-27 2026-11-24", "2026-05-29 2026-08-26"},
		{"2026-11-25", "365d", "year", "2025-11-25 2026-11-24", "2024-11-25 2025-11-24"},
		{"2026-11-25", "month", "none", "2026-11-01 2026-11-24", ""},
		{"2026-11-25", "last_month", "none", "2026-10-01 2026-10-31", ""},
		{"2026-12-01", "month", "none", "2026-11-01 2026-11-30", ""}, // no day of December is over
		{"2026-12-01", "last_month", "none", "2026-11-01 2026-11-30", ""},
		{"2026-12-02", "month", "none", "2026-12-01 2026-12-01", ""},
		{"2027-01-01", "last_month", "none", "2026-12-01 2026-12-31", ""},
		{"2027-01-05", "last_month", "none", "2026-12-01 2026-12-31", ""},
		{"2028-03-15", "last_month", "none", "2028-02-01 2028-02-29", ""},
		{"2028-03-01", "yesterday", "year", "2028-02-29 2028-02-29", "2027-02-28 2027-02-28"},
		{"2028-03-06", "7d", "year", "2028-02-28 2028-03-05", "2027-02-28 2027-03-06"},
		{"2029-03-01", "yesterday", "year", "2029-02-28 2029-02-28", "2028-02-28 2028-02-28"},
	} {
		days, before := span(t, c.asOf, dashboards.RangeInput{Preset: c.preset, Compare: c.compare})
		if days != c.days || before != c.before {
			t.Errorf("%s %s %s: got %s and %s, want %s and %s", c.asOf, c.preset, c.compare, days, before, c.days, c.before)
		}
	}
}

func TestCustomRanges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, to, days string }{
		{"2026-11-01", "2026-11-10", "2026-11-01 2026-11-10"},
		{"2026-11-20", "2026-12-24", "2026-11-20 2026-11-24"}, // what is not over is cut off
		{"2026-11-24", "2026-11-24", "2026-11-24 2026-11-24"},
		{"2024-02-29", "2024-02-29", "2024-02-29 2024-02-29"},
	} {
		days, _ := span(t, "2026-11-25", dashboards.RangeInput{Preset: "custom", From: c.from, To: c.to})
		if days != c.days {
			t.Errorf("%s to %s: got %s, want %s", c.from, c.to, days, c.days)
		}
	}
	d := newDesk(t)
	for what, r := range map[string]dashboards.RangeInput{
		"an unknown preset":     {Preset: "3y"},
		"an unknown comparison": {Compare: "moon"},
		"no first day":          {Preset: "custom", To: "2026-11-01"},
		"no last day":           {Preset: "custom", From: "2026-11-01"},
		"no date":               {Preset: "custom", From: "01.11.2026", To: "2026-11-02"},
		"no such day":           {Preset: "custom", From: "2026-02-29", To: "2026-11-02"},
		"the wrong way round":   {Preset: "custom", From: "2026-11-02", To: "2026-11-01"},
		"today":                 {Preset: "custom", From: "2026-11-25", To: "2026-11-25"},
		"the future":            {Preset: "custom", From: "2027-01-01", To: "2027-01-31"},
		"too long":              {Preset: "custom", From: "2021-06-03", To: "2026-11-24"},
	} {
		_, err := d.Page(t.Context(), dashboards.PageInput{Page: "sales", View: dashboards.ViewInput{Range: r}})
		invalid(t, what, err)
	}
	if days, _ := span(t, "2026-11-25", dashboards.RangeInput{Preset: "custom", From: "2021-06-04", To: "2026-11-24"}); days != "2021-06-04 2026-11-24" {
		t.Errorf("2000 days: got %s", days)
	}
}

func TestScopes(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.skus("US/A", "US/B", "DE/A")
		d.a.marks = map[string]dashboards.Marks{
			"US/A": {Tags: []string{"new", "best"}, Group: "Flasks"}, "US/B": {Tags: []string{"new"}}, "DE/A": {Group: "Flasks"},
		}
		for _, id := range []string{"US/A", "US/B", "US"} {
			d.on("sales.units", id, 1)
		}
		d.on("sales.units", "DE/A", 10)
		d.on("sales.units", "DE", 12) // more than its SKUs
	})
	for _, c := range []struct {
		scope dashboards.ScopeInput
		rows  []string
		units string
	}{
		{dashboards.ScopeInput{}, []string{"DE/A", "US/A", "US/B"}, "13"},
		{dashboards.ScopeInput{Marketplaces: []string{"US"}}, []string{"US/A", "US/B"}, "1"},
		{dashboards.ScopeInput{Marketplaces: []string{"US", "FR"}}, []string{"US/A", "US/B"}, "1"},
		{dashboards.ScopeInput{Tag: "new"}, []string{"US/A", "US/B"}, "2"},
		{dashboards.ScopeInput{Tag: "best"}, []string{"US/A"}, "1"},
		{dashboards.ScopeInput{Group: "Flasks"}, []string{"DE/A", "US/A"}, "11"},
		{dashboards.ScopeInput{Group: "Flasks", Marketplaces: []string{"DE"}}, []string{"DE/A"}, "10"},
		{dashboards.ScopeInput{Group: "Flasks", Tag: "new"}, []string{"US/A"}, "1"},
	} {
		view := yesterday()
		view.Scope = c.scope
		out := d.table(t, func(in *dashboards.TableInput) { in.View = view })
		equal(t, "rows", labels(out), c.rows)
		p, err := d.Page(t.Context(), dashboards.PageInput{Page: "inventory", View: view})
		if err != nil || len(p.Tiles) != 0 {
			t.Fatal(p.Tiles, err)
		}
		def, err := d.Define(t.Context(), dashboards.ReferenceInput{Name: "sales.units", View: view})
		if err != nil || def.Values[0].Text != c.units {
			t.Errorf("%+v: %s units, want %s, %v", c.scope, def.Values[0].Text, c.units, err)
		}
	}
	none := yesterday("FR")
	_, err := d.Page(t.Context(), dashboards.PageInput{Page: "sales", View: none})
	invalid(t, "no marketplace of the account", err, "marketplaces")
	out := d.table(t, func(in *dashboards.TableInput) { in.View.Scope.Tag = "nobody has it" })
	if out.Found != 0 || len(out.Rows) != 0 {
		t.Errorf("a tag that nothing has: %d rows", out.Found)
	}
	s, err := d.Scopes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "tags", s.Tags, []string{"best", "new"})
	equal(t, "groups", s.Groups, []string{"Flasks"})
	equal(t, "currencies without rates", s.Currencies, nil)
	if len(s.Marketplaces) != 2 || s.Marketplaces[0].Code != "US" || s.Marketplaces[1].Currency != "EUR" {
		t.Errorf("marketplaces %+v", s.Marketplaces)
	}
}

// A fact of a marketplace knows no tags, so its tile says that it is of all SKUs.
func TestFactsOfMarketplacesSayThatTheyAreOfAllSKUs(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.m.pages["inventory"] = withTiles("inventory.total", "inventory.word")
		d.skus("US/A")
		d.a.marks["US/A"] = dashboards.Marks{Tags: []string{"new"}}
		d.give("inventory.total", "US", num(5))
		d.give("inventory.word", "US", text("fine"))
	})
	view := yesterday()
	for tag, want := range map[string]string{"": "now", "new": "now, all SKUs"} {
		view.Scope.Tag = tag
		p, err := d.Page(t.Context(), dashboards.PageInput{Page: "inventory", View: view})
		if err != nil || len(p.Tiles) != 2 || p.Tiles[0].Window != want || p.Tiles[0].Values[0].Text != "5" {
			t.Errorf("tag %q: %+v, %v", tag, p.Tiles, err)
		}
	}
}

func TestNothingImportedYet(t *testing.T) {
	t.Parallel()
	d := newDesk(t, func(d *desk) {
		d.a.markets = nil
		d.a.kinds = []dashboards.Kind{{Name: "orders", Title: "All orders", State: fact.Missing}}
	})
	p, err := d.Page(t.Context(), dashboards.PageInput{Page: "sales"})
	if err != nil || !p.Empty || len(p.Tiles) != 0 {
		t.Errorf("%+v, %v", p, err)
	}
	equal(t, "needs", p.Needs, []string{"All orders"})
	if out := d.table(t, nil); len(out.Rows) != 0 || out.Total != 0 {
		t.Errorf("%d rows", len(out.Rows))
	}
}

func TestWhatTheAccountCantTellIsAnError(t *testing.T) {
	t.Parallel()
	broken := errors.New("planted")
	d := newDesk(t, func(d *desk) { d.skus("US/A"); d.a.err = broken })
	_, err := d.Scopes(t.Context())
	if !errors.Is(err, broken) {
		t.Errorf("scopes: %v", err)
	}
	if _, err := d.Page(t.Context(), dashboards.PageInput{Page: "sales"}); !errors.Is(err, broken) {
		t.Errorf("page: %v", err)
	}
	_, err = d.Page(t.Context(), dashboards.PageInput{Page: "nothing"})
	refused(t, "no such page", core.CodeNotFound, err, "nothing")
	if _, err := d.Table(t.Context(), tableInput(nil)); !errors.Is(err, broken) {
		t.Errorf("table: %v", err)
	}
}

func TestWhatAnAPIDoesNotGiveIsToldWhereItMatters(t *testing.T) {
	t.Parallel()
	const why = "Amazon does not answer."
	orders := dashboards.Late{Title: "Orders (live)", Kinds: []string{"orders"}, Marketplaces: []string{"US"}, AsOf: "24 Nov, 14:05", Why: why, Link: "/data?tab=amazon"}
	notices := func(late []dashboards.Late, scope ...string) (out []string) {
		t.Helper()
		d := newDesk(t, func(d *desk) { d.a.late = late })
		p, err := d.Page(t.Context(), dashboards.PageInput{Page: "sales", View: dashboards.ViewInput{Scope: dashboards.ScopeInput{Marketplaces: scope}}})
		if err != nil {
			t.Fatal(err)
		}
		if p.Notices == nil {
			t.Error("the window reads the length of it")
		}
		for _, n := range p.Notices {
			if n.Kind == "stale" {
				out = append(out, n.Text+" > "+n.Link)
			}
		}
		return out
	}
	never := orders
	never.Title, never.AsOf = "All orders", ""
	other := orders
	other.Kinds = []string{"adverts"}
	lost := orders
	lost.Why, lost.Link, lost.Marketplaces = "Connect it anew.", "/connect", nil
	for name, c := range map[string]struct {
		late  []dashboards.Late
		scope []string
		want  []string
	}{
		"none":              {nil, nil, nil},
		"of another page":   {[]dashboards.Late{other}, nil, nil},
		"one":               {[]dashboards.Late{orders, other}, nil, []string{why + " Orders (live) (US) as of 24 Nov, 14:05. > /data?tab=amazon"}},
		"one reason, twice": {[]dashboards.Late{orders, never, orders}, nil, []string{why + " Orders (live) (US) as of 24 Nov, 14:05; All orders (US): nothing yet. > /data?tab=amazon"}},
		"two reasons": {[]dashboards.Late{orders, lost}, nil, []string{
			why + " Orders (live) (US) as of 24 Nov, 14:05. > /data?tab=amazon", "Connect it anew. Orders (live) as of 24 Nov, 14:05. > /connect",
		}},
		"in scope":           {[]dashboards.Late{orders}, []string{"US"}, []string{why + " Orders (live) (US) as of 24 Nov, 14:05. > /data?tab=amazon"}},
		"of another market":  {[]dashboards.Late{orders}, []string{"DE"}, nil},
		"of all the markets": {[]dashboards.Late{lost}, []string{"DE"}, []string{"Connect it anew. Orders (live) as of 24 Nov, 14:05. > /connect"}},
	} {
		if got := notices(c.late, c.scope...); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}
