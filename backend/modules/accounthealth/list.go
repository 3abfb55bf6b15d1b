package accounthealth

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

// listMetrics are the lines of the newest report of each marketplace.
const listMetrics = "accounthealth.metrics"

// listColumns are the columns of the list, all of which it can be sorted by but the condition.
func listColumns() []fact.RowColumn {
	var out []fact.RowColumn
	for _, n := range []string{"marketplace", "title", "status", "rate", "target", "condition", "count", "orders", "window", "report", "metric"} {
		c := lineColumn(n)
		c.Sortable = n != "condition"
		out = append(out, c)
	}
	return out
}

// List implements fact.Lister. The list is of the reports that speak for the day, whatever the period.
func (m *Module) List(ctx context.Context, q fact.RowsQuery) (fact.Rows, error) {
	s, err := m.running()
	if err != nil {
		return fact.Rows{}, err
	}
	if q.Name != listMetrics {
		return fact.Rows{}, core.NotFound(name, "Account health has no list "+q.Name+".")
	}
	out := fact.Rows{How: "Every line of the newest performance report of each marketplace", Columns: listColumns()}
	sortable := func(c fact.RowColumn) bool { return c.Name == q.Sort && c.Sortable }
	if q.Sort != "" && !slices.ContainsFunc(out.Columns, sortable) {
		return fact.Rows{}, core.Invalid(name, "The list can't be sorted by "+q.Sort+".", "Sort it by another column.")
	}
	markets, err := json.Marshal(append([]string{}, q.Marketplaces...))
	if err != nil {
		return fact.Rows{}, fmt.Errorf("list account health: %w", err)
	}
	window := func(limit, offset int) error {
		args := []any{string(markets), q.AsOf, q.Filter, q.Subject, q.Sort, q.Desc, limit, offset}
		return sqlite.EachRow(ctx, s.host.DB(), s.sql["ReportLines"], args, func(r *sql.Rows) error {
			row, err := s.scanLine(r, q.AsOf, &out.Total)
			out.Rows = append(out.Rows, row)
			return err
		})
	}
	limit := q.Limit
	if limit <= 0 {
		limit = math.MaxInt32
	}
	if err := window(limit, max(q.Offset, 0)); err != nil {
		return fact.Rows{}, err
	}
	if len(out.Rows) == 0 && q.Offset > 0 { // past the end; the total is still told
		err = window(1, 0)
		out.Rows = nil
	}
	return out, err
}

// scanLine reads one line of ReportLines.
func (s *started) scanLine(r *sql.Rows, asOf core.Day, total *int) (fact.Row, error) {
	var (
		market string
		day    core.Day
		m      metric
		span   sql.NullFloat64
	)
	err := r.Scan(&market, &day, &m.name, &m.title, &m.status, &m.rate, &m.target, &m.condition, &m.count, &m.orders, &span,
		&m.document, &m.row, total)
	if err != nil {
		return fact.Row{}, err
	}
	rep := s.report(day, asOf)
	row := fact.Row{Document: m.document, Line: m.row, Subject: fact.SubjectID(market, m.name)}
	for _, c := range listColumns() {
		switch c.Name {
		case "marketplace":
			row.Cells = append(row.Cells, rep.text(market))
		case "metric":
			row.Cells = append(row.Cells, rep.text(m.name))
		case "window":
			v := missing("the report does not say")
			if span.Valid {
				v = rep.num(span.Float64)
			}
			row.Cells = append(row.Cells, v)
		default:
			row.Cells = append(row.Cells, rep.cell(&m, c.Name))
		}
	}
	return row, nil
}
