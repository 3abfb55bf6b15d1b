package actions_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"purser/backend/core/action"
)

// mood is how the peer answers when it is asked to do something.
type mood string

const (
	honest   mood = "honest"
	refuses  mood = "refuses"
	down     mood = "down"     // does nothing and answers with an error
	didError mood = "did, 503" // does it and answers with an error
	didCut   mood = "did, cut" // does it, and the line is cut
	late     mood = "late"     // answers with an error and does it later
	lateOK   mood = "late, ok" // says that it is done and does it later
	unseen   mood = "unseen"   // does it, says so, and shows what was there before until it settles
	nothing  mood = "nothing"  // says that it is done and does nothing
	panics   mood = "panics"
)

// begun is one moment in which the peer was asked to do something.
type begun struct {
	At      time.Time
	Request action.Request
	Mood    mood
	Was     float64 // what was there
}

// effect is one change at the peer.
type effect struct {
	At       time.Time
	Real     time.Duration // how much time has really gone by until then, whatever was done to the clock
	Key      string
	Entity   string
	From, To float64
}

// peer is an executor of bids that lies as it is told to.
type peer struct {
	mu      sync.Mutex
	kind    action.Kind
	now     func() time.Time
	real    func() time.Duration // nil: nobody asks
	values  map[string]float64
	begins  []begun
	effects []effect
	queue   []func()           // effects still to come
	hidden  map[string]float64 // what is shown in place of values

	mood     func() mood                  // nil: honest
	onBegin  func(b begun)                // called with every begin
	onValue  func(r action.Request)       // called before a value is read
	valueErr func(r action.Request) error // nil: values can be read
	found    func() (action.Fate, error)  // nil: it tells the truth by key
	final    bool
	limits   string // that it comes with
}

func (p *peer) Limits() []byte { return []byte(p.limits) }

func newPeer(now func() time.Time) *peer {
	return &peer{
		now: now, values: map[string]float64{}, hidden: map[string]float64{},
		kind: action.Kind{
			Name: "bid", Title: "Set a bid", Level: action.Outbound, Repeatable: true, Readable: true, Automatic: true,
			Needs: []string{
				action.PerDay, action.PerEntityDay, action.HoursBetween, action.StepPercent, action.WeekPercent, action.ValueMin, action.ValueMax,
				action.MoneyDay, action.MoneyMonth,
			},
		},
	}
}

func text(v float64) string {
	if v == 0 {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func (p *peer) Kind() action.Kind { return p.kind }

// Prepare takes the value to set from the units of the wish.
func (p *peer) Prepare(_ context.Context, w action.Wish) (action.Request, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	was := p.shown(w.Subject)
	r := action.Request{
		Kind: p.kind.Name, Decision: w.Decision, Policy: w.Policy, Version: w.Version, Entity: w.Subject, Field: "bid",
		Before: text(was), After: text(float64(w.Units)), Payload: fmt.Sprintf(`{"entity":%q,"bid":%d}`, w.Subject, w.Units),
		Size: action.Size{Units: w.Units, Money: w.Price, From: was, To: float64(w.Units)},
	}
	if !p.kind.Readable {
		r.Before = ""
	}
	return r, nil
}

func (p *peer) Value(_ context.Context, r action.Request) (string, error) {
	if p.onValue != nil {
		p.onValue(r)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.valueErr != nil {
		if err := p.valueErr(r); err != nil {
			return "", err
		}
	}
	if !p.kind.Readable {
		return r.Before, nil
	}
	return text(p.shown(r.Entity)), nil
}

func (p *peer) shown(entity string) float64 {
	if v, ok := p.hidden[entity]; ok {
		return v
	}
	return p.values[entity]
}

func (p *peer) did(key string) bool {
	for _, e := range p.effects {
		if e.Key == key {
			return true
		}
	}
	return false
}

// effect does it; what may be repeated is done once for each key.
func (p *peer) effect(r action.Request) {
	if p.kind.Repeatable && p.did(r.Key) {
		return
	}
	to := r.Size.To
	e := effect{At: p.now(), Key: r.Key, Entity: r.Entity, From: p.values[r.Entity], To: to}
	if p.real != nil {
		e.Real = p.real()
	}
	p.effects = append(p.effects, e)
	p.values[r.Entity] = to
}

func (p *peer) Execute(ctx context.Context, r action.Request) (action.Receipt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := honest
	if p.mood != nil {
		m = p.mood()
	}
	b := begun{At: p.now(), Request: r, Mood: m, Was: p.values[r.Entity]}
	p.begins = append(p.begins, b)
	if p.onBegin != nil {
		p.onBegin(b)
	}
	ok := action.Receipt{Ref: "r-" + r.Key, Text: "taken"}
	switch m {
	case honest:
	case refuses:
		return action.Receipt{}, action.Refuse("The peer does not want it.", nil)
	case down:
		return action.Receipt{}, errors.New("503")
	case didError:
		p.effect(r)
		return action.Receipt{}, errors.New("503")
	case didCut:
		p.effect(r)
		return action.Receipt{}, fmt.Errorf("read: %w", context.DeadlineExceeded)
	case late:
		p.queue = append(p.queue, func() { p.effect(r) })
		return action.Receipt{}, errors.New("504")
	case lateOK:
		p.queue = append(p.queue, func() { p.effect(r) })
		return ok, nil
	case unseen:
		p.hidden[r.Entity] = p.shown(r.Entity)
	case nothing:
		return ok, nil
	case panics:
		p.effect(r)
		panic("a fault")
	}
	p.effect(r)
	return ok, ctx.Err()
}

func (p *peer) Found(_ context.Context, r action.Request) (action.Fate, action.Receipt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		if f, err := p.found(); f != "" || err != nil {
			return f, action.Receipt{}, err
		}
	}
	if p.did(r.Key) {
		return action.Done, action.Receipt{Ref: "r-" + r.Key, Text: "found"}, nil
	}
	return action.NotDone, action.Receipt{}, nil
}

func (p *peer) Reverse(r action.Request) (action.Request, error) {
	if p.final {
		return action.Request{}, action.ErrFinal
	}
	r.Key = ""
	r.Before, r.After = r.After, r.Before
	r.Size.From, r.Size.To = r.Size.To, r.Size.From
	r.Payload = fmt.Sprintf(`{"entity":%q,"bid":%v}`, r.Entity, r.Size.To)
	return r, nil
}

// settle lets everything come that was still to come.
func (p *peer) settle() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range p.queue {
		f()
	}
	p.queue = nil
	clear(p.hidden)
}

func (p *peer) set(entity string, v float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.values[entity] = v
	delete(p.hidden, entity)
}

func (p *peer) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.begins)
}

// done says how often something was done under a key.
func (p *peer) done(key string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for _, e := range p.effects {
		if e.Key == key {
			n++
		}
	}
	return n
}

func always(m mood) func() mood { return func() mood { return m } }
