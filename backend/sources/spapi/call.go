package spapi

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"purser/backend/core/action"
	"purser/backend/core/source"
	"purser/backend/platform/httpx"
)

// call is one request.
type call struct {
	operation string // as Amazon's model names it; also its rate
	region    string
	method    string
	path      string // escaped
	query     url.Values
	body      any    // written as JSON; nil: none
	second    string // a rate of its own beside that of the operation; "" mostly
}

// get makes a call that only reads.
func get(operation, region, path string, query url.Values) call {
	return call{operation: operation, region: region, method: http.MethodGet, path: path, query: query}
}

// list joins the values of a parameter with commas, as the models have it. Only whole lists: none is no parameter.
func list(q url.Values, name string, values ...string) {
	if len(values) > 0 {
		q.Set(name, strings.Join(values, ","))
	}
}

// moment writes an instant as the API reads it.
func moment(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// part escapes one part of a path whole: a SKU may have slashes, spaces and plus signs.
func part(s string) string {
	const plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~"
	var b strings.Builder
	for i := range len(s) {
		if strings.IndexByte(plain, s[i]) >= 0 || s[i] == '.' && strings.Trim(s, ".") != "" {
			b.WriteByte(s[i])
		} else {
			b.WriteString("%" + strings.ToUpper(strconv.FormatInt(int64(s[i])+0x100, 16)[1:]))
		}
	}
	return b.String()
}

const (
	// patience is how long a patient client waits for the quota of one request, in its context.
	patience = 30 * time.Second
	// haste is the same for what changes something: it is done over what was read right before, which must not be old.
	haste = 2 * time.Second
	// mostAgain is how often it asks again what only reads, after Amazon has taken no more for a while.
	mostAgain = 2
)

// do makes a call. An access token that is refused is replaced once. Any answer but 2xx is a *failure, and
// what the last check holds back an *action.RefusedError.
func (c *Client) do(ctx context.Context, q call) (*httpx.Response, error) {
	var body []byte
	if q.body != nil {
		var err error
		if body, err = json.Marshal(q.body); err != nil {
			return nil, &failure{fault(q, source.FaultInvalid, nil, "The request could not be written: "+err.Error()+".", err), true}
		}
	}
	second, again := false, 0
	for {
		if ctx.Err() != nil {
			return nil, &failure{fault(q, source.FaultOffline, nil, "It was called off before Amazon was asked.", ctx.Err()), true}
		}
		if wait := c.token(ctx, q); wait > 0 {
			return nil, &failure{throttled(q, nil, wait), true}
		}
		token, err := c.tokens.Token(ctx, q.region)
		if err != nil {
			return nil, noToken(q, err)
		}
		if q.method != http.MethodGet {
			if err := action.MaySend(ctx); err != nil {
				return nil, err
			}
		}
		res, err := c.o.HTTP.Do(ctx, c.request(q, token, body))
		if err != nil {
			return nil, unanswered(ctx, q, err)
		}
		if perSecond, err := strconv.ParseFloat(res.Header.Get("X-Amzn-Ratelimit-Limit"), 64); err == nil {
			c.o.Limits.Learn(Bucket(q.region, q.operation), perSecond)
		}
		switch {
		case res.Status >= 200 && res.Status < 300:
			return res, nil
		case res.Status == http.StatusTooManyRequests:
			e := c.tooMany(q, res)
			if c.patient && q.method == http.MethodGet && again < mostAgain {
				again++
				continue
			}
			return nil, e
		case staleToken(res) && !second:
			second = true
			c.tokens.Expire(q.region, token)
			continue
		}
		return nil, refused(q, res)
	}
}

// token takes what take does; a patient client waits for it. What it asks has one bucket.
func (c *Client) token(ctx context.Context, q call) time.Duration {
	most := patience
	switch {
	case !c.patient || q.second != "":
		return c.take(q)
	case q.method != http.MethodGet:
		most = haste
	}
	return c.o.Limits.Wait(ctx, Bucket(q.region, q.operation), rateOf(q.operation), most)
}

// take takes a token of every bucket that a call needs, or says how long until they have one.
func (c *Client) take(q call) time.Duration {
	if q.second != "" {
		if left, _ := c.o.Limits.Left(Bucket(q.region, q.operation), rateOf(q.operation)); left >= 1 {
			if wait := c.o.Limits.Take(Bucket(q.region, q.second), rateOf(q.second)); wait > 0 {
				return wait
			}
		}
	}
	return c.o.Limits.Take(Bucket(q.region, q.operation), rateOf(q.operation))
}

// tooMany notes a 429 in the buckets and says how long to wait.
func (c *Client) tooMany(q call, res *httpx.Response) *failure {
	after := retryAfter(res, c.o.Clock.Now())
	name := q.operation
	if q.second != "" {
		name = q.second
		if after == 0 {
			after = time.Duration(pace().Rates[name].Refusal) * time.Second
		}
	}
	c.o.Limits.Throttled(Bucket(q.region, name), after)
	if after == 0 {
		r := rateOf(name)
		if left, full := c.o.Limits.Left(Bucket(q.region, name), r); left < 1 && full > 0 {
			after = full / time.Duration(max(r.Burst, 1)) // about one token
		}
	}
	return &failure{throttled(q, res, after), true}
}

func (c *Client) request(q call, token string, body []byte) httpx.Request {
	h := http.Header{"X-Amz-Access-Token": {token}, "Accept": {"application/json"}}
	if body != nil {
		h.Set("Content-Type", "application/json")
	}
	return httpx.Request{
		Method: q.method, URL: strings.TrimSuffix(c.o.Endpoints[q.region], "/") + q.path, Query: q.query, Header: h, Body: body,
		MaxBody: mostAnswer, Loopback: c.local(q.region),
	}
}

// mostAnswer is how many bytes an answer may have: a page of a hundred orders has some hundred thousand.
const mostAnswer = 64 << 20

// ask makes a call and reads its answer; one without content leaves the zero value.
func ask[T any](ctx context.Context, c *Client, q call) (T, *httpx.Response, error) {
	var out T
	res, err := c.do(ctx, q)
	if err != nil {
		return out, nil, err
	}
	if res.Status == http.StatusNoContent || len(res.Body) == 0 && res.Status != http.StatusOK {
		return out, res, nil
	}
	if err := json.Unmarshal(res.Body, &out); err != nil {
		return out, nil, unreadable(q, res, err)
	}
	return out, res, nil
}

// isJSON says whether a body is an answer of the API at all: the page of a network that wants one to sign in is not.
func isJSON(body []byte) bool {
	body = bytes.TrimLeft(body, " \t\r\n\ufeff")
	return len(body) > 0 && (body[0] == '{' || body[0] == '[')
}

// retryAfter is how long an answer asks to wait: in seconds or until a date; 0: it does not say.
func retryAfter(res *httpx.Response, now time.Time) time.Duration {
	text := strings.TrimSpace(res.Header.Get("Retry-After"))
	if n, err := strconv.ParseFloat(text, 64); err == nil && n > 0 && !math.IsInf(n, 0) {
		return seconds(min(n, (24 * time.Hour).Seconds()))
	}
	if at, err := http.ParseTime(text); err == nil && at.After(now) {
		return min(at.Sub(now), 24*time.Hour)
	}
	return 0
}
