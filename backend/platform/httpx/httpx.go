// Package httpx is the one way out to the internet.
//
// Input: a Request.
// Output: whatever was answered, whole, unpacked and within a size; or why nothing was.
//
// Its policy holds whatever transport it is given: TLS 1.2 or later, plain http only to this computer and only where
// asked for, no redirects, nothing decompressed behind its back, every request with the User-Agent, no URL in an error,
// and no secret of a request in anything that comes back.
package httpx

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"purser/backend/platform/clock"
)

// DefaultMaxBody is how many bytes of a body are read where a Request does not say.
const DefaultMaxBody = 32 << 20

const (
	defaultTimeout = 60 * time.Second
	// wholeFactor times the timeout is how long a request may take in all, however steadily it trickles.
	wholeFactor = 20
)

// Options of a Client; the zero value works.
type Options struct {
	UserAgent string
	// Timeout is how long nothing may happen: until the answer begins, and between parts of it. 0: a minute.
	Timeout   time.Duration
	Transport http.RoundTripper // nil: its own. Of an *http.Transport a copy is made and put under the policy.
	Clock     clock.Clock       // nil: the machine's
}

// Client makes requests. It is safe for concurrent use and keeps nothing of one request for the next but connections.
type Client struct {
	http    *http.Client
	agent   string
	timeout time.Duration
	clock   clock.Clock
}

// UserAgent says who asks and that it is a program: "Purser/1.2 (Language=Go/1.26.8; Platform=linux; Automated=1)".
func UserAgent(product, version string) string {
	if version == "" {
		version = "0"
	}
	language := strings.TrimPrefix(runtime.Version(), "go")
	return product + "/" + version + " (Language=Go/" + language + "; Platform=" + runtime.GOOS + "; Automated=1)"
}

// New makes a Client.
func New(o Options) *Client {
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	if o.Clock == nil {
		o.Clock = clock.Real{}
	}
	if o.Transport == nil {
		o.Transport = &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
			TLSHandshakeTimeout: 15 * time.Second,
			MaxIdleConnsPerHost: 8,
			IdleConnTimeout:     90 * time.Second,
			ForceAttemptHTTP2:   true,
		}
	}
	return &Client{
		http: &http.Client{
			Transport: secured(o.Transport),
			// A redirect would carry credentials to another place; nobody asked here answers with one.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		agent: o.UserAgent, timeout: o.Timeout, clock: o.Clock,
	}
}

// secured puts a transport under the policy.
func secured(rt http.RoundTripper) http.RoundTripper {
	t, ok := rt.(*http.Transport)
	if !ok {
		return rt
	}
	t = t.Clone()
	t.DisableCompression = true
	if t.TLSClientConfig == nil {
		t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	t.TLSClientConfig.MinVersion = max(t.TLSClientConfig.MinVersion, tls.VersionTLS12)
	t.TLSClientConfig.InsecureSkipVerify = false
	return t
}

// Request is what to ask.
type Request struct {
	Method string // empty: GET
	URL    string // https; its own query stays as it is
	Query  url.Values
	Header http.Header
	Body   []byte
	// MaxBody is how many bytes of the answer are read, unpacked; 0: DefaultMaxBody. More is a *BodyError.
	MaxBody  int64
	Loopback bool // plain http to this computer is allowed
}

// Response is an answer of any status.
type Response struct {
	Status int
	Header http.Header
	// Body is whole, and unpacked where it begins like gzip whatever the headers say of it. Where it says back the
	// tokens, secrets or the signature that were sent, there is "[redacted]" in their place.
	Body []byte
	At   time.Time // when it was there
}

// RequestID is the name that the other side gave the request; "" where it gave none.
func (r *Response) RequestID() string {
	for _, h := range []string{"X-Amzn-Requestid", "X-Amz-Request-Id", "X-Amz-Rid", "X-Request-Id"} {
		if v := r.Header.Get(h); v != "" {
			return v
		}
	}
	return ""
}

// Do asks once and never again. Any status is a Response. Errors: *RefusedError (nothing was tried), *OfflineError
// (no answer), *BodyError (an answer cut short or too large), or that of ctx.
func (c *Client) Do(ctx context.Context, r Request) (*Response, error) {
	target, err := c.address(r)
	if err != nil {
		return nil, err
	}
	parent := ctx
	ctx, cancel := context.WithTimeout(ctx, wholeFactor*c.timeout)
	defer cancel()
	idle := time.AfterFunc(c.timeout, cancel)
	defer idle.Stop()
	var sent atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { sent.Store(true) }})
	req, err := c.request(ctx, r, target)
	if err != nil {
		return nil, err
	}
	hide := hiding(sensitive(r, target))
	res, err := c.send(req)
	if err != nil {
		if parent.Err() != nil {
			return nil, parent.Err()
		}
		var fell *panicked
		e := offline(target.Host, err, sent.Load() || errors.As(err, &fell), ctx.Err() != nil)
		e.Err = hide.err(e.Err)
		return nil, e
	}
	defer res.Body.Close() //nolint:errcheck // nothing is lost with it
	limit := r.MaxBody
	if limit <= 0 {
		limit = DefaultMaxBody
	}
	body, broken := readBody(alive{calm{res.Body}, func() { idle.Reset(c.timeout) }}, limit)
	if broken != nil {
		if parent.Err() != nil {
			return nil, parent.Err()
		}
		broken.Status, broken.Host, broken.Err = res.StatusCode, target.Host, hide.err(broken.Err)
		return nil, broken
	}
	hide.header(res.Header)
	return &Response{Status: res.StatusCode, Header: res.Header, Body: hide.body(body), At: c.clock.Now()}, nil
}

// send makes a request. A panic below it is no answer, of which nobody knows whether it was sent; its words are left
// out, as they may be anything that was sent.
func (c *Client) send(req *http.Request) (res *http.Response, err error) {
	defer func() {
		if v := recover(); v != nil {
			res, err = nil, &panicked{v}
		}
	}()
	return c.http.Do(req)
}

func (c *Client) request(ctx context.Context, r Request, target *url.URL) (*http.Request, error) {
	method := r.Method
	if method == "" {
		method = http.MethodGet
	}
	req, err := http.NewRequestWithContext(ctx, method, target.String(), bytes.NewReader(r.Body))
	if err != nil {
		return nil, &RefusedError{Host: target.Host, Reason: "its method or address cannot be written as a request"}
	}
	if len(r.Body) == 0 {
		req.Body, req.GetBody, req.ContentLength = http.NoBody, nil, 0
	}
	for k, v := range r.Header {
		req.Header[http.CanonicalHeaderKey(k)] = v
	}
	if c.agent != "" {
		req.Header.Set("User-Agent", c.agent)
	}
	return req, nil
}

// address checks where a request goes. The query is added to, never written anew: it may be signed.
func (c *Client) address(r Request) (*url.URL, error) {
	u, err := url.Parse(r.URL)
	if err != nil || u.Host == "" {
		return nil, &RefusedError{Reason: "its address cannot be read"}
	}
	if u.User != nil {
		return nil, &RefusedError{Host: u.Host, Reason: "its address carries a password"}
	}
	switch {
	case u.Scheme == "https":
	case u.Scheme == "http" && r.Loopback && Loopback(u.Hostname()):
	default:
		return nil, &RefusedError{Host: u.Host, Reason: "it is not encrypted (https)"}
	}
	if q := r.Query.Encode(); q != "" {
		if u.RawQuery != "" {
			u.RawQuery += "&"
		}
		u.RawQuery += q
	}
	return u, nil
}

// Loopback says whether a host is this computer: "localhost" or an address of the loopback network.
func Loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
