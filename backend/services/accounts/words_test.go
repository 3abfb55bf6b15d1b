package accounts_test

import (
	"strings"
	"testing"

	"purser/backend/core/source"
	"purser/backend/services/accounts"
)

func TestWordsForEachError(t *testing.T) {
	t.Parallel()
	lwa := func(code string) string { return `{"error":"` + code + `","error_description":"x"}` }
	sp := func(code, message string) string {
		return `{"errors":[{"code":"` + code + `","message":"` + message + `","details":""}]}`
	}
	for _, c := range []struct {
		api   string
		fault source.APIFault
		raw   string
		name  string
		part  string
	}{
		{"spapi", source.FaultReconnect, lwa("invalid_grant"), "invalid_grant", "Authorise"},
		{"spapi", source.FaultReconnect, lwa("invalid_client"), "invalid_client", "LWA credentials"},
		{"spapi", source.FaultReconnect, lwa("unauthorized_client"), "unauthorized_client", "Develop Apps"}, //nolint:misspell // Amazon's own word
		{"spapi", source.FaultReconnect, lwa("invalid_scope"), "invalid_scope", "granted"},
		{"spapi", source.FaultReconnect, lwa("something_new"), "lwa_other", "refresh token"},
		{"adsapi", source.FaultReconnect, lwa("invalid_grant"), "ads_invalid_grant", "Authorise"},
		{"adsapi", source.FaultReconnect, lwa("invalid_client"), "ads_invalid_client", "security profile"},
		{"adsapi", source.FaultDenied, `{"code":"403","details":"no"}`, "ads_denied", "Europe"},
		{"spapi", source.FaultReconnect, sp("Unauthorized", "The LWA secret token you provided has expired"), "secret_expired", "180 days"}, //nolint:misspell // Amazon's own word
		{"spapi", source.FaultReconnect, sp("Unauthorized", "Access token was revoked"), "token_revoked", "Manage Your Apps"},               //nolint:misspell // Amazon's own word
		{"spapi", source.FaultDenied, sp("Unauthorized", "Access to requested resource is denied."), "denied", "Edit app"},                  //nolint:misspell // Amazon's own word
		{"spapi", source.FaultReconnect, "", "reconnect", "Europe"},
		{"spapi", source.FaultOffline, "", "offline", "internet"},
		{"spapi", source.FaultThrottled, sp("QuotaExceeded", "x"), "throttled", "limit"},
		{"spapi", source.FaultUnavailable, "<html>", "unavailable", "few minutes"},
		{"spapi", source.FaultUnavailable, lwa("server_error"), "unavailable", "few minutes"},
		{"spapi", source.FaultInvalid, sp("InvalidInput", "x"), "other", "What it said."},
		{"spapi", source.FaultInvalid, `{"error":{"a":1},"errors":"no"}`, "other", "What it said."},
	} {
		p := accounts.Explain(&source.APIError{API: c.api, Fault: c.fault, Raw: c.raw, Message: "What it said.", Request: "r"}, "eu")
		all := p.Title + " " + p.Text + " " + strings.Join(p.Steps, " ")
		if p.Name != c.name || !strings.Contains(all, c.part) || p.Title == "" || p.Text == "" || len(p.Steps) == 0 || p.Raw != c.raw || p.Request != "r" {
			t.Errorf("%s %s %s: %+v", c.api, c.fault, c.raw, p)
		}
		if strings.ContainsAny(all, "{}") {
			t.Errorf("%s: something was not filled in: %s", c.name, all)
		}
	}
}
