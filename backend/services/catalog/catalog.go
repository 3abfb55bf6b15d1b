// Package catalog keeps the master data that modules share.
//
// Input: SKUs, ASINs, titles and prices met in documents; costs, lead times, tags and groups the seller enters.
// Output: one list of items per marketplace, with the seller's own figures and marks beside Amazon's.
package catalog

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"sync"
	"sync/atomic"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
)

//go:embed market/*.sql ledger/*.sql
var migrations embed.FS

//go:embed queries.sql
var marketSQL string

//go:embed ledger.sql
var ledgerSQL string

// DefaultLeadDays is the lead time assumed until the seller says otherwise: a month from order to
// sellable is usual for goods made to order and sent by sea or truck; it is shown as assumed.
const DefaultLeadDays = 30

const leadSetting = "default_lead_days"

// Service is the catalog.
type Service struct {
	market, ledger *sqlite.DB
	mq, lq         sqlite.Queries
	clock          clock.Clock

	// Changed is told when the seller's own figures changed; set before use.
	Changed func()

	mu   sync.Mutex
	seen map[key]module.Item // what Note wrote last, so that a million order lines cost one look-up each

	copy atomic.Pointer[snapshot]
}

type key struct {
	mkt string
	sku core.SKU
}

var _ module.Catalog = (*Service)(nil)

// New migrates the catalog's tables in both files and opens it.
func New(ctx context.Context, market, ledger *sqlite.DB, c clock.Clock) (*Service, error) {
	s := &Service{market: market, ledger: ledger, clock: c, seen: map[key]module.Item{}, Changed: func() {}}
	for _, part := range []struct {
		db  *sqlite.DB
		dir string
	}{{market, "market"}, {ledger, "ledger"}} {
		files, err := fs.Sub(migrations, part.dir)
		if err != nil {
			return nil, fmt.Errorf("catalog migrations: %w", err)
		}
		if err := part.db.Migrate(ctx, "catalog", files); err != nil {
			return nil, err
		}
	}
	var err error
	if s.mq, err = sqlite.ParseQueries(marketSQL); err != nil {
		return nil, err
	}
	if s.lq, err = sqlite.ParseQueries(ledgerSQL); err != nil {
		return nil, err
	}
	return s, nil
}

// Note implements module.Catalog.
func (s *Service) Note(ctx context.Context, tx *sql.Tx, items []module.Item) error {
	fresh := s.unseen(items)
	if len(fresh) == 0 {
		return nil
	}
	rows := sqlite.RowsOf(fresh, func(r *module.Item, col int) any {
		return []any{r.Marketplace, string(r.SKU), string(r.ASIN), r.Title, r.Price.Minor, string(r.Price.Currency)}[col]
	})
	changed, err := sqlite.Bulk(ctx, tx, s.mq["NoteItems"], rows)
	if err == nil && changed > 0 {
		_, err = tx.ExecContext(ctx, s.mq["Bump"])
	}
	if err != nil {
		return fmt.Errorf("note catalog items: %w", err)
	}
	return nil
}

// unseen keeps the items that say something not written before. A rolled-back
// transaction forgets through Reset.
func (s *Service) unseen(items []module.Item) []module.Item {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []module.Item
	for _, it := range items {
		if it.Marketplace == "" || it.SKU == "" || it.Marketplace == core.NonAmazon {
			continue
		}
		k := key{it.Marketplace, it.SKU}
		have, ok := s.seen[k]
		merged := merge(have, it)
		if ok && merged == have {
			continue
		}
		s.seen[k] = merged
		out = append(out, it)
	}
	return out
}

func merge(have, it module.Item) module.Item {
	have.Marketplace, have.SKU = it.Marketplace, it.SKU
	if it.ASIN != "" {
		have.ASIN = it.ASIN
	}
	if it.Title != "" {
		have.Title = it.Title
	}
	if it.Price.Currency != "" {
		have.Price = it.Price
	}
	return have
}

// Reset forgets what was written: after a transaction was rolled back.
func (s *Service) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = map[key]module.Item{}
}

// readItems reads all items; lead is the lead time of those that have none of their own.
func (s *Service) readItems(ctx context.Context, lead int) ([]module.Item, error) {
	own, err := s.own(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.market.Reader().QueryContext(ctx, s.mq["ListItems"])
	if err != nil {
		return nil, fmt.Errorf("list catalog: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []module.Item
	for rows.Next() {
		it := module.Item{LeadTime: lead, LeadAssumed: true}
		if err := rows.Scan(&it.Marketplace, &it.SKU, &it.ASIN, &it.Title, &it.Price.Minor, &it.Price.Currency); err != nil {
			return nil, fmt.Errorf("list catalog: %w", err)
		}
		if o, ok := own[key{it.Marketplace, it.SKU}]; ok {
			it.Cost = o.Cost
			if o.LeadTime > 0 {
				it.LeadTime, it.LeadAssumed = o.LeadTime, false
			}
		}
		out = append(out, it)
	}
	return out, rows.Err()
}

func (s *Service) own(ctx context.Context) (map[key]module.Item, error) {
	rows, err := s.ledger.Reader().QueryContext(ctx, s.lq["ListOwn"])
	if err != nil {
		return nil, fmt.Errorf("list own figures: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := map[key]module.Item{}
	for rows.Next() {
		var it module.Item
		var cost, lead sql.NullInt64
		var cur core.Currency
		if err := rows.Scan(&it.Marketplace, &it.SKU, &cost, &cur, &lead); err != nil {
			return nil, fmt.Errorf("list own figures: %w", err)
		}
		if cost.Valid {
			it.Cost = core.Money{Minor: cost.Int64, Currency: cur}
		}
		it.LeadTime = int(lead.Int64)
		out[key{it.Marketplace, it.SKU}] = it
	}
	return out, rows.Err()
}

func (s *Service) readLeadTime(ctx context.Context) int {
	var v string
	err := s.ledger.Reader().QueryRowContext(ctx, s.lq["GetSetting"], leadSetting).Scan(&v)
	if err != nil {
		return DefaultLeadDays
	}
	n, err := strconv.Atoi(v)
	if err != nil || n <= 0 {
		return DefaultLeadDays
	}
	return n
}

// SetDefaultLeadTime stores the account's default, 1 to 365 days.
func (s *Service) SetDefaultLeadTime(ctx context.Context, days int) error {
	if days < 1 || days > 365 {
		return core.Invalid("catalog", fmt.Sprintf("A lead time of %d days was not taken.", days), "Give whole days from 1 to 365.")
	}
	err := s.ledger.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, s.lq["SetSetting"], leadSetting, strconv.Itoa(days))
		return errors.Join(err, s.bump(ctx, tx))
	})
	if err == nil {
		s.Changed()
	}
	return err
}

// Own is what the seller enters of one item.
type Own struct {
	Marketplace string
	SKU         core.SKU
	Cost        *core.Money // nil: not known
	LeadDays    int         // 0: the account's default
}

// Set stores the seller's own figures of items, all or none.
func (s *Service) Set(ctx context.Context, items ...Own) error {
	for _, o := range items {
		if err := check(o); err != nil {
			return err
		}
	}
	now := s.clock.Now().Unix()
	err := s.ledger.Write(ctx, func(tx *sql.Tx) error {
		var errs []error
		for _, o := range items {
			var cost, lead any
			cur := core.Currency("")
			if o.Cost != nil {
				cost, cur = o.Cost.Minor, o.Cost.Currency
			}
			if o.LeadDays > 0 {
				lead = o.LeadDays
			}
			_, err := tx.ExecContext(ctx, s.lq["SetOwn"], o.Marketplace, o.SKU, cost, cur, lead, now)
			errs = append(errs, err)
		}
		return errors.Join(append(errs, s.bump(ctx, tx))...)
	})
	if err != nil {
		return fmt.Errorf("store own figures: %w", err)
	}
	s.Changed()
	return nil
}

// bump says in a transaction that it changes what the ledger holds of the catalog.
func (s *Service) bump(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, s.lq["Bump"])
	return err
}

func check(o Own) error {
	if o.LeadDays < 0 || o.LeadDays > 365 {
		return core.Invalid("catalog", fmt.Sprintf("%s: a lead time of %d days was not taken.", o.SKU, o.LeadDays), "Give whole days from 1 to 365, or leave it empty.")
	}
	if o.Cost != nil && o.Cost.Minor < 0 {
		return core.Invalid("catalog", fmt.Sprintf("%s: a cost below zero was not taken.", o.SKU), "Give what one unit costs you, landed.")
	}
	return nil
}
