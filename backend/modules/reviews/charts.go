package reviews

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
	"purser/backend/core/source"
)

// barsDrawn is how many bars a chart has at most.
const barsDrawn = 12

// Chart implements page.Charter.
func (m *Module) Chart(ctx context.Context, q page.ChartQuery) (page.Data, error) {
	switch q.Name {
	case "returns":
		return m.returnsChart(ctx, q)
	case "reasons":
		return m.reasonsChart(ctx, q)
	case "skus":
		return m.risenChart(ctx, q)
	}
	return page.Data{}, core.NotFound("reviews", "There is no chart "+q.Name+".")
}

// scope is what a chart is about.
type scope struct {
	markets  []string
	subjects map[string]bool // nil: all
}

func scopeOf(q page.ChartQuery) scope {
	s := scope{markets: q.Marketplaces}
	if q.Subject != "" {
		s.subjects = map[string]bool{q.Subject: true}
	} else if q.Subjects != nil {
		s.subjects = map[string]bool{}
		for _, one := range q.Subjects {
			s.subjects[one] = true
		}
	}
	return s
}

func (s scope) holds(subject string) bool {
	market, _ := fact.SplitID(subject)
	return slices.Contains(s.markets, market) && (s.subjects == nil || s.subjects[subject])
}

// reasonsChart draws the reasons of the units returned in the range.
func (m *Module) reasonsChart(ctx context.Context, q page.ChartQuery) (page.Data, error) {
	s, err := m.snapshot(ctx, q.AsOf)
	if err != nil {
		return page.Data{}, err
	}
	in, sums, total := scopeOf(q), map[string]int64{}, int64(0)
	for _, u := range s.units {
		state, _ := s.calendar[source.Returns][u.market].at(u.day)
		if state != unknownDay && q.Period.Contains(u.day) && in.holds(fact.SubjectID(u.market, u.sku)) {
			sums[u.reason] += u.quantity
			total += u.quantity
		}
	}
	out := page.Data{Title: "No units were returned in these days", Unit: "units"}
	if total == 0 {
		out.Note = s.why(source.Returns, in, q.Period)
		if out.Note != "" {
			out.Title = "Returns of these days are not known"
		}
		return out, nil
	}
	reasons := slices.SortedFunc(maps.Keys(sums), func(a, b string) int { return cmp.Or(cmp.Compare(sums[b], sums[a]), cmp.Compare(a, b)) })
	rest := int64(0)
	for i, r := range reasons {
		if i >= barsDrawn {
			rest += sums[r]
			continue
		}
		out.Bars = append(out.Bars, reasonBar(plainReason(r), sums[r], total))
	}
	if rest > 0 {
		out.Bars = append(out.Bars, reasonBar("Other reasons", rest, total))
	}
	out.Title = fmt.Sprintf("“%s” is the most frequent reason: %d of %d returned units", plainReason(reasons[0]), sums[reasons[0]], total)
	out.Note = s.why(source.Returns, in, q.Period)
	return out, nil
}

func reasonBar(label string, n, total int64) page.Bar {
	return page.Bar{Label: label, Value: float64(n), Text: fmt.Sprint(n), Detail: percent(float64(n)/float64(total)) + " of the returned units", Known: true}
}

// plainReason writes Amazon's code for a reason as a person reads it.
func plainReason(code string) string {
	s := strings.ToLower(strings.Join(strings.FieldsFunc(code, func(r rune) bool { return r == '_' || r == ' ' }), " "))
	if s == "" {
		return "No reason given"
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func percent(share float64) string { return fmt.Sprintf("%.1f %%", share*100) }

// why says what is not known of a period, of the marketplaces of a chart; "" if all of it is.
func (s *snapshot) why(stream source.Stream, in scope, p core.Period) string {
	notes := []string{}
	for _, market := range in.markets {
		c := s.covers(stream, p)[market]
		if _, ok := s.calendar[stream][market]; !ok {
			c.Note = "no report yet"
		}
		if c.Note != "" {
			notes = append(notes, market+": "+c.Note)
		}
	}
	if len(notes) == 0 {
		return ""
	}
	return strings.Join(notes, "; ") + "."
}

// risen is a SKU whose returns have clearly risen.
type risen struct {
	subject         string
	rate, before, x float64
}

// risenChart draws the SKUs above their own baseline, those that have risen most first.
func (m *Module) risenChart(ctx context.Context, q page.ChartQuery) (page.Data, error) {
	const now, base, times, jump = "reviews.return_rate_28d", "reviews.return_rate_baseline", "reviews.return_rate_times_baseline", "reviews.return_jump"
	cols, err := m.Facts(ctx, fact.Query{AsOf: q.AsOf, Names: []string{now, base, times, jump}, Subject: q.Subject})
	if err != nil {
		return page.Data{}, err
	}
	by := map[string]map[string]fact.Value{}
	for _, c := range cols {
		by[c.Name] = c.Values
	}
	var list []risen
	in, told := scopeOf(q), 0
	for subject, v := range by[jump] {
		if !v.Known() || !in.holds(subject) {
			continue
		}
		told++
		if v.Flag {
			list = append(list, risen{subject, by[now][subject].Num, by[base][subject].Num, by[times][subject].Num})
		}
	}
	slices.SortFunc(list, func(a, b risen) int { return cmp.Or(cmp.Compare(b.x, a.x), cmp.Compare(a.subject, b.subject)) })
	out := page.Data{Unit: "%", Title: "No SKU is above its own baseline"}
	switch {
	case told == 0:
		out.Title = "It is not known whether returns have risen"
		out.Note = "It takes FBA customer returns and All orders of the last 28 days and of at least 56 days before: import them."
	case len(list) == 1:
		out.Title = "Returns of 1 SKU are above its own baseline"
	case len(list) > 1:
		out.Title = fmt.Sprintf("Returns of %d SKUs are above their own baseline", len(list))
	}
	for _, r := range list[:min(len(list), barsDrawn)] {
		_, sku := fact.SplitID(r.subject)
		if len(in.markets) > 1 {
			sku = r.subject
		}
		out.Bars = append(out.Bars, page.Bar{
			Label: sku, Value: r.rate * 100, Text: percent(r.rate), Known: true, Name: now, Subject: r.subject,
			Detail: fmt.Sprintf("%s before, %.1f times as many", percent(r.before), r.x),
		})
	}
	if len(list) > barsDrawn {
		out.Note = fmt.Sprintf("The %d that have risen most are drawn.", barsDrawn)
	}
	return out, nil
}
