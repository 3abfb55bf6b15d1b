package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/services/catalog"
	"purser/backend/services/ingest"
	"purser/backend/sources/simulator"
)

// demoSeed makes the demo seller the same on every computer on the same day.
const demoSeed = 104

// demoVersion changes when the demo's documents or the way they are stored do, so that an old folder is made anew.
const demoVersion = 4

type demoMark struct {
	Version int
	Seed    uint64
	Day     core.Day
}

const demoFile = "demo.json"

// demoDay is the day the demo seller lives on: the one that has begun in all its marketplaces.
func demoDay(now time.Time) core.Day {
	us, _ := core.MarketplaceByCode("US")
	return core.DayOf(now, us.Zone())
}

// demoReady says whether the folder holds the demo of that day, whole.
func demoReady(dir string, day core.Day) bool {
	b, err := os.ReadFile(filepath.Join(dir, demoFile)) //nolint:gosec // our own folder
	var m demoMark
	return err == nil && json.Unmarshal(b, &m) == nil && m == demoMark{demoVersion, demoSeed, day}
}

// clearDemo removes an older day's demo before the folder is opened.
func clearDemo(dir string, day core.Day) error {
	if demoReady(dir, day) {
		return nil
	}
	held, err := acquire(dir) // another Purser may be using an older day's
	if err != nil {
		return err
	}
	if err := errors.Join(held.release(), os.RemoveAll(dir)); err != nil {
		return fmt.Errorf("make room for the demo: %w", err)
	}
	return nil
}

// loadDemo imports the demo seller's documents through the ordinary import, unless they are there.
func (s *session) loadDemo(ctx context.Context, p ingest.Progress) ([]ingest.FileResult, error) {
	day := demoDay(s.clk.Now())
	if demoReady(s.dir, day) {
		return nil, nil
	}
	seller := simulator.New(simulator.Options{Seed: demoSeed, AsOf: day})
	p("make the demo seller", 0, 0)
	var docs []ingest.Document
	for f := range seller.Documents() {
		docs = append(docs, ingest.Document{File: f, Options: simulator.OptionsFor(f)})
	}
	out, err := s.ingest.ImportDocuments(ctx, docs, p)
	if err != nil {
		return out, err
	}
	for _, r := range out {
		if r.Refused {
			return out, fmt.Errorf("demo document %s was refused: %v", r.File, r.Problems)
		}
	}
	if err := s.catalog.Set(ctx, ownFigures(seller.Items())...); err != nil {
		return out, err
	}
	b, err := json.Marshal(demoMark{demoVersion, demoSeed, day})
	if err != nil {
		return out, fmt.Errorf("mark the demo: %w", err)
	}
	if err := os.WriteFile(filepath.Join(s.dir, demoFile), b, 0o600); err != nil {
		return out, errors.Join(errors.New("mark the demo"), err)
	}
	return out, nil
}

func ownFigures(items []module.Item) []catalog.Own {
	var out []catalog.Own
	for _, it := range items {
		o := catalog.Own{Marketplace: it.Marketplace, SKU: it.SKU}
		if it.Cost.Currency != "" {
			cost := it.Cost
			o.Cost = &cost
		}
		if !it.LeadAssumed {
			o.LeadDays = it.LeadTime
		}
		out = append(out, o)
	}
	return out
}
