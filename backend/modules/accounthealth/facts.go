package accounthealth

import (
	"context"
	"database/sql"
	"fmt"
	"sort"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/platform/sqlite"
)

// Metrics that are words, not figures.
const (
	accountStatus = "account_status"
	healthRating  = "account_health_rating"
)

// Facts implements fact.Provider.
func (m *Module) Facts(ctx context.Context, q fact.Query) ([]fact.Column, error) {
	s, err := m.running()
	if err != nil {
		return nil, err
	}
	days, err := s.reportDays(ctx)
	if err != nil {
		return nil, err
	}
	sh := newSheet(q, definitions())
	only, _ := fact.SplitID(q.Subject)
	for _, market := range sortedKeys(days) {
		if q.Subject != "" && only != market {
			continue
		}
		a := answer{started: s, sheet: sh, market: market}
		if err := a.read(ctx, days[market], q.AsOf); err != nil {
			return nil, err
		}
		a.put()
	}
	return sh.columns(), nil
}

// answer is one marketplace being answered.
type answer struct {
	*started
	sheet     *sheet
	market    string
	now       *report
	before    *report // a week or more older; nil: none
	names     []string
	standards standards
}

// week is the days back that "new" looks, and lately the days back up to which a report still
// stands for "a week ago"; beyond, the change is estimated.
const (
	week   = 7
	lately = 14
)

func (a *answer) read(ctx context.Context, days []core.Day, asOf core.Day) error {
	var err error
	if a.now, err = a.reportAsOf(ctx, a.market, days, asOf); err != nil {
		return err
	}
	if d := latest(days, a.now.day-week); d != 0 {
		a.before = &report{day: d, maturity: fact.Fresh}
		if a.before.metrics, err = a.metrics(ctx, a.market, d); err != nil {
			return err
		}
	}
	if a.standards, err = a.started.standards(ctx, a.market, max(asOf, a.now.day)); err != nil {
		return err
	}
	a.names, err = sqlite.Collect(ctx, a.host.DB(), a.sql["MetricNames"], []any{a.market, a.now.day}, func(r *sql.Rows, n *string) error {
		return r.Scan(n)
	})
	if err != nil {
		return fmt.Errorf("read the metrics of %s: %w", a.market, err)
	}
	return nil
}

func (a *answer) put() {
	worst, worstName := fact.Value{}, ""
	for _, n := range a.names {
		m, ok := a.now.metrics[n]
		if !ok {
			a.putGone(n)
			continue
		}
		share := a.putMetric(&m)
		if share.Known() && (worstName == "" || share.Num > worst.Num) {
			worst, worstName = share, n
		}
	}
	if worstName == "" {
		worst = missing("no rate with a target in the report of " + a.now.day.String())
	} else {
		if t := a.now.metrics[worstName].title; t != "" {
			worstName = t
		}
		if worst.Note != "" {
			worstName += "; " + worst.Note
		}
		worst.Note = worstName
	}
	a.sheet.put(factWorst, a.market, worst)
	a.putAccount()
	a.putCounters()
}

// putGone answers a metric that earlier reports had and the newest has not: not known, never good.
func (a *answer) putGone(metric string) {
	id := fact.SubjectID(a.market, metric)
	v := missing("not in the report of " + a.now.day.String())
	for _, d := range metricDefinitions() {
		a.sheet.put(d.Name, id, v)
	}
}

// putMetric answers one metric and returns the share of its allowance that is used.
func (a *answer) putMetric(m *metric) fact.Value {
	id := fact.SubjectID(a.market, m.name)
	a.sheet.put(factStatus, id, a.now.text(m.status))
	if m.name == accountStatus || m.name == healthRating {
		return fact.Value{}
	}
	if n, ok := m.defects(a.condition(m)); ok {
		a.sheet.put(factCount, id, a.now.num(float64(n)))
	} else {
		a.sheet.put(factCount, id, missing(noCount))
	}
	a.sheet.put(factChange, id, a.change(m))
	if w, ok := m.windowDays(); ok {
		a.sheet.put(factWindow, id, a.now.num(w))
	}
	if m.orders.Valid {
		a.sheet.put(factOrders, id, a.now.num(float64(m.orders.Int64)))
	}
	return a.putRate(id, m)
}

// putRate answers what is held to a target.
func (a *answer) putRate(id string, m *metric) fact.Value {
	l, target := a.limit(m)
	a.sheet.put(factTarget, id, target)
	if target.Known() && l.condition != "" {
		condition := target
		condition.Num, condition.Text = 0, l.condition
		a.sheet.put(factCondition, id, condition)
	}
	rate, share := a.now.num(m.rate.Float64), fact.Value{}
	switch {
	case !m.rate.Valid:
		rate = missing("the report gives no rate")
	case m.nothingMeasured():
		rate = missing("no orders in the window")
	}
	a.sheet.put(factRate, id, rate)
	used, ok := l.used(m.rate.Float64)
	switch {
	case !rate.Known():
		share = rate
	case !target.Known():
		share = target
	case !ok:
		share = missing("the target leaves no allowance")
	default:
		share = target
		share.Num = used
	}
	a.sheet.put(factShare, id, share)
	a.sheet.put(factHeadroom, id, a.headroom(m, l, target, ok))
	return share
}

// noCount says why a count is not known.
const noCount = "the report gives no count of defects"

// condition the metric is held to.
func (a *answer) condition(m *metric) string {
	l, _ := a.limit(m)
	return l.condition
}

// limit is what the metric is held to: by its own report, else by Amazon's policy.
func (a *answer) limit(m *metric) (limit, fact.Value) {
	l, policy, known := a.standards.of(m)
	switch {
	case !known:
		return limit{}, missing("neither the report nor Purser's list has a target")
	case !policy:
		return l, a.now.num(l.target)
	}
	st := a.standards[m.name]
	note := fmt.Sprintf("the report states no target; policy since %s: %s", st.since, st.source)
	return l, estimated(a.now.num(l.target, note))
}

func (a *answer) headroom(m *metric, l limit, target fact.Value, allowance bool) fact.Value {
	switch {
	case !target.Known():
		return target
	case !allowance:
		return missing("the target leaves no allowance")
	case !m.orders.Valid || m.orders.Int64 <= 0:
		return missing("the report gives no orders")
	}
	n, rounded, ok := l.misses(m)
	if !ok {
		return missing("the report gives neither count nor rate")
	}
	v := target
	v.Num = float64(l.allowed(m.orders.Int64) - n)
	if rounded {
		v = estimated(v)
		v.Note = joined(v.Note, fmt.Sprintf("defects worked out from a rate of %s", percent(m.rate.Float64)))
	}
	return v
}

// change is the count now less the count of a week ago.
func (a *answer) change(m *metric) fact.Value {
	now, ok := m.defects(a.condition(m))
	if !ok {
		return missing(noCount)
	}
	if a.before == nil {
		return missing("no report at least 7 days older than that of " + a.now.day.String())
	}
	earlier, ok := a.before.metrics[m.name]
	then, counted := earlier.defects(a.condition(m))
	if !ok || !counted {
		return missing("not in the report of " + a.before.day.String())
	}
	return a.sinceBefore(float64(now - then))
}

// sinceBefore is a change since the earlier report; one much longer ago than a week says so.
func (a *answer) sinceBefore(n float64) fact.Value {
	v := a.now.num(n)
	if a.now.day-a.before.day > lately {
		v = estimated(v)
		v.Note = joined(v.Note, "compared with the report of "+a.before.day.String())
	}
	return v
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}
