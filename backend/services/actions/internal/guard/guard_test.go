package guard_test

import (
	"math"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/services/actions/internal/guard"
)

var now = time.Date(2026, 10, 25, 6, 0, 0, 0, time.UTC) // daylight saving ended in Berlin five hours ago

var all = []string{
	action.PerDay, action.PerMonth, action.PerEntityDay, action.HoursBetween, action.StepPercent, action.WeekPercent, action.ValueMin, action.ValueMax,
	action.UnitsMax, action.MoneyOnce, action.MoneyDay, action.MoneyMonth,
}

func kind(needs ...string) action.Kind {
	return action.Kind{Name: "bid", Title: "Set a bid", Needs: needs}
}

// stored is the name under which a limit is set.
func stored(name string) string {
	switch name {
	case action.MoneyOnce, action.MoneyDay, action.MoneyMonth:
		return guard.Money(name, "EUR")
	}
	return name
}

func wide() guard.Limits {
	l := guard.Limits{}
	for _, n := range all {
		l[stored(n)] = 1e6
	}
	l[action.ValueMin], l[action.HoursBetween] = 1, 1
	return l
}

func request() action.Request {
	return action.Request{Entity: "US/A", Field: "bid", Size: action.Size{Units: 5, Money: core.Money{Minor: 100, Currency: "EUR"}, From: 100, To: 110}}
}

func done(ago time.Duration, from, to float64) guard.Past {
	return guard.Past{At: now.Add(-ago), Entity: "US/A", Field: "bid", Size: action.Size{Money: core.Money{Minor: 100, Currency: "EUR"}, From: from, To: to}}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	if found := guard.Check(kind(all...), request(), wide(), nil, now, false); len(found) != 0 {
		t.Fatalf("within all limits: %+v", found)
	}
	for _, name := range all {
		for _, bad := range []float64{0, -1, math.Copysign(0, -1), math.NaN(), math.Inf(1), math.Inf(-1)} {
			for _, reverse := range []bool{false, true} {
				l := wide()
				l[stored(name)] = bad
				found := guard.Check(kind(all...), request(), l, nil, now, reverse)
				if len(found) != 1 || !found[0].Until.IsZero() {
					t.Errorf("%s at %v: %+v", name, bad, found)
				}
			}
		}
		l := wide()
		delete(l, stored(name))
		if found := guard.Check(kind(all...), request(), l, nil, now, false); len(found) != 1 {
			t.Errorf("%s left blank: %+v", name, found)
		}
	}
	if found := guard.Check(kind(), request(), wide(), nil, now, false); len(found) != 1 {
		t.Errorf("a kind without limits: %+v", found)
	}
	if found := guard.Check(kind("nonsense"), request(), guard.Limits{"nonsense": 5}, nil, now, false); len(found) != 1 {
		t.Errorf("a limit that nobody knows: %+v", found)
	}
}

// Each limit at its edge: what it just allows, and what it just does not.
func TestEdges(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	size := func(change func(s *action.Size)) action.Request {
		r := request()
		change(&r.Size)
		return r
	}
	reversed := func(p guard.Past) guard.Past { p.Reverse = true; return p }
	other := func(p guard.Past) guard.Past { p.Entity = "US/B"; return p }
	field := func(p guard.Past) guard.Past { p.Field = "budget"; return p }
	dollars := func(p guard.Past) guard.Past { p.Size.Money.Currency = "USD"; return p }
	free := func(p guard.Past) guard.Past { p.Size.Money.Minor = -5000; return p }
	for _, c := range []struct {
		name  string
		limit float64
		r     action.Request
		past  []guard.Past
		ok    bool
	}{
		{action.PerDay, 1, request(), nil, true},
		{action.PerDay, 0.5, request(), nil, false},
		{action.PerDay, 1, request(), []guard.Past{other(done(day, 1, 1))}, true},
		{action.PerDay, 1, request(), []guard.Past{other(done(day-time.Second, 1, 1))}, false},
		{action.PerDay, 1, request(), []guard.Past{other(done(-400*day, 1, 1))}, false}, // ahead of a clock that was put back
		{action.PerDay, 1, request(), []guard.Past{reversed(done(time.Hour, 1, 1))}, true},
		{action.PerMonth, 1, request(), []guard.Past{done(30*day, 1, 1)}, true},
		{action.PerMonth, 1, request(), []guard.Past{done(30*day-time.Second, 1, 1)}, false},
		{action.PerEntityDay, 1, request(), []guard.Past{other(done(time.Hour, 1, 1))}, true},
		{action.PerEntityDay, 1, request(), []guard.Past{field(done(time.Hour, 1, 1))}, false},
		{action.HoursBetween, 2, request(), []guard.Past{done(2*time.Hour, 1, 1)}, true},
		{action.HoursBetween, 2, request(), []guard.Past{done(2*time.Hour-time.Second, 1, 1)}, false},
		{action.HoursBetween, 2, request(), []guard.Past{reversed(done(time.Hour, 1, 1))}, false}, // it changed the field too
		{action.HoursBetween, 2, request(), []guard.Past{field(done(time.Hour, 1, 1)), other(done(time.Hour, 1, 1))}, true},
		{action.HoursBetween, 2, request(), []guard.Past{done(-time.Hour, 1, 1)}, false},
		{action.HoursBetween, 1e300, request(), []guard.Past{done(50*365*day, 1, 1)}, false},
		{action.StepPercent, 10, request(), nil, true},
		{action.StepPercent, 9.9, request(), nil, false},
		{action.StepPercent, 9.9, size(func(s *action.Size) { s.From, s.To = 110, 99 }), nil, false},
		{action.StepPercent, 10, size(func(s *action.Size) { s.From, s.To = 110, 99 }), nil, true},
		{action.StepPercent, 1e6, size(func(s *action.Size) { s.From = 0 }), nil, false},
		{action.StepPercent, 1e6, size(func(s *action.Size) { s.To = -1 }), nil, false},
		{action.StepPercent, 1e6, size(func(s *action.Size) { s.To = math.NaN() }), nil, false},
		{action.WeekPercent, 20, request(), []guard.Past{done(7*day, 50, 100)}, true},
		{action.WeekPercent, 20, request(), []guard.Past{done(7*day-time.Second, 90, 100)}, false},
		{action.WeekPercent, 23, request(), []guard.Past{done(6*day, 90, 100)}, true},
		{action.WeekPercent, 20, request(), []guard.Past{done(6*day, 200, 80)}, false}, // it was 80 within the week
		{action.WeekPercent, 20, request(), []guard.Past{reversed(done(6*day, 80, 100))}, false},
		{action.WeekPercent, 1, size(func(s *action.Size) { s.To = 90 }), []guard.Past{done(6*day, 10, 100)}, true}, // downwards
		{action.WeekPercent, 1e6, size(func(s *action.Size) { s.From = math.Inf(1) }), nil, false},
		{action.ValueMin, 110, request(), nil, true},
		{action.ValueMin, 110.01, request(), nil, false},
		{action.ValueMax, 110, request(), nil, true},
		{action.ValueMax, 109.99, request(), nil, false},
		{action.ValueMax, 1e6, size(func(s *action.Size) { s.To = math.NaN() }), nil, false},
		{action.UnitsMax, 5, request(), nil, true},
		{action.UnitsMax, 4, request(), nil, false},
		{action.UnitsMax, 5, size(func(s *action.Size) { s.Units = 0 }), nil, false},
		{action.UnitsMax, 5, size(func(s *action.Size) { s.Units = -9 }), nil, false},
		{action.MoneyOnce, 100, request(), []guard.Past{done(time.Hour, 1, 1)}, true},
		{action.MoneyOnce, 99, request(), nil, false},
		{action.MoneyOnce, 99, size(func(s *action.Size) { s.Money.Minor = -1 }), nil, false},
		{action.MoneyOnce, 1e6, size(func(s *action.Size) { s.Money = core.Money{} }), nil, false}, // what it costs is not known
		{action.MoneyOnce, 1, size(func(s *action.Size) { s.Money.Minor = 0 }), nil, true},
		{action.MoneyOnce, 1e6, size(func(s *action.Size) { s.Money.Currency = "USD" }), nil, false}, // no limit in dollars
		{action.MoneyDay, 200, request(), []guard.Past{other(done(time.Hour, 1, 1))}, true},
		{action.MoneyDay, 199, request(), []guard.Past{other(done(time.Hour, 1, 1))}, false},
		{action.MoneyDay, 199, request(), []guard.Past{done(day, 1, 1), dollars(done(time.Hour, 1, 1)), reversed(done(time.Hour, 1, 1))}, true},
		{action.MoneyDay, 199, request(), []guard.Past{done(time.Hour, 1, 1), free(done(time.Hour, 1, 1))}, false},
		{action.MoneyMonth, 199, request(), []guard.Past{done(30*day, 1, 1)}, true},
		{action.MoneyMonth, 199, request(), []guard.Past{done(29*day, 1, 1)}, false},
	} {
		found := guard.Check(kind(c.name), c.r, guard.Limits{stored(c.name): c.limit}, c.past, now, false)
		if ok := len(found) == 0; ok != c.ok {
			t.Errorf("%s at %v of %+v after %+v: %+v", c.name, c.limit, c.r.Size, c.past, found)
		}
		for _, f := range found {
			if f.Text == "" || !strings.HasPrefix(f.Limit, c.name) {
				t.Errorf("%s says %+v", c.name, f)
			}
		}
	}
}

// A reverse is held back by no count and no step, and by the values that may be set.
func TestReverse(t *testing.T) {
	t.Parallel()
	past := []guard.Past{done(time.Minute, 90, 100), done(time.Hour, 80, 90)}
	l := guard.Limits{}
	for _, n := range all {
		l[stored(n)] = 1
	}
	l[action.ValueMax] = 1000
	if found := guard.Check(kind(all...), request(), l, past, now, true); len(found) != 0 {
		t.Errorf("held back: %+v", found)
	}
	l[action.ValueMax] = 109
	if found := guard.Check(kind(all...), request(), l, past, now, true); len(found) != 1 || found[0].Limit != action.ValueMax {
		t.Errorf("a value that may not be set: %+v", found)
	}
}

// Until is the moment at which it may be tried again: a second before, it may not.
func TestUntil(t *testing.T) {
	t.Parallel()
	for _, name := range []string{action.PerDay, action.PerMonth, action.PerEntityDay, action.HoursBetween, action.MoneyDay, action.MoneyMonth} {
		l := guard.Limits{stored(name): 1.5}
		r := request()
		r.Size.Money.Minor = 1
		past := done(30*time.Minute, 100, 110)
		past.Size.Money.Minor = 1
		found := guard.Check(kind(name), r, l, []guard.Past{past}, now, false)
		if len(found) != 1 || found[0].Until.IsZero() {
			t.Fatalf("%s: %+v", name, found)
		}
		for after, ok := range map[time.Duration]bool{-time.Second: false, 0: true} {
			if got := guard.Check(kind(name), r, l, []guard.Past{past}, found[0].Until.Add(after), false); (len(got) == 0) != ok {
				t.Errorf("%s, %s after %s: %+v", name, after, found[0].Until, got)
			}
		}
	}
}

// A window is hours: in no zone, on no day, does it end sooner or later by the wall.
func TestWindowsKnowNoZones(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom([]string{"UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"}).Draw(rt, "zone"))
		if err != nil {
			rt.Fatal(err)
		}
		from := rapid.SampledFrom([]string{"2026-03-29", "2026-10-25", "2026-11-01", "2026-04-05"}).Draw(rt, "day")
		at, err := time.ParseInLocation(time.DateOnly, from, zone)
		if err != nil {
			rt.Fatal(err)
		}
		at = at.Add(time.Duration(rapid.IntRange(-100_000, 100_000).Draw(rt, "s")) * time.Second)
		ago := time.Duration(rapid.IntRange(-10, 200_000).Draw(rt, "ago")) * time.Second
		past := []guard.Past{{At: at.Add(-ago).UTC(), Entity: "US/A", Field: "bid"}}
		found := guard.Check(kind(action.PerDay), request(), guard.Limits{action.PerDay: 1}, past, at, false)
		if (len(found) == 0) != (ago >= 24*time.Hour) {
			rt.Fatalf("%s after another: %+v", ago, found)
		}
	})
}

func TestLookBack(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, c := range []struct {
		needs []string
		hours float64
		want  time.Duration
	}{
		{[]string{action.UnitsMax}, 0, day},
		{[]string{action.PerDay, action.MoneyDay}, 0, day},
		{[]string{action.WeekPercent}, 0, 7 * day},
		{[]string{action.WeekPercent, action.PerMonth}, 0, 30 * day},
		{[]string{action.MoneyMonth}, 0, 30 * day},
		{[]string{action.HoursBetween}, 2, day},
		{[]string{action.HoursBetween, action.PerMonth}, 1000, 1000 * time.Hour},
		{[]string{action.HoursBetween}, math.Inf(1), day},
		{[]string{action.HoursBetween}, 1e300, 36500 * day},
	} {
		if got := guard.LookBack(kind(c.needs...), guard.Limits{action.HoursBetween: c.hours}); got != c.want {
			t.Errorf("%v with %v hours: %s, want %s", c.needs, c.hours, got, c.want)
		}
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, n := range all {
		w := guard.Words(n)
		if w == n || seen[w] {
			t.Errorf("%s is called %q", n, w)
		}
		seen[w] = true
	}
	if guard.Words("money_day:EUR") != "money in 24 hours in EUR" || guard.Words("nonsense") != "nonsense" {
		t.Errorf("%q, %q", guard.Words("money_day:EUR"), guard.Words("nonsense"))
	}
}
