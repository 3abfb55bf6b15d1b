package audits

import (
	_ "embed" // the figures of the plans
	"fmt"
	"math"
	"sync"

	"gopkg.in/yaml.v3"
)

//go:embed sampling.yaml
var samplingText []byte

// figures is how much of a month is looked at, as it is shipped.
type figures struct {
	Source        string  `yaml:"source"`
	Date          string  `yaml:"date"`
	Certainty     float64 `yaml:"certainty"`
	Normal        float64 `yaml:"normal"`
	Tight         float64 `yaml:"tight"`
	BadOf         int     `yaml:"bad_of"`
	Bad           int     `yaml:"bad"`
	Clean         int     `yaml:"clean"`
	TopByMoney    int     `yaml:"top_by_money"`
	FirstOfRule   int     `yaml:"first_of_rule"`
	HarmAfterDays int     `yaml:"harm_after_days"`
	Always        []struct {
		Kind  string `yaml:"kind"`
		Level int    `yaml:"level"` // from this one up
		Why   string `yaml:"why"`
	} `yaml:"always"`
}

//nolint:gochecknoglobals // read once from what is embedded
var sampling = sync.OnceValues(func() (figures, error) {
	var f figures
	if err := yaml.Unmarshal(samplingText, &f); err != nil {
		return f, fmt.Errorf("figures of sampling: %w", err)
	}
	return f, nil
})

// SampleSize is the smallest sample of a lot in which, with the given certainty, at least one wrong decision is found
// if the given share of the lot is wrong: the plan that accepts none. A lot of 0 or less needs none. The share is rounded
// to whole decisions, a half to the even one, and is at least one: never more than the share, rounded up.
func SampleSize(lot int, share, certainty float64) int {
	if lot <= 0 {
		return 0
	}
	bad := max(1, int(math.RoundToEven(share*float64(lot))))
	missed := 1.0 // chance that a sample of n holds none of them
	for n := range lot {
		if missed <= 1-certainty {
			return n
		}
		if left := lot - bad - n; left > 0 {
			missed *= float64(left) / float64(lot-n)
		} else {
			missed = 0
		}
	}
	return lot
}

// tight says whether the tight plan holds after some lots, oldest first; true marks a bad one.
func (f figures) tight(bad []bool) bool {
	tight, clean := false, 0
	for i, b := range bad {
		clean++
		if b {
			clean = 0
		}
		if tight {
			tight = clean < f.Clean
			continue
		}
		n := 0
		for _, was := range bad[max(0, i+1-f.BadOf) : i+1] {
			if was {
				n++
			}
		}
		tight = n >= f.Bad
	}
	return tight
}
