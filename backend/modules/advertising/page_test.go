package advertising_test

import (
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
	"purser/backend/core/source"
)

// TestPageNamesExist: what the page shows of its own module is declared, for the kind of subject it is shown of.
func TestPageNamesExist(t *testing.T) {
	t.Parallel()
	m, _ := start(t)
	facts, measures := map[string]fact.SubjectKind{}, map[string]bool{}
	for _, d := range m.Manifest().Facts {
		facts[d.Name] = d.Subject
	}
	for _, me := range m.Measures() {
		measures[me.Name] = true
		if me.Title == "" || me.Meaning == "" || me.Formula == "" || len(me.Sources) == 0 {
			t.Errorf("%s needs title, meaning, formula and sources", me.Name)
		}
		for _, n := range []string{me.Num, me.Den} {
			if n != "" && !strings.HasPrefix(n, "advertising.") {
				t.Errorf("%s is made of %s", me.Name, n)
			}
		}
	}
	check := func(where, column string, kind fact.SubjectKind) {
		name, _, suffix := strings.Cut(column, "~")
		if !strings.HasPrefix(name, "advertising.") || measures[name] {
			return
		}
		if facts[name] != kind || suffix {
			t.Errorf("%s: %s is no measure and no fact of a %s", where, column, kind)
		}
	}
	p := m.Page()
	tables := map[string]page.Table{}
	for _, table := range p.Tables {
		tables[table.Name] = table
		for _, c := range append([]string{table.Sort}, table.Columns...) {
			check(table.Name, c, table.Subject)
		}
		for _, preset := range table.Presets {
			for _, f := range preset.Filters {
				check(preset.Name, f.Column, table.Subject)
			}
			for _, c := range preset.Columns {
				check(preset.Name, c, table.Subject)
			}
			if preset.Sort != "" {
				check(preset.Name, preset.Sort, table.Subject)
			}
		}
	}
	for _, tile := range p.Tiles {
		check("tile", tile.Name, fact.Marketplace)
		if tile.Preset != "" {
			found := false
			for _, preset := range tables[tile.Table].Presets {
				found = found || preset.Name == tile.Preset
			}
			if !found {
				t.Errorf("tile %s leads to %s %s, which is not there", tile.Name, tile.Table, tile.Preset)
			}
		}
	}
	for _, c := range p.Charts {
		for _, name := range c.Measures {
			if !measures[name] {
				t.Errorf("chart %s draws %s", c.Name, name)
			}
		}
		if len(c.Measures) > 0 || c.X != "" {
			continue
		}
		q := page.ChartQuery{Name: c.Name, Period: core.LastDays(asOf()-1, 28), AsOf: asOf(), Marketplaces: []string{"US"}}
		if d, err := m.Chart(t.Context(), q); err != nil || d.Note == "" || d.Title == "" || d.Bars == nil {
			t.Errorf("%s without data: %+v %v", c.Name, d, err)
		}
	}
}

func TestCharts(t *testing.T) {
	t.Parallel()
	m, _ := everything(t)
	q := page.ChartQuery{Name: "campaigns", Period: core.LastDays(asOf()-3, 28), AsOf: asOf(), Marketplaces: []string{"US", "DE"}}
	d, err := m.Chart(t.Context(), q)
	if err != nil || len(d.Bars) != 2 || d.Bars[0].Subject != "US/c" || d.Bars[0].Value != 28*1.20 || d.Currency != "USD" {
		t.Fatalf("campaigns: %+v %v", d, err)
	}
	if want := "Automatic campaigns take 20 % of spend and bring no ad sales"; d.Title != want {
		t.Errorf("finding %q, want %q", d.Title, want)
	}
	if !strings.Contains(d.Note, "DE is left out") {
		t.Errorf("euros must be left out and named: %q", d.Note)
	}
	q.Subject = "US/B"
	if d, err = m.Chart(t.Context(), q); err != nil || len(d.Bars) != 1 || d.Bars[0].Subject != "US/auto" || d.Bars[0].Value != 8.40 {
		t.Errorf("campaigns of one SKU: %+v %v", d, err)
	}
	q.Name = "budgets"
	if d, err = m.Chart(t.Context(), q); err != nil || len(d.Bars) != 1 || d.Bars[0].Label != "auto" || d.Bars[0].Text != "6.0 %" {
		t.Errorf("budgets of one SKU: %+v %v", d, err)
	}
	q.Subject = ""
	if d, err = m.Chart(t.Context(), q); err != nil || d.Title != "1 of 2 campaigns spends its whole daily budget" || d.Bars[0].Value != 120 || d.Bars[0].Detail != "$1.20 a day of $1.00" {
		t.Errorf("budgets: %+v %v", d, err)
	}
}

func TestCampaignFindings(t *testing.T) {
	t.Parallel()
	day := asOf() - 10
	p := core.LastDays(asOf()-1, 30)
	campaign := func(name string, spend, sales int64) source.AdRow {
		r := product(day, name, "", 10, spend, sales, 1)
		r.ASIN = ""
		return r
	}
	auto := term(day, "auto", "-", "mug", 1, 10, 0, 0)
	auto.Targeting = "loose-match"
	for want, rows := range map[string][]source.AdRow{
		"Automatic campaigns take 43 % of spend at 2.0 times the ACoS of the others": {campaign("auto", 43_00, 86_00), campaign("hand", 57_00, 228_00)},
		"“hand” takes 60 % of spend, ACoS 25.0 % against 25.0 % overall":             {campaign("auto", 40_00, 160_00), campaign("hand", 60_00, 240_00)},
		"“only” takes 100 % of spend, no ad sales":                                   {campaign("only", 40_00, 0)},
		"“first” takes 75 % of spend, ACoS 50.0 % against 40.0 % overall":            {campaign("first", 75_00, 150_00), campaign("second", 25_00, 100_00)},
		"Automatic campaigns take 50 % of spend at 1.5 times the ACoS of the others": {campaign("auto", 50_00, 100_00), campaign("hand", 50_00, 150_00)},
		"“auto” takes 100 % of spend, ACoS 50.0 %":                                   {campaign("auto", 50_00, 100_00)},
	} {
		m, h := start(t)
		h.Apply(t, m, report(1, source.AdCampaigns, asOf(), p, rows...), report(2, source.AdSearchTerms, asOf(), p, auto))
		d, err := m.Chart(t.Context(), page.ChartQuery{Name: "campaigns", Period: p, AsOf: asOf(), Marketplaces: []string{"US"}})
		if err != nil || d.Title != want {
			t.Errorf("%q %v, want %q", d.Title, err, want)
		}
	}
}

func TestTermLimitIsASetting(t *testing.T) {
	t.Parallel()
	m, _ := everything(t)
	limit := func(day core.Day) int64 {
		return ask(t, m, day, "advertising.term_limit")["advertising.term_limit"]["US/c/cup"].Money.Minor
	}
	before := limit(asOf())
	if err := m.SetTermLimit(t.Context(), asOf(), 4, "mine"); err != nil {
		t.Fatal(err)
	}
	if got := limit(asOf()); before == 0 || got != 2*before {
		t.Errorf("the limit is %d, was %d", got, before)
	}
	if got := limit(asOf() - 1); got == 0 || got > before+before/4 {
		t.Errorf("the day before it is %d", got)
	}
	for _, bad := range []float64{0, -1, 1e9} {
		if m.SetTermLimit(t.Context(), asOf(), bad, "mine") == nil {
			t.Errorf("accepted %v", bad)
		}
	}
}
