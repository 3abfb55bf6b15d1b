package sales

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// orderColumns head the list of order lines.
func orderColumns() []fact.RowColumn {
	return []fact.RowColumn{
		{Name: "day", Title: "Day", Type: fact.Text, Sortable: true},
		{Name: "order", Title: "Order", Type: fact.Text, Sortable: true},
		{Name: "sku", Title: "SKU", Type: fact.Text, Sortable: true},
		{Name: "title", Title: "Title", Type: fact.Text},
		{Name: "status", Title: "Status", Type: fact.Text, Sortable: true},
		{Name: "units", Title: "Units", Type: fact.Count, Unit: "units", Sortable: true},
		{Name: "amount", Title: "Amount", Type: fact.Money, Sortable: true},
		{Name: "promotion", Title: "Promotion", Type: fact.Money, Sortable: true},
		{Name: "fulfilment", Title: "Sent by", Type: fact.Text, Sortable: true},
	}
}

// lineOrder is what these columns sort by.
func lineOrder() map[string]string {
	return map[string]string{
		"day": "o.day", "order": "o.order_id", "sku": "k.name", "status": "w.name", "units": "o.qty", "promotion": "o.promotion", "fulfilment": "o.fba",
		"amount": "CASE WHEN o.has_price = 1 THEN o.price END",
	}
}

// lineFilter is what a person's text may mean.
type lineFilter struct {
	skus     []int64 // sorted; nil: all
	statuses []int64
	order    string // part of an order id; "": none
	whole    bool   // order is a whole id
	nothing  bool   // it means nothing here
}

// keyed says whether days and counts in memory lead to the lines; else they must be searched for.
func (f lineFilter) keyed() bool { return len(f.statuses) == 0 && f.order == "" }

// filter reads the text: a whole order id, SKUs by name, title or ASIN, states, part of an order id.
func (r *listRequest) filter(ctx context.Context) (lineFilter, error) {
	var f lineFilter
	if r.sku != 0 {
		f.skus = []int64{r.sku}
	}
	text := strings.ToLower(strings.TrimSpace(r.q.Filter))
	if text == "" {
		return f, nil
	}
	id := strings.ToUpper(text)
	if ids, err := r.m.orderNumbers(ctx, r.v.tx, []string{id}); err != nil || len(ids) > 0 {
		f.order, f.whole = id, true
		return f, err
	}
	var skus []int64
	for id, name := range r.v.n.skus {
		if name != "" && (strings.Contains(strings.ToLower(name), text) || r.itemHas(id, text)) && (r.sku == 0 || r.sku == id) {
			skus = append(skus, id)
		}
	}
	for id, word := range r.v.n.words {
		if strings.ToUpper(word) != word && strings.Contains(strings.ToLower(word), text) { // ASINs and currencies have no small letters
			f.statuses = append(f.statuses, id)
		}
	}
	switch {
	case len(skus) > 0:
		slices.Sort(skus)
		f.skus, f.statuses = skus, nil
	case len(f.statuses) > 0:
	case len(text) >= 3 && strings.Trim(text, "s0123456789-") == "":
		f.order = id
	default:
		f.nothing = true
	}
	return f, nil
}

// itemHas says whether the title or ASIN of a SKU holds text, in any of the marketplaces.
func (r *listRequest) itemHas(sku int64, text string) bool {
	for _, mkt := range r.mkts {
		mi := r.items[mkt]
		if mi == nil || !mi.listed[sku] {
			continue
		}
		if strings.Contains(strings.ToLower(mi.title[sku]), text) || strings.Contains(strings.ToLower(r.v.n.words[mi.asin[sku]]), text) {
			return true
		}
	}
	return false
}

// orders lists order lines, the newest day first.
func (r *listRequest) orders(ctx context.Context) (fact.Rows, error) {
	out := fact.Rows{Columns: orderColumns()}
	query, err := r.sorted(r.m.q["ListLines"], lineOrder())
	if err != nil || r.none {
		return out, err
	}
	f, err := r.filter(ctx)
	if err != nil || f.nothing {
		return out, err
	}
	if f.whole {
		return out, r.ofOrder(ctx, f.order, &out)
	}
	days, err := r.dayCounts(ctx, f.skus)
	if err != nil {
		return out, err
	}
	if f.keyed() && (r.q.Sort == "" || r.q.Sort == "day") {
		return out, r.walk(ctx, days, f, &out)
	}
	return out, r.searched(ctx, query, days, f, &out)
}

// dayLines is a day with the lines of it that are in scope.
type dayLines struct {
	day core.Day
	n   int
}

// dayCounts counts the lines of each day that has some, newest first, from memory.
func (r *listRequest) dayCounts(ctx context.Context, skus []int64) ([]dayLines, error) {
	packs, err := r.v.packs(ctx)
	if err != nil {
		return nil, err
	}
	p := r.q.Period
	if p.To == 0 {
		for _, mkt := range r.mkts {
			if s := packs[mkt].Span(); s.Days() > 0 {
				p = p.Include(s.From).Include(s.To)
			}
		}
	}
	var out []dayLines
	for d := p.To; d >= p.From && p.Days() > 0; d-- {
		n := 0
		for _, mkt := range r.mkts {
			switch day := packs[mkt].At(d); {
			case day == nil:
			case skus == nil:
				n += day.Lines
			default:
				n += day.LinesOf(skus)
			}
		}
		if n > 0 {
			out = append(out, dayLines{d, n})
		}
	}
	return out, nil
}

// walk reads lines day by day in the list's own order, or the oldest day first.
func (r *listRequest) walk(ctx context.Context, days []dayLines, f lineFilter, out *fact.Rows) error {
	if r.q.Sort == "day" && !r.q.Desc {
		slices.Reverse(days)
	}
	for _, d := range days {
		out.Total += d.n
	}
	skip, left := r.q.Offset, r.q.Limit
	for _, d := range days {
		if left <= 0 {
			break
		}
		if skip >= d.n {
			skip -= d.n
			continue
		}
		n := min(left, d.n-skip)
		if err := r.read(ctx, r.m.q["ListLines"], out, int64(d.day), int64(d.day), jsonList(r.mkts), jsonList(f.skus), 0, "[]", "", skip, n); err != nil {
			return err
		}
		skip, left = 0, left-n
	}
	return nil
}

// searched sorts and searches the lines of the newest days, as many as may be looked at.
func (r *listRequest) searched(ctx context.Context, query string, days []dayLines, f lineFilter, out *fact.Rows) error {
	if len(days) == 0 {
		return nil
	}
	seen, last := 0, days[0].day
	for _, d := range days {
		if seen > 0 && seen+d.n > maxSearched {
			out.How = fmt.Sprintf("Only the days from %s on are sorted and searched: choose fewer days to reach earlier ones", last)
			break
		}
		seen, last = seen+d.n, d.day
	}
	args := []any{int64(last), int64(days[0].day), jsonList(r.mkts), jsonList(f.skus), 0, "[]", ""}
	if !f.keyed() {
		args[4], args[5] = 1, jsonList(f.statuses)
		if f.order != "" {
			args[6] = like(f.order)
		}
	}
	if err := r.v.tx.QueryRowContext(ctx, r.m.q["CountLines"], args...).Scan(&out.Total); err != nil {
		return fmt.Errorf("count order lines: %w", err)
	}
	return r.read(ctx, query, out, append(args, r.q.Offset, r.q.Limit)...)
}

// ofOrder lists the lines of one order, if they are in scope.
func (r *listRequest) ofOrder(ctx context.Context, id string, out *fact.Rows) error {
	ids, err := r.m.orderNumbers(ctx, r.v.tx, []string{id})
	if err != nil {
		return err
	}
	for number := range ids {
		places, err := r.m.orderDays(ctx, r.v.tx, []int64{number})
		if err != nil {
			return err
		}
		for _, p := range places {
			if r.q.Period.To != 0 && !r.q.Period.Contains(core.Day(p[0])) {
				continue
			}
			if err := r.read(ctx, r.m.q["LinesOfOrder"], out, p[0], p[1]); err != nil {
				return err
			}
		}
	}
	out.Total = len(out.Rows)
	from := min(r.q.Offset, out.Total)
	out.Rows = out.Rows[from:min(out.Total, from+r.q.Limit)]
	return nil
}

// read appends the rows of a statement that are in scope.
func (r *listRequest) read(ctx context.Context, query string, out *fact.Rows, args ...any) error {
	rows, err := r.v.tx.QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("list order lines: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var day core.Day
		var l placedLine
		err := rows.Scan(&day, &l.order, &l.name, &l.sku, &l.mkt, &l.status, &l.state, &l.fba, &l.qty, &l.currency, &l.priced, &l.price, &l.promoted, &l.doc, &l.row)
		if err != nil {
			return fmt.Errorf("list order lines: %w", err)
		}
		if !slices.Contains(r.mkts, l.mkt) || r.sku != 0 && l.sku != r.sku {
			continue
		}
		out.Rows = append(out.Rows, r.orderRow(day, &l))
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("list order lines: %w", err)
	}
	return nil
}

func (r *listRequest) orderRow(day core.Day, l *placedLine) fact.Row {
	title, by := "", "Seller"
	if mi := r.items[l.mkt]; mi != nil {
		title = mi.title[l.sku]
	}
	if l.fba == 1 {
		by = "Amazon"
	}
	return fact.Row{Document: l.doc, Line: l.row, Subject: r.subjectOf(l.mkt, l.sku), Cells: []fact.Value{
		textCell(day.String()), textCell(l.orderID()), textCell(r.v.n.skus[l.sku]), textCell(title), textCell(r.v.n.words[l.status]),
		countCell(l.qty), l.amount(r.v.n), moneyCell(l.promoted, core.Currency(r.v.n.words[l.currency])), textCell(by),
	}}
}
