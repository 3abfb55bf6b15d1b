package advertising

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// behind is what a value is made of: the sheets of a stream in a marketplace, which of their
// rows, and how they make the value.
type behind struct {
	market string
	stream source.Stream
	sheets []sheetOf
	keep   func(r *row) bool // nil: all
	how    string
	// quiet is a day that a report covers without a row of it; zero where there are rows.
	quiet sheetOf
}

// Rows implements fact.RowProvider. Measures are answered for the kind of subject that the id
// fits: a marketplace, else an advertised SKU, else a campaign, else a search term; the names of
// daily series (advertising.campaign_spend) ask for one kind.
func (m *Module) Rows(ctx context.Context, q fact.RowsQuery) (fact.Rows, error) {
	x, err := m.ask(ctx, fact.Query{AsOf: q.AsOf, Names: m.judges(q.Name), Subject: marketOnly(q)})
	if err != nil {
		return fact.Rows{}, err
	}
	defer x.close()
	candidates, err := x.behind(ctx, q)
	if err != nil {
		return fact.Rows{}, err
	}
	var first fact.Rows
	for i, b := range candidates {
		out, err := x.list(ctx, b, q.Offset, q.Limit)
		if err != nil || out.Total > 0 {
			return out, err
		}
		if i == 0 {
			first = out
		}
	}
	return first, nil
}

// judges are the facts that must be worked out to know which rows a fact is made of.
func (m *Module) judges(name string) []string {
	switch name {
	case "advertising.wasted_spend_28d", "advertising.market_wasted_terms", "advertising.term_expected_orders":
		return []string{name}
	}
	return []string{"advertising.settled_through"} // of its own rows: nothing else is read
}

// marketOnly narrows a question to the marketplace of its subject.
func marketOnly(q fact.RowsQuery) string {
	market, _ := fact.SplitID(q.Subject)
	return market
}

// behind finds what the value of q is made of: the first that has any rows.
func (x *question) behind(ctx context.Context, q fact.RowsQuery) ([]behind, error) {
	market, rest := fact.SplitID(q.Subject)
	for _, d := range definitions() {
		switch {
		case d.Name != q.Name:
		case len(d.Parts) > 0:
			return nil, core.NotFound("advertising", d.Title+" is worked out from other figures: look at the rows of those.")
		case q.Subject == "" || (d.Subject == fact.Marketplace) != (rest == ""):
			return nil, core.Invalid("advertising", fmt.Sprintf("%q is no %s.", q.Subject, d.Subject), "Ask for the rows of one subject.")
		default:
			b, err := x.behindFact(ctx, d, market, q.Subject)
			return []behind{b}, err
		}
	}
	b, ok := baseOf(q.Name)
	kinds := b.kinds
	if kind, f, series := dailySeries(q.Name); !ok && series {
		b, _ = baseOf("advertising." + f.name)
		kinds, ok = []fact.SubjectKind{kind}, true
	}
	if !ok {
		return nil, core.NotFound("advertising", "There is no figure "+q.Name+" with rows of its own.")
	}
	return x.behindMeasure(ctx, b, kinds, q)
}

// behindMeasure finds the rows of a base measure, for each kind that the subject may be of.
func (x *question) behindMeasure(ctx context.Context, m base, kinds []fact.SubjectKind, q fact.RowsQuery) ([]behind, error) {
	market, rest := fact.SplitID(q.Subject)
	p := core.Period{From: q.Period.From, To: min(q.Period.To, q.AsOf-1)}
	var out []behind
	for _, kind := range kinds {
		if (kind == fact.Marketplace) != (rest == "") {
			continue
		}
		k, err := x.pick(ctx, market, m.from(kind), p, q.AsOf)
		if err != nil {
			return nil, err
		}
		b := behind{market: market, stream: k.stream, sheets: k.told.sheets, how: "Sum of " + columnOf(m.name) + " of these rows."}
		b.keep = x.about(k.group, kind, market, q.Subject)
		if m.name == measureWasted {
			if err := x.wastedRows(ctx, &b, &k, kind); err != nil {
				return nil, err
			}
		}
		if k.cover.Note != "" {
			b.how += " " + sentence(k.cover.Note)
		}
		out = append(out, b)
	}
	return out, nil
}

// wastedRows narrows the rows of a marketplace to those of terms that brought no order.
func (x *question) wastedRows(ctx context.Context, b *behind, k *pick, kind fact.SubjectKind) error {
	if kind == fact.SearchTerm {
		b.how = "Sum of spend of these rows if none of them has an order, else 0."
		return nil
	}
	b.how = "Sum of spend of these rows: those of search terms that brought no order in the range."
	if k.cover.Days == 0 {
		return nil
	}
	sums, subjects, err := k.totals(ctx, x.snapshot)
	if err != nil {
		return err
	}
	wasted := map[string]bool{}
	for i := range sums {
		if wastedOf(&sums[i]) != 0 {
			wasted[subjects[i]] = true
		}
	}
	b.keep = func(r *row) bool { return wasted[sumTerm.subject(b.market, byTerm(r), x.names)] }
	return nil
}

// about says whether a row is of a subject.
func (x *question) about(g groupKind, kind fact.SubjectKind, market, subject string) func(r *row) bool {
	if kind == fact.Marketplace {
		return nil
	}
	key, last, is := g.key(), ^uint64(0), false
	return func(r *row) bool {
		if k := key(r); k != last { // rows are sorted: the same key comes again
			last, is = k, g.subject(market, k, x.names) == subject
		}
		return is
	}
}

// any says whether there is a row.
func (x *question) any(ctx context.Context, b *behind) (bool, error) {
	list, err := x.list(ctx, *b, 0, 1)
	return list.Total > 0, err
}

// list reads the rows, newest day first, by line of the document within a day.
func (x *question) list(ctx context.Context, b behind, offset, limit int) (fact.Rows, error) {
	columns := rowColumns(b.stream)
	out := fact.Rows{How: b.how, Rows: []fact.Row{}}
	for _, c := range columns {
		out.Columns = append(out.Columns, c.RowColumn)
	}
	sheets := slices.Clone(b.sheets)
	slices.SortStableFunc(sheets, func(a, b sheetOf) int { return cmp.Compare(b.days.To, a.days.To) })
	for _, at := range sheets {
		lines, err := x.lines(ctx, b, at)
		if err != nil {
			return fact.Rows{}, err
		}
		for i := range lines {
			if n := out.Total; n >= offset && n < offset+limit {
				out.Rows = append(out.Rows, x.row(b, at, &lines[i], columns))
			}
			out.Total++
		}
	}
	if out.Total == 0 && b.quiet.document != 0 {
		out.Total = 1
		if offset == 0 && limit > 0 {
			out.Rows = append(out.Rows, quietRow(b, len(columns)))
		}
	}
	return out, nil
}

// quietRow stands for a day of which a report has no row: the document without a line.
func quietRow(b behind, columns int) fact.Row {
	out := fact.Row{Document: b.quiet.document, Subject: b.market, Cells: make([]fact.Value, columns)}
	for i := range out.Cells {
		out.Cells[i] = fact.Value{AsOf: b.quiet.days.To, Maturity: fact.Missing, Source: kindOf(b.stream), Note: "the report covers this day and has no row of it"}
	}
	out.Cells[0].Text, out.Cells[0].Maturity, out.Cells[0].Note = b.quiet.days.To.String(), fact.Fresh, ""
	return out
}

// lines are the rows of a sheet that count, by line.
func (x *question) lines(ctx context.Context, b behind, at sheetOf) ([]line, error) {
	var data, places []byte
	err := x.tx.QueryRowContext(ctx, x.m.q["SheetLines"], b.market, string(b.stream), int64(at.days.From), int64(at.days.To), at.document).Scan(&data, &places)
	if err != nil {
		return nil, fmt.Errorf("advertising: read the rows of %s: %w", at.days.From, err)
	}
	all, err := unpackLines(data, places)
	if err != nil {
		return nil, err
	}
	if b.keep != nil {
		all = slices.DeleteFunc(all, func(l line) bool { return !b.keep(&l.row) })
	}
	slices.SortStableFunc(all, func(a, b line) int { return cmp.Compare(a.at, b.at) })
	return all, nil
}

func (x *question) row(b behind, at sheetOf, l *line, columns []rowColumn) fact.Row {
	out := fact.Row{Document: at.document, Line: int(l.at), Subject: x.subjectOf(b, &l.row)}
	for _, c := range columns {
		v := fact.Value{AsOf: at.days.To, Maturity: fact.Fresh, Source: kindOf(b.stream)}
		switch {
		case c.text != nil:
			v.Text = x.names.of(c.text(&l.row))
		case c.number == nil:
			v.Text = at.days.To.String()
			if at.days.From != at.days.To {
				v.Text = at.days.From.String() + " to " + v.Text
			}
		case c.Type == fact.Money:
			v.Money = core.Money{Minor: c.number(&l.row), Currency: core.Currency(x.names.of(l.currency))}
			if v.Money.Currency == "" {
				v.Money.Currency = currencyOf(b.market)
			}
		default:
			v.Num = float64(c.number(&l.row))
		}
		out.Cells = append(out.Cells, v)
	}
	return out
}

// subjectOf is the subject that a row speaks of.
func (x *question) subjectOf(b behind, r *row) string {
	g := groupOf(b.stream)
	return g.subject(b.market, g.key()(r), x.names)
}

// rowColumn is a column of rows: a text, a number, or the day.
type rowColumn struct {
	fact.RowColumn
	text   func(r *row) uint32
	number func(r *row) int64
}

// rowColumns are the columns of the rows of a stream.
func rowColumns(s source.Stream) []rowColumn {
	text := func(name, title string, of func(r *row) uint32) rowColumn {
		return rowColumn{fact.RowColumn{Name: name, Title: title, Type: fact.Text}, of, nil}
	}
	number := func(name, title string, t fact.Type, unit string, of func(r *row) int64) rowColumn {
		return rowColumn{fact.RowColumn{Name: name, Title: title, Type: t, Unit: unit}, nil, of}
	}
	out := []rowColumn{text("day", "Day", nil), text("campaign", "Campaign", func(r *row) uint32 { return r.campaign })}
	if s != source.AdCampaigns {
		out = append(out, text("ad_group", "Ad group", func(r *row) uint32 { return r.adGroup }))
	}
	switch s {
	case source.AdProducts:
		out = append(out, text("sku", "SKU", func(r *row) uint32 { return r.sku }))
	case source.AdCampaigns:
		out = append(out, text("status", "Status", func(r *row) uint32 { return r.status }),
			number("budget", "Budget", fact.Money, "", func(r *row) int64 { return r.budget }))
	default:
		out = append(out, text("target", "Target", func(r *row) uint32 { return r.targeting }), text("match_type", "Match type", func(r *row) uint32 { return r.match }))
	}
	if s == source.AdSearchTerms {
		out = append(out, text("term", "Search term", func(r *row) uint32 { return r.term }))
	}
	return append(out,
		number("impressions", "Impressions", fact.Count, "impressions", func(r *row) int64 { return r.impressions }),
		number("clicks", "Clicks", fact.Count, "clicks", func(r *row) int64 { return r.clicks }),
		number("spend", "Spend", fact.Money, "", func(r *row) int64 { return r.spend }),
		number("orders", "Ad orders", fact.Count, "orders", func(r *row) int64 { return r.orders }),
		number("sales", "Ad sales", fact.Money, "", func(r *row) int64 { return r.sales }),
	)
}
