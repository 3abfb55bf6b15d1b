package inventory

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// Chart implements page.Charter.
func (m *Module) Chart(ctx context.Context, q page.ChartQuery) (page.Data, error) {
	s, err := m.running()
	if err != nil {
		return page.Data{}, err
	}
	switch q.Name {
	case chartCover:
		return s.coverChart(ctx, q)
	case chartStock:
		return s.stockChart(ctx, q)
	case chartProjection:
		return s.projectionChart(ctx, q)
	case chartAge:
		return s.ageChart(ctx, q)
	}
	return page.Data{}, core.NotFound(name, "Inventory has no chart "+q.Name+".")
}

// scope is what a chart is narrowed to.
type scope struct {
	markets  []string
	subject  string
	subjects map[string]bool // nil: all
}

func scopeOf(q page.ChartQuery) scope {
	out := scope{markets: slices.Clone(q.Marketplaces), subject: q.Subject}
	slices.Sort(out.markets)
	if q.Subject != "" {
		market, _ := fact.SplitID(q.Subject)
		out.markets = []string{market}
	}
	if q.Subjects != nil {
		out.subjects = make(map[string]bool, len(q.Subjects))
		for _, id := range q.Subjects {
			out.subjects[id] = true
		}
	}
	return out
}

// has says whether a SKU is in scope.
func (sc scope) has(id string) bool {
	if strings.Contains(sc.subject, "/") {
		return id == sc.subject
	}
	market, _ := fact.SplitID(id)
	return slices.Contains(sc.markets, market) && (sc.subjects == nil || sc.subjects[id])
}

// label names a SKU, with its marketplace where there are several.
func (sc scope) label(id string) string {
	market, sku := fact.SplitID(id)
	if len(sc.markets) > 1 {
		return sku + " (" + market + ")"
	}
	return sku
}

// grouped writes a whole number with commas between thousands.
func grouped(n int64) string {
	sign, digits := "", strconv.FormatInt(n, 10)
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// many is grouped with what is counted: "1,204 units".
func many(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return grouped(n) + " " + what + "s"
}

// inDays words a number of days: one decimal below ten.
func inDays(v float64) string {
	if v >= 10 || v == math.Trunc(v) {
		return many(int64(math.Floor(v+1e-9)), "day")
	}
	return strconv.FormatFloat(math.Floor(v*10+1e-9)/10, 'f', 1, 64) + " days"
}

// dated writes a day as people read it, with the year where it is another than that of today.
func dated(d, today core.Day) string {
	if d.Time().Year() != today.Time().Year() {
		return d.Time().Format("2 Jan 2006")
	}
	return d.Time().Format("2 Jan")
}

const noStock = "No stock report yet: import an FBA inventory report"

// coverRows is how many SKUs the chart of covers shows.
const coverRows = 12

func (s *started) coverChart(ctx context.Context, q page.ChartQuery) (page.Data, error) {
	facts, err := s.shown(ctx, q.AsOf, factOnHand, factCover, factLead, factOrderBy, factDaysShort)
	if err != nil {
		return page.Data{}, err
	}
	sc := scopeOf(q)
	var (
		ids           []string
		short, listed int
	)
	for id := range facts[factOnHand] {
		if !sc.has(id) {
			continue
		}
		listed++
		if _, known := facts.num(factCover, id); known {
			ids = append(ids, id)
		}
		if days, _ := facts.num(factDaysShort, id); days > 0 {
			short++
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(facts[factCover][a].Num, facts[factCover][b].Num), strings.Compare(a, b))
	})
	out := page.Data{Title: "Cover against lead time", Unit: "days"}
	switch {
	case listed == 0:
		out.Note = noStock
		return out, nil
	case len(ids) == 0:
		out.Note = "No SKU has known sales of the last 90 days: import an all-orders report"
		return out, nil
	}
	out.Title = coverFinding(short, len(ids))
	rest := len(ids) - coverRows
	ids = ids[:min(len(ids), coverRows)]
	titles, err := s.titles(ctx)
	if err != nil {
		return page.Data{}, err
	}
	var longest float64
	for _, id := range ids {
		longest = max(longest, facts[factCover][id].Num, facts[factLead][id].Num)
	}
	for _, id := range ids {
		out.Bullets = append(out.Bullets, coverBullet(facts, id, sc.label(id), titles[id], math.Ceil(longest*1.1)))
	}
	out.Summary = fmt.Sprintf("Days until stock on hand and on its way runs out, least first, against the lead time of each SKU. %s.", out.Title)
	if rest > 0 {
		out.Note = many(int64(rest), "SKU") + " with more cover not shown"
	}
	return out, nil
}

func coverFinding(short, of int) string {
	switch short {
	case 0:
		return "Stock of " + many(int64(of), "selling SKU") + " outlasts its lead time"
	case 1:
		return "1 SKU sells out before an order placed today can land"
	}
	return grouped(int64(short)) + " SKUs sell out before an order placed today can land"
}

func coverBullet(facts shown, id, label, title string, end float64) page.Bullet {
	cover, lead := facts[factCover][id].Num, facts[factLead][id].Num
	b := page.Bullet{
		Label: label, Detail: title, Value: &cover, Target: &lead, Max: max(end, 1), Text: inDays(cover), Against: "lead time of " + inDays(lead),
		State: "good", Name: factCover, Subject: id,
	}
	left, known := facts.num(factOrderBy, id)
	switch {
	case !known:
		b.State = "unknown"
	case left < 0:
		b.State = "critical"
	case left <= orderSoonDays:
		b.State = "warning"
	}
	return b
}

// titles of the SKUs, by subject.
func (s *started) titles(ctx context.Context) (map[string]string, error) {
	items, err := s.host.Catalog().Items(ctx)
	if err != nil {
		return nil, fmt.Errorf("read titles: %w", err)
	}
	out := make(map[string]string, len(items))
	for _, it := range items {
		out[fact.SubjectID(it.Marketplace, string(it.SKU))] = it.Title
	}
	return out, nil
}

func (s *started) ageChart(ctx context.Context, q page.ChartQuery) (page.Data, error) {
	out := page.Data{Title: "Age of stock", Unit: "units"}
	sc := scopeOf(q)
	var (
		sums  [5]int64
		total int64
		found bool
	)
	for _, market := range sc.markets {
		lines, _, err := s.planLines(ctx, market, "", q.AsOf)
		if err != nil {
			return page.Data{}, err
		}
		for i := range lines {
			if !sc.has(fact.SubjectID(market, lines[i].sku)) {
				continue
			}
			found = true
			for band, n := range lines[i].age {
				sums[band] += n
				total += n
			}
		}
	}
	if !found {
		out.Note = "No inventory planning report yet: import one to see how old stock is"
		return out, nil
	}
	old := sums[2] + sums[3] + sums[4]
	switch {
	case total == 0:
		out.Title = "No unit is in stock"
	case old == 0:
		out.Title = "No unit is older than 180 days"
	default:
		out.Title = fmt.Sprintf("%s (%s) older than 180 days", many(old, "unit"), share(old, total))
	}
	for i, band := range ageBands() {
		bar := page.Bar{Label: band, Value: float64(sums[i]), Text: many(sums[i], "unit"), Known: true}
		if total > 0 {
			bar.Detail = share(sums[i], total) + " of stock"
		}
		out.Bars = append(out.Bars, bar)
	}
	return out, nil
}

func share(part, of int64) string {
	p := float64(part) / float64(of) * 100
	if part > 0 && p < 0.95 {
		return "under 1 %"
	}
	return fmt.Sprintf("%.0f %%", p)
}
