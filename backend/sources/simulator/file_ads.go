package simulator

import (
	"bytes"
	"cmp"
	"math"
	"slices"

	"github.com/xuri/excelize/v2"

	"purser/backend/core"
)

// adKind is one of the four Sponsored Products reports.
type adKind struct {
	file    string
	sheet   string
	columns func() []string
	key     func(r adRow) [5]string // what a row of the report is about
}

func adKinds() []adKind {
	return []adKind{
		{"sp-search-term", "Sponsored_Products_Search_term", searchTermColumns, func(r adRow) [5]string {
			t := r.term
			return [5]string{t.campaign.name, t.target, t.match, t.text}
		}},
		{"sp-targeting", "Sponsored_Products_Targeting", targetingColumns, func(r adRow) [5]string {
			return [5]string{r.term.campaign.name, r.term.target, r.term.match}
		}},
		{"sp-advertised-product", "Sponsored_Products_Advertised", advertisedColumns, func(r adRow) [5]string {
			return [5]string{r.term.campaign.name, string(r.term.offer.sku)}
		}},
		{"sp-campaign", "Sponsored_Products_Campaign", campaignColumns, func(r adRow) [5]string {
			return [5]string{r.term.campaign.name}
		}},
	}
}

func resultColumns() []string {
	// The trailing spaces are Amazon's.
	return []string{
		"Spend", "7 Day Total Sales ", "Total Advertising Cost of Sales (ACOS) ", "Total Return on Advertising Spend (ROAS)",
		"7 Day Total Orders (#)", "7 Day Total Units (#)", "7 Day Conversion Rate", "7 Day Advertised SKU Units (#)",
		"7 Day Other SKU Units (#)", "7 Day Advertised SKU Sales ", "7 Day Other SKU Sales ",
	}
}

func clickColumns() []string {
	return []string{"Impressions", "Clicks", "Click-Thru Rate (CTR)", "Cost Per Click (CPC)"}
}

func adGroupColumns() []string {
	return []string{"Date", "Portfolio name", "Currency", "Campaign Name", "Ad Group Name", "Retailer", "Country"}
}

func searchTermColumns() []string {
	return slices.Concat(adGroupColumns(), []string{"Targeting", "Match Type", "Customer Search Term"}, clickColumns(), resultColumns())
}

func targetingColumns() []string {
	return slices.Concat(adGroupColumns(), []string{"Targeting", "Match Type", "Impressions", "Top-of-search Impression Share"}, clickColumns()[1:], resultColumns())
}

func advertisedColumns() []string {
	return slices.Concat(adGroupColumns(), []string{"Advertised SKU", "Advertised ASIN"}, clickColumns(), resultColumns())
}

func campaignColumns() []string {
	return []string{
		"Date", "Portfolio name", "Program Type", "Campaign Name", "Retailer", "Country", "Status", "Currency", "Budget Amount",
		"Targeting Type", "Bidding strategy", "Impressions", "Last Year Impressions", "Clicks", "Last Year Clicks",
		"Click-Thru Rate (CTR)", "Spend", "Last Year Spend", "Cost Per Click (CPC)", "7 Day Total Orders (#)",
		"Total Advertising Cost of Sales (ACOS) ", "Total Return on Advertising Spend (ROAS)", "7 Day Total Sales ",
	}
}

// adFiles are the four reports: monthly for the older past, every Monday of the last five
// weeks with 14 days each, and today's with 14 days; the newest search terms as a workbook.
func (s *Seller) adFiles(m *store) []document {
	var docs []document
	add := func(p core.Period, at core.Day, workbook bool) {
		for _, k := range adKinds() {
			d := document{fileName(k.file, m, at, "csv"), download(at), func() []byte { return s.adCSV(m, k, p, at) }}
			if workbook && k.file == "sp-search-term" {
				d = document{fileName(k.file, m, at, "xlsx"), download(at), func() []byte { return s.adBook(m, k, p, at) }}
			}
			docs = append(docs, d)
		}
	}
	weekly := mondays(s.asOf-35, s.asOf-1)
	until := weekly[0] - 14
	for d := s.ads.from; d < until; d = nextMonth(d) {
		to := min(nextMonth(d), until) - 1
		add(core.Period{From: d, To: to}, min(to+9, s.asOf), false)
	}
	for _, d := range weekly {
		add(core.LastDays(d-1, 14), d, false)
	}
	add(core.LastDays(s.asOf-1, 14), s.asOf, true)
	return docs
}

// adLine is one row of a report: the rows of a day with the same key added up.
type adLine struct {
	key         [5]string
	day         core.Day
	term        *term
	impressions int32
	clicks      int32
	spend       int64
	orders      int32
	sales       int64
}

// adLines adds a day's rows up by the key of the report, with the orders known on the morning of at.
func (s *Seller) adLines(m *store, k adKind, d, at core.Day) []*adLine {
	index := map[[5]string]*adLine{}
	var out []*adLine
	for _, r := range s.ads.rowsOn(m, d) {
		if k.file == "sp-search-term" && r.clicks == 0 {
			continue // only terms that were clicked are reported
		}
		key := k.key(r)
		l := index[key]
		if l == nil {
			l = &adLine{key: key, day: d, term: r.term}
			index[key] = l
			out = append(out, l)
		}
		orders := r.ordersKnown(d, s.attributed(int(at-d)))
		l.impressions += r.impressions
		l.clicks += r.clicks
		l.spend += r.spend
		l.orders += orders
		l.sales += int64(orders) * r.term.offer.priceOn(d)
	}
	slices.SortStableFunc(out, func(a, b *adLine) int {
		for i := range a.key {
			if c := cmp.Compare(a.key[i], b.key[i]); c != 0 {
				return c
			}
		}
		return 0
	})
	return out
}

func (s *Seller) adCSV(m *store, k adKind, p core.Period, at core.Day) []byte {
	t := newCSV(k.columns()...)
	s.adRows(t, m, k, p, at)
	return t.buf
}

func (s *Seller) adRows(w rowWriter, m *store, k adKind, p core.Period, at core.Day) {
	for d := p.From; d <= p.To; d++ {
		for _, l := range s.adLines(m, k, d, at) {
			if k.file == "sp-campaign" {
				l.campaign(w)
			} else {
				l.write(w, k.file)
			}
			w.end()
		}
	}
}

func country(m *store) string {
	if m.germany() {
		return "Germany"
	}
	return "United States"
}

func (l *adLine) write(w rowWriter, kind string) {
	c := l.term.campaign
	for _, v := range []string{l.day.String(), c.portfolio(), string(c.store.Currency), c.name, c.adGroup(), "Amazon", country(c.store)} {
		w.text(v)
	}
	switch kind {
	case "sp-search-term":
		w.text(l.term.target)
		w.text(l.term.match)
		w.text(l.term.text)
	case "sp-targeting":
		w.text(l.term.target)
		w.text(l.term.match)
	default:
		w.text(string(l.term.offer.sku))
		w.text(string(l.term.offer.asin))
	}
	w.count(int64(l.impressions))
	if kind == "sp-targeting" {
		w.share(0.02+float64(l.clicks%7)/50, 2)
	}
	w.count(int64(l.clicks))
	optional(w, ratioOf(float64(l.clicks), float64(l.impressions)), true, 4)
	optional(w, ratioOf(float64(l.spend)/100, float64(l.clicks)), false, 2)
	w.money(l.spend)
	w.money(l.sales)
	optional(w, ratioOf(float64(l.spend), float64(l.sales)), true, 2)
	optional(w, ratioOf(float64(l.sales), float64(l.spend)), false, 2)
	w.count(int64(l.orders))
	w.count(int64(l.orders))
	optional(w, ratioOf(float64(l.orders), float64(l.clicks)), true, 2)
	w.count(int64(l.orders))
	w.count(0)
	w.money(l.sales)
	w.money(0)
}

// optional writes a ratio; nothing where it is undefined, as Amazon does.
func optional(w rowWriter, v float64, share bool, dec int) {
	switch {
	case math.IsNaN(v):
		w.text("")
	case share:
		w.share(v, dec)
	default:
		w.ratio(v, dec)
	}
}

func (l *adLine) campaign(w rowWriter) {
	c, targeting := l.term.campaign, "Manual"
	if c.auto {
		targeting = "Automatic"
	}
	for _, v := range []string{l.day.String(), c.portfolio(), "Sponsored Products", c.name, "Amazon", country(c.store), "ENABLED", string(c.store.Currency)} {
		w.text(v)
	}
	w.money(c.budget)
	w.text(targeting)
	w.text("Dynamic bids - down only")
	w.count(int64(l.impressions))
	w.text("")
	w.count(int64(l.clicks))
	w.text("")
	optional(w, ratioOf(float64(l.clicks), float64(l.impressions)), true, 4)
	w.money(l.spend)
	w.text("")
	optional(w, ratioOf(float64(l.spend)/100, float64(l.clicks)), false, 2)
	w.count(int64(l.orders))
	optional(w, ratioOf(float64(l.spend), float64(l.sales)), true, 2)
	optional(w, ratioOf(float64(l.sales), float64(l.spend)), false, 2)
	w.money(l.sales)
}

// book writes the rows of a workbook.
type book struct {
	stream *excelize.StreamWriter
	row    int
	cells  []any
	err    error
}

func (b *book) text(v string)            { b.cells = append(b.cells, v) }
func (b *book) count(v int64)            { b.cells = append(b.cells, v) }
func (b *book) money(minor int64)        { b.cells = append(b.cells, float64(minor)/100) }
func (b *book) ratio(v float64, dec int) { b.cells = append(b.cells, rounded(v, dec)) }
func (b *book) share(v float64, dec int) { b.cells = append(b.cells, rounded(v, dec+2)) }

func rounded(v float64, dec int) float64 {
	p := math.Pow10(dec)
	return math.Round(v*p) / p
}

func (b *book) end() {
	b.row++
	cell, err := excelize.CoordinatesToCellName(1, b.row)
	if err == nil {
		err = b.stream.SetRow(cell, b.cells)
	}
	b.err = cmp.Or(b.err, err)
	b.cells = b.cells[:0]
}

// adBook is the same report as a workbook; ratios are fractions in it, not percentages.
func (s *Seller) adBook(m *store, k adKind, p core.Period, at core.Day) []byte {
	f := excelize.NewFile()
	if err := f.SetSheetName("Sheet1", k.sheet); err != nil {
		return nil
	}
	stream, err := f.NewStreamWriter(k.sheet)
	if err != nil {
		return nil
	}
	b := &book{stream: stream}
	for _, c := range k.columns() {
		b.text(c)
	}
	b.end()
	s.adRows(b, m, k, p, at)
	var out bytes.Buffer
	if b.err != nil || stream.Flush() != nil || f.Write(&out) != nil {
		return nil
	}
	return out.Bytes()
}
