package httpx

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"html"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// shortest is the length of a text that can be a secret; a shorter one would be found everywhere.
const shortest = 8

// sensitive lists the secrets that a request carries: nothing that comes back may say them again.
func sensitive(r Request, target *url.URL) []string {
	var out []string
	add := func(s string) {
		if len(s) >= shortest && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for k, values := range r.Header {
		k = strings.ToLower(k)
		for _, v := range values {
			switch {
			case k == "authorization":
				_, v, _ = strings.Cut(v, " ")
				add(v)
			case strings.HasSuffix(k, "-token"):
				add(v)
			}
		}
	}
	for k, values := range target.Query() {
		switch strings.TrimPrefix(strings.ToLower(k), "x-amz-") {
		case "signature", "credential", "security-token", "awsaccesskeyid", "policy", "key-pair-id":
			for _, v := range values {
				add(v)
			}
		}
	}
	if strings.HasPrefix(http.Header(r.Header).Get("Content-Type"), "application/x-www-form-urlencoded") {
		form, _ := url.ParseQuery(string(r.Body)) // what cannot be read is not there
		for _, k := range []string{"client_secret", "refresh_token", "access_token", "code", "password"} {
			for _, v := range form[k] {
				add(v)
			}
		}
	}
	return out
}

// forms lists how a secret is written where it is said back: plain, in JSON, in a query, in a page, in base64 wherever
// it lies in what was encoded.
func forms(secret string) []string {
	out := []string{secret, url.QueryEscape(secret), url.PathEscape(secret), html.EscapeString(secret)}
	if b, err := json.Marshal(secret); err == nil {
		out = append(out, string(b[1:len(b)-1]))
	}
	for before := range 3 {
		text := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("\x00", before) + secret))
		if begin := (before*8 + 5) / 6; len(text) > begin+shortest {
			text = text[begin : len(text)-1]
			out = append(out, text, strings.NewReplacer("+", "-", "/", "_").Replace(text))
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}

// hider takes the secrets of one request out of what comes back.
type hider []string

func hiding(secrets []string) hider {
	var h hider
	for _, s := range secrets {
		h = append(h, forms(s)...)
	}
	return h
}

func (h hider) text(s string) string {
	for _, form := range h {
		s = strings.ReplaceAll(s, form, redacted)
	}
	return s
}

func (h hider) body(b []byte) []byte {
	for _, form := range h {
		if bytes.Contains(b, []byte(form)) {
			b = bytes.ReplaceAll(b, []byte(form), []byte(redacted))
		}
	}
	return b
}

func (h hider) header(all http.Header) {
	for _, values := range all {
		for i, v := range values {
			values[i] = h.text(v)
		}
	}
}

// err gives an error as it is, or what it says without the secrets.
func (h hider) err(err error) error {
	if text := err.Error(); h.text(text) != text {
		return errors.New(Redact(h.text(text)))
	}
	return err
}

// calm is a body whose panics are errors, without their words.
type calm struct{ r io.Reader }

// Read implements io.Reader.
func (c calm) Read(p []byte) (n int, err error) {
	defer func() {
		if v := recover(); v != nil {
			n, err = 0, &panicked{v}
		}
	}()
	return c.r.Read(p)
}
