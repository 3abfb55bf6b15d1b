package actiontest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"purser/backend/core/action"
	"purser/backend/core/action/actiontest"
)

func wish() action.Wish {
	return action.Wish{Kind: "bid", Decision: "d1", Policy: "low_bid", Version: 3, Subject: "US/Spring", Title: "Bid too low", Label: "Raise it", Units: 55}
}

// subject is a bid on a peer, with whatever a test breaks in between.
func subject(kind action.Kind, wrap func(action.Executor, *actiontest.Peer) action.Executor) func(*testing.T) actiontest.Subject {
	return func(*testing.T) actiontest.Subject {
		p := actiontest.NewPeer(map[string]string{"US/Spring": "50", "US/Other": "7"})
		state := p.State
		if !kind.Readable {
			state = p.Done
		}
		var late func() (show func())
		if kind.Settles > 0 {
			late = func() func() {
				p.Mood = func(string) actiontest.Mood { return actiontest.Unseen }
				return p.Settle
			}
		}
		return actiontest.Subject{
			Late: late,
			Make: func() action.Executor {
				var e action.Executor = actiontest.NewBid(p, kind)
				if wrap != nil {
					e = wrap(e, p)
				}
				return e
			},
			Wish: wish(), State: state, Seen: p.Bodies, Edit: func() { p.Set("US/Spring", "99") },
		}
	}
}

func TestBid(t *testing.T) {
	t.Parallel()
	final := actiontest.BidKind()
	final.Level, final.Readable, final.Repeatable, final.Automatic = action.Final, false, false, false
	late := actiontest.BidKind()
	late.Settles = time.Hour
	for name, kind := range map[string]action.Kind{"readable": actiontest.BidKind(), "final": final, "shown late": late} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			actiontest.Run(t, subject(kind, nil))
		})
	}
}

// bad is an executor with single methods replaced.
type bad struct {
	action.Executor
	kind    func(action.Kind) action.Kind
	prepare func(action.Request) action.Request
	value   func(string) string
	execute func(ctx context.Context, r action.Request) (action.Receipt, error)
	found   func(r action.Request) (action.Fate, action.Receipt)
	reverse func(r action.Request) (action.Request, error)
}

func (b bad) Kind() action.Kind {
	if b.kind == nil {
		return b.Executor.Kind()
	}
	return b.kind(b.Executor.Kind())
}

func (b bad) Prepare(ctx context.Context, w action.Wish) (action.Request, error) {
	r, err := b.Executor.Prepare(ctx, w)
	if b.prepare == nil {
		return r, err
	}
	return b.prepare(r), err
}

func (b bad) Value(ctx context.Context, r action.Request) (string, error) {
	v, err := b.Executor.Value(ctx, r)
	if b.value == nil {
		return v, err
	}
	return b.value(v), err
}

func (b bad) Execute(ctx context.Context, r action.Request) (action.Receipt, error) {
	if b.execute == nil {
		return b.Executor.Execute(ctx, r)
	}
	return b.execute(ctx, r)
}

func (b bad) Found(ctx context.Context, r action.Request) (action.Fate, action.Receipt, error) {
	if b.found == nil {
		return b.Executor.Found(ctx, r)
	}
	fate, receipt := b.found(r)
	return fate, receipt, nil
}

func (b bad) Reverse(r action.Request) (action.Request, error) {
	if b.reverse == nil {
		return b.Executor.Reverse(r)
	}
	return b.reverse(r)
}

// TestSuiteFindsFaults breaks one promise at a time: the suite must name it.
func TestSuiteFindsFaults(t *testing.T) {
	t.Parallel()
	kind := func(change func(*action.Kind)) func(action.Executor, *actiontest.Peer) action.Executor {
		return func(e action.Executor, _ *actiontest.Peer) action.Executor {
			return bad{Executor: e, kind: func(k action.Kind) action.Kind { change(&k); return k }}
		}
	}
	settling := actiontest.BidKind()
	settling.Settles = time.Hour
	var n atomic.Int32
	for _, c := range []struct {
		name, promise string
		wrap          func(action.Executor, *actiontest.Peer) action.Executor
	}{
		{"no title", "the kind says everything", kind(func(k *action.Kind) { k.Title = "" })},
		{"no limit", "the kind says everything", kind(func(k *action.Kind) { k.Needs = nil })},
		{"limit nobody knows", "the kind says everything", kind(func(k *action.Kind) { k.Needs = []string{"per_year"} })},
		{"no level", "the kind says everything", kind(func(k *action.Kind) { k.Level = 0 })},
		{"settles and cannot be read", "the kind says everything", kind(func(k *action.Kind) { k.Readable = false })},
		{"settles before it is taken", "the kind says everything", kind(func(k *action.Kind) { k.Settles = -time.Second })},
		{"does not say that it settles", "what is shown late is told as it is shown", kind(func(k *action.Kind) { k.Settles = 0 })},
		{"finds done what is not shown", "what is shown late is told as it is shown", func(e action.Executor, _ *actiontest.Peer) action.Executor {
			return bad{Executor: e, found: func(action.Request) (action.Fate, action.Receipt) { return action.Done, action.Receipt{Text: "Yes."} }}
		}},
		{"tells what is not shown", "what is shown late is told as it is shown", func(e action.Executor, _ *actiontest.Peer) action.Executor {
			return bad{Executor: e, value: func(string) string { return "55" }}
		}},
		{"final and automatic", "the kind says everything", kind(func(k *action.Kind) { k.Level = action.Final })},
		{"final and taken back", "taking it back returns the first state", kind(func(k *action.Kind) { k.Level = action.Final })},
		{"prepares otherwise each time", "a dry run changes nothing and says the same twice", func(e action.Executor, _ *actiontest.Peer) action.Executor {
			return bad{Executor: e, prepare: func(r action.Request) action.Request {
				r.Payload += fmt.Sprint(n.Add(1))
				return r
			}}
		}},
		{"does it while preparing", "a dry run changes nothing and says the same twice", func(e action.Executor, p *actiontest.Peer) action.Executor {
			return bad{Executor: e, prepare: func(r action.Request) action.Request { p.Set("US/Spring", "1"); return r }}
		}},
		{"gives itself a key", "a dry run changes nothing and says the same twice", func(e action.Executor, _ *actiontest.Peer) action.Executor {
			return bad{Executor: e, prepare: func(r action.Request) action.Request { r.Key = "mine"; return r }}
		}},
		{"reads nonsense", "what is done is what was prepared", func(e action.Executor, _ *actiontest.Peer) action.Executor {
			return bad{Executor: e, value: func(string) string { return "50" }}
		}},
		{"does nothing", "what is done is what was prepared", func(e action.Executor, _ *actiontest.Peer) action.Executor {
			return bad{Executor: e, execute: func(context.Context, action.Request) (action.Receipt, error) {
				return action.Receipt{Text: "Done."}, nil
			}}
		}},
		{"says nothing", "what is done is what was prepared", func(e action.Executor, _ *actiontest.Peer) action.Executor {
			return bad{Executor: e, execute: func(ctx context.Context, r action.Request) (action.Receipt, error) {
				_, err := e.Execute(ctx, r)
				return action.Receipt{}, err
			}}
		}},
		{"sends other bytes", "what is done is what was prepared", func(e action.Executor, _ *actiontest.Peer) action.Executor {
			return bad{Executor: e, prepare: func(r action.Request) action.Request { r.Payload += " "; return r }, execute: func(ctx context.Context, r action.Request) (action.Receipt, error) {
				r.Payload = strings.TrimSpace(r.Payload)
				return e.Execute(ctx, r)
			}}
		}},
		{"does more each time", "doing it again does no more", func(e action.Executor, p *actiontest.Peer) action.Executor {
			return bad{Executor: e, execute: func(ctx context.Context, r action.Request) (action.Receipt, error) {
				p.Set("US/Other", p.Value("US/Other")+"1")
				return e.Execute(ctx, r)
			}}
		}},
		{"finds what is not", "what became of it is told truly", func(e action.Executor, _ *actiontest.Peer) action.Executor {
			return bad{Executor: e, found: func(action.Request) (action.Fate, action.Receipt) { return action.Done, action.Receipt{Text: "Yes."} }}
		}},
		{"finds nothing", "what became of it is told truly", func(e action.Executor, _ *actiontest.Peer) action.Executor {
			return bad{Executor: e, found: func(action.Request) (action.Fate, action.Receipt) { return action.NotDone, action.Receipt{} }}
		}},
		{"takes nothing back", "taking it back returns the first state", func(e action.Executor, _ *actiontest.Peer) action.Executor {
			return bad{Executor: e, reverse: func(r action.Request) (action.Request, error) { r.Key = ""; return r, nil }}
		}},
		{"automatic and final", "taking it back returns the first state", func(e action.Executor, _ *actiontest.Peer) action.Executor {
			return bad{Executor: e, reverse: func(action.Request) (action.Request, error) { return action.Request{}, action.ErrFinal }}
		}},
		{"overwrites", "what was changed by others is not overwritten", func(e action.Executor, p *actiontest.Peer) action.Executor {
			return bad{Executor: e, execute: func(ctx context.Context, r action.Request) (action.Receipt, error) {
				p.Set("US/Spring", r.Before)
				return e.Execute(ctx, r)
			}}
		}},
		{"takes broken payloads", "a broken payload is refused", func(e action.Executor, _ *actiontest.Peer) action.Executor {
			return bad{Executor: e, execute: func(context.Context, action.Request) (action.Receipt, error) {
				return action.Receipt{Text: "Done."}, nil
			}}
		}},
		{"does not know whether a broken payload was done", "a broken payload is refused", func(e action.Executor, _ *actiontest.Peer) action.Executor {
			return bad{Executor: e, execute: func(context.Context, action.Request) (action.Receipt, error) {
				return action.Receipt{}, errors.New("bad payload")
			}}
		}},
		{"does not look at the bytes", "a payload with one byte changed is refused", func(e action.Executor, p *actiontest.Peer) action.Executor {
			return bad{Executor: e, execute: func(_ context.Context, r action.Request) (action.Receipt, error) {
				p.Set("US/Spring", fmt.Sprint(len(r.Payload)))
				return action.Receipt{Text: "Done."}, nil
			}}
		}},
		{"refuses and does it", "what has been called off is told honestly", func(e action.Executor, _ *actiontest.Peer) action.Executor {
			return bad{Executor: e, execute: func(ctx context.Context, r action.Request) (action.Receipt, error) {
				if _, err := e.Execute(context.WithoutCancel(ctx), r); err != nil {
					return action.Receipt{}, err
				}
				return action.Receipt{}, action.Refuse("Called off.", nil)
			}}
		}},
		{"follows words", "hostile words do no harm", func(e action.Executor, p *actiontest.Peer) action.Executor {
			return bad{Executor: e, prepare: func(r action.Request) action.Request { p.Set("US/Other", "0"); return r }, execute: func(context.Context, action.Request) (action.Receipt, error) {
				return action.Receipt{}, action.Refuse("No.", nil)
			}, value: func(string) string { return "0" }}
		}},
		{"panics", "many at once do not disturb each other", func(e action.Executor, _ *actiontest.Peer) action.Executor {
			return bad{Executor: e, prepare: func(action.Request) action.Request { panic("oh") }}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if broken := actiontest.Broken(t, subject(settling, c.wrap)); broken[c.promise] == nil {
				t.Errorf("the suite does not find it: %v", broken)
			}
		})
	}
}

func TestPeerLies(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mood          actiontest.Mood
		refused, open bool
		now, settled  int
		status        int // over HTTP; 0: no answer
	}{
		{actiontest.Honest, false, false, 1, 1, 200},
		{actiontest.Refuses, true, false, 0, 0, 422},
		{actiontest.DoneButFail, false, true, 1, 1, 503},
		{actiontest.DoneButCut, false, true, 1, 1, 0},
		{actiontest.Fails, false, true, 0, 0, 503},
		{actiontest.Cuts, false, true, 0, 0, 0},
		{actiontest.Late, false, true, 0, 1, 503},
		{actiontest.Idle, false, false, 0, 0, 200},
		{actiontest.Redirects, false, true, 0, 0, 307},
		{actiontest.Unseen, false, false, 1, 1, 200},
	} {
		t.Run(fmt.Sprint(c.mood), func(t *testing.T) {
			t.Parallel()
			p := actiontest.NewPeer(nil)
			p.KeyHeader, p.Mood = "X-Key", func(string) actiontest.Mood { return c.mood }
			e := actiontest.NewBid(p, actiontest.BidKind())
			r, err := e.Prepare(t.Context(), wish())
			if err != nil {
				t.Fatal(err)
			}
			r.Key = "a"
			_, err = e.Execute(t.Context(), r)
			if action.IsRefused(err) != c.refused || (err != nil && !action.IsRefused(err)) != c.open || p.Effects("a") != c.now {
				t.Errorf("in memory: %v, %d effects", err, p.Effects("a"))
			}
			if got := post(t, p, "b", r.Payload); got != c.status || p.Effects("b") != c.now {
				t.Errorf("over HTTP: %d, %d effects", got, p.Effects("b"))
			}
			p.Settle()
			if p.Effects("a") != c.settled || p.Effects("b") != c.settled || (p.Value("US/Spring") == "55") != (c.settled > 0) {
				t.Errorf("settled: %d and %d effects, value %q", p.Effects("a"), p.Effects("b"), p.Value("US/Spring"))
			}
			if !slices.Equal(p.Bodies(), []string{r.Payload, r.Payload}) || p.Twice() != nil {
				t.Errorf("arrived: %v", p.Arrivals())
			}
			post(t, p, "b", r.Payload)
			if twice := p.Twice(); (len(twice) == 1) != (c.now > 0) {
				t.Errorf("done twice: %v", twice)
			}
		})
	}
}

func TestPeerDropsWhatItKnows(t *testing.T) {
	t.Parallel()
	p := actiontest.NewPeer(nil)
	p.KeyHeader, p.Drops = "X-Key", true
	for range 3 {
		post(t, p, "a", "hello")
	}
	if p.Effects("a") != 1 || len(p.Arrivals()) != 3 || p.Done() != "map[a:1]" {
		t.Errorf("%d effects, %d arrivals, %s", p.Effects("a"), len(p.Arrivals()), p.Done())
	}
}

// post gives the status of the answer; 0: none came.
func post(t *testing.T, p *actiontest.Peer, key, body string) int {
	t.Helper()
	srv := httptest.NewServer(p)
	defer srv.Close()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, srv.URL, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Key", key)
	c := srv.Client()
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	res, err := c.Do(req)
	if err != nil {
		return 0
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode
}
