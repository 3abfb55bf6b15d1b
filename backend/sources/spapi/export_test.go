package spapi

import (
	"encoding/json"
	"fmt"
)

// Reread decodes an answer of an operation as the client does, and writes what it keeps of it.
func Reread(operation string, raw []byte) ([]byte, error) {
	into, ok := map[string]any{
		"getMarketplaceParticipations": &payload[[]Participation]{}, "getAccount": &payload[Account]{},
		"createReport": &struct {
			ID text `json:"reportId"`
		}{},
		"getReport": &Report{}, "getReports": &ReportPage{}, "getReportDocument": &document{},
		"searchOrders": &orderPage{}, "getOrderMetrics": &payload[[]Metric]{},
		"getOrder": &struct {
			Order Order `json:"order"`
		}{},
		"getInventorySummaries": &stockPage{}, "searchListingsItems": &listingPage{}, "getListingsItem": &Listing{}, "patchListingsItem": &Submission{},
		"listTransactions": &moneyPage{}, "listBalances": &balancePage{},
		"getSolicitationActionsForOrder": &actionList{}, "createProductReviewAndSellerFeedbackSolicitation": &struct{}{},
		"getMyFeesEstimates": &[]FeeEstimate{}, "getItemReviewTopics": &ReviewTopics{},
		"getCompetitiveSummary": &struct {
			Responses []Competition `json:"responses"`
		}{},
	}[operation]
	if !ok {
		return nil, fmt.Errorf("nothing is known of %s", operation)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return nil, err
	}
	return json.Marshal(into)
}

// Said reads an error as the client does.
func Said(raw []byte) (string, bool) {
	t, ok := said(raw)
	return string(t.Code) + ": " + string(t.Message), ok
}

// PathPart escapes a part of a path.
func PathPart(s string) string { return part(s) }

// Minor reads an amount.
func Minor(s string, exponent int) (int64, error) { return minor(s, exponent) }
