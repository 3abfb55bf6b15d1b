package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
)

// relabel reads how people know the SKUs.
func (s *session) relabel(ctx context.Context) error {
	items, err := s.catalog.Items(ctx)
	if err != nil {
		return err
	}
	labels, bySubject := make(map[string]string, len(items)), make(map[string]module.Item, len(items))
	for _, it := range items {
		id := fact.SubjectID(it.Marketplace, string(it.SKU))
		labels[id], bySubject[id] = it.Title, it
	}
	s.mu.Lock()
	s.labels, s.items, s.stores = labels, bySubject, storesOf(items)
	s.mu.Unlock()
	return nil
}

// label names a subject for people: the title of a SKU, the last part of anything else.
func (s *session) label(subject string) string {
	s.mu.Lock()
	t := s.labels[subject]
	s.mu.Unlock()
	if t != "" {
		return t
	}
	_, rest := fact.SplitID(subject)
	return plainWords(rest)
}

// plainWords turns a name of Amazon's own, "late_shipment_rate", into words; any other text stays as it is.
func plainWords(name string) string {
	for _, r := range name {
		if r != '_' && (r < 'a' || r > 'z') {
			return name
		}
	}
	if !strings.Contains(name, "_") {
		return name
	}
	name = strings.ReplaceAll(name, "_", " ")
	name = strings.Replace(name, " mfn", ", seller fulfilled", 1)
	name = strings.Replace(name, " afn", ", fulfilled by Amazon", 1)
	return strings.ToUpper(name[:1]) + name[1:]
}

// marketplaces lists those that occur in the catalog.
func (s *session) marketplaces() []core.Marketplace {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.stores)
}

// storesOf lists the marketplaces of some items.
func storesOf(items []module.Item) []core.Marketplace {
	seen := map[string]bool{}
	for _, it := range items {
		seen[it.Marketplace] = true
	}
	var out []core.Marketplace
	for _, m := range core.Marketplaces() {
		if seen[m.Code] {
			out = append(out, m)
		}
	}
	return out
}

// today is the day that has begun in every marketplace of the account, so that
// "yesterday" is over everywhere.
func (s *session) today() core.Day {
	now := s.clk.Now()
	day := core.Day(0)
	for _, m := range s.marketplaces() {
		if d := core.DayOf(now, m.Zone()); day == 0 || d < day {
			day = d
		}
	}
	if day == 0 {
		return core.DayOf(now, time.UTC)
	}
	return day
}

// unitCost is what the seller entered for a SKU.
func (s *session) unitCost(ctx context.Context, marketplace string, sku core.SKU) core.Money {
	items, err := s.catalog.Items(ctx)
	if err != nil {
		return core.Money{}
	}
	for _, it := range items {
		if it.Marketplace == marketplace && it.SKU == sku {
			return it.Cost
		}
	}
	return core.Money{}
}

// marketplaceOf works out where the SKUs of a report are sold: the one marketplace that has
// at least half of them and more than any other. Of an account of which nothing is known yet it
// says nothing: a wrong guess would put money into the wrong currency and days into the wrong
// order, and the reports after it would follow it.
func (s *session) marketplaceOf(ctx context.Context, skus []core.SKU) (code, why string) {
	items, err := s.catalog.Items(ctx)
	if err != nil {
		return "", ""
	}
	if len(items) == 0 {
		return "", ""
	}
	in := map[core.SKU]bool{}
	for _, k := range skus {
		in[k] = true
	}
	hits := map[string]int{}
	for _, it := range items {
		if in[it.SKU] {
			hits[it.Marketplace]++
		}
		hits[it.Marketplace] += 0
	}
	if len(hits) == 1 {
		return items[0].Marketplace, "your other reports are from there"
	}
	best, second := "", 0
	for m, n := range hits {
		switch {
		case best == "" || n > hits[best]:
			if best != "" {
				second = hits[best]
			}
			best = m
		case n > second:
			second = n
		}
	}
	if hits[best] == second || 2*hits[best] < len(in) {
		return "", ""
	}
	return best, "most of its SKUs are sold only there"
}
