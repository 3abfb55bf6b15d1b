package httpx_test

import (
	"strings"
	"testing"

	"purser/backend/platform/httpx"
)

func TestRedact(t *testing.T) {
	t.Parallel()
	const canary = "c4n4ryc4n4ry"
	for _, s := range []string{
		"token Atza|IwEBI" + canary + "_-x", "Atzr|" + canary, "refresh_token=Atzr%7C" + canary,
		`{"access_token":"` + canary + `","token_type":"bearer"}`, `{"refresh_token" : "` + canary + `"}`,
		"client_secret=" + canary + "&grant_type=x", "amzn1.oa2-cs.v1." + canary,
		"Authorization: Bearer " + canary, "x-amz-access-token: " + canary,
		"https://s3.example/doc?X-Amz-Credential=AKIA" + canary + "%2F2026&X-Amz-Date=1&X-Amz-Signature=" + canary,
		"https://s3.example/doc?X-Amz-Security-Token=" + canary + "&AWSAccessKeyId=" + canary + "&Signature=" + canary,
	} {
		got := httpx.Redact(s)
		if strings.Contains(got, canary) || !strings.Contains(got, "[redacted]") {
			t.Errorf("%q became %q", s, got)
		}
	}
	if got := httpx.Redact("the secret is "+canary+".", canary, ""); got != "the secret is [redacted]." {
		t.Errorf("given secret: %q", got)
	}
	harmless := `{"errors":[{"code":"QuotaExceeded","message":"You exceeded your quota for the requested resource.","details":""}]}`
	if got := httpx.Redact(harmless); got != harmless {
		t.Errorf("took something out of %q: %q", harmless, got)
	}
	if got := httpx.Redact("X-Amz-Date=1&nextToken=abc"); !strings.Contains(got, "nextToken=abc") {
		t.Errorf("a page token is no secret: %q", got)
	}
}
