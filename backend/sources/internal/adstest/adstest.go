// Package adstest holds requests to the Amazon Ads API and answers of it against what is documented of them, in own
// words: media types, headers, fields and what they may be. For tests and for the practice Amazon.
//
// Input: a request with its body; an answer with its status and body.
// Output: nil, or everything that is wrong with it. What is not documented is wrong.
package adstest

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// CheckRequest says what Amazon would not take of a request. Its path begins where that of the API does: "/sp/…".
func CheckRequest(r *http.Request, path string, body []byte) error {
	o, err := find(r.Method, path)
	if err != nil {
		return err
	}
	out := o.headers(r)
	for name, values := range r.URL.Query() {
		allowed, known := o.query[name]
		switch {
		case !known:
			out = append(out, "the query has "+name+", which nothing documents")
		case allowed != nil && !slices.Contains(allowed, values[0]):
			out = append(out, fmt.Sprintf("%s is %q, not one of %v", name, values[0], allowed))
		}
	}
	switch {
	case o.ask == nil && len(body) > 0:
		out = append(out, o.name+" has no body")
	case o.ask != nil:
		v, err := parse(body)
		if err != nil {
			return errors.Join(joined(out), err)
		}
		out = append(out, o.ask.faults("the body", v)...)
		if o.name == "createReport" {
			out = append(out, reportFaults(body)...)
		}
	}
	return joined(out)
}

// headers lists what is wrong with the headers of a request.
func (o operation) headers(r *http.Request) []string {
	var out []string
	if t, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); !ok || t == "" {
		out = append(out, "Authorization carries no bearer token")
	}
	if r.Header.Get("Amazon-Advertising-API-ClientId") == "" {
		out = append(out, "there is no Amazon-Advertising-API-ClientId")
	}
	switch scope := r.Header.Get("Amazon-Advertising-API-Scope"); {
	case o.global && scope != "":
		out = append(out, o.name+" names no profile")
	case !o.global && !digits.MatchString(scope):
		out = append(out, fmt.Sprintf("Amazon-Advertising-API-Scope is %q, not a profile", scope))
	}
	if got := r.Header.Get("Content-Type"); got != o.media {
		out = append(out, fmt.Sprintf("Content-Type is %q, not %q", got, o.media))
	}
	if got := r.Header.Get("Accept"); !slices.Contains(o.accept, got) {
		out = append(out, fmt.Sprintf("Accept is %q, not one of %q", got, o.accept))
	}
	return out
}

// CheckResponse says what is wrong with an answer to a request of this method and path.
func CheckResponse(method, path string, status int, body []byte) error {
	o, err := find(method, path)
	if err != nil {
		return err
	}
	s, known := o.answers[status]
	switch {
	case known:
	case status >= 400 && status < 600:
		s = failure()
	default:
		return fmt.Errorf("%s never answers with %d", o.name, status)
	}
	v, err := parse(body)
	if err != nil {
		return err
	}
	return joined(s.faults("the answer", v))
}

// Operation names what a request asks for, "updateKeywords"; "" where nothing documents it.
func Operation(method, path string) string {
	o, err := find(method, path)
	if err != nil {
		return ""
	}
	return o.name
}

func find(method, path string) (operation, error) {
	for _, o := range operations() {
		base, ok := strings.CutSuffix(o.path, "{id}")
		id, under := strings.CutPrefix(path, base)
		if o.method == method && (path == o.path || ok && under && id != "" && !strings.Contains(id, "/")) {
			return o, nil
		}
	}
	return operation{}, fmt.Errorf("nothing documents %s %s", method, path)
}

func joined(faults []string) error {
	if len(faults) == 0 {
		return nil
	}
	return errors.New(strings.Join(faults, "; "))
}
