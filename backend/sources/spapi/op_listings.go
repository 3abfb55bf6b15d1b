package spapi

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"purser/backend/core/source"
)

const listingsPath = "/listings/2021-08-01/items/"

// Listing is what executors need of an offer. One marketplace is asked for at a time.
type Listing struct {
	SKU          text                       `json:"sku"`
	Summaries    []ListingSummary           `json:"summaries"`
	Offers       []ListingOffer             `json:"offers"`
	Issues       []ListingIssue             `json:"issues"`
	Availability []ListingQuantity          `json:"fulfillmentAvailability"`
	Attributes   map[string]json.RawMessage `json:"attributes,omitempty"`
}

// ListingSummary says what is listed.
type ListingSummary struct {
	Marketplace text   `json:"marketplaceId"`
	ASIN        text   `json:"asin"`
	ProductType text   `json:"productType"`
	Status      []text `json:"status"`
	Name        text   `json:"itemName"`
	Created     text   `json:"createdDate"`
	Updated     text   `json:"lastUpdatedDate"`
}

// ListingOffer is a price.
type ListingOffer struct {
	Marketplace text   `json:"marketplaceId"`
	Type        text   `json:"offerType"` // "B2C", "B2B"
	Price       Amount `json:"price"`
}

// ListingQuantity is what the seller sends, by the channel of sending it.
type ListingQuantity struct {
	Channel  text `json:"fulfillmentChannelCode"` // "DEFAULT": by the seller
	Quantity text `json:"quantity"`
}

// ListingIssue is what Amazon finds wrong.
type ListingIssue struct {
	Code       text   `json:"code"`
	Message    text   `json:"message"`
	Severity   text   `json:"severity"` // "ERROR", "WARNING", "INFO"
	Attributes []text `json:"attributeNames"`
}

// Submission is what Amazon says of a patch. ACCEPTED is not applied yet; VALID is what a preview ends with.
type Submission struct {
	SKU    text           `json:"sku"`
	Status text           `json:"status"`
	ID     text           `json:"submissionId"`
	Issues []ListingIssue `json:"issues"`
}

// listingPage is what is read of a page of listings; the page itself is the document.
type listingPage struct {
	Count      text `json:"numberOfResults"`
	Pagination struct {
		Next text `json:"nextToken"`
	} `json:"pagination"`
	Items *[]struct {
		SKU       text `json:"sku"`
		Summaries []struct {
			Created text `json:"createdDate"`
		} `json:"summaries"`
	} `json:"items"`
}

// ListingSearch says which listings to list.
type ListingSearch struct {
	Seller, Marketplace string    // ids
	Created             time.Time // created then or later; zero: all
	Next                string
}

// listingPageSize is the most a page may have.
const listingPageSize = 20

func searchListings(region string, s ListingSearch) call {
	q := url.Values{}
	list(q, "marketplaceIds", s.Marketplace)
	list(q, "includedData", "summaries", "issues", "offers", "fulfillmentAvailability", "productTypes")
	q.Set("issueLocale", "en_US")
	q.Set("sortBy", "createdDate")
	q.Set("sortOrder", "ASC")
	q.Set("pageSize", strconv.Itoa(listingPageSize))
	if !s.Created.IsZero() {
		q.Set("createdAfter", moment(s.Created))
	}
	if s.Next != "" {
		q.Set("pageToken", s.Next)
	}
	return get("searchListingsItems", region, listingsPath+part(s.Seller), q)
}

func getListing(region, seller, sku, marketplace string) call {
	q := url.Values{}
	list(q, "marketplaceIds", marketplace)
	list(q, "includedData", "summaries", "offers", "issues", "fulfillmentAvailability", "attributes")
	q.Set("issueLocale", "en_US")
	return get("getListingsItem", region, listingsPath+part(seller)+"/"+part(sku), q)
}

func patchListing(region, seller, sku, marketplace string, body json.RawMessage, preview bool) call {
	q := url.Values{}
	list(q, "marketplaceIds", marketplace)
	list(q, "includedData", "issues")
	q.Set("issueLocale", "en_US")
	if preview {
		q.Set("mode", "VALIDATION_PREVIEW")
	}
	return call{
		operation: "patchListingsItem", region: region, method: http.MethodPatch, path: listingsPath + part(seller) + "/" + part(sku), query: q, body: body,
	}
}

// seller gives the seller id of a region.
func (c *Client) seller(ctx context.Context, region, operation string) (string, error) {
	id := ""
	if c.o.Seller != nil {
		var err error
		if id, err = c.o.Seller(ctx, region); err != nil {
			return "", &failure{fault(call{operation: operation}, source.FaultUnavailable, nil, "The seller id could not be read: "+err.Error(), err), true}
		}
	}
	if id == "" {
		return "", &failure{fault(call{operation: operation}, source.FaultNotOffered, nil,
			"The seller id of this account is not known, and Amazon does not tell it. It is the merchant token in Seller Central › Account info; enter it with the connection.", nil), true}
	}
	return id, nil
}

// Listing reads the offer of a SKU; marketplace is a code.
func (c *Client) Listing(ctx context.Context, marketplace, sku string) (Listing, error) {
	m, err := market(marketplace)
	if err != nil {
		return Listing{}, err
	}
	seller, err := c.seller(ctx, m.Region, "getListingsItem")
	if err != nil {
		return Listing{}, plain(err)
	}
	out, _, err := ask[Listing](ctx, c.waiting(), getListing(m.Region, seller, sku, string(m.ID)))
	return out, plain(err)
}

// patch sends a patch, or has it checked only.
func (c *Client) patch(ctx context.Context, marketplace, sku string, body []byte, preview bool) (Submission, error) {
	m, err := market(marketplace)
	if err != nil {
		return Submission{}, err
	}
	seller, err := c.seller(ctx, m.Region, "patchListingsItem")
	if err != nil {
		return Submission{}, err
	}
	q := patchListing(m.Region, seller, sku, string(m.ID), body, preview)
	out, res, err := ask[Submission](ctx, c, q)
	if err == nil && out.Status == "" {
		err = unreadable(q, res, errNoStatus)
	}
	return out, err
}
