package offers

import _ "embed"

//go:embed prices.yaml
var priceLimits []byte

//go:embed quantities.yaml
var quantityLimits []byte

// Limits implements action.Limited.
func (e *Executor) Limits() []byte {
	if e.kind.Name == Quantity {
		return quantityLimits
	}
	return priceLimits
}
