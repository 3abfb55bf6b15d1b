package reviewrequests

import (
	_ "embed"
	"errors"
	"fmt"
	"sync"
	"time"

	"gopkg.in/yaml.v3"

	"purser/backend/core"
)

//go:embed policy.yaml
var policyText []byte

type policy struct {
	Source   string `yaml:"source"`
	Date     string `yaml:"date"`
	Earliest int    `yaml:"earliest_days"`
	Latest   int    `yaml:"latest_days"`
	Margin   int    `yaml:"margin_hours"`
	// Restricted are words of Amazon's no to the whole account: one of What and one of How, and none of Unless.
	Restricted struct {
		What   []string `yaml:"what"`
		How    []string `yaml:"how"`
		Unless []string `yaml:"unless"`
	} `yaml:"restricted"`
}

//nolint:gochecknoglobals // read once from what is embedded
var published = sync.OnceValues(func() (policy, error) {
	var p policy
	if err := yaml.Unmarshal(policyText, &p); err != nil {
		return p, fmt.Errorf("when Amazon takes requests: %w", err)
	}
	if p.Earliest <= 0 || p.Latest <= p.Earliest || p.Margin <= 0 || p.Source == "" || p.Date == "" {
		return p, errors.New("it is not said when Amazon takes requests")
	}
	return p, nil
})

// window is when a request may be sent: whole days of the marketplace's calendar after delivery, less the margin. An
// order without a latest day of delivery counts as delivered on the earliest.
func window(o Order, m core.Marketplace) (from, to time.Time, err error) {
	p, err := published()
	if err != nil {
		return from, to, err
	}
	first, last := o.Earliest, o.Latest
	if last.IsZero() {
		last = first
	}
	if first.IsZero() || last.Before(first) {
		return from, to, core.Invalid("actions", "It is not known when this order was to be delivered, so nobody knows whether Amazon takes a request.", "")
	}
	zone, margin := m.Zone(), time.Duration(p.Margin)*time.Hour
	return first.In(zone).AddDate(0, 0, p.Earliest).Add(margin), last.In(zone).AddDate(0, 0, p.Latest).Add(-margin), nil
}

// open says in words why a request may not be sent now; nothing if it may.
func open(o Order, m core.Marketplace, now time.Time) error {
	if o.Cancelled {
		return core.Invalid("actions", "The order was cancelled: there is nothing to ask about.", "")
	}
	if o.Replacement {
		return core.Invalid("actions", "The order is a replacement: the order it replaces is the one to ask about.", "")
	}
	from, to, err := window(o, m)
	switch {
	case err != nil:
		return err
	case now.Before(from):
		return core.Invalid("actions", "It is too early: Amazon takes the request from "+from.Format("2 January 15:04 MST")+".", "Wait until then.")
	case !now.Before(to):
		return core.Invalid("actions", "It is too late: Amazon took the request until "+to.Format("2 January 15:04 MST")+".", "")
	}
	return nil
}
