package offers

import (
	"encoding/json"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/fact"
)

// change is the body of patchListingsItem (Listings Items 2021-08-01).
type change struct {
	ProductType string  `json:"productType"`
	Patches     []patch `json:"patches"`
}

// patch merges: what it does not name, such as a sale price, its bounds or a handling time, stays as it is.
type patch struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value"`
}

// amounts is a purchasable_offer, in Amazon's lists of one.
type amounts struct {
	Marketplace string  `json:"marketplace_id"`
	Currency    string  `json:"currency"`
	Audience    string  `json:"audience"`
	Price       [1]plan `json:"our_price"`
}

type plan struct {
	Schedule [1]step `json:"schedule"`
}

type step struct {
	Value json.Number `json:"value_with_tax"`
}

// stock is a fulfillment_availability.
type stock struct {
	Channel  string `json:"fulfillment_channel_code"`
	Quantity int    `json:"quantity"`
}

// body makes the bytes that set a value. The type of the product is the one the request was prepared with.
func body(v value, r action.Request, text string) (string, error) {
	was, err := parsed(r.Payload)
	if err != nil {
		return "", err
	}
	code, sku := fact.SplitID(r.Entity)
	m, known := core.MarketplaceByCode(code)
	if !known || sku == "" || r.Field != v.field || was.ProductType == "" {
		return "", fmt.Errorf("%s of %q is nothing that is set here", r.Field, r.Entity)
	}
	p, err := v.patch(m, text)
	if err != nil {
		return "", err
	}
	return written(change{ProductType: was.ProductType, Patches: []patch{p}})
}

func written(c change) (string, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("write a change of an offer: %w", err)
	}
	return string(text), nil
}

func parsed(payload string) (change, error) {
	var c change
	if err := json.Unmarshal([]byte(payload), &c); err != nil {
		return c, fmt.Errorf("read a change of an offer: %w", err)
	}
	return c, nil
}
