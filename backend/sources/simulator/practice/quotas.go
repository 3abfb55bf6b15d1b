package practice

import (
	_ "embed" // for the table of rates
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"time"

	"gopkg.in/yaml.v3"
)

//go:embed quotas.yaml
var quotasFile []byte

// rate is how often an operation may be asked.
type rate struct {
	Rate  float64 `yaml:"rate"` // a second
	Burst float64 `yaml:"burst"`
}

// publishedRates reads the table.
func publishedRates() (map[string]rate, error) {
	var f struct {
		AsOf  string          `yaml:"as_of"`
		Rates map[string]rate `yaml:"rates"`
		Own   map[string]rate `yaml:"own"`
	}
	if err := yaml.Unmarshal(quotasFile, &f); err != nil {
		return nil, fmt.Errorf("read Amazon's rates: %w", err)
	}
	maps.Copy(f.Rates, f.Own)
	return f.Rates, nil
}

// bucket holds what is left of a burst.
type bucket struct {
	left float64
	at   time.Time
}

func (c *call) rate() (rate, bool) {
	r, ok := c.rates[c.op.name]
	if !ok && c.op.api == apiAds {
		r, ok = c.rates["other"]
	}
	if f := c.active(FallingLimits); ok && f != nil {
		r.Rate /= 4
	}
	return r, ok
}

// throttle takes a token of the operation's bucket, or refuses.
func (c *call) throttle() (answer, bool) {
	if c.op.api != apiSP && c.op.api != apiAds {
		return answer{}, true
	}
	bare := c.strikes(ThrottledBare)
	if bare || c.strikes(Throttled) {
		return c.tooMany(bare), false
	}
	r, ok := c.rate()
	if !c.o.Quotas || !ok {
		return answer{}, true
	}
	key := c.op.api + " " + c.region + " " + c.profile + " " + c.op.name
	b := c.buckets[key]
	if b == nil {
		b = &bucket{left: r.Burst, at: c.now}
		c.buckets[key] = b
	}
	if past := c.now.Sub(b.at).Seconds(); past > 0 {
		b.left = min(r.Burst, b.left+past*r.Rate)
	}
	b.at = c.now
	if b.left < 1-1e-9 {
		return c.tooMany(c.op.name == "createAdsReport"), false
	}
	b.left--
	return answer{}, true
}

// tooMany answers 429; bare: without a word on when to come back.
func (c *call) tooMany(bare bool) answer {
	a := c.fail(http.StatusTooManyRequests, "QuotaExceeded", "You exceeded your quota for the requested resource.", "")
	r, ok := c.rate()
	switch {
	case bare || !ok:
	case c.op.api == apiAds:
		a.header.Set("Retry-After", strconv.Itoa(int(1/r.Rate)+1))
	default:
		c.limitHeader(&a)
	}
	return a
}

// unlimited is the rate that is told where none is held to: a client that keeps to what it is told is not slowed down.
const unlimited = 20

// limitHeader names the rate, as answers of the Selling Partner API do most of the time.
func (c *call) limitHeader(a *answer) {
	r, ok := c.rate()
	if !c.o.Quotas && c.active(FallingLimits) == nil && c.active(Throttled) == nil {
		r.Rate = unlimited
	}
	if ok && c.op.api == apiSP && !c.strikes(NoRateHeader) {
		a.header.Set("x-amzn-RateLimit-Limit", strconv.FormatFloat(r.Rate, 'f', -1, 64))
	}
}
