package app_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"purser/app"
	"purser/backend/core"
	"purser/backend/services/dashboards"
	"purser/backend/sources/simulator"
)

// Numbers that are checked at random over all seeds; with -short over one.
const (
	truthNumbers = 500
	shortNumbers = 120
)

func pages() []string {
	return []string{"accounthealth", "sales", "inventory", "advertising", "listings", "reviews"}
}

// TestTruth picks shown numbers at random over pages and seeds, follows each down to the rows of files that it is made
// of, works it out again from those, by code that shares nothing with the program but its declarations, and compares.
func TestTruth(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("make test runs it without the race detector, which makes it six times as slow and finds nothing more")
	}
	seeds := []simulator.Options{{Seed: 7, SKUs: 24}, {Seed: 104, SKUs: 20}, {Seed: 2026, SKUs: 20}}
	want := (truthNumbers + len(seeds) - 1) / len(seeds)
	short := testing.Short()
	if short {
		seeds, want = seeds[:1], shortNumbers
	}
	var mu sync.Mutex
	checked := map[string]bool{} // by name: false for those that no seed checks
	t.Cleanup(func() {
		for _, name := range slices.Sorted(maps.Keys(checked)) {
			if why := unchecked()[name]; checked[name] == (why != "") && !short {
				t.Errorf("%s: worked out again: %t; listed as one that is not: %q", name, checked[name], why)
			}
		}
	})
	for i, o := range seeds {
		t.Run(fmt.Sprintf("seed %d", o.Seed), func(t *testing.T) {
			t.Parallel()
			o.AsOf, o.Days = core.Date(2026, time.November, 25)-core.Day(13*i), 400
			desk := app.OpenDesk(t, t.TempDir(), o.AsOf.Time().Add(20*time.Hour))
			if err := desk.Load(t.Context(), o); err != nil {
				t.Fatal(err)
			}
			c := newCheck(t, newAudit(desk, rand.New(rand.NewPCG(o.Seed, 1))))
			if i == 0 {
				c.sweep()
			}
			for c.drawn < want {
				c.draw()
			}
			c.report()
			mu.Lock()
			defer mu.Unlock()
			c.names(checked)
		})
	}
}

// unchecked are the facts and measures that are not worked out again, and why not.
func unchecked() map[string]string {
	return map[string]string{}
}

// check compares and counts.
type check struct {
	t       *testing.T
	a       *audit
	spots   []spot
	heads   map[spot][]string
	met     map[string]map[string]bool // names that agree, by page
	numbers map[string]int             // by page
	total   int
	drawn   int // of them at random
	words   int
	unknown int
	wrong   int
}

func newCheck(t *testing.T, a *audit) *check {
	t.Helper()
	return &check{t: t, a: a, heads: map[spot][]string{}, met: map[string]map[string]bool{}, numbers: map[string]int{}}
}

// names marks what was declared, and what of it was checked.
func (c *check) names(checked map[string]bool) {
	declared := slices.Concat(slices.Collect(maps.Keys(c.a.facts)), slices.Collect(maps.Keys(c.a.measures)))
	for _, name := range declared {
		found := checked[name]
		for _, names := range c.met {
			found = found || names[name]
		}
		checked[name] = found
	}
}

// compare says whether a shown value is what it was worked out to be. What is not known must say why.
func (c *check) compare(q ask, what string, v dashboards.ValueOutput, list []figure, err error) {
	c.t.Helper()
	typ, unit := c.a.typ(q.name)
	switch {
	case err != nil:
		c.fail(q, what, v, list, err)
		return
	case v.Text == "?" || v.Text == "—":
		c.unknown++
		if v.Note == "" {
			c.fail(q, what, v, list, wrong("nothing says why it is not known"))
		}
		if len(list) == 1 && list[0].known {
			c.fail(q, what, v, list, wrong("it can be worked out"))
		}
		return
	case v.Text == "":
		return
	}
	if typ == "text" && len(list) == 1 && strings.EqualFold(strings.ReplaceAll(list[0].text, "_", " "), v.Text) {
		list[0].text = v.Text // Amazon's codes are shown as words
	}
	var texts []string
	for _, x := range list {
		text := written(x, typ, unit)
		if typ != "money" && len(list) > 1 && x.known {
			text += " " + x.currency // shares of amounts say which
		}
		texts = append(texts, text)
	}
	if len(list) == 1 && typ != "text" && list[0].known {
		n := list[0].n
		if typ == "money" {
			n /= 100
		}
		if v.Num == nil || !near(*v.Num, n) {
			c.fail(q, what, v, list, wrong("the numbers differ"))
			return
		}
		list[0].n = *v.Num // beyond the last digit that counts
		if typ == "money" {
			list[0].n = half(*v.Num * 100)
		}
		texts[0] = written(list[0], typ, unit)
		if typ == "money" && v.Currency != list[0].currency {
			c.fail(q, what, v, list, wrong("the currencies differ"))
		}
	}
	said := strings.Split(v.Text, " · ")
	if typ == "money" { // in whichever order of currencies
		slices.Sort(said)
		slices.Sort(texts)
	}
	if text := strings.Join(texts, " · "); text != strings.Join(said, " · ") {
		c.fail(q, what, v, list, wrong("worked out it reads %s", text))
		return
	}
	c.count(q, typ)
}

// change compares a change with the difference of two ranges.
func (c *check) change(q ask, what string, v dashboards.ValueOutput, now, before figure, err error) {
	c.t.Helper()
	typ, _ := c.a.typ(q.name)
	x, points := difference(typ, now, before)
	list := []figure{now, before, x}
	switch {
	case err != nil:
		c.fail(q, what, v, list, err)
	case v.Num == nil:
		c.unknown++
		if x.known && !strings.HasPrefix(v.Note, "of the range compared with only") {
			c.fail(q, what, v, list, wrong("it can be worked out"))
		} else if v.Note == "" && v.Text != "" {
			c.fail(q, what, v, list, wrong("nothing says why it is not known"))
		}
	case !x.known || !near(*v.Num, x.n):
		c.fail(q, what, v, list, wrong("the changes differ"))
	case v.Text != wordsChange(*v.Num, points):
		c.fail(q, what, v, list, wrong("it should read %s", wordsChange(*v.Num, points)))
	default:
		c.count(q, "change")
	}
}

func (c *check) count(q ask, typ string) {
	if typ == "text" || typ == "flag" {
		c.words++
	} else {
		c.numbers[q.page]++
		c.total++
	}
	if c.met[q.page] == nil {
		c.met[q.page] = map[string]bool{}
	}
	c.met[q.page][q.name] = true
}

func (c *check) fail(q ask, what string, v dashboards.ValueOutput, list []figure, err error) {
	c.t.Helper()
	c.wrong++
	if c.wrong <= 25 {
		c.t.Errorf("%s %s\n   shown %s (%s; %s)\n   worked out %+v\n   %v", what, q, v.Text, num(v.Num), v.Note, list, err)
	}
	if c.wrong == 200 {
		c.t.Fatal("and so on")
	}
}

func num(v *float64) string {
	if v == nil {
		return "no number"
	}
	return fmt.Sprint(*v)
}

// cell compares a cell of a table.
func (c *check) cell(q ask, column string, v dashboards.ValueOutput) {
	c.t.Helper()
	name, suffix, _ := strings.Cut(column, "~")
	q.name = name
	if _, ok := c.a.measures[name]; !ok {
		var x figure
		var err error
		if v.Text != "?" {
			x, err = c.a.fact(q)
		}
		c.compare(q, "cell", v, []figure{x}, err)
		return
	}
	switch suffix {
	case "":
		x, err := c.a.measure(q)
		c.compare(q, "cell", v, []figure{x}, err)
	case "before":
		x, err := c.a.before(q)
		c.compare(q, "before", v, []figure{x}, err)
	case "change":
		now, err := c.a.measure(q)
		before, err2 := c.a.before(q)
		c.change(q, "change", v, now, before, firstError(err, err2))
	case "spark":
		c.spark(q, v)
	}
}

func firstError(list ...error) error {
	for _, err := range list {
		if err != nil {
			return err
		}
	}
	return nil
}

// spark compares one point of a small line: a range is cut into at most 14 equal parts that end with it.
func (c *check) spark(q ask, v dashboards.ValueOutput) {
	c.t.Helper()
	if len(v.Line) == 0 {
		return
	}
	i := c.a.rand.IntN(len(v.Line))
	parts := len(v.Line)
	size := core.Day(q.look.now.count() / parts)
	to := q.look.now.to - core.Day(parts-1-i)*size
	if parts > 14 || size < 1 {
		c.fail(q, "line", v, nil, wrong("%d points of %d days", parts, q.look.now.count()))
		return
	}
	if v.Line[i] == nil {
		return
	}
	q.look = q.look.over(days{to - size + 1, to})
	x, err := c.a.measure(q)
	if typ, _ := c.a.typ(q.name); typ == "money" {
		x.n /= 100
	}
	if err != nil || !x.known || !near(x.n, *v.Line[i]) {
		c.fail(q, "point of a line", v, []figure{x}, wrong("the point is %v: %w", *v.Line[i], err))
		return
	}
	c.count(q, "line")
}

// report says what was checked.
func (c *check) report() {
	c.t.Helper()
	for _, p := range pages() {
		c.t.Logf("%-14s %4d numbers of %3d names", p, c.numbers[p], len(c.met[p]))
	}
	c.t.Logf("%d numbers (%d at random), %d words and flags, %d not known with the reason; %d wrong; %d rows found in their files: %v",
		c.total, c.drawn, c.words, c.unknown, c.wrong, c.a.followed, c.a.traced)
}
