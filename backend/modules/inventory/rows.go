package inventory

import (
	"context"
	"fmt"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// Rows implements fact.RowProvider. A row with a document but line 0 stands for a report that no longer lists the SKU.
func (m *Module) Rows(ctx context.Context, q fact.RowsQuery) (fact.Rows, error) {
	s, err := m.running()
	if err != nil {
		return fact.Rows{}, err
	}
	if q.Name == measureOut {
		return s.absenceRows(ctx, q)
	}
	d, ok := definition(q.Name)
	if !ok {
		return fact.Rows{}, core.NotFound(name, "Inventory has no number "+q.Name+".")
	}
	if len(d.Parts) > 0 {
		return fact.Rows{}, core.NotFound(name, d.Title+" is computed from other numbers; ask for the rows of those.")
	}
	if d.Subject == fact.Marketplace {
		return s.marketRows(ctx, q)
	}
	switch q.Name {
	case factOnHand, factReserved, factInbound, factWorking, factUnsellable:
		return s.stockRows(ctx, q, d)
	case factVelocity:
		return s.paceRows(ctx, q)
	case factStockouts:
		return s.stockoutRows(ctx, q)
	case factLead, factTarget:
		return s.enteredRows(ctx, q, d)
	}
	return s.amazonRows(ctx, q, d)
}

// window cuts all rows to what is asked for; no limit: all.
func window(out fact.Rows, q fact.RowsQuery) fact.Rows {
	out.Total = len(out.Rows)
	from := min(max(q.Offset, 0), len(out.Rows))
	to := len(out.Rows)
	if q.Limit > 0 {
		to = min(from+q.Limit, to)
	}
	out.Rows = out.Rows[from:to]
	return out
}

func countColumn(name, title, unit string) fact.RowColumn {
	return fact.RowColumn{Name: name, Title: title, Type: fact.Count, Unit: unit}
}

func textColumn(name, title string) fact.RowColumn {
	return fact.RowColumn{Name: name, Title: title, Type: fact.Text}
}

// stockSource finds the stock report that speaks for a subject's marketplace.
func (s *started) stockSource(ctx context.Context, market string, asOf core.Day) (snapshot, timeline, bool, error) {
	lines, err := s.timelines(ctx)
	if err != nil {
		return snapshot{}, timeline{}, false, err
	}
	sn, ok := s.stockSnapshot(lines[market], asOf)
	return sn, lines[market][sn.kind], ok, nil
}

// stockRows is the line of the stock report that a SKU's units stand in.
func (s *started) stockRows(ctx context.Context, q fact.RowsQuery, d fact.Definition) (fact.Rows, error) {
	market, sku := fact.SplitID(q.Subject)
	out := fact.Rows{
		How:     "The figure stands in this row",
		Columns: []fact.RowColumn{countColumn("units", d.Title, "units"), textColumn("as_of", "Figures of")},
	}
	if q.Name == factInbound {
		out.How = "Inbound shipped + receiving of this row; where the report does not tell them apart, all that is on its way"
	}
	sn, t, ok, err := s.stockSource(ctx, market, q.AsOf)
	if err != nil || !ok {
		return out, err
	}
	lines, err := s.levelLines(ctx, place{sn.kind, market}, t, sn, q.AsOf, sku)
	if err != nil {
		return out, err
	}
	for _, l := range lines {
		o := l.origin(sn)
		units := map[string]fact.Value{
			factOnHand: o.num(float64(l.onHand)), factReserved: o.num(float64(l.reserved)), factUnsellable: o.num(float64(l.unsellable)),
			factInbound: inboundOrigin(o, l.units).num(float64(l.inbound)), factWorking: o.num(float64(l.working.Int64)),
		}[q.Name]
		if q.Name == factWorking && !l.working.Valid {
			continue
		}
		out.Rows = append(out.Rows, fact.Row{
			Document: l.document, Line: l.line, Subject: q.Subject, Cells: []fact.Value{units, o.text(o.asOf.String())},
		})
	}
	return window(out, q), nil
}

// pace is one SKU's days, with the line of a report that speaks for each.
type pace struct {
	snapshot
	demand  demand
	history history
	changes []change
	lines   []stockLine
}

// paceOf reads the 90 days before asOf.
func (s *started) paceOf(ctx context.Context, subject string, asOf core.Day) (pace, bool, error) {
	market, sku := fact.SplitID(subject)
	sn, t, ok, err := s.stockSource(ctx, market, asOf)
	if err != nil || !ok {
		return pace{}, false, err
	}
	out := pace{snapshot: sn}
	at := place{sn.kind, market}
	if out.history, err = s.history(ctx, at, t, asOf); err != nil {
		return pace{}, false, err
	}
	out.changes = out.history.changes[core.SKU(sku)]
	out.demand = s.demands(ctx, asOf, []string{market})[market]
	window := core.Period{From: out.demand.window.From - carriedDays, To: asOf}
	out.lines, err = s.stockLines(ctx, at, core.SKU(sku), window)
	return out, err == nil, err
}

// begun leaves out the snapshots before the first that lists a SKU, or in which it had run out: it was not there yet.
func begun(lines []stockLine, changes []change) []stockLine {
	i := slices.IndexFunc(lines, func(l stockLine) bool { return l.listed || (len(changes) > 0 && changes[0].day < l.day) })
	if i < 0 {
		return nil
	}
	return lines[i:]
}

// line is the row of the report that speaks for day d; false if none does.
func (p *pace) line(d core.Day) (stockLine, bool) {
	for _, l := range slices.Backward(p.lines) {
		if l.day <= d {
			return l, d-l.day <= carriedDays
		}
	}
	return stockLine{}, false
}

// row is day i of the window: the day, the units sold, and what the report says.
func (p *pace) row(subject string, i int) fact.Row {
	d := p.demand.window.From + core.Day(i)
	_, sku := fact.SplitID(subject)
	units, kind := p.demand.day(p.history, p.changes, p.demand.units[core.SKU(sku)], i)
	day := origin{asOf: d, maturity: fact.Fresh, source: salesKind}
	sold := day.num(units)
	if kind == unsold {
		sold = missing(salesKind, "sales of this day are not known")
	}
	onHand, of := missing(p.kind, "no report speaks for this day"), missing(p.kind, "")
	out := fact.Row{Subject: subject}
	if l, ok := p.line(d); ok {
		report := origin{asOf: l.day, maturity: fact.Fresh, source: p.kind}
		if !l.listed {
			report.note = "not listed in the report of " + l.day.String()
		}
		onHand, of = report.num(float64(l.onHand)), report.text(l.day.String())
		out.Document, out.Line = l.document, l.line
	}
	counts := day.value()
	counts.Flag = kind == counted || kind == assumed
	out.Cells = []fact.Value{day.text(d.String()), sold, onHand, of, counts}
	return out
}

func paceColumns() []fact.RowColumn {
	return []fact.RowColumn{
		textColumn("day", "Day"), countColumn("units", "Units sold", "units"), countColumn("on_hand", "On hand", "units"),
		textColumn("report", "Report of"),
		{Name: "counts", Title: "Counts", Type: fact.Flag},
	}
}

// paceRows is the days that velocity is made of.
func (s *started) paceRows(ctx context.Context, q fact.RowsQuery) (fact.Rows, error) {
	out := fact.Rows{
		How: "Units sold of the days that count ÷ number of days that count. A day counts when its sales are known and either " +
			"something sold or no stock report, at most 7 days old, shows the SKU without stock",
		Columns: paceColumns(),
	}
	p, ok, err := s.paceOf(ctx, q.Subject, q.AsOf)
	if err != nil || !ok || p.demand.problem != "" {
		return out, err
	}
	_, sku := fact.SplitID(q.Subject)
	n, _, _ := span(p.history, p.changes, p.demand, p.demand.units[core.SKU(sku)])
	for i := longWindow - n; i < longWindow; i++ {
		out.Rows = append(out.Rows, p.row(q.Subject, i))
	}
	return window(out, q), nil
}

// stockoutRows is the days of the last 28 without stock.
func (s *started) stockoutRows(ctx context.Context, q fact.RowsQuery) (fact.Rows, error) {
	out := fact.Rows{
		How:     "Number of rows: days whose latest stock report, at most 7 days old, shows none on hand and on which nothing was sold",
		Columns: paceColumns()[:4],
	}
	p, ok, err := s.paceOf(ctx, q.Subject, q.AsOf)
	if err != nil || !ok {
		return out, err
	}
	_, sku := fact.SplitID(q.Subject)
	for i := longWindow - shortWindow; i < longWindow; i++ {
		if st, _ := p.demand.stock(p.history, p.changes, p.demand.units[core.SKU(sku)], i); st == outOfStock {
			row := p.row(q.Subject, i)
			row.Cells = row.Cells[:4]
			out.Rows = append(out.Rows, row)
		}
	}
	return window(out, q), nil
}

// enteredRows is a figure that comes from no document: the seller or Purser's starting values gave it.
func (s *started) enteredRows(ctx context.Context, q fact.RowsQuery, d fact.Definition) (fact.Rows, error) {
	out := fact.Rows{How: "Entered in Purser, not read from a file", Columns: []fact.RowColumn{
		{Name: "days", Title: d.Title, Type: fact.Number, Unit: "days"}, textColumn("given", "Given by"),
	}}
	set, err := s.targetCover(ctx, q.AsOf)
	if err != nil {
		return out, err
	}
	cells := []fact.Value{set.num(set.days), set.text(fmt.Sprintf("In force since %s. %s", set.since, set.from))}
	if q.Name == factLead {
		facts, err := s.shown(ctx, q.AsOf, factLead)
		if err != nil {
			return out, err
		}
		v := facts[factLead][q.Subject]
		if !v.Known() {
			return out, nil
		}
		by := origin{asOf: v.AsOf, maturity: v.Maturity, source: v.Source}.text("the seller, for this SKU")
		if v.Maturity == fact.Estimated {
			by.Text = "the account's default"
		}
		cells = []fact.Value{v, by}
	}
	out.Rows = []fact.Row{{Subject: q.Subject, Cells: cells}}
	return window(out, q), nil
}
