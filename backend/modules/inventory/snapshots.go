package inventory

import (
	"context"
	"database/sql"
	"fmt"
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

// and is the origin of a figure made of two others: the latest day, the worse maturity, both notes.
func (o origin) and(p origin) origin {
	o.asOf = max(o.asOf, p.asOf)
	o.maturity = fact.Worst(o.maturity, p.maturity)
	if o.source == "" {
		o.source = p.source
	}
	return o.noting(p.note)
}

func (o origin) noting(note string) origin {
	switch {
	case note == "" || note == o.note:
	case o.note == "":
		o.note = note
	default:
		o.note += "; " + note
	}
	return o
}

func (o origin) value() fact.Value {
	return fact.Value{AsOf: o.asOf, Maturity: o.maturity, Source: o.source, Note: o.note}
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

// missing is a figure that is not known, and why.
func missing(source, why string) fact.Value {
	return fact.Value{Maturity: fact.Missing, Source: source, Note: why}
}

// timeline is the days on which one kind of document was made for one marketplace.
type timeline struct {
	days []core.Day // ascending
}

// at is the latest day by asOf; where only later ones exist, the earliest of them.
func (t timeline) at(asOf core.Day) (day core.Day, later, ok bool) {
	if len(t.days) == 0 {
		return 0, false, false
	}
	i := sort.Search(len(t.days), func(i int) bool { return t.days[i] > asOf })
	if i == 0 {
		return t.days[0], true, true
	}
	return t.days[i-1], false, true
}

// by is the days up to asOf.
func (t timeline) by(asOf core.Day) []core.Day {
	return t.days[:sort.Search(len(t.days), func(i int) bool { return t.days[i] > asOf })]
}

// timelines is every snapshot by marketplace and kind of document.
type timelines map[string]map[string]timeline

func (t timelines) marketplaces() []string {
	out := make([]string, 0, len(t))
	for m := range t {
		out = append(out, m)
	}
	sort.Strings(out)
	return out
}

// snapshot is the one document that speaks for a day.
type snapshot struct {
	kind string
	day  core.Day
	origin
}

// snapshot finds the document of a kind that speaks for asOf.
func (s *started) snapshot(t timeline, kind string, asOf core.Day) (snapshot, bool) {
	day, later, ok := t.at(asOf)
	if !ok {
		return snapshot{}, false
	}
	out := snapshot{kind: kind, day: day, origin: origin{asOf: day, maturity: fact.Fresh, source: kind}}
	switch {
	case later:
		out.maturity = fact.Estimated
		out.note = "first known on " + day.String()
	case s.stale(kind, asOf-day):
		out.maturity = fact.Stale
	}
	return out, true
}

// stale says whether data so many days old is older than its kind allows.
func (s *started) stale(kind string, age core.Day) bool {
	k, ok := s.host.Kind(kind)
	return ok && k.StaleAge > 0 && time.Duration(age)*24*time.Hour > k.StaleAge
}

// stockSnapshot chooses the report that tells the units: FBA inventory, unless there is none
// or it is stale and another is newer.
func (s *started) stockSnapshot(t map[string]timeline, asOf core.Day) (snapshot, bool) {
	best, found := s.snapshot(t[kindStock], kindStock, asOf)
	if found && best.maturity == fact.Fresh {
		return best, true
	}
	for _, kind := range []string{kindPlanning, kindRestock} {
		other, ok := s.snapshot(t[kind], kind, asOf)
		if !ok {
			continue
		}
		rank := func(x snapshot) bool { return x.day <= asOf }
		if !found || (rank(other) && (!rank(best) || other.day > best.day)) {
			best, found = other, true
		}
	}
	return best, found
}

// units is what a snapshot says of one SKU.
type units struct {
	asOf                      core.Day
	onHand, reserved, inbound int64
	working                   sql.NullInt64
	unsellable                int64
	listed                    bool
	carried                   bool // it is the word of an earlier snapshot, which pages since then did not repeat
	old                       bool // and too old to go by
}

// levels reads the SKUs of a snapshot, and those of earlier ones that it no longer names.
func (s *started) levels(ctx context.Context, marketplace string, sn snapshot, h history) (map[core.SKU]units, error) {
	out := make(map[core.SKU]units, len(h.changes)+64)
	for sku, c := range h.changes {
		if c[0].day <= h.until {
			out[sku] = units{asOf: sn.day, working: sql.NullInt64{Valid: true}}
		}
	}
	err := sqlite.EachRow(ctx, s.host.DB(), s.sql["Levels"], []any{sn.kind, marketplace, sn.day}, func(r *sql.Rows) error {
		u := units{listed: true}
		var sku string
		if err := r.Scan(&sku, &u.asOf, &u.onHand, &u.reserved, &u.inbound, &u.working, &u.unsellable, &u.carried); err != nil {
			return err
		}
		u.old = u.carried && s.stale(sn.kind, h.until-u.asOf)
		out[core.SKU(sku)] = u
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the stock of %s: %w", marketplace, err)
	}
	return out, nil
}

// origin of what the snapshot says of a SKU.
func (u units) origin(sn snapshot) origin {
	o := sn.origin
	o.asOf = u.asOf
	if u.old {
		o.maturity = fact.Worst(o.maturity, fact.Stale)
	}
	if !u.listed {
		o = o.noting("no longer listed in the report of " + sn.day.String())
	}
	return o
}
