package practice

import (
	"net/http"
	"net/url"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/simulator"
)

func solicitationOperations() []*operation {
	const base = "/solicitations/v1/orders/{amazonOrderId}"
	return []*operation{
		{name: "getSolicitationActionsForOrder", api: apiSP, family: "solicitations", method: http.MethodGet, path: base, query: []string{"marketplaceIds"}, handle: (*call).solicitationActions},
		{
			name: "createProductReviewAndSellerFeedbackSolicitation", api: apiSP, family: "solicitations", method: http.MethodPost, changes: true,
			path: base + "/solicitations/productReviewAndSellerFeedback", query: []string{"marketplaceIds"}, handle: (*call).solicit,
		},
	}
}

const reviewAction = "productReviewAndSellerFeedback"

// asked finds the order and says whether its buyer may be asked for a review now.
func (c *call) asked() (m core.Marketplace, may bool, a answer, ok bool) {
	m, a, ok = c.oneMarket("marketplaceIds")
	if !ok {
		return m, false, a, false
	}
	line, found := c.orderLine(m, c.parts["amazonOrderId"])
	if !found {
		return m, false, c.fail(http.StatusNotFound, "NotFound", "Order "+c.parts["amazonOrderId"]+" was not found", ""), false
	}
	earliest, latest := delivery(line)
	_, before := c.state.Asked[c.region+" "+line.OrderID]
	may = line.Status == "Shipped" && !before && c.now.After(earliest.Add(5*24*time.Hour)) && c.now.Before(latest.Add(30*24*time.Hour))
	return m, may, answer{}, true
}

// orderLine finds the first line of an order among those of the last year.
func (c *call) orderLine(m core.Marketplace, id string) (source.OrderLine, bool) {
	w := simulator.Span{From: c.now.AddDate(-1, 0, 0), To: c.now}
	for _, l := range c.seller.OrderLines(m.Code, false, w, c.now) {
		if l.OrderID == id {
			return l, true
		}
	}
	return source.OrderLine{}, false
}

func (c *call) solicitationActions() answer {
	m, may, a, ok := c.asked()
	if !ok {
		return a
	}
	self := "/solicitations/v1/orders/" + url.PathEscape(c.parts["amazonOrderId"])
	actions, embedded := []object{}, []object{}
	if may {
		at := self + "/solicitations/" + reviewAction
		actions = append(actions, object{"href": at + "?marketplaceIds=" + string(m.ID), "name": reviewAction})
		embedded = append(embedded, object{"_links": object{"self": object{"href": at}, "schema": object{"href": at + "/schema", "name": reviewAction}}})
	}
	a = c.ok(http.StatusOK, object{
		"_links":    object{"actions": actions, "self": object{"href": self + "?marketplaceIds=" + string(m.ID)}},
		"_embedded": object{"actions": embedded},
	})
	a.media = "application/hal+json"
	return a
}

func (c *call) solicit() answer {
	_, may, a, ok := c.asked()
	if !ok {
		return a
	}
	if !may {
		return c.fail(http.StatusForbidden, "Unauthorized", "Access to requested resource is denied.", "The requested solicitation is not available for this amazonOrderId.") //nolint:misspell // Amazon's word
	}
	c.state.Asked[c.region+" "+c.parts["amazonOrderId"]] = c.now
	a = c.ok(http.StatusCreated, object{})
	a.media = "application/hal+json"
	return a
}
