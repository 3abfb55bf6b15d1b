package adsapi

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

// mostRaw is how much of an answer is kept for support.
const mostRaw = 4000

// fault makes the error of a call with what Amazon answered; res may be nil.
func fault(q call, f source.APIFault, res *httpx.Response, message string, cause error) *source.APIError {
	e := &source.APIError{Fault: f, API: Name, Operation: q.operation, Message: message, Err: cause}
	if res != nil {
		e.Status, e.Request = res.Status, res.RequestID()
		raw := httpx.Redact(string(res.Body), q.hide...)
		e.Raw = strings.ToValidUTF8(raw[:min(len(raw), mostRaw)], "")
	}
	return e
}

func throttled(q call, res *httpx.Response, wait time.Duration) *source.APIError {
	e := fault(q, source.FaultThrottled, res, "Amazon Ads takes no more requests of this kind just now. It is asked again later by itself.", nil)
	e.After = wait
	return e
}

// tokenFailure is a call that was not made because there is no access token.
func tokenFailure(q call, err error) error {
	var e *source.APIError
	if errors.As(err, &e) {
		return &failure{e, true}
	}
	return &failure{fault(q, source.FaultUnavailable, nil, "Amazon gave no access to its Ads API: "+err.Error(), err), true}
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
		return &failure{fault(q, source.FaultUnavailable, nil, "It was called off before Amazon Ads had answered.", err), false}
	case errors.As(err, &held):
		return &failure{fault(q, source.FaultInvalid, nil, "Nothing was sent to Amazon Ads: "+err.Error()+".", err), true}
	case errors.As(err, &off):
		return &failure{fault(q, source.FaultOffline, nil, "Amazon Ads gave no answer: "+err.Error()+".", err), !off.Sent}
	case errors.As(err, &cut):
		e := fault(q, source.FaultUnavailable, nil, "The answer of Amazon Ads did not come whole. It is asked again by itself.", err)
		if e.Status = cut.Status; clearlyNot(cut.Status) {
			e.Fault, e.Message = source.FaultInvalid, "Amazon Ads refuses the request; why did not come whole."
		}
		return &failure{e, clearlyNot(cut.Status)}
	}
	return &failure{fault(q, source.FaultUnavailable, nil, "Amazon Ads could not be asked: "+err.Error()+".", err), false}
}

func unreadable(q call, res *httpx.Response, err error) error {
	return &failure{fault(q, source.FaultUnavailable, res, "What Amazon Ads answered cannot be read: it is not what it documents.", err), false}
}

// clearlyNot says whether a status is one with which nothing was done.
func clearlyNot(status int) bool {
	return status >= 400 && status < 500 && status != http.StatusRequestTimeout
}

// refused is an answer that is neither 2xx nor 429.
func refused(q call, res *httpx.Response) error {
	said := told(res.Body, q.hide)
	f, message := source.FaultUnavailable, fmt.Sprintf("Amazon Ads has a fault of its own (%d). It is asked again by itself.", res.Status)
	switch res.Status {
	case http.StatusUnauthorized, http.StatusForbidden:
		f = source.FaultDenied
		message = "Amazon Ads does not let this application do that. Check that the Ads API was granted to it and that the user may manage this advertiser; then connect again."
	case http.StatusNotFound:
		f, message = source.FaultInvalid, "Amazon Ads does not know what was asked for."
	case http.StatusNotAcceptable, http.StatusUnsupportedMediaType:
		f, message = source.FaultInvalid, "Amazon Ads does not take this version of the request any more. A newer Purser is needed."
	case http.StatusRequestTimeout, http.StatusTooEarly:
	default:
		if clearlyNot(res.Status) {
			f, message = source.FaultInvalid, "Amazon Ads refuses the request."
		}
	}
	if said != "" {
		message += " It said: " + said
	}
	return &failure{fault(q, f, res, message, nil), clearlyNot(res.Status)}
}

// told is what an answer says in words; "" where it has none. At most 300 characters.
func told(body []byte, hide []string) string {
	var e struct {
		Details string `json:"details"`
		Detail  string `json:"detail"`
		Message string `json:"message"`
	}
	if json.Unmarshal(body, &e) != nil {
		return ""
	}
	for _, s := range []string{e.Details, e.Detail, e.Message} {
		if s != "" {
			return clip(httpx.Redact(s, hide...))
		}
	}
	return ""
}

func clip(s string) string {
	const most = 300
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
