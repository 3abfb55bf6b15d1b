package sales

import (
	"cmp"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// lines builds series on a grid: add puts an amount on a day of a subject.
type lines struct {
	r      *dailyRequest
	grid   map[int64][]fact.Point
	unit   string
	by     map[int64][]*line // marketplace → by number of the SKU; at 0 the marketplace itself
	money  bool
	byMkt  map[int64]core.Currency
	noSKUs bool // subjects are marketplaces
}

// line is one series; one that mixes currencies has no honest sum and is dropped.
type line struct {
	fact.Series
	mixed bool
}

func (r *dailyRequest) newLines(grid map[int64][]fact.Point, unit string) *lines {
	l := &lines{r: r, grid: grid, unit: unit, by: map[int64][]*line{}, byMkt: map[int64]core.Currency{}}
	l.money = unit == ""
	for id, code := range r.n.mkts {
		mp, _ := core.MarketplaceByCode(code)
		l.byMkt[id] = mp.Currency
	}
	return l
}

// of is the series of a subject, made of zeros at first.
func (l *lines) of(k marketSKU) *line {
	list := l.by[k.mkt]
	if list == nil {
		list = make([]*line, l.r.v.top+1)
		l.by[k.mkt] = list
	}
	if list[k.sku] != nil {
		return list[k.sku]
	}
	subject := l.r.n.mkts[k.mkt]
	if !l.noSKUs {
		subject = l.r.v.subjects(k.mkt, []int64{k.sku})[0]
	}
	s := &line{Series: fact.Series{Name: l.r.series, Subject: subject, Unit: l.unit, Points: slices.Clone(l.grid[k.mkt])}}
	if l.money {
		s.Unit = string(l.byMkt[k.mkt])
		for i := range s.Points {
			s.Points[i].Money.Currency = l.byMkt[k.mkt]
		}
	}
	list[k.sku] = s
	return s
}

// at finds the point of a day; mostly days follow each other.
func (s *line) at(d core.Day) *fact.Point {
	if len(s.Points) == 0 {
		return nil
	}
	i := int(d - s.Points[0].Day)
	if i < 0 || i >= len(s.Points) || s.Points[i].Day != d {
		found := false
		i, found = slices.BinarySearchFunc(s.Points, d, func(p fact.Point, d core.Day) int { return cmp.Compare(p.Day, d) })
		if !found {
			return nil
		}
	}
	return &s.Points[i]
}

// add adds n to a day. currency is the number of its currency, where n is money.
func (l *lines) add(k marketSKU, d core.Day, n, currency int64) {
	s := l.of(k)
	p := s.at(d)
	if p == nil {
		return
	}
	if !l.money {
		p.Num += float64(n)
		return
	}
	if n == 0 {
		return
	}
	c := core.Currency(l.r.n.words[currency])
	if p.Money.Currency != "" && p.Money.Currency != c {
		s.mixed = true
		return
	}
	p.Money = core.Money{Minor: p.Money.Minor + n, Currency: c}
	p.Num = p.Money.Major()
}

func (l *lines) done() []fact.Series {
	var out []fact.Series
	for _, list := range l.by {
		for _, s := range list {
			if s != nil && !s.mixed && len(s.Points) > 0 {
				out = append(out, s.Series)
			}
		}
	}
	slices.SortFunc(out, func(a, b fact.Series) int { return cmp.Compare(a.Subject, b.Subject) })
	return out
}

// open makes the series that are there even if nothing happens: the subject, or the catalog's items.
func (l *lines) open() {
	if l.r.sku != 0 {
		l.of(marketSKU{l.r.mkt, l.r.sku})
		return
	}
	for mkt, mi := range l.r.v.index(l.r.items) {
		if l.r.mkt != 0 && mkt != l.r.mkt {
			continue
		}
		for sku, listed := range mi.listed {
			if listed {
				l.of(marketSKU{mkt, int64(sku)})
			}
		}
	}
}

// wholeMarkets makes the subjects marketplaces; orders from elsewhere belong to none.
func (l *lines) wholeMarkets() {
	l.noSKUs = true
	for mkt := range l.grid {
		if code := l.r.n.mkts[mkt]; l.r.mkt == 0 && (code == core.NonAmazon || code == "") {
			delete(l.grid, mkt)
		}
	}
}

func (l *lines) wants(sku int64) bool { return l.r.sku == 0 || l.r.sku == sku }
