package dashboards

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"purser/backend/core/fact"
)

const (
	mostHits   = 20
	mostOfKind = 8
)

// orderID is the form of Amazon's order numbers.
var orderID = regexp.MustCompile(`^\d{3}-\d{7}-\d{7}$`)

// Search finds what a person types: SKUs first, then campaigns, search terms, orders and saved views.
func (s *Service) Search(ctx context.Context, in SearchInput) (SearchOutput, error) {
	out := SearchOutput{Hits: []HitOutput{}}
	q := strings.ToLower(strings.TrimSpace(in.Query))
	if len(q) < 2 {
		return out, nil
	}
	v, err := s.view(ctx, ViewInput{})
	if err != nil || len(v.markets) == 0 {
		return out, err
	}
	if orderID.MatchString(q) {
		out.Hits = append(out.Hits, HitOutput{"order", q, "Order", address("/sales", "table", "sales.orders", "q", q, "range", "365d")})
	}
	for _, k := range []struct {
		kind   fact.SubjectKind
		module string
		name   string
	}{{fact.SKU, "sales", "sku"}, {fact.Campaign, "advertising", "campaign"}, {fact.SearchTerm, "advertising", "search_term"}} {
		u, err := s.universe(ctx, k.module, k.kind, v)
		if err != nil {
			continue // a module that is down hides nothing else
		}
		for _, i := range bestHits(u, q) {
			label, detail := s.names(k.kind, u.ids[i])
			out.Hits = append(out.Hits, HitOutput{k.name, label, detail, hitLink(k.name, u.ids[i])})
		}
	}
	views, err := s.Views(ctx)
	for _, w := range views.Views {
		if strings.Contains(strings.ToLower(w.Name), q) {
			out.Hits = append(out.Hits, HitOutput{"view", w.Name, "Saved view", w.Address})
		}
	}
	out.Hits = out.Hits[:min(len(out.Hits), mostHits)]
	return out, err
}

// bestHits are the rows that hold the text: those whose id begins with it first.
func bestHits(u *universe, q string) []int {
	rank := func(i int) int {
		_, rest, _ := strings.Cut(u.lower[i], "/")
		switch {
		case strings.HasPrefix(rest, q):
			return 0
		case strings.Contains(rest, " "+q):
			return 1
		}
		return 2
	}
	var found []int
	for i, text := range u.lower {
		if strings.Contains(text, q) {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b int) int { return rank(a) - rank(b) })
	return found[:min(len(found), mostOfKind)]
}

func hitLink(kind, subject string) string {
	switch kind {
	case "campaign":
		return address("/ads", "table", "campaigns", "sel", subject)
	case "search_term":
		return address("/ads", "table", "terms", "sel", subject)
	}
	return "/sku/" + url.PathEscape(subject)
}
