package sales

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
)

// said is all that a document says of one transaction of the Finances API.
type said struct {
	id      string
	content int64
	parts   []*source.Transaction
}

// live stores transactions of the Finances API. The key is Amazon's id of a transaction: what a later observation says
// of it replaces what an earlier one said, as a whole. Both stay, with when each was first and last observed, so that
// documents may come in any order and looking back sees what was known then.
func (w *write) live(ctx context.Context, recs []source.Transaction) (module.Applied, error) {
	n := newLedgerNames()
	for i := range recs {
		n.add(recs[i].Marketplace, recs[i].SKU, recs[i].Currency)
	}
	if err := w.internLedger(ctx, n); err != nil {
		return module.Applied{}, err
	}
	if err := w.coverStated(ctx); err != nil {
		return module.Applied{}, err
	}
	all := saidOf(recs)
	if err := w.fuller(ctx, all); err != nil {
		return module.Applied{}, err
	}
	a, err := w.countLive(ctx, all)
	if err != nil {
		return a, err
	}
	a.Unchanged += len(recs) - a.Stored - a.Unchanged - a.Older // records that the batch has twice, or that were told in more detail
	at := w.b.ObservedAt.Unix()
	if _, err := sqlite.Bulk(ctx, w.tx, w.m.q["SeeLive"], cellsOf(all, func(s *said) []any { return []any{s.id, s.content, at} })); err != nil {
		return a, err
	}
	var rows [][]any
	for i := range all {
		s := &all[i]
		if s.content == releasedContent {
			continue
		}
		for part, r := range s.parts {
			rows = append(rows, []any{
				s.id, s.content, int64(part), n.mkts[r.Marketplace], n.words[currencyOf(r.Currency, r.Marketplace)], r.At, int64(r.Day), r.Type, r.Class,
				r.OrderID, n.skus[string(r.SKU)], r.Description, int64(r.Quantity), r.ProductSales, r.SellingFees, r.FBAFees, r.OtherFees,
				r.Promotions, r.Other, r.Total, w.b.DocumentID, int64(r.Row),
			})
		}
	}
	if _, err := sqlite.Bulk(ctx, w.tx, w.m.q["InsertLive"], cellsOf(rows, func(r *[]any) []any { return *r })); err != nil {
		return a, err
	}
	if err := w.releases(ctx, all); err != nil {
		return a, err
	}
	return a, w.named(ctx)
}

// releasedContent is what is said of an id that is no transaction: no digest is 0 but by a chance that never comes.
const releasedContent = 0

// releases forgets what answers said of ids that others call releases, in whichever order they came.
func (w *write) releases(ctx context.Context, all []said) error {
	ids := make([]string, len(all))
	for i := range all {
		ids[i] = all[i].id
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return fmt.Errorf("forget releases: %w", err)
	}
	for _, query := range []string{"ForgetReleased", "ForgetReleasedVersions"} {
		if _, err := w.tx.ExecContext(ctx, w.m.q[query], string(list)); err != nil {
			return fmt.Errorf("forget releases: %w", err)
		}
	}
	return nil
}

// named forgets transactions that an answer told without their ids, where they are told with them.
func (w *write) named(ctx context.Context) error {
	var n int
	if err := w.tx.QueryRowContext(ctx, w.m.q["CountNameless"]).Scan(&n); err != nil || n == 0 {
		return err
	}
	ids, err := sqlite.Collect(ctx, w.tx, w.m.q["OutnamedNameless"], nil, func(r *sql.Rows, id *string) error { return r.Scan(id) })
	if err != nil || len(ids) == 0 {
		return err
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return fmt.Errorf("forget transactions without ids: %w", err)
	}
	for _, query := range []string{"ForgetNameless", "ForgetNamelessVersions"} {
		if _, err := w.tx.ExecContext(ctx, w.m.q[query], string(list)); err != nil {
			return fmt.Errorf("forget transactions without ids: %w", err)
		}
	}
	return nil
}

// saidOf gathers the records of each transaction. One without an id is told by what its records say, and by how many
// equal ones the batch has before it.
func saidOf(recs []source.Transaction) []said {
	var out []said
	at := map[string]int{}
	for i := range recs {
		r := &recs[i]
		k, ok := at[r.ID]
		if r.ID == "" {
			k, ok = len(out)-1, i > 0 && sameEntry(&recs[i-1], r)
		}
		if !ok {
			k = len(out)
			at[r.ID], out = k, append(out, said{id: r.ID})
		}
		out[k].parts = append(out[k].parts, r)
	}
	nameless := map[int64]int{}
	for i := range out {
		s := &out[i]
		slices.SortStableFunc(s.parts, func(a, b *source.Transaction) int { return int(a.Part) - int(b.Part) })
		s.parts = slices.CompactFunc(s.parts, func(a, b *source.Transaction) bool { return a.Part == b.Part })
		if s.content = contentOf(s.parts); s.parts[0].Class == source.ClassReleased {
			s.content = releasedContent
		}
		if s.id == "" {
			s.id = "#" + strconv.FormatInt(s.content, 36) + "." + strconv.Itoa(nameless[s.content])
			nameless[s.content]++
		}
	}
	return out
}

// sameEntry says whether b is a further record of the entry without an id that a is of: its part and its row have
// counted up alike.
func sameEntry(a, b *source.Transaction) bool {
	return a.ID == "" && a.Part < b.Part && b.Part-a.Part == b.Row-a.Row
}

// contentOf is a number of what records say, apart from where they stand.
func contentOf(parts []*source.Transaction) int64 {
	all := make([]any, 0, len(parts))
	for _, r := range parts {
		c := *r
		c.Row, c.ID = 0, ""
		all = append(all, c)
	}
	return digest(all...)
}

// countLive says what the transactions of a batch add to what is stored.
func (w *write) countLive(ctx context.Context, all []said) (module.Applied, error) {
	var a module.Applied
	ids := make([]string, len(all))
	for i := range all {
		ids[i] = all[i].id
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return a, fmt.Errorf("look for transactions: %w", err)
	}
	rows, err := w.tx.QueryContext(ctx, w.m.q["LiveVersions"], string(list))
	if err != nil {
		return a, fmt.Errorf("look for transactions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	type key struct {
		id      string
		content int64
	}
	have, last := map[key]bool{}, map[string]int64{}
	for rows.Next() {
		var k key
		var at int64
		if err := rows.Scan(&k.id, &k.content, &at); err != nil {
			return a, fmt.Errorf("look for transactions: %w", err)
		}
		have[k], last[k.id] = true, max(last[k.id], at)
	}
	for i := range all {
		s := &all[i]
		switch n := len(s.parts); {
		case have[key{s.id, s.content}]:
			a.Unchanged += n
		case last[s.id] > w.b.ObservedAt.Unix():
			a.Older += n
		default:
			a.Stored += n
		}
	}
	return a, rows.Err()
}
