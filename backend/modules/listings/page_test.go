package listings_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

func TestLists(t *testing.T) {
	t.Parallel()
	m, _ := filled(t)
	for name, c := range map[string]struct {
		q     fact.RowsQuery
		want  []string
		total int
	}{
		"Issues":       {fact.RowsQuery{Name: "listings.issues"}, []string{"US/G 16/2", "US/G 16/3", "US/A 16/4", "US/A 14/2", "US/A 14/3", "US/E 14/4", " 14/5"}, 7},
		"IssueFilter":  {fact.RowsQuery{Name: "listings.issues", Filter: "MAIN image"}, []string{"US/A 14/2"}, 1},
		"IssueSince":   {fact.RowsQuery{Name: "listings.issues", Sort: "since", Limit: 3}, []string{"US/A 14/2", "US/G 16/2", "US/A 14/3"}, 7},
		"IssueUnits":   {fact.RowsQuery{Name: "listings.issues", Sort: "units", Desc: true, Limit: 4}, []string{"US/G 16/3", "US/G 16/2", "US/A 16/4", "US/A 14/2"}, 7},
		"IssueSubject": {fact.RowsQuery{Name: "listings.issues", Subject: "US/E"}, []string{"US/E 14/4"}, 1},
		"IssuesThen":   {fact.RowsQuery{Name: "listings.issues", AsOf: today - 2}, []string{"US/E 13/2"}, 1},
		"Offers":       {fact.RowsQuery{Name: "listings.offers", Limit: 2}, []string{"DE/A 17/2", "US/A 12/2"}, 7},
		"OfferStatus":  {fact.RowsQuery{Name: "listings.offers", Marketplaces: []string{"US"}, Sort: "status", Desc: true, Limit: 3}, []string{"US/D 12/5", "US/B 12/3", "US/C 12/4"}, 6},
		"OfferPrice":   {fact.RowsQuery{Name: "listings.offers", Sort: "price", Desc: true, Offset: 5}, []string{"US/E 12/6", "US/F 12/7"}, 7},
		"PastTheEnd":   {fact.RowsQuery{Name: "listings.offers", Offset: 50, Limit: 5}, nil, 7},
		"OtherMarket":  {fact.RowsQuery{Name: "listings.offers", Marketplaces: []string{"FR"}}, nil, 0},
	} {
		if c.q.AsOf == 0 {
			c.q.AsOf = today
		}
		r, err := m.List(t.Context(), c.q)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, row := range r.Rows {
			got = append(got, fmt.Sprintf("%s %d/%d", row.Subject, row.Document, row.Line))
			if len(row.Cells) != len(r.Columns) {
				t.Errorf("%s: %d cells for %d columns", name, len(row.Cells), len(r.Columns))
			}
		}
		if d := cmp.Diff(c.want, got); d != "" || r.Total != c.total {
			t.Errorf("%s: total %d, %s", name, r.Total, d)
		}
	}
	_, err := m.List(t.Context(), fact.RowsQuery{Name: "listings.offers", AsOf: today, Sort: "nothing"})
	if e := core.AsError(err); e == nil || e.Code != core.CodeInvalid {
		t.Errorf("got %v", err)
	}
}

func TestPageNamesExist(t *testing.T) {
	t.Parallel()
	m, _ := filled(t)
	kinds := map[string]fact.SubjectKind{"inventory.on_hand": fact.SKU, "sales.featured_offer_pct": fact.SKU}
	for _, d := range m.Manifest().Facts {
		kinds[d.Name] = d.Subject
	}
	p := m.Page()
	tables := map[string]bool{}
	for _, table := range p.Tables {
		tables[table.Name] = true
		columns := append([]string{}, table.Columns...)
		if table.List {
			r, err := m.List(t.Context(), fact.RowsQuery{Name: table.Name, AsOf: today})
			if err != nil || len(r.Columns) != len(columns) {
				t.Errorf("list %s: %v", table.Name, err)
			}
			continue
		}
		for _, preset := range table.Presets {
			tables[table.Name+"/"+preset.Name] = true
			columns = append(columns, preset.Columns...)
			for _, f := range preset.Filters {
				columns = append(columns, f.Column)
			}
		}
		for _, c := range append(columns, table.Sort) {
			if kinds[c] != table.Subject {
				t.Errorf("%s shows %s", table.Name, c)
			}
		}
	}
	for _, tile := range p.Tiles {
		if kinds[tile.Name] != fact.Marketplace || !tables[strings.TrimSuffix(tile.Table+"/"+tile.Preset, "/")] {
			t.Errorf("tile %+v", tile)
		}
	}
	for _, c := range p.Charts {
		q := page.ChartQuery{Name: c.Name, AsOf: today, Period: core.LastDays(today-1, 28), Marketplaces: []string{"US", "DE"}}
		if d, err := m.Chart(t.Context(), q); err != nil || d.Title == "" {
			t.Errorf("chart %s: %v", c.Name, err)
		}
	}
}
