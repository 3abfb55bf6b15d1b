package listings

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/platform/sqlite"
)

// The lists.
const (
	listIssues = "listings.issues" // hidden listings and stranded stock of the newest reports
	listOffers = "listings.offers" // offers of the newest report
)

// list is how a list is read.
type list struct {
	how, query string
	columns    []string
	scan       func(r *sql.Rows, l *line, kind *string, total *int) error
}

func lists() map[string]list {
	return map[string]list{
		listIssues: {
			how: "Every line of the newest suppressed listings and stranded inventory reports of each marketplace", query: "ListIssues",
			columns: []string{"marketplace", "sku", "asin", "state", "reason", "issue", "since", "units", "removal", "report"},
			scan: func(r *sql.Rows, l *line, kind *string, total *int) error {
				return r.Scan(&l.document, &l.row, &l.day, &l.market, &l.sku, &l.asin, &l.state, kind, &l.reason, &l.issue,
					&l.since, &l.units, &l.removal, total)
			},
		},
		listOffers: {
			how: "Every line of the newest listings report of each marketplace", query: "ListOffers",
			columns: []string{"marketplace", "sku", "asin", "title", "status", "fulfilment", "quantity", "price", "opened", "report"},
			scan: func(r *sql.Rows, l *line, kind *string, total *int) error {
				*kind = kindOffers
				return r.Scan(&l.document, &l.row, &l.day, &l.market, &l.sku, &l.asin, &l.title, &l.status, &l.fba, &l.quantity,
					&l.price.Minor, &l.price.Currency, &l.opened, total)
			},
		},
	}
}

// List implements fact.Lister. The lists are of the reports that speak for the day, whatever the period.
func (m *Module) List(ctx context.Context, q fact.RowsQuery) (fact.Rows, error) {
	s, err := m.running()
	if err != nil {
		return fact.Rows{}, err
	}
	l, ok := lists()[q.Name]
	if !ok {
		return fact.Rows{}, core.NotFound(name, "Listings has no list "+q.Name+".")
	}
	if q.Sort != "" && !slices.Contains(l.columns, q.Sort) {
		return fact.Rows{}, core.Invalid(name, "The list can't be sorted by "+q.Sort+".", "Sort it by another column.")
	}
	out := fact.Rows{How: l.how}
	for _, n := range l.columns {
		c := lineColumn(n)
		c.Sortable = true
		out.Columns = append(out.Columns, c)
	}
	limit := q.Limit
	if limit <= 0 {
		limit = math.MaxInt32
	}
	if err := s.window(ctx, l, q, limit, max(q.Offset, 0), &out); err != nil {
		return fact.Rows{}, err
	}
	if len(out.Rows) == 0 && q.Offset > 0 { // past the end; the total is still told
		err = s.window(ctx, l, q, 1, 0, &out)
		out.Rows = nil
	}
	return out, err
}

// window reads the lines of a list into out.
func (s *started) window(ctx context.Context, l list, q fact.RowsQuery, limit, offset int, out *fact.Rows) error {
	markets, err := json.Marshal(append([]string{}, q.Marketplaces...))
	if err != nil {
		return fmt.Errorf("list listings: %w", err)
	}
	args := []any{string(markets), q.AsOf, q.Filter, q.Subject, q.Sort, q.Desc, limit, offset}
	return sqlite.EachRow(ctx, s.host.DB(), s.sql[l.query], args, func(r *sql.Rows) error {
		var (
			ln   line
			kind string
		)
		if err := l.scan(r, &ln, &kind, &out.Total); err != nil {
			return err
		}
		o := s.snapshot([]core.Day{ln.day}, kind, q.AsOf).origin
		row := fact.Row{Document: ln.document, Line: ln.row}
		if ln.sku != "" {
			row.Subject = fact.SubjectID(ln.market, string(ln.sku))
		}
		for _, c := range l.columns {
			row.Cells = append(row.Cells, ln.cell(c, o))
		}
		out.Rows = append(out.Rows, row)
		return nil
	})
}
