// Package practice plays Amazon for the demo seller: Login with Amazon, the Selling Partner API and the Ads API over
// HTTP on this computer, as strict as Amazon is, in a time that its clock gives, and as unreliable as one asks it to be.
//
// Input: the demo seller, a clock, a seed, and which faults are to happen.
// Output: an http.Handler. Below its address lie "/auth/o2/token", "/spapi/<region>/…", "/ads/<region>/…" and
// "/documents/…"; "/control/…" switches faults and tells what was asked.
//
// The seller lives on: at any moment of the clock Amazon knows what has happened by then and no more. The same options,
// clock and requests give the same answers. What was changed through the API, by whom and when, is kept in a state file.
package practice

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"purser/backend/core"
	"purser/backend/platform/clock"
	"purser/backend/sources/simulator"
)

// Options say which Amazon.
type Options struct {
	// Seller is the demo seller. AsOf is the day by which its situations are planted; 0: the day of the clock when the
	// server was first started. How far ahead it lives is the server's own matter.
	Seller simulator.Options
	Clock  clock.Clock
	Seed   uint64
	Quotas bool // hold requests to Amazon's published rates
	// Speed is how many times faster than Amazon reports are made; 0: as fast as Amazon makes them.
	Speed  float64
	Faults Faults
	// StateFile keeps what the server was told between two starts; "": nothing is kept.
	StateFile string
	// Validate may refuse a request to the Selling Partner or Ads API that the server itself accepts. The path is
	// Amazon's own.
	Validate func(r *http.Request, body []byte) error
	// ValidateAnswer looks at every answer before faults spoil it; what it finds is a 500 and one of Problems.
	ValidateAnswer func(r *http.Request, status int, header http.Header, body []byte) error
	// Wait is how slow answers take their time, in real time; nil: they do.
	Wait func(ctx context.Context, d time.Duration)
}

// Server is the practice Amazon. It is safe for concurrent use.
type Server struct {
	o          Options
	operations []*operation
	rates      map[string]rate

	mu       sync.Mutex
	seller   *simulator.Seller
	state    state
	faults   []*armed
	buckets  map[string]*bucket
	problems []string
	listed   posting                   // what was last listed of payments
	books    map[string]*adsBook       // of marketplaces, for who only reads them
	booked   int                       // changes of advertising that are in them
	zones    map[string]*time.Location // of marketplaces, by code
}

// New makes a server, and goes on from its state file if there is one.
func New(o Options) (*Server, error) {
	if o.Clock == nil {
		return nil, errors.New("the practice Amazon needs a clock")
	}
	if !(o.Speed >= 0 && o.Speed <= MostSpeed) {
		return nil, fmt.Errorf("reports cannot be made %v times faster: the most is %d", o.Speed, MostSpeed)
	}
	if o.Wait == nil {
		o.Wait = wait
	}
	rates, err := publishedRates()
	if err != nil {
		return nil, err
	}
	s := &Server{o: o, rates: rates, buckets: map[string]*bucket{}, zones: map[string]*time.Location{}}
	s.operations = s.allOperations()
	if err := s.load(); err != nil {
		return nil, err
	}
	if s.state.Born == 0 {
		if s.state.Born = o.Seller.AsOf; s.state.Born == 0 {
			s.state.Born = core.DayOf(o.Clock.Now(), time.UTC)
		}
	}
	s.live(o.Clock.Now())
	if err := s.SetFaults(o.Faults); err != nil {
		return nil, err
	}
	return s, s.save()
}

// MostSpeed is the most that Speed may be: even the slowest report is made in a second or two.
const MostSpeed = 1000

// takes is how long something of a report takes that takes Amazon so many seconds.
func (s *Server) takes(seconds uint64) time.Duration {
	d := time.Duration(seconds) * time.Second
	if s.o.Speed > 0 {
		d = time.Duration(float64(d) / s.o.Speed)
	}
	return d
}

// wait takes real time.
func wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// How far beyond the clock the seller is simulated, in days: some more than is told, so that nothing told depends on
// where the simulation ends.
const (
	leastAhead = 10
	chunkAhead = 120
)

// live makes sure that the seller's life reaches beyond a moment.
func (s *Server) live(now time.Time) {
	today := core.DayOf(now, time.UTC)
	if s.seller != nil && s.seller.End() >= today+leastAhead {
		return
	}
	o := s.o.Seller
	o.AsOf = s.state.Born
	o.Ahead = max(1, int(today-o.AsOf)+leastAhead+chunkAhead)
	s.seller = simulator.New(o)
	for _, p := range s.state.Patches {
		s.applyPrice(p)
	}
	s.seller.StopAds(s.adStopped)
}

// Problems lists what ValidateAnswer found, oldest first.
func (s *Server) Problems() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.problems...)
}

// zone is where the business day of a marketplace lies.
func (s *Server) zone(m core.Marketplace) *time.Location {
	z := s.zones[m.Code]
	if z == nil {
		z = m.Zone()
		s.zones[m.Code] = z
	}
	return z
}

// regionOf is the region of a marketplace as the API's addresses name it.
func regionOf(m core.Marketplace) string { return strings.ToLower(m.Region) }

// markets lists the seller's marketplaces in a region.
func (s *Server) markets(region string) []core.Marketplace {
	var out []core.Marketplace
	for _, m := range s.seller.Marketplaces() {
		if regionOf(m) == region {
			out = append(out, m)
		}
	}
	return out
}

// Regions lists the regions in which the seller sells.
func (s *Server) Regions() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, m := range s.seller.Marketplaces() {
		out = append(out, regionOf(m))
	}
	return out
}
