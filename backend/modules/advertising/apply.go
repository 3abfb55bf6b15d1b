package advertising

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
)

// slot is what a sheet is for: a marketplace and a day, or a run of days.
type slot struct {
	market     string
	start, end core.Day
}

// Apply keeps the rows of a batch as sheets of their document, one a day.
func (m *Module) Apply(ctx context.Context, tx *sql.Tx, b source.Batch) (module.Applied, error) {
	rows, ok := b.Rows.([]source.AdRow)
	if !ok {
		return module.Applied{}, fmt.Errorf("advertising: a batch of %s carries %T, not ad rows", b.Stream, b.Rows)
	}
	if len(rows) == 0 {
		return module.Applied{}, nil
	}
	if b.ObservedAt.IsZero() { // the file does not tell: at the earliest when its period was over
		b.ObservedAt = (periodOf(b, rows).To + 1).Start(zoneOf(b.Marketplace))
	}
	slots, err := m.bySlot(ctx, tx, rows)
	if err != nil {
		return module.Applied{}, err
	}
	if err := m.cover(ctx, tx, b, rows); err != nil {
		return module.Applied{}, err
	}
	var sum module.Applied
	for _, s := range slots.order {
		a, err := m.applySlot(ctx, tx, b, s, slots.lines[s])
		if err != nil {
			return module.Applied{}, err
		}
		sum.Stored += a.Stored
		sum.Unchanged += a.Unchanged
		sum.Older += a.Older
	}
	return sum, m.noteItems(ctx, tx, rows)
}

// Settle has nothing to recompute: sheets are ready as soon as they are stored.
func (m *Module) Settle(context.Context, *sql.Tx) error { return nil }

// Forget empties the module's tables, but for the settings and the count of changes.
func (m *Module) Forget(ctx context.Context, tx *sql.Tx) error {
	for _, name := range []string{"ForgetSheets", "ForgetContents", "ForgetDocuments", "ForgetNames", "BumpRevisions"} {
		if _, err := tx.ExecContext(ctx, m.q[name]); err != nil {
			return fmt.Errorf("advertising: forget: %w", err)
		}
	}
	return nil
}

type slotLines struct {
	order []slot
	lines map[slot][]line
}

// bySlot numbers the texts of rows and sorts the rows into slots.
func (m *Module) bySlot(ctx context.Context, tx *sql.Tx, rows []source.AdRow) (slotLines, error) {
	num, err := m.number(ctx, tx, textsOf(rows))
	if err != nil {
		return slotLines{}, err
	}
	out := slotLines{lines: map[slot][]line{}}
	for i := range rows {
		r := &rows[i]
		s := slot{r.Marketplace, r.Start, max(r.End, r.Start)}
		if _, ok := out.lines[s]; !ok {
			out.order = append(out.order, s)
		}
		n := func(text string) uint32 { return num[clean(text)] }
		out.lines[s] = append(out.lines[s], line{at: r.Row, row: row{
			campaign: n(r.Campaign), adGroup: n(r.AdGroup), targeting: n(r.Targeting), match: n(r.MatchType),
			term: n(r.SearchTerm), sku: n(string(r.SKU)), asin: n(string(r.ASIN)), status: n(r.Status), currency: n(string(r.Currency)),
			impressions: int64(r.Impressions), clicks: int64(r.Clicks), orders: int64(r.Orders), units: int64(r.Units),
			spend: r.Spend, sales: r.Sales, budget: r.Budget,
		}})
	}
	return out, nil
}

func textsOf(rows []source.AdRow) []string {
	seen := map[string]bool{"": true}
	var out []string
	for i := range rows {
		r := &rows[i]
		for _, t := range [...]string{
			r.Campaign, r.AdGroup, r.Targeting, r.MatchType, r.SearchTerm,
			string(r.SKU), string(r.ASIN), r.Status, string(r.Currency),
		} {
			if t = clean(t); !seen[t] {
				seen[t] = true
				out = append(out, t)
			}
		}
	}
	return out
}

// clean takes out what cannot travel through JSON unchanged.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// periodOf is the batch's period, widened to its rows.
func periodOf(b source.Batch, rows []source.AdRow) core.Period {
	p := b.Period
	for i := range rows {
		p = p.Include(rows[i].Start).Include(max(rows[i].End, rows[i].Start))
	}
	return p
}

// cover records which days the document speaks for, per marketplace that it names, and that there is a change.
func (m *Module) cover(ctx context.Context, tx *sql.Tx, b source.Batch, rows []source.AdRow) error {
	type span struct {
		days  core.Period
		daily bool
	}
	spans := map[string]span{}
	for i := range rows {
		r := &rows[i]
		s, ok := spans[r.Marketplace]
		if !ok {
			s = span{b.Period, true}
		}
		s.days = s.days.Include(r.Start).Include(max(r.End, r.Start))
		s.daily = s.daily && r.End <= r.Start
		spans[r.Marketplace] = s
	}
	kind := b.Kind
	if kind == "" {
		kind = kindOf(b.Stream)
	}
	for market, s := range spans {
		_, err := tx.ExecContext(ctx, m.q["PutDocument"], market, string(b.Stream), b.DocumentID, kind,
			b.ObservedAt.Unix(), int64(s.days.From), int64(s.days.To), s.daily)
		if err != nil {
			return fmt.Errorf("advertising: store what document %d covers: %w", b.DocumentID, err)
		}
		if _, err := tx.ExecContext(ctx, m.q["BumpRevision"], market, string(b.Stream)); err != nil {
			return fmt.Errorf("advertising: count a change: %w", err)
		}
	}
	return nil
}

// version is what one document said of a slot.
type version struct {
	document, observed, content int64
	places                      []byte
}

func (v version) newerThan(b source.Batch) bool {
	at := b.ObservedAt.Unix()
	return v.observed > at || v.observed == at && v.document > b.DocumentID
}

// applySlot merges lines into the document's sheet of the slot and counts what they changed.
func (m *Module) applySlot(ctx context.Context, tx *sql.Tx, b source.Batch, s slot, lines []line) (module.Applied, error) {
	versions, err := m.versions(ctx, tx, b.Stream, s)
	if err != nil {
		return module.Applied{}, err
	}
	var own, before version
	newer := false
	for _, v := range versions {
		switch {
		case v.document == b.DocumentID:
			own = v
		case v.newerThan(b):
			newer = true
		case before.content == 0:
			before = v
		}
	}
	kept, err := m.linesOf(ctx, tx, own)
	if err != nil {
		return module.Applied{}, err
	}
	earlier, err := m.linesOf(ctx, tx, before)
	if err != nil {
		return module.Applied{}, err
	}
	applied := countLines(lines, kept, earlier, newer)
	merged := mergeLines(kept, lines)
	return applied, m.putSheet(ctx, tx, b, s, own, merged)
}

// countLines says what storing lines changes: against the document's own earlier state and the report before it.
func countLines(lines, kept, earlier []line, newer bool) module.Applied {
	own := make(map[int32]row, len(kept))
	for i := range kept {
		own[kept[i].at] = kept[i].row
	}
	known := make(map[row]bool, len(earlier))
	for i := range earlier {
		known[earlier[i].row] = true
	}
	var a module.Applied
	for _, l := range lines {
		had, ok := own[l.at]
		switch {
		case ok && had == l.row, !newer && known[l.row]:
			a.Unchanged++
		case newer:
			a.Older++
		default:
			a.Stored++
		}
	}
	return a
}

func (m *Module) versions(ctx context.Context, tx *sql.Tx, st source.Stream, s slot) ([]version, error) {
	rows, err := tx.QueryContext(ctx, m.q["SlotVersions"], s.market, string(st), int64(s.start), int64(s.end))
	if err != nil {
		return nil, fmt.Errorf("advertising: read versions of %s: %w", s.start, err)
	}
	defer func() { _ = rows.Close() }()
	var out []version
	for rows.Next() {
		var v version
		if err := rows.Scan(&v.document, &v.observed, &v.content, &v.places); err != nil {
			return nil, fmt.Errorf("advertising: read versions of %s: %w", s.start, err)
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

func (m *Module) linesOf(ctx context.Context, tx *sql.Tx, v version) ([]line, error) {
	if v.content == 0 {
		return nil, nil
	}
	var data []byte
	if err := tx.QueryRowContext(ctx, m.q["ContentData"], v.content).Scan(&data); err != nil {
		return nil, fmt.Errorf("advertising: read packed rows: %w", err)
	}
	return unpackLines(data, v.places)
}

func (m *Module) putSheet(ctx context.Context, tx *sql.Tx, b source.Batch, s slot, own version, lines []line) error {
	content, err := m.putContent(ctx, tx, packRows(lines))
	if err != nil {
		return err
	}
	var clicks int64
	for i := range lines {
		clicks += lines[i].clicks
	}
	_, err = tx.ExecContext(ctx, m.q["PutSheet"], s.market, string(b.Stream), int64(s.start), int64(s.end),
		b.DocumentID, content, clicks, packPlaces(lines))
	if err != nil {
		return fmt.Errorf("advertising: store sheet of %s: %w", s.start, err)
	}
	if own.content != 0 && own.content != content {
		if _, err := tx.ExecContext(ctx, m.q["DropOrphan"], own.content); err != nil {
			return fmt.Errorf("advertising: drop packed rows: %w", err)
		}
	}
	return nil
}

func (m *Module) putContent(ctx context.Context, tx *sql.Tx, data []byte) (int64, error) {
	hash := sha256.Sum256(data)
	var id int64
	err := tx.QueryRowContext(ctx, m.q["ContentByHash"], hash[:]).Scan(&id)
	if err == nil {
		return id, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("advertising: find packed rows: %w", err)
	}
	res, err := tx.ExecContext(ctx, m.q["AddContent"], hash[:], data)
	if err != nil {
		return 0, fmt.Errorf("advertising: store packed rows: %w", err)
	}
	return res.LastInsertId()
}

// noteItems tells the catalog which SKUs and ASINs are advertised.
func (m *Module) noteItems(ctx context.Context, tx *sql.Tx, rows []source.AdRow) error {
	type key struct{ market, sku string }
	seen := map[key]bool{}
	var items []module.Item
	for i := range rows {
		r := &rows[i]
		k := key{r.Marketplace, string(r.SKU)}
		if r.SKU == "" || seen[k] {
			continue
		}
		seen[k] = true
		items = append(items, module.Item{Marketplace: r.Marketplace, SKU: r.SKU, ASIN: r.ASIN})
	}
	if len(items) == 0 {
		return nil
	}
	return m.host.Catalog().Note(ctx, tx, items)
}
