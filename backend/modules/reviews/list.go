package reviews

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// The lists, which are tables of the page too.
const (
	listFeedback = "reviews.feedback"
	listReturns  = "reviews.returns"
)

// List implements fact.Lister: all feedback or returns of a period, newest first. Where a row
// belongs is told by orders, which another module keeps, so it is picked from memory and not in SQL.
// Returns that belong to no known marketplace are listed unless marketplaces are chosen.
func (m *Module) List(ctx context.Context, q fact.RowsQuery) (fact.Rows, error) {
	stream := source.SellerFeedback
	switch q.Name {
	case listFeedback:
	case listReturns:
		stream = source.Returns
	default:
		return fact.Rows{}, core.NotFound("reviews", "There is no list "+q.Name+".")
	}
	out := fact.Rows{Columns: columnsOf(stream, true)}
	if stream == source.Returns {
		out.How = "Units returned, as the newest report tells them"
	} else {
		out.How = "Seller feedback, as the newest report tells it"
	}
	less, err := order(q, out.Columns)
	if err != nil {
		return fact.Rows{}, err
	}
	s, err := m.snapshot(ctx, q.AsOf)
	if err != nil {
		return fact.Rows{}, err
	}
	var rows []fact.Row
	if stream == source.Returns {
		rows = picked(q, slices.Concat(s.units, s.lost), unit.about, unit.row)
	} else {
		rows = picked(q, s.opinions, opinion.about, opinion.row)
	}
	slices.SortStableFunc(rows, less)
	out.Rows, out.Total = cut(q, rows, func(r fact.Row) fact.Row { return r })
	return out, nil
}

// about is the day, the marketplace and the SKUs of a row.
func (u unit) about() (core.Day, string, []string) { return u.day, u.market, []string{u.sku} }

func (o opinion) about() (core.Day, string, []string) { return o.day, o.market, o.skus }

// picked makes the rows of what a query is about and of what holds its text.
func picked[T any](q fact.RowsQuery, list []T, about func(T) (core.Day, string, []string), row func(T) fact.Row) []fact.Row {
	market, sku := fact.SplitID(q.Subject)
	text := strings.ToLower(strings.TrimSpace(q.Filter))
	var out []fact.Row
	for _, one := range list {
		day, at, skus := about(one)
		switch {
		case !q.Period.Contains(day) || day >= q.AsOf:
			continue
		case len(q.Marketplaces) > 0 && !slices.Contains(q.Marketplaces, at):
			continue
		case q.Subject != "" && (at != market || sku != "" && !slices.Contains(skus, sku)):
			continue
		}
		if r := row(one); text == "" || holds(r, text) {
			out = append(out, r)
		}
	}
	return out
}

// holds says whether a text cell of a row has the text, which is in lower case, in it.
func holds(r fact.Row, text string) bool {
	return slices.ContainsFunc(r.Cells, func(v fact.Value) bool { return strings.Contains(strings.ToLower(v.Text), text) })
}

// order compares rows by the column of a query; without one the newest come first.
func order(q fact.RowsQuery, columns []fact.RowColumn) (func(a, b fact.Row) int, error) {
	at, sign := 0, -1
	if q.Sort != "" {
		at = slices.IndexFunc(columns, func(c fact.RowColumn) bool { return c.Name == q.Sort && c.Sortable })
		if at < 0 {
			return nil, core.Invalid("reviews", "The list can't be sorted by "+q.Sort+".", "Choose one of its columns.")
		}
		if !q.Desc {
			sign = 1
		}
	}
	return func(a, b fact.Row) int {
		return sign * cmp.Or(cmp.Compare(a.Cells[at].Num, b.Cells[at].Num), cmp.Compare(a.Cells[at].Text, b.Cells[at].Text))
	}, nil
}
