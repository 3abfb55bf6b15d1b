package sellercentral

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/sellercentral/internal/parse"
	"purser/backend/sources/sellercentral/internal/table"
)

// profile is what the cells of a file say about how it is written and where it belongs.
type profile struct {
	decimal    parse.Decimal
	dates      parse.Dates
	symbols    map[string]bool // currency signs beside amounts
	currencies map[core.Currency]bool
	places     map[string]bool
	market     int // cell that names the marketplace; -1: none
	currency   int
}

// enoughRows is how many rows are read for the marketplace once everything else is sure.
const enoughRows = 2000

// readProfile reads rows until the style is proven, or all if it never is.
func readProfile(ctx context.Context, rd table.Reader, sp spec, b binding) (*profile, error) {
	p := &profile{
		symbols: map[string]bool{}, currencies: map[core.Currency]bool{}, places: map[string]bool{}, market: -1, currency: -1,
	}
	var money, when []int
	for i, c := range sp.columns {
		at := b.at[i]
		switch {
		case at < 0:
		case c.sort == amounts:
			money = append(money, at)
		case c.sort == dates:
			when = append(when, at)
		case c.market:
			p.market = at
		case c.currency:
			p.currency = at
		}
	}
	all := newStores()
	for n := 0; ; n++ {
		fields, line, err := rd.Next()
		if errors.Is(err, io.EOF) {
			return p, nil
		}
		if err != nil {
			return p, fmt.Errorf("line %d: %w", line, err)
		}
		if line <= b.line {
			continue
		}
		if n&4095 == 4095 && ctx.Err() != nil {
			return p, ctx.Err()
		}
		p.add(fields, money, when, all)
		if n >= enoughRows && (len(money) == 0 || p.decimal.Sure()) && (len(when) == 0 || !p.dates.Seen() || p.dates.Order() != "") {
			return p, nil
		}
	}
}

func (p *profile) add(fields [][]byte, money, when []int, all *stores) {
	for _, at := range money {
		if at < len(fields) && len(fields[at]) > 0 {
			p.decimal.Add(fields[at])
			p.symbol(fields[at])
		}
	}
	for _, at := range when {
		if at < len(fields) && len(fields[at]) > 0 {
			p.dates.Add(parse.Trim(fields[at]))
		}
	}
	if p.market >= 0 && p.market < len(fields) {
		if st := all.named(parse.Trim(fields[p.market])); st != nil && st.code != core.NonAmazon {
			p.places[st.code] = true
		}
	}
	if p.currency >= 0 && p.currency < len(fields) {
		if c := core.Currency(strings.ToUpper(string(parse.Trim(fields[p.currency])))); knownCurrency(c) {
			p.currencies[c] = true
		}
	}
}

// symbol notes the sign or code before or after an amount.
func (p *profile) symbol(b []byte) {
	if b[0] >= '0' && b[0] <= '9' && b[len(b)-1] >= '0' && b[len(b)-1] <= '9' {
		return
	}
	s := strings.TrimFunc(string(b), func(r rune) bool {
		return (r >= '0' && r <= '9') || strings.ContainsRune(" .,-+()−%\u00a0\u202f", r)
	})
	if s != "" && len(s) <= 6 && len(p.symbols) < 100 {
		p.symbols[strings.ToUpper(s)] = true
	}
}

// money is the currency all amounts of the file are in, as far as signs or a column tell.
// A bare $ is the US dollar unless another dollar stands beside it.
func (p *profile) money() core.Currency {
	var found core.Currency
	for c := range p.currencies {
		if found != "" {
			return ""
		}
		found = c
	}
	if found != "" || len(p.symbols) != 1 {
		return found
	}
	for s := range p.symbols {
		found = currencyOfSign(s)
	}
	return found
}

func currencyOfSign(s string) core.Currency {
	switch s {
	case "$", "US$":
		return "USD"
	case "MX$":
		return "MXN"
	case "C$", "CA$", "CDN$":
		return "CAD"
	case "A$", "AU$":
		return "AUD"
	case "S$", "SG$":
		return "SGD"
	case "R$":
		return "BRL"
	case "£":
		return "GBP"
	case "€":
		return "EUR"
	case "¥", "￥", "円":
		return "JPY"
	case "₹", "RS":
		return "INR"
	case "ZŁ":
		return "PLN"
	case "KR":
		return "SEK"
	case "TL", "₺":
		return "TRY"
	}
	if c := core.Currency(s); knownCurrency(c) {
		return c
	}
	return ""
}

// statedCurrency is the currency that the lines above the header name: "All amounts in USD, unless specified".
func statedCurrency(preamble []string) core.Currency {
	code := regexp.MustCompile(`\b[A-Z]{3}\b`)
	for _, line := range preamble {
		for _, word := range code.FindAllString(line, -1) {
			if knownCurrency(core.Currency(word)) {
				return core.Currency(word)
			}
		}
		if strings.Contains(line, "円") {
			return "JPY"
		}
	}
	return ""
}

// decided is how a file will be read.
type decided struct {
	style
	home     string
	currency core.Currency
	unsure   bool // the order of day and month needs the marketplace
}

// decide weighs the person's options, the file's own words and its marks, in this order.
func (p *profile) decide(o source.Options, b binding) decided {
	d := decided{currency: statedCurrency(b.preamble)}
	if d.currency == "" && p.currency < 0 {
		d.currency = p.money()
	}
	if m, ok := core.MarketplaceByCode(o.Marketplace); ok && o.Marketplace != "" {
		d.home = m.Code
	}
	if d.home == "" && len(p.places) == 1 {
		for code := range p.places {
			d.home = code
		}
	}
	if d.home == "" && len(p.places) == 0 {
		c := d.currency
		if c == "" {
			c = p.money()
		}
		d.home = storeOfCurrency(c)
	}
	d.comma = p.decimal.Comma()
	d.serial = b.sheetRows
	if d.order = p.order(o, d.home); d.order == "" {
		d.unsure = p.dates.Seen()
		d.order = parse.MonthFirst
	}
	return d
}

// order decides how dates in digits are read; "" if the file does not tell and no marketplace is known.
func (p *profile) order(o source.Options, home string) string {
	if o.DateOrder != "" {
		return o.DateOrder
	}
	if got := p.dates.Order(); got != "" && got != "?" {
		return got
	}
	left := p.dates.Left()
	if usual := dateOrderOf(home); usual != "" && (len(left) == 0 || slices.Contains(left, usual)) {
		return usual
	}
	for _, order := range left {
		if order != parse.YearFirst && home != "" {
			return order
		}
	}
	return ""
}
