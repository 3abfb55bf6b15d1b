package advertising

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// budgetUse is how much of its budget a campaign spends.
type budgetUse struct {
	subject string
	used    fact.Value
	detail  string
}

// budgetChart draws the campaigns that spend most of their daily budget.
func (m *Module) budgetChart(ctx context.Context, q page.ChartQuery) (page.Data, error) {
	list, unknown, err := m.budgetUses(ctx, q)
	if err != nil {
		return page.Data{}, err
	}
	out := page.Data{Unit: "%", Bars: []page.Bar{}}
	full := 0
	for i, u := range list {
		if math.Round(u.used.Num) >= 100 {
			full++
		}
		if i < barsShown {
			_, label := fact.SplitID(u.subject)
			out.Bars = append(out.Bars, page.Bar{
				Label: label, Value: u.used.Num, Text: fmt.Sprintf("%.1f %%", u.used.Num), Detail: u.detail, Known: true,
				Name: "advertising.campaign_budget_used_pct", Subject: u.subject,
			})
		}
	}
	switch {
	case len(list) == 0:
		out.Title = "No budget is known"
		out.Note = "Import a Sponsored Products campaign report by day to see which campaigns run out of budget"
		return out, nil
	case full == 1:
		out.Title = fmt.Sprintf("1 of %d campaigns spends its whole daily budget", len(list))
	case full > 1:
		out.Title = fmt.Sprintf("%d of %d campaigns spend their whole daily budget", full, len(list))
	default:
		out.Title = fmt.Sprintf("No campaign spends its whole daily budget; “%s” comes nearest with %.0f %%", out.Bars[0].Label, out.Bars[0].Value)
	}
	out.Summary = "Mean daily spend of the last 7 days that Amazon has settled, against the budget as last reported"
	if more := len(list) - len(out.Bars); more > 0 {
		out.Note = fmt.Sprintf("%d campaigns that use less of their budget are left out", more)
	}
	if unknown > 0 {
		out.Note = join(out.Note, fmt.Sprintf("of %d campaigns the budget or the spend is not known", unknown))
	}
	return out, nil
}

// budgetUses are the campaigns in scope whose budget and spend are known, fullest first, and how many are not.
func (m *Module) budgetUses(ctx context.Context, q page.ChartQuery) (list []budgetUse, unknown int, err error) {
	const used, budget, spend = "advertising.campaign_budget_used_pct", "advertising.campaign_budget", "advertising.campaign_spend_7d"
	cols, err := m.Facts(ctx, fact.Query{AsOf: q.AsOf, Names: []string{used, budget, spend}})
	if err != nil {
		return nil, 0, err
	}
	scope, err := m.campaignsInScope(ctx, q)
	if err != nil {
		return nil, 0, err
	}
	by := map[string]map[string]fact.Value{}
	for _, c := range cols {
		by[c.Name] = c.Values
	}
	for subject, v := range by[used] {
		market, _ := fact.SplitID(subject)
		if !slices.Contains(q.Marketplaces, market) || scope != nil && !scope[subject] {
			continue
		}
		if !v.Known() {
			unknown++
			continue
		}
		week := by[spend][subject].Money
		week.Minor = int64(math.Round(float64(week.Minor) / 7))
		list = append(list, budgetUse{subject, v, fmt.Sprintf("%s a day of %s", week.Text(), by[budget][subject].Money.Text())})
	}
	slices.SortFunc(list, func(a, b budgetUse) int {
		return cmp.Or(cmp.Compare(b.used.Num, a.used.Num), cmp.Compare(a.subject, b.subject))
	})
	return list, unknown, nil
}

// campaignsInScope are the campaigns that spent on the SKUs in scope, or the one asked about; nil: all.
func (m *Module) campaignsInScope(ctx context.Context, q page.ChartQuery) (map[string]bool, error) {
	if narrowed(q) == nil {
		return nil, nil
	}
	s, err := m.look(ctx)
	if err != nil {
		return nil, err
	}
	defer s.close()
	out := map[string]bool{}
	if q.Subject != "" {
		out[q.Subject] = true
	}
	for _, market := range q.Marketplaces {
		list, _, err := s.spenders(ctx, market, q)
		if err != nil {
			return nil, err
		}
		for i := range list {
			out[list[i].subject] = true
		}
	}
	return out, nil
}
