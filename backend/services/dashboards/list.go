package dashboards

import (
	"context"
	"fmt"

	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// list answers a window of a list of events: its module sorts and filters it in SQLite.
func (s *Service) list(ctx context.Context, t page.Table, v view, in TableInput) (TableOutput, error) {
	out := emptyTable()
	q := fact.RowsQuery{
		Name: t.Name, Subject: in.Subject, Period: v.period, AsOf: v.asOf, Marketplaces: v.codes(), Filter: in.Query,
		Sort: in.Sort, Desc: in.Desc, Offset: max(in.Offset, 0), Limit: clampLimit(in.Limit),
	}
	if q.Sort == "" {
		q.Sort, q.Desc = t.Sort, t.Desc
	}
	rows, err := s.o.Modules.List(ctx, q)
	if err != nil {
		return out, err
	}
	out.Columns, out.Sort, out.Desc, out.AsOf = listColumns(rows.Columns), q.Sort, q.Desc, v.asOf.String()
	out.Total, out.Found = rows.Total, rows.Total
	rows.Rows = rows.Rows[:min(len(rows.Rows), rowsFor(len(rows.Columns)))]
	out.Rows = s.rowsOutput(rows, q.Offset)
	for range out.Columns {
		out.Totals = append(out.Totals, ValueOutput{})
	}
	return out, nil
}

func listColumns(cols []fact.RowColumn) []ColumnOutput {
	out := []ColumnOutput{}
	for _, c := range cols {
		out = append(out, ColumnOutput{Name: c.Name, Title: c.Title, Type: string(c.Type), Unit: c.Unit, Sources: []string{}, Sortable: c.Sortable})
	}
	return out
}

// rowsOutput writes rows of documents for the window.
func (s *Service) rowsOutput(rows fact.Rows, offset int) []TableRowOutput {
	out := []TableRowOutput{}
	for n, r := range rows.Rows {
		row := TableRowOutput{
			Kind: "row", Key: fmt.Sprintf("%d:%d:%d", r.Document, r.Line, offset+n), Subject: r.Subject, Tags: []string{}, Cells: []ValueOutput{},
			Document: r.Document, Line: r.Line,
		}
		if r.Subject != "" {
			row.Label, row.Detail = s.names(fact.SKU, r.Subject)
		}
		for i, c := range r.Cells {
			if i < len(rows.Columns) {
				row.Cells = append(row.Cells, s.show(rows.Columns[i].Type, rows.Columns[i].Unit, ofFact(rows.Columns[i].Type, c)))
			}
		}
		out = append(out, row)
	}
	return out
}
