package sellercentral

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// apiListings is a page of searchListingsItems (summaries, issues, offers, fulfillmentAvailability): the offers of the
// account, and those that customers cannot find or buy until something is mended.
//
// It meets the all-listings report by marketplace and SKU, and the report of suppressed listings by what each says.
// Precedence: the later ObservedAt wins; of equal ones what comes last. A page is no snapshot: an offer that it does
// not name is not gone, and a suppression is over when the report no longer has it. All pages of one pass carry one
// ObservedAt. An exemption that still holds is no suppression: Amazon has not acted.
func apiListings() document {
	return apiDocument(apiKind{
		info: source.Kind{
			Name: "api_listings", Title: "Listings (live)", Streams: []source.Stream{source.Listings, source.SuppressedListing},
			Where:    "Comes by itself from the connected account: Listings Items API, searchListingsItems",
			Unlocks:  "Offers that went inactive or were suppressed, with Amazon's reasons, several times a day",
			StaleAge: 72 * time.Hour,
		},
		operations: []string{"searchListingsItems"}, list: "items",
		open: func(a *apiRows) apiReader {
			return &listingReader{
				apiRows: a, offers: sender[source.Listing]{stream: source.Listings, out: a.out},
				hidden: sender[source.Suppressed]{stream: source.SuppressedListing, out: a.out},
			}
		},
	})
}

type listingReader struct {
	*apiRows
	offers sender[source.Listing]
	hidden sender[source.Suppressed]
}

func (r *listingReader) close() error {
	if err := r.offers.close(); err != nil {
		return err
	}
	return r.hidden.close()
}

type jsonListing struct {
	SKU       loose             `json:"sku"`
	Summaries []json.RawMessage `json:"summaries"`
	Offers    []struct {
		Marketplace loose      `json:"marketplaceId"`
		Type        loose      `json:"offerType"`
		Price       looseMoney `json:"price"`
	} `json:"offers"`
	Channels []struct {
		Code     loose `json:"fulfillmentChannelCode"`
		Quantity loose `json:"quantity"`
	} `json:"fulfillmentAvailability"`
	Issues []json.RawMessage `json:"issues"`
}

type jsonSummary struct {
	Marketplace loose   `json:"marketplaceId"`
	ASIN        loose   `json:"asin"`
	Status      []loose `json:"status"`
	FNSKU       loose   `json:"fnSku"`
	Title       loose   `json:"itemName"`
	Created     loose   `json:"createdDate"`
}

func (r *listingReader) take(ctx context.Context, raw json.RawMessage, path string) error {
	var l jsonListing
	if err := json.Unmarshal(raw, &l); err != nil {
		return r.bad(path, raw, "items", "the item has an unexpected form: "+err.Error())
	}
	found := false
	for i, s := range l.Summaries {
		var sum jsonSummary
		at := path + ".summaries[" + strconv.Itoa(i) + "]"
		if err := json.Unmarshal(s, &sum); err != nil {
			found = true
			if err := r.bad(at, s, "summaries", "the summary has an unexpected form: "+err.Error()); err != nil {
				return err
			}
			continue
		}
		if !r.asked(sum.Marketplace) {
			continue
		}
		found = true
		if err := r.offer(ctx, &l, &sum, raw, path); err != nil {
			return err
		}
		if err := r.issues(ctx, &l, &sum, path); err != nil {
			return err
		}
	}
	if !found {
		return r.bad(path, raw, "summaries", "the item says nothing of the marketplace that was asked for")
	}
	return nil
}

// asked says whether a summary is of the marketplace that was asked for; without one, all are.
func (r *listingReader) asked(id loose) bool {
	want, st := r.stores.named([]byte(r.env.Marketplace)), r.stores.named([]byte(id.text))
	return want == nil || st == want || id.text == ""
}

// standIn puts a record into the marketplace of its summary.
func (r *listingReader) standIn(sum *jsonSummary) {
	r.name = "summaries.marketplaceId"
	if id := r.plain(r.name, sum.Marketplace); id != "" {
		r.place([]byte(id))
	}
}

func (r *listingReader) offer(ctx context.Context, l *jsonListing, sum *jsonSummary, raw json.RawMessage, path string) error {
	e := tracedEntry{path: path, over: [][2]string{{"marketplaceId", sum.Marketplace.text}}, raw: raw}
	return addRow(ctx, r.apiRows, e, &r.offers, func(row int32) source.Listing {
		r.standIn(sum)
		o := source.Listing{
			Row: row, Marketplace: r.at.code, SKU: core.SKU(r.must("sku", l.SKU)), ASIN: core.ASIN(r.plain("summaries.asin", sum.ASIN)),
			Title: r.plain("summaries.itemName", sum.Title), Status: "Inactive",
		}
		if slices.ContainsFunc(sum.Status, func(s loose) bool { return strings.EqualFold(s.text, "BUYABLE") }) {
			o.Status = "Active"
		}
		if sum.Created.text != "" {
			o.OpenedAt = r.when("summaries.createdDate", sum.Created)
		}
		for i := range l.Offers {
			if f := &l.Offers[i]; (f.Marketplace.text == "" || r.stores.named([]byte(f.Marketplace.text)) == r.at) && !strings.EqualFold(f.Type.text, "B2B") {
				o.Price = r.pay("offers.price", f.Price)
				break
			}
		}
		o.Currency = r.cur
		o.FBA = len(l.Channels) == 0 && sum.FNSKU.text != ""
		for i := range l.Channels {
			c := &l.Channels[i]
			if strings.HasPrefix(strings.ToUpper(c.Code.text), "AMAZON") {
				o.FBA = true
			} else if c.Quantity.text != "" {
				o.Quantity, o.HasQuantity = r.tally("fulfillmentAvailability.quantity", c.Quantity), true
			}
		}
		if o.FBA { // as in the report: what Amazon holds is told by the stock
			o.Quantity, o.HasQuantity = 0, false
		}
		if r.out.emit == nil && !r.faulty && r.before("offer", o.Marketplace, string(o.SKU)) {
			r.out.repeated++
		}
		return o
	})
}

type jsonIssue struct {
	Code         loose   `json:"code"`
	Message      loose   `json:"message"`
	Marketplaces []loose `json:"marketplaceIds"`
	Enforcements struct {
		Actions []struct {
			Action loose `json:"action"`
		} `json:"actions"`
		Exemption struct {
			Status loose `json:"status"`
			Expiry loose `json:"expiryDate"`
		} `json:"exemption"`
	} `json:"enforcements"`
}

// issues makes a record of every issue for which Amazon hides the offer or takes it down.
func (r *listingReader) issues(ctx context.Context, l *jsonListing, sum *jsonSummary, path string) error {
	for n, raw := range l.Issues {
		at := path + ".issues[" + strconv.Itoa(n) + "]"
		var i jsonIssue
		if err := json.Unmarshal(raw, &i); err != nil {
			if err := r.bad(at, raw, "issues", "the issue has an unexpected form: "+err.Error()); err != nil {
				return err
			}
			continue
		}
		status := r.enforced(&i, sum.Marketplace)
		if status == "" {
			continue
		}
		e := tracedEntry{path: at, over: [][2]string{{"sku", l.SKU.text}, {"asin", sum.ASIN.text}, {"marketplaceId", sum.Marketplace.text}}, raw: raw}
		err := addRow(ctx, r.apiRows, e, &r.hidden, func(row int32) source.Suppressed {
			r.standIn(sum)
			return source.Suppressed{
				Row: row, Marketplace: r.at.code, SKU: core.SKU(r.must("sku", l.SKU)), ASIN: core.ASIN(r.plain("summaries.asin", sum.ASIN)),
				Title: r.plain("summaries.itemName", sum.Title), Status: status,
				Reason: r.must("issues.code", i.Code), Issue: r.plain("issues.message", i.Message),
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// enforced says what Amazon does to the offer for an issue; "" for nothing that hides it or takes it down.
func (r *listingReader) enforced(i *jsonIssue, marketplace loose) string {
	if len(i.Marketplaces) > 0 && marketplace.text != "" &&
		!slices.ContainsFunc(i.Marketplaces, func(m loose) bool { return m.text == marketplace.text }) {
		return ""
	}
	switch x := &i.Enforcements.Exemption; strings.ToUpper(x.Status.text) {
	case "EXEMPT":
		return ""
	case "EXEMPT_UNTIL_EXPIRY_DATE":
		if end := jsonInstant(x.Expiry.text); end.IsZero() || end.Unix() > jsonInstant(r.env.Fetched).Unix() {
			return ""
		}
	}
	for _, a := range i.Enforcements.Actions {
		switch strings.ToUpper(a.Action.text) {
		case "LISTING_SUPPRESSED":
			return "Listing Suppressed"
		case "SEARCH_SUPPRESSED":
			return "Search Suppressed"
		case "CATALOG_ITEM_REMOVED":
			return "Catalog Item Removed"
		}
	}
	return ""
}
