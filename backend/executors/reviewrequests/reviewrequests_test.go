package reviewrequests_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"purser/backend/core/action"
	"purser/backend/core/action/actiontest"
	"purser/backend/core/source"
	"purser/backend/executors/reviewrequests"
)

// amazon is the Solicitations API of one account and the book beside it.
type amazon struct {
	mu     sync.Mutex
	now    time.Time
	orders map[string]reviewrequests.Order
	asked  map[string]int
	sent   []string
	mood   string // "", "lost", "failed", "forbidden", "denied", "restricted", "restricted when asked", "bad", "mute", "closed"
	book   map[string]string
	looked int
}

func newAmazon() *amazon {
	return &amazon{
		now: time.Date(2026, 11, 26, 9, 30, 0, 0, time.UTC),
		orders: map[string]reviewrequests.Order{
			"111-0000001-0000001": {Earliest: time.Date(2026, 11, 10, 8, 0, 0, 0, time.UTC), Latest: time.Date(2026, 11, 12, 8, 0, 0, 0, time.UTC)},
		},
		asked: map[string]int{}, book: map[string]string{},
	}
}

func (a *amazon) Now() time.Time { return a.now }

func (a *amazon) Order(ctx context.Context, _, order string) (reviewrequests.Order, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	o, ok := a.orders[order]
	switch {
	case ctx.Err() != nil:
		return o, ctx.Err()
	case a.mood == "mute":
		return o, errors.New("nothing was reached")
	case !ok:
		return o, errors.New("there is no such order")
	}
	return o, nil
}

func (a *amazon) Offered(_ context.Context, _, order string) (bool, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.looked++
	if a.mood == "denied" {
		return false, &source.APIError{Fault: source.FaultDenied, Status: 403, Message: "Access to requested resource is denied."}
	}
	if a.mood == "restricted" {
		return false, restriction
	}
	return a.mood != "closed" && a.asked[order] == 0, nil
}

func (a *amazon) Ask(_ context.Context, marketplace, order string) (string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case a.mood == "restricted when asked":
		return "", action.Refuse("Amazon does not take the request.", errors.Join(reviewrequests.ErrNotOffered, restriction))
	case a.mood == "forbidden" || a.asked[order] > 0:
		return "", reviewrequests.ErrNotOffered
	case a.mood == "bad":
		return "", action.Refuse("Amazon does not know this order.", nil)
	case a.mood == "failed":
		return "", errors.New("503")
	}
	a.asked[order]++
	a.sent = append(a.sent, fmt.Sprintf(`{"request":"productReviewAndSellerFeedback","marketplace_id":"%s","order":"%s"}`,
		map[string]string{"US": "ATVPDKIKX0DER"}[marketplace], order))
	if a.mood == "lost" {
		return "", errors.New("the line was cut")
	}
	return "request-1", nil
}

// restriction is Amazon's no to the whole account.
var restriction = &source.APIError{
	Fault: source.FaultDenied, Status: 403, Message: "Amazon does not allow this: the app lacks the role “Buyer Solicitation”.",
	Raw: `{"errors":[{"message":"Your proactive messaging has been temporarily restricted."}]}`,
}

func (a *amazon) Claim(_ context.Context, _, order, key string) (string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.book[order] == "" {
		a.book[order] = key
	}
	return a.book[order], nil
}

func (a *amazon) Holder(_ context.Context, _, order string) (string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.book[order], nil
}

func (a *amazon) Release(_ context.Context, _, order, key string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.book[order] == key {
		delete(a.book, order)
	}
	return nil
}

func (a *amazon) state() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return fmt.Sprint(a.asked)
}

func (a *amazon) seen() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]string(nil), a.sent...)
}

func wish() action.Wish {
	return action.Wish{Kind: reviewrequests.Name, Decision: "d1", Policy: "p", Version: 1, Subject: "US/111-0000001-0000001", SubjectKind: "order", Title: "Delivered"}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	actiontest.Run(t, func(t *testing.T) actiontest.Subject {
		t.Helper()
		a := newAmazon()
		// Who prepares once the buyer was asked is told so. Many at once is meant of before, so that the first waits for
		// what the suite asks beside it: one look to prepare, eight sides with two looks each, and its own.
		b := &patient{amazon: a, looks: 1 + 8*2 + 1}
		return actiontest.Subject{Make: func() action.Executor { return reviewrequests.New(a, b, a) }, Wish: wish(), State: a.state, Seen: a.seen}
	})
}

// patient is a book that claims only after Amazon was asked so often, or a while.
type patient struct {
	*amazon
	looks int
}

func (p *patient) Claim(ctx context.Context, market, order, key string) (string, error) {
	for end := time.Now().Add(300 * time.Millisecond); time.Now().Before(end); time.Sleep(time.Millisecond) {
		p.mu.Lock()
		enough := p.looked >= p.looks
		p.mu.Unlock()
		if enough {
			break
		}
	}
	return p.amazon.Claim(ctx, market, order, key)
}

// TestWindow: nothing is sent outside the days in which Amazon takes it, less twelve hours at both ends, on the
// marketplace's calendar. DST ends on 1 November 2026 in the US and on 25 October in Europe; it begins on 8 and 29 March.
func TestWindow(t *testing.T) {
	t.Parallel()
	const layout = "2006-01-02T15:04:05Z"
	type order = reviewrequests.Order
	at := func(s string) time.Time {
		if s == "" {
			return time.Time{}
		}
		v, err := time.Parse(layout, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for i, c := range []struct {
		market, earliest, latest, now string
		may                           bool
	}{
		// plain days in the US: from 2026-11-15T20:00 to 2026-12-11T20:00 UTC
		{"US", "2026-11-10T08:00:00Z", "2026-11-12T08:00:00Z", "2026-11-15T08:00:00Z", false},
		{"US", "2026-11-10T08:00:00Z", "2026-11-12T08:00:00Z", "2026-11-15T19:59:59Z", false},
		{"US", "2026-11-10T08:00:00Z", "2026-11-12T08:00:00Z", "2026-11-15T20:00:00Z", true},
		{"US", "2026-11-10T08:00:00Z", "2026-11-12T08:00:00Z", "2026-11-26T09:30:00Z", true},
		{"US", "2026-11-10T08:00:00Z", "2026-11-12T08:00:00Z", "2026-12-11T19:59:59Z", true},
		{"US", "2026-11-10T08:00:00Z", "2026-11-12T08:00:00Z", "2026-12-11T20:00:00Z", false},
		{"US", "2026-11-10T08:00:00Z", "2026-11-12T08:00:00Z", "2026-12-12T08:00:00Z", false},
		{"US", "2026-11-10T08:00:00Z", "2026-11-12T08:00:00Z", "2027-11-20T08:00:00Z", false},
		{"US", "2026-11-10T08:00:00Z", "2026-11-12T08:00:00Z", "2026-11-10T08:00:00Z", false},
		{"US", "2026-11-10T08:00:00Z", "2026-11-12T08:00:00Z", "2026-11-01T08:00:00Z", false},
		// the five days hold the end of DST in the US: an hour more
		{"US", "2026-10-30T07:00:00Z", "2026-10-31T07:00:00Z", "2026-11-04T19:59:59Z", false},
		{"US", "2026-10-30T07:00:00Z", "2026-10-31T07:00:00Z", "2026-11-04T20:00:00Z", true},
		{"US", "2026-10-30T07:00:00Z", "2026-10-31T07:00:00Z", "2026-11-29T19:59:59Z", true},
		{"US", "2026-10-30T07:00:00Z", "2026-10-31T07:00:00Z", "2026-11-29T20:00:00Z", false},
		// and its beginning: an hour less
		{"US", "2026-03-05T08:00:00Z", "2026-03-06T08:00:00Z", "2026-03-10T18:59:59Z", false},
		{"US", "2026-03-05T08:00:00Z", "2026-03-06T08:00:00Z", "2026-03-10T19:00:00Z", true},
		{"US", "2026-02-10T08:00:00Z", "2026-02-12T08:00:00Z", "2026-03-13T18:59:59Z", true},
		{"US", "2026-02-10T08:00:00Z", "2026-02-12T08:00:00Z", "2026-03-13T19:00:00Z", false},
		// Europe
		{"DE", "2026-10-22T22:00:00Z", "2026-10-23T22:00:00Z", "2026-10-28T10:59:59Z", false},
		{"DE", "2026-10-22T22:00:00Z", "2026-10-23T22:00:00Z", "2026-10-28T11:00:00Z", true},
		{"DE", "2026-10-01T22:00:00Z", "2026-10-02T22:00:00Z", "2026-11-01T10:59:59Z", true},
		{"DE", "2026-10-01T22:00:00Z", "2026-10-02T22:00:00Z", "2026-11-01T11:00:00Z", false},
		{"DE", "2026-03-25T23:00:00Z", "2026-03-26T23:00:00Z", "2026-03-31T09:59:59Z", false},
		{"DE", "2026-03-25T23:00:00Z", "2026-03-26T23:00:00Z", "2026-03-31T10:00:00Z", true},
		{"UK", "2026-10-22T23:00:00Z", "2026-10-23T23:00:00Z", "2026-10-28T11:59:59Z", false},
		{"UK", "2026-10-22T23:00:00Z", "2026-10-23T23:00:00Z", "2026-10-28T12:00:00Z", true},
		// Japan knows no DST
		{"JP", "2026-10-22T15:00:00Z", "2026-10-23T15:00:00Z", "2026-10-28T02:59:59Z", false},
		{"JP", "2026-10-22T15:00:00Z", "2026-10-23T15:00:00Z", "2026-10-28T03:00:00Z", true},
		{"JP", "2026-10-22T15:00:00Z", "2026-10-23T15:00:00Z", "2026-11-22T02:59:59Z", true},
		{"JP", "2026-10-22T15:00:00Z", "2026-10-23T15:00:00Z", "2026-11-22T03:00:00Z", false},
		// Australia turns the other way: DST begins on 4 October 2026
		{"AU", "2026-10-01T14:00:00Z", "2026-10-02T14:00:00Z", "2026-10-07T00:59:59Z", false},
		{"AU", "2026-10-01T14:00:00Z", "2026-10-02T14:00:00Z", "2026-10-07T01:00:00Z", true},
		// a long window of delivery: from its first day to its last
		{"US", "2026-11-01T08:00:00Z", "2026-11-20T08:00:00Z", "2026-11-06T20:59:59Z", false},
		{"US", "2026-11-01T08:00:00Z", "2026-11-20T08:00:00Z", "2026-11-06T21:00:00Z", true},
		{"US", "2026-11-01T08:00:00Z", "2026-11-20T08:00:00Z", "2026-12-19T19:59:59Z", true},
		{"US", "2026-11-01T08:00:00Z", "2026-11-20T08:00:00Z", "2026-12-19T20:00:00Z", false},
		// no latest day: the earliest counts for both; no earliest, or nonsense: nobody knows
		{"US", "2026-11-10T08:00:00Z", "", "2026-12-09T19:59:59Z", true},
		{"US", "2026-11-10T08:00:00Z", "", "2026-12-09T20:00:00Z", false},
		{"US", "", "2026-11-12T08:00:00Z", "2026-11-26T08:00:00Z", false},
		{"US", "", "", "2026-11-26T08:00:00Z", false},
		{"US", "2026-11-12T08:00:00Z", "2026-11-10T08:00:00Z", "2026-11-26T08:00:00Z", false},
	} {
		a := newAmazon()
		a.now = at(c.now)
		a.orders["111-0000001-0000001"] = order{Earliest: at(c.earliest), Latest: at(c.latest)}
		w := wish()
		w.Subject = c.market + "/111-0000001-0000001"
		_, err := reviewrequests.New(a, a, a).Prepare(t.Context(), w)
		if (err == nil) != c.may {
			t.Errorf("%d: %s delivered %s to %s, at %s: %v", i, c.market, c.earliest, c.latest, c.now, err)
		}
	}
}

// TestWindowClosesAfterApproval: what was approved in time is not sent too late.
func TestWindowClosesAfterApproval(t *testing.T) {
	t.Parallel()
	a := newAmazon()
	e := reviewrequests.New(a, a, a)
	r, err := e.Prepare(t.Context(), wish())
	if err != nil {
		t.Fatal(err)
	}
	r.Key, a.now = "k1", a.now.AddDate(0, 0, 20)
	if _, err := e.Execute(t.Context(), r); !action.IsRefused(err) || len(a.seen()) > 0 || !strings.Contains(err.Error(), "too late") {
		t.Errorf("%v, %q", err, a.seen())
	}
}

func TestOrdersThatAreNotAskedAbout(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(a *amazon, o *reviewrequests.Order, w *action.Wish){
		"cancelled":   func(_ *amazon, o *reviewrequests.Order, _ *action.Wish) { o.Cancelled = true },
		"replacement": func(_ *amazon, o *reviewrequests.Order, _ *action.Wish) { o.Replacement = true },
		"not offered": func(a *amazon, _ *reviewrequests.Order, _ *action.Wish) { a.mood = "closed" },
		"403":         func(a *amazon, _ *reviewrequests.Order, _ *action.Wish) { a.mood = "denied" },
		"claimed":     func(a *amazon, _ *reviewrequests.Order, _ *action.Wish) { a.book["111-0000001-0000001"] = "another" },
		"a SKU":       func(_ *amazon, _ *reviewrequests.Order, w *action.Wish) { w.Subject = "US/sku 1" },
		"nothing":     func(_ *amazon, _ *reviewrequests.Order, w *action.Wish) { w.Subject = "US" },
		"no store":    func(_ *amazon, _ *reviewrequests.Order, w *action.Wish) { w.Subject = "XX/111-0000001-0000001" },
	} {
		a, w := newAmazon(), wish()
		o := a.orders["111-0000001-0000001"]
		change(a, &o, &w)
		a.orders["111-0000001-0000001"] = o
		_, err := reviewrequests.New(a, a, a).Prepare(t.Context(), w)
		var api *source.APIError
		if err == nil || errors.As(err, &api) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestLyingPeers: Amazon's no is a refusal and no fault of access; what may have been sent is neither sent again nor called undone.
func TestLyingPeers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mood    string
		refused bool
		held    bool // the order stays claimed
		fate    action.Fate
	}{
		{"forbidden", true, false, action.NotDone},
		{"bad", true, false, action.NotDone},
		{"mute", true, false, action.NotDone},
		{"denied", true, false, action.Open},
		{"failed", false, true, action.NotDone},
		{"lost", false, true, action.Open},
	} {
		a := newAmazon()
		e := reviewrequests.New(a, a, a)
		r, err := e.Prepare(t.Context(), wish())
		if err != nil {
			t.Fatal(err)
		}
		r.Key, a.mood = "k1", c.mood
		_, err = e.Execute(t.Context(), r)
		if err == nil || action.IsRefused(err) != c.refused || (a.book["111-0000001-0000001"] != "") != c.held {
			t.Errorf("%s: %v, held by %q", c.mood, err, a.book["111-0000001-0000001"])
		}
		if fate, _, err := e.Found(t.Context(), r); err != nil || fate != c.fate {
			t.Errorf("%s: found %s, %v", c.mood, fate, err)
		}
		r.Key, a.mood = "k2", ""
		_, err = e.Execute(t.Context(), r)
		if (err == nil) == c.held || len(a.seen()) > 1 {
			t.Errorf("%s, then under another key: %v, %q", c.mood, err, a.seen())
		}
	}
}

// TestOnePerOrder asks from many sides under many keys, after restarts too.
func TestOnePerOrder(t *testing.T) {
	t.Parallel()
	a := newAmazon()
	r, err := reviewrequests.New(a, a, a).Prepare(t.Context(), wish())
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	var done sync.Map
	for i := range 200 {
		all.Go(func() {
			r := r
			r.Key = fmt.Sprintf("k%d", i)
			if _, err := reviewrequests.New(a, a, a).Execute(context.Background(), r); err == nil {
				done.Store(i, true)
			} else if !action.IsRefused(err) {
				t.Errorf("%v", err)
			}
		})
	}
	all.Wait()
	n := 0
	done.Range(func(any, any) bool { n++; return true })
	if n != 1 || a.asked["111-0000001-0000001"] != 1 || len(a.seen()) != 1 {
		t.Errorf("%d said so, %v", n, a.asked)
	}
	if _, err := reviewrequests.New(a, a, a).Reverse(r); !errors.Is(err, action.ErrFinal) {
		t.Errorf("taken back: %v", err)
	}
}

// TestRestricted: a 403 that speaks of the account stops the kind; the usual ones do not.
func TestRestricted(t *testing.T) {
	t.Parallel()
	stopped := func(err error) bool {
		var k *action.KindStoppedError
		return errors.As(err, &k) && k.Reason != ""
	}
	for mood, want := range map[string]bool{
		"restricted": true, "restricted when asked": true, "denied": false, "forbidden": false, "closed": false, "failed": false, "lost": false, "": false,
	} {
		a := newAmazon()
		e := reviewrequests.New(a, a, a)
		r, err := e.Prepare(t.Context(), wish())
		if err != nil {
			t.Fatal(err)
		}
		r.Key, a.mood = "k1", mood
		_, err = e.Execute(t.Context(), r)
		if stopped(err) != want || want && (!action.IsRefused(err) || len(a.seen()) > 0 || a.book["111-0000001-0000001"] != "") {
			t.Errorf("%s: %v, %q, %v", mood, err, a.seen(), a.book)
		}
		if a.mood != "restricted" {
			continue
		}
		if _, err := e.Prepare(t.Context(), wish()); !stopped(err) {
			t.Errorf("prepared: %v", err)
		}
	}
	body := func(message, details string) string {
		b, err := json.Marshal(map[string]any{"errors": []any{map[string]string{"code": "Unauthorized", "message": message, "details": details}}}) //nolint:misspell // Amazon's word
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	for raw, want := range map[string]bool{
		body("The requested solicitation is not available for this amazonOrderId.", ""):                                     false,
		body("Access to requested resource is denied.", ""):                                                                 false,
		body("This resource is restricted.", ""):                                                                            false, // the field is called message
		body("Access to requested resource is denied.", "The account is suspended."):                                        false, // it may sell nothing: another matter
		body("The application is missing the role Buyer Solicitation.", ""):                                                 false,
		body("Access to requested resource is denied.", "The solicitation for this amazonOrderId is blocked by the buyer."): false,
		body("Access to requested resource is denied.", "Messages about this order are blocked: its buyer has opted out."):  false,
		"This resource is restricted.":                                                                                      false,
		"<html>Messages of this kind are blocked by the filter of this network.</html>":                                     false,
		body("Access to requested resource is denied.", "Your messaging privileges are suspended."):                         true,
		body("Solicitations of this account are paused.", ""):                                                               true,
		`{"message":"Your proactive messaging has been temporarily restricted."}`:                                           true,
		`{"errors":[{"message":"Denied."},{"message":"x","details":"You are blocked from communication."}]}`:                true,
	} {
		a := newAmazon()
		e := reviewrequests.New(answering{a, &source.APIError{Fault: source.FaultDenied, Status: 403, Raw: raw}}, a, a)
		if _, err := e.Prepare(t.Context(), wish()); err == nil || stopped(err) != want {
			t.Errorf("%s: %v", raw, err)
		}
	}
}

// TestWhatAmazonSaysIsTold: a no keeps the words that came with it, in a preview and right before it is sent; a fault that
// passes is told as such, and promises nothing.
func TestWhatAmazonSaysIsTold(t *testing.T) {
	t.Parallel()
	no := &source.APIError{Fault: source.FaultNotOffered, Status: 403, Message: "It is not offered. It said: denied. The app may lack the role “Buyer Solicitation”."}
	for name, c := range map[string]struct {
		err  error
		told string
	}{
		"a no": {no, no.Message}, "a no without words": {reviewrequests.ErrNotOffered, "done already"},
		"too many": {&source.APIError{Fault: source.FaultThrottled, Message: "Amazon takes no more. It is asked again by itself."}, "no more requests"},
		"offline":  {&source.APIError{Fault: source.FaultOffline, Message: "Nobody is there; it is asked again by itself."}, "could not be reached"},
		"denied":   {&source.APIError{Fault: source.FaultReconnect, Message: "Connect again."}, "Connect again. Nothing was sent."},
	} {
		a := newAmazon()
		r, err := reviewrequests.New(a, a, a).Prepare(t.Context(), wish())
		if err != nil {
			t.Fatal(err)
		}
		r.Key = "k1"
		e := reviewrequests.New(answering{a, c.err}, a, a)
		if _, err := e.Prepare(t.Context(), wish()); errors.Is(c.err, no) && (err == nil || !strings.Contains(err.Error(), no.Message)) {
			t.Errorf("%s, prepared: %v", name, err)
		}
		_, err = e.Execute(t.Context(), r)
		if !action.IsRefused(err) || !strings.Contains(err.Error(), c.told) || strings.Contains(err.Error(), "by itself") || len(a.seen()) > 0 {
			t.Errorf("%s: %v, sent %q", name, err, a.seen())
		}
		_, err = reviewrequests.New(asking{a, c.err}, a, a).Execute(t.Context(), r)
		if errors.Is(c.err, no) && (!action.IsRefused(err) || !strings.Contains(err.Error(), no.Message+" Nothing was sent.") || a.book["111-0000001-0000001"] != "") {
			t.Errorf("%s, when it was sent: %v, %v", name, err, a.book)
		}
	}
}

// asking gives one error when it is sent.
type asking struct {
	*amazon
	err error
}

func (a asking) Ask(context.Context, string, string) (string, error) { return "", a.err }

// answering gives one error whether it is offered.
type answering struct {
	*amazon
	err error
}

func (a answering) Offered(context.Context, string, string) (bool, error) { return false, a.err }
