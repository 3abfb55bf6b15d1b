package dashboards_test

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/page"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
	"purser/backend/services/dashboards"
)

// day parses a date of a test.
func day(text string) core.Day {
	d, err := core.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

// today is the as-of day of most tests, a Wednesday.
var today = day("2026-11-25")

// happened is something that a base measure counts.
type happened struct {
	measure, subject string
	day              core.Day
	n                int64
}

// modules is a made-up set of modules: what happened, what is known of which days, and facts.
type modules struct {
	defs     []fact.Definition
	measures []fact.Measure
	pages    map[string]page.Page

	events  []happened
	known   map[string]core.Period // "sales.sales DE", else "DE", else all days; the empty period: none
	missing map[string]string      // "sales.cogs US/A" → why
	facts   map[string]map[string]fact.Value
	down    map[string]string // module → why it is not running
	series  map[string][]fact.Series
	rows    func(fact.RowsQuery) (fact.Rows, error)
	list    func(fact.RowsQuery) (fact.Rows, error)
	chart   func(page.ChartQuery) (page.Data, error)
	version int64
	asked   []fact.MeasureQuery
	// shared, if not nil, is the memory that all frames take their subjects from.
	shared []string
}

func moduleOf(name string) string {
	m, _, _ := strings.Cut(name, ".")
	return m
}

func (m *modules) refuse(name string) error {
	if why := m.Reason(name); why != "" {
		return core.Unavailable(moduleOf(name), why, nil)
	}
	return nil
}

func (m *modules) Definitions() []fact.Definition { return m.defs }
func (m *modules) Measures() []fact.Measure       { return m.measures }
func (m *modules) Version() int64                 { return m.version }
func (m *modules) Reason(name string) string      { return m.down[moduleOf(name)] }

func (m *modules) Columns(_ context.Context, q fact.Query) ([]fact.Column, error) {
	var out []fact.Column
	for _, n := range slices.Sorted(maps.Keys(m.facts)) {
		if !q.Wants(n) || m.Reason(n) != "" {
			continue
		}
		c := fact.Column{Name: n, Values: map[string]fact.Value{}}
		for id, v := range m.facts[n] {
			if q.Subject == "" || q.Subject == id {
				c.Values[id] = v
			}
		}
		out = append(out, c)
	}
	return out, nil
}

// kindOf tells the kinds of subject of these tests apart by their form.
func kindOf(id string) fact.SubjectKind {
	switch _, rest := fact.SplitID(id); {
	case rest == "":
		return fact.Marketplace
	case strings.Contains(rest, "/"):
		return fact.SearchTerm
	case strings.HasPrefix(rest, "Campaign"):
		return fact.Campaign
	}
	return fact.SKU
}

func (m *modules) knows(measure, market string) core.Period {
	for _, key := range []string{measure + " " + market, market} {
		if p, ok := m.known[key]; ok {
			return p
		}
	}
	return core.Period{From: 1, To: today - 1}
}

func (m *modules) Frame(_ context.Context, q fact.MeasureQuery) (fact.Frame, error) {
	m.asked = append(m.asked, q)
	if err := m.refuse(q.Names[0]); err != nil {
		return fact.Frame{}, err
	}
	sums, missing := map[string]map[string]int64{}, map[string]map[string]string{}
	for _, n := range q.Names {
		sums[n], missing[n] = map[string]int64{}, map[string]string{}
	}
	seen := map[string]bool{}
	for _, e := range m.events {
		market, _ := fact.SplitID(e.subject)
		if sums[e.measure] == nil || kindOf(e.subject) != q.Kind || !q.Period.Contains(e.day) || !m.knows(e.measure, market).Contains(e.day) {
			continue
		}
		sums[e.measure][e.subject] += e.n
		seen[e.subject] = true
	}
	for key, why := range m.missing {
		name, subject, _ := strings.Cut(key, " ")
		if missing[name] != nil && kindOf(subject) == q.Kind {
			missing[name][subject] = why
			seen[subject] = true
		}
	}
	f := fact.Frame{Subjects: slices.Sorted(maps.Keys(seen))}
	if n := len(f.Subjects); n <= len(m.shared) && slices.Equal(f.Subjects, m.shared[:n]) {
		f.Subjects = m.shared[:n]
	}
	for _, n := range q.Names {
		c := fact.FrameColumn{Name: n, Cover: map[string]fact.Cover{}, Source: "orders"}
		for i, s := range f.Subjects {
			c.Values = append(c.Values, sums[n][s])
			if why := missing[n][s]; why != "" {
				if c.Missing == nil {
					c.Missing = make([]bool, len(f.Subjects))
				}
				c.Missing[i], c.MissingNote = true, why
			}
		}
		for _, market := range core.Marketplaces() {
			k := m.knows(n, market.Code)
			p := core.Period{From: max(k.From, q.Period.From), To: min(k.To, q.Period.To)}
			if p.Days() > 0 {
				c.Cover[market.Code] = fact.Cover{Days: p.Days(), Through: p.To, Maturity: fact.Fresh}
			}
		}
		f.Columns = append(f.Columns, c)
	}
	return f, nil
}

func (m *modules) Daily(_ context.Context, series, subject string, p core.Period, _ core.Day) ([]fact.Series, error) {
	if err := m.refuse(series); err != nil {
		return nil, err
	}
	var out []fact.Series
	for _, s := range m.series[series] {
		if subject != "" && s.Subject != subject {
			continue
		}
		s.Points = slices.DeleteFunc(slices.Clone(s.Points), func(x fact.Point) bool { return !p.Contains(x.Day) })
		out = append(out, s)
	}
	return out, nil
}

func (m *modules) Rows(_ context.Context, q fact.RowsQuery) (fact.Rows, error) {
	if m.rows == nil {
		return fact.Rows{}, errors.New("no rows in this test")
	}
	return m.rows(q)
}

func (m *modules) List(_ context.Context, q fact.RowsQuery) (fact.Rows, error) {
	if m.list == nil {
		return fact.Rows{}, errors.New("no lists in this test")
	}
	return m.list(q)
}

func (m *modules) Chart(_ context.Context, _ string, q page.ChartQuery) (page.Data, error) {
	if m.chart == nil {
		return page.Data{}, errors.New("no charts in this test")
	}
	return m.chart(q)
}

func (m *modules) PageOf(module string) (page.Page, string, string, bool) {
	p, ok := m.pages[module]
	if why := m.down[module]; why != "" {
		return p, "failed", why, ok
	}
	return p, "running", "", ok
}

// account is a made-up account.
type account struct {
	day     core.Day
	markets []string
	titles  map[string]string // of SKUs
	marks   map[string]dashboards.Marks
	kinds   []dashboards.Kind
	late    []dashboards.Late
	events  []dashboards.Event
	tasks   []dashboards.Task
	err     error
}

func (a *account) Today() core.Day { return a.day }

func (a *account) Marketplaces() []core.Marketplace {
	var out []core.Marketplace
	for _, code := range a.markets {
		m, _ := core.MarketplaceByCode(code)
		out = append(out, m)
	}
	return out
}

func (a *account) Label(subject string) string {
	if t := a.titles[subject]; t != "" {
		return t
	}
	_, rest := fact.SplitID(subject)
	return rest
}

func (a *account) Item(_ context.Context, subject string) (dashboards.Item, bool) {
	t, ok := a.titles[subject]
	_, sku := fact.SplitID(subject)
	return dashboards.Item{SKU: sku, ASIN: "B0" + sku, Title: t}, ok
}

func (a *account) Marks(context.Context) (map[string]dashboards.Marks, error) { return a.marks, a.err }

func (a *account) Kinds(context.Context) ([]dashboards.Kind, error) { return a.kinds, a.err }

func (a *account) Late(context.Context) ([]dashboards.Late, error) { return a.late, a.err }

func (a *account) KindTitle(kind string) string { return "Report of " + kind }

func (a *account) Tasks(context.Context) ([]dashboards.Task, error) { return a.tasks, a.err }

func (a *account) Files(_ context.Context, ids []int64) (map[int64]dashboards.File, error) {
	out := map[int64]dashboards.File{}
	for _, id := range ids {
		out[id] = dashboards.File{Name: "file.txt", Kind: "Report of orders"}
	}
	return out, a.err
}

func (a *account) Events(_ context.Context, subject string) ([]dashboards.Event, error) {
	var out []dashboards.Event
	for _, e := range a.events {
		if subject == "" || e.Subject == subject {
			out = append(out, e)
		}
	}
	return out, a.err
}

// desk is a service on made-up modules and a real ledger.
type desk struct {
	*dashboards.Service
	m   *modules
	a   *account
	dir string
	// changed is told of views and rates; may be nil.
	changed func()
}

// base declares a base measure of SKUs and marketplaces.
func base(name, title string, t fact.Type, better string, kinds ...fact.SubjectKind) fact.Measure {
	if len(kinds) == 0 {
		kinds = []fact.SubjectKind{fact.SKU, fact.Marketplace}
	}
	_, short, _ := strings.Cut(name, ".")
	return fact.Measure{
		Definition: fact.Definition{Name: name, Title: title, Type: t, Better: better, Meaning: title, Formula: "counted", Sources: []string{"orders"}},
		Kinds:      kinds,
		Series:     map[fact.SubjectKind]string{fact.SKU: name, fact.Marketplace: moduleOf(name) + ".market_" + short},
	}
}

func quotient(name, title string, t fact.Type, better, num, den string, factor float64) fact.Measure {
	return fact.Measure{Definition: fact.Definition{Name: name, Title: title, Type: t, Better: better, Formula: num + " ÷ " + den}, Num: num, Den: den, Factor: factor}
}

func measures() []fact.Measure {
	return []fact.Measure{
		base("sales.sales", "Sales", fact.Money, "up"),
		base("sales.units", "Units", fact.Count, "up"),
		base("sales.cogs", "Cost of goods", fact.Money, "down"),
		base("sales.sessions", "Sessions", fact.Count, "up"),
		base("advertising.spend", "Ad spend", fact.Money, "", fact.SKU, fact.Marketplace, fact.Campaign, fact.SearchTerm),
		base("advertising.orders", "Ad orders", fact.Count, "up", fact.Campaign, fact.SearchTerm),
		{
			Definition: fact.Definition{Name: "sales.profit", Title: "Profit", Type: fact.Money, Better: "up", Formula: "sales − cost − ads"},
			Terms: []fact.Term{
				{Name: "sales.sales", Sign: 1},
				{Name: "sales.cogs", Sign: -1},
				{Name: "advertising.spend", Sign: -1, Optional: true},
			},
		},
		quotient("sales.margin", "Margin", fact.Ratio, "up", "sales.profit", "sales.sales", 0),
		quotient("sales.tacos", "TACoS", fact.Ratio, "down", "advertising.spend", "sales.sales", 0),
		quotient("sales.average_price", "Average price", fact.Money, "", "sales.sales", "sales.units", 0),
		quotient("sales.unit_session_pct", "Unit session %", fact.Percent, "up", "sales.units", "sales.sessions", 100),
	}
}

func definitions() []fact.Definition {
	sku := func(name, title string, t fact.Type, unit string, adds bool, parts ...string) fact.Definition {
		return fact.Definition{
			Name: "inventory." + name, Title: title, Subject: fact.SKU, Type: t, Unit: unit, Adds: adds, Parts: parts, Sources: []string{"stock"}, Meaning: title, Formula: "read",
		}
	}
	market := func(name string, t fact.Type, better string, parts ...string) fact.Definition {
		return fact.Definition{Name: "inventory." + name, Subject: fact.Marketplace, Type: t, Better: better, Parts: parts, Sources: []string{"stock"}}
	}
	return []fact.Definition{
		{Name: "sales.price", Title: "Price", Subject: fact.SKU, Type: fact.Money, Sources: []string{"orders"}},
		sku("on_hand", "On hand", fact.Count, "units", true),
		sku("stock_value", "Stock value", fact.Money, "", true, "inventory.on_hand"),
		sku("cover_days", "Cover", fact.Number, "days", false, "inventory.on_hand", "sales.units", "inventory.lead", "inventory.nothing"),
		sku("state", "State", fact.Text, "", false),
		sku("low", "Low", fact.Flag, "", false),
		market("total", fact.Count, "up"),
		market("tied_up", fact.Money, ""),
		market("lead", fact.Number, "down"),
		market("word", fact.Text, ""),
		market("low_count", fact.Count, "down", "inventory.low"),
		{Name: "inventory.own", Subject: fact.Account, Type: fact.Count},
	}
}

// skuTable is the table that most tests ask for.
func skuTable() page.Table {
	return page.Table{
		Name: "skus", Title: "SKUs", Subject: fact.SKU, Columns: []string{"sales.sales", "sales.units", "inventory.on_hand"}, Sort: "sales.sales", Desc: true,
		Groups: []string{"marketplace", "tag", "group", "inventory.state", "inventory.low"},
		Presets: []page.Preset{
			{Name: "low", Title: "Low stock", Filters: []page.Filter{{Column: "inventory.on_hand", Op: page.Less, Value: "10"}}, Columns: []string{"inventory.on_hand"}, Sort: "inventory.on_hand"},
		},
	}
}

func pages() map[string]page.Page {
	return map[string]page.Page{
		"sales": {
			Title: "Sales", Question: "What was sold?",
			Tiles: []page.Tile{{Name: "sales.sales", Table: "skus"}, {Name: "sales.units"}, {Name: "sales.profit"}, {Name: "sales.margin", Title: "Margin of all"}},
			Tables: []page.Table{skuTable(), {
				Name: "sales.orders", Title: "Orders", List: true, Columns: []string{"order", "amount"}, Sort: "order", Desc: true,
			}},
		},
		"inventory": {Title: "Inventory", Question: "What is left?", Tables: []page.Table{skuTable()}},
		"advertising": {Title: "Ads", Question: "Is money wasted?", Tables: []page.Table{
			{Name: "campaigns", Title: "Campaigns", Subject: fact.Campaign, Columns: []string{"advertising.spend", "advertising.orders"}, Sort: "advertising.spend", Desc: true},
		}},
	}
}

// newDesk opens a service; what is to differ from an empty account in the US and Germany is set before.
func newDesk(t *testing.T, set ...func(*desk)) *desk {
	t.Helper()
	d := &desk{
		m: &modules{
			defs: definitions(), measures: measures(), pages: pages(), known: map[string]core.Period{}, missing: map[string]string{},
			facts: map[string]map[string]fact.Value{}, down: map[string]string{}, series: map[string][]fact.Series{}, version: 1,
		},
		a:   &account{day: today, markets: []string{"US", "DE"}, titles: map[string]string{}, marks: map[string]dashboards.Marks{}},
		dir: t.TempDir(),
	}
	for _, f := range set {
		f(d)
	}
	d.open(t)
	return d
}

// open opens the service on the desk's ledger, as a start of the program does.
func (d *desk) open(t *testing.T) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(d.dir, "ledger.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	d.Service, err = dashboards.New(t.Context(), dashboards.Options{
		Modules: d.m, Account: d.a, Ledger: db, Clock: clock.Fixed(time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)), Out: filepath.Join(d.dir, "exports"),
		Changed: d.changed,
	})
	if err != nil {
		t.Fatal(err)
	}
}

// on says that n happened to a subject on the day before today.
func (d *desk) on(measure, subject string, n int64) { d.at(measure, subject, today-1, n) }

func (d *desk) at(measure, subject string, on core.Day, n int64) {
	d.m.events = append(d.m.events, happened{measure, subject, on, n})
}

// give sets a fact.
func (d *desk) give(name, subject string, v fact.Value) {
	if d.m.facts[name] == nil {
		d.m.facts[name] = map[string]fact.Value{}
	}
	if v.Maturity == "" {
		v.Maturity = fact.Fresh
	}
	d.m.facts[name][subject] = v
}

// skus says that the subjects exist, with a number on hand.
func (d *desk) skus(ids ...string) {
	for i, id := range ids {
		d.give("inventory.on_hand", id, fact.Value{Num: float64(i)})
		d.give("sales.price", id, absent("not sold yet"))
		d.a.titles[id] = "Title of " + id
	}
}

func num(n float64) fact.Value { return fact.Value{Num: n} }

func text(s string) fact.Value { return fact.Value{Text: s} }

func flag(b bool) fact.Value { return fact.Value{Flag: b} }

func money(minor int64, c core.Currency) fact.Value {
	return fact.Value{Money: core.Money{Minor: minor, Currency: c}}
}

func absent(why string) fact.Value { return fact.Value{Maturity: fact.Missing, Note: why} }

// yesterday is the view of the one day on which most things of these tests happen.
func yesterday(codes ...string) dashboards.ViewInput {
	return dashboards.ViewInput{Scope: dashboards.ScopeInput{Marketplaces: codes}, Range: dashboards.RangeInput{Preset: "yesterday", Compare: "none"}}
}

// table asks for the SKUs of the inventory page, as of yesterday.
func (d *desk) table(t *testing.T, change func(*dashboards.TableInput)) dashboards.TableOutput {
	t.Helper()
	out, err := d.Table(t.Context(), tableInput(change))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func tableInput(change func(*dashboards.TableInput)) dashboards.TableInput {
	in := dashboards.TableInput{Page: "inventory", Table: "skus", View: yesterday(), Sort: "subject", Limit: 200}
	if change != nil {
		change(&in)
	}
	return in
}

// texts are the cells of a row, or of totals.
func texts(cells []dashboards.ValueOutput) []string {
	out := make([]string, 0, len(cells))
	for _, c := range cells {
		out = append(out, c.Text)
	}
	return out
}

// labels are the rows in their order: SKUs and the titles of groups.
func labels(out dashboards.TableOutput) []string {
	got := make([]string, 0, len(out.Rows))
	for _, r := range out.Rows {
		if r.Kind == "group" {
			got = append(got, "["+r.Label+"]")
		} else {
			got = append(got, r.Subject)
		}
	}
	return got
}

// invalid checks that an error tells a person what is wrong.
func invalid(t *testing.T, what string, err error, words ...string) {
	t.Helper()
	refused(t, what, core.CodeInvalid, err, words...)
}

func refused(t *testing.T, what, code string, err error, words ...string) {
	t.Helper()
	var e *core.Error
	if !errors.As(err, &e) || e.Code != code {
		t.Errorf("%s: got %v, want an error of the kind %s", what, err, code)
		return
	}
	for _, w := range words {
		if !strings.Contains(e.Error(), w) {
			t.Errorf("%s: %q does not mention %q", what, e.Error(), w)
		}
	}
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

// withTiles is a page of tiles.
func withTiles(names ...string) page.Page {
	p := page.Page{Title: "Page", Tables: []page.Table{skuTable()}}
	for _, n := range names {
		p.Tiles = append(p.Tiles, page.Tile{Name: n})
	}
	return p
}
