package inventory

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/platform/sqlite"
)

// Names of the lists.
const (
	listLevels = "inventory.levels"
	listAged   = "inventory.aged"
)

// List implements fact.Lister: inventory.levels has the rows of the stock report that speaks for each
// marketplace today, inventory.aged those of the planning report. Both are of today, whatever the period.
func (m *Module) List(ctx context.Context, q fact.RowsQuery) (fact.Rows, error) {
	s, err := m.running()
	if err != nil {
		return fact.Rows{}, err
	}
	l := list{query: "ListLevels", columns: levelColumns(), scan: scanLevel}
	switch q.Name {
	case listLevels:
	case listAged:
		l = list{query: "ListAged", columns: agedListColumns(), scan: scanAged, planning: true}
	default:
		return fact.Rows{}, core.NotFound(name, "Inventory has no list "+q.Name+".")
	}
	if q.Sort != "" && !slices.ContainsFunc(l.columns, func(c fact.RowColumn) bool { return c.Name == q.Sort }) {
		return fact.Rows{}, core.Invalid(name, "The list can't be sorted by "+q.Sort+".", "Choose one of its columns.")
	}
	return s.list(ctx, l, q)
}

// list says how a list is read.
type list struct {
	query    string
	columns  []fact.RowColumn
	scan     func(r *sql.Rows, total *int, market, sku *string) (fact.Row, error)
	planning bool // only the planning report tells it
}

func (s *started) list(ctx context.Context, l list, q fact.RowsQuery) (fact.Rows, error) {
	out := fact.Rows{Columns: l.columns, How: "Rows of the newest report of each marketplace"}
	places, err := s.newest(ctx, q, l.planning)
	if err != nil {
		return out, err
	}
	desc, limit := 0, -1 // SQLite: no limit
	if q.Desc {
		desc = 1
	}
	if q.Limit > 0 {
		limit = q.Limit
	}
	read := func(limit, offset int) error {
		out.Rows = nil
		return sqlite.EachRow(ctx, s.host.DB(), s.sql[l.query], []any{places, q.Filter, q.Subject, q.Sort, desc, limit, offset}, func(r *sql.Rows) error {
			var market, sku string
			row, err := l.scan(r, &out.Total, &market, &sku)
			row.Subject = fact.SubjectID(market, sku)
			out.Rows = append(out.Rows, row)
			return err
		})
	}
	if err := read(limit, max(q.Offset, 0)); err != nil {
		return out, fmt.Errorf("list stock: %w", err)
	}
	if len(out.Rows) == 0 && q.Offset > 0 { // past the end: the first row tells how many there are
		if err := read(1, 0); err != nil {
			return out, fmt.Errorf("list stock: %w", err)
		}
		out.Rows = nil
	}
	return out, nil
}

// newest lists the reports that speak for the marketplaces asked about, for SQLite.
func (s *started) newest(ctx context.Context, q fact.RowsQuery, planning bool) (string, error) {
	lines, err := s.timelines(ctx)
	if err != nil {
		return "", err
	}
	type report struct {
		Kind        string   `json:"kind"`
		Marketplace string   `json:"marketplace"`
		Day         core.Day `json:"day"`
	}
	found := []report{}
	for _, market := range lines.marketplaces() {
		if len(q.Marketplaces) > 0 && !slices.Contains(q.Marketplaces, market) {
			continue
		}
		sn, ok := s.stockSnapshot(lines[market], q.AsOf)
		if planning {
			sn, ok = s.snapshot(lines[market][kindPlanning], kindPlanning, q.AsOf)
		}
		if ok {
			found = append(found, report{sn.kind, market, sn.day})
		}
	}
	text, err := json.Marshal(found)
	if err != nil {
		return "", fmt.Errorf("list the newest stock reports: %w", err)
	}
	return string(text), nil
}

func sortable(columns ...fact.RowColumn) []fact.RowColumn {
	for i := range columns {
		columns[i].Sortable = true
	}
	return columns
}

func levelColumns() []fact.RowColumn {
	return sortable(
		textColumn("marketplace", "Marketplace"), textColumn("sku", "SKU"), textColumn("asin", "ASIN"), textColumn("fnsku", "FNSKU"),
		countColumn("on_hand", "On hand", "units"), countColumn("reserved", "Reserved", "units"), countColumn("inbound", "Inbound", "units"),
		countColumn("inbound_working", "Not yet sent", "units"), countColumn("unsellable", "Unsellable", "units"), textColumn("as_of", "Figures of"),
	)
}

func scanLevel(r *sql.Rows, total *int, market, sku *string) (fact.Row, error) {
	var (
		row         fact.Row
		asin, fnsku string
		u           units
		o           = origin{maturity: fact.Fresh}
	)
	err := r.Scan(total, market, sku, &asin, &fnsku, &o.asOf, &o.source, &u.onHand, &u.reserved, &u.inbound, &u.working, &u.unsellable,
		&row.Document, &row.Line)
	working := missing(o.source, "only the FBA inventory report tells shipments not yet sent apart")
	if u.working.Valid {
		working = o.num(float64(u.working.Int64))
	}
	row.Cells = []fact.Value{
		o.text(*market), o.text(*sku), o.text(asin), o.text(fnsku), o.num(float64(u.onHand)), o.num(float64(u.reserved)),
		inboundOrigin(o, u).num(float64(u.inbound)), working, o.num(float64(u.unsellable)), o.text(o.asOf.String()),
	}
	return row, err
}

func agedListColumns() []fact.RowColumn {
	bands := ageBands()
	return sortable(append(append([]fact.RowColumn{
		textColumn("marketplace", "Marketplace"), textColumn("sku", "SKU"), textColumn("asin", "ASIN"), countColumn("on_hand", "Available", "units"),
		countColumn("age_0_90", "Aged "+bands[0], "units"), countColumn("age_91_180", "Aged "+bands[1], "units"),
	}, agedColumns()...),
		countColumn("excess", "Excess", "units"), fact.RowColumn{Name: "storage_cost", Title: "Storage next month", Type: fact.Money},
		textColumn("alert", "Alert"), textColumn("action", "Amazon recommends"), textColumn("as_of", "Figures of"),
	)...)
}

func scanAged(r *sql.Rows, total *int, market, sku *string) (fact.Row, error) {
	var (
		row                 fact.Row
		asin, alert, action string
		currency            core.Currency
		onHand, cost        int64
		l                   planLine
		o                   = origin{maturity: fact.Fresh, source: kindPlanning}
	)
	err := r.Scan(total, market, sku, &asin, &o.asOf, &onHand, &l.age[0], &l.age[1], &l.age[2], &l.age[3], &l.age[4], &l.excess,
		&cost, &currency, &alert, &action, &row.Document, &row.Line)
	row.Cells = []fact.Value{o.text(*market), o.text(*sku), o.text(asin), o.num(float64(onHand))}
	for _, n := range l.age {
		row.Cells = append(row.Cells, o.num(float64(n)))
	}
	storage := missing(kindPlanning, "the report names no currency")
	if currency != "" {
		storage = o.money(core.Money{Minor: cost, Currency: currency})
	}
	row.Cells = append(row.Cells, o.num(float64(l.excess)), storage, o.text(alert), o.text(action), o.text(o.asOf.String()))
	return row, err
}
