package accounthealth

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"sort"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/platform/sqlite"
)

// metric is one line of a report.
type metric struct {
	name, title, status string
	rate, target        sql.NullFloat64
	condition           string
	count, orders       sql.NullInt64
	from, to            sql.NullInt64
	document            int64
	row                 int
}

// label is how people call the metric.
func (m *metric) label() string {
	if m.title != "" {
		return m.title
	}
	words := strings.ReplaceAll(m.name, "_", " ")
	return strings.ToUpper(words[:min(1, len(words))]) + words[min(1, len(words)):]
}

// nothingMeasured says that the report has a rate of no orders: Amazon writes 0 for that,
// which must not pass for a good rate.
func (m *metric) nothingMeasured() bool {
	return m.rate.Valid && m.orders.Int64 == 0 && (m.status == "NONE" || m.status == "")
}

// windowDays is the length of the window the metric is measured over.
func (m *metric) windowDays() (float64, bool) {
	if !m.from.Valid || !m.to.Valid || m.to.Int64 <= m.from.Int64 {
		return 0, false
	}
	return math.Round(float64(m.to.Int64-m.from.Int64) / 86400), true
}

// report is one marketplace's report with how far it can be trusted.
type report struct {
	day      core.Day
	maturity fact.Maturity
	note     string
	metrics  map[string]metric
}

func (r *report) value(notes ...string) fact.Value {
	v := fact.Value{AsOf: r.day, Maturity: r.maturity, Source: kind, Note: r.note}
	for _, n := range notes {
		switch {
		case n == "":
		case v.Note == "":
			v.Note = n
		default:
			v.Note += "; " + n
		}
	}
	return v
}

func (r *report) num(n float64, notes ...string) fact.Value {
	v := r.value(notes...)
	v.Num = n
	return v
}

func (r *report) text(s string) fact.Value {
	v := r.value()
	v.Text = s
	return v
}

// estimated lowers a value's maturity.
func estimated(v fact.Value) fact.Value {
	v.Maturity = fact.Worst(v.Maturity, fact.Estimated)
	return v
}

func missing(why string) fact.Value {
	return fact.Value{Maturity: fact.Missing, Source: kind, Note: why}
}

// reportDays lists the days with a report, by marketplace, ascending.
func (s *started) reportDays(ctx context.Context) (map[string][]core.Day, error) {
	out := map[string][]core.Day{}
	err := sqlite.EachRow(ctx, s.host.DB(), s.sql["Snapshots"], nil, func(r *sql.Rows) error {
		var (
			market string
			day    core.Day
			at     int64
		)
		if err := r.Scan(&market, &day, &at); err != nil {
			return err
		}
		out[market] = append(out[market], day)
		return nil
	})
	return out, err
}

// latest is the last of the days by d; 0: none.
func latest(days []core.Day, d core.Day) core.Day {
	i := sort.Search(len(days), func(i int) bool { return days[i] > d })
	if i == 0 {
		return 0
	}
	return days[i-1]
}

// reportAsOf reads the report that speaks for asOf: the latest by then, else the earliest later one.
func (s *started) reportAsOf(ctx context.Context, market string, days []core.Day, asOf core.Day) (*report, error) {
	day := latest(days, asOf)
	if day == 0 {
		day = days[0]
	}
	r := s.report(day, asOf)
	var err error
	r.metrics, err = s.metrics(ctx, market, r.day)
	return r, err
}

// report is an unread report of a day, trusted as far as it can speak for asOf.
func (s *started) report(day, asOf core.Day) *report {
	r := &report{day: day, maturity: fact.Fresh}
	switch {
	case day > asOf:
		r.maturity, r.note = fact.Estimated, "first known on "+day.String()
	case asOf-day > s.staleDays():
		r.maturity = fact.Stale
	}
	return r
}

// staleDays is how many days a report speaks for after its own.
func (s *started) staleDays() core.Day {
	if k, ok := s.host.Kind(kind); ok && k.StaleAge > 0 {
		return core.Day(k.StaleAge / (24 * time.Hour))
	}
	return math.MaxInt32
}

func (s *started) metrics(ctx context.Context, market string, day core.Day) (map[string]metric, error) {
	out := map[string]metric{}
	err := sqlite.EachRow(ctx, s.host.DB(), s.sql["Metrics"], []any{market, day}, func(r *sql.Rows) error {
		var m metric
		err := r.Scan(&m.name, &m.title, &m.status, &m.rate, &m.target, &m.condition, &m.count, &m.orders, &m.from, &m.to, &m.document, &m.row)
		out[m.name] = m
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the performance report of %s in %s: %w", day, market, err)
	}
	return out, nil
}

// standards are Amazon's targets in force, by metric.
type standards map[string]standard

// of is what a metric is held to: by its own report, else by Amazon's policy. policy says that the
// target is the policy's; known is false where neither has one.
func (st standards) of(m *metric) (l limit, policy, known bool) {
	one, listed := st[m.name]
	if !m.target.Valid {
		return one.limit, listed, listed
	}
	l = limit{m.target.Float64, m.condition}
	if l.condition == "" {
		l.condition = one.condition
	}
	return l, false, true
}

// standard is Amazon's target in force for a metric.
type standard struct {
	kind string
	limit
	since, source string
}

// Kinds of standard.
const (
	violations = "violations"
	documents  = "documents"
)

func (s *started) standards(ctx context.Context, market string, asOf core.Day) (standards, error) {
	out := standards{}
	err := sqlite.EachRow(ctx, s.host.DB(), s.sql["Targets"], []any{market, asOf.String()}, func(r *sql.Rows) error {
		var (
			of string
			st standard
		)
		err := r.Scan(&of, &st.kind, &st.target, &st.condition, &st.since, &st.source)
		out[of] = st // the last one wins: the marketplace's own, then the newest
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read Amazon's targets: %w", err)
	}
	return out, nil
}
