package accounthealth

import (
	"context"
	"fmt"
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// Rows implements fact.RowProvider: the lines of performance reports behind a fact.
func (m *Module) Rows(ctx context.Context, q fact.RowsQuery) (fact.Rows, error) {
	s, err := m.running()
	if err != nil {
		return fact.Rows{}, err
	}
	defs := definitions()
	i := slices.IndexFunc(defs, func(d fact.Definition) bool { return d.Name == q.Name })
	if i < 0 {
		return fact.Rows{}, core.NotFound(name, "Account health has no number "+q.Name+".")
	}
	if len(defs[i].Parts) > 0 {
		return fact.Rows{}, core.NotFound(name, defs[i].Title+" is made of other numbers; look at the rows of those.")
	}
	market, of := fact.SplitID(q.Subject)
	days, err := s.reportDays(ctx)
	if err != nil {
		return fact.Rows{}, err
	}
	if len(days[market]) == 0 {
		return fact.Rows{How: "No performance report of " + market + " is in."}, nil
	}
	t := trail{answer: answer{started: s, market: market}}
	if err := t.read(ctx, days[market], q.AsOf); err != nil {
		return fact.Rows{}, err
	}
	t.collect(q.Name, of)
	t.out.Total = len(t.out.Rows)
	t.out.Rows = cut(t.out.Rows, q.Offset, q.Limit)
	return t.out, nil
}

// cut is the window of rows that is asked for; limit 0: all from offset.
func cut[T any](rows []T, offset, limit int) []T {
	offset = min(max(offset, 0), len(rows))
	rows = rows[offset:]
	if limit > 0 {
		rows = rows[:min(limit, len(rows))]
	}
	return rows
}

// trail collects the lines behind one value.
type trail struct {
	answer
	out fact.Rows
}

func (t *trail) collect(of, metric string) {
	switch of {
	case factAccount:
		t.simple(accountStatus, "The status of the line, as written", "status")
	case factRating:
		t.simple(healthRating, "The status of the line, as written", "status")
	case factStatus:
		t.simple(metric, "The status of the line, as written", "status")
	case factRate:
		t.simple(metric, "The rate of the line; not known where it is of no orders", "rate", "orders", "status")
	case factOrders:
		t.simple(metric, "The number of orders, shipments or units of the line", "orders")
	case factWindow:
		t.simple(metric, "Days from the beginning to the end of the reporting range, rounded", "from", "to")
	case factTarget, factCondition:
		t.target(of, metric)
	case factCount:
		t.simple(metric, t.howCounted(metric), "count", "orders", "rate", "condition")
	case factChange:
		t.change(metric)
	case factViolations:
		t.open(violations)
	case factDocuments:
		t.open(documents)
	case factNewViolations:
		t.risen(violations)
	case factNewDocuments:
		t.risen(documents)
	}
}

// simple is the one line of the newest report.
func (t *trail) simple(metric, how string, cells ...string) {
	m, ok := t.now.metrics[metric]
	if !ok {
		t.out.How = fmt.Sprintf("The report of %s has no line for this.", t.now.day)
		return
	}
	t.head(how, cells)
	t.add(t.now, &m, cells)
}

// target is the line that states the target, or Amazon's policy where the report states none.
func (t *trail) target(of, metric string) {
	m, ok := t.now.metrics[metric]
	st, listed := t.standards[metric]
	if ok && m.target.Valid && (of == factTarget || m.condition != "" || !listed) {
		t.simple(metric, "The target that the report itself states", "target", "condition")
		return
	}
	if !ok || !listed {
		t.out.How = fmt.Sprintf("Neither the report of %s nor Purser's list of Amazon's targets has one.", t.now.day)
		return
	}
	t.out.How = "The report states none: Amazon's policy in force on the day, from Purser's own list"
	t.out.Columns = []fact.RowColumn{
		{Name: "since", Title: "In force since", Type: fact.Text},
		{Name: "target", Title: "Target", Type: fact.Ratio},
		{Name: "condition", Title: "Held to", Type: fact.Text},
		{Name: "source", Title: "Where it is from", Type: fact.Text},
	}
	v := func(text string) fact.Value { return fact.Value{Text: text, AsOf: t.now.day, Maturity: fact.Fresh} }
	target := v("")
	target.Num = st.target
	t.out.Rows = []fact.Row{{
		Subject: fact.SubjectID(t.market, metric), Cells: []fact.Value{v(st.since), target, v(st.condition), v(st.source)},
	}}
}

// howCounted says how the defects come from a line: Amazon counts the successes of some metrics.
func (t *trail) howCounted(metric string) string {
	m := t.now.metrics[metric]
	n, ok := m.defects(t.condition(&m))
	switch {
	case !ok:
		return "Not known: the count is of successes or of failures, which only a rate could tell"
	case m.count.Valid && n != m.count.Int64:
		return "Orders − count of the line, as it counts the successes"
	}
	return "The count of the line"
}

// change is the line now and the line of the report a week or more older.
func (t *trail) change(metric string) {
	if t.before == nil {
		t.out.How = "There is no report at least 7 days older than that of " + t.now.day.String() + "."
		return
	}
	cells := []string{"count", "orders", "rate", "condition"}
	how := fmt.Sprintf("The count of the report of %s − that of %s", t.now.day, t.before.day)
	if m := t.now.metrics[metric]; t.howCounted(metric) != "The count of the line" {
		if _, ok := m.defects(t.condition(&m)); ok {
			how = fmt.Sprintf("Orders − count of the report of %s, less the same of %s: the lines count the successes", t.now.day, t.before.day)
		}
	}
	t.head(how, cells)
	for _, r := range []*report{t.now, t.before} {
		if m, ok := r.metrics[metric]; ok {
			t.add(r, &m, cells)
		}
	}
}

// open is the counters of the newest report.
func (t *trail) open(of string) {
	cells := []string{"title", "count"}
	t.head("Sum of the counts", cells)
	for _, m := range t.tally(of).now {
		t.add(t.now, &m, cells)
	}
}

// risen is the counters of both reports, in pairs.
func (t *trail) risen(of string) {
	sum := t.tally(of)
	if t.before == nil || len(sum.matched) == 0 {
		t.out.How = "There is no report at least 7 days older than that of " + t.now.day.String() + " with these counters."
		return
	}
	cells := []string{"title", "count"}
	t.head(fmt.Sprintf("For each metric the count of %s − that of %s; the sum of those that rose", t.now.day, t.before.day), cells)
	for i := range sum.matched {
		t.add(t.now, &sum.matched[i], cells)
		t.add(t.before, &sum.then[i], cells)
	}
}

// head sets the columns: the day of the report, then the cells that count.
func (t *trail) head(how string, cells []string) {
	t.out.How = how
	t.out.Columns = append(t.out.Columns, lineColumn("report"))
	for _, c := range cells {
		t.out.Columns = append(t.out.Columns, lineColumn(c))
	}
}

func (t *trail) add(r *report, m *metric, cells []string) {
	row := fact.Row{Document: m.document, Line: m.row, Subject: fact.SubjectID(t.market, m.name)}
	row.Cells = append(row.Cells, r.cell(m, "report"))
	for _, c := range cells {
		row.Cells = append(row.Cells, r.cell(m, c))
	}
	t.out.Rows = append(t.out.Rows, row)
}

// lineColumn heads a column of a report's lines.
func lineColumn(of string) fact.RowColumn {
	c := fact.RowColumn{Name: of, Type: fact.Text}
	switch of {
	case "report":
		c.Title = "Report of"
	case "marketplace":
		c.Title = "Marketplace"
	case "metric":
		c.Title = "Name in the report"
	case "title":
		c.Title = "Metric"
	case "status":
		c.Title = "Status"
	case "rate":
		c.Title, c.Type = "Rate", fact.Ratio
	case "target":
		c.Title, c.Type = "Target", fact.Ratio
	case "condition":
		c.Title = "Held to"
	case "count":
		c.Title, c.Type = "Count", fact.Count
	case "orders":
		c.Title, c.Type, c.Unit = "Measured over", fact.Count, "orders"
	case "window":
		c.Title, c.Type, c.Unit = "Window", fact.Number, "days"
	case "from":
		c.Title = "Window from"
	case "to":
		c.Title = "Window to"
	}
	return c
}

// cell is one field of a line; what the report does not say is missing.
func (r *report) cell(m *metric, of string) fact.Value {
	number := func(n float64, ok bool) fact.Value {
		if !ok {
			return missing("the report does not say")
		}
		return r.num(n)
	}
	instant := func(at int64, ok bool) fact.Value {
		if !ok {
			return missing("the report does not say")
		}
		return r.text(time.Unix(at, 0).UTC().Format("2006-01-02 15:04 UTC"))
	}
	switch of {
	case "report":
		return r.text(r.day.String())
	case "title":
		return r.text(m.label())
	case "status":
		return r.text(m.status)
	case "rate":
		return number(m.rate.Float64, m.rate.Valid)
	case "target":
		return number(m.target.Float64, m.target.Valid)
	case "condition":
		return r.text(m.condition)
	case "count":
		return number(float64(m.count.Int64), m.count.Valid)
	case "orders":
		return number(float64(m.orders.Int64), m.orders.Valid)
	case "from":
		return instant(m.from.Int64, m.from.Valid)
	case "to":
		return instant(m.to.Int64, m.to.Valid)
	}
	return missing("no such field")
}
