package listings

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/platform/sqlite"
)

// Status of an offer in Amazon's listings report, and Purser's word for one that it lacks.
const (
	active   = "Active"
	inactive = "Inactive"
	removed  = "Removed"
)

// offer is one offer of a listings report.
type offer struct {
	status   string
	fba      bool
	quantity sql.NullInt64
	price    core.Money
	since    core.Day // the day after the report that last had it active, else the first report; 0: it is active
	seen     bool     // an earlier report had it active
	said     core.Day // the day of the earlier snapshot that pages since then did not repeat; 0: it is of this one
}

// trouble is why a SKU is hidden or its stock stranded.
type trouble struct {
	reasons []string
	since   core.Day
	guessed bool // since is when it was first seen, not what the report says
	units   int64
	removal core.Day // 0: none
}

// market is what the reports of one marketplace say.
type market struct {
	code                        string
	offersOf, hiddenOf, strayOf snapshot
	offers                      map[core.SKU]offer
	hidden, stray               map[core.SKU]*trouble
}

func (s *started) market(ctx context.Context, code string, days map[string][]core.Day, asOf core.Day) (*market, error) {
	m := &market{
		code:     code,
		offersOf: s.snapshot(days[kindOffers], kindOffers, asOf),
		hiddenOf: s.snapshot(days[kindSuppressed], kindSuppressed, asOf),
		strayOf:  s.snapshot(days[kindStranded], kindStranded, asOf),
	}
	var err error
	if m.offers, err = s.offers(ctx, code, m.offersOf); err != nil {
		return nil, err
	}
	if err = s.troubles(ctx, m, days); err != nil {
		return nil, err
	}
	return m, nil
}

func (s *started) offers(ctx context.Context, code string, sn snapshot) (map[core.SKU]offer, error) {
	out := map[core.SKU]offer{}
	if !sn.known() {
		return out, nil
	}
	idle := false
	err := sqlite.EachRow(ctx, s.host.DB(), s.sql["Offers"], []any{code, sn.day}, func(r *sql.Rows) error {
		var (
			sku core.SKU
			o   offer
			at  int64
		)
		if err := r.Scan(&sku, &o.status, &o.fba, &o.quantity, &o.price.Minor, &o.price.Currency, &at); err != nil {
			return err
		}
		if at != 0 {
			o.said = observedDay(code, time.UnixMilli(at))
		}
		idle = idle || o.status != active
		out[sku] = o
		return nil
	})
	if err != nil || !idle {
		return out, err
	}
	err = sqlite.EachRow(ctx, s.host.DB(), s.sql["LastActive"], []any{code, sn.day}, func(r *sql.Rows) error {
		var (
			sku         core.SKU
			first, last core.Day
		)
		if err := r.Scan(&sku, &first, &last); err != nil {
			return err
		}
		o := out[sku]
		o.since, o.seen = first, last != 0
		if o.seen {
			o.since = last + 1
		}
		out[sku] = o
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the offers of %s: %w", code, err)
	}
	return out, nil
}

func (s *started) troubles(ctx context.Context, m *market, days map[string][]core.Day) error {
	m.hidden, m.stray = map[core.SKU]*trouble{}, map[core.SKU]*trouble{}
	if m.hiddenOf.known() {
		err := sqlite.EachRow(ctx, s.host.DB(), s.sql["Suppressed"], []any{m.code, m.hiddenOf.day}, func(r *sql.Rows) error {
			var (
				sku           core.SKU
				reason, issue string
				changed       core.Day
			)
			if err := r.Scan(&sku, &reason, &issue, &changed); err != nil {
				return err
			}
			if reason == "" {
				reason = issue
			}
			note(m.hidden, sku, reason, changed)
			return nil
		})
		if err != nil {
			return fmt.Errorf("read the suppressed listings of %s: %w", m.code, err)
		}
		if err := s.guess(ctx, "SuppressedDays", m.code, m.hidden, days[kindSuppressed], m.hiddenOf.day); err != nil {
			return err
		}
	}
	if !m.strayOf.known() {
		return nil
	}
	err := sqlite.EachRow(ctx, s.host.DB(), s.sql["Stranded"], []any{m.code, m.strayOf.day}, func(r *sql.Rows) error {
		var (
			sku            core.SKU
			reason         string
			since, removal core.Day
			units          int64
		)
		if err := r.Scan(&sku, &reason, &since, &removal, &units); err != nil {
			return err
		}
		t := note(m.stray, sku, reason, since)
		t.units += units
		if removal != 0 && (t.removal == 0 || removal < t.removal) {
			t.removal = removal
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the stranded stock of %s: %w", m.code, err)
	}
	return s.guess(ctx, "StrandedDays", m.code, m.stray, days[kindStranded], m.strayOf.day)
}

// note adds a row to the trouble of a SKU: each reason once, the earliest day.
func note(all map[core.SKU]*trouble, sku core.SKU, reason string, since core.Day) *trouble {
	t := all[sku]
	if t == nil {
		t = &trouble{}
		all[sku] = t
	}
	if reason != "" && !slices.Contains(t.reasons, reason) {
		t.reasons = append(t.reasons, reason)
	}
	if since != 0 && (t.since == 0 || since < t.since) {
		t.since = since
	}
	return t
}

// guess fills in since when a trouble is known where the report does not say.
func (s *started) guess(ctx context.Context, query, market string, all map[core.SKU]*trouble, days []core.Day, last core.Day) error {
	silent := false
	for _, t := range all {
		silent = silent || t.since == 0
	}
	if !silent {
		return nil
	}
	first, err := s.runs(ctx, query, market, days, last)
	if err != nil {
		return err
	}
	for sku, t := range all {
		if t.since == 0 {
			t.since, t.guessed = first[sku], true
		}
	}
	return nil
}

// stocks asks inventory for what is on hand, by subject id.
func (s *started) stocks(ctx context.Context, asOf core.Day) map[string]fact.Value {
	columns, err := s.host.Facts(ctx, fact.Query{AsOf: asOf, Names: []string{factOnHand}})
	if err != nil {
		return nil // not known then, and said so where it matters
	}
	for _, c := range columns {
		if c.Name == factOnHand {
			return c.Values
		}
	}
	return nil
}
