package swaggertest_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"purser/backend/sources/internal/swaggertest"
)

func models(t *testing.T) *swaggertest.Models {
	t.Helper()
	return swaggertest.Load(t, filepath.Join(os.Getenv("PURSER_SHARED"), "spapi-models"))
}

func TestRequests(t *testing.T) {
	t.Parallel()
	m := models(t)
	const market = "ATVPDKIKX0DER"
	for name, c := range map[string]struct {
		method, target, body, wrong string
	}{
		"well":                 {"GET", "/reports/2021-06-30/reports?reportTypes=A,B&pageSize=100&createdSince=2026-11-01T00:00:00Z", "", ""},
		"unknown parameter":    {"GET", "/reports/2021-06-30/reports?reportTypes=A&page=1", "", `no parameter "page"`},
		"not of the words":     {"GET", "/reports/2021-06-30/reports?reportTypes=A&processingStatuses=DONE,LOST", "", "processingStatuses"},
		"too many":             {"GET", "/reports/2021-06-30/reports?reportTypes=1,2,3,4,5,6,7,8,9,10,11", "", "reportTypes"},
		"too large":            {"GET", "/reports/2021-06-30/reports?reportTypes=A&pageSize=101", "", "pageSize"},
		"no time":              {"GET", "/reports/2021-06-30/reports?reportTypes=A&createdSince=yesterday", "", "createdSince"},
		"required is missing":  {"GET", "/fba/inventory/v1/summaries?granularityType=Marketplace&marketplaceIds=" + market, "", "granularityId"},
		"list not joined":      {"GET", "/orders/2026-01-01/orders?includedData=PROCEEDS&includedData=EXPENSE", "", "includedData"},
		"unknown path":         {"GET", "/orders/2026-01-02/orders", "", "no model"},
		"SKU with a slash":     {"GET", "/listings/2021-08-01/items/A1/a%2Fb%20c?marketplaceIds=" + market, "", ""},
		"slash not escaped":    {"GET", "/listings/2021-08-01/items/A1/a/b?marketplaceIds=" + market, "", "no model"},
		"body well":            {"POST", "/reports/2021-06-30/reports", `{"reportType":"A","marketplaceIds":["X"]}`, ""},
		"body lacks something": {"POST", "/reports/2021-06-30/reports", `{"reportType":"A"}`, "marketplaceIds"},
		"body of a wrong type": {"POST", "/reports/2021-06-30/reports", `{"reportType":1,"marketplaceIds":["X"]}`, "reportType"},
		"no body":              {"POST", "/reports/2021-06-30/reports", "", "body"},
		"a body too many":      {"GET", "/sellers/v1/account", "{}", "no body"},
	} {
		r := httptest.NewRequest(c.method, "https://sellingpartnerapi-na.amazon.com"+c.target, nil)
		r.Header.Set("Content-Type", "application/json")
		err := m.CheckRequest(r, []byte(c.body))
		if c.wrong == "" && err != nil {
			t.Errorf("%s: %v", name, err)
		} else if c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) {
			t.Errorf("%s: %v, want something of %q", name, err, c.wrong)
		}
	}
}

func TestResponses(t *testing.T) {
	t.Parallel()
	m := models(t)
	const path = "/reports/2021-06-30/reports/1"
	for name, c := range map[string]struct {
		status      int
		body, wrong string
	}{
		"well":           {200, `{"reportId":"1","reportType":"A","processingStatus":"DONE","createdTime":"2026-11-25T08:00:00Z"}`, ""},
		"missing":        {200, `{"reportId":"1","reportType":"A","processingStatus":"DONE"}`, "createdTime"},
		"unknown word":   {200, `{"reportId":"1","reportType":"A","processingStatus":"LOST","createdTime":"2026-11-25T08:00:00Z"}`, "processingStatus"},
		"wrong type":     {200, `{"reportId":1,"reportType":"A","processingStatus":"DONE","createdTime":"2026-11-25T08:00:00Z"}`, "reportId"},
		"error":          {404, `{"errors":[{"code":"NotFound","message":"no"}]}`, ""},
		"unknown status": {418, `{}`, "418"},
		"no JSON":        {200, `<html>`, "no JSON"},
	} {
		err := m.CheckResponse(http.MethodGet, path, c.status, []byte(c.body))
		if c.wrong == "" && err != nil {
			t.Errorf("%s: %v", name, err)
		} else if c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) {
			t.Errorf("%s: %v, want something of %q", name, err, c.wrong)
		}
	}
}

func TestExamples(t *testing.T) {
	t.Parallel()
	all, err := models(t).Examples()
	if err != nil || len(all) < 300 {
		t.Errorf("%d examples, %v", len(all), err)
	}
	one, err := models(t).Examples("getReport")
	if err != nil || len(one) != 2 || one[0].Status != 200 || one[0].Parameters["reportId"] != "ID323" || !strings.Contains(string(one[0].Response), "ReportId1") {
		t.Errorf("%+v, %v", one, err)
	}
}
