package practice

import (
	"net/http"
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/sources/simulator"
)

// What reviews are counted over, and how many it takes before anything is told.
const (
	topicDays    = 180
	fewestTopics = 3
)

// reviewTopics tells what buyers of a product speak of: the demo's buyers are content or they are not. Where too few
// have said anything the answer is empty, as Amazon's is.
func (c *call) reviewTopics() answer {
	m, a, ok := c.oneMarket("marketplaceId")
	if !ok {
		return a
	}
	if v := c.query.Get("sortBy"); v != "MENTIONS" && v != "STAR_RATING_IMPACT" {
		return c.invalid("sortBy must be MENTIONS or STAR_RATING_IMPACT", "")
	}
	all := c.listingsAt(m, c.now)
	i := slices.IndexFunc(all, func(l listing) bool { return string(l.ASIN) == c.parts["asin"] })
	if i < 0 {
		return c.fail(http.StatusNotFound, "NotFound", "The ASIN is not in the marketplace.", c.parts["asin"])
	}
	from := c.now.AddDate(0, 0, -topicDays)
	good, bad := c.said(m, all[i].ASIN, from)
	if good+bad < fewestTopics {
		return answer{status: http.StatusNoContent}
	}
	topics := object{"positiveTopics": topicList("quality", good, good+bad, 0.4), "negativeTopics": topicList("durability", bad, good+bad, -0.6)}
	return c.ok(http.StatusOK, object{
		"asin": c.parts["asin"], "itemName": all[i].Title, "marketplaceId": string(m.ID), "countryCode": m.Code, "topics": topics,
		"dateRange": object{"startDate": iso(from.Truncate(24 * time.Hour)), "endDate": iso(c.now.Truncate(24 * time.Hour))},
	})
}

func topicList(name string, mentions, of int, impact float64) []object {
	if mentions == 0 {
		return []object{}
	}
	share := float64(mentions*1000/of) / 10
	return []object{{"topic": name, "asinMetrics": object{"numberOfMentions": mentions, "occurrencePercentage": share, "starRatingImpact": impact}}}
}

// said counts good and bad ratings of orders of a product.
func (c *call) said(m core.Marketplace, asin core.ASIN, from time.Time) (good, bad int) {
	bought := map[string]bool{}
	for _, l := range c.seller.OrderLines(m.Code, false, simulator.Span{From: from.AddDate(0, -2, 0), To: c.now}, c.now) {
		if l.ASIN == asin {
			bought[l.OrderID] = true
		}
	}
	for _, f := range c.seller.Feedback(m.Code, simulator.Span{From: from, To: c.now}, c.now) {
		switch {
		case !bought[f.OrderID]:
		case f.Rating >= 4:
			good++
		case f.Rating <= 2:
			bad++
		}
	}
	return good, bad
}
