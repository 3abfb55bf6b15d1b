// Package offers sets the price of an offer, and the quantity of one that the seller sends.
//
// Input: a SKU of a marketplace and what its price or quantity is to become: an amount, a step, or units.
// Output: that value at Amazon, or the one that was there before. It is set only over the value that was seen.
package offers

import (
	"context"
	"fmt"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/fact"
)

// Listings reads and changes offers. marketplace is a code, such as "US".
type Listings interface {
	// Offer reads an offer.
	Offer(ctx context.Context, marketplace, sku string) (Offer, error)
	// Validate has Amazon check a patch without applying it (mode VALIDATION_PREVIEW). It gives what speaks against it,
	// in words for a person; nothing where it would be accepted.
	Validate(ctx context.Context, marketplace, sku, body string) ([]string, error)
	// Patch sends a patch, and gives Amazon's name of the submission once it was ACCEPTED, which is not yet applied. A
	// RefusedError says that nothing was done (INVALID, 400, 403, 404); any other error leaves that open.
	Patch(ctx context.Context, marketplace, sku, body string) (submission string, err error)
}

// Offer is an offer as it stands at Amazon.
type Offer struct {
	ProductType string     // of the summary of the marketplace: "LUGGAGE"
	Price       core.Money // the seller's own price for everybody, taxes and no shipping in it; no currency: none
	OnSale      bool       // a sale price holds now, so that its price is not what customers pay
	FBA         bool       // Amazon sends it
	Quantity    int        // that the seller sends; only where HasQuantity
	HasQuantity bool
}

// settles is for how long Amazon may go on showing the old value after it has accepted a new one. Source: reliability
// reference §5.4, 2026-11: read back after 15 minutes, 1 hour and 24 hours.
const settles = 24 * time.Hour

// Executor sets one value of offers: see NewPrices and NewQuantities.
type Executor struct {
	action.Field
	kind     action.Kind
	value    value
	listings Listings
}

var _ action.Executor = (*Executor)(nil)

// value is what an executor sets of an offer.
type value struct {
	field string
	// read gives the value as Before and After write it, and as a number; why it cannot be set, in words.
	read func(o Offer) (text string, number float64, against string)
	// aim is the value that a target asks for.
	aim func(target string, o Offer) (text string, number float64, err error)
	// patch makes the one change of a body. It refuses values that are not written as read writes them.
	patch func(m core.Marketplace, text string) (patch, error)
	said  string
}

func newExecutor(l Listings, k action.Kind, v value) *Executor {
	k.Level, k.Repeatable, k.Readable, k.Settles = action.Outbound, true, true, settles
	e := &Executor{kind: k, value: v, listings: l}
	e.Field = action.Field{
		Read: func(ctx context.Context, r action.Request) (string, error) {
			market, sku := fact.SplitID(r.Entity)
			o, err := l.Offer(ctx, market, sku)
			if err != nil {
				return "", err
			}
			text, _, _ := v.read(o)
			return text, nil
		},
		Body: func(r action.Request, text string) (string, error) { return body(v, r, text) },
		Send: e.send,
		Said: func(r action.Request) string { return fmt.Sprintf(v.said, r.After) },
	}
	return e
}

// Kind implements action.Executor.
func (e *Executor) Kind() action.Kind { return e.kind }

// Prepare implements action.Executor. A step becomes a value here, and stays that value; Amazon has checked the bytes.
func (e *Executor) Prepare(ctx context.Context, w action.Wish) (action.Request, error) {
	code, sku := fact.SplitID(w.Subject)
	m, known := core.MarketplaceByCode(code)
	if !known || sku == "" || m.Code != code {
		return action.Request{}, core.Invalid("actions", fmt.Sprintf("%q names no offer.", w.Subject), "It takes a SKU of a marketplace, such as US/SKU-104.")
	}
	o, err := e.listings.Offer(ctx, code, sku)
	if err != nil {
		return action.Request{}, err
	}
	before, from, against := e.value.read(o)
	if against != "" {
		return action.Request{}, core.Invalid("actions", against, "Change it in Seller Central.")
	}
	if o.ProductType == "" {
		return action.Request{}, core.Invalid("actions", "Amazon does not say what type of product this is, and changes nothing without it.", "Change it in Seller Central.")
	}
	after, to, err := e.value.aim(w.Target, o)
	if err != nil {
		return action.Request{}, err
	}
	if after == before {
		return action.Request{}, core.Invalid("actions", "It is "+before+" already.", "")
	}
	r := action.Request{
		Kind: e.kind.Name, Decision: w.Decision, Policy: w.Policy, Version: w.Version, Entity: w.Subject, Field: e.value.field,
		Size: action.Size{From: from, To: to},
	}
	if r.Payload, err = written(change{ProductType: o.ProductType}); err != nil {
		return action.Request{}, err
	}
	if r, err = e.Fill(r, before, after); err != nil {
		return action.Request{}, err
	}
	faults, err := e.listings.Validate(ctx, code, sku, r.Payload)
	if err != nil {
		return action.Request{}, err
	}
	if len(faults) > 0 {
		return action.Request{}, core.Invalid("actions", "Amazon would not take it: "+strings.Join(faults, " "), "Mend that first, or change it in Seller Central.")
	}
	return r, nil
}

// send hands the bytes over, if the offer still is what they were made for.
func (e *Executor) send(ctx context.Context, r action.Request) (action.Receipt, error) {
	market, sku := fact.SplitID(r.Entity)
	o, err := e.listings.Offer(ctx, market, sku)
	if err != nil {
		return action.Receipt{}, fmt.Errorf("what is there now cannot be read: %w", err)
	}
	if _, _, against := e.value.read(o); against != "" {
		return action.Receipt{}, action.Refuse(against+" Nothing was done.", nil)
	}
	if c, err := parsed(r.Payload); err != nil || c.ProductType != o.ProductType {
		return action.Receipt{}, action.Refuse("The type of the product is another one than when this was prepared. Nothing was done; look at it again.", err)
	}
	id, err := e.listings.Patch(ctx, market, sku, r.Payload)
	if err != nil {
		return action.Receipt{}, err
	}
	return action.Receipt{Ref: id, Text: "Amazon has accepted it and applies it within some minutes. Submission " + id + "."}, nil
}
