package spapi

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"purser/backend/core"
)

// Offer is what a seller sets of a listing.
type Offer struct {
	ProductType string
	Price       core.Money // the seller's own price for everybody, taxes in it; no currency: none is set
	OnSale      bool       // a sale price holds now
	FBA         bool
	Quantity    int // that the seller sends; only where HasQuantity
	HasQuantity bool
}

// audienceAll is who a price is for when it is for everybody; Amazon leaves it out where there is no other.
const audienceAll = "ALL"

// bySeller is the channel of what the seller sends.
const bySeller = "DEFAULT"

// purchasable is one price of a listing, as its attributes have it.
type purchasable struct {
	Marketplace text     `json:"marketplace_id"`
	Currency    text     `json:"currency"`
	Audience    text     `json:"audience"`
	Own         []priced `json:"our_price"`
	Discounted  []priced `json:"discounted_price"`
}

type priced struct {
	Schedule []struct {
		Value text `json:"value_with_tax"`
		Start text `json:"start_at"`
		End   text `json:"end_at"`
	} `json:"schedule"`
}

// Offer reads what is set of a SKU in a marketplace, which is a code.
func (c *Client) Offer(ctx context.Context, marketplace, sku string) (Offer, error) {
	m, err := market(marketplace)
	if err != nil {
		return Offer{}, err
	}
	l, err := c.Listing(ctx, marketplace, sku)
	if err != nil {
		return Offer{}, err
	}
	var out Offer
	for _, s := range l.Summaries {
		if string(s.Marketplace) == string(m.ID) {
			out.ProductType = string(s.ProductType)
		}
	}
	for _, a := range l.Availability {
		if a.Channel != bySeller {
			out.FBA = true
			continue
		}
		n, err := strconv.Atoi(string(a.Quantity))
		if err == nil {
			out.Quantity, out.HasQuantity = n, true
		}
	}
	return out, c.price(&out, l.Attributes["purchasable_offer"], string(m.ID))
}

// price reads the price of everybody in one marketplace.
func (c *Client) price(out *Offer, attribute json.RawMessage, marketplace string) error {
	if len(attribute) == 0 {
		return nil
	}
	var all []purchasable
	if err := json.Unmarshal(attribute, &all); err != nil {
		return core.Unavailable(Name, "Amazon's answer has a price that cannot be read, so nothing can be set.", err)
	}
	for _, p := range all {
		if string(p.Marketplace) != marketplace || (p.Audience != "" && p.Audience != audienceAll) {
			continue
		}
		if len(p.Own) > 0 && len(p.Own[0].Schedule) > 0 {
			own, err := money(p.Own[0].Schedule[0].Value, p.Currency)
			if err != nil {
				return core.Unavailable(Name, "Amazon's answer has a price that cannot be read, so nothing can be set.", err)
			}
			out.Price = own
		}
		out.OnSale = onSale(p.Discounted, c.o.Clock.Now())
	}
	return nil
}

func onSale(all []priced, now time.Time) bool {
	for _, d := range all {
		for _, s := range d.Schedule {
			if from, to := s.Start.time(), s.End.time(); !from.After(now) && (to.IsZero() || now.Before(to)) {
				return true
			}
		}
	}
	return false
}
