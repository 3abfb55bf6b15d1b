package offers

import (
	"fmt"
	"strconv"
	"strings"

	"purser/backend/core"
	"purser/backend/core/action"
)

// Quantity is the kind of action that sets how many units the seller has to send: what policies write. It is a kind of
// its own because limits of a step in percent make no sense of units.
const Quantity = "listing.quantity"

// NewQuantities makes an executor of quantities of offers that the seller sends. A target is a number of units: "12".
// Amazon keeps one quantity for all marketplaces of a region.
func NewQuantities(l Listings) *Executor {
	return newExecutor(l, action.Kind{
		Name: Quantity, Title: "Set a quantity",
		Needs: []string{action.PerDay, action.PerEntityDay, action.HoursBetween, action.ValueMax},
	}, value{field: "quantity", read: readQuantity, aim: aimQuantity, patch: patchQuantity, said: "The quantity is %s."})
}

// mostUnits keeps a slip of the hand out of the shop.
const mostUnits = 1_000_000

func readQuantity(o Offer) (text string, number float64, against string) {
	switch {
	case o.FBA:
		return "", 0, "Amazon sends this offer and counts its units itself."
	case !o.HasQuantity:
		return "", 0, "The offer has no quantity of its own now."
	}
	return units(o.Quantity), float64(o.Quantity), ""
}

func units(n int) string { return strconv.Itoa(n) + " units" }

func aimQuantity(target string, _ Offer) (text string, number float64, err error) {
	figure := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(target), "units"))
	n, err := strconv.Atoi(figure)
	if err != nil || n < 0 || n > mostUnits || strings.HasPrefix(figure, "+") {
		return "", 0, core.Invalid("actions", fmt.Sprintf("%q is no number of units.", target), "Write how many, from 0 to 1,000,000.")
	}
	return units(n), float64(n), nil
}

func patchQuantity(_ core.Marketplace, text string) (patch, error) {
	n, err := strconv.Atoi(strings.TrimSuffix(text, " units"))
	if err != nil || n < 0 || n > mostUnits || units(n) != text {
		return patch{}, fmt.Errorf("%q is not how a quantity is written", text)
	}
	return patch{"merge", "/attributes/fulfillment_availability", []stock{{Channel: "DEFAULT", Quantity: n}}}, nil
}
