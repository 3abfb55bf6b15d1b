package practice

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"purser/backend/core"
)

// state is what the server was told and must not forget.
type state struct {
	Born      core.Day             `json:"born"` // the day by which the demo's situations are planted
	Requests  int64                `json:"requests"`
	Made      int64                `json:"made"` // names given so far
	Counts    map[string]*Count    `json:"counts"`
	Reports   []*report            `json:"reports"`
	AdReports []*adsReport         `json:"ad_reports"`
	AdChanges []adChange           `json:"ad_changes"` // oldest first
	Asked     map[string]time.Time `json:"asked"`      // review requests by region and order
	Patches   []*patch             `json:"patches"`
}

// Count is how often an operation was asked for.
type Count struct {
	Requests  int `json:"requests"`
	Throttled int `json:"throttled"` // of these, answered with 429
}

func (c *call) count() *Count {
	n := c.state.Counts[c.op.name]
	if n == nil {
		n = &Count{}
		c.state.Counts[c.op.name] = n
	}
	return n
}

// Counts tells how often each operation was asked for, by its name.
func (s *Server) Counts() map[string]Count {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[string]Count{}
	for k, v := range s.state.Counts {
		out[k] = *v
	}
	return out
}

// next gives a running number to name something with.
func (s *Server) next() int64 {
	s.state.Made++
	return s.state.Made
}

func (s *Server) load() error {
	s.state = state{Counts: map[string]*Count{}, Asked: map[string]time.Time{}}
	if s.o.StateFile == "" {
		return nil
	}
	b, err := os.ReadFile(s.o.StateFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the practice Amazon's state: %w", err)
	}
	if err := json.Unmarshal(b, &s.state); err != nil {
		return fmt.Errorf("the practice Amazon's state in %s cannot be read; delete it to begin anew: %w", s.o.StateFile, err)
	}
	return nil
}

// save writes the state whole or not at all.
func (s *Server) save() error {
	if s.o.StateFile == "" {
		return nil
	}
	b, err := json.Marshal(s.state)
	if err != nil {
		return fmt.Errorf("keep the practice Amazon's state: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(s.o.StateFile), 0o700); err != nil {
		return fmt.Errorf("keep the practice Amazon's state: %w", err)
	}
	next := s.o.StateFile + ".new"
	if err := os.WriteFile(next, b, 0o600); err != nil {
		return fmt.Errorf("keep the practice Amazon's state: %w", err)
	}
	if err := os.Rename(next, s.o.StateFile); err != nil {
		return fmt.Errorf("keep the practice Amazon's state: %w", err)
	}
	return nil
}
