package adstest

import "net/http"

// operation is one thing that can be asked of the API.
type operation struct {
	name    string
	method  string
	path    string
	media   string   // of what is sent; "" where nothing is
	accept  []string // what may be wanted
	global  bool     // names no profile
	query   map[string][]string
	ask     *shape
	answers map[int]shape // by status; statuses of errors are the same for all
}

const (
	plainJSON   = "application/json"
	mediaReport = "application/vnd.createasyncreportrequest.v3+json"
)

// operations are those that the practice Amazon knows: §8 of the reference, nothing else. There is none that archives
// or deletes.
func operations() []operation {
	out := []operation{
		{
			name: "listProfiles", method: http.MethodGet, path: "/v2/profiles", accept: []string{plainJSON, "*/*"}, global: true,
			query:   map[string][]string{"profileTypeFilter": {"seller", "vendor", "agency"}, "accessLevel": {"edit", "view"}, "apiProgram": nil, "validPaymentMethodFilter": nil},
			answers: map[int]shape{200: list(profile(), 5000)},
		},
		{
			name: "createReport", method: http.MethodPost, path: "/reporting/reports", media: mediaReport,
			accept: []string{mediaReport, plainJSON, "*/*"}, ask: ptr(reportRequest()),
			answers: map[int]shape{200: report(), 202: report(), 425: failure()},
		},
		{
			name: "getReport", method: http.MethodGet, path: "/reporting/reports/{id}", accept: []string{mediaReport, plainJSON, "*/*"},
			answers: map[int]shape{200: report()},
		},
		{
			name: "getBudgetUsage", method: http.MethodPost, path: "/sp/campaigns/budget/usage", media: mediaUsage, accept: []string{mediaUsage},
			ask:     ptr(object([]string{"campaignIds"}, map[string]shape{"campaignIds": list(a(anID), 100)})),
			answers: map[int]shape{200: usage(), 207: usage()},
		},
	}
	for _, r := range resources() {
		out = append(out, r.list())
		if r.change != nil {
			out = append(out, r.write("update", http.MethodPut, *r.change))
		}
		if r.add != nil {
			out = append(out, r.write("create", http.MethodPost, *r.add))
		}
	}
	return out
}

const mediaUsage = "application/vnd.spcampaignbudgetusage.v1+json"

func ptr[T any](v T) *T { return &v }

func profile() shape {
	return object([]string{"profileId", "countryCode", "currencyCode", "timezone", "accountInfo"}, map[string]shape{
		"profileId": a(aCount), "countryCode": text(2), "currencyCode": text(3), "timezone": text(0), "dailyBudget": a(aNumber),
		"accountInfo": object([]string{"marketplaceStringId", "id", "type"}, map[string]shape{
			"marketplaceStringId": text(0), "id": text(0), "type": enum("seller", "vendor", "agency"), "name": text(0), "subType": text(0), "validPaymentMethod": a(aFlag),
		}),
	})
}

func report() shape {
	return object([]string{"reportId", "status"}, map[string]shape{
		"reportId": text(0), "status": enum("PENDING", "PROCESSING", "COMPLETED", "FAILED"), "failureReason": text(0).orNull(), "url": text(0).orNull(),
		"urlExpiresAt": a(aTime).orNull(), "fileSize": a(aCount).orNull(), "name": text(0).orNull(), "startDate": a(aDay), "endDate": a(aDay),
		"createdAt": a(aTime), "updatedAt": a(aTime), "generatedAt": a(aTime).orNull(), "configuration": object(nil, nil).andMore(),
	})
}

func failure() shape {
	return object(nil, map[string]shape{"code": text(0), "detail": text(0), "details": text(0), "message": text(0), "errorId": text(0)}).andMore()
}

func usage() shape {
	return object([]string{"success", "error"}, map[string]shape{
		"success": list(object([]string{"campaignId", "index"}, map[string]shape{
			"budget": a(aNumber), "budgetUsagePercent": a(aNumber), "campaignId": a(anID), "index": a(aCount), "usageUpdatedTimestamp": a(aTime),
		}), 100),
		"error": list(object([]string{"index"}, map[string]shape{
			"campaignId": a(anID), "index": a(aCount), "code": text(0), "details": text(0),
		}), 100),
	})
}
