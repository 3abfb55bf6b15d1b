package practice

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/sources/simulator"
)

func listingOperations() []*operation {
	const base = "/listings/2021-08-01/items/{sellerId}"
	return []*operation{
		{
			name: "searchListingsItems", api: apiSP, family: "listings", method: http.MethodGet, path: base, handle: (*call).searchListings,
			query: []string{
				"marketplaceIds", "issueLocale", "includedData", "identifiers", "identifiersType", "variationParentSku", "packageHierarchySku",
				"createdAfter", "createdBefore", "lastUpdatedAfter", "lastUpdatedBefore", "withIssueSeverity", "withStatus", "withoutStatus",
				"sortBy", "sortOrder", "pageSize", "pageToken",
			},
		},
		{name: "getListingsItem", api: apiSP, family: "listings", method: http.MethodGet, path: base + "/{sku}", query: []string{"marketplaceIds", "issueLocale", "includedData"}, handle: (*call).getListing},
		{
			name: "patchListingsItem", api: apiSP, family: "listings", method: http.MethodPatch, path: base + "/{sku}", changes: true,
			query: []string{"marketplaceIds", "includedData", "mode", "issueLocale"}, handle: (*call).patchListing,
		},
	}
}

func listingData() []string {
	return []string{"summaries", "attributes", "issues", "offers", "fulfillmentAvailability", "procurement", "relationships", "productTypes"}
}

// listingPlace checks what all three operations have in common.
func (c *call) listingPlace() (core.Marketplace, []string, answer, bool) {
	if c.parts["sellerId"] != sellerID {
		return core.Marketplace{}, nil, c.denied("The seller " + c.parts["sellerId"] + " is not yours."), false
	}
	m, a, ok := c.oneMarket("marketplaceIds")
	if !ok {
		return m, nil, a, false
	}
	if c.op.changes {
		return m, nil, a, true
	}
	include, ok := c.listOf("includedData", 8, listingData()...)
	if !ok {
		return m, nil, c.invalid("includedData has a value that it cannot have", ""), false
	}
	if len(include) == 0 {
		include = []string{"summaries"}
	}
	return m, include, answer{}, true
}

// listing is an offer as the API tells it, with what the seller changed since.
type listing struct {
	simulator.Offer
	updated time.Time
	failed  *patch // the last patch, where it was not applied
}

// listingsAt lists the offers of a marketplace at a moment.
func (s *Server) listingsAt(m core.Marketplace, at time.Time) []listing {
	today := core.DayOf(at, s.zone(m))
	var out []listing
	for _, o := range s.seller.Offers(m.Code, today) {
		l := listing{Offer: o, updated: today.Start(s.zone(m)).UTC()}
		for _, p := range s.state.Patches {
			if p.Market != m.Code || p.SKU != o.SKU || p.Applies.After(at) {
				continue
			}
			if l.failed = nil; p.Rejected {
				l.failed = p
				continue
			}
			l.updated = p.Applies
			if p.Price > 0 {
				l.Price.Minor = p.Price
			}
			if p.Quantity != nil {
				l.Quantity = *p.Quantity
			}
		}
		out = append(out, l)
	}
	return out
}

// status is where customers can see the offer.
func (l listing) status() []string {
	out := []string{}
	if !l.Closed && (l.Quantity > 0 || l.FBA) {
		out = append(out, "BUYABLE")
	}
	if !l.Hidden && !l.Closed {
		out = append(out, "DISCOVERABLE")
	}
	return out
}

func (l listing) issues(m core.Marketplace) []object {
	out := []object{}
	if l.Hidden {
		out = append(out, object{
			"code": "18027", "message": "The main image is missing. Add a main image to make the listing appear in search.", "severity": "ERROR",
			"attributeNames": []string{"main_product_image_locator"}, "categories": []string{"MISSING_IMAGE"}, "marketplaceIds": []string{string(m.ID)},
			"enforcements": object{"actions": []object{{"action": "SEARCH_SUPPRESSED"}}, "exemption": object{"status": "NOT_EXEMPT"}},
		})
	}
	if l.failed != nil {
		out = append(out, object{
			"code": "90244", "message": "The submitted value was not applied: it does not fit the rules of this product.", "severity": "ERROR",
			"attributeNames": []string{l.failed.attribute()}, "categories": []string{"INVALID_ATTRIBUTE"}, "marketplaceIds": []string{string(m.ID)},
		})
	}
	return out
}

// productType is Amazon's type of what the offer sells.
func (l listing) productType() string {
	switch l.Group {
	case "Hydration":
		return "BOTTLE"
	case "Kitchen":
		return "KITCHEN"
	case "Storage":
		return "STORAGE_BOX"
	case "Pets":
		return "PET_SUPPLIES"
	}
	return "HOME"
}

func (l listing) channel() string {
	switch {
	case !l.FBA:
		return "DEFAULT"
	case l.Market == "US":
		return "AMAZON_NA"
	}
	return "AMAZON_EU"
}

func (l listing) item(m core.Marketplace, include []string) object {
	out := object{"sku": string(l.SKU)}
	for _, part := range include {
		switch part {
		case "summaries":
			s := object{
				"marketplaceId": string(m.ID), "asin": string(l.ASIN), "productType": l.productType(), "conditionType": "new_new", "status": l.status(),
				"itemName": l.Title, "createdDate": iso(l.Created), "lastUpdatedDate": iso(l.updated),
			}
			if l.FBA {
				s["fnSku"] = l.FNSKU
			}
			if !l.Hidden {
				s["mainImage"] = object{"link": "https://m.media.example/images/I/" + string(l.ASIN) + ".jpg", "height": 500, "width": 500}
			}
			out[part] = []object{s}
		case "issues":
			out[part] = l.issues(m)
		case "offers":
			out[part] = []object{{"marketplaceId": string(m.ID), "offerType": "B2C", "price": object{"currencyCode": string(m.Currency), "amount": l.Price.Decimal()}}}
		case "fulfillmentAvailability":
			f := object{"fulfillmentChannelCode": l.channel()}
			if !l.FBA {
				f["quantity"] = l.Quantity
			}
			out[part] = []object{f}
		case "productTypes":
			out[part] = []object{{"marketplaceId": string(m.ID), "productType": l.productType()}}
		case "attributes":
			out[part] = object{"purchasable_offer": []object{{
				"marketplace_id": string(m.ID), "currency": string(m.Currency),
				"our_price": []object{{"schedule": []object{{"value_with_tax": l.Price.Major()}}}},
			}}}
		case "procurement", "relationships":
			out[part] = []object{}
		}
	}
	return out
}

func (c *call) getListing() answer {
	m, include, a, ok := c.listingPlace()
	if !ok {
		return a
	}
	for _, l := range c.listingsAt(m, c.now) {
		if string(l.SKU) == c.parts["sku"] {
			return c.ok(http.StatusOK, l.item(m, include))
		}
	}
	return c.fail(http.StatusNotFound, "NotFound", "SKU '"+c.parts["sku"]+"' not found in marketplace "+string(m.ID), "")
}

func (c *call) searchListings() answer {
	m, include, a, ok := c.listingPlace()
	if !ok {
		return a
	}
	p := pages{token: c.query.Get("pageToken"), life: time.Hour, params: repeated(c.query, "pageToken", "pageSize")}
	size, ok := c.number("pageSize", 10, 1, 20)
	if !ok {
		return c.invalid("pageSize must be 1 to 20", "")
	}
	p.size = size
	at, t, ok := c.begin(&p)
	if !ok {
		return c.invalid("The pageToken is invalid or expired.", "")
	}
	all, a, ok := c.chosenListings(m, at)
	if !ok {
		return a
	}
	page, next := cut(c, all, p, t)
	items := make([]object, 0, len(page))
	for _, l := range page {
		items = append(items, l.item(m, include))
	}
	out := object{"numberOfResults": len(all), "items": items}
	if next != "" {
		out["pagination"] = object{"nextToken": next}
	}
	return c.ok(http.StatusOK, out)
}

// chosenListings are those that the parameters ask for, in the order asked for.
func (c *call) chosenListings(m core.Marketplace, at time.Time) ([]listing, answer, bool) {
	severe, ok1 := c.listOf("withIssueSeverity", 2, "WARNING", "ERROR")
	with, ok2 := c.listOf("withStatus", 2, "BUYABLE", "DISCOVERABLE")
	without, ok3 := c.listOf("withoutStatus", 2, "BUYABLE", "DISCOVERABLE")
	ids, ok4 := c.listOf("identifiers", 20)
	sort, order := cmp.Or(c.query.Get("sortBy"), "lastUpdatedDate"), cmp.Or(c.query.Get("sortOrder"), "DESC")
	if !ok1 || !ok2 || !ok3 || !ok4 || !slices.Contains([]string{"sku", "createdDate", "lastUpdatedDate"}, sort) || !slices.Contains([]string{"ASC", "DESC"}, order) {
		return nil, c.invalid("A parameter has a value that it cannot have.", ""), false
	}
	kind := c.query.Get("identifiersType")
	if (len(ids) > 0) != (kind != "") || kind != "" && !slices.Contains([]string{"ASIN", "FNSKU", "SKU"}, kind) {
		return nil, c.invalid("identifiers and identifiersType go together; ASIN, FNSKU and SKU are known here", ""), false
	}
	var times [4]time.Time
	for i, name := range []string{"createdAfter", "createdBefore", "lastUpdatedAfter", "lastUpdatedBefore"} {
		t, ok := c.moment(name)
		if !ok {
			return nil, c.invalid(name+" is not an ISO 8601 date-time", ""), false
		}
		times[i] = t
	}
	within := func(t, after, before time.Time) bool {
		return !t.Before(after) && (before.IsZero() || !t.After(before))
	}
	out := slices.DeleteFunc(c.listingsAt(m, at), func(l listing) bool {
		id := map[string]string{"ASIN": string(l.ASIN), "FNSKU": l.FNSKU, "SKU": string(l.SKU)}[kind]
		return len(severe) > 0 && (len(l.issues(m)) == 0 || !slices.Contains(severe, "ERROR")) || len(ids) > 0 && !slices.Contains(ids, id) ||
			!hasAll(l.status(), with) || hasAny(l.status(), without) || !within(l.Created, times[0], times[1]) || !within(l.updated, times[2], times[3])
	})
	slices.SortStableFunc(out, func(a, b listing) int {
		by := 0
		switch sort {
		case "createdDate":
			by = a.Created.Compare(b.Created)
		case "lastUpdatedDate":
			by = a.updated.Compare(b.updated)
		}
		if by == 0 {
			by = strings.Compare(string(a.SKU), string(b.SKU))
		}
		if order == "DESC" {
			by = -by
		}
		return by
	})
	return out, answer{}, true
}

func hasAll(have, want []string) bool {
	return !slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(have, w) })
}

func hasAny(have, want []string) bool {
	return slices.ContainsFunc(want, func(w string) bool { return slices.Contains(have, w) })
}
