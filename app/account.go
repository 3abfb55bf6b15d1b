package app

import (
	"context"
	"time"

	"purser/backend/core"
	"purser/backend/core/decision"
	"purser/backend/core/source"
	"purser/backend/services/dashboards"
)

// account tells the dashboards what the other services know of the account.
type account struct{ s *session }

var _ dashboards.Account = account{}

// Today implements dashboards.Account.
func (a account) Today() core.Day { return a.s.today() }

// Marketplaces implements dashboards.Account.
func (a account) Marketplaces() []core.Marketplace { return a.s.marketplaces() }

// Label implements dashboards.Account.
func (a account) Label(subject string) string { return a.s.label(subject) }

// Item implements dashboards.Account.
func (a account) Item(_ context.Context, subject string) (dashboards.Item, bool) {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	it, ok := a.s.items[subject]
	return dashboards.Item{SKU: string(it.SKU), ASIN: string(it.ASIN), Title: it.Title}, ok
}

// Marks implements dashboards.Account.
func (a account) Marks(ctx context.Context) (map[string]dashboards.Marks, error) {
	all, err := a.s.catalog.Marks(ctx)
	out := make(map[string]dashboards.Marks, len(all))
	for id, m := range all {
		out[id] = dashboards.Marks{Tags: m.Tags, Group: m.Group}
	}
	return out, err
}

// Kinds implements dashboards.Account.
func (a account) Kinds(ctx context.Context) ([]dashboards.Kind, error) {
	all, err := a.s.ingest.Freshness(ctx)
	var out []dashboards.Kind
	for _, k := range all {
		out = append(out, dashboards.Kind{Name: k.Kind, Title: k.Title, AsOf: k.AsOf, State: k.State})
	}
	return out, err
}

// KindTitle implements dashboards.Account.
func (a account) KindTitle(kind string) string {
	if k, ok := a.s.kinds[kind]; ok {
		return k.Title
	}
	switch kind {
	case "catalog", "costs":
		return "Your own figures"
	}
	return plainWords(kind)
}

// Files implements dashboards.Account.
func (a account) Files(ctx context.Context, ids []int64) (map[int64]dashboards.File, error) {
	all, err := a.s.ingest.Documents(ctx, ids)
	out := make(map[int64]dashboards.File, len(all))
	for id, d := range all {
		out[id] = dashboards.File{Name: d.File, Kind: d.KindTitle}
	}
	return out, err
}

// Events implements dashboards.Account.
func (a account) Events(ctx context.Context, subject string) ([]dashboards.Event, error) {
	all, err := a.s.decisions.Events(ctx, subject)
	var out []dashboards.Event
	for _, e := range all {
		if e.State == decision.Expired {
			continue
		}
		out = append(out, dashboards.Event{ID: e.ID, Subject: e.Subject, Day: e.Day, Title: e.Title, Open: e.State == decision.Proposed})
	}
	return out, err
}

// Tasks implements dashboards.Account: what approvals asked a person to do and is not done.
func (a account) Tasks(ctx context.Context) ([]dashboards.Task, error) {
	tasks, err := a.s.decisions.Tasks(ctx)
	if err != nil {
		return nil, err
	}
	events, err := a.s.decisions.Events(ctx, "")
	if err != nil {
		return nil, err
	}
	var out []dashboards.Task
	for _, t := range tasks {
		if t.Done {
			continue
		}
		task := dashboards.Task{Title: t.Title}
		for _, e := range events {
			if e.ID == t.Decision {
				task.Due, task.Subject, task.Fact = e.Due, e.Subject, e.Fact
			}
		}
		if task.Due == 0 {
			task.Due = core.DayOf(time.Unix(t.CreatedAt, 0), time.Local)
		}
		out = append(out, task)
	}
	return out, nil
}

// kindsByName indexes the kinds of document.
func kindsByName(list []source.Kind) map[string]source.Kind {
	out := make(map[string]source.Kind, len(list))
	for _, k := range list {
		out[k.Name] = k
	}
	return out
}
