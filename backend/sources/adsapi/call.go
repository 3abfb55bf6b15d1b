package adsapi

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"purser/backend/core/action"
	"purser/backend/core/source"
	"purser/backend/platform/httpx"
	"purser/backend/platform/ratelimit"
)

// call is one request.
type call struct {
	operation string // as errors name it
	rate      string // of rates.yaml
	region    string
	profile   string // "" where none is named
	method    string
	path      string
	query     url.Values
	media     string // of what is sent and, unless accept says otherwise, of what is wanted
	accept    string
	body      []byte
	most      int64    // bytes of the answer; 0: the usual
	hide      []string // secrets, kept out of what is told of an answer
	takes     int      // a status beside 2xx that is an answer as well; 0: none
}

// failure is why there is no answer to a call. Unsent is sure that Amazon has not begun with it.
type failure struct {
	*source.APIError
	unsent bool
}

// Unwrap gives what others know it by.
func (f *failure) Unwrap() error { return f.APIError }

// plain takes off what only this package needs to know.
func plain(err error) error {
	var f *failure
	if errors.As(err, &f) {
		return f.APIError
	}
	return err
}

const (
	// patience is how long a patient client waits for the quota of one request, in its context.
	patience = 30 * time.Second
	// haste is the same for what changes something: it is done over what was read right before, which must not be old.
	haste = 2 * time.Second
	// mostAgain is how often it asks again what only reads, after Amazon has taken no more for a while.
	mostAgain = 2
)

// reads says whether a call changes nothing.
func (q call) reads() bool { return q.method == http.MethodGet || strings.HasSuffix(q.path, "/list") }

// do makes a call. An access token that is not taken is replaced once. Any answer but 2xx is a *failure, and
// what the last check holds back an *action.RefusedError.
func (c *Client) do(ctx context.Context, q call) (*httpx.Response, error) {
	second, again := false, 0
	for {
		if ctx.Err() != nil {
			return nil, &failure{fault(q, source.FaultOffline, nil, "It was called off before Amazon Ads was asked.", ctx.Err()), true}
		}
		if wait := c.token(ctx, q); wait > 0 {
			return nil, &failure{throttled(q, nil, wait), true}
		}
		access, err := c.tokens.Token(ctx, q.region)
		if err != nil {
			return nil, tokenFailure(q, err)
		}
		who, err := c.o.Credentials(ctx, q.region)
		if err != nil {
			return nil, tokenFailure(q, err)
		}
		q.hide = []string{access, who.ClientSecret, who.RefreshToken}
		if !q.reads() {
			if err := action.MaySend(ctx); err != nil {
				return nil, err
			}
		}
		res, err := c.o.HTTP.Do(ctx, c.request(q, access, who.ClientID))
		if err != nil {
			c.forgetLooked() // a dry run that needs an answer has to find out as well that there is none
			return nil, unanswered(ctx, q, err)
		}
		switch {
		case res.Status >= 200 && res.Status < 300 || res.Status == q.takes:
			return res, nil
		case res.Status == http.StatusTooManyRequests:
			wait := retryAfter(res, c.o.Clock.Now())
			if c.patient && q.reads() && again < mostAgain {
				c.emptied(q.region, q.rate, cmp.Or(wait, paces().Backoff.after(again, q.region+q.operation)))
				again++
				continue
			}
			c.emptied(q.region, q.rate, wait)
			return nil, &failure{throttled(q, res, wait), true}
		case (res.Status == http.StatusUnauthorized || res.Status == http.StatusForbidden) && !second:
			second = true
			c.tokens.Expire(q.region, access)
			continue
		}
		return nil, refused(q, res)
	}
}

// token takes a token for a call, or says how long until there is one; a patient client waits for that.
func (c *Client) token(ctx context.Context, q call) time.Duration {
	rate := Rates()[q.rate]
	switch {
	case !c.patient:
		return c.take(q.region, q.rate, rate)
	case q.reads():
		return c.o.Limits.Wait(ctx, Bucket(q.region, q.rate), rate, patience)
	}
	return c.o.Limits.Wait(ctx, Bucket(q.region, q.rate), rate, haste)
}

// take asks for a token of an operation in a region.
func (c *Client) take(region, rate string, r ratelimit.Rate) time.Duration {
	return c.o.Limits.Take(Bucket(region, rate), r)
}

// emptied notes that Amazon has enough of an operation in a region.
func (c *Client) emptied(region, rate string, wait time.Duration) {
	c.o.Limits.Throttled(Bucket(region, rate), wait)
}

func (c *Client) request(q call, access, client string) httpx.Request {
	base := strings.TrimSuffix(c.o.Endpoints[q.region], "/")
	h := http.Header{}
	h.Set("Authorization", "Bearer "+access)
	h.Set("Amazon-Advertising-API-ClientId", client)
	if q.profile != "" {
		h.Set("Amazon-Advertising-API-Scope", q.profile)
	}
	if q.body != nil {
		h.Set("Content-Type", q.media)
	}
	if q.accept == "" {
		q.accept = q.media
	}
	h.Set("Accept", q.accept)
	return httpx.Request{Method: q.method, URL: base + q.path, Query: q.query, Header: h, Body: q.body, MaxBody: q.most, Loopback: local(base)}
}

// local says whether a base is this computer: the practice Amazon.
func local(base string) bool {
	u, err := url.Parse(base)
	return err == nil && httpx.Loopback(u.Hostname())
}

// ask makes a call and reads its answer.
func ask[T any](ctx context.Context, c *Client, q call, in any) (T, *httpx.Response, error) {
	var out T
	if in != nil {
		body, err := json.Marshal(in)
		if err != nil {
			return out, nil, &failure{&source.APIError{Fault: source.FaultInvalid, API: Name, Operation: q.operation, Message: "The request could not be written.", Err: err}, true}
		}
		q.body = body
	}
	res, err := c.do(ctx, q)
	if err != nil {
		return out, nil, err
	}
	if err := decode(res.Body, &out); err != nil {
		return out, nil, unreadable(q, res, err)
	}
	return out, res, nil
}

// decode reads JSON; numbers stay as they are written. Fields that are not known are left out.
func decode(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return d.Decode(into)
}

// retryAfter is how long an answer asks to wait: in seconds or until a date; 0: it does not say.
func retryAfter(res *httpx.Response, now time.Time) time.Duration {
	text := strings.TrimSpace(res.Header.Get("Retry-After"))
	if n, err := strconv.ParseFloat(text, 64); err == nil && n > 0 && n < 7*24*3600 {
		return time.Duration(n * float64(time.Second))
	}
	if at, err := http.ParseTime(text); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
}
