package advertising_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/source"
	"purser/backend/modules/advertising"
)

// everything imports all four reports with restated days, several campaigns and a second marketplace.
func everything(t *testing.T) (*advertising.Module, *moduletest.Host) {
	t.Helper()
	m, h := start(t)
	h.FactsFn = contributions(map[string]float64{"US/A": 0.3, "US/B": 0.2}, map[string]int64{"US/A": 900_00, "US/B": 400_00})
	p := core.LastDays(asOf()-1, 95)
	products := func(scale int64) []source.AdRow {
		rows := fill(p, func(d core.Day) source.AdRow {
			return product(d, "c", "A", 4+int32(d%3), scale*(1_00+int64(d%7)), 5_00+int64(d%5), int32(d%2))
		})
		return append(rows, fill(p, func(d core.Day) source.AdRow { return product(d, "auto", "B", 1, scale*30, 0, 0) })...)
	}
	terms := fill(p, func(d core.Day) source.AdRow {
		return term(d, "c", "BROAD", "flask", 3, 60, 5_00*int64(d%2), int32(d%2))
	})
	terms = append(terms, fill(p, func(d core.Day) source.AdRow { return term(d, "c", "EXACT", "flask", 1, 20, 0, 0) })...)
	terms = append(terms, fill(p, func(d core.Day) source.AdRow { return term(d, "c", "PHRASE", "cup", 2, 90, 0, 0) })...)
	terms = append(terms, fill(core.LastDays(asOf()-9, 4), func(d core.Day) source.AdRow {
		r := term(d, "auto", "-", "mug", 1, 12, 0, 0)
		r.Targeting = "close-match"
		return r
	})...)
	campaigns := fill(p, func(d core.Day) source.AdRow {
		r := product(d, "c", "", 4, 1_20, 4_00, 1)
		r.ASIN, r.AdGroup, r.Status, r.Budget = "", "", "ENABLED", 1_00
		if d < asOf()-9 {
			r.Budget = 2_00
		}
		return r
	})
	campaigns = append(campaigns, fill(p, func(d core.Day) source.AdRow {
		r := product(d, "auto", "", 1, 30, 0, 0)
		r.ASIN, r.AdGroup, r.Budget = "", "", 5_00
		return r
	})...)
	other := product(asOf()-10, "c", "A", 9, 9_00, 0, 0)
	other.Marketplace, other.Currency = "DE", "EUR"
	h.Apply(t, m,
		report(1, source.AdProducts, asOf()-5, p, products(2)...),
		report(2, source.AdProducts, asOf(), p, products(1)...),
		report(3, source.AdSearchTerms, asOf(), p, terms...),
		report(4, source.AdCampaigns, asOf(), p, campaigns...),
		report(5, source.AdProducts, asOf(), p, other))
	return m, h
}

// sheetRow is a row by the names of its columns.
type sheetRow struct {
	nums  map[string]float64
	texts map[string]string
}

// rowsOf asks for all rows in windows of seven, so that cutting is tested too.
func rowsOf(t *testing.T, m *advertising.Module, name, subject string, p core.Period) []sheetRow {
	t.Helper()
	var out []sheetRow
	for total := 1; len(out) < total; {
		got, err := m.Rows(t.Context(), fact.RowsQuery{Name: name, Subject: subject, Period: p, AsOf: asOf(), Offset: len(out), Limit: 700})
		if err != nil {
			t.Fatalf("%s of %s: %v", name, subject, err)
		}
		if got.How == "" {
			t.Errorf("%s of %s does not say how", name, subject)
		}
		total = got.Total
		if len(got.Rows) == 0 && len(out) < total {
			t.Fatalf("%s of %s: %d of %d rows", name, subject, len(out), total)
		}
		for _, r := range got.Rows {
			quiet := name == "advertising.settled_through" && r.Line == 0
			if r.Document == 0 || r.Line < 2 && !quiet || r.Subject == "" || len(r.Cells) != len(got.Columns) {
				t.Fatalf("%s of %s: row %+v", name, subject, r)
			}
			s := sheetRow{map[string]float64{}, map[string]string{}}
			for i, c := range got.Columns {
				switch c.Type {
				case fact.Text:
					s.texts[c.Name] = r.Cells[i].Text
				case fact.Money:
					s.nums[c.Name] = float64(r.Cells[i].Money.Minor)
				default:
					s.nums[c.Name] = r.Cells[i].Num
				}
			}
			out = append(out, s)
		}
	}
	return out
}

func sumOf(rows []sheetRow, column string) float64 {
	var n float64
	for _, r := range rows {
		n += r.nums[column]
	}
	return n
}

// recompute makes a fact from its rows, as its How says.
func recompute(name, subject string, rows []sheetRow) (float64, string) {
	name = strings.TrimPrefix(name, "advertising.")
	switch name {
	case "settled_through":
		return 0, rows[0].texts["day"]
	case "campaign_budget":
		return rows[0].nums["budget"], ""
	case "advertised":
		if sumOf(rows, "impressions")+sumOf(rows, "clicks")+sumOf(rows, "spend") > 0 {
			return 1, ""
		}
		return 0, ""
	case "wasted_spend_28d":
		return sumOf(rows, "spend"), ""
	case "market_wasted_terms":
		seen := map[string]bool{}
		for _, r := range rows {
			seen[r.texts["campaign"]+"/"+r.texts["term"]] = true
		}
		return float64(len(seen)), ""
	case "term_match_type":
		var list []string
		for _, r := range rows {
			if t := strings.ToLower(r.texts["match_type"]); t != "-" {
				list = append(list, t)
			}
		}
		slices.Sort(list)
		return 0, strings.Join(slices.Compact(list), ", ")
	case "term_expected_orders":
		own := slices.DeleteFunc(slices.Clone(rows), func(r sheetRow) bool { return "US/"+r.texts["campaign"]+"/"+r.texts["term"] != subject })
		return sumOf(own, "clicks") * (sumOf(rows, "orders") - sumOf(own, "orders")) / (sumOf(rows, "clicks") - sumOf(own, "clicks")), ""
	}
	for _, column := range []string{"spend", "sales", "orders", "clicks"} {
		if slices.Contains(strings.Split(name, "_"), column) {
			return sumOf(rows, column), ""
		}
	}
	return math.NaN(), "no column for " + name
}

// TestRowsMakeTheFacts: every fact without parts is what its rows give, for every subject.
func TestRowsMakeTheFacts(t *testing.T) {
	t.Parallel()
	m, _ := everything(t)
	facts := ask(t, m, asOf())
	names := map[string]bool{}
	for _, d := range m.Manifest().Facts {
		names[d.Name] = true
	}
	for _, d := range m.Manifest().Facts {
		known := 0
		for subject, v := range facts[d.Name] {
			if !v.Known() {
				continue
			}
			known++
			if len(d.Parts) > 0 {
				if _, err := m.Rows(t.Context(), fact.RowsQuery{Name: d.Name, Subject: subject, AsOf: asOf(), Limit: 9}); core.AsError(err) == nil || core.AsError(err).Code != core.CodeNotFound {
					t.Errorf("%s is made of parts, yet rows answer %v", d.Name, err)
				}
				continue
			}
			num, text := recompute(d.Name, subject, rowsOf(t, m, d.Name, subject, core.Period{}))
			want := v.Num + float64(v.Money.Minor)
			if v.Flag {
				want = 1
			}
			if math.Abs(num-want) > 1e-9 || text != v.Text {
				t.Errorf("%s of %s: rows give %v %q, the fact is %v %q", d.Name, subject, num, text, want, v.Text)
			}
		}
		if known == 0 {
			t.Errorf("%s is known of no subject: nothing was tested", d.Name)
		}
		if d.Title == "" {
			t.Errorf("%s has no title", d.Name)
		}
		for _, p := range d.Parts {
			if strings.HasPrefix(p, "advertising.") && !names[p] {
				t.Errorf("%s names %s, which is no fact", d.Name, p)
			}
		}
	}
}

// TestRowsMakeTheMeasures: every base measure is the sum of its rows.
func TestRowsMakeTheMeasures(t *testing.T) {
	t.Parallel()
	m, _ := everything(t)
	for _, p := range []core.Period{core.LastDays(asOf()-1, 7), core.LastDays(asOf()-6, 33)} {
		for _, me := range m.Measures() {
			if !me.Base() {
				continue
			}
			column := strings.TrimPrefix(me.Name, "advertising.")
			if column == "wasted" {
				column = "spend"
			}
			for _, kind := range me.Kinds {
				got, _ := frame(t, m, kind, p, asOf(), me.Name)
				if len(withoutZeros(got[me.Name])) == 0 {
					t.Errorf("%s of %s: nothing to test", me.Name, kind)
				}
				for subject, want := range got[me.Name] {
					rows := rowsOf(t, m, me.Name, subject, p)
					n := sumOf(rows, column)
					if me.Name == "advertising.wasted" && sumOf(rows, "orders") > 0 {
						n = 0
					}
					if int64(n) != want {
						t.Errorf("%s of %s %s: rows give %v, the measure is %d", me.Name, kind, subject, n, want)
					}
				}
			}
		}
	}
}

func TestRowsOfANamedKind(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	p := core.LastDays(asOf()-1, 20)
	h.Apply(t, m, report(1, source.AdProducts, asOf(), p, product(asOf()-5, "A", "A", 1, 1_00, 0, 0), product(asOf()-5, "A", "B", 1, 2_00, 0, 0)))
	if n := sumOf(rowsOf(t, m, "advertising.spend", "US/A", p), "spend"); n != 1_00 {
		t.Errorf("the SKU A: %v", n)
	}
	if n := sumOf(rowsOf(t, m, "advertising.campaign_spend", "US/A", p), "spend"); n != 3_00 {
		t.Errorf("the campaign A: %v", n)
	}
	for _, name := range []string{"advertising.acos", "advertising.nothing"} {
		if _, err := m.Rows(t.Context(), fact.RowsQuery{Name: name, Subject: "US/A", Period: p, AsOf: asOf(), Limit: 9}); core.AsError(err) == nil || core.AsError(err).Code != core.CodeNotFound {
			t.Errorf("%s has rows: %v", name, err)
		}
	}
}
