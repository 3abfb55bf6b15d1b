package dashboards_test

import (
	"testing"

	"purser/backend/services/dashboards"
)

// grouped has SKUs with two tags, one tag and none.
func grouped(d *desk) {
	fiveSKUs(d)
	d.give("inventory.on_hand", "US/E", num(4))
	d.a.marks = map[string]dashboards.Marks{
		"DE/A": {Tags: []string{"best", "new"}, Group: "pots"}, "DE/B": {Tags: []string{"new"}, Group: "Flasks"}, "US/D": {Tags: []string{"best"}},
	}
}

func TestGroups(t *testing.T) {
	t.Parallel()
	d := newDesk(t, grouped)
	for by, want := range map[string][]string{
		"marketplace":     {"[DE]", "DE/A", "DE/B", "DE/C", "[US]", "US/D", "US/E"},
		"tag":             {"[best]", "DE/A", "US/D", "[new]", "DE/A", "DE/B", "[Without]", "DE/C", "US/E"},
		"group":           {"[Flasks]", "DE/B", "[pots]", "DE/A", "[Without]", "DE/C", "US/D", "US/E"},
		"inventory.state": {"[Bad]", "DE/A", "[good]", "DE/B", "DE/C", "[Without]", "US/D", "US/E"},
		"inventory.low":   {"[no]", "DE/B", "US/D", "[yes]", "DE/A", "DE/C", "[Without]", "US/E"},
	} {
		out := d.table(t, func(in *dashboards.TableInput) { in.Group = by })
		equal(t, by, labels(out), want)
		if out.Total != len(want) || out.Found != 5 {
			t.Errorf("%s: %d lines, %d SKUs", by, out.Total, out.Found)
		}
		keys := map[string]bool{}
		for _, r := range out.Rows {
			if keys[r.Key] {
				t.Errorf("%s: two rows have the key %q", by, r.Key)
			}
			keys[r.Key] = true
		}
	}
	_, err := d.Table(t.Context(), tableInput(func(in *dashboards.TableInput) { in.Group = "inventory.on_hand" }))
	invalid(t, "by a number", err, "inventory.on_hand")
	_, err = d.Table(t.Context(), tableInput(func(in *dashboards.TableInput) { in.Group = "nothing" }))
	invalid(t, "by nothing known", err, "nothing")
}

func TestGroupsKeepTheOrder(t *testing.T) {
	t.Parallel()
	d := newDesk(t, grouped)
	out := d.table(t, func(in *dashboards.TableInput) { in.Group, in.Sort, in.Desc = "marketplace", "inventory.on_hand", true })
	equal(t, "largest first in each", labels(out), []string{"[DE]", "DE/A", "DE/C", "DE/B", "[US]", "US/E", "US/D"})
}

func TestSubtotals(t *testing.T) {
	t.Parallel()
	d := newDesk(t, grouped, func(d *desk) {
		for _, id := range []string{"DE/A", "DE/B", "US/D"} {
			d.on("sales.sales", id, 10_00)
			d.on("sales.units", id, 2)
		}
	})
	out := d.table(t, func(in *dashboards.TableInput) {
		in.Group, in.Columns = "tag", []string{"sales.sales", "sales.average_price", "inventory.on_hand", "inventory.cover_days", "inventory.state", "sales.units~before"}
	})
	for i, want := range map[int][]string{
		0: {"€10.00 · $10.00", "€5.00 · $5.00", "29", "", "", ""}, // best: DE/A and US/D
		3: {"€20.00", "€5.00", "39", "", "", ""},                  // new: DE/A and DE/B
		6: {"€0.00 · $0.00", "? · ?", "34", "", "", ""},
	} {
		if out.Rows[i].Kind != "group" || out.Rows[i].Count != 2 {
			t.Errorf("line %d: %+v", i, out.Rows[i])
		}
		equal(t, out.Rows[i].Label, texts(out.Rows[i].Cells), want)
	}
	equal(t, "each SKU counts once in the total", texts(out.Totals), []string{"€20.00 · $10.00", "€5.00 · $5.00", "72", "", "", ""})
}

// A heading's key, as the page got it, is what collapses the group.
func TestCollapsedGroups(t *testing.T) {
	t.Parallel()
	d := newDesk(t, grouped)
	open := d.table(t, func(in *dashboards.TableInput) { in.Group = "tag" })
	out := d.table(t, func(in *dashboards.TableInput) {
		in.Group, in.Collapsed = "tag", []string{open.Rows[0].Key, open.Rows[6].Key, "group:gone"}
	})
	equal(t, "lines", labels(out), []string{"[best]", "[new]", "DE/A", "DE/B", "[Without]"})
	if out.Total != 5 || out.Found != 5 || out.Rows[0].Count != 2 || out.Rows[0].Cells[2].Text != "29" {
		t.Errorf("%d lines, %+v", out.Total, out.Rows[0])
	}
	if out.Rows[2].Key != "DE/A" {
		t.Errorf("the only line of a SKU has the key %q", out.Rows[2].Key)
	}
}

func TestWindowsOverGroups(t *testing.T) {
	t.Parallel()
	d := newDesk(t, grouped)
	all := labels(d.table(t, func(in *dashboards.TableInput) { in.Group = "tag" }))
	var got []string
	for at := range all {
		got = append(got, labels(d.table(t, func(in *dashboards.TableInput) { in.Group, in.Offset, in.Limit = "tag", at, 1 }))...)
	}
	equal(t, "line by line", got, all)
}
