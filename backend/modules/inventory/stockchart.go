package inventory

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
	"purser/backend/platform/sqlite"
)

const (
	maxDays  = 2000 // that a chart may have
	maxLines = 4    // more can't be told apart
)

// stockChart is the units on hand of each marketplace, or of one SKU, over the range.
func (s *started) stockChart(ctx context.Context, q page.ChartQuery) (page.Data, error) {
	out := page.Data{Title: "Units on hand", Unit: "units"}
	p := core.Period{From: max(q.Period.From, q.Period.To-maxDays+1), To: min(q.Period.To, q.AsOf)}
	lines, err := s.timelines(ctx)
	if err != nil {
		return out, err
	}
	sc := scopeOf(q)
	var drawn []page.Line
	for _, market := range sc.markets {
		sn, ok := s.stockSnapshot(lines[market], q.AsOf)
		if !ok {
			continue
		}
		points, err := s.unitsByDay(ctx, place{sn.kind, market}, sc, core.Period{From: p.From - carriedDays, To: p.To})
		if err != nil {
			return out, fmt.Errorf("read the stock history of %s: %w", market, err)
		}
		line := page.Line{Name: seriesTotal, Label: market, Role: page.Main, Values: carry(points, p)}
		if sc.subject != "" && strings.Contains(sc.subject, "/") {
			line.Name, line.Label = seriesOnHand, sc.label(sc.subject)
		}
		if slices.ContainsFunc(line.Values, func(v *float64) bool { return v != nil }) {
			drawn = append(drawn, line)
		}
	}
	if len(drawn) == 0 {
		out.Note = "No stock report of these days: import an FBA inventory report"
		return out, nil
	}
	out.Title = stockFinding(drawn)
	slices.SortStableFunc(drawn, func(a, b page.Line) int { return cmp.Compare(lastOf(b.Values), lastOf(a.Values)) })
	if rest := len(drawn) - maxLines; rest > 0 {
		out.Note = many(int64(rest), "marketplace") + " with fewer units not shown"
		drawn = drawn[:maxLines]
	}
	for i := 1; i < len(drawn); i++ {
		drawn[i].Role = page.Second
	}
	for d := p.From; d <= p.To; d++ {
		out.Days = append(out.Days, int(d))
	}
	out.Lines = drawn
	out.Summary = out.Title + fmt.Sprintf(". A stock report speaks for up to %d days; other days are left open.", carriedDays)
	return out, nil
}

type dayUnits struct {
	day   core.Day
	units float64
}

// unitsByDay is the units on hand of what is in scope at each snapshot of a place.
func (s *started) unitsByDay(ctx context.Context, at place, sc scope, p core.Period) ([]dayUnits, error) {
	if _, sku := fact.SplitID(sc.subject); sku != "" {
		return s.unitsOf(ctx, at, core.SKU(sku), p)
	}
	args := []any{at.kind, at.marketplace, p.From, p.To}
	query := "Totals"
	if sc.subjects != nil {
		var skus []string
		for id := range sc.subjects {
			if market, sku := fact.SplitID(id); market == at.marketplace {
				skus = append(skus, sku)
			}
		}
		if len(skus) == 0 {
			return nil, nil
		}
		slices.Sort(skus)
		text, err := json.Marshal(skus)
		if err != nil {
			return nil, fmt.Errorf("list the SKUs: %w", err)
		}
		query, args = "TotalsOf", append(args, string(text))
	}
	return sqlite.Collect(ctx, s.host.DB(), s.sql[query], args, func(r *sql.Rows, u *dayUnits) error {
		var inbound float64
		return r.Scan(&u.day, &u.units, &inbound)
	})
}

// unitsOf is the units on hand of one SKU at each snapshot since it is known.
func (s *started) unitsOf(ctx context.Context, at place, sku core.SKU, p core.Period) ([]dayUnits, error) {
	known, err := s.movesOf(ctx, at)
	if err != nil {
		return nil, err
	}
	lines, err := s.stockLines(ctx, at, sku, p)
	if err != nil {
		return nil, err
	}
	var out []dayUnits
	for _, l := range begun(lines, known.of[sku]) {
		out = append(out, dayUnits{l.day, float64(l.onHand)})
	}
	return out, nil
}

// carry gives each day of p the units of the latest snapshot, as long as that speaks; null where none does.
func carry(points []dayUnits, p core.Period) []*float64 {
	out := make([]*float64, p.Days())
	next := 0
	for i := range out {
		d := p.From + core.Day(i)
		for next < len(points) && points[next].day <= d {
			next++
		}
		if next > 0 && d-points[next-1].day <= carriedDays {
			v := points[next-1].units
			out[i] = &v
		}
	}
	return out
}

func lastOf(values []*float64) float64 {
	for _, v := range slices.Backward(values) {
		if v != nil {
			return *v
		}
	}
	return 0
}

// stockFinding says how much stock there is, and where it changed most.
func stockFinding(lines []page.Line) string {
	best, change := lines[0], 0.0
	for _, l := range lines {
		first := 0.0
		for _, v := range l.Values {
			if v != nil {
				first = *v
				break
			}
		}
		if first == 0 {
			continue
		}
		if c := lastOf(l.Values)/first - 1; math.Abs(c) > math.Abs(change) {
			best, change = l, c
		}
	}
	units := many(int64(lastOf(best.Values)), "unit")
	switch {
	case math.Abs(change) < 0.005:
		return fmt.Sprintf("%s holds %s, as at the start of the range", best.Label, units)
	case change < 0:
		return fmt.Sprintf("%s is down %.0f %% to %s over the range", best.Label, -change*100, units)
	}
	return fmt.Sprintf("%s is up %.0f %% to %s over the range", best.Label, change*100, units)
}
