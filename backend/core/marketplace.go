package core

import (
	"strings"
	"time"
)

// MarketplaceID is Amazon's identifier of a marketplace, such as "ATVPDKIKX0DER".
type MarketplaceID string

// SKU is the seller's own identifier of an offer (Amazon: seller SKU, merchant SKU, MSKU).
type SKU string

// ASIN is Amazon's identifier of a catalog item.
type ASIN string

// Marketplace is one Amazon store: where its business day lies and in what money it is counted.
type Marketplace struct {
	ID       MarketplaceID
	Code     string   // short code shown to people and used in subject ids: "US", "DE", "UK"
	Domain   string   // sales channel as Amazon's reports write it: "Amazon.com"
	Currency Currency // ISO 4217
	ZoneName string   // IANA zone of the business day
	Region   string   // of its APIs: "na", "eu" or "fe"
}

// NonAmazon is the pseudo marketplace of orders that were not placed on Amazon
// (multi-channel fulfilment); they are kept apart, never mixed into a store's sales.
const NonAmazon = "XX"

// Marketplaces lists every marketplace Purser knows. Ids: Amazon's marketplace
// id page (November 2026); the zones are those of Amazon's business reports.
func Marketplaces() []Marketplace {
	all := marketplaces()
	return all[:]
}

// marketplaces is an array, not a slice: looking one up, as every row of a report may, costs no memory.
func marketplaces() [23]Marketplace {
	return [...]Marketplace{
		{"ATVPDKIKX0DER", "US", "Amazon.com", "USD", "America/Los_Angeles", "na"},
		{"A2EUQ1WTGCTBG2", "CA", "Amazon.ca", "CAD", "America/Los_Angeles", "na"},
		{"A1AM78C64UM0Y8", "MX", "Amazon.com.mx", "MXN", "America/Los_Angeles", "na"},
		{"A2Q3Y263D00KWC", "BR", "Amazon.com.br", "BRL", "America/Sao_Paulo", "na"},
		{"A1F83G8C2ARO7P", "UK", "Amazon.co.uk", "GBP", "Europe/London", "eu"},
		{"A1PA6795UKMFR9", "DE", "Amazon.de", "EUR", "Europe/Berlin", "eu"},
		{"A13V1IB3VIYZZH", "FR", "Amazon.fr", "EUR", "Europe/Paris", "eu"},
		{"APJ6JRA9NG5V4", "IT", "Amazon.it", "EUR", "Europe/Rome", "eu"},
		{"A1RKKUPIHCS9HS", "ES", "Amazon.es", "EUR", "Europe/Madrid", "eu"},
		{"A1805IZSGTT6HS", "NL", "Amazon.nl", "EUR", "Europe/Amsterdam", "eu"},
		{"AMEN7PMS3EDWL", "BE", "Amazon.com.be", "EUR", "Europe/Brussels", "eu"},
		{"A28R8C7NBKEWEA", "IE", "Amazon.ie", "EUR", "Europe/Dublin", "eu"},
		{"A1C3SOZRARQ6R3", "PL", "Amazon.pl", "PLN", "Europe/Warsaw", "eu"},
		{"A2NODRKZP88ZB9", "SE", "Amazon.se", "SEK", "Europe/Stockholm", "eu"},
		{"A33AVAJ2PDY3EV", "TR", "Amazon.com.tr", "TRY", "Europe/Istanbul", "eu"},
		{"A2VIGQ35RCS4UG", "AE", "Amazon.ae", "AED", "Asia/Dubai", "eu"},
		{"A17E79C6D8DWNP", "SA", "Amazon.sa", "SAR", "Asia/Riyadh", "eu"},
		{"ARBP9OOSHTCHU", "EG", "Amazon.eg", "EGP", "Africa/Cairo", "eu"},
		{"A21TJRUUN4KGV", "IN", "Amazon.in", "INR", "Asia/Kolkata", "eu"},
		{"AE08WJ6YKNBMC", "ZA", "Amazon.co.za", "ZAR", "Africa/Johannesburg", "eu"},
		{"A1VC38T7YXB528", "JP", "Amazon.co.jp", "JPY", "Asia/Tokyo", "fe"},
		{"A39IBJ37TRP1C6", "AU", "Amazon.com.au", "AUD", "Australia/Sydney", "fe"},
		{"A19VAU5U5O7RUS", "SG", "Amazon.sg", "SGD", "Asia/Singapore", "fe"},
	}
}

// MarketplaceByID finds a marketplace by Amazon's id.
func MarketplaceByID(id MarketplaceID) (Marketplace, bool) {
	return findMarketplace(func(m Marketplace) bool { return m.ID == id })
}

// MarketplaceByCode finds a marketplace by its short code; "GB" and "UK" are the same.
func MarketplaceByCode(code string) (Marketplace, bool) {
	code = strings.ToUpper(strings.TrimSpace(code))
	if code == "GB" {
		code = "UK"
	}
	return findMarketplace(func(m Marketplace) bool { return m.Code == code })
}

// MarketplaceByDomain finds a marketplace by the name reports give it
// ("Amazon.de", "amazon.de", "www.amazon.de").
func MarketplaceByDomain(name string) (Marketplace, bool) {
	name = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(name)), "www.")
	return findMarketplace(func(m Marketplace) bool { return strings.ToLower(m.Domain) == name })
}

func findMarketplace(ok func(Marketplace) bool) (Marketplace, bool) {
	for _, m := range marketplaces() {
		if ok(m) {
			return m, true
		}
	}
	return Marketplace{}, false
}

// Zone is the time zone of the marketplace's business day; UTC where the
// machine has no such zone.
func (m Marketplace) Zone() *time.Location {
	loc, err := time.LoadLocation(m.ZoneName)
	if err != nil {
		return time.UTC
	}
	return loc
}
