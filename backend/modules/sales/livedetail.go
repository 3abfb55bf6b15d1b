package sales

import (
	"context"
	"encoding/json"
	"fmt"

	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
)

// version is one way in which a transaction of the Finances API was told.
type version struct {
	id              string
	content         int64
	firstAt, lastAt int64
	total           int64
	currency        string
	detail          int // how many of its parts are told: SKU, order, quantity and the kinds of amounts
}

// poorer says whether v is the same money as o, told in less detail.
func (v version) poorer(o version) bool {
	return v.id == o.id && v.content != o.content && v.total == o.total && v.currency == o.currency && v.detail < o.detail
}

// fuller keeps the detail of what was told before: an answer that leaves out the SKU of a transaction, or what its amounts
// are for, and comes to the same total, is one more observation of the version that tells them. So it is in whichever
// order documents come; a transaction that was first told in less detail stays so until it was told in more.
func (w *write) fuller(ctx context.Context, all []said) error {
	have, err := w.liveDetails(ctx, all)
	if err != nil {
		return err
	}
	at := w.b.ObservedAt.Unix()
	for i := range all {
		s := &all[i]
		v := versionOf(s, at)
		best := -1
		for k, o := range have[s.id] {
			if v.poorer(o) && o.firstAt <= at && (best < 0 || o.detail > have[s.id][best].detail) {
				best = k
			}
		}
		if best >= 0 {
			s.content, s.parts = have[s.id][best].content, nil
			continue
		}
		for _, o := range have[s.id] {
			if o.poorer(v) && o.lastAt > at {
				if err := w.outdo(ctx, v, o); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// outdo has v take the place of a version that was seen after it and tells less.
func (w *write) outdo(ctx context.Context, v, o version) error {
	seen := [][]any{{v.id, v.content, o.lastAt}}
	if _, err := sqlite.Bulk(ctx, w.tx, w.m.q["SeeLive"], cellsOf(seen, func(r *[]any) []any { return *r })); err != nil {
		return err
	}
	queries := []string{"OutdoneVersion", "OutdoneRecords"}
	if o.firstAt < v.firstAt {
		queries = []string{"OutdoneLater"}
	}
	for _, q := range queries {
		if _, err := w.tx.ExecContext(ctx, w.m.q[q], o.id, o.content); err != nil {
			return fmt.Errorf("keep what transaction %s was told with: %w", v.id, err)
		}
	}
	return nil
}

func versionOf(s *said, at int64) version {
	v := version{id: s.id, content: s.content, firstAt: at, lastAt: at}
	for _, r := range s.parts {
		v.total += r.Total
		v.currency = currencyOf(r.Currency, r.Marketplace)
		v.detail += detailOf(r)
	}
	return v
}

func detailOf(r *source.Transaction) int {
	n := 0
	for _, told := range []bool{
		r.SKU != "", r.OrderID != "", r.Quantity != 0, r.ProductSales != 0, r.SellingFees != 0, r.FBAFees != 0, r.OtherFees != 0, r.Promotions != 0,
	} {
		if told {
			n++
		}
	}
	return n
}

func (w *write) liveDetails(ctx context.Context, all []said) (map[string][]version, error) {
	ids := make([]string, len(all))
	for i := range all {
		ids[i] = all[i].id
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("look for transactions: %w", err)
	}
	rows, err := w.tx.QueryContext(ctx, w.m.q["LiveDetails"], string(list))
	if err != nil {
		return nil, fmt.Errorf("look for transactions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := map[string][]version{}
	for rows.Next() {
		var v version
		if err := rows.Scan(&v.id, &v.content, &v.firstAt, &v.lastAt, &v.total, &v.currency, &v.detail); err != nil {
			return nil, fmt.Errorf("look for transactions: %w", err)
		}
		out[v.id] = append(out[v.id], v)
	}
	return out, rows.Err()
}
