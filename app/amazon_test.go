package app_test

import (
	"context"
	"testing"
	"testing/synctest"

	"purser/app"
	"purser/backend/platform/clock"
	"purser/backend/sources/simulator"
	"purser/backend/sources/simulator/practice"
)

// What can be told of an access is told when it is connected, listings too, though Amazon keeps the seller's id to itself.
func TestConnectingTellsWhatTheAccessAllows(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		amazon, err := practice.New(practice.Options{Seller: simulator.Options{Seed: 104, Days: 120}, Clock: clock.Real{}, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		l, err := app.OpenLive(context.Background(), dir, amazon, 0)
		if err != nil {
			t.Fatal(err)
		}
		o, err := l.Accounts.Overview()
		if err != nil || len(o.Connections) == 0 {
			t.Fatalf("%d connections: %v", len(o.Connections), err)
		}
		for _, c := range o.Connections {
			for _, k := range c.Allowed {
				if k.Name == "listings" && k.State != "granted" {
					t.Errorf("%s in %s: %s is %s: %s", c.API, c.Region, k.Title, k.State, k.Text)
				}
			}
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
}
