package rules

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strconv"

	"golang.org/x/sync/errgroup"

	"purser/backend/core"
)

// sweepSteps is how many figures are tried on each side of the present one.
const sweepSteps = 12

// Sweep says what a draft would do for other figures of one of its thresholds: how many subjects it would match on a
// day, and, where days are asked for, how many times a week it would have begun to.
func (e *Engine) Sweep(ctx context.Context, in SweepInput, asOf core.Day) (SweepOutput, error) {
	out := SweepOutput{Threshold: in.Threshold, Points: []SweepPoint{}}
	if in.Days < 0 || in.Days > maxBacktestDays {
		return out, core.Invalid("rules", fmt.Sprintf("A curve goes over up to %d days.", maxBacktestDays), "Choose 30, 90 or 365 days, or 0 for today alone.")
	}
	r, err := e.read(ctx, in.YAML)
	if err != nil {
		return out, err
	}
	if len(r.problems) > 0 {
		return out, core.Invalid("rules", "The draft does not run: "+r.problems[0].Message, "Put it right first.")
	}
	i := slices.IndexFunc(r.policy.Thresholds, func(t Threshold) bool { return t.Name == in.Threshold })
	if i < 0 {
		return out, core.NotFound("rules", "The draft has no threshold "+in.Threshold+".")
	}
	t, err := r.trial(ctx, asOf)
	if err != nil {
		return out, err
	}
	th := r.policy.Thresholds[i]
	out.Unit = th.Unit
	out.Points = t.points(th)
	if err := t.sweep(ctx, th.Name, out.Points); err != nil {
		return out, err
	}
	if in.Days > 0 {
		err = t.sweepDays(ctx, th.Name, out.Points, asOf, in.Days)
	}
	return out, err
}

// points are the figures to try, closer together around the present one: that of the draft, or the middle one of the
// subjects where a fact gives it.
func (t *trial) points(th Threshold) []SweepPoint {
	middle, own := t.middle(th)
	middle = min(max(middle, th.Min), th.Max)
	var values []float64
	for k := -sweepSteps; k <= sweepSteps; k++ {
		share := float64(k) / sweepSteps
		v := middle + share*math.Abs(share)*(th.Max-middle)
		if k < 0 {
			v = middle + share*math.Abs(share)*(middle-th.Min)
		}
		if k != 0 || !own {
			v = min(max(rounded(v, th), th.Min), th.Max)
		}
		values = append(values, v)
	}
	slices.Sort(values)
	var out []SweepPoint
	for _, v := range slices.Compact(values) {
		out = append(out, SweepPoint{Value: v, Text: t.draft().figureText(th, v), Now: own && v == *th.Value})
	}
	return out
}

// middle is the figure of the draft, or the median of what the fact gives.
func (t *trial) middle(th Threshold) (v float64, own bool) {
	if th.Value != nil {
		return *th.Value, true
	}
	var all []float64
	tab := t.draft().tab
	for _, b := range tab.cols[tab.colOf[th.From]].boxed {
		if b == nil {
			continue
		}
		if n, ok := number(b); ok && !math.IsInf(n, 0) {
			all = append(all, n)
		}
	}
	if len(all) == 0 {
		return (th.Min + th.Max) / 2, false
	}
	slices.Sort(all)
	return all[len(all)/2], false
}

// rounded is a figure that a person would choose: whole where the unit counts, else to a thousandth of the range.
func rounded(v float64, th Threshold) float64 {
	step := math.Pow10(int(math.Floor(math.Log10(th.Max-th.Min))) - 2)
	switch th.Unit {
	case "days", "units", "clicks", "count", "orders":
		step = max(step, 1)
		if th.Max-th.Min > 2*sweepSteps {
			step = 1
		}
	}
	places := max(0, -int(math.Round(math.Log10(step))))
	out, err := strconv.ParseFloat(strconv.FormatFloat(math.Round(v/step)*step, 'f', places, 64), 64)
	if err != nil { // a figure that is none
		return v
	}
	return out
}

// figureText writes a figure of a threshold with its unit; money in the currency of the first subject.
func (p *plan) figureText(th Threshold, v float64) string {
	f := formatter{asOf: p.tab.asOf}
	if len(p.tab.ids) > 0 {
		r := p.row()
		r.move(0)
		f = r.formatter(nil)
	}
	return f.number(formatOfUnit(th.Unit), v)
}

// sweep counts the matches of each figure.
func (t *trial) sweep(ctx context.Context, name string, points []SweepPoint) error {
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range points {
		g.Go(func() error {
			p := newPlan(t.compiled, t.draft().tab, map[string]float64{name: points[i].Value}, t.compiled.Version, t.draft().hooks)
			p.except, p.days = t.draft().except, t.draft().days
			rows, f := rowsOf(append(slices.Clone(t.lane[:len(t.lane)-1]), p)), fired{}
			for at := range p.tab.ids {
				if at%64 == 0 && ctx.Err() != nil {
					return fmt.Errorf("sweep: %w", ctx.Err())
				}
				if rows.decide(at, f).outcome == Decided {
					points[i].Matches++
				}
			}
			if p.days != nil {
				return p.days.failed()
			}
			return nil
		})
	}
	return g.Wait()
}

// sweepDays counts how many times a week each figure would have begun to match.
func (t *trial) sweepDays(ctx context.Context, name string, points []SweepPoint, asOf core.Day, days int) error {
	var variants []variant
	for _, p := range points {
		variants = append(variants, variant{compiled: t.compiled, figures: map[string]float64{name: p.Value}})
	}
	rp, err := t.engine.episodes(ctx, t.set, variants, asOf, days, false, nil)
	if err != nil {
		return err
	}
	for i, l := range rp.lanes {
		known := 0
		if l.known != 0 {
			known = int(rp.to-l.known) + 1
		}
		if known > 0 {
			points[i].PerWeek = float64(len(l.all)) * 7 / float64(known)
		}
	}
	return nil
}
