package app_test

import (
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/services/dashboards"
)

// tables lists the tables of subjects.
func (c *check) tables() []spot {
	if c.spots != nil {
		return slices.Clone(c.spots)
	}
	var out []spot
	for _, p := range pages() {
		page, err := c.a.desk.Pages.Page(dashboards.PageInput{Page: p})
		must(c.t, page, err)
		for _, t := range page.Tables {
			if !t.List {
				out = append(out, spot{p, t.Name})
			}
		}
	}
	c.spots = out
	return slices.Clone(out)
}

// onPage lists the tables of a page.
func (c *check) onPage(page string) []spot {
	return slices.DeleteFunc(c.tables(), func(p spot) bool { return p.page != page })
}

func (c *check) columns(p spot) []string {
	if names := c.heads[p]; names != nil {
		return slices.Clone(names)
	}
	out, err := c.a.desk.Pages.Columns(dashboards.ColumnsInput{Page: p.page, Table: p.table})
	must(c.t, out, err)
	var names []string
	for _, col := range out.Columns {
		names = append(names, col.Name)
	}
	c.heads[p] = names
	return slices.Clone(names)
}

// cellsWhole is how many columns an answer of 200 rows holds.
const cellsWhole = 6

// sweep checks one row of every column that tables can show, once a kind of subject: on the page of the part that the
// column is from if it has such a table, else on another.
func (c *check) sweep() {
	seen := map[string]bool{}
	l := lookAt(c.a.desk.Today(), nil, dashboards.RangeInput{Preset: "28d", Compare: "weekdays"})
	for _, own := range []bool{true, false} {
		for _, p := range c.tables() {
			names := slices.DeleteFunc(c.columns(p), func(n string) bool { return own && !strings.HasPrefix(n, p.page+".") })
			for some := range slices.Chunk(names, cellsWhole) {
				out, err := c.a.desk.Pages.Table(dashboards.TableInput{Page: p.page, Table: p.table, View: l.in, Columns: some, Limit: 200, Sort: "subject"})
				c.sweepTable(p, l, must(c.t, out, err), seen)
			}
		}
	}
}

func (c *check) sweepTable(p spot, l look, out dashboards.TableOutput, seen map[string]bool) {
	c.t.Helper()
	for i, col := range out.Columns {
		var told []dashboards.TableRowOutput
		for _, r := range out.Rows {
			if r.Cells[i].Text != "?" && (r.Cells[i].Text != "" || len(r.Cells[i].Line) > 0) {
				told = append(told, r)
			}
		}
		if key := out.SubKind + col.Name; !seen[key] && len(told) > 0 {
			seen[key] = true
			r := told[c.a.rand.IntN(len(told))]
			c.cell(ask{spot: p, subject: r.Subject, look: l}, col.Name, r.Cells[i])
		}
	}
}

// draw picks a view and checks some of what is shown through it.
func (c *check) draw() {
	l := randomLook(c.a.rand, c.a.desk.Today())
	was := c.total
	page := pages()[c.a.rand.IntN(len(pages()))]
	all := c.onPage(page)
	p := all[c.a.rand.IntN(len(all))]
	switch n := c.a.rand.IntN(10); {
	case n < 5:
		c.drawCells(p, l)
	case n < 6:
		c.drawTotals(p, l)
	case n < 8:
		c.drawTiles(page, l)
	case n < 9 && page != "accounthealth":
		c.drawTimeline(l)
	default:
		c.drawChart(page, l)
	}
	c.drawn += c.total - was
}

// some picks n of a list at random.
func some[T any](c *check, list []T, n int) []T {
	out := slices.Clone(list)
	c.a.rand.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out[:min(n, len(out))]
}

// some picks columns of a table, half of them from the part that the page is of.
func (c *check) some(p spot, can func(name string) bool, n int) []string {
	all := slices.DeleteFunc(c.columns(p), func(name string) bool { return !can(name) })
	own := slices.DeleteFunc(slices.Clone(all), func(name string) bool { return !strings.HasPrefix(name, p.page+".") })
	return slices.Concat(some(c, own, n/2), some(c, all, n-n/2))
}

func (c *check) drawCells(p spot, l look) {
	names := c.some(p, func(string) bool { return true }, 4)
	out, err := c.a.desk.Pages.Table(dashboards.TableInput{Page: p.page, Table: p.table, View: l.in, Columns: names, Limit: 200, Sort: "subject"})
	must(c.t, out, err)
	for _, r := range some(c, out.Rows, 2) {
		for i, col := range out.Columns {
			c.cell(ask{spot: p, subject: r.Subject, look: l}, col.Name, r.Cells[i])
		}
	}
}

// drawTotals checks the last row of a table, and the heading of a group.
func (c *check) drawTotals(p spot, l look) {
	names := c.some(p, func(n string) bool {
		_, measure := c.a.measures[strings.TrimSuffix(n, "~change")]
		return measure || c.a.facts[n].Adds
	}, 2)
	if len(names) == 0 {
		return
	}
	out, err := c.a.desk.Pages.Table(dashboards.TableInput{
		Page: p.page, Table: p.table, View: l.in, Columns: names, Limit: 200, Sort: "subject", Group: "marketplace",
	})
	must(c.t, out, err)
	by := map[string][]string{}
	for _, r := range out.Rows {
		if r.Subject != "" {
			by[""] = append(by[""], r.Subject)
			code := ask{subject: r.Subject}.market()
			by[code] = append(by[code], r.Subject)
		}
	}
	if out.Total != len(out.Rows) || len(by[""]) == 0 {
		return // more rows than one answer holds
	}
	for i, col := range out.Columns {
		q := ask{spot: p, look: l}
		c.sum(q, col.Name, by[""], out.Totals[i])
		for _, r := range out.Rows {
			if r.Kind == "group" {
				c.sum(q, col.Name, by[strings.TrimPrefix(r.Key, "group:")], r.Cells[i])
			}
		}
	}
}

// sum compares the total of a column.
func (c *check) sum(q ask, column string, subjects []string, v dashboards.ValueOutput) {
	name, suffix, _ := strings.Cut(column, "~")
	q.name = name
	if v.Text == "" || len(subjects) == 0 {
		return
	}
	if _, ok := c.a.measures[name]; !ok {
		list, err := c.a.totalFact(q, subjects)
		c.compare(q, "total", v, list, err)
		return
	}
	now, err := c.a.total(q, subjects, c.a.base)
	if suffix == "" {
		c.compare(q, "total", v, now, err)
		return
	}
	before, err2 := c.a.total(q, subjects, c.a.then)
	if len(now) == 1 && len(before) == 1 {
		c.change(q, "change of a total", v, now[0], before[0], firstError(err, err2))
	}
}

// markets are the marketplaces of a scope.
func markets(l look) []string {
	if len(l.in.Scope.Marketplaces) > 0 {
		return l.in.Scope.Marketplaces
	}
	return []string{"DE", "US"}
}

// drawTiles checks the tiles of a page.
func (c *check) drawTiles(p string, l look) {
	out, err := c.a.desk.Pages.Page(dashboards.PageInput{Page: p, View: l.in})
	must(c.t, out, err)
	c.ranges(l, out)
	for _, tile := range some(c, out.Tiles, 3) {
		q := ask{spot: spot{"sales", "marketplaces"}, name: tile.Name, look: l}
		if _, ok := c.a.measures[tile.Name]; ok {
			c.measureTile(q, p, tile)
		} else {
			c.factTile(q, p, tile)
		}
	}
}

// ranges compares the days that a page names with those of the view.
func (c *check) ranges(l look, out dashboards.PageOutput) {
	got := []string{out.From, out.To, out.CompareFrom, out.CompareTo}
	want := []string{l.now.from.String(), l.now.to.String(), "", ""}
	if l.compared {
		want[2], want[3] = l.before.from.String(), l.before.to.String()
	}
	if !slices.Equal(got, want) {
		c.t.Errorf("the page names the days %v, not %v", got, want)
	}
}

// values joins the values of a tile, one a currency.
func values(list []dashboards.ValueOutput) dashboards.ValueOutput {
	out := list[0]
	for _, v := range list[1:] {
		out.Text += " · " + v.Text
		out.Note += v.Note
	}
	return out
}

func (c *check) measureTile(q ask, page string, tile dashboards.TileOutput) {
	now, err := c.a.total(q, markets(q.look), c.a.base)
	shown := q
	shown.page = page
	c.compare(shown, "tile", values(tile.Values), now, err)
	if len(tile.Values) != 1 {
		return
	}
	before, err := c.a.total(q, markets(q.look), c.a.then)
	if len(before) == 1 && len(now) == 1 && q.look.compared {
		typ, unit := c.a.typ(q.name)
		if text := written(before[0], typ, unit); err == nil && text != tile.Before {
			c.fail(shown, "tile", tile.Change, before, wrong("the tile says %s before", tile.Before))
		}
		c.change(shown, "change of a tile", tile.Change, now[0], before[0], err)
	}
	if len(tile.Line) > 0 {
		c.tileLine(q, page, tile)
	}
}

// tileLine compares a point of a tile's small line.
func (c *check) tileLine(q ask, page string, tile dashboards.TileOutput) {
	i := c.a.rand.IntN(len(tile.Line))
	size := core.Day(q.look.now.count() / len(tile.Line))
	to := q.look.now.to - core.Day(len(tile.Line)-1-i)*size
	if tile.Line[i] == nil {
		return
	}
	q.look = q.look.over(days{to - size + 1, to})
	list, err := c.a.total(q, markets(q.look), c.a.base)
	if err != nil || len(list) != 1 || !list[0].known {
		c.fail(q, "line of a tile", dashboards.ValueOutput{}, list, err)
		return
	}
	if typ, _ := c.a.typ(q.name); typ == "money" {
		list[0].n /= 100
	}
	if !near(list[0].n, *tile.Line[i]) {
		c.fail(q, "line of a tile", dashboards.ValueOutput{}, list, wrong("the point is %v", *tile.Line[i]))
		return
	}
	q.page = page
	c.count(q, "line")
}

// factTile compares a fact: counts and amounts are added up, of others the worst marketplace's is shown.
func (c *check) factTile(q ask, page string, tile dashboards.TileOutput) {
	shown := q
	shown.page = page
	if typ, _ := c.a.typ(q.name); typ == "count" || typ == "money" {
		list, err := c.a.totalFact(q, markets(q.look))
		c.compare(shown, "tile", values(tile.Values), list, err)
		return
	}
	if tile.Subject == "" {
		c.compare(shown, "tile", tile.Values[0], nil, nil)
		return
	}
	x, err := c.a.fact(q.about(q.spot, tile.Subject))
	c.compare(shown, "tile", tile.Values[0], []figure{x}, err)
	for _, m := range markets(q.look) {
		other, err := c.a.fact(q.about(q.spot, m))
		up := c.a.facts[q.name].Better == "up"
		if typ, _ := c.a.typ(q.name); typ != "text" && err == nil && other.known && other.n != x.n && (other.n < x.n) == up {
			c.fail(shown, "tile", tile.Values[0], []figure{x, other}, wrong("%s is worse", m))
		}
	}
}

// drawTimeline checks the key figures of a SKU.
func (c *check) drawTimeline(l look) {
	p := spot{"sales", "skus"}
	list, err := c.a.subjects(p, l)
	must(c.t, list, err)
	id := list[c.a.rand.IntN(len(list))]
	out, err := c.a.desk.Pages.Timeline(dashboards.SubjectInput{Subject: id, View: l.in})
	must(c.t, out, err)
	for _, f := range some(c, out.Figures, 3) {
		c.cell(ask{spot: p, subject: id, look: l}, f.Name, f.Value)
	}
}
