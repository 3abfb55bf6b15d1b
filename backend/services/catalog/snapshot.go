package catalog

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"purser/backend/core/module"
	"purser/backend/platform/sqlite"
)

// snapshot is the whole catalog in memory, as of one version of each file. It is never changed.
type snapshot struct {
	market, ledger int64
	lead           int // the account's default
	items          []module.Item
	search         []string // by item: what a filter looks at, in lower case
	marks          map[string]Marks
}

// current is the catalog as committed. Every change counts a version up in its own transaction,
// so a copy is right exactly as long as both versions are the same, whoever wrote.
func (s *Service) current(ctx context.Context) (*snapshot, error) {
	market, err := version(ctx, s.market, s.mq)
	if err != nil {
		return nil, err
	}
	ledger, err := version(ctx, s.ledger, s.lq)
	if err != nil {
		return nil, err
	}
	if c := s.copy.Load(); c != nil && c.market == market && c.ledger == ledger {
		return c, nil
	}
	// The versions were read first: what is committed meanwhile makes this copy old at once.
	c := &snapshot{market: market, ledger: ledger, lead: s.readLeadTime(ctx)}
	if c.items, err = s.readItems(ctx, c.lead); err != nil {
		return nil, err
	}
	if c.marks, err = readMarks(ctx, s.ledger.Reader(), s.lq); err != nil {
		return nil, err
	}
	c.search = make([]string, len(c.items))
	for i, it := range c.items {
		c.search[i] = strings.ToLower(string(it.SKU) + " " + string(it.ASIN) + " " + it.Title)
	}
	s.copy.Store(c)
	return c, nil
}

func version(ctx context.Context, db *sqlite.DB, q sqlite.Queries) (n int64, err error) {
	if err := db.Reader().QueryRowContext(ctx, q["Version"]).Scan(&n); err != nil {
		return 0, fmt.Errorf("read the version of the catalog: %w", err)
	}
	return n, nil
}

// Items implements module.Catalog.
func (s *Service) Items(ctx context.Context) ([]module.Item, error) {
	c, err := s.current(ctx)
	if err != nil {
		return nil, err
	}
	return slices.Clone(c.items), nil
}

// DefaultLeadTime implements module.Catalog.
func (s *Service) DefaultLeadTime(ctx context.Context) int {
	c, err := s.current(ctx)
	if err != nil {
		return DefaultLeadDays
	}
	return c.lead
}
