package practice

import (
	"net/http"

	"purser/backend/core"
	"purser/backend/sources/simulator"
)

func sellerOperations() []*operation {
	return []*operation{
		{name: "getMarketplaceParticipations", api: apiSP, family: "sellers", method: http.MethodGet, path: "/sellers/v1/marketplaceParticipations", handle: (*call).participations},
		{name: "getAccount", api: apiSP, family: "sellers", method: http.MethodGet, path: "/sellers/v1/account", handle: (*call).account},
	}
}

// object is one JSON object of an answer.
type object map[string]any

func (c *call) participations() answer {
	return c.ok(http.StatusOK, object{"payload": c.participationList()})
}

func (c *call) participationList() []object {
	var out []object
	suspended := c.strikes(Suspended)
	for _, m := range c.markets(c.region) {
		out = append(out, participation(m, true, suspended))
	}
	// Amazon also names places that are no stores; nothing is sold there.
	return append(out, participation(core.Marketplace{ID: "A1MQXOICRS2Z7M", Domain: "SI CA Prod Marketplace", Code: "CA", Currency: "CAD"}, false, false))
}

func participation(m core.Marketplace, in, suspended bool) object {
	country, language := m.Code, map[string]string{"US": "en_US", "DE": "de_DE"}[m.Code]
	if language == "" {
		language = "en_CA"
	}
	return object{
		"marketplace": object{
			"id": string(m.ID), "name": m.Domain, "countryCode": country, "defaultCurrencyCode": string(m.Currency),
			"defaultLanguageCode": language, "domainName": "www." + lower(m.Domain),
		},
		"participation": object{"isParticipating": in, "hasSuspendedListings": suspended},
		"storeName":     simulator.AccountName,
	}
}

func (c *call) account() answer {
	address := object{"addressLine1": "1 Quay Road", "city": "Wilmington", "stateOrProvinceCode": "DE", "postalCode": "19801", "countryCode": "US"}
	return c.ok(http.StatusOK, object{"payload": object{
		"marketplaceParticipationList": c.participationList(), "businessType": "PRIVATE_LIMITED", "sellingPlan": "PROFESSIONAL",
		"business":       object{"name": simulator.AccountName + " Ltd", "registeredBusinessAddress": address, "companyRegistrationNumber": "0000000"},
		"primaryContact": object{"name": "Practice Seller", "address": address},
	}})
}
