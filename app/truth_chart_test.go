package app_test

import (
	"math"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/page"
	"purser/backend/services/dashboards"
)

// drawChart checks what a chart draws of numbers that have a name.
func (c *check) drawChart(p string, l look) {
	head, err := c.a.desk.Pages.Page(dashboards.PageInput{Page: p, View: l.in})
	must(c.t, head, err)
	chart := head.Charts[c.a.rand.IntN(len(head.Charts))]
	in := dashboards.ChartInput{Page: p, Chart: chart.Name, View: l.in}
	if chart.PerSubject && c.a.rand.IntN(3) > 0 {
		at := some(c, c.onPage(p), 1)[0]
		list, err := c.a.subjects(at, l)
		must(c.t, list, err)
		if len(list) > 0 {
			in.Subject = list[c.a.rand.IntN(len(list))]
		}
	}
	out, err := c.a.desk.Pages.Chart(in)
	must(c.t, out, err)
	q := ask{spot: spot{p, ""}, subject: in.Subject, look: l}
	c.named(p, chart.Name, out.Data)
	switch chart.Kind {
	case string(page.Waterfall):
		c.waterfall(q, out.Data)
	case string(page.Scatter):
		c.scatter(q, out.Data)
	case string(page.Lines), string(page.Columns), string(page.Calendar):
		c.lines(q, out.Data)
	}
	for _, b := range some(c, out.Data.Bars, 2) {
		if b.Name != "" && b.Subject != "" && b.Known {
			c.drawn1(q, b.Name, b.Subject, b.Value)
		}
	}
	for _, b := range some(c, out.Data.Bullets, 2) {
		if b.Name != "" && b.Value != nil {
			c.drawn1(q, b.Name, b.Subject, *b.Value)
		}
	}
}

// byModules are the charts whose points have no name to follow, and why.
func byModules() map[string]string {
	const series, bands = "a daily series of its module, which compares it with its reports", "counts in bands that no number shows"
	return map[string]string{
		"accounthealth/history": series, "accounthealth/counts": series, "inventory/stock": series, "inventory/projection": "what is to come, not what was",
		"inventory/age": bands, "listings/issues": series, "listings/reasons": bands, "listings/age": bands, "reviews/returns": series, "reviews/reasons": bands,
	}
}

// named says whether a chart draws something that can be followed, or is listed as one that does not.
func (c *check) named(p, chart string, d page.Data) {
	bars := slices.ContainsFunc(d.Bars, func(b page.Bar) bool { return b.Name != "" })
	lines := slices.ContainsFunc(d.Lines, func(l page.Line) bool { _, ok := c.a.measures[l.Name]; return ok })
	some := len(d.Bars)+len(d.Lines) > 0
	if why := byModules()[p+"/"+chart]; some && !bars && !lines && why == "" {
		c.t.Errorf("%s/%s draws nothing that can be followed, and is not listed as such", p, chart)
	}
}

// home is a table that has the subject, by its form.
func (c *check) home(q ask, subject string) spot {
	_, rest, _ := strings.Cut(subject, "/")
	switch {
	case rest == "":
		return spot{"sales", "marketplaces"}
	case q.page == "accounthealth":
		return spot{"accounthealth", "metrics"}
	case strings.HasPrefix(rest, "SKU-"):
		return spot{"sales", "skus"}
	case strings.Contains(rest, "/"):
		return terms
	}
	return spot{"advertising", "campaigns"}
}

// drawnFor are the subjects that a chart is of.
func (c *check) drawnFor(q ask) ([]string, spot) {
	if q.subject == "" {
		return markets(q.look), spot{"sales", "marketplaces"}
	}
	return []string{q.subject}, c.home(q, q.subject)
}

// drawn1 compares a bar or bullet with the number behind it. Shares are drawn in per cent.
func (c *check) drawn1(q ask, name, subject string, v float64) {
	c.t.Helper()
	shown := q
	shown.name, shown.subject = name, subject
	q = shown.about(c.home(q, subject), subject)
	var x figure
	var err error
	if _, ok := c.a.measures[name]; ok {
		x, err = c.a.measure(q)
	} else {
		x, err = c.a.fact(q)
	}
	switch typ, _ := c.a.typ(name); typ {
	case "money":
		x.n /= 100
	case "ratio":
		x.n *= 100
	}
	if err != nil || !x.known || !near(x.n, v) {
		c.fail(shown, "chart", dashboards.ValueOutput{Num: &v}, []figure{x}, err)
		return
	}
	c.count(shown, "chart")
}

// waterfall compares the steps from sales to profit of the scope, or of one SKU.
func (c *check) waterfall(q ask, d page.Data) {
	subjects, at := c.drawnFor(q)
	for _, b := range some(c, d.Bars, 2) {
		from := ask{spot: at, name: b.Name, look: q.look}
		list, err := c.a.total(from, subjects, c.a.base)
		if !b.Known {
			continue
		}
		sign := 1.0
		for _, t := range c.a.measures["sales.profit"].Terms {
			if t.Name == b.Name {
				sign = float64(t.Sign)
			}
		}
		found := false
		for _, x := range list {
			found = found || x.known && x.currency == d.Currency && near(sign*x.n/100, b.Value) && written(figure{true, sign * x.n, "", x.currency}, "money", "") == b.Text
		}
		from.page, from.subject = q.page, q.subject
		if err != nil || !found {
			c.fail(from, "waterfall", dashboards.ValueOutput{Text: b.Text, Num: &b.Value, Note: b.Detail}, list, err)
			continue
		}
		c.count(from, "chart")
	}
}

// scatter compares a point of subjects by spend and conversion.
func (c *check) scatter(q ask, d page.Data) {
	for _, p := range some(c, d.Points, 1) {
		c.drawn1(q, "advertising.spend", p.Subject, p.X)
		c.drawn1(q, "advertising.conversion", p.Subject, p.Y)
		c.drawn1(q, "advertising.clicks", p.Subject, p.Size)
	}
}

// lines compares one day of a line that draws a measure.
func (c *check) lines(q ask, d page.Data) {
	for _, l := range some(c, d.Lines, 2) {
		m, ok := c.a.measures[l.Name]
		if !ok || !m.Base() || len(l.Values) == 0 || (l.Role != page.Main && l.Role != page.Second && l.Role != page.Compare) {
			continue // a line that its module draws: of series, limits or expectations
		}
		i := c.a.rand.IntN(len(l.Values))
		if l.Values[i] == nil {
			continue
		}
		day := core.Day(d.Days[i])
		if l.Role == page.Compare {
			day = q.look.before.from + core.Day(i)
		}
		subjects, at := c.drawnFor(q)
		list, err := c.a.total(ask{spot: at, name: l.Name, look: q.look.over(days{day, day})}, subjects, c.a.base)
		found := false
		for _, x := range list {
			if x.currency != "" {
				x.n /= 100
			}
			found = found || x.known && x.currency == d.Currency && math.Abs(x.n-*l.Values[i]) < 1e-6
		}
		shown := q
		shown.name = l.Name
		if err != nil || !found {
			c.fail(shown, "day "+day.String()+" of a chart", dashboards.ValueOutput{Num: l.Values[i]}, list, err)
			continue
		}
		c.count(shown, "chart")
	}
}
