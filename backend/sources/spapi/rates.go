package spapi

import (
	_ "embed"
	"fmt"
	"math"
	"sync"
	"time"

	"gopkg.in/yaml.v3"

	"purser/backend/platform/ratelimit"
)

//go:embed rates.yaml
var ratesText []byte

type rate struct {
	PerSecond float64 `yaml:"per_second"`
	Burst     int     `yaml:"burst"`
	// Refusal is how long nothing is asked after a 429 that does not say.
	Refusal int64 `yaml:"after_refusal_seconds"`
}

type paces struct {
	Source string          `yaml:"source"`
	AsOf   string          `yaml:"as_of"`
	Rates  map[string]rate `yaml:"rates"`
	Own    struct {
		Source string          `yaml:"source"`
		Rates  map[string]rate `yaml:"rates"`
	} `yaml:"own"`
	Report struct {
		First     float64 `yaml:"first_seconds"`
		Factor    float64 `yaml:"factor"`
		Longest   float64 `yaml:"longest_seconds"`
		Late      float64 `yaml:"late_seconds"`
		LateEvery float64 `yaml:"late_every_seconds"`
		FatalSoon float64 `yaml:"fatal_near_real_time_seconds"`
		FatalDay  float64 `yaml:"fatal_daily_seconds"`
	} `yaml:"report"`
}

//nolint:gochecknoglobals // read once from what is embedded
var pace = sync.OnceValue(func() paces {
	var p paces
	if err := yaml.Unmarshal(ratesText, &p); err != nil {
		panic(fmt.Sprintf("rates as shipped: %v", err)) // embedded: a test reads it
	}
	for name, r := range p.Own.Rates {
		p.Rates[name] = r
	}
	return p
})

// Rates gives the rate of each operation as published, for plans of quotas. The bucket of one in a region is Bucket.
func Rates() map[string]ratelimit.Rate {
	out := map[string]ratelimit.Rate{}
	for name, r := range pace().Rates {
		out[name] = ratelimit.Rate{PerSecond: r.PerSecond, Burst: r.Burst}
	}
	return out
}

// Bucket names the token bucket of an operation in a region.
func Bucket(region, operation string) string { return Name + "/" + region + "/" + operation }

func rateOf(operation string) ratelimit.Rate {
	r := pace().Rates[operation]
	return ratelimit.Rate{PerSecond: r.PerSecond, Burst: r.Burst}
}

// pollWait is how long a report is left alone after so many questions; one that is late is asked after seldom.
func pollWait(polls int, age time.Duration) time.Duration {
	p := pace().Report
	if late(age) {
		return seconds(p.LateEvery)
	}
	return seconds(min(p.First*math.Pow(p.Factor, float64(min(polls, 50))), p.Longest))
}

// late says whether a report takes longer than it should.
func late(age time.Duration) bool { return age >= seconds(pace().Report.Late) }

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
