package practice

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"purser/backend/core"
)

// checkQuery refuses parameters that the operation does not have, that are given twice, or that are empty.
func (c *call) checkQuery() (answer, bool) {
	for k, v := range c.query {
		switch {
		case c.op.api == apiDocuments:
		case !slices.Contains(c.op.query, k):
			return c.invalid("Invalid query parameter: "+k, c.op.name+" has no such parameter."), false
		case len(v) > 1:
			return c.invalid("Query parameter given more than once: "+k, "Values are joined with commas."), false
		case v[0] == "":
			return c.invalid("Query parameter is empty: "+k, ""), false
		}
	}
	return answer{}, true
}

// list splits a parameter at its commas.
func (c *call) list(name string) []string {
	if !c.query.Has(name) {
		return nil
	}
	return strings.Split(c.query.Get(name), ",")
}

// listOf is a list that may hold so many values, all of them of some words.
func (c *call) listOf(name string, most int, words ...string) ([]string, bool) {
	v := c.list(name)
	if len(v) > most {
		return nil, false
	}
	for _, x := range v {
		if len(words) > 0 && !slices.Contains(words, x) {
			return nil, false
		}
	}
	return v, true
}

// number is a whole number within bounds; usual where it is not given.
func (c *call) number(name string, usual, low, high int) (int, bool) {
	if !c.query.Has(name) {
		return usual, true
	}
	n, err := strconv.Atoi(c.query.Get(name))
	return n, err == nil && n >= low && n <= high
}

// moment is an instant; zero where it is not given.
func (c *call) moment(name string) (time.Time, bool) {
	if !c.query.Has(name) {
		return time.Time{}, true
	}
	return parseTime(c.query.Get(name))
}

// parseTime reads an instant as the models write it, with a zone.
func parseTime(v string) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339Nano, v)
	return t.UTC(), err == nil
}

// marketsOf finds the marketplaces of a list of ids. One in which the seller does not sell, or of another region, is
// refused as Amazon refuses it.
func (c *call) marketsOf(ids []string) ([]core.Marketplace, answer, bool) {
	var out []core.Marketplace
	for _, id := range ids {
		if _, known := core.MarketplaceByID(core.MarketplaceID(id)); !known {
			return nil, c.invalid("Invalid marketplace id: "+id, ""), false
		}
		m, ok := c.marketOf(id)
		if !ok {
			return nil, c.denied("The seller does not sell in " + id + " in this region."), false
		}
		c.about = append(c.about, m.Code)
		out = append(out, m)
	}
	return out, answer{}, true
}

// oneMarket is the one marketplace that a parameter must name.
func (c *call) oneMarket(name string) (core.Marketplace, answer, bool) {
	ids := c.list(name)
	if len(ids) != 1 {
		return core.Marketplace{}, c.invalid("Exactly one marketplace is needed: "+name, ""), false
	}
	ms, a, ok := c.marketsOf(ids)
	if !ok {
		return core.Marketplace{}, a, false
	}
	return ms[0], a, true
}

// decode reads the body strictly: no field that the model lacks, nothing behind it.
func (c *call) decode(v any) (answer, bool) {
	if c.op.api == apiSP && !strings.HasPrefix(c.r.Header.Get("Content-Type"), "application/json") {
		return c.fail(http.StatusUnsupportedMediaType, "UnsupportedMediaType", "The Content-Type must be application/json.", ""), false
	}
	d := json.NewDecoder(strings.NewReader(string(c.body)))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return c.invalid("The body could not be read.", err.Error()), false
	}
	if d.More() {
		return c.invalid("The body could not be read.", "There is something behind its end."), false
	}
	return answer{}, true
}

// pageToken says where a page begins.
type pageToken struct {
	Op     string
	Params string // hash of what has to be repeated
	From   int
	Size   int
	At     int64 // the moment by which all pages are made
	Issued int64
	Query  string `json:",omitempty"` // where the token stands for all parameters
	Shown  string `json:",omitempty"` // what the page before ended with
}

// seal writes a token: opaque, and with characters that have to be escaped in an address.
func (c *call) seal(t pageToken) string {
	b, err := json.Marshal(t)
	if err != nil {
		return "" // numbers and strings always marshal
	}
	return "P+/" + base64.StdEncoding.EncodeToString(append(b, c.sign("page", string(b))[:16]...)) + "=="
}

// open reads a token of the same operation and parameters that is not too old.
func (c *call) open(text string, params string, life time.Duration) (pageToken, bool) {
	var t pageToken
	text = strings.TrimSuffix(strings.TrimPrefix(text, "P+/"), "==")
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(b) < 16 {
		return t, false
	}
	b, mac := b[:len(b)-16], string(b[len(b)-16:])
	if c.sign("page", string(b))[:16] != mac || json.Unmarshal(b, &t) != nil {
		return t, false
	}
	return t, t.Op == c.op.name+" "+c.region+" "+c.profile && t.Params == params && c.now.Sub(time.Unix(0, t.Issued)) < life && !c.strikes(PageExpired)
}

// repeated is what has to be the same on every page.
func repeated(q url.Values, except ...string) string {
	out := url.Values{}
	for k, v := range q {
		if !slices.Contains(except, k) {
			out[k] = v
		}
	}
	return out.Encode()
}

// pages says how a listing is cut into pages.
type pages struct {
	token  string // as it was given; "": the first page
	params string
	size   int
	life   time.Duration
	whole  bool // the token stands for all parameters
}

// begin reads the token of a listing: the moment by which its pages are made, and where this one begins.
func (c *call) begin(p *pages) (at time.Time, t pageToken, ok bool) {
	if p.token == "" {
		return c.now, pageToken{At: c.now.UnixNano(), Params: p.params}, true
	}
	t, ok = c.open(p.token, p.params, p.life)
	if ok && p.whole {
		p.size = t.Size
	}
	return time.Unix(0, t.At).UTC(), t, ok
}

// cut gives the rows of a page and the token of the next, "" where it is the last.
func cut[T any](c *call, rows []T, p pages, t pageToken) ([]T, string) {
	size := p.size
	if c.strikes(SmallPages) {
		size = max(1, size/3)
	}
	n := len(rows)
	from := min(t.From, n)
	to := min(from+size, n)
	next := pageToken{Op: c.op.name + " " + c.region + " " + c.profile, Params: p.params, From: to, Size: p.size, At: t.At, Issued: c.now.UnixNano(), Query: t.Query}
	page := slices.Clone(rows[from:to])
	if from > 0 && c.strikes(DuplicateRows) {
		page = append([]T{rows[from-1]}, page...)
	}
	if len(page) > 1 && c.strikes(MissingRows) {
		page = page[1:]
	}
	if c.strikes(ShuffledRows) {
		slices.Reverse(page)
	}
	switch {
	case to < n && len(page) > 0 && t.Shown != "empty" && c.strikes(EmptyPage):
		next.From, next.Shown = from, "empty"
		return []T{}, c.seal(next)
	case p.token != "" && c.strikes(RepeatedToken):
		return page, p.token
	case to >= n && n > 0 && c.strikes(EndlessPages):
		next.From, next.Shown = max(0, n-size), next.Shown+"."
		return page, c.seal(next)
	case to < n:
		return page, c.seal(next)
	}
	return page, ""
}
