package inventory

import (
	"context"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// shown is facts as everyone sees them, by name and subject. The host keeps them, so that pages and rows don't compute them again.
type shown map[string]map[string]fact.Value

func (s *started) shown(ctx context.Context, asOf core.Day, names ...string) (shown, error) {
	columns, err := s.host.Facts(ctx, fact.Query{AsOf: asOf, Names: names})
	if err != nil {
		return nil, fmt.Errorf("read the facts of the SKUs: %w", err)
	}
	out := shown{}
	for _, c := range columns {
		out[c.Name] = c.Values
	}
	return out, nil
}

// num is a number that is known; else false.
func (f shown) num(name, id string) (float64, bool) {
	v, ok := f[name][id]
	return v.Num, ok && v.Known()
}

// made says of which SKUs a marketplace's figure is made.
type made struct {
	how     string
	columns []string // facts of the SKUs
	counts  func(f shown, id string, l levelLine) bool
}

func always(shown, string, levelLine) bool { return true }

func outAndSelling(f shown, id string, l levelLine) bool {
	perDay, known := f.num(factVelocity, id)
	return l.onHand == 0 && known && perDay > 0
}

func toOrder(f shown, id string, _ levelLine) bool {
	left, known := f.num(factOrderBy, id)
	units, _ := f.num(factSuggested, id)
	return known && left <= orderSoonDays && units > 0
}

func runsOut(f shown, id string, _ levelLine) bool {
	short, _ := f.num(factDaysShort, id)
	return short > 0
}

// madeOf says what a marketplace's figure is made of.
func madeOf(factName string) (made, bool) {
	m, ok := map[string]made{
		factOut: {"Number of rows: SKUs that sell and have none on hand", []string{factOnHand, factVelocity}, outAndSelling},
		factLow: {
			"Number of rows: SKUs whose cover is shorter than their lead time",
			[]string{factOnHand, factCover, factLead, factDaysShort},
			runsOut,
		},
		factToOrder: {
			"Number of rows: SKUs to order within 7 days for which an order is suggested",
			[]string{factOnHand, factOrderBy, factSuggested},
			toOrder,
		},
		factTotal:      {"Sum of units on hand", []string{factOnHand}, always},
		factInboundSum: {"Sum of inbound units", []string{factInbound}, always},
		factTiedUp: {
			"Sum of the stock values that are known, in the marketplace's currency",
			[]string{factOnHand, factUnitCost, factValue},
			func(_ shown, _ string, l levelLine) bool { return l.onHand > 0 },
		},
		factOrderTotal: {
			"Sum of the order costs that are known, in the marketplace's currency",
			[]string{factOrderBy, factSuggested, factUnitCost, factOrderCost},
			toOrder,
		},
		factLostTotal: {
			"Sum of the lost sales that are known, in the marketplace's currency",
			[]string{factOnHand, factVelocity, factLostSales},
			outAndSelling,
		},
	}[factName]
	return m, ok
}

// marketRows is the stock rows of the SKUs that a marketplace's figure is made of.
func (s *started) marketRows(ctx context.Context, q fact.RowsQuery) (fact.Rows, error) {
	of, ok := madeOf(q.Name)
	if !ok {
		return s.planRows(ctx, q)
	}
	sn, t, ok, err := s.stockSource(ctx, q.Subject, q.AsOf)
	if err != nil || !ok {
		return fact.Rows{How: of.how}, err
	}
	facts, err := s.shown(ctx, q.AsOf, of.columns...)
	if err != nil {
		return fact.Rows{}, err
	}
	if q.Name == factOut && s.demands(ctx, q.AsOf, []string{q.Subject})[q.Subject].problem != "" {
		of = made{"Number of rows: listed SKUs with none on hand, for sales are not known", []string{factOnHand}, listedEmpty}
	}
	lines, err := s.levelLines(ctx, place{sn.kind, q.Subject}, t, sn, q.AsOf, "")
	if err != nil {
		return fact.Rows{}, err
	}
	out := fact.Rows{How: of.how}
	for _, name := range of.columns {
		out.Columns = append(out.Columns, rowColumn(name))
	}
	for _, l := range lines {
		id := fact.SubjectID(q.Subject, string(l.sku))
		if !of.counts(facts, id, l) {
			continue
		}
		row := fact.Row{Document: l.document, Line: l.line, Subject: id}
		for _, name := range of.columns {
			v, ok := facts[name][id]
			if !ok {
				v = missing("", "not known")
			}
			row.Cells = append(row.Cells, v)
		}
		out.Rows = append(out.Rows, row)
	}
	return window(out, q), nil
}

func listedEmpty(_ shown, _ string, l levelLine) bool { return l.listed && l.onHand == 0 }

// rowColumn heads a column with a fact of SKUs.
func rowColumn(factName string) fact.RowColumn {
	if factName == factUnitCost {
		return fact.RowColumn{Name: factName, Title: "Unit cost", Type: fact.Money}
	}
	d, _ := definition(factName)
	return fact.RowColumn{Name: factName, Title: d.Title, Type: d.Type, Unit: d.Unit}
}

// absenceRows is the days without stock of a range, of a SKU or of all SKUs of a marketplace.
func (s *started) absenceRows(ctx context.Context, q fact.RowsQuery) (fact.Rows, error) {
	out := fact.Rows{
		How:     "Number of rows: days whose latest stock report, at most 7 days old, shows none on hand or no longer lists the SKU",
		Columns: []fact.RowColumn{textColumn("day", "Day"), textColumn("report", "Report of"), countColumn("on_hand", "On hand", "units")},
	}
	market, sku := fact.SplitID(q.Subject)
	lines, err := s.timelines(ctx)
	if err != nil {
		return out, err
	}
	a, ok, err := s.absences(ctx, lines[market], market, q.Period, q.AsOf)
	if err != nil || !ok {
		return out, err
	}
	type absent struct {
		at  int
		day core.Day
	}
	var all []absent
	for i, one := range a.moves.skus {
		if sku == "" || string(one) == sku {
			a.each(one, func(d core.Day) { all = append(all, absent{i, d}) })
		}
	}
	out.Total = len(all)
	from := min(max(q.Offset, 0), len(all))
	to := len(all)
	if q.Limit > 0 {
		to = min(from+q.Limit, to)
	}
	reports := map[int][]stockLine{}
	for _, x := range all[from:to] {
		if _, ok := reports[x.at]; !ok {
			read := core.Period{From: a.period.From - carriedDays, To: a.period.To}
			if reports[x.at], err = s.stockLines(ctx, a.place, a.moves.skus[x.at], read); err != nil {
				return out, err
			}
		}
		p := pace{lines: reports[x.at]}
		l, _ := p.line(x.day)
		report := origin{asOf: l.day, maturity: fact.Fresh, source: a.kind}
		if !l.listed {
			report.note = "not listed in the report of " + l.day.String()
		}
		out.Rows = append(out.Rows, fact.Row{Document: l.document, Line: l.line, Subject: a.moves.ids[x.at], Cells: []fact.Value{
			origin{asOf: x.day, maturity: fact.Fresh, source: a.kind}.text(x.day.String()), report.text(l.day.String()), report.num(float64(l.onHand)),
		}})
	}
	return out, nil
}
