package offers

import (
	"encoding/json"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/action"
)

// Price is the kind of action that sets a price: what policies write.
const Price = "listing.offer"

// NewPrices makes an executor of prices. A target is an amount or a step: "19.99", "19.99 USD", "-5%".
func NewPrices(l Listings) *Executor {
	return newExecutor(l, action.Kind{
		// An absolute price may be sent again: it changes nothing more. It is never set without asking.
		Name: Price, Title: "Set a price",
		Needs: []string{
			action.PerDay, action.PerEntityDay, action.HoursBetween, action.StepPercent, action.WeekPercent, action.ValueMin, action.ValueMax,
		},
	}, value{field: "price", read: readPrice, aim: aimPrice, patch: patchPrice, said: "The price is %s."})
}

func readPrice(o Offer) (text string, number float64, against string) {
	switch {
	case o.Price.Currency == "" || o.Price.Minor <= 0:
		return "", 0, "The offer has no price of its own now."
	case o.OnSale:
		against = "A sale price holds now: another price would not be what customers pay."
	}
	return o.Price.String(), float64(o.Price.Minor), against
}

func aimPrice(target string, o Offer) (text string, number float64, err error) {
	m, err := action.Aim(target, o.Price)
	if err == nil && m.Minor <= 0 {
		err = core.Invalid("actions", "A price has to be more than nothing.", "")
	}
	return m.String(), float64(m.Minor), err
}

func patchPrice(m core.Marketplace, text string) (patch, error) {
	p, err := action.Amount(text, m.Currency)
	if err != nil {
		return patch{}, err
	}
	if p.String() != text || p.Minor <= 0 {
		return patch{}, fmt.Errorf("%q is not how a price is written", text)
	}
	return patch{"merge", "/attributes/purchasable_offer", []amounts{{
		Marketplace: string(m.ID), Currency: string(p.Currency), Audience: "ALL",
		Price: [1]plan{{[1]step{{json.Number(p.Decimal())}}}},
	}}}, nil
}
