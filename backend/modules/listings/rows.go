package listings

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/platform/sqlite"
)

// Rows implements fact.RowProvider: the lines of listing reports behind a fact.
func (m *Module) Rows(ctx context.Context, q fact.RowsQuery) (fact.Rows, error) {
	s, err := m.running()
	if err != nil {
		return fact.Rows{}, err
	}
	defs := definitions()
	i := slices.IndexFunc(defs, func(d fact.Definition) bool { return d.Name == q.Name })
	if i < 0 {
		return fact.Rows{}, core.NotFound(name, "Listings has no number "+q.Name+".")
	}
	if len(defs[i].Parts) > 0 {
		return fact.Rows{}, core.NotFound(name, defs[i].Title+" is made of other numbers; look at the rows of those.")
	}
	code, sku := fact.SplitID(q.Subject)
	lines, err := s.timelines(ctx)
	if err != nil {
		return fact.Rows{}, err
	}
	mk, err := s.market(ctx, code, lines[code], q.AsOf)
	if err != nil {
		return fact.Rows{}, err
	}
	t := trail{started: s, market: mk, sku: core.SKU(sku), asOf: q.AsOf}
	if err := t.collect(ctx, q.Name); err != nil {
		return fact.Rows{}, fmt.Errorf("read the lines behind %s: %w", q.Name, err)
	}
	t.out.Total = len(t.out.Rows)
	t.out.Rows = cut(t.out.Rows, q.Offset, q.Limit)
	return t.out, nil
}

// cut is the window of rows that is asked for; limit 0: all from offset.
func cut[T any](rows []T, offset, limit int) []T {
	rows = rows[min(max(offset, 0), len(rows)):]
	if limit > 0 {
		rows = rows[:min(limit, len(rows))]
	}
	return rows
}

// trail collects the lines behind one value. Without a SKU it is a marketplace's.
type trail struct {
	*started
	market *market
	sku    core.SKU
	asOf   core.Day
	out    fact.Rows
}

func (t *trail) collect(ctx context.Context, of string) error {
	const reasons = "The reasons of the lines, in their order, each once"
	switch of {
	case factStatus:
		return t.offers(ctx, "", "The status of the line, as written", "status", "fulfilment", "quantity")
	case factPrice:
		return t.offers(ctx, "", "The price of the line", "price")
	case factCount:
		return t.offers(ctx, "", "Number of lines: each is a SKU", "sku", "status")
	case factInactiveCount:
		return t.offers(ctx, inactive, "Number of lines: those whose status is Inactive", "sku", "status")
	case factSuppressed:
		return t.trouble(ctx, kindSuppressed, "Hidden: the report lists the SKU", "reason", "issue")
	case factReason:
		return t.trouble(ctx, kindSuppressed, reasons+"; the issue where there is no reason", "reason", "issue")
	case factSince:
		return t.since(ctx, kindSuppressed, "Earliest day of change of the lines")
	case factSuppressedCount:
		return t.trouble(ctx, kindSuppressed, "Number of different SKUs of the lines", "sku", "reason")
	case factStranded:
		return t.trouble(ctx, kindStranded, "Stranded: the report lists the SKU", "reason", "fulfillable", "unfulfillable")
	case factStrandedReason:
		return t.trouble(ctx, kindStranded, reasons, "reason")
	case factStrandedDays:
		return t.since(ctx, kindStranded, "Days from the earliest day of the lines to "+t.asOf.String()+", 0 at least")
	case factRemoval:
		return t.trouble(ctx, kindStranded, "Days from "+t.asOf.String()+" to the earliest day of removal of the lines", "removal")
	case factStrandedUnits, factStrandedTotal:
		return t.trouble(ctx, kindStranded, "Sum of fulfillable and unfulfillable units", "sku", "fulfillable", "unfulfillable")
	case factStrandedCount:
		return t.trouble(ctx, kindStranded, "Number of different SKUs of the lines", "sku", "reason")
	}
	return core.NotFound(name, "No lines are kept for "+of+".")
}

// offers are lines of the listings report with a status, or all.
func (t *trail) offers(ctx context.Context, status, how string, columns ...string) error {
	sn := t.market.offersOf
	if !sn.known() {
		t.out.How = sentence(t.none(kindOffers).Note)
		return nil
	}
	t.head(how, columns)
	args := []any{t.market.code, sn.day, string(t.sku), status}
	err := sqlite.EachRow(ctx, t.host.DB(), t.sql["OfferLines"], args, func(r *sql.Rows) error {
		var l line
		err := r.Scan(&l.document, &l.row, &l.day, &l.sku, &l.asin, &l.title, &l.status, &l.fba, &l.quantity, &l.price.Minor, &l.price.Currency)
		t.add(&l, sn.origin)
		return err
	})
	if len(t.out.Rows) == 0 && t.sku != "" {
		t.out.How = "The listings report of " + sn.day.String() + " does not list the SKU: its offer is taken for removed"
	}
	return err
}

// trouble are lines of the newest report of trouble.
func (t *trail) trouble(ctx context.Context, kind, how string, columns ...string) error {
	sn := t.snapshotOf(kind)
	return t.troubleOf(ctx, kind, core.Period{From: sn.day, To: sn.day}, how, columns...)
}

func (t *trail) snapshotOf(kind string) snapshot {
	if kind == kindStranded {
		return t.market.strayOf
	}
	return t.market.hiddenOf
}

// since are the lines that tell when a trouble began: of the newest report where they give a day,
// else of the unbroken run of reports that list the SKU.
func (t *trail) since(ctx context.Context, kind, how string) error {
	sn := t.snapshotOf(kind)
	p := core.Period{From: sn.day, To: sn.day}
	all := t.market.hidden
	if kind == kindStranded {
		all = t.market.stray
	}
	if one := all[t.sku]; one != nil && one.guessed {
		p.From = one.since
		how += "; none gives a day: the first report of the unbroken run that lists the SKU stands in"
	}
	return t.troubleOf(ctx, kind, p, how, "since", "reason")
}

func (t *trail) troubleOf(ctx context.Context, kind string, p core.Period, how string, columns ...string) error {
	sn := t.snapshotOf(kind)
	if !sn.known() {
		t.out.How = sentence(t.none(kind).Note)
		return nil
	}
	t.head(how, columns)
	query := map[string]string{kindSuppressed: "SuppressedLines", kindStranded: "StrandedLines"}[kind]
	err := sqlite.EachRow(ctx, t.host.DB(), t.sql[query], []any{t.market.code, p.From, p.To, string(t.sku)}, func(r *sql.Rows) error {
		var l line
		into := []any{&l.document, &l.row, &l.day, &l.sku, &l.asin, &l.reason, &l.issue, &l.since}
		if kind == kindStranded {
			into = append(into, &l.removal, &l.fulfillable, &l.unfulfillable)
		}
		err := r.Scan(into...)
		t.add(&l, sn.origin)
		return err
	})
	if len(t.out.Rows) == 0 {
		what := "any SKU"
		if t.sku != "" {
			what = "the SKU"
		}
		t.out.How = fmt.Sprintf("The report of %s does not list %s", sn.day, what)
	}
	return err
}

// head sets the columns: the day of the report, then those that count.
func (t *trail) head(how string, columns []string) {
	t.out.How = how
	for _, c := range append([]string{"report"}, columns...) {
		t.out.Columns = append(t.out.Columns, lineColumn(c))
	}
}

func (t *trail) add(l *line, o origin) {
	row := fact.Row{Document: l.document, Line: l.row, Subject: fact.SubjectID(t.market.code, string(l.sku))}
	o.asOf = l.day
	for _, c := range t.out.Columns {
		row.Cells = append(row.Cells, l.cell(c.Name, o))
	}
	t.out.Rows = append(t.out.Rows, row)
}
