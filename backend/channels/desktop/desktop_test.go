package desktop_test

import (
	"context"
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"purser/backend/channels/desktop"
	"purser/backend/core/channel"
	"purser/backend/platform/supervise"
)

func newChannel(t *testing.T) *desktop.Channel {
	t.Helper()
	// Nobody waits for the tree: a service that hangs would hang the test.
	return desktop.New("Purser", supervise.New(t.Context(), "test"))
}

// shown is what dunst says it has shown, newest first.
type shown struct {
	Data [][]struct {
		App     struct{ Data string } `json:"appname"`
		Summary struct{ Data string } `json:"summary"`
		Body    struct{ Data string } `json:"body"`
	} `json:"data"`
}

func history(t *testing.T) shown {
	t.Helper()
	// A notification enters the history when it is no longer on the screen.
	for _, args := range [][]string{{"close-all"}, {"history"}} {
		out, err := exec.CommandContext(t.Context(), "dunstctl", args...).Output()
		if err != nil {
			t.Fatalf("dunstctl %s: %v", args[0], err)
		}
		if args[0] != "history" {
			continue
		}
		var got shown
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatalf("dunstctl history: %v\n%s", err, out)
		}
		return got
	}
	return shown{}
}

// TestDaemonShowsWhatWasSent sends to the notification daemon that build/ci/notify.sh runs.
func TestDaemonShowsWhatWasSent(t *testing.T) {
	if os.Getenv("PURSER_NOTIFICATION_DAEMON") != "dunst" {
		t.Skip("runs only under build/ci/notify.sh, where dunst is on a bus of its own")
	}
	c := newChannel(t)
	sent := []channel.Message{
		{Title: "Steel flask sells out in 4 days", Body: "Order 593 units by 25 Nov."},
		{Title: "Ösen <b>bold</b> & co", Body: `<b>bold</b> <a href="https://evil.test">x</a> & "quotes" 雪`},
	}
	for _, m := range sent {
		start := time.Now()
		if err := c.Send(t.Context(), m); err != nil {
			t.Fatalf("%s: %v", m.Title, err)
		}
		t.Logf("handed over in %s", time.Since(start).Round(time.Millisecond))
	}

	got := history(t)
	if len(got.Data) != 1 || len(got.Data[0]) != len(sent) {
		t.Fatalf("the daemon's history has %+v, want %d notifications", got, len(sent))
	}
	newest, oldest := got.Data[0][0], got.Data[0][1]
	if oldest.App.Data != "Purser" || oldest.Summary.Data != sent[0].Title || oldest.Body.Data != sent[0].Body {
		t.Errorf("arrived as %+v", oldest)
	}
	if newest.Summary.Data != sent[1].Title {
		t.Errorf("the title arrived as %q", newest.Summary.Data)
	}
	// The body is markup for the daemon: a text in it must stay one.
	if strings.Contains(newest.Body.Data, "<b>") || strings.Contains(newest.Body.Data, "<a ") || !strings.Contains(newest.Body.Data, "&lt;b&gt;bold&lt;/b&gt;") {
		t.Errorf("the body arrived as markup: %q", newest.Body.Data)
	}
	if !strings.Contains(newest.Body.Data, "雪") {
		t.Errorf("the body lost its letters: %q", newest.Body.Data)
	}
}

// TestWithoutABus: no display and a bus that is gone must give an error soon, never a hang.
func TestWithoutABus(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has a session bus that can be missing")
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+t.TempDir()+"/gone")
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	start := time.Now()
	err := newChannel(t).Send(t.Context(), channel.Message{Title: "Nobody", Body: "hears this"})
	if err == nil || !strings.Contains(err.Error(), "show a notification") {
		t.Fatalf("got %v", err)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("it took %s", took)
	}
}

// silentBus listens like a bus and never says a word, until the test ends.
func silentBus(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bus")
	var lc net.ListenConfig
	ln, err := lc.Listen(t.Context(), "unix", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	return path
}

// TestStopsWithItsCaller: whoever no longer waits gets an answer at once.
func TestStopsWithItsCaller(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has a session bus that can hang")
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+silentBus(t))
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	err := newChannel(t).Send(ctx, channel.Message{Title: "Nobody"})
	if err == nil || !strings.Contains(err.Error(), "did not answer") {
		t.Fatalf("got %v", err)
	}
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("it took %s", took)
	}
}

// TestName is what settings call the channel by.
func TestName(t *testing.T) {
	if name := newChannel(t).Name(); name != "desktop" {
		t.Errorf("name %q", name)
	}
}
