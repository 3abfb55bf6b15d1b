package notifications_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core/channel"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
	"purser/backend/services/notifications"
)

type recorder struct {
	got []string
	err error
}

func (*recorder) Name() string { return "recorder" }

func (r *recorder) Send(_ context.Context, m channel.Message) error {
	r.got = append(r.got, m.Title+"|"+m.Body)
	return r.err
}

func open(t *testing.T, path string, c channel.Channel) *notifications.Service {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{Durable: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s, err := notifications.New(t.Context(), db, clock.Real{}, slog.New(slog.DiscardHandler), []channel.Channel{c})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEachThingOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "ledger.db")
	r := &recorder{}
	tell := func(s *notifications.Service, keys ...string) {
		t.Helper()
		var now []notifications.Notice
		for _, k := range keys {
			now = append(now, notifications.Notice{Key: k, Group: "Low stock", Title: k + " sells out"})
		}
		if err := s.Notify(t.Context(), now); err != nil {
			t.Fatal(err)
		}
	}
	s := open(t, path, r)
	tell(s, "a", "b")
	tell(s, "a", "b")
	tell(open(t, path, r), "a", "b", "c") // after a restart
	tell(s, "c")                          // a and b cleared
	tell(s, "a", "c")                     // a is back
	want := []string{"Low stock: 2 things need you|a sells out\nb sells out", "c sells out|Low stock", "a sells out|Low stock"}
	if diff := cmp.Diff(want, r.got); diff != "" {
		t.Error(diff)
	}
}

func TestADeafChannelIsNotAsked(t *testing.T) {
	t.Parallel()
	r := &recorder{err: errors.New("nobody listens")}
	s := open(t, filepath.Join(t.TempDir(), "ledger.db"), r)
	for range 3 {
		if err := s.Notify(t.Context(), []notifications.Notice{{Key: "a", Group: "Critical", Title: "a"}}); err != nil {
			t.Fatal(err)
		}
	}
	if len(r.got) != 1 {
		t.Errorf("asked %d times", len(r.got))
	}
}
