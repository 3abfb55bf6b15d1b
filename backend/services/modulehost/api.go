package modulehost

import (
	"context"
	"sync/atomic"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// API is what the window may ask of the modules.
type API struct{ at atomic.Pointer[attachment] }

type attachment struct {
	ctx   context.Context //nolint:containedctx // bound methods get none: the life of the session stands in
	h     *Host
	label func(subject string) string
	today func() core.Day
}

// Attach connects the API to a running host. label names a subject for people; today is the as-of day.
func Attach(ctx context.Context, a *API, h *Host, label func(string) string, today func() core.Day) {
	a.at.Store(&attachment{ctx, h, label, today})
}

func (a *API) ready() (*attachment, error) {
	if at := a.at.Load(); at != nil {
		return at, nil
	}
	return nil, core.Unavailable("modulehost", "The modules are not open yet.", nil)
}

// ModuleOutput is one module's card.
type ModuleOutput struct {
	Name        string   `json:"name"`
	Title       string   `json:"title"`
	Input       string   `json:"input"`
	Output      string   `json:"output"`
	State       string   `json:"state"`
	Reason      string   `json:"reason"`
	Since       string   `json:"since"`
	Recoverable bool     `json:"recoverable"`
	Facts       int      `json:"facts"`
	Streams     []string `json:"streams"`
}

// ModulesOutput lists the modules.
type ModulesOutput struct {
	Modules []ModuleOutput `json:"modules"`
}

// Modules lists the modules with their state.
func (a *API) Modules() (ModulesOutput, error) {
	at, err := a.ready()
	if err != nil {
		return ModulesOutput{Modules: []ModuleOutput{}}, err
	}
	return ModulesOutput{Modules: Cards(at.h)}, nil
}

// Cards describes every module for people.
func Cards(h *Host) []ModuleOutput {
	out := []ModuleOutput{}
	for _, s := range h.Statuses() {
		m := ModuleOutput{
			Name: s.Manifest.Name, Title: s.Manifest.Title, Input: s.Manifest.Input, Output: s.Manifest.Output,
			State: string(s.State), Reason: s.Reason, Recoverable: s.Recoverable, Facts: len(s.Manifest.Facts), Streams: []string{},
		}
		if !s.Since.IsZero() {
			m.Since = s.Since.Format(time.RFC3339)
		}
		for _, st := range s.Manifest.Consumes {
			m.Streams = append(m.Streams, string(st))
		}
		out = append(out, m)
	}
	return out
}

// ModuleInput names a module.
type ModuleInput struct {
	Module string `json:"module"`
}

// EmptyOutput is the answer of what has nothing to say.
type EmptyOutput struct{}

// Retry starts a failed module again.
func (a *API) Retry(in ModuleInput) (EmptyOutput, error) {
	at, err := a.ready()
	if err != nil {
		return EmptyOutput{}, err
	}
	return EmptyOutput{}, at.h.Retry(at.ctx, in.Module)
}

// SeriesInput asks for a daily series of one subject.
type SeriesInput struct {
	Series  string `json:"series"`
	Subject string `json:"subject"`
	From    string `json:"from"` // YYYY-MM-DD; empty: 90 days before To
	To      string `json:"to"`   // empty: yesterday
}

// SeriesOutput is a series in columns; a day without data has a null value.
type SeriesOutput struct {
	Series       string     `json:"series"`
	Title        string     `json:"title"`
	Unit         string     `json:"unit"`
	Currency     string     `json:"currency"`
	Days         []int      `json:"days"` // days since 1970-01-01
	Values       []*float64 `json:"values"`
	SettlingFrom int        `json:"settling_from"` // first day that Amazon may still restate; 0: none
}

// maxPoints caps a series: the bridge carries no more than a chart can show.
const maxPoints = 2000

// Series answers the line behind a fact.
func (a *API) Series(in SeriesInput) (SeriesOutput, error) {
	out := SeriesOutput{Series: in.Series, Title: in.Series, Days: []int{}, Values: []*float64{}}
	at, err := a.ready()
	if err != nil {
		return out, err
	}
	asOf := at.today()
	p := core.Period{To: asOf - 1}

	if in.To != "" {
		if p.To, err = core.ParseDay(in.To); err != nil {
			return out, core.Invalid("modulehost", err.Error()+".", "")
		}
	}
	p.From = p.To - 89
	if in.From != "" {
		if p.From, err = core.ParseDay(in.From); err != nil {
			return out, core.Invalid("modulehost", err.Error()+".", "")
		}
	}
	if p.Days() < 1 || p.Days() > maxPoints {
		return out, core.Invalid("modulehost", "The range from "+p.From.String()+" to "+p.To.String()+" can't be drawn.", "Choose between 1 and 2000 days.")
	}
	all, err := at.h.Daily(at.ctx, in.Series, in.Subject, p, asOf)
	if err != nil {
		return out, err
	}
	for _, s := range all {
		if s.Subject == in.Subject {
			fill(&out, s, p)
		}
	}
	return out, nil
}

func fill(out *SeriesOutput, s fact.Series, p core.Period) {
	out.Unit = s.Unit
	byDay := map[core.Day]fact.Point{}
	for _, pt := range s.Points {
		byDay[pt.Day] = pt
	}
	for d := p.From; d <= p.To; d++ {
		out.Days = append(out.Days, int(d))
		pt, ok := byDay[d]
		if !ok {
			out.Values = append(out.Values, nil)
			continue
		}
		v := pt.Num
		if pt.Money.Currency != "" {
			v, out.Currency = pt.Money.Major(), string(pt.Money.Currency)
		}
		out.Values = append(out.Values, &v)
		if pt.Maturity == fact.Settling && out.SettlingFrom == 0 {
			out.SettlingFrom = int(d)
		}
	}
}
