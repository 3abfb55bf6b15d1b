package listings

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// reasons draws why SKUs are in trouble by the newest reports, the most frequent first. A SKU
// with several reasons counts for each.
func (p *painter) reasons(ctx context.Context) (page.Data, error) {
	type key struct{ reason, state string }
	counts, skus := map[key]int{}, map[string]bool{}
	count := func(market, state string, all map[core.SKU]*trouble) {
		for sku, t := range all {
			if !p.shows(market, sku) {
				continue
			}
			skus[fact.SubjectID(market, string(sku))] = true
			reasons := t.reasons
			if len(reasons) == 0 {
				reasons = []string{"No reason given"}
			}
			for _, r := range reasons {
				counts[key{r, state}]++
			}
		}
	}
	for _, market := range p.q.Marketplaces {
		m, err := p.market(ctx, market, p.lines[market], p.q.AsOf)
		if err != nil {
			return page.Data{}, err
		}
		count(market, "Hidden from search", m.hidden)
		count(market, "Stranded", m.stray)
	}
	d := page.Data{Unit: "SKUs", Note: p.lacking(kindSuppressed, kindStranded)}
	for k, n := range counts {
		d.Bars = append(d.Bars, page.Bar{Label: k.reason, Detail: k.state, Value: float64(n), Text: fmt.Sprintf("%d", n), Known: true})
	}
	sort.Slice(d.Bars, func(i, j int) bool {
		a, b := d.Bars[i], d.Bars[j]
		return a.Value > b.Value || (a.Value == b.Value && a.Label+a.Detail < b.Label+b.Detail)
	})
	d.Title = p.reasonsFinding(d.Bars, len(skus))
	p.trim(&d)
	return d, nil
}

func (p *painter) reasonsFinding(bars []page.Bar, skus int) string {
	if len(bars) > 0 {
		return fmt.Sprintf("%s concerns %d of %s that are hidden or stranded", bars[0].Label, int(bars[0].Value), countedSKUs(skus))
	}
	hidden, _ := p.having(kindSuppressed)
	stray, _ := p.having(kindStranded)
	if len(hidden) == 0 && len(stray) == 0 {
		return "Whether anything is hidden or stranded is not known"
	}
	return "The newest reports list nothing as hidden or stranded"
}

// trim leaves the first bars and says how many are not drawn.
func (p *painter) trim(d *page.Data) {
	if n := len(d.Bars) - mostBars; n > 0 {
		d.Bars = d.Bars[:mostBars]
		d.Note = strings.TrimPrefix(fmt.Sprintf("%s; %d more are not drawn", d.Note, n), "; ")
	}
}

// verdicts are the SKUs in scope with whether they can be sold, by subject id; unknown is of how
// many that is not known.
func (p *painter) verdicts(ctx context.Context, names ...string) (not []verdict, unknown, all int, err error) {
	a := answer{started: p.started, asOf: p.q.AsOf}
	a.visit = func(m *market, v verdict) {
		if !p.shows(m.code, v.sku) {
			return
		}
		all++
		switch {
		case !v.not.Known():
			unknown++
		case v.not.Flag:
			not = append(not, v)
		}
	}
	err = a.over(ctx, fact.Query{AsOf: p.q.AsOf, Names: names}, func(code string) bool { return slices.Contains(p.q.Marketplaces, code) })
	sort.Slice(not, func(i, j int) bool { return not[i].id < not[j].id })
	return not, unknown, all, err
}

// nothing is a chart of what can't be sold where there is none.
func (p *painter) nothing(unknown, all int) page.Data {
	d := page.Data{Title: "Everything in stock can be found and bought", Note: p.lacking(kindOffers, kindSuppressed, kindStranded)}
	switch {
	case all == 0:
		d.Title = "No SKU is known"
	case unknown == all:
		d.Title = "What can't be sold is not known"
	case unknown > 0:
		d.Title = fmt.Sprintf("Nothing is known that can't be sold; of %s it is not known", countedSKUs(unknown))
	}
	return d
}

// atStake draws the SKUs that lose most a day. Amounts of one currency are compared only: that of
// most SKUs; the others are named.
func (p *painter) atStake(ctx context.Context) (page.Data, error) {
	not, unknown, all, err := p.verdicts(ctx, factNotSellable, factAtStake)
	if err != nil {
		return page.Data{}, err
	}
	if len(not) == 0 {
		return p.nothing(unknown, all), nil
	}
	by, unpriced := map[core.Currency][]verdict{}, 0
	for _, v := range not {
		if v.stake.Known() {
			by[v.stake.Money.Currency] = append(by[v.stake.Money.Currency], v)
		} else {
			unpriced++
		}
	}
	currency, others := mainCurrency(by)
	d := page.Data{Currency: string(currency), Note: p.lacking(kindOffers, kindSuppressed, kindStranded)}
	note := func(s string) { d.Note = strings.TrimPrefix(d.Note+"; "+s, "; ") }
	if unpriced > 0 {
		note(fmt.Sprintf("sales before the trouble are not known of %s", countedSKUs(unpriced)))
	}
	if len(others) > 0 {
		note("amounts in " + strings.Join(others, ", ") + " are not drawn: choose their marketplaces")
	}
	shown := by[currency]
	if len(shown) == 0 {
		d.Title = fmt.Sprintf("What %s that can't be sold lose is not known", countedSKUs(len(not)))
		return d, nil
	}
	sort.SliceStable(shown, func(i, j int) bool { return shown[i].stake.Money.Minor > shown[j].stake.Money.Minor })
	var sum int64
	for _, v := range shown {
		sum += v.stake.Money.Minor
		d.Bars = append(d.Bars, p.stakeBar(v))
	}
	d.Title = stakeFinding(shown, sum)
	p.trim(&d)
	return d, nil
}

// mainCurrency is the currency of most SKUs, and the others.
func mainCurrency(by map[core.Currency][]verdict) (most core.Currency, others []string) {
	for c, all := range by {
		if n := len(by[most]); len(all) > n || (len(all) == n && c < most) {
			most = c
		}
	}
	for c := range by {
		if c != most {
			others = append(others, string(c))
		}
	}
	sort.Strings(others)
	return most, others
}

func (p *painter) stakeBar(v verdict) page.Bar {
	b := page.Bar{
		Label: string(v.sku), Value: v.stake.Money.Major(), Text: v.stake.Money.Text(), Known: true, Name: factAtStake, Subject: v.id,
		Detail: "since " + v.began.day.String(),
	}
	if len(p.q.Marketplaces) > 1 {
		market, _ := fact.SplitID(v.id)
		b.Detail = market + ", " + b.Detail
	}
	return b
}

func stakeFinding(shown []verdict, sum int64) string {
	worst := shown[0]
	switch {
	case sum <= 0:
		return fmt.Sprintf("%s can't be sold, none of which sold before", countedSKUs(len(shown)))
	case len(shown) == 1:
		return fmt.Sprintf("%s is the only SKU known to lose sales", worst.sku)
	}
	share := math.Round(100 * float64(worst.stake.Money.Minor) / float64(sum))
	return fmt.Sprintf("%s loses most: %g %% of what %d SKUs that can't be sold lose a day", worst.sku, share, len(shown))
}

// class is a class of ages; it only sorts what is shown, nothing is decided by it.
type class struct {
	label string
	upTo  core.Day
}

func classesOfAge() []class {
	return []class{{"Up to 7 days", 7}, {"8 to 30 days", 30}, {"31 to 90 days", 90}, {"More than 90 days", math.MaxInt32}}
}

// age draws how many SKUs can't be sold for how long, the shortest first.
func (p *painter) age(ctx context.Context) (page.Data, error) {
	not, unknown, all, err := p.verdicts(ctx, factNotSellable)
	if err != nil {
		return page.Data{}, err
	}
	if len(not) == 0 {
		return p.nothing(unknown, all), nil
	}
	classes := classesOfAge()
	counts := make([]int, len(classes))
	var oldest verdict
	guessed := 0
	for i, v := range not {
		if v.began.guessed {
			guessed++
		}
		if i == 0 || v.began.day < oldest.began.day {
			oldest = v
		}
		counts[slices.IndexFunc(classes, func(c class) bool { return p.q.AsOf-v.began.day <= c.upTo })]++
	}
	d := page.Data{Unit: "SKUs", Note: p.lacking(kindOffers, kindSuppressed, kindStranded)}
	for i, c := range classes {
		d.Bars = append(d.Bars, page.Bar{Label: c.label, Value: float64(counts[i]), Text: fmt.Sprintf("%d", counts[i]), Known: true})
	}
	if guessed > 0 {
		d.Note = strings.TrimPrefix(fmt.Sprintf("%s; %s may be so for longer: no report says since when", d.Note, countedSKUs(guessed)), "; ")
	}
	d.Title = ageFinding(len(not), counts[2]+counts[3], oldest)
	return d, nil
}

func ageFinding(all, long int, oldest verdict) string {
	since := fmt.Sprintf("%s longest, since %s", oldest.sku, oldest.began.day)
	switch {
	case all == 1:
		return fmt.Sprintf("%s is the only SKU that can't be sold, since %s", oldest.sku, oldest.began.day)
	case long == 0:
		return fmt.Sprintf("None of %d SKUs that can't be sold has been so for more than 30 days; %s", all, since)
	case long == all:
		return fmt.Sprintf("All %d SKUs that can't be sold have been so for more than 30 days; %s", all, since)
	}
	verb := "have"
	if long == 1 {
		verb = "has"
	}
	return fmt.Sprintf("Of %d SKUs that can't be sold, %d %s been so for more than 30 days; %s", all, long, verb, since)
}
