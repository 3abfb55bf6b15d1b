package simulator

// The fees of the demo's Amazon. They are invented to look like 2026's and are not
// a fee table: real fees come from the seller's own files.

// referral is the referral fee on an amount: 15 %.
func referral(amount int64) int64 { return (amount*15 + 50) / 100 }

// fulfilment is the FBA fee of one unit; none for an offer the seller ships.
func (o *offer) fulfilment() int64 {
	if o.fbm {
		return 0
	}
	fee := int64(346)
	switch {
	case o.price >= 3500:
		fee = 585
	case o.price >= 2600:
		fee = 497
	case o.price >= 1900:
		fee = 421
	}
	if o.store.germany() {
		fee = fee * 88 / 100
	}
	return fee
}

// tier is Amazon's size tier of the offer.
func (o *offer) tier() string {
	if o.price >= 2600 {
		return "UsLargeStandardSize"
	}
	return "UsSmallStandardSize"
}

// margin is what is left of one unit's price after fees and cost, before advertising.
func (o *offer) margin() int64 {
	return o.list - referral(o.list) - o.fulfilment() - o.unitCost()
}

// breakEven is the ACoS at which advertising eats the whole margin.
func (o *offer) breakEven() float64 { return float64(o.margin()) / float64(o.list) }

// refundFee is what Amazon keeps of the referral fee on a refund: a fifth, at most 5.00.
func refundFee(fee int64) int64 { return min(fee/5, 500) }
