package sales

import (
	"context"
	"fmt"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
)

// Rows implements fact.RowProvider.
func (m *Module) Rows(ctx context.Context, q fact.RowsQuery) (fact.Rows, error) {
	base, ok := rowsOf(q.Name)
	if !ok {
		return fact.Rows{}, core.NotFound("sales", "There are no rows behind "+q.Name+".")
	}
	code, sku := fact.SplitID(q.Subject)
	r := &rowsRequest{m: m, q: q, what: base, s: newSheet(m, fact.Query{AsOf: q.AsOf, Subject: q.Subject})}
	if err := r.frame(ctx, code); err != nil {
		return fact.Rows{}, err
	}
	var err error
	if r.items, err = m.h.Catalog().Items(ctx); err != nil {
		return fact.Rows{}, fmt.Errorf("read the catalog: %w", err)
	}
	v, done, err := m.view(ctx)
	if err != nil {
		return fact.Rows{}, err
	}
	defer done()
	r.v = v
	stores := v.stores(q.Subject)
	if len(stores) != 1 || (sku == "") != (base.kind == fact.Marketplace) && !base.measure {
		return fact.Rows{}, core.NotFound("sales", "Nothing is known of "+q.Subject+".")
	}
	r.st = stores[0]
	return base.answer(r, ctx)
}

// rowsRequest is one question for rows.
type rowsRequest struct {
	m    *Module
	v    *view
	s    *sheet
	q    fact.RowsQuery
	what rowsBase
	mk   *market // of facts
	st   store

	items []module.Item
}

// frame finds the windows of a fact, with the same hands that made the fact.
func (r *rowsRequest) frame(ctx context.Context, code string) error {
	if r.what.measure {
		r.q.Period.To = min(r.q.Period.To, r.q.AsOf-1)
		return nil
	}
	n, err := r.m.namesNow(ctx)
	if err != nil {
		return err
	}
	markets, err := r.s.markets(ctx, n)
	if err != nil {
		return err
	}
	for _, mk := range markets {
		if mk.code == code {
			r.mk = mk
		}
	}
	if r.mk == nil {
		return core.NotFound("sales", "Nothing is known of "+r.q.Subject+".")
	}
	if r.what.stem == "price" {
		return r.s.sumSKUs(ctx, markets, n)
	}
	return nil
}

// rowsBase says what rows a number rests on.
type rowsBase struct {
	stem    string
	kind    fact.SubjectKind
	measure bool
	window  int // place in windowDays
	answer  func(*rowsRequest, context.Context) (fact.Rows, error)
}

// rowsOf finds the rows of a fact or base measure.
func rowsOf(name string) (rowsBase, bool) {
	for _, d := range baseMeasures() {
		if d.Name == name {
			stem := strings.TrimPrefix(name, "sales.")
			return rowsBase{stem: stem, measure: true, answer: answerOf(stem)}, true
		}
	}
	for _, d := range definitions() {
		if d.Name != name || len(d.Parts) > 0 {
			continue
		}
		b := rowsBase{stem: strings.TrimPrefix(name, "sales."), kind: d.Subject, window: w28}
		for i, days := range windowDays() {
			if stem, ok := strings.CutSuffix(b.stem, fmt.Sprintf("_%dd", days)); ok {
				b.stem, b.window = stem, i
			}
		}
		b.stem = strings.TrimPrefix(b.stem, "market_")
		b.answer = answerOf(b.stem)
		return b, b.answer != nil
	}
	return rowsBase{}, false
}

func answerOf(stem string) func(*rowsRequest, context.Context) (fact.Rows, error) {
	switch stem {
	case "units", "sales", "orders", "cancelled_units", "fees", "cogs", "prior_units", "change", "yesterday_sales", "yesterday_change":
		return (*rowsRequest).orders
	case "sessions", "page_views", "item_units", "featured_views", "offer_views", "unit_session_pct", "featured_offer_pct":
		return (*rowsRequest).traffic
	case "refunds":
		return (*rowsRequest).refunds
	case "settled_through":
		return (*rowsRequest).settledThrough
	case "price":
		return (*rowsRequest).price
	case "fees_per_unit":
		return (*rowsRequest).feePerUnit
	case "unit_cost":
		return (*rowsRequest).unitCost
	}
	return nil
}

// cut gives a window of rows that are all there.
func (r *rowsRequest) cut(out fact.Rows) fact.Rows {
	out.Total = len(out.Rows)
	from := min(max(0, r.q.Offset), out.Total)
	to := out.Total
	if r.q.Limit > 0 {
		to = min(to, from+r.q.Limit)
	}
	out.Rows = out.Rows[from:to]
	return out
}

// Cells of rows.
func textCell(s string) fact.Value {
	if s == "" {
		return noCell("")
	}
	return fact.Value{Text: s, Maturity: fact.Fresh}
}

func countCell(n int64) fact.Value { return fact.Value{Num: float64(n), Maturity: fact.Fresh} }

func moneyCell(minor int64, c core.Currency) fact.Value {
	return fact.Value{Money: core.Money{Minor: minor, Currency: c}, Maturity: fact.Fresh}
}

func noCell(why string) fact.Value { return fact.Value{Maturity: fact.Missing, Note: why} }
