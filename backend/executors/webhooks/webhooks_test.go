package webhooks_test

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"purser/backend/channels/webhook"
	"purser/backend/core/action"
	"purser/backend/core/action/actiontest"
	"purser/backend/executors/webhooks"
	"purser/backend/platform/clock"
)

var now = clock.Fixed(time.Date(2026, 11, 26, 9, 30, 0, 0, time.UTC))

func wish() action.Wish {
	return action.Wish{
		Kind: action.Webhook, Decision: "d1", Policy: "low_cover", Version: 4, Subject: "US/SKU-1", SubjectKind: "sku", Title: "Cover is low <5 days>",
		Label: "Tell the forwarder", Checklist: []string{"Book a slot"}, Units: 480, Link: "https://sellercentral.amazon.com/x",
	}
}

// peer is a receiver on this computer and the real channel to it. Its address can be changed.
func peer(t *testing.T) (*actiontest.Peer, *webhook.Channel, *atomic.Value) {
	t.Helper()
	p := actiontest.NewPeer(nil)
	p.KeyHeader = webhook.HeaderID
	srv := httptest.NewServer(p)
	t.Cleanup(srv.Close)
	address := &atomic.Value{}
	address.Store(srv.URL + "/hook")
	return p, webhook.New(func(context.Context) (string, string, error) {
		return address.Load().(string), strings.Repeat("s", 32), nil //nolint:forcetypeassert // stored above
	}, now), address
}

func TestConformance(t *testing.T) {
	t.Parallel()
	actiontest.Run(t, func(t *testing.T) actiontest.Subject {
		t.Helper()
		p, c, _ := peer(t)
		return actiontest.Subject{Make: func() action.Executor { return webhooks.New(c) }, Wish: wish(), State: p.Done, Seen: p.Bodies}
	})
}

// TestDryRunIsWhatArrives prepares and sends many wishes: the receiver gets the bytes of the dry run, signed.
func TestDryRunIsWhatArrives(t *testing.T) {
	t.Parallel()
	p, c, _ := peer(t)
	e := webhooks.New(c)
	secret, err := webhook.NewSecret(strings.Repeat("s", 32))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		w := wish()
		w.Units, w.Title = i, strings.Repeat("é\"\\\n", i)
		r, err := e.Prepare(t.Context(), w)
		if err != nil {
			t.Fatal(err)
		}
		r.Key = "E" + strings.Repeat("x", i)
		if _, err := e.Execute(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		got := p.Arrivals()[i]
		if id, err := webhook.Verify(secret, got.Header, got.Body, now.Now()); err != nil || id != r.Key || got.Body != r.Payload {
			t.Fatalf("%d: %q, %v, %q", i, id, err, got.Body)
		}
		var m webhooks.Message
		if err := json.Unmarshal([]byte(got.Body), &m); err != nil || m.Title != w.Title || m.Units != i || m.Decision != "d1" {
			t.Fatalf("%d: %+v, %v", i, m, err)
		}
	}
}

// TestFates: only what cannot have been taken is refused; all else a person finds out.
func TestFates(t *testing.T) {
	t.Parallel()
	for mood, refused := range map[actiontest.Mood]bool{
		actiontest.Refuses: true, actiontest.DoneButFail: false, actiontest.DoneButCut: false, actiontest.Fails: false, actiontest.Cuts: false, actiontest.Late: false,
	} {
		p, c, _ := peer(t)
		p.Mood = func(string) actiontest.Mood { return mood }
		e := webhooks.New(c)
		r, err := e.Prepare(t.Context(), wish())
		if err != nil {
			t.Fatal(err)
		}
		r.Key = "E1"
		if _, err := e.Execute(t.Context(), r); err == nil || action.IsRefused(err) != refused {
			t.Errorf("mood %d: %v", mood, err)
		}
		if fate, _, err := e.Found(t.Context(), r); err != nil || fate != action.Open {
			t.Errorf("mood %d: found %s, %v", mood, fate, err)
		}
		if n := len(p.Arrivals()); n != 1 {
			t.Errorf("mood %d: %d arrived", mood, n)
		}
	}
}

// TestAddressChangedAfterApproval: what was approved for one address goes to no other.
func TestAddressChangedAfterApproval(t *testing.T) {
	t.Parallel()
	p, c, address := peer(t)
	e := webhooks.New(c)
	r, err := e.Prepare(t.Context(), wish())
	if err != nil {
		t.Fatal(err)
	}
	r.Key = "E1"
	was := address.Load().(string) //nolint:forcetypeassert // stored by peer
	for _, to := range []string{was + "2", ""} {
		address.Store(to)
		if _, err := e.Execute(t.Context(), r); !action.IsRefused(err) {
			t.Errorf("%q: %v", to, err)
		}
	}
	if n := len(p.Arrivals()); n != 0 {
		t.Errorf("%d arrived", n)
	}
	address.Store(was)
	if _, err := e.Execute(t.Context(), r); err != nil || p.Effects("E1") != 1 {
		t.Errorf("%v, %d", err, p.Effects("E1"))
	}
}

func TestWithoutAddressNothingIsPrepared(t *testing.T) {
	t.Parallel()
	_, c, address := peer(t)
	address.Store("")
	if _, err := webhooks.New(c).Prepare(t.Context(), wish()); err == nil || !strings.Contains(err.Error(), "No address") {
		t.Errorf("%v", err)
	}
}

func TestLargeMessageIsNotPrepared(t *testing.T) {
	t.Parallel()
	_, c, _ := peer(t)
	w := wish()
	w.Checklist = []string{strings.Repeat("x", 256<<10)}
	if _, err := webhooks.New(c).Prepare(t.Context(), w); err == nil {
		t.Error("prepared 256 KB and more")
	}
}
