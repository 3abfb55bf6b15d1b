package dashboards

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// States of a check.
const (
	stateGood     = "good"
	stateWarning  = "warning"
	stateCritical = "critical"
	stateUnknown  = "unknown"
	stateNeutral  = "neutral"
)

// morning is what the checks are made from.
type morning struct {
	s      *Service
	v      view // yesterday's and the month's figures are asked for besides
	facts  map[string]map[string]fact.Value
	reason func(name string) string
}

// Checks answers the twelve morning checks, in the order in which a seller would make them: am I about to be
// switched off, what can't be sold, what runs out, what to order, what was sold and earned, what was wasted,
// who took the offer, who complains, what is due. What can't be told says which file would tell it.
func (s *Service) Checks(ctx context.Context) (ChecksOutput, error) {
	out := ChecksOutput{Checks: []CheckOutput{}}
	v, err := s.view(ctx, ViewInput{Range: RangeInput{Preset: "28d"}})
	if err != nil {
		return out, err
	}
	m := &morning{s: s, v: v, facts: map[string]map[string]fact.Value{}, reason: s.o.Modules.Reason}
	cols, err := s.o.Modules.Columns(ctx, fact.Query{AsOf: v.asOf, Names: checkFacts()})
	if err != nil {
		return out, err
	}
	for _, c := range cols {
		m.facts[c.Name] = c.Values
	}
	for n, check := range []func(context.Context) (CheckOutput, error){
		m.account, m.violations, m.notSellable, m.runningOut, m.orders, m.yesterday,
		m.profit, m.ads, m.featuredOffer, m.claims, m.feedback, m.due,
	} {
		c, err := check(ctx)
		if err != nil {
			return out, err
		}
		c.Number = n + 1
		out.Checks = append(out.Checks, c)
	}
	return out, nil
}

func checkFacts() []string {
	return []string{
		"accounthealth.account_status", "accounthealth.at_risk", "accounthealth.rating", "accounthealth.worst_target_share",
		"accounthealth.violations", "accounthealth.new_violations_7d", "accounthealth.document_requests", "accounthealth.count",
		"accounthealth.count_change_7d", "accounthealth.target_share",
		"listings.not_sellable", "listings.daily_sales_at_stake", "inventory.cover_days", "inventory.days_short", "inventory.lost_sales_day",
		"inventory.on_hand", "inventory.velocity", "inventory.sells_out_day", "inventory.order_by_days", "inventory.suggested_units", "sales.unit_cost",
		"sales.yesterday_sales", "sales.yesterday_change", "sales.settled_through", "sales.featured_offer_pct_7d", "sales.sales_28d",
		"advertising.wasted_spend_28d", "reviews.new_negative_7d", "reviews.market_negative_share_90d", "reviews.negative_count_90d",
	}
}

func (m *morning) cell(key, title, asks, link string) CheckOutput {
	return CheckOutput{Key: key, Title: title, Asks: asks, Link: link, State: stateGood}
}

// missing makes a check say why it can't be made.
func (m *morning) missing(c CheckOutput, name, needs string) CheckOutput {
	c.Value, c.State, c.Detail = "?", stateUnknown, needs
	if why := m.reason(name); why != "" {
		c.Detail = why
	}
	return c
}

// of gives a fact of a subject.
func (m *morning) of(name, subject string) (fact.Value, bool) {
	x, ok := m.facts[name][subject]
	return x, ok && x.Known()
}

// worst is the subject for which less says that no other is worse; only those that pass count.
func (m *morning) pick(name string, pass func(subject string, x fact.Value) bool, worse func(a, b fact.Value) bool) (subjects []string, worst string) {
	col := m.facts[name]
	for id, x := range col {
		if !x.Known() || !pass(id, x) {
			continue
		}
		subjects = append(subjects, id)
		if worst == "" || worse(x, col[worst]) || !worse(col[worst], x) && id < worst {
			worst = id
		}
	}
	slices.Sort(subjects)
	return subjects, worst
}

// sumMoney adds amounts by currency, in the order of the account's marketplaces.
func (m *morning) sumMoney(list []core.Money) string {
	by := map[core.Currency]int64{}
	for _, x := range list {
		by[x.Currency] += x.Minor
	}
	var out []string
	for _, mk := range m.v.markets {
		if n, ok := by[mk.Currency]; ok {
			out = append(out, core.Money{Minor: n, Currency: mk.Currency}.Text())
			delete(by, mk.Currency)
		}
	}
	return strings.Join(out, " · ")
}

// address makes a link with a view.
func address(path string, search ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(search); i += 2 {
		if search[i+1] != "" {
			q.Set(search[i], search[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + strings.ReplaceAll(q.Encode(), "+", "%20")
}

// plural words a count: "1 SKU", "4 SKUs".
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(itoa(n)) + " " + one + "s"
}

// words turns Amazon's capitals into words: "AT_RISK" is "At risk".
func words(s string) string {
	s = strings.ToLower(strings.ReplaceAll(s, "_", " "))
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
