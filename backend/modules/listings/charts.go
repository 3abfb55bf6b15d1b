package listings

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"sort"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
	"purser/backend/platform/sqlite"
)

const (
	// longest is the most days that a chart has.
	longest = 2000
	// mostBars is the most bars that are drawn; what is left out is said.
	mostBars = 15
)

// Chart implements page.Charter.
func (m *Module) Chart(ctx context.Context, q page.ChartQuery) (page.Data, error) {
	s, err := m.running()
	if err != nil {
		return page.Data{}, err
	}
	p := painter{started: s, q: q}
	if q.Subjects != nil {
		p.scope = make(map[string]bool, len(q.Subjects))
		for _, id := range q.Subjects {
			p.scope[id] = true
		}
	}
	if p.lines, err = s.timelines(ctx); err != nil {
		return page.Data{}, err
	}
	draw := map[string]func(context.Context) (page.Data, error){
		chartIssues: p.issues, chartReasons: p.reasons, chartAtStake: p.atStake, chartAge: p.age,
	}[q.Name]
	if draw == nil {
		return page.Data{}, core.NotFound(name, "Listings has no chart "+q.Name+".")
	}
	return draw(ctx)
}

// painter draws one chart.
type painter struct {
	*started
	q     page.ChartQuery
	lines timelines
	scope map[string]bool // subjects; nil: all
}

// shows says whether a SKU is in scope.
func (p *painter) shows(market string, sku core.SKU) bool {
	id := fact.SubjectID(market, string(sku))
	return (p.scope == nil || p.scope[id]) && (p.q.Subject == "" || p.q.Subject == id)
}

// having are the marketplaces in scope with a report of the kind, and those without.
func (p *painter) having(kind string) (have, lack []string) {
	for _, m := range p.q.Marketplaces {
		if len(p.lines[m][kind]) > 0 {
			have = append(have, m)
		} else {
			lack = append(lack, m)
		}
	}
	return have, lack
}

// kindTitle is how people call a kind of report.
func (p *painter) kindTitle(kind string) string {
	if k, ok := p.host.Kind(kind); ok && k.Title != "" {
		return k.Title
	}
	return kind
}

// lacking says which reports are not in, and for which marketplaces of the scope.
func (p *painter) lacking(kinds ...string) string {
	var order []string
	titles := map[string][]string{} // by the marketplaces that lack them
	for _, kind := range kinds {
		have, lack := p.having(kind)
		if len(lack) == 0 {
			continue
		}
		where := "Not in"
		if len(have) > 0 {
			where += " for " + strings.Join(lack, ", ")
		}
		if titles[where] == nil {
			order = append(order, where)
		}
		titles[where] = append(titles[where], p.kindTitle(kind))
	}
	for i, where := range order {
		order[i] = where + ": " + strings.Join(titles[where], ", ")
	}
	return strings.Join(order, "; ")
}

// issues draws how many listings were hidden and SKUs stranded: each day what the report that
// spoke for it said, over all marketplaces, known only where all of them were.
func (p *painter) issues(ctx context.Context) (page.Data, error) {
	period := core.Period{From: p.q.Period.From, To: min(p.q.Period.To, p.q.AsOf)}
	period.From = max(period.From, period.To-longest+1)
	d := page.Data{Unit: "SKUs", Note: p.lacking(kindSuppressed, kindStranded)}
	for day := period.From; day <= period.To; day++ {
		d.Days = append(d.Days, int(day))
	}
	for _, l := range []struct {
		kind, query, series, label string
		role                       page.Role
	}{
		{kindSuppressed, "HiddenHistory", seriesSuppressed, "Hidden from search", page.Main},
		{kindStranded, "StrayHistory", seriesStranded, "Stranded", page.Second},
	} {
		values, err := p.counted(ctx, l.kind, l.query, period)
		if err != nil {
			return page.Data{}, err
		}
		if values != nil {
			d.Lines = append(d.Lines, page.Line{Name: l.series, Label: l.label, Role: l.role, Values: values})
		}
	}
	if d.Title = issuesFinding(d.Lines); d.Title == "" {
		d.Title, d.Days, d.Lines = "No report of these days tells of hidden listings or stranded stock", nil, nil
		if d.Note == "" {
			d.Note = "Import reports of these days: " + p.kindTitle(kindSuppressed) + ", " + p.kindTitle(kindStranded)
		}
	}
	return d, nil
}

// counted is how many SKUs a kind of report lists by day; nil where no marketplace has such a report.
func (p *painter) counted(ctx context.Context, kind, query string, period core.Period) ([]*float64, error) {
	var sum []*float64
	have, _ := p.having(kind)
	for n, market := range have {
		stale := p.staleDays(kind)
		listed := map[core.Day]float64{}
		args := []any{market, max(period.From-min(stale, longest), 1), period.To, ""}
		err := sqlite.EachRow(ctx, p.host.DB(), p.sql[query], args, func(r *sql.Rows) error {
			var (
				sku        core.SKU
				day, since core.Day
			)
			err := r.Scan(&sku, &day, &since)
			if p.shows(market, sku) {
				listed[day]++
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read the listing history of %s: %w", market, err)
		}
		if n == 0 {
			sum = make([]*float64, period.Days())
		}
		for i := range sum {
			at := latest(p.lines[market][kind], period.From+core.Day(i))
			v := listed[at]
			switch {
			case at == 0 || period.From+core.Day(i)-at > stale || (n > 0 && sum[i] == nil):
				sum[i] = nil
				continue
			case n > 0:
				v += *sum[i]
			}
			sum[i] = &v
		}
	}
	return sum, nil
}

// latest is the last of the days by d; 0: none.
func latest(days []core.Day, d core.Day) core.Day {
	i := sort.Search(len(days), func(i int) bool { return days[i] > d })
	if i == 0 {
		return 0
	}
	return days[i-1]
}

func issuesFinding(lines []page.Line) string {
	var out []string
	for i, l := range lines {
		known := slices.DeleteFunc(slices.Clone(l.Values), func(v *float64) bool { return v == nil })
		if len(known) == 0 {
			continue
		}
		what := map[string]string{seriesSuppressed: "hidden listings", seriesStranded: "stranded SKUs"}[l.Name]
		first, last := int(*known[0]), int(*known[len(known)-1])
		var words string
		switch {
		case first == last && last == 0:
			words = "no " + what
		case first == last:
			words = fmt.Sprintf("%s are at %d as at the beginning", what, last)
		case first < last:
			words = fmt.Sprintf("%s rose from %d to %d", what, first, last)
		default:
			words = fmt.Sprintf("%s fell from %d to %d", what, first, last)
		}
		if i == 0 || len(out) == 0 {
			words = sentence(words)
		}
		out = append(out, words)
	}
	return strings.Join(out, ", ")
}
