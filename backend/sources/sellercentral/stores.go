package sellercentral

import (
	"strings"
	"time"

	"purser/backend/core"
)

// store is a marketplace with what reading rows of it needs at hand.
type store struct {
	code     string
	currency core.Currency
	loc      *time.Location
	// The current offset of the zone and the instants between which it holds.
	from, to, offset int64
}

// day is the calendar day of an instant in the store's zone.
func (s *store) day(unix int64) core.Day {
	if unix < s.from || unix >= s.to {
		s.turn(unix)
	}
	local := unix + s.offset
	d := local / 86400
	if local%86400 < 0 {
		d--
	}
	return core.Day(d)
}

// turn finds the zone's offset at an instant and how long it holds.
func (s *store) turn(unix int64) {
	t := time.Unix(unix, 0).In(s.loc)
	_, off := t.Zone()
	s.offset = int64(off)
	start, end := t.ZoneBounds()
	s.from, s.to = unix-1, unix+1
	if !start.IsZero() {
		s.from = start.Unix()
	}
	if !end.IsZero() {
		s.to = end.Unix()
	}
	if start.IsZero() && end.IsZero() {
		s.from, s.to = -1<<62, 1<<62
	}
}

// stores finds marketplaces by the names reports give them. It belongs to one reading.
type stores struct {
	byName map[string]*store
	byCode map[string]*store
	none   *store // where nothing says which
}

func newStores() *stores {
	return &stores{byName: map[string]*store{}, byCode: map[string]*store{}, none: &store{loc: time.UTC}}
}

// code gives the store of a marketplace code; the nameless one if there is none.
func (s *stores) code(code string) *store {
	if st, ok := s.byCode[code]; ok {
		return st
	}
	st := s.none
	switch m, ok := core.MarketplaceByCode(code); {
	case ok && code != "":
		st = &store{code: m.Code, currency: m.Currency, loc: m.Zone()}
	case code == core.NonAmazon:
		st = &store{code: code, loc: time.UTC}
	}
	s.byCode[code] = st
	return st
}

// named finds the store by domain, code, id, country or the names of the pseudo stores of
// multi-channel fulfilment; nil if it is none Purser knows.
func (s *stores) named(b []byte) *store {
	if st, ok := s.byName[string(b)]; ok {
		return st
	}
	var st *store
	if code := storeCode(string(b)); code != "" {
		st = s.code(code)
	}
	if len(s.byName) < 1000 {
		s.byName[string(b)] = st
	}
	return st
}

// storeCode is the code of a marketplace by any of its names; "" if it has none.
func storeCode(name string) string {
	low := strings.ToLower(strings.TrimSpace(name))
	if strings.HasPrefix(low, "non-amazon") || strings.HasPrefix(low, "non amazon") ||
		strings.HasPrefix(low, "si ") || strings.HasPrefix(low, "sim1.") || strings.HasPrefix(low, "si-prod") {
		return core.NonAmazon
	}
	if m, ok := core.MarketplaceByDomain(low); ok {
		return m.Code
	}
	if low == "amazon.jp" { // payments files write it so; orders write amazon.co.jp
		return "JP"
	}
	if m, ok := core.MarketplaceByCode(low); ok && len(low) == 2 {
		return m.Code
	}
	if m, ok := core.MarketplaceByID(core.MarketplaceID(strings.ToUpper(low))); ok {
		return m.Code
	}
	return countryCode(low)
}

// countryCode knows the countries as the advertising console writes them.
func countryCode(low string) string {
	switch low {
	case "united states", "united states of america", "usa":
		return "US"
	case "canada":
		return "CA"
	case "mexico", "méxico":
		return "MX"
	case "brazil", "brasil":
		return "BR"
	case "united kingdom", "great britain":
		return "UK"
	case "germany", "deutschland":
		return "DE"
	case "france":
		return "FR"
	case "italy", "italia":
		return "IT"
	case "spain", "españa":
		return "ES"
	case "netherlands", "nederland":
		return "NL"
	case "belgium", "belgië", "belgique":
		return "BE"
	case "ireland":
		return "IE"
	case "poland", "polska":
		return "PL"
	case "sweden", "sverige":
		return "SE"
	case "turkey", "türkiye":
		return "TR"
	case "united arab emirates":
		return "AE"
	case "saudi arabia":
		return "SA"
	case "egypt":
		return "EG"
	case "india":
		return "IN"
	case "south africa":
		return "ZA"
	case "japan", "日本":
		return "JP"
	case "australia":
		return "AU"
	case "singapore":
		return "SG"
	}
	return ""
}

// storeOfCurrency is the only marketplace that counts in a currency; "" if there are several or none.
func storeOfCurrency(c core.Currency) string {
	code := ""
	for _, m := range core.Marketplaces() {
		if m.Currency != c {
			continue
		}
		if code != "" {
			return ""
		}
		code = m.Code
	}
	return code
}

// knownCurrency says whether some marketplace counts in c.
func knownCurrency(c core.Currency) bool {
	for _, m := range core.Marketplaces() {
		if m.Currency == c {
			return true
		}
	}
	return false
}

// dateOrderOf is how a marketplace writes dates in digits (seller feedback files, October 2026).
func dateOrderOf(code string) string {
	switch code {
	case "":
		return ""
	case "US":
		return "mdy"
	case "JP", "SE":
		return "ymd"
	}
	return "dmy"
}
