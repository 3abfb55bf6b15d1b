package app

import (
	"context"
	"log/slog"
	"testing"

	"purser/backend/platform/clock"
	"purser/backend/platform/eventbus"
	"purser/backend/services/accounts"
	"purser/backend/services/dashboards"
	"purser/backend/services/jobs"
	"purser/backend/sources/simulator/practice"
)

// Behind has the engine say that streams wait for an API.
func (d *Desk) Behind(all ...jobs.Behind) { d.s.behind = func() []jobs.Behind { return all } }

// State is what the window knows of the program.
func (d *Desk) State() (StateOutput, error) { return (&API{p: &program{now: d.s}}).State() }

// Feeds are all that can be fetched, as it would wait for its API.
func (d *Desk) Feeds() []jobs.Behind {
	var out []jobs.Behind
	for _, api := range d.s.amazon.apis() {
		for _, f := range api.Feeds() {
			out = append(out, jobs.Behind{Title: f.Title, API: f.API, Region: "na", Kinds: f.Kinds, Overdue: true})
		}
	}
	return out
}

// Connect connects the folder to the practice Amazon and fetches nothing.
func Connect(tb testing.TB, dir string, amazon *practice.Server) *API {
	tb.Helper()
	s, err := openSession(context.Background(), sessionConfig{
		dir: dir, write: true, log: slog.New(slog.DiscardHandler), clk: clock.Real{}, bus: &eventbus.Bus{}, modules: Modules(), out: inMemory{amazon},
	})
	if err != nil {
		tb.Fatal(err)
	}
	l := &Live{&accounts.API{}, &jobs.API{}, &dashboards.API{}, s}
	accounts.Attach(s.ctx, l.Accounts, s.accounts)
	tb.Cleanup(func() {
		if err := s.close(); err != nil {
			tb.Error(err)
		}
	})
	if err := l.enter(tb.Context(), amazon); err != nil {
		tb.Fatal(err)
	}
	return &API{p: &program{root: dir, now: s}}
}

// OfflineOf says what is not reached of so many connections.
func OfflineOf(connections int, all ...jobs.Behind) *OfflineOutput { return offline(connections, all) }
