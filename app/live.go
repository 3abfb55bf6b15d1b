package app

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/platform/keychain"
	"purser/backend/platform/ratelimit"
	"purser/backend/platform/secrets"
	"purser/backend/platform/supervise"
	"purser/backend/services/accounts"
	"purser/backend/services/decisions"
	"purser/backend/services/ingest"
	"purser/backend/services/jobs"
	"purser/backend/services/notifications"
)

// reach makes ready what leaves the computer to Amazon; nothing does before fetch.
func (s *session) reach(ctx context.Context, out http.RoundTripper) (err error) {
	if s.buckets, err = jobs.NewBuckets(ctx, s.market, s.clk); err != nil {
		return err
	}
	s.amazon = newAmazon(s.demo, out, s.clk, ratelimit.New(s.clk, s.buckets), func() *accounts.Service { return s.accounts })
	return nil
}

// connect opens what the account is connected to, and the engine that keeps it up to date.
func (s *session) connect(ctx context.Context) (err error) {
	if s.vault, err = s.openVault(ctx); err != nil {
		return err
	}
	s.accounts, err = accounts.Open(ctx, accounts.Options{
		DB: s.ledger, Clock: s.clk, Vault: s.vault, Client: s.amazon.try, Record: recordConnection(s.decisions), Changed: s.reconnected,
	})
	if err != nil {
		return err
	}
	s.jobs, err = jobs.Open(ctx, jobs.Options{
		DB: s.market, APIs: s.amazon.apis(), Places: s.sites, Capability: s.accounts.Capability, Denied: s.denied, Import: s.fetched,
		Clock: s.clk, Log: s.log, Changed: s.came, OnReconnect: s.lostAccess, Alert: s.waits,
		Settles: func(kind string) time.Duration { return s.kinds[kind].Settles },
		Title:   func(kind string) string { return s.kinds[kind].Title },
		Buckets: s.buckets, History: s.history, Left: s.amazon.left,
	})
	if err != nil {
		return err
	}
	s.behind = s.jobs.Behind
	return nil
}

// came tells that asks came on or did not, and has it looked at what is away. It may not ask the engine itself, which is locked.
func (s *session) came(topic string) {
	s.bus.Publish("changed:"+topic, nil)
	select {
	case s.look <- struct{}{}:
	default:
	}
}

// openVault opens the vault of this data folder.
func (s *session) openVault(ctx context.Context) (accounts.Vault, error) {
	if s.demo {
		return newPracticeVault(), nil
	}
	return secrets.Open(secrets.Options{
		Dir: s.dir, Keychain: keychain.New("Purser", supervise.New(ctx, "vault")), Clock: s.clk,
	})
}

// demoPast is how much the demo shop fetches from the practice Amazon: its own past came with its files.
const demoPast = 14 * 24 * time.Hour

// history limits how far back a feed is asked for.
func (s *session) history(f source.Feed) time.Duration {
	reach := f.History
	if s.retention != nil { // fetching begins after all is open
		r, err := s.retention.Reach(s.ctx, f.Keep)
		if err != nil && s.ctx.Err() == nil {
			s.log.LogAttrs(s.ctx, slog.LevelError, "How long data is kept was not read", slog.String("error", err.Error()))
		}
		if err == nil {
			reach = min(reach, r)
		}
	}
	if s.past > 0 {
		return min(reach, s.past)
	}
	return reach
}

// fetch keeps the account up to date until the session ends. A vault whose key is in the keychain opens by itself; one
// with a passphrase waits for a person, and everything else works meanwhile.
func (s *session) fetch() {
	s.tree.Add("fetch", func(ctx context.Context) error {
		if err := s.admit(ctx, secrets.Text{}); err != nil && ctx.Err() == nil {
			s.log.LogAttrs(ctx, slog.LevelWarn, "Fetching waits", slog.String("error", err.Error()))
		}
		return s.jobs.Run(ctx)
	}, nil)
}

// admit joins the practice Amazon where the demo was connected to it, and opens the vault: one whose key is in the keychain by
// itself, one behind a passphrase with that, where there is one.
func (s *session) admit(ctx context.Context, passphrase secrets.Text) error {
	if err := s.rejoin(ctx); err != nil {
		return fmt.Errorf("join the practice Amazon again: %w", err)
	}
	v := s.accounts.VaultState()
	switch {
	case v.State != string(secrets.StateLocked):
		return nil
	case v.Mode == string(secrets.ByKeychain):
		return s.accounts.Unlock(ctx, secrets.Text{})
	case passphrase.Reveal() == "":
		return nil
	default:
		return s.accounts.Unlock(ctx, passphrase)
	}
}

// recordConnection notes in the audit what was done to connections.
func recordConnection(d *decisions.Service) func(context.Context, *sql.Tx, accounts.Record) error {
	return func(ctx context.Context, tx *sql.Tx, r accounts.Record) error {
		return d.RecordChange(ctx, tx, decisions.Record(r))
	}
}

// sites lists the marketplaces that are to be read. Those of a connection that was lost are among them: the engine asks
// for nothing there, and says why.
func (s *session) sites(ctx context.Context) ([]jobs.Site, error) {
	all, err := s.accounts.Followed(ctx)
	if err != nil {
		return nil, err
	}
	var out []jobs.Site
	for _, p := range all {
		m, ok := core.MarketplaceByCode(p.Marketplace)
		if !ok {
			continue
		}
		site := jobs.Site{API: p.API, Region: p.Region, Marketplace: p.Marketplace, Zone: m.Zone()}
		if p.Practice {
			site.Pace = -1 // an Amazon on this computer has nobody to spare
		}
		out = append(out, site)
	}
	return out, nil
}

// fetched stores documents from an API as if a person had dropped them.
func (s *session) fetched(ctx context.Context, docs []source.Fetched) (jobs.Imported, error) {
	in := make([]ingest.Document, len(docs))
	for i, d := range docs {
		in[i] = ingest.Document{File: d.File, Options: d.Options, API: true, Doubted: d.Doubted}
	}
	results, err := s.ingest.ImportDocuments(ctx, in, func(string, int, int) {})
	if err != nil {
		return jobs.Imported{}, err
	}
	var out jobs.Imported
	for _, r := range results {
		out.Rows += r.Rows
		out.Changed += r.Stored
		if r.Refused {
			out.Refused = append(out.Refused, r.File+": "+whyRefused(r))
		}
	}
	return out, nil
}

func whyRefused(r ingest.FileResult) string {
	var words []string
	for _, p := range r.Problems {
		if p.Fatal {
			words = append(words, p.Message)
		}
	}
	for _, n := range r.Needs {
		words = append(words, "it does not say its "+n)
	}
	return strings.Join(words, " ")
}

// denied keeps that a role is missing.
func (s *session) denied(ctx context.Context, api, region, capability string, e *source.APIError) {
	if err := s.accounts.MarkDenied(ctx, api, region, capability, e); err != nil && ctx.Err() == nil {
		s.log.LogAttrs(ctx, slog.LevelError, "That a role is missing was not kept", slog.String("error", err.Error()))
	}
}

// lostAccess keeps that a person has to connect anew, and tells them. Where they have done so while the step was under way,
// fetching has stopped for nothing, and goes on.
func (s *session) lostAccess(api, region string, asked time.Time, cause error) {
	outdated, err := s.accounts.MarkReconnect(s.ctx, api, region, asked, cause)
	if err != nil && s.ctx.Err() == nil {
		s.log.LogAttrs(s.ctx, slog.LevelError, "That the connection was lost was not kept", slog.String("error", err.Error()))
	}
	if !outdated {
		return
	}
	if err := s.jobs.Reconnected(s.ctx, api, region); err != nil && s.ctx.Err() == nil {
		s.log.LogAttrs(s.ctx, slog.LevelError, "Fetching does not go on", slog.String("error", err.Error()))
	}
}

// waits tells a person of what fetching cannot go on without.
func (s *session) waits(ctx context.Context, a jobs.Alert) {
	s.needs(ctx, notifications.Notice{Key: a.Key, Cause: "streams from Amazon need you", Title: a.Title, Urgent: true})
}

// remind tells of secrets that end soon.
func (s *session) remind(ctx context.Context) error {
	due, err := s.accounts.Due(ctx, s.clk.Now())
	for _, r := range due {
		s.needs(ctx, notifications.Notice{Key: r.Key, Cause: "secrets of connections end", Title: r.Title, Urgent: r.Left <= urgentDays})
	}
	return err
}

// urgentDays is how few days a secret is still good for when the morning is too late to say so.
const urgentDays = 7

// needs adds what waits for a person beside decisions, and tells it.
func (s *session) needs(ctx context.Context, n notifications.Notice) {
	s.mu.Lock()
	s.notes = append(slices.DeleteFunc(s.notes, func(o notifications.Notice) bool { return o.Key == n.Key }), n)
	s.mu.Unlock()
	if err := s.tell(ctx); err != nil && ctx.Err() == nil {
		s.log.LogAttrs(ctx, slog.LevelError, "Notification not sent", slog.String("error", err.Error()))
	}
}

// reconnected has clients made anew and fetching go on: a connection or the vault is another.
func (s *session) reconnected() {
	s.amazon.forget()
	s.bus.Publish("changed:accounts", nil)
	if s.jobs == nil {
		return
	}
	o, err := s.accounts.Overview(s.ctx)
	if err != nil {
		s.log.LogAttrs(s.ctx, slog.LevelError, "Connections not read", slog.String("error", err.Error()))
		return
	}
	there := func(api, region string) bool {
		return slices.ContainsFunc(o.Connections, func(c accounts.ConnectionOutput) bool { return c.API == api && c.Region == region })
	}
	if err := s.jobs.Retain(s.ctx, there); err != nil && s.ctx.Err() == nil {
		s.log.LogAttrs(s.ctx, slog.LevelError, "Streams of what is disconnected stay", slog.String("error", err.Error()))
	}
	for _, c := range o.Connections {
		if c.State != "connected" {
			continue
		}
		if err := s.jobs.Reconnected(s.ctx, c.API, c.Region); err != nil && s.ctx.Err() == nil {
			s.log.LogAttrs(s.ctx, slog.LevelError, "Fetching does not go on", slog.String("error", err.Error()))
		}
	}
	s.jobs.Refresh()
}
