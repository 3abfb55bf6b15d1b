package lwa

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"purser/backend/core/source"
	"purser/backend/platform/httpx"
)

const operation = "token"

// plain says for each refusal of Login with Amazon what happened and what to do. Source: its error codes, seen 2026-11.
func plain(code string) string {
	switch code {
	case "invalid_grant":
		return "Amazon no longer accepts this account's authorisation: it was revoked, has lapsed or belongs to another app. " +
			"Authorise the app again in Seller Central and connect with the new refresh token."
	case "invalid_client":
		return "Amazon does not accept the app's client id and secret: a secret is good for 180 days, then a new one has to be made. " +
			"Make a new client secret in the Solution Provider Portal and enter it."
	case "unauthorized_client": //nolint:misspell // its own word
		return "Amazon does not let this app use this authorisation: the app was closed, or the refresh token was given to another app. " +
			"Check the app in the Solution Provider Portal, authorise it again and connect anew."
	case "invalid_scope":
		return "The authorisation does not cover what the app asks for. Authorise the app again and connect with the new refresh token."
	case "access_denied":
		return "The access of this app was refused. Authorise the app again in Seller Central and connect anew."
	}
	return "Amazon does not accept the credentials as they are entered. Enter client id, client secret and refresh token anew."
}

// refused makes the error of an answer without a token.
func (t *Tokens) refused(res *httpx.Response, a answer, c Credentials) *source.APIError {
	e := t.failure(source.FaultUnavailable, "Amazon's sign-in could not answer. It is asked again later.")
	e.Status, e.Request, e.Raw = res.Status, res.RequestID(), raw(res.Body, a, c)
	switch {
	case res.Status == http.StatusTooManyRequests:
		e.Fault, e.Message = source.FaultThrottled, "Amazon's sign-in was asked too often. It is asked again later."
		e.After = retryAfter(res.Header)
	case res.Status >= 500 || a.Error == "server_error" || a.Error == "temporarily_unavailable":
	case a.Error != "" && res.Status >= 400:
		e.Fault, e.Message = source.FaultReconnect, plain(a.Error)
	case res.Status == http.StatusOK || a.Error == "":
		e.Message = "Something else answered instead of Amazon's sign-in, such as the sign-in page of a network. " +
			"Open a web page to see whether this network asks for something."
	}
	return e
}

// raw is the answer without secrets. One that is no error of Amazon may hold a token anywhere and is left out.
func raw(body []byte, a answer, c Credentials) string {
	if a.Error == "" {
		return "(" + strconv.Itoa(len(body)) + " bytes that are not an answer of Amazon's sign-in)"
	}
	s := httpx.Redact(a.Error+": "+a.Description, c.ClientSecret, c.RefreshToken, c.ClientID)
	if r := []rune(s); len(r) > 4000 {
		s = string(r[:4000])
	}
	return strings.ToValidUTF8(s, "?")
}

// unanswered makes the error of a request without an answer.
func (t *Tokens) unanswered(err error) *source.APIError {
	var off *httpx.OfflineError
	switch {
	case errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
		return t.givenUp(err)
	case errors.As(err, &off) && off.Unsafe:
		e := t.failure(source.FaultOffline, "There is no safe connection to Amazon's sign-in: what answered could not prove to be Amazon. "+
			"Check the clock of this computer, and whether this network looks into encrypted traffic.")
		e.Err = err
		return e
	case errors.As(err, &off):
		e := t.failure(source.FaultOffline, "Amazon's sign-in could not be reached. Check the connection to the internet.")
		e.Err = err
		return e
	}
	e := t.failure(source.FaultUnavailable, "The answer of Amazon's sign-in was cut or damaged. It is asked again later.")
	e.Err = err
	return e
}

func (t *Tokens) givenUp(err error) *source.APIError {
	e := t.failure(source.FaultOffline, "The sign-in was given up before Amazon answered.")
	e.Err = err
	return e
}

// noCredentials makes the error of credentials that are not there; one that says so itself stays as it is.
func (t *Tokens) noCredentials(err error) *source.APIError {
	var known *source.APIError
	if errors.As(err, &known) {
		return known
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return t.givenUp(err)
	}
	e := t.failure(source.FaultReconnect, "There are no credentials for this region. Connect the account.")
	if err != nil {
		e.Message, e.Err = "The credentials of this region could not be read: "+err.Error(), err
	}
	return e
}

func (t *Tokens) failure(f source.APIFault, message string) *source.APIError {
	return &source.APIError{Fault: f, API: t.o.API, Operation: operation, Message: message}
}

func retryAfter(h http.Header) time.Duration {
	n, err := strconv.Atoi(h.Get("Retry-After"))
	if err != nil || n < 0 {
		return 0
	}
	return min(time.Duration(n)*time.Second, 24*time.Hour)
}
