package advertising

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
	"purser/backend/core/source"
)

// barsShown is how many bars are told apart at a glance.
const barsShown = 12

// Chart implements page.Charter.
func (m *Module) Chart(ctx context.Context, q page.ChartQuery) (page.Data, error) {
	q.Period.To = min(q.Period.To, q.AsOf-1)
	switch q.Name {
	case chartCampaigns:
		return m.campaignChart(ctx, q)
	case chartBudgets:
		return m.budgetChart(ctx, q)
	}
	return page.Data{}, core.NotFound("advertising", "Ads has no chart "+q.Name+".")
}

// spender is a campaign in the chart of campaigns.
type spender struct {
	subject string
	totals
	auto bool
}

func (m *Module) campaignChart(ctx context.Context, q page.ChartQuery) (page.Data, error) {
	s, err := m.look(ctx)
	if err != nil {
		return page.Data{}, err
	}
	defer s.close()
	var currency core.Currency
	var list []spender
	out := page.Data{Bars: []page.Bar{}}
	for _, market := range q.Marketplaces {
		some, note, err := s.spenders(ctx, market, q)
		if err != nil {
			return page.Data{}, err
		}
		switch own := currencyOf(market); {
		case note != "" && len(some) == 0:
			out.Note = join(out.Note, market+": "+note)
		case len(some) == 0:
		case currency != "" && own != currency:
			out.Note = join(out.Note, fmt.Sprintf("%s is left out, since its amounts are in %s", market, own))
		default:
			currency = own
			list = append(list, some...)
			if note != "" {
				out.Note = join(out.Note, market+": "+note)
			}
		}
	}
	slices.SortFunc(list, func(a, b spender) int {
		return cmp.Or(cmp.Compare(b.spend, a.spend), cmp.Compare(a.subject, b.subject))
	})
	out.Currency = string(currency)
	drawSpenders(&out, list, currency)
	return out, nil
}

// drawSpenders draws the campaigns that spend most and says what stands out.
func drawSpenders(out *page.Data, list []spender, currency core.Currency) {
	var all totals
	for i := range list {
		all.plus(list[i].totals)
	}
	if all.spend <= 0 {
		out.Title = "No campaign has spent anything in these days"
		if out.Note == "" {
			out.Note = "Import a Sponsored Products campaign or advertised product report of these days to see what campaigns spend"
		}
		return
	}
	for _, c := range list[:min(len(list), barsShown)] {
		_, label := fact.SplitID(c.subject)
		amount := core.Money{Minor: c.spend, Currency: currency}
		out.Bars = append(out.Bars, page.Bar{
			Label: label, Value: amount.Major(), Text: amount.Text(), Known: true, Name: "advertising.spend", Subject: c.subject,
			Detail: fmt.Sprintf("%s of spend, %s", percent(float64(c.spend)/float64(all.spend)), acosWords(c.totals)),
		})
	}
	if more := len(list) - len(out.Bars); more > 0 {
		out.Note = join(out.Note, fmt.Sprintf("%d campaigns that spent less are left out", more))
	}
	out.Title = campaignFinding(list, all)
	out.Summary = fmt.Sprintf("%d campaigns spent %s, %s", len(list), core.Money{Minor: all.spend, Currency: currency}.Text(), acosWords(all))
}

// autoStandsOut is from how many times the others' ACoS on automatic campaigns are the finding.
const autoStandsOut = 1.25

// campaignFinding says what stands out: automatic campaigns that cost more for what they sell,
// else the campaign that spends most.
func campaignFinding(list []spender, all totals) string {
	var auto totals
	for i := range list {
		if list[i].auto {
			auto.plus(list[i].totals)
		}
	}
	rest := all.minus(auto)
	share := whole(float64(auto.spend) / float64(all.spend))
	switch {
	case auto.spend <= 0 || rest.spend <= 0 || rest.sales <= 0:
	case auto.sales <= 0:
		return fmt.Sprintf("Automatic campaigns take %s of spend and bring no ad sales", share)
	default:
		times := float64(auto.spend) / float64(auto.sales) / (float64(rest.spend) / float64(rest.sales))
		if times >= autoStandsOut {
			return fmt.Sprintf("Automatic campaigns take %s of spend at %.1f times the ACoS of the others", share, times)
		}
	}
	top := list[0]
	_, label := fact.SplitID(top.subject)
	out := fmt.Sprintf("“%s” takes %s of spend, %s", label, whole(float64(top.spend)/float64(all.spend)), acosWords(top.totals))
	if len(list) > 1 && top.sales > 0 && all.sales > 0 {
		out += fmt.Sprintf(" against %s overall", percent(float64(all.spend)/float64(all.sales)))
	}
	return out
}

// spenders are the campaigns of a marketplace that spent anything, and what is to be said of their days.
func (s *snapshot) spenders(ctx context.Context, market string, q page.ChartQuery) ([]spender, string, error) {
	from := origins(fact.Campaign)
	narrow := narrowed(q)
	if narrow != nil {
		from = []origin{{source.AdProducts, sumCampaignSKU}}
	}
	k, err := s.pick(ctx, market, from, q.Period, q.AsOf)
	if err != nil || k.cover.Days == 0 {
		return nil, k.cover.Note, err
	}
	sums, subjects, err := k.totals(ctx, s)
	if err != nil {
		return nil, "", err
	}
	if narrow != nil {
		sums, subjects = s.ofSKUs(&k, sums, narrow)
	}
	auto, err := s.automatic(ctx, market, q)
	if err != nil {
		return nil, "", err
	}
	var out []spender
	for i := range sums {
		if sums[i].spend > 0 && !sums[i].foreign(currencyOf(market), s.names) && subjects[i] != "" {
			out = append(out, spender{subjects[i], sums[i], auto[subjects[i]]})
		}
	}
	return out, k.cover.Note, nil
}

// narrowed are the SKUs that a chart is narrowed to; nil: all.
func narrowed(q page.ChartQuery) map[string]bool {
	if q.Subject == "" && q.Subjects == nil {
		return nil
	}
	out := map[string]bool{}
	for _, id := range q.Subjects {
		out[id] = true
	}
	if q.Subject != "" {
		out = map[string]bool{q.Subject: true}
	}
	return out
}

// ofSKUs sums what campaigns spent on some SKUs, by campaign.
func (s *snapshot) ofSKUs(k *pick, sums []totals, skus map[string]bool) ([]totals, []string) {
	b := s.m.ledger.book(bookKey{k.h.market, k.stream})
	b.mu.Lock()
	defer b.mu.Unlock()
	at := map[string]int{}
	done := map[uint32]bool{} // after a rebuild a slot has keys of old and new numbers
	var out []totals
	var subjects []string
	for key, slot := range b.stack(k.group).slots {
		campaign, sku := split(key)
		if int(slot) >= len(sums) || done[slot] || !skus[fact.SubjectID(k.h.market, s.names.of(sku))] {
			continue
		}
		done[slot] = true
		subject := sumCampaign.subject(k.h.market, uint64(campaign), s.names)
		i, ok := at[subject]
		if !ok {
			i = len(out)
			at[subject] = i
			out = append(out, totals{})
			subjects = append(subjects, subject)
		}
		out[i].plus(sums[slot])
	}
	return out, subjects
}

// automatic are the campaigns whose search terms came through one of Amazon's own targets.
func (s *snapshot) automatic(ctx context.Context, market string, q page.ChartQuery) (map[string]bool, error) {
	out := map[string]bool{}
	k, err := s.pick(ctx, market, origins(fact.SearchTerm), q.Period, q.AsOf)
	if err != nil || k.cover.Days == 0 {
		return out, err
	}
	seen := map[uint64]bool{}
	_, err = s.tally(ctx, []window{{sheets: k.told.sheets}}, nil, func(r *row) {
		if key := pair(r.campaign, r.targeting); !seen[key] {
			seen[key] = true
			switch s.names.of(r.targeting) { // as the console names the targets of automatic campaigns
			case "close-match", "loose-match", "substitutes", "complements", "*":
				out[sumCampaign.subject(market, uint64(r.campaign), s.names)] = true
			}
		}
	})
	return out, err
}

// acosWords is "ACoS 41.3 %".
func acosWords(t totals) string {
	if t.sales <= 0 {
		return "no ad sales"
	}
	return "ACoS " + percent(float64(t.spend)/float64(t.sales))
}

func percent(ratio float64) string { return fmt.Sprintf("%.1f %%", 100*ratio) }

func whole(ratio float64) string { return fmt.Sprintf("%.0f %%", math.Round(100*ratio)) }
