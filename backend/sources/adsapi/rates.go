package adsapi

import (
	_ "embed"
	"fmt"
	"hash/fnv"
	"math"
	"sync"
	"time"

	"gopkg.in/yaml.v3"

	"purser/backend/platform/ratelimit"
)

//go:embed rates.yaml
var ratesText []byte

// growing is a wait that is longer each time.
type growing struct {
	First   float64 `yaml:"first_seconds"`
	Factor  float64 `yaml:"factor"`
	Longest float64 `yaml:"longest_seconds"`
}

type pace struct {
	Source string `yaml:"source"`
	Date   string `yaml:"date"`
	Rates  map[string]struct {
		PerSecond float64 `yaml:"per_second"`
		Burst     int     `yaml:"burst"`
	} `yaml:"rates"`
	Backoff growing `yaml:"backoff"`
	Report  struct {
		growing `yaml:",inline"`
		Late    int64 `yaml:"late_seconds"`
		GivenUp int64 `yaml:"given_up_seconds"`
	} `yaml:"report"`
}

//nolint:gochecknoglobals // read once from what is embedded
var paces = sync.OnceValue(func() pace {
	var p pace
	if err := yaml.Unmarshal(ratesText, &p); err != nil {
		panic(fmt.Sprintf("rates as shipped: %v", err)) // embedded: a test reads it
	}
	return p
})

// Rates gives the rate of each group of operations, for plans of quotas.
func Rates() map[string]ratelimit.Rate {
	out := map[string]ratelimit.Rate{}
	for name, r := range paces().Rates {
		out[name] = ratelimit.Rate{PerSecond: r.PerSecond, Burst: r.Burst}
	}
	return out
}

// Bucket names the token bucket of a rate in a region.
func Bucket(region, rate string) string { return Name + "/" + region + "/" + rate }

// after is the wait after so many tries, the first being 0. salt spreads waits, so that what was refused at once does
// not come back at once; the same salt and try give the same wait.
func (g growing) after(tries int, salt string) time.Duration {
	most := math.Min(g.First*math.Pow(g.Factor, float64(tries)), g.Longest)
	h := fnv.New32a()
	_, _ = fmt.Fprintf(h, "%s#%d", salt, tries)
	spread := float64(h.Sum32()) / math.MaxUint32
	return time.Duration(most * (0.5 + spread/2) * float64(time.Second))
}
