package notifications

import (
	"context"
	"sync"
	"time"

	"purser/backend/core"
)

// API is what the window calls. Before Attach every method answers that notifications are not running.
type API struct {
	mu  sync.RWMutex
	ctx context.Context //nolint:containedctx // bound methods have no context parameter
	s   *Service
}

// Attach gives the API its service.
func Attach(ctx context.Context, a *API, s *Service) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ctx, a.s = ctx, s
}

func (a *API) service() (context.Context, *Service, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.s == nil {
		return nil, nil, core.Unavailable("notifications", "Notifications are not running yet.", nil)
	}
	return a.ctx, a.s, nil
}

// SettingsOutput is the settings with what they come to.
type SettingsOutput struct {
	Settings Settings        `json:"settings"`
	Defaults Settings        `json:"defaults"`
	Week     int             `json:"week"`     // messages that these settings would have made over the last seven days
	Messages []MessageOutput `json:"messages"` // of the last seven days, newest first
}

// MessageOutput is a message that was sent.
type MessageOutput struct {
	At     string `json:"at"` // RFC 3339
	Brief  bool   `json:"brief"`
	Things int    `json:"things"`
	Title  string `json:"title"`
	Body   string `json:"body"`
}

// Settings answers when the person may be disturbed, and what was sent lately.
func (a *API) Settings() (SettingsOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return SettingsOutput{}, err
	}
	set, err := s.Settings(ctx)
	if err != nil {
		return SettingsOutput{}, err
	}
	return s.output(ctx, set)
}

// Preview says what settings would come to without storing them.
func (a *API) Preview(in Settings) (SettingsOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return SettingsOutput{}, err
	}
	return s.output(ctx, in)
}

// SetSettings stores settings.
func (a *API) SetSettings(in Settings) (SettingsOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return SettingsOutput{}, err
	}
	if err := s.SetSettings(ctx, in); err != nil {
		return SettingsOutput{}, err
	}
	return s.output(ctx, in)
}

func (s *Service) output(ctx context.Context, set Settings) (SettingsOutput, error) {
	out := SettingsOutput{Settings: set, Defaults: Defaults(), Messages: []MessageOutput{}}
	var err error
	if out.Week, err = s.Preview(ctx, set); err != nil {
		return out, err
	}
	all, err := s.Messages(ctx, s.clock.Now().Add(-eventsKept))
	for i := len(all) - 1; i >= 0; i-- {
		m := all[i]
		out.Messages = append(out.Messages, MessageOutput{m.At.UTC().Format(time.RFC3339), m.Brief, m.Things, m.Title, m.Body})
	}
	return out, err
}
