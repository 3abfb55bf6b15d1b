package jobs

import (
	"context"
	"sync"

	"purser/backend/core"
)

// API is what the window, the command line and the web host call. Before Attach every method answers that nothing is
// connected.
type API struct {
	mu  sync.RWMutex
	ctx context.Context //nolint:containedctx // bound methods have no context parameter
	s   *Service
}

// Attach gives the API its service; ctx ends with the session.
func Attach(ctx context.Context, a *API, s *Service) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ctx, a.s = ctx, s
}

func (a *API) service() (context.Context, *Service, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.s == nil {
		return nil, nil, core.Unavailable("jobs", "Fetching from Amazon is not running yet.", nil)
	}
	return a.ctx, a.s, nil
}

// StreamInput names a stream; empty parts name all, and all empty everything.
type StreamInput struct {
	Feed        string `json:"feed"`
	Region      string `json:"region"`
	Marketplace string `json:"marketplace"`
}

func (in StreamInput) key() streamKey { return streamKey{in.Feed, in.Region, in.Marketplace} }

// AskInput names an ask.
type AskInput struct {
	ID int64 `json:"id"`
}

// AsksInput says how many asks that are done are wanted.
type AsksInput struct {
	Done int `json:"done"` // at most 500
}

// DaysInput says of how many days.
type DaysInput struct {
	Days int `json:"days"` // at most 90
}

// StreamsOutput lists the streams.
type StreamsOutput struct {
	Streams []StreamOutput `json:"streams"`
}

// AsksOutput lists asks.
type AsksOutput struct {
	Asks []AskOutput `json:"asks"`
}

// QuotasOutput lists what was asked for by day and group.
type QuotasOutput struct {
	Days []QuotaOutput `json:"days"`
}

// TextOutput says what comes of it.
type TextOutput struct {
	Text string `json:"text"`
}

// EmptyOutput is the answer of what has nothing to say.
type EmptyOutput struct{}

// Streams lists what is fetched, how far it reaches and what stands in its way.
func (a *API) Streams() (StreamsOutput, error) {
	_, s, err := a.service()
	if err != nil {
		return StreamsOutput{Streams: []StreamOutput{}}, err
	}
	return StreamsOutput{Streams: s.Streams()}, nil
}

// Asks lists what waits and is under way, then what was done last.
func (a *API) Asks(in AsksInput) (AsksOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return AsksOutput{Asks: []AskOutput{}}, err
	}
	out, err := s.Asks(ctx, min(in.Done, 500))
	return AsksOutput{Asks: out}, err
}

// RunNow has a stream fetched at once, and says what comes of it.
func (a *API) RunNow(in StreamInput) (TextOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return TextOutput{}, err
	}
	text, err := s.runNow(ctx, in.key())
	return TextOutput{Text: text}, err
}

// Pause has a stream fetched no more until it is resumed; with no name everything is.
func (a *API) Pause(in StreamInput) (EmptyOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return EmptyOutput{}, err
	}
	return EmptyOutput{}, s.setPaused(ctx, in.key(), true)
}

// Resume takes a pause back.
func (a *API) Resume(in StreamInput) (EmptyOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return EmptyOutput{}, err
	}
	return EmptyOutput{}, s.setPaused(ctx, in.key(), false)
}

// Cancel stops an ask; what was stored stays.
func (a *API) Cancel(in AskInput) (EmptyOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return EmptyOutput{}, err
	}
	return EmptyOutput{}, s.cancelAsk(ctx, in.ID)
}

// Progress tells how far the first fill is.
func (a *API) Progress() (ProgressOutput, error) {
	_, s, err := a.service()
	if err != nil {
		return ProgressOutput{}, err
	}
	return s.Progress(), nil
}

// Quota tells what was asked for in the last days.
func (a *API) Quota(in DaysInput) (QuotasOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return QuotasOutput{Days: []QuotaOutput{}}, err
	}
	out, err := s.Quota(ctx, min(in.Days, 90))
	return QuotasOutput{Days: out}, err
}
