package practice

import (
	"encoding/json"
	"net/http"
	"slices"

	"purser/backend/core"
	"purser/backend/sources/simulator"
)

func productOperations() []*operation {
	return []*operation{
		{name: "getMyFeesEstimates", api: apiSP, family: "products", method: http.MethodPost, path: "/products/fees/v0/feesEstimate", handle: (*call).feesEstimates},
		{name: "getCompetitiveSummary", api: apiSP, family: "products", method: http.MethodPost, path: "/batches/products/pricing/2022-05-01/items/competitiveSummary", handle: (*call).competitive},
		{
			name: "getItemReviewTopics", api: apiSP, family: "feedback", method: http.MethodGet, path: "/customerFeedback/2024-06-01/items/{asin}/reviews/topics",
			query: []string{"marketplaceId", "sortBy"}, handle: (*call).reviewTopics,
		},
	}
}

type feeMoney struct {
	Currency string      `json:"CurrencyCode"`
	Amount   json.Number `json:"Amount"`
}

type feePrice struct {
	Listing  *feeMoney      `json:"ListingPrice"`
	Shipping *feeMoney      `json:"Shipping,omitempty"`
	Points   map[string]any `json:"Points,omitempty"`
}

type feeRequest struct {
	Request *struct {
		Marketplace string    `json:"MarketplaceId"`
		FBA         bool      `json:"IsAmazonFulfilled"`
		Price       *feePrice `json:"PriceToEstimateFees"`
		Identifier  string    `json:"Identifier"`
		Program     string    `json:"OptionalFulfillmentProgram"`
	} `json:"FeesEstimateRequest"`
	Kind  string `json:"IdType"`
	Value string `json:"IdValue"`
}

// feesEstimates estimates up to 20 fees; each has a status of its own.
func (c *call) feesEstimates() answer {
	var q []feeRequest
	if a, ok := c.decode(&q); !ok {
		return a
	}
	if len(q) == 0 || len(q) > 20 {
		return c.invalid("1 to 20 requests are taken at once", "")
	}
	out := make([]object, 0, len(q))
	for _, r := range q {
		if r.Request == nil || r.Value == "" || r.Kind != "ASIN" && r.Kind != "SellerSKU" || r.Request.Identifier == "" || r.Request.Price == nil || r.Request.Price.Listing == nil {
			return c.invalid("IdType, IdValue, MarketplaceId, Identifier and ListingPrice are needed", "")
		}
		if _, a, ok := c.marketsOf([]string{r.Request.Marketplace}); !ok {
			return a
		}
		out = append(out, c.feeEstimate(r))
	}
	return c.ok(http.StatusOK, out)
}

func (c *call) feeEstimate(r feeRequest) object {
	m, _ := c.marketOf(r.Request.Marketplace)
	identifier := object{
		"MarketplaceId": string(m.ID), "SellerId": sellerID, "IdType": r.Kind, "IdValue": r.Value, "IsAmazonFulfilled": r.Request.FBA,
		"PriceToEstimateFees": r.Request.Price, "SellerInputIdentifier": r.Request.Identifier,
	}
	failed := func(code, text string) object {
		return object{"Status": "ClientError", "FeesEstimateIdentifier": identifier, "Error": object{"Type": "Sender", "Code": code, "Message": text, "Detail": []object{}}}
	}
	all := c.listingsAt(m, c.now)
	i := slices.IndexFunc(all, func(l listing) bool {
		return r.Kind == "ASIN" && string(l.ASIN) == r.Value || r.Kind == "SellerSKU" && string(l.SKU) == r.Value
	})
	price, ok := exact(r.Request.Price.Listing.Amount, m.Currency)
	switch {
	case i < 0:
		return failed("InvalidParameterValue", "There is an client-side error. Please verify your inputs.")
	case !ok || r.Request.Price.Listing.Currency != string(m.Currency):
		return failed("InvalidParameterValue", "The price is not valid for the marketplace.")
	}
	sum := simulator.Referral(price)
	fees := []object{feeDetail("ReferralFee", sum, m.Currency), feeDetail("VariableClosingFee", 0, m.Currency)}
	if r.Request.FBA {
		fees = append(fees, feeDetail("FBAFees", all[i].Fulfilled, m.Currency))
		sum += all[i].Fulfilled
	}
	return object{"Status": "Success", "FeesEstimateIdentifier": identifier, "FeesEstimate": object{
		"TimeOfFeesEstimation": iso(c.now), "TotalFeesEstimate": capitalMoney(sum, m.Currency), "FeeDetailList": fees,
	}}
}

func capitalMoney(minor int64, currency core.Currency) object {
	return object{"CurrencyCode": string(currency), "Amount": json.Number(core.Money{Minor: minor, Currency: currency}.Decimal())}
}

func feeDetail(kind string, minor int64, currency core.Currency) object {
	m := capitalMoney(minor, currency)
	return object{"FeeType": kind, "FeeAmount": m, "FeePromotion": capitalMoney(0, currency), "FinalFee": m}
}

type competitiveRequest struct {
	Requests []struct {
		ASIN        string           `json:"asin"`
		Marketplace string           `json:"marketplaceId"`
		Include     []string         `json:"includedData"`
		Lowest      []map[string]any `json:"lowestPricedOffersInputs"`
		Method      string           `json:"method"`
		URI         string           `json:"uri"`
	} `json:"requests"`
}

// competitive tells who has the featured offer: the seller, where the offer can be bought; nobody else sells its products.
func (c *call) competitive() answer {
	var q competitiveRequest
	if a, ok := c.decode(&q); !ok {
		return a
	}
	if len(q.Requests) == 0 || len(q.Requests) > 20 {
		return c.invalid("1 to 20 requests are taken at once", "")
	}
	out := make([]object, 0, len(q.Requests))
	for _, r := range q.Requests {
		if r.ASIN == "" || r.Method != http.MethodGet || r.URI != "/products/pricing/2022-05-01/items/competitiveSummary" || len(r.Include) == 0 ||
			!hasAll([]string{"featuredBuyingOptions", "referencePrices", "lowestPricedOffers", "similarItems"}, r.Include) {
			return c.invalid("asin, marketplaceId, includedData, method and uri are needed", "")
		}
		if _, a, ok := c.marketsOf([]string{r.Marketplace}); !ok {
			return a
		}
		out = append(out, c.summary(r.ASIN, r.Marketplace, r.Include))
	}
	return c.ok(http.StatusOK, object{"responses": out})
}

func (c *call) summary(asin, marketplace string, include []string) object {
	m, _ := c.marketOf(marketplace)
	body := object{"asin": asin, "marketplaceId": marketplace}
	all := c.listingsAt(m, c.now)
	i := slices.IndexFunc(all, func(l listing) bool { return string(l.ASIN) == asin })
	if i < 0 {
		body["errors"] = []object{{"code": "InvalidInput", "message": "The ASIN is not in the marketplace.", "details": asin}}
		return object{"status": object{"statusCode": http.StatusBadRequest, "reasonPhrase": "Bad Request"}, "body": body}
	}
	if slices.Contains(include, "featuredBuyingOptions") {
		body["featuredBuyingOptions"] = []object{}
		if slices.Contains(all[i].status(), "BUYABLE") {
			body["featuredBuyingOptions"] = []object{{"buyingOptionType": "New", "segmentedFeaturedOffers": []object{featured(all[i])}}}
		}
	}
	if slices.Contains(include, "referencePrices") {
		body["referencePrices"] = []object{{"name": "CompetitivePriceThreshold", "price": plainMoney(all[i].Price)}}
	}
	if slices.Contains(include, "similarItems") {
		body["similarItems"] = []object{}
	}
	if slices.Contains(include, "lowestPricedOffers") {
		body["lowestPricedOffers"] = []object{}
	}
	return object{"status": object{"statusCode": http.StatusOK, "reasonPhrase": "Success"}, "body": body}
}

func featured(l listing) object {
	by := "MFN"
	if l.FBA {
		by = "AFN"
	}
	return object{
		"sellerId": sellerID, "condition": "New", "subCondition": "New", "fulfillmentType": by, "listingPrice": plainMoney(l.Price),
		"shippingOptions":       []object{{"shippingOptionType": "DEFAULT", "price": plainMoney(core.Money{Currency: l.Price.Currency})}},
		"featuredOfferSegments": []object{{"customerMembership": "PRIME", "segmentDetails": object{"glanceViewWeightPercentage": 100}}},
	}
}

func plainMoney(m core.Money) object {
	return object{"currencyCode": string(m.Currency), "amount": json.Number(m.Decimal())}
}
