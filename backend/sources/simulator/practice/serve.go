package practice

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// maxRequest is the longest body that is read.
const maxRequest = 4 << 20

// The APIs.
const (
	apiLWA       = "lwa"
	apiSP        = "spapi"
	apiAds       = "ads"
	apiDocuments = "documents"
)

// operation is one thing that can be asked of Amazon.
type operation struct {
	name    string // Amazon's operationId
	api     string
	family  string   // what faults may be aimed at: "reports", "orders", "sp", …
	method  string   //
	path    string   // with "{name}" for what varies
	query   []string // all parameters there are
	changes bool     // it changes something
	media   string   // of the Ads API: what must be accepted and sent
	scoped  bool     // of the Ads API: needs a profile
	handle  func(c *call) answer
}

// call is one request under way.
type call struct {
	*Server
	op      *operation
	r       *http.Request
	region  string
	parts   map[string]string // what the path names
	query   url.Values
	body    []byte
	now     time.Time
	id      string // Amazon's name of the request
	profile string // marketplace of the advertiser profile
	about   []string
}

// answer is what is sent back.
type answer struct {
	status int
	header http.Header
	body   []byte
	media  string
	// spoil is how it is sent, where a fault befalls it: "cut", "reset", "trickle"; "" whole.
	spoil string
	delay time.Duration
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxRequest+1))
	if err != nil {
		return
	}
	if strings.HasPrefix(r.URL.Path, "/control/") {
		s.control(w, r, body)
		return
	}
	a := s.answer(r, body)
	s.send(r.Context(), w, a)
}

// answer finds the operation and lets it happen, one request at a time.
func (s *Server) answer(r *http.Request, body []byte) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &call{Server: s, r: r, body: body, now: s.o.Clock.Now().UTC(), query: r.URL.Query()}
	s.live(c.now)
	s.mature(c.now)
	s.state.Requests++
	c.id = s.uuid("request", s.state.Requests)
	a := s.route(c)
	if a.header == nil {
		a.header = http.Header{}
	}
	c.finish(&a)
	return a
}

func (s *Server) route(c *call) answer {
	api, region, rest := place(c.r.URL)
	c.region = region
	var other []string
	for _, op := range s.operations {
		if op.api != api {
			continue
		}
		parts, ok := match(op.path, rest)
		if !ok {
			continue
		}
		if op.method != c.r.Method {
			other = append(other, op.method)
			continue
		}
		c.op, c.parts = op, parts
		return c.serve()
	}
	if len(other) > 0 {
		return c.fail(http.StatusMethodNotAllowed, "InvalidInput", "Method not allowed", "Allowed: "+strings.Join(other, ", "))
	}
	return c.fail(http.StatusNotFound, "NotFound", "The requested resource doesn't exist.", "")
}

// place splits an address into API, region and Amazon's own path, still escaped.
func place(u *url.URL) (api, region, rest string) {
	p := u.EscapedPath()
	for _, x := range []string{apiSP, apiAds} {
		if tail, ok := strings.CutPrefix(p, "/"+x+"/"); ok {
			region, rest, _ = strings.Cut(tail, "/")
			return x, region, "/" + rest
		}
	}
	if tail, ok := strings.CutPrefix(p, "/documents/"); ok {
		region, _, _ = strings.Cut(tail, "/")
		return apiDocuments, region, p
	}
	return apiLWA, "", p
}

// match compares an escaped path with an operation's and gives what varies, unescaped.
func match(pattern, path string) (map[string]string, bool) {
	a, b := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(a) != len(b) {
		return nil, false
	}
	parts := map[string]string{}
	for i := range a {
		if name, ok := strings.CutPrefix(a[i], "{"); ok {
			v, err := url.PathUnescape(b[i])
			if err != nil || v == "" {
				return nil, false
			}
			parts[strings.TrimSuffix(name, "}")] = v
		} else if a[i] != b[i] {
			return nil, false
		}
	}
	return parts, true
}

// serve passes the request through what stands before every operation, then through the operation.
func (c *call) serve() answer {
	count := c.count()
	count.Requests++
	if a, ok := c.breakdown(); ok {
		return a
	}
	if a, ok := c.admit(); !ok {
		return a
	}
	if a, ok := c.throttle(); !ok {
		count.Throttled++
		return a
	}
	if a, ok := c.checkQuery(); !ok {
		return a
	}
	if c.o.Validate != nil && (c.op.api == apiSP || c.op.api == apiAds) {
		if err := c.o.Validate(c.asAmazon(), c.body); err != nil {
			return c.invalid("The request does not fit Amazon's model.", err.Error())
		}
	}
	a := c.op.handle(c)
	if a.header == nil {
		a.header = http.Header{}
	}
	c.limitHeader(&a)
	if c.o.ValidateAnswer != nil && (c.op.api == apiSP || c.op.api == apiAds) {
		if err := c.o.ValidateAnswer(c.asAmazon(), a.status, c.headers(a), a.body); err != nil {
			c.problems = append(c.problems, c.op.name+": "+err.Error())
			return c.fail(http.StatusInternalServerError, "InternalFailure", "The practice Amazon's own answer was wrong.", err.Error())
		}
	}
	if c.op.changes && a.status < 300 {
		if err := c.save(); err != nil {
			c.problems = append(c.problems, err.Error())
			return c.fail(http.StatusInternalServerError, "InternalFailure", "The state could not be kept.", err.Error())
		}
	}
	return c.spoil(a)
}

// asAmazon is the request with the path it would have at Amazon.
func (c *call) asAmazon() *http.Request {
	out := *c.r
	address := *c.r.URL
	out.URL = &address
	_, _, rest := place(c.r.URL)
	out.URL.RawPath = rest
	if p, err := url.PathUnescape(rest); err == nil {
		out.URL.Path = p
	}
	out.Body = io.NopCloser(bytes.NewReader(c.body))
	return &out
}

// finish puts on what every answer carries.
func (c *call) finish(a *answer) {
	for k, v := range c.headers(*a) {
		a.header[k] = v
	}
}

func (c *call) headers(a answer) http.Header {
	h := a.header.Clone()
	if h == nil {
		h = http.Header{}
	}
	if a.media != "" && h.Get("Content-Type") == "" {
		h.Set("Content-Type", a.media)
	}
	if h.Get("Date") == "" {
		h.Set("Date", c.now.Format(http.TimeFormat))
	}
	name := "x-amzn-RequestId"
	if c.op != nil && c.op.api == apiAds {
		name = "x-amz-request-id"
	}
	if c.op == nil || c.op.api != apiDocuments {
		h.Set(name, c.id)
	}
	return h
}

// send writes an answer, as it is or spoilt.
func (s *Server) send(ctx context.Context, w http.ResponseWriter, a answer) {
	if a.delay > 0 {
		s.o.Wait(ctx, a.delay)
	}
	if a.spoil == spoilReset {
		panic(http.ErrAbortHandler) // net/http closes the connection
	}
	for k, v := range a.header {
		w.Header()[k] = slices.Clone(v)
	}
	w.Header().Set("Content-Length", fmt.Sprint(len(a.body)))
	w.WriteHeader(a.status)
	switch a.spoil {
	case spoilCut:
		_, _ = w.Write(a.body[:len(a.body)*2/3]) // the other side is meant to be left without the rest
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	case spoilTrickle:
		s.trickle(ctx, w, a.body)
	default:
		_, _ = w.Write(a.body) // a reader that went away is none of Amazon's
	}
}

// trickle sends a body in slices with a tenth of a second between them.
func (s *Server) trickle(ctx context.Context, w http.ResponseWriter, body []byte) {
	for len(body) > 0 && ctx.Err() == nil {
		n := min(len(body), 2048)
		if _, err := w.Write(body[:n]); err != nil {
			return
		}
		_ = http.NewResponseController(w).Flush() // it is only for show
		body = body[n:]
		s.o.Wait(ctx, 100*time.Millisecond)
	}
}

// ok answers with JSON.
func (c *call) ok(status int, v any) answer {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return c.fail(http.StatusInternalServerError, "InternalFailure", "The answer could not be made.", err.Error())
	}
	media := "application/json"
	if c.op != nil && c.op.media != "" {
		media = c.op.media
	}
	return answer{status: status, body: bytes.TrimRight(b.Bytes(), "\n"), media: media}
}

// fail answers with an error in the form of the API.
func (c *call) fail(status int, code, message, details string) answer {
	var v any = map[string]any{"errors": []map[string]string{{"code": code, "message": message, "details": details}}}
	switch {
	case c.op == nil:
	case c.op.api == apiAds:
		v = map[string]string{"code": adsCode(status), "details": message, "message": message, "requestId": c.id}
	case c.op.api == apiLWA:
		v = map[string]string{"error": code, "error_description": message, "request_id": c.id}
	}
	b, err := json.Marshal(v)
	if err != nil {
		b = nil // maps of strings always marshal
	}
	return answer{status: status, body: b, media: "application/json", header: http.Header{}}
}

func adsCode(status int) string {
	switch status {
	case http.StatusUnauthorized:
		return "UNAUTHORIZED" //nolint:misspell // Amazon's word
	case http.StatusForbidden:
		return "ACCESS_DENIED"
	case http.StatusNotFound:
		return "NOT_FOUND"
	case http.StatusNotAcceptable, http.StatusUnsupportedMediaType:
		return "UNSUPPORTED_MEDIA_TYPE"
	case http.StatusTooManyRequests:
		return "THROTTLED"
	}
	if status >= http.StatusInternalServerError {
		return "INTERNAL_ERROR"
	}
	return "INVALID_ARGUMENT"
}

// invalid answers 400.
func (c *call) invalid(message, details string) answer {
	return c.fail(http.StatusBadRequest, "InvalidInput", message, details)
}

// denied answers 403.
func (c *call) denied(details string) answer {
	return c.fail(http.StatusForbidden, "Unauthorized", "Access to requested resource is denied.", details) //nolint:misspell // Amazon's word
}
