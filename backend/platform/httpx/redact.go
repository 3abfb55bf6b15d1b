package httpx

import (
	"regexp"
	"strings"
)

// secretShapes are what tokens, keys and signed addresses look like; the first group, if any, stays.
var secretShapes = []*regexp.Regexp{ //nolint:gochecknoglobals // compiled once, never changed
	regexp.MustCompile(`At[zc][a-z]?\|[A-Za-z0-9_\-+/=.%|]+`),
	regexp.MustCompile(`(?i)At[zc][a-z]?%7C[A-Za-z0-9_\-+/=.%|]+`),
	regexp.MustCompile(`amzn1\.oa2-cs\.[A-Za-z0-9._\-]+`),
	regexp.MustCompile(`(?i)(bearer\s+)[A-Za-z0-9_\-+/=.|~]+`),
	regexp.MustCompile(`(?i)((?:access|refresh|id|security)[_-]?token"?\s*[:=]\s*"?)[^"&\s,}]+`),
	regexp.MustCompile(`(?i)(client[_-]?secret"?\s*[:=]\s*"?)[^"&\s,}]+`),
	regexp.MustCompile(`(?i)(x-amz-(?:signature|security-token|credential|access-token)"?\s*[:=]\s*"?)[^"&\s,}]+`),
	regexp.MustCompile(`(?i)([?&](?:signature|awsaccesskeyid|policy|key-pair-id)=)[^"&\s,}]+`),
}

const redacted = "[redacted]"

// Redact takes out of a text what looks like a secret, and the secrets given, however they are written. Texts that are
// kept or shown go through it.
func Redact(s string, secrets ...string) string {
	for _, secret := range secrets {
		if len(secret) >= 4 {
			s = strings.ReplaceAll(s, secret, redacted)
		}
		if len(secret) >= shortest {
			s = hiding([]string{secret}).text(s)
		}
	}
	for _, re := range secretShapes {
		s = re.ReplaceAllString(s, "${1}"+redacted)
	}
	return s
}
