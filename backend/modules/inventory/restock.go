package inventory

import (
	"math"

	"purser/backend/core"
)

// position is what a restock is worked out from, for one SKU.
type position struct {
	onHand, inbound float64 // units
	perDay          float64 // units sold a day
	leadDays        float64 // from order to sellable
	targetDays      float64 // that an order is to last after it lands
	stockDay        core.Day
}

// plan is what follows from it.
type plan struct {
	selling     bool // perDay > 0: without sales there is no cover to speak of
	cover       float64
	coverOnHand float64
	orderBy     float64  // days left to order; negative: late
	daysShort   float64  // without stock before an order placed now lands
	sellsOut    core.Day // 0: too far away to name
	suggested   float64
}

// farAway is the cover, in days, beyond which naming a sell-out day makes no sense: ten years.
const farAway = 3650

// restock works out a plan. On hand and on the way count, units in fulfilment-centre transfer
// don't: the reports Purser reads don't tell them from reserved ones.
func restock(p position) plan {
	var out plan
	need := p.perDay*(p.leadDays+p.targetDays) - p.onHand - p.inbound
	// A whole number that floating point missed by a hair is not rounded up to the next.
	out.suggested = max(0, math.Ceil(need-1e-9))
	if p.perDay <= 0 {
		return out
	}
	out.selling = true
	out.cover = (p.onHand + p.inbound) / p.perDay
	out.coverOnHand = p.onHand / p.perDay
	out.orderBy = out.cover - p.leadDays
	out.daysShort = max(0, p.leadDays-out.cover)
	if out.cover <= farAway {
		out.sellsOut = p.stockDay + core.Day(math.Floor(out.cover+1e-9))
	}
	return out
}
