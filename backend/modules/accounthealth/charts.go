package accounthealth

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
	"purser/backend/platform/sqlite"
)

// Chart implements page.Charter. Rates are drawn in percent.
func (m *Module) Chart(ctx context.Context, q page.ChartQuery) (page.Data, error) {
	s, err := m.running()
	if err != nil {
		return page.Data{}, err
	}
	p := painter{started: s, module: m, q: q}
	if err := p.read(ctx); err != nil {
		return page.Data{}, err
	}
	draw := map[string]func(context.Context) (page.Data, error){
		chartTargets: p.targets, chartHistory: p.history, chartViolations: p.violations, chartCounts: p.counts,
	}[q.Name]
	if draw == nil {
		return page.Data{}, core.NotFound(name, "Account health has no chart "+q.Name+".")
	}
	if len(p.markets) == 0 {
		return page.Data{Title: "No performance report is in", Note: "Import the report: " + s.kindTitle() + "."}, nil
	}
	return draw(ctx)
}

// kindTitle is how people call the performance report.
func (s *started) kindTitle() string {
	if k, ok := s.host.Kind(kind); ok && k.Title != "" {
		return k.Title
	}
	return kind
}

// painter draws one chart.
type painter struct {
	*started
	module  *Module
	q       page.ChartQuery
	days    map[string][]core.Day // with a report
	markets []*answer             // those in scope that have a report
	absent  []string              // those in scope that have none
}

func (p *painter) read(ctx context.Context) error {
	var err error
	if p.days, err = p.reportDays(ctx); err != nil {
		return err
	}
	only, _ := fact.SplitID(p.q.Subject)
	for _, market := range p.q.Marketplaces {
		switch {
		case p.q.Subject != "" && market != only:
			continue
		case len(p.days[market]) == 0:
			p.absent = append(p.absent, market)
			continue
		}
		a := &answer{started: p.started, market: market}
		if err := a.read(ctx, p.days[market], p.q.AsOf); err != nil {
			return err
		}
		p.markets = append(p.markets, a)
	}
	return nil
}

// label of a metric; it names the marketplace where there are several.
func (p *painter) label(a *answer, m *metric) string {
	if len(p.markets) > 1 {
		return m.label() + " in " + a.market
	}
	return m.label()
}

// note says which marketplaces are left out and which reports are not of today.
func (p *painter) note(more ...string) string {
	var out string
	for _, m := range more {
		out = joined(out, m)
	}
	if len(p.absent) > 0 {
		out = joined(out, "no performance report of "+strings.Join(p.absent, ", "))
	}
	for _, a := range p.markets {
		if a.now.maturity != fact.Fresh {
			out = joined(out, "the report of "+a.market+" is of "+a.now.day.String())
		}
	}
	return sentence(out)
}

func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// gauge is a rate with what it is held to.
type gauge struct {
	label    string
	bullet   page.Bullet
	share    fact.Value
	headroom fact.Value
}

// targets draws every rate against its target, the worst first.
func (p *painter) targets(ctx context.Context) (page.Data, error) {
	gauges, err := p.gauges(ctx)
	if err != nil {
		return page.Data{}, err
	}
	d := page.Data{Title: finding(gauges), Unit: "%", Note: p.note()}
	for i := range gauges {
		d.Bullets = append(d.Bullets, gauges[i].bullet)
	}
	if len(gauges) == 0 {
		d.Note = p.note("the newest report measures no rate")
	}
	return d, nil
}

// gauges are the rates of the newest reports, the worst first.
func (p *painter) gauges(ctx context.Context) ([]gauge, error) {
	near, err := p.caution(ctx)
	if err != nil {
		return nil, err
	}
	var out []gauge
	for _, a := range p.markets {
		for _, n := range a.names {
			if m, ok := a.now.metrics[n]; ok && m.rate.Valid && (p.q.Subject == "" || p.q.Subject == fact.SubjectID(a.market, n)) {
				out = append(out, p.gauge(a, &m, near))
			}
		}
	}
	rank := map[string]int{"critical": 0, "warning": 1, "good": 2, "unknown": 3}
	sort.SliceStable(out, func(i, j int) bool {
		x, y := rank[out[i].bullet.State], rank[out[j].bullet.State]
		return x < y || (x == y && out[i].share.Num > out[j].share.Num)
	})
	return out, nil
}

// caution is the share of an allowance from which a metric is near its target.
func (p *painter) caution(ctx context.Context) (float64, error) {
	var near float64
	err := sqlite.EachRow(ctx, p.host.DB(), p.sql["Caution"], []any{p.q.AsOf.String()}, func(r *sql.Rows) error { return r.Scan(&near) })
	return near, err
}

func (p *painter) gauge(a *answer, m *metric, near float64) gauge {
	id := fact.SubjectID(a.market, m.name)
	a.sheet = newSheet(fact.Query{}, metricDefinitions())
	g := gauge{label: p.label(a, m), share: a.putMetric(m)}
	g.headroom = a.sheet.values[factHeadroom][id]
	rate := a.sheet.values[factRate][id]
	l, target := a.limit(m)
	b := page.Bullet{Label: m.label(), Name: factRate, Subject: id, Text: "not known", State: "unknown", Against: "no target known", Max: 100}
	if len(p.markets) > 1 {
		b.Detail = a.market
	}
	if rate.Known() {
		b.Value, b.Text = points(rate.Num), short(rate.Num)
	} else {
		b.Detail = joined(b.Detail, rate.Note)
	}
	if target.Known() {
		b.Target, b.Against = points(l.target), l.words()
		if l.isCeiling() {
			b.Max = math.Max(l.target, m.rate.Float64) * 100 * 1.25
		}
	}
	if g.share.Known() {
		b.Detail = joined(b.Detail, used(g.share.Num)+" of its allowance used")
		b.State = "good"
		switch {
		case g.share.Num >= 1 || (g.headroom.Known() && g.headroom.Num < 0):
			b.State = "critical"
		case g.share.Num >= near:
			b.State = "warning"
		}
	}
	if g.headroom.Known() {
		b.Detail = joined(b.Detail, room(g.headroom.Num))
	}
	g.bullet = b
	return g
}

// room words the headroom.
func room(n float64) string {
	if n < 0 {
		return fmt.Sprintf("%d too many", int(-n))
	}
	if n == 0 {
		return "no room for another"
	}
	return fmt.Sprintf("room for %d more", int(n))
}

// finding is what the bullets say, of gauges with the worst first.
func finding(gauges []gauge) string {
	states := map[string]int{}
	for _, g := range gauges {
		states[g.bullet.State]++
	}
	known := len(gauges) - states["unknown"]
	if known == 0 {
		return "No rate can be held to a target"
	}
	worst := gauges[0]
	switch {
	case states["critical"] > 1:
		return fmt.Sprintf("%d rates miss their targets, %s by most", states["critical"], worst.label)
	case states["critical"] == 1:
		return fmt.Sprintf("%s is %s, Amazon asks for %s", worst.label, worst.bullet.Text, worst.bullet.Against)
	case states["warning"] > 1:
		return fmt.Sprintf("%d rates are near their targets: %s uses %s of its allowance", states["warning"], worst.label, used(worst.share.Num))
	case states["warning"] == 1:
		return fmt.Sprintf("%s uses %s of its allowance", worst.label, used(worst.share.Num))
	case known == 1:
		return fmt.Sprintf("%s keeps well to its target", worst.label)
	}
	return fmt.Sprintf("All %d known rates keep well to their targets; %s uses most, %s of its allowance", known, worst.label, used(worst.share.Num))
}

// words is the limit as people say it: "under 4 %".
func (l limit) words() string {
	how := map[string]string{
		lessThan: "under", atMost: "at most", greaterThan: "over", atLeast: "at least", equals: "exactly",
	}[l.condition]
	return strings.TrimSpace(how + " " + short(l.target))
}

// points is a fraction in percent, without the dust of binary fractions.
func points(v float64) *float64 {
	p := math.Round(v*ppm*100) / ppm
	return &p
}

// short writes a fraction for people in at most two decimals: 0.0333 is "3.33 %".
func short(v float64) string {
	return strconv.FormatFloat(math.Round(v*10_000)/100, 'f', -1, 64) + " %"
}

// used writes a share of an allowance in whole percent; what is not all used never rounds up to all.
func used(share float64) string {
	p := math.Round(share * 100)
	if share < 1 {
		p = min(p, 99)
	}
	return fmt.Sprintf("%d %%", int(p))
}
