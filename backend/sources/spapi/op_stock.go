package spapi

import "net/url"

// stockPage is what is read of a page of the FBA stock; the page itself is the document.
type stockPage struct {
	Payload struct {
		Summaries entries `json:"inventorySummaries"`
	} `json:"payload"`
	Pagination struct {
		Next text `json:"nextToken"`
	} `json:"pagination"`
}

// inventorySummaries asks for the stock of one marketplace. All parameters are repeated with the token, which is good
// for half a minute. There is no asking for what changed only: Amazon leaves out changes of what is inbound.
func inventorySummaries(region, marketplace, next string) call {
	q := url.Values{}
	q.Set("details", "true")
	q.Set("granularityType", "Marketplace")
	q.Set("granularityId", marketplace)
	list(q, "marketplaceIds", marketplace)
	if next != "" {
		q.Set("nextToken", next)
	}
	return get("getInventorySummaries", region, "/fba/inventory/v1/summaries", q)
}
