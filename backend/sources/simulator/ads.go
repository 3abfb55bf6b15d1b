package simulator

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"purser/backend/core"
)

// adDays is how far back advertising reports go.
const adDays = 184

// campaign is one Sponsored Products campaign: a product group, found automatically or by keyword.
type campaign struct {
	store  *store
	group  group
	auto   bool
	name   string
	budget int64 // a day
}

func (c *campaign) portfolio() string { return groupNames()[c.group][c.store.index] }

// adGroup is the only ad group of the campaign.
func (c *campaign) adGroup() string {
	if c.auto {
		return "All products"
	}
	return "Keywords"
}

// term is what shoppers typed, the target it came through, and the offer shown.
type term struct {
	campaign *campaign
	offer    *offer
	target   string
	match    string
	text     string
	weight   float64
	seed     uint64
}

// adRow is what one term did for one offer on one day.
type adRow struct {
	term        *term
	impressions int32
	clicks      int32
	spend       int64
	orders      int32
}

// adWorld is the account's advertising.
type adWorld struct {
	campaigns []*campaign
	wasted    []*term // planted
	from      core.Day
	days      [2][][]adRow // by store, by day since from
	terms     []*term
	stopped   func(AdTerm, core.Day) bool // what the seller has stopped by then; nil: nothing
}

func (w *adWorld) rowsOn(m *store, d core.Day) []adRow {
	i := int(d - w.from)
	if i < 0 || i >= len(w.days[m.index]) {
		return nil
	}
	rows := w.days[m.index][i]
	if w.stopped == nil {
		return rows
	}
	return slices.DeleteFunc(slices.Clone(rows), func(r adRow) bool { return w.stopped(r.term.shown(), d) })
}

// spendIn adds up what advertising cost on the days of p.
func (w *adWorld) spendIn(m *store, p core.Period) int64 {
	var sum int64
	for d := p.From; d <= p.To; d++ {
		for _, r := range w.rowsOn(m, d) {
			sum += r.spend
		}
	}
	return sum
}

// wasteful is a planted search term: it is clicked and nobody buys.
type wasteful struct {
	no     int // product shown
	auto   bool
	text   string
	clicks float64 // a day
	cost   int64   // a click
}

// wastefulTerms are planted in the United States; they run for 75 days.
func wastefulTerms() []wasteful {
	return []wasteful{
		{no: 104, text: "steel flask", clicks: 2.05, cost: 62},
		{no: 104, auto: true, text: "hip flask for men", clicks: 1.7, cost: 71},
		{no: 52, auto: true, text: "milk frother replacement whisk", clicks: 1.5, cost: 55},
		{no: 22, text: "plastic cups with straws bulk", clicks: 1.35, cost: 58},
	}
}

const wastefulDays = 75

// adPlan is how an offer is advertised on a day.
type adPlan struct {
	share float64 // of units sold through advertising
	cvr   float64 // orders a click
	cpc   float64 // minor units
}

// adPlanOn aims at an ACoS of 45 to 65 % of break-even; the declining offer's is about
// twice its break-even since seven weeks.
func (s *Seller) adPlanOn(o *offer, d core.Day) adPlan {
	p := adPlan{share: 0.22 + 0.08*unit(mix(o.seed, "share")), cvr: 0.09 + 0.05*unit(mix(o.seed, "cvr"))}
	p.cpc = (0.45 + 0.2*unit(mix(o.seed, "acos"))) * o.breakEven() * p.cvr * float64(o.list)
	if o.plan.role == declining && d >= s.asOf-49 {
		p.cpc = 2.0 * o.breakEven() * p.cvr * 0.55 * float64(o.list)
		p.cvr *= 0.55
		p.share = 0.38
	}
	return p
}

// runAds simulates advertising from the epoch and keeps the days that reports still show.
func (s *Seller) runAds() *adWorld {
	w := &adWorld{from: s.asOf - adDays}
	for i := range w.days {
		w.days[i] = make([][]adRow, adDays+int(s.end-s.asOf))
	}
	for _, m := range s.stores {
		for g := range hydration + 8 {
			offers := s.advertised(m, g)
			if len(offers) == 0 {
				continue
			}
			auto, manual := w.campaignsFor(m, g, s.o.Hostile)
			var expected float64
			for _, o := range offers {
				terms := termsFor(o, auto, manual)
				w.terms = append(w.terms, terms...)
				expected += s.advertise(w, o, terms)
			}
			for _, t := range wastefulTerms() {
				s.waste(w, m, t, offers, auto, manual)
			}
			auto.budget = 500 * (1 + round(expected*0.4/250))
			manual.budget = 500 * (1 + round(expected*0.7/250))
		}
	}
	for i := range w.days {
		for _, rows := range w.days[i] {
			slices.SortStableFunc(rows, func(a, b adRow) int { return cmp.Compare(a.term.campaign.name, b.term.campaign.name) })
		}
	}
	return w
}

// advertised are the best sellers of a group: up to three in the United States, two in Germany.
func (s *Seller) advertised(m *store, g group) []*offer {
	var out []*offer
	for _, o := range s.offersOf(m) {
		if o.group == g && !o.fbm && o.base >= 0.6*s.volume() {
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b *offer) int { return cmp.Compare(b.base, a.base) })
	return out[:min(len(out), 3-m.index)]
}

func (w *adWorld) campaignsFor(m *store, g group, hostile bool) (auto, manual *campaign) {
	prefix := groupNames()[g][m.index]
	if m.germany() {
		prefix = "DE " + prefix
	}
	if hostile && g == pets {
		prefix += ` "><img src=x onerror=alert(1)>`
	}
	auto = &campaign{store: m, group: g, auto: true, name: prefix + " - Auto"}
	manual = &campaign{store: m, group: g, name: prefix + " - Keywords"}
	w.campaigns = append(w.campaigns, auto, manual)
	return auto, manual
}

// termsFor are the six ways in which shoppers find an offer.
func termsFor(o *offer, auto, manual *campaign) []*term {
	key, extra, long := o.keyword, "best", "for gift"
	if o.store.germany() {
		key, extra, long = o.keyDE, "beste", "geschenk"
	}
	words := strings.Fields(key)
	slices.Reverse(words)
	list := []*term{
		{campaign: manual, target: key, match: "EXACT", text: key, weight: 0.34},
		{campaign: manual, target: key, match: "PHRASE", text: extra + " " + key, weight: 0.2},
		{campaign: manual, target: key, match: "BROAD", text: key + " " + long, weight: 0.12},
		{campaign: auto, target: "close-match", match: "-", text: strings.Join(words, " "), weight: 0.18},
		{campaign: auto, target: "loose-match", match: "-", text: words[0] + " " + long, weight: 0.09},
		{campaign: auto, target: "substitutes", match: "-", text: "b0" + strings.ToLower(base36(mix(o.seed, "rival"), 8)), weight: 0.07},
	}
	for i, t := range list {
		t.offer, t.seed = o, mix(o.seed, "term", uint64(i))
	}
	return list
}

// advertise runs one offer's terms and gives its usual spend a day.
func (s *Seller) advertise(w *adWorld, o *offer, terms []*term) float64 {
	clicks, orders := meter(unit(mix(o.seed, "clicks"))), meter(unit(mix(o.seed, "ad orders")))
	clickCredit, orderCredit := make([]float64, len(terms)), make([]float64, len(terms))
	for d := s.epoch; d < s.end; d++ {
		day, plan := o.day(d), s.adPlanOn(o, d)
		r := dice(mix(o.seed, "ads"), d)
		luck, cost := wobble(r, 0.15), wobble(r, 0.08)
		if day.stock == 0 || s.isHidden(o, d) {
			continue
		}
		expected := plan.share * (float64(day.units) + 3*s.expected(o, d)) / 4 / plan.cvr
		rows := make([]adRow, len(terms))
		for range clicks.add(expected * luck) {
			rows[draw(terms, clickCredit, nil)].clicks++
		}
		for range orders.add(plan.share * float64(day.units)) {
			i := draw(terms, orderCredit, rows)
			if i < 0 {
				orders++ // nobody clicked: the order comes with the next click
				continue
			}
			rows[i].orders++
		}
		if d < w.from {
			continue
		}
		for i := range rows {
			rows[i].term = terms[i]
			w.keep(d, rows[i], plan.cpc*cost, r.Float64())
		}
	}
	p := s.adPlanOn(o, s.asOf)
	return p.share * o.base / p.cvr * p.cpc
}

// draw picks the term that is owed the next click or order; among terms clicked more often
// than bought from, if rows are given; -1 if there is none.
func draw(terms []*term, credit []float64, rows []adRow) int {
	best := -1
	for i, t := range terms {
		credit[i] += t.weight
		if rows != nil && rows[i].orders >= rows[i].clicks {
			continue
		}
		if best < 0 || credit[i] > credit[best] {
			best = i
		}
	}
	if best >= 0 {
		credit[best]--
	}
	return best
}

// keep stores a row with its cost and impressions; without clicks most terms are not even shown.
func (w *adWorld) keep(d core.Day, r adRow, cpc, luck float64) {
	r.spend = round(float64(r.clicks) * cpc)
	r.impressions = r.clicks*int32(140+luck*120) + int32(luck*40)
	if r.clicks == 0 && luck < 0.7 {
		return
	}
	m := r.term.campaign.store
	i := int(d - w.from)
	w.days[m.index][i] = append(w.days[m.index][i], r)
}

// waste runs a planted term.
func (s *Seller) waste(w *adWorld, m *store, t wasteful, offers []*offer, auto, manual *campaign) {
	i := slices.IndexFunc(offers, func(o *offer) bool { return o.no == t.no })
	if i < 0 || m.germany() {
		return
	}
	x := &term{campaign: manual, offer: offers[i], target: offers[i].keyword, match: "BROAD", text: t.text, seed: mix(s.o.Seed, t.text)}
	if t.auto {
		x.campaign, x.target, x.match = auto, "loose-match", "-"
	}
	if s.o.Hostile && t.no == 22 {
		x.text = "<script>alert('term')</script>"
	}
	w.wasted, w.terms = append(w.wasted, x), append(w.terms, x)
	clicks := meter(0.5)
	for d := max(w.from, s.asOf-wastefulDays); d < s.end; d++ {
		r := dice(x.seed, d)
		w.keep(d, adRow{term: x, clicks: clicks.add(t.clicks * wobble(r, 0.2))}, float64(t.cost), r.Float64())
	}
}

// attributed is the share of a day's advertising orders already reported, by age in days. The reports of an account
// that lives on are restated one, seven and 28 days later.
func (s *Seller) attributed(age int) float64 {
	if s.living() {
		switch {
		case age < 1:
			return 0.5
		case age < 7:
			return 0.85
		case age < 28:
			return 0.97
		}
		return 1
	}
	shares := []float64{0.5, 0.74, 0.84, 0.89, 0.93, 0.96, 0.98}
	if age >= len(shares) {
		return 1
	}
	return shares[max(0, age)]
}

// ordersKnown is how many of the row's orders are reported, given the share that is.
func (r adRow) ordersKnown(d core.Day, share float64) int32 {
	n := int32(0)
	for k := range r.orders {
		if share == 1 || unit(mix(r.term.seed, "attributed", uint64(d), uint64(k))) < share {
			n++
		}
	}
	return n
}

// ratioOf divides, giving NaN for nothing by nothing.
func ratioOf(a, b float64) float64 {
	if b == 0 {
		return math.NaN()
	}
	return a / b
}
