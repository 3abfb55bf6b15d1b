package listings

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"sort"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/platform/sqlite"
)

// origin says where a figure comes from and how far to trust it.
type origin struct {
	asOf     core.Day
	maturity fact.Maturity
	source   string
	note     string
}

func (o origin) value() fact.Value {
	return fact.Value{AsOf: o.asOf, Maturity: o.maturity, Source: o.source, Note: o.note}
}

func (o origin) flag(v bool) fact.Value {
	out := o.value()
	out.Flag = v
	return out
}

func (o origin) num(v float64) fact.Value {
	out := o.value()
	out.Num = v
	return out
}

func (o origin) text(v string) fact.Value {
	out := o.value()
	out.Text = v
	return out
}

func (o origin) money(v core.Money) fact.Value {
	out := o.value()
	out.Money = v
	return out
}

// estimated lowers the maturity and says why.
func (o origin) estimated(note string) origin {
	o.maturity = fact.Worst(o.maturity, fact.Estimated)
	return o.noting(note)
}

func (o origin) noting(note string) origin {
	if o.note != "" && note != "" {
		note = o.note + "; " + note
	}
	if note != "" {
		o.note = note
	}
	return o
}

func missing(source, why string) fact.Value {
	return fact.Value{Maturity: fact.Missing, Source: source, Note: why}
}

// timelines is the days with a report, ascending, by marketplace and kind of document.
type timelines map[string]map[string][]core.Day

func (s *started) timelines(ctx context.Context) (timelines, error) {
	out := timelines{}
	err := sqlite.EachRow(ctx, s.host.DB(), s.sql["Snapshots"], nil, func(r *sql.Rows) error {
		var (
			kind, market string
			day          core.Day
			at           int64
		)
		if err := r.Scan(&kind, &market, &day, &at); err != nil {
			return err
		}
		if out[market] == nil {
			out[market] = map[string][]core.Day{}
		}
		out[market][kind] = append(out[market][kind], day)
		return nil
	})
	return out, err
}

func (t timelines) marketplaces() []string {
	out := make([]string, 0, len(t))
	for m := range t {
		out = append(out, m)
	}
	sort.Strings(out)
	return out
}

// snapshot is the one report of a kind that speaks for a day; day 0: there is none.
type snapshot struct {
	day core.Day
	origin
}

func (sn snapshot) known() bool { return sn.day != 0 }

// none is what is said of everything where no report was imported.
func (s *started) none(kind string) fact.Value {
	title := kind
	if k, ok := s.host.Kind(kind); ok && k.Title != "" {
		title = k.Title
	}
	return missing(kind, "no report imported: "+title)
}

// snapshot finds the report that speaks for asOf: the latest by then, else the earliest later one.
func (s *started) snapshot(days []core.Day, kind string, asOf core.Day) snapshot {
	if len(days) == 0 {
		return snapshot{}
	}
	i := sort.Search(len(days), func(i int) bool { return days[i] > asOf })
	if i == 0 {
		o := origin{asOf: days[0], maturity: fact.Estimated, source: kind, note: "first known on " + days[0].String()}
		return snapshot{days[0], o}
	}
	o := origin{asOf: days[i-1], maturity: fact.Fresh, source: kind}
	if asOf-o.asOf > s.staleDays(kind) {
		o.maturity = fact.Stale
	}
	return snapshot{o.asOf, o}
}

// staleDays is how many days a report of the kind speaks for after its own.
func (s *started) staleDays(kind string) core.Day {
	if k, ok := s.host.Kind(kind); ok && k.StaleAge > 0 {
		return core.Day(k.StaleAge / (24 * time.Hour))
	}
	return math.MaxInt32
}

// runs finds, for SKUs of the report of day last, the first report of the unbroken run that lists them.
func (s *started) runs(ctx context.Context, query, market string, days []core.Day, last core.Day) (map[core.SKU]core.Day, error) {
	on := map[core.SKU]map[core.Day]bool{}
	err := sqlite.EachRow(ctx, s.host.DB(), s.sql[query], []any{market, last}, func(r *sql.Rows) error {
		var (
			sku core.SKU
			day core.Day
		)
		if err := r.Scan(&sku, &day); err != nil {
			return err
		}
		if on[sku] == nil {
			on[sku] = map[core.Day]bool{}
		}
		on[sku][day] = true
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the history of %s: %w", market, err)
	}
	upTo := sort.Search(len(days), func(i int) bool { return days[i] > last })
	out := make(map[core.SKU]core.Day, len(on))
	for sku, listed := range on {
		first := last
		for i := upTo - 1; i >= 0 && listed[days[i]]; i-- {
			first = days[i]
		}
		out[sku] = first
	}
	return out, nil
}
