package inventory

import (
	"context"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// absence is on which days of a period the SKUs of a marketplace were without stock, by the reports alone.
type absence struct {
	place
	moves  *moves
	period core.Period // without days that are not over
	told   []int32     // of the days before day i of the period, those that a report speaks for; one more than days
	cover  fact.Cover
}

// absences prepares a period as known at the end of asOf, which itself never counts; false: no stock report at all.
func (s *started) absences(ctx context.Context, t map[string]timeline, market string, p core.Period, asOf core.Day) (absence, bool, error) {
	sn, ok := s.stockSnapshot(t, asOf)
	if !ok {
		return absence{}, false, nil
	}
	out := absence{place: place{sn.kind, market}, period: core.Period{From: p.From, To: min(p.To, asOf-1)}}
	var err error
	if out.moves, err = s.movesOf(ctx, out.place); err != nil {
		return absence{}, false, err
	}
	out.tell(t[sn.kind].by(asOf - 1))
	out.cover.Maturity = fact.Fresh
	switch n := p.Days(); {
	case out.cover.Days == 0:
		out.cover = fact.Cover{Maturity: fact.Missing, Note: "no stock report of these days"}
	case out.cover.Days < min(n, max(out.period.Days(), 1)):
		out.cover.Note = fmt.Sprintf("stock known on %d of %d days", out.cover.Days, out.period.Days())
	}
	if out.cover.Days > 0 && out.period.To == asOf-1 && s.stale(sn.kind, asOf-1-out.cover.Through) {
		out.cover.Maturity = fact.Stale
	}
	return out, true, nil
}

// tell works out which days of the period a report speaks for.
func (a *absence) tell(days []core.Day) {
	n := a.period.Days()
	a.told = make([]int32, n+1)
	next := 0
	last := core.Day(0)
	for i := range n {
		d := a.period.From + core.Day(i)
		for next < len(days) && days[next] <= d {
			last = days[next]
			next++
		}
		a.told[i+1] = a.told[i]
		if last != 0 && d-last <= carriedDays {
			a.told[i+1]++
			a.cover.Days++
			a.cover.Through = d
		}
	}
}

// spells calls yield for each run of days of the period without stock of a SKU.
func (a *absence) spells(sku core.SKU, yield func(core.Period)) {
	changes := a.moves.of[sku]
	for i, c := range changes {
		if c.in {
			continue
		}
		run := core.Period{From: max(c.day, a.period.From), To: a.period.To}
		if i+1 < len(changes) {
			run.To = min(run.To, changes[i+1].day-1)
		}
		if run.Days() > 0 {
			yield(run)
		}
	}
}

// days without stock of a SKU that a report tells.
func (a *absence) days(sku core.SKU) int {
	sum := 0
	a.spells(sku, func(p core.Period) {
		sum += int(a.told[p.To-a.period.From+1] - a.told[p.From-a.period.From])
	})
	return sum
}

// each calls yield for every such day.
func (a *absence) each(sku core.SKU, yield func(core.Day)) {
	a.spells(sku, func(p core.Period) {
		for d := p.From; d <= p.To; d++ {
			if a.speaks(d) {
				yield(d)
			}
		}
	})
}

// speaks says whether a report tells of a day of the period.
func (a *absence) speaks(d core.Day) bool {
	i := d - a.period.From
	return a.told[i+1] > a.told[i]
}

// outSeries has a point for each day that a report speaks for, from the day on which the SKU first had stock.
func (s *started) outSeries(ctx context.Context, d drawing) ([]fact.Series, error) {
	a, err := s.drawn(ctx, d)
	if err != nil {
		return nil, err
	}
	var out []fact.Series
	for i, sku := range a.moves.skus {
		if d.sku != "" && sku != d.sku {
			continue
		}
		without := map[core.Day]bool{}
		a.each(sku, func(day core.Day) { without[day] = true })
		one := fact.Series{Name: d.name, Subject: a.moves.ids[i], Unit: "days"}
		for day := max(a.period.From, a.moves.of[sku][0].day); day <= a.period.To; day++ {
			if !a.speaks(day) {
				continue
			}
			point := fact.Point{Day: day, Maturity: fact.Fresh}
			if without[day] {
				point.Num = 1
			}
			one.Points = append(one.Points, point)
		}
		if len(one.Points) > 0 {
			out = append(out, one)
		}
	}
	return out, nil
}

func (s *started) outTotalSeries(ctx context.Context, d drawing) ([]fact.Series, error) {
	a, err := s.drawn(ctx, d)
	if err != nil {
		return nil, err
	}
	without := make([]float64, a.period.Days())
	for _, sku := range a.moves.skus {
		a.each(sku, func(day core.Day) { without[day-a.period.From]++ })
	}
	one := fact.Series{Name: d.name, Subject: d.marketplace, Unit: "days"}
	for i, n := range without {
		if day := a.period.From + core.Day(i); a.speaks(day) {
			one.Points = append(one.Points, fact.Point{Day: day, Num: n, Maturity: fact.Fresh})
		}
	}
	return []fact.Series{one}, nil
}

func (s *started) drawn(ctx context.Context, d drawing) (absence, error) {
	out := absence{place: d.place, period: core.Period{From: d.period.From, To: min(d.period.To, d.asOf-1)}}
	var err error
	out.moves, err = s.movesOf(ctx, out.place)
	out.tell(d.days)
	return out, err
}
