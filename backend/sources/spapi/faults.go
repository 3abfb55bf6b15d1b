package spapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"purser/backend/core/source"
	"purser/backend/platform/httpx"
)

// mostRaw is how much of an answer is kept for support, in characters.
const mostRaw = 4000

// failure is why there is no answer to a call. unsent is sure that Amazon did nothing.
type failure struct {
	*source.APIError
	unsent bool
}

// Unwrap gives what others know it by.
func (f *failure) Unwrap() error { return f.APIError }

// plain takes off what only this package needs to know, so that every error is a *source.APIError.
func plain(err error) error {
	var f *failure
	if errors.As(err, &f) {
		return f.APIError
	}
	return err
}

// asAPI finds the error of a call; nil: it is none.
func asAPI(err error) *source.APIError {
	var e *source.APIError
	if errors.As(err, &e) {
		return e
	}
	return nil
}

// fault makes the error of a call with what Amazon answered; res may be nil.
func fault(q call, f source.APIFault, res *httpx.Response, message string, cause error) *source.APIError {
	e := &source.APIError{Fault: f, API: Name, Operation: q.operation, Message: message, Err: cause}
	if res != nil {
		e.Status, e.Request = res.Status, res.RequestID()
		if res.Status >= 300 { // what was answered well may be data of the account
			e.Raw = clip(strings.ToValidUTF8(httpx.Redact(string(res.Body[:min(len(res.Body), 4*mostRaw)])), "?"), mostRaw)
		}
	}
	return e
}

func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

func throttled(q call, res *httpx.Response, after time.Duration) *source.APIError {
	e := fault(q, source.FaultThrottled, res, "Amazon takes no more requests of this kind just now. It is asked again by itself.", nil)
	e.After = after
	return e
}

// noToken is a call that was not made because there is no access token.
func noToken(q call, err error) error {
	if e := asAPI(err); e != nil {
		return &failure{e, true}
	}
	return &failure{fault(q, source.FaultUnavailable, nil, "Amazon gave no access: "+err.Error(), err), true}
}

// unanswered is a call that brought no whole answer.
func unanswered(ctx context.Context, q call, err error) error {
	var (
		off  *httpx.OfflineError
		cut  *httpx.BodyError
		held *httpx.RefusedError
	)
	switch {
	case ctx.Err() != nil:
		return &failure{fault(q, source.FaultOffline, nil, "It was called off before Amazon had answered.", err), false}
	case errors.As(err, &held):
		return &failure{fault(q, source.FaultInvalid, nil, "Nothing was sent to Amazon: "+err.Error()+".", err), true}
	case errors.As(err, &off) && off.Unsafe:
		return &failure{fault(q, source.FaultOffline, nil, "There is no safe connection to Amazon: what answered could not prove to be Amazon. "+
			"Check the clock of this computer, and whether this network looks into encrypted traffic.", err), true}
	case errors.As(err, &off):
		return &failure{fault(q, source.FaultOffline, nil, "Amazon could not be reached. Check the connection to the internet; it is asked again by itself.", err), !off.Sent}
	case errors.As(err, &cut):
		message := "The answer of Amazon was cut or damaged on its way. It is asked again by itself."
		if cut.TooLarge {
			message = "The answer of Amazon is larger than anything that it should answer, and was not taken in."
		}
		e := fault(q, source.FaultUnavailable, nil, message, err)
		e.Status = cut.Status
		return &failure{e, clearlyNot(cut.Status)}
	}
	return &failure{fault(q, source.FaultUnavailable, nil, "Amazon could not be asked: "+err.Error()+".", err), false}
}

// unreadable is an answer of status 2xx that is not what the API answers.
func unreadable(q call, res *httpx.Response, err error) error {
	message := "What Amazon answered has an unexpected form. It is asked again; if it stays so, look for a newer Purser."
	if !isJSON(res.Body) {
		message = "Something else answered instead of Amazon, such as the sign-in page of a network. Open a web page to see whether this network asks for something."
	}
	return &failure{fault(q, source.FaultUnavailable, res, message, err), false}
}

// clearlyNot says whether a status is one with which nothing was done.
func clearlyNot(status int) bool {
	return status >= 400 && status < 500 && status != http.StatusRequestTimeout
}

// told is what Amazon says of an error.
type told struct {
	Code    text `json:"code"`
	Message text `json:"message"`
	Details text `json:"details"`
}

func (t told) String() string {
	s := strings.TrimSpace(string(t.Message))
	if d := strings.TrimSpace(string(t.Details)); d != "" && !strings.Contains(s, d) {
		s = strings.TrimSpace(s + " " + d)
	}
	return clip(httpx.Redact(s), 300)
}

// said reads the errors of an answer; ok is false where it is none of the API's.
func said(body []byte) (t told, ok bool) {
	var e struct {
		Errors []told `json:"errors"`
		told
	}
	if !isJSON(body) || json.Unmarshal(body, &e) != nil {
		return t, false
	}
	if len(e.Errors) > 0 {
		return e.Errors[0], true
	}
	return e.told, e.Code != "" || e.Message != ""
}

// has says whether an error speaks of something.
func (t told) has(words string) bool {
	return strings.Contains(strings.ToLower(string(t.Message+" "+t.Details)), words)
}

// staleToken says whether another access token may help. Not for a request that Amazon has looked at and does not offer.
func staleToken(res *httpx.Response) bool {
	if res.Status != http.StatusUnauthorized && res.Status != http.StatusForbidden {
		return false
	}
	t, ok := said(res.Body)
	return ok && !t.has("lwa secret") && !t.has("solicitation is not available")
}

// refused makes the error of an answer that is neither 2xx nor 429.
func refused(q call, res *httpx.Response) error {
	t, ok := said(res.Body)
	f, message := source.FaultUnavailable, fmt.Sprintf("Amazon has a fault of its own (%d). It is asked again by itself.", res.Status)
	switch {
	case res.Status >= 500 || res.Status == http.StatusRequestTimeout:
	case !ok && res.Status != http.StatusNotFound && res.Status != http.StatusRequestEntityTooLarge:
		message = "Something else answered instead of Amazon, such as a filter or the sign-in page of a network. Open a web page to see whether this network asks for something."
	case res.Status == http.StatusUnauthorized, t.has("lwa secret"):
		f, message = source.FaultReconnect, "Amazon does not accept the access of this app, also not with a new token."
		if t.has("lwa secret") {
			message = "The app's client secret has expired: it is good for 180 days. Make a new one in the Solution Provider Portal and enter it."
		}
	case res.Status == http.StatusForbidden:
		f, message = source.FaultDenied, denied(q.operation)
	case res.Status == http.StatusNotFound:
		f, message = source.FaultInvalid, "Amazon does not know what was asked for."
	default:
		f, message = source.FaultInvalid, "Amazon refuses the request as it is."
	}
	if s := t.String(); ok && s != "" {
		message += " It said: " + s
	}
	return &failure{fault(q, f, res, message, nil), clearlyNot(res.Status)}
}

// denied says that a role is missing, and which.
func denied(operation string) string {
	for _, a := range capabilities() {
		if a.operation == operation {
			return deniedRole(a.role)
		}
	}
	return deniedRole("")
}

func deniedRole(role string) string { return "Amazon does not allow this: " + missingRole(role) }

// missingRole says what is to be done about a role; "" is one that is not known.
func missingRole(role string) string {
	what := "the role for it"
	if role != "" {
		what = "the role “" + role + "”"
	}
	return "the app lacks " + what + ", or got it after it was authorised. " +
		"Tick it for the app in Seller Central, authorise the app again and enter the new refresh token."
}

// badRequest says whether Amazon refused a request as it is. A sign-in that gave no token says 400 too.
func badRequest(e *source.APIError) bool {
	return e != nil && e.Status == http.StatusBadRequest && e.Fault == source.FaultInvalid
}
