package spapi_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"purser/backend/core/action"
	"purser/backend/core/source"
	"purser/backend/platform/clock"
	"purser/backend/platform/httpx"
	"purser/backend/platform/ratelimit"
	"purser/backend/sources/spapi"
)

const mayBeAsked = `{"_links":{"self":{"href":"x"},"actions":[{"href":"x","name":"productReviewAndSellerFeedback"}]}}`

// paced is a client that keeps to its quota in real time.
func (a *amazon) paced() *spapi.Client {
	return spapi.New(spapi.Options{
		HTTP: httpx.New(httpx.Options{UserAgent: "Purser/test", Timeout: 10 * time.Second, Clock: a.clock}), Limits: ratelimit.New(clock.Real{}, nil), Clock: a.clock,
		Credentials: func(context.Context, string) (spapi.Credentials, error) {
			return spapi.Credentials{ClientID: "amzn1.client", ClientSecret: secret, RefreshToken: refresh}, nil
		},
		Endpoints: map[string]string{"na": a.url + "/spapi/na"}, TokenURL: a.url + "/auth/o2/token",
		Seller: func(context.Context, string) (string, error) { return seller, nil },
	})
}

// TestActionsWaitForTheQuota: more than the quota gives at once takes a while, and fails nothing.
func TestActionsWaitForTheQuota(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.always("getSolicitationActionsForOrder", ok(mayBeAsked))
	c := a.paced()
	for i := range 7 { // five at once, one a second
		if offered, err := c.Offered(t.Context(), "US", fmt.Sprint("111-000000", i)); err != nil || !offered {
			t.Fatalf("order %d: %v, %v", i, offered, err)
		}
	}
	// What would last longer than there is time is told at once, with how long it is.
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := c.Offered(ctx, "US", "111-0000009")
	if e := wants(t, err, source.FaultThrottled); e.After <= 0 || e.After > time.Second || e.Status != 0 {
		t.Errorf("%+v", e)
	}
}

// TestFeedsDoNotWait: who fetches is told at once to come later.
func TestFeedsDoNotWait(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.always("getReport", ok(`{"reportId":"R1","processingStatus":"IN_QUEUE"}`))
	c, ask := a.paced(), a.ask("spapi.fba_inventory")
	ask.State = []byte(`{"phase":"poll","id":"R1"}`)
	for range 16 {
		_, err := c.Step(t.Context(), ask)
		if err == nil {
			continue
		}
		if e := wants(t, err, source.FaultThrottled); e.After <= 0 {
			t.Errorf("%+v", e)
		}
		return
	}
	t.Error("sixteen questions at once were let through")
}

// TestReadsAreAskedAgain: a read that Amazon takes no more of is asked again after a while, twice; a change never.
func TestReadsAreAskedAgain(t *testing.T) {
	t.Parallel()
	a := open(t)
	c := a.paced()
	no := refusal(429, "QuotaExceeded", "You exceeded your quota for the requested resource.")
	a.series("getListingsItem", no, no, ok(`{"sku":"a"}`))
	if _, err := c.Offer(t.Context(), "US", "a"); err != nil || a.count("getListingsItem") != 3 {
		t.Errorf("%v after %d", err, a.count("getListingsItem"))
	}
	a.always("getListingsItem", no)
	_, err := c.Offer(t.Context(), "US", "a")
	if e := wants(t, err, source.FaultThrottled); e.Status != 429 || a.count("getListingsItem") != 6 {
		t.Errorf("%+v after %d", e, a.count("getListingsItem")-3)
	}
	a.always("patchListingsItem", no)
	_, err = c.Patch(t.Context(), "US", "a", `{"productType":"LUGGAGE","patches":[{"op":"replace","path":"/attributes/purchasable_offer","value":[{"currency":"USD"}]}]}`)
	if wants(t, err, source.FaultThrottled); a.count("patchListingsItem") != 1 {
		t.Errorf("sent %d times", a.count("patchListingsItem"))
	}
}

// TestOnlyDryRunsRemember: an approval that prepares again what the preview has shown asks for nothing twice; whatever is
// about to be sent is asked about anew.
func TestOnlyDryRunsRemember(t *testing.T) {
	t.Parallel()
	a := open(t)
	const order = "111-0000001-0000001"
	a.always("getSolicitationActionsForOrder", ok(mayBeAsked))
	a.always("getOrder", ok(`{"order":{"orderId":"`+order+`","fulfillment":{"fulfillmentStatus":"SHIPPED"}}}`))
	a.always("createProductReviewAndSellerFeedbackSolicitation", reply{status: 201, body: "{}"})
	look := func(ctx context.Context) {
		t.Helper()
		if _, err := a.client.Order(ctx, "US", order); err != nil {
			t.Fatal(err)
		}
		if offered, err := a.client.Offered(ctx, "US", order); err != nil || !offered {
			t.Fatal(offered, err)
		}
	}
	dry := action.DryRun(t.Context())
	for i, c := range []struct {
		ctx       context.Context
		after     time.Duration
		orders    int
		solicited int
	}{{dry, 0, 1, 1}, {dry, 9 * time.Minute, 1, 1}, {t.Context(), 0, 2, 2}, {dry, 9 * time.Minute, 2, 2}, {dry, time.Minute, 3, 3}} {
		a.clock.pass(c.after)
		if look(c.ctx); a.count("getOrder") != c.orders || a.count("getSolicitationActionsForOrder") != c.solicited {
			t.Errorf("%d: %d and %d requests, want %d and %d", i, a.count("getOrder"), a.count("getSolicitationActionsForOrder"), c.orders, c.solicited)
		}
	}
	if _, err := a.client.Ask(t.Context(), "US", order); err != nil {
		t.Fatal(err)
	}
	a.always("getSolicitationActionsForOrder", ok(`{"_links":{"self":{"href":"x"},"actions":[]}}`))
	for range 2 { // a no is not remembered
		if offered, err := a.client.Offered(dry, "US", order); err != nil || offered {
			t.Errorf("after it was sent: %v, %v", offered, err)
		}
	}
	if n := a.count("getSolicitationActionsForOrder"); n != 5 {
		t.Errorf("asked %d times", n)
	}
}

// TestStoppedWhileItWaits: what everything was stopped for while it waited for its turn is not sent, and that is known.
func TestStoppedWhileItWaits(t *testing.T) {
	t.Parallel()
	a := open(t)
	ctx := action.WithLastCheck(t.Context(), func() string { return "Stopped." })
	_, patched := a.client.Patch(ctx, "US", "a", "{}")
	_, asked := a.client.Ask(ctx, "US", "111")
	for _, err := range []error{patched, asked} {
		if !action.IsRefused(err) || !errors.Is(err, action.ErrHalted) {
			t.Errorf("%v", err)
		}
	}
	a.always("getListingsItem", ok(`{"sku":"a"}`))
	if _, err := a.client.Offer(ctx, "US", "a"); err != nil {
		t.Errorf("a read is no change: %v", err)
	}
}
