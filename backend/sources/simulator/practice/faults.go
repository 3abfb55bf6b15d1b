package practice

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Fault is something that goes wrong.
type Fault struct {
	Name string `json:"name"`
	// On narrows it to operations, families ("reports", "orders", "sp"), APIs ("spapi", "ads", "lwa", "documents"),
	// regions, marketplaces or report types; one of each kind named has to fit. None: whatever it can befall.
	On    []string `json:"on,omitempty"`
	Rate  float64  `json:"rate,omitempty"`  // share of the times at which it could happen; 0: each time
	Times int      `json:"times,omitempty"` // at most so often; 0: without end
	// From and To are the time in which it happens, by the server's clock; zero: at any time.
	From    time.Time `json:"from,omitzero"`
	To      time.Time `json:"to,omitzero"`
	Seconds int       `json:"seconds,omitempty"` // how long, where that means something; 0: what is usual
}

// Faults are those that are switched on.
type Faults []Fault

// armed is a fault that is switched on, and how often it could and did happen.
type armed struct {
	Fault
	Chances int `json:"chances"`
	Hits    int `json:"hits"`
}

// SetFaults switches faults on, and all others off.
func (s *Server) SetFaults(faults Faults) error {
	known := map[string]bool{}
	for _, f := range KnownFaults() {
		known[f.Name] = true
	}
	next := make([]*armed, 0, len(faults))
	var problems []error
	for _, f := range faults {
		switch {
		case !known[f.Name]:
			problems = append(problems, fmt.Errorf("there is no fault %q", f.Name))
		case f.Rate < 0 || f.Rate > 1 || f.Times < 0 || f.Seconds < 0:
			problems = append(problems, fmt.Errorf("fault %q: rate is a share, times and seconds are not below zero", f.Name))
		}
		for _, on := range f.On {
			if kind(s, on) == "" {
				problems = append(problems, fmt.Errorf("fault %q: nothing is called %q", f.Name, on))
			}
		}
		next = append(next, &armed{Fault: f})
	}
	if err := errors.Join(problems...); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = next
	return nil
}

// kind says what a word that narrows a fault is.
func kind(s *Server, on string) string {
	switch on {
	case apiLWA, apiSP, apiAds, apiDocuments:
		return "api"
	case "na", "eu", "fe":
		return "region"
	}
	for _, op := range s.operations {
		switch on {
		case op.name:
			return "operation"
		case op.family:
			return "family"
		}
	}
	for _, m := range s.seller.Marketplaces() {
		if on == m.Code {
			return "market"
		}
	}
	if _, ok := reportTypes()[on]; ok {
		return "report"
	}
	if _, ok := adsReportTypes()[on]; ok {
		return "report"
	}
	return ""
}

// aims says whether a fault is aimed at a call: one word of each kind that it names has to fit.
func (c *call) aims(f *armed) bool {
	have := append([]string{c.region}, c.about...)
	if c.op != nil {
		have = append(have, c.op.name, c.op.family, c.op.api)
	}
	if c.profile != "" {
		have = append(have, c.profile)
	}
	fits := map[string]bool{}
	for _, on := range f.On {
		k := kind(c.Server, on)
		fits[k] = fits[k] || slices.Contains(have, on)
	}
	for _, ok := range fits {
		if !ok {
			return false
		}
	}
	return true
}

// active finds a fault that is on at this moment and aimed at the call, whether or not it happens.
func (c *call) active(name string) *armed {
	for _, f := range c.faults {
		if f.Name != name || !f.From.IsZero() && c.now.Before(f.From) || !f.To.IsZero() && !c.now.Before(f.To) {
			continue
		}
		if f.Times > 0 && f.Hits >= f.Times || !c.aims(f) {
			continue
		}
		return f
	}
	return nil
}

// happens lets chance decide whether a fault befalls the call, and gives it if so.
func (c *call) happens(name string) *armed {
	f := c.active(name)
	if f == nil {
		return nil
	}
	f.Chances++
	if f.Rate > 0 && fraction(hash(c.o.Seed, "fault", name, c.op.name, fmt.Sprint(f.Chances))) >= f.Rate {
		return nil
	}
	f.Hits++
	return f
}

func (c *call) strikes(name string) bool { return c.happens(name) != nil }

// lasts is how long a fault lasts.
func (f *armed) lasts(usual time.Duration) time.Duration {
	if f.Seconds > 0 {
		return time.Duration(f.Seconds) * time.Second
	}
	return usual
}

// Shown tells how often each fault befell something, by its name.
func (s *Server) Shown() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[string]int{}
	for _, f := range s.faults {
		if f.Hits > 0 {
			out[f.Name] += f.Hits
		}
	}
	return out
}
