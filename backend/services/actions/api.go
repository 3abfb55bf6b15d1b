package actions

import (
	"context"
	"sync"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
)

// Policy is what the settings must know of a policy.
type Policy struct {
	Name, Title string
	Kind        string // of its action
	Noun        string // what it is about, one of them: "SKU"
}

// Account is what the account knows beside the actions.
type Account interface {
	// Policies lists the policies that propose something, in the order of their page.
	Policies(ctx context.Context) ([]Policy, error)
	// Standing is what audits have found of a policy.
	Standing(ctx context.Context, policy string) (Standing, error)
	// Subjects lists what a list of a policy may hold.
	Subjects(ctx context.Context, policy string) (Subjects, error)
	// Asks says why a decision of a policy that acts by itself waits for a person.
	Asks(ctx context.Context, decision string) (string, error)
	// Currencies lists those of the account.
	Currencies() []core.Currency
}

// API is what the window, the command line and the web host call. Before Attach every method answers that actions
// are not running.
type API struct {
	mu      sync.RWMutex
	ctx     context.Context //nolint:containedctx // bound methods have no context parameter
	s       *Service
	account Account
}

// Attach gives the API its service; ctx ends with the session.
func Attach(ctx context.Context, a *API, s *Service, account Account) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ctx, a.s, a.account = ctx, s, account
}

func (a *API) service() (context.Context, *Service, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.s == nil {
		return nil, nil, core.Unavailable("actions", "Actions are not running yet.", nil)
	}
	return a.ctx, a.s, nil
}

// Status tells how the executor stands.
func (a *API) Status() (StatusOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return StatusOutput{}, err
	}
	st, err := s.Status(ctx)
	return StatusOutput{
		Stopped: st.Stopped, StopFile: st.StopFile, Waiting: st.Counts[action.Approved],
		Sending: st.Counts[action.Sending] + st.Counts[action.Sent], Unknown: st.Counts[action.Unknown], Mismatch: st.Counts[action.Mismatch],
		StoppedKinds: stoppedOutput(st.Kinds),
	}, err
}

// Stop throws the switch, or takes it back: what has begun ends, nothing else begins.
func (a *API) Stop(in StopInput) (StatusOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return StatusOutput{}, err
	}
	if err := s.Stop(ctx, in.Stop, Person); err != nil {
		return StatusOutput{}, err
	}
	return a.Status()
}

// List lists actions, newest first.
func (a *API) List(in ListInput) (ListOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return ListOutput{}, err
	}
	const lookBack, page, most = 90, 100, 1000
	p := core.Period{To: core.DayOf(s.now(), time.UTC)}
	p.From = p.To - lookBack
	for _, d := range []struct {
		text string
		to   *core.Day
	}{{in.From, &p.From}, {in.To, &p.To}} {
		if d.text == "" {
			continue
		}
		if *d.to, err = core.ParseDay(d.text); err != nil {
			return ListOutput{}, core.Invalid("actions", "The day "+d.text+" cannot be read.", "Write it as YYYY-MM-DD.")
		}
	}
	n := min(in.Limit, most)
	if n <= 0 {
		n = page
	}
	all, err := s.List(ctx, p, in.Below, n)
	return ListOutput{Actions: all}, err
}

// Get gives one action.
func (a *API) Get(in IDInput) (action.Trail, error) {
	ctx, s, err := a.service()
	if err != nil {
		return action.Trail{}, err
	}
	return s.One(ctx, in.ID)
}

// Resolve ends an action whose fate only a person could find out.
func (a *API) Resolve(in ResolveInput) (action.Trail, error) {
	ctx, s, err := a.service()
	if err != nil {
		return action.Trail{}, err
	}
	if err := s.Resolve(ctx, in.ID, in.Happened, in.Note); err != nil {
		return action.Trail{}, err
	}
	return s.One(ctx, in.ID)
}

// Rollback takes an action back by another one; it gives that one.
func (a *API) Rollback(in IDInput) (action.Trail, error) {
	ctx, s, err := a.service()
	if err != nil {
		return action.Trail{}, err
	}
	id, err := s.Rollback(ctx, in.ID, Person)
	if err != nil {
		return action.Trail{}, err
	}
	if err := s.Drain(ctx, []int64{id}); err != nil {
		return action.Trail{}, err
	}
	return s.One(ctx, id)
}

// Limits lists the kinds of action with their limits.
func (a *API) Limits() (LimitsOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return LimitsOutput{}, err
	}
	out := LimitsOutput{Kinds: []KindOutput{}}
	limits, err := s.Limits(ctx, a.account.Currencies())
	if err != nil {
		return out, err
	}
	stopped, err := s.StoppedKinds(ctx)
	for _, k := range s.kinds {
		ko := KindOutput{Kind: k, Limits: []LimitOutput{}}
		for _, l := range limits {
			if l.Kind == k.Name {
				ko.Limits = append(ko.Limits, LimitOutput{Name: l.Name, Words: l.Words, Value: l.Value, Shipped: l.Shipped, Source: l.Source})
			}
		}
		for _, one := range stoppedOutput(stopped) {
			if one.Kind == k.Name {
				ko.Stopped = &one
			}
		}
		out.Kinds = append(out.Kinds, ko)
	}
	return out, err
}

// SetLimit sets a figure.
func (a *API) SetLimit(in SetLimitInput) (LimitsOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return LimitsOutput{}, err
	}
	if err := s.SetLimit(ctx, in.Kind, in.Name, in.Value, in.Typed); err != nil {
		return LimitsOutput{}, err
	}
	return a.Limits()
}

// Modes lists how each policy may act, and why it may not act by itself.
func (a *API) Modes() (ModesOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return ModesOutput{}, err
	}
	policies, err := a.account.Policies(ctx)
	out := ModesOutput{Modes: []ModeOutput{}}
	for _, p := range policies {
		m, err := s.ModeOf(ctx, p.Name)
		if err != nil {
			return out, err
		}
		st, err := a.account.Standing(ctx, p.Name)
		if err != nil {
			return out, err
		}
		o := ModeOutput{
			Policy: p.Name, Title: p.Title, Kind: p.Kind, Noun: p.Noun, Mode: m.Mode, Why: m.Why, Band: bandOutput(m.Band), Consent: ConsentTo(p.Name),
			Looked: st.Looked, Wrong: st.Wrong,
		}
		if !m.Since.IsZero() {
			o.Since = m.Since.UTC().Format(time.RFC3339)
		}
		if err := s.mayAct(p.Kind, st); err != nil {
			o.Against = err.Error()
		}
		out.Modes = append(out.Modes, o)
	}
	return out, err
}

// SetMode sets how a policy may act.
func (a *API) SetMode(in SetModeInput) (ModesOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return ModesOutput{}, err
	}
	policies, err := a.account.Policies(ctx)
	if err != nil {
		return ModesOutput{}, err
	}
	for _, p := range policies {
		if p.Name != in.Policy {
			continue
		}
		st, err := a.account.Standing(ctx, p.Name)
		if err != nil {
			return ModesOutput{}, err
		}
		m := Mode{Policy: p.Name, Mode: in.Mode, Consent: in.Consent, Band: in.Band.band()}
		if m.Mode == Auto {
			if err := a.known(ctx, s, m); err != nil {
				return ModesOutput{}, err
			}
		}
		if err := s.SetMode(ctx, m, p.Kind, st); err != nil {
			return ModesOutput{}, err
		}
		return a.Modes()
	}
	return ModesOutput{}, core.NotFound("actions", "There is no policy "+in.Policy+".")
}
