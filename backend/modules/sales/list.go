package sales

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// The lists.
const (
	listOrders      = "sales.orders"
	listSettlements = "sales.settlements"
)

// maxSearched bounds the lines that are sorted or searched where no key leads to them.
const maxSearched = 20_000

// List implements fact.Lister.
func (m *Module) List(ctx context.Context, q fact.RowsQuery) (fact.Rows, error) {
	answers := map[string]func(*listRequest, context.Context) (fact.Rows, error){
		listOrders: (*listRequest).orders, listSettlements: (*listRequest).settlements,
	}
	answer := answers[q.Name]
	if answer == nil {
		return fact.Rows{}, core.NotFound("sales", "There is no list "+q.Name+".")
	}
	items, err := m.h.Catalog().Items(ctx)
	if err != nil {
		return fact.Rows{}, fmt.Errorf("read the catalog: %w", err)
	}
	v, done, err := m.view(ctx)
	if err != nil {
		return fact.Rows{}, err
	}
	defer done()
	r := &listRequest{m: m, v: v, q: q, items: v.index(items)}
	if r.q.Limit <= 0 {
		r.q.Limit = math.MaxInt32
	}
	r.q.Offset = max(0, r.q.Offset)
	r.scope()
	return answer(r, ctx)
}

// listRequest is one question for a list.
type listRequest struct {
	m     *Module
	v     *view
	q     fact.RowsQuery
	items map[int64]*marketItems
	mkts  []int64
	sku   int64 // 0: all
	none  bool  // the subject or the marketplaces are not known
}

// scope turns marketplaces and subject into numbers.
func (r *listRequest) scope() {
	only, sku := fact.SplitID(r.q.Subject)
	for id, code := range r.v.n.mkts {
		if (only == "" || code == only) && (len(r.q.Marketplaces) == 0 || slices.Contains(r.q.Marketplaces, code)) {
			r.mkts = append(r.mkts, id)
		}
	}
	slices.Sort(r.mkts)
	if sku != "" {
		r.sku = r.v.ids[sku]
	}
	r.none = len(r.mkts) == 0 || sku != "" && r.sku == 0
}

// jsonList writes numbers for json_each.
func jsonList(ids []int64) string {
	if len(ids) == 0 {
		return "[]"
	}
	out, err := json.Marshal(ids)
	if err != nil {
		return "[]"
	}
	return string(out)
}

// like is a pattern for texts that contain s; "%" for any.
func like(s string) string {
	if s == "" {
		return "%"
	}
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s) + "%"
}

// sorted puts the wanted order into a statement; by maps columns to what they sort by. Any other
// column is refused.
func (r *listRequest) sorted(query string, by map[string]string) (string, error) {
	if r.q.Sort == "" {
		return query, nil
	}
	column := by[r.q.Sort]
	if column == "" {
		return "", core.Invalid("sales", "This list can't be sorted by "+r.q.Sort+".", "Sort it by another column.")
	}
	if r.q.Desc {
		column += " DESC"
	}
	return strings.Replace(query, "/*sort*/", column+",", 1), nil
}

// subjectOf is the id of a SKU in a marketplace; "" for orders from elsewhere.
func (r *listRequest) subjectOf(mkt, sku int64) string {
	code, name := r.v.n.mkts[mkt], r.v.n.skus[sku]
	if code == "" || code == core.NonAmazon || name == "" {
		return ""
	}
	return fact.SubjectID(code, name)
}

// settlementColumns head the list of settlement lines.
func settlementColumns() []fact.RowColumn {
	return []fact.RowColumn{
		{Name: "day", Title: "Posted", Type: fact.Text, Sortable: true},
		{Name: "settlement", Title: "Settlement", Type: fact.Text, Sortable: true},
		{Name: "type", Title: "Transaction", Type: fact.Text, Sortable: true},
		{Name: "amount_type", Title: "Kind of amount", Type: fact.Text, Sortable: true},
		{Name: "description", Title: "Amount for", Type: fact.Text, Sortable: true},
		{Name: "order", Title: "Order", Type: fact.Text, Sortable: true},
		{Name: "sku", Title: "SKU", Type: fact.Text, Sortable: true},
		{Name: "units", Title: "Units", Type: fact.Count, Unit: "units", Sortable: true},
		{Name: "amount", Title: "Amount", Type: fact.Money, Sortable: true},
	}
}

// settlementOrder is what these columns sort by.
func settlementOrder() map[string]string {
	return map[string]string{
		"day": "l.day", "settlement": "l.settlement_id", "type": "l.transaction_type", "amount_type": "l.amount_type", "description": "l.amount_desc",
		"order": "l.order_id", "sku": "k.name", "units": "l.qty", "amount": "l.amount",
	}
}

// settlements lists settlement lines, the newest first.
func (r *listRequest) settlements(ctx context.Context) (fact.Rows, error) {
	out := fact.Rows{Columns: settlementColumns()}
	query, err := r.sorted(r.m.q["ListSettlementLines"], settlementOrder())
	if err != nil || r.none {
		return out, err
	}
	p := dayRange(r.q.Period)
	mkts := jsonList(r.mkts)
	if err := r.v.tx.QueryRowContext(ctx, r.m.q["CountAllSettlementLines"], p[0], p[1], mkts).Scan(&out.Total); err != nil {
		return out, fmt.Errorf("count settlement lines: %w", err)
	}
	inner := r.q.Offset + r.q.Limit // in the list's own order no more than these need be looked at
	if r.q.Sort != "" || r.q.Filter != "" || r.sku != 0 {
		inner = maxSearched
		if out.Total > maxSearched {
			out.How = fmt.Sprintf("The newest %d of %d lines are sorted and searched: choose fewer days to reach the others", maxSearched, out.Total)
		}
		err := r.v.tx.QueryRowContext(ctx, r.m.q["CountSettlementLines"], p[0], p[1], mkts, inner, r.sku, like(r.q.Filter)).Scan(&out.Total)
		if err != nil {
			return out, fmt.Errorf("count settlement lines: %w", err)
		}
	}
	return out, r.settlementRows(ctx, query, &out, p[0], p[1], mkts, inner, r.sku, like(r.q.Filter), r.q.Offset, r.q.Limit)
}

func (r *listRequest) settlementRows(ctx context.Context, query string, out *fact.Rows, args ...any) error {
	rows, err := r.v.tx.QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("list settlement lines: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var day core.Day
		var mkt, sku, qty, amount, currency int64
		var settlement, kind, amountType, desc, order string
		var at place
		if err := rows.Scan(&day, &mkt, &settlement, &kind, &amountType, &desc, &order, &sku, &qty, &amount, &currency, &at.doc, &at.row); err != nil {
			return fmt.Errorf("list settlement lines: %w", err)
		}
		out.Rows = append(out.Rows, fact.Row{Document: at.doc, Line: at.row, Subject: r.subjectOf(mkt, sku), Cells: []fact.Value{
			textCell(day.String()), textCell(settlement), textCell(kind), textCell(amountType), textCell(desc), textCell(order),
			textCell(r.v.n.skus[sku]), countCell(qty), moneyCell(amount, core.Currency(r.v.n.words[currency])),
		}})
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("list settlement lines: %w", err)
	}
	return nil
}
