package notifications_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core/channel"
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

// desk is a ledger with a clock that tests move.
type desk struct {
	t    *testing.T
	path string
	at   time.Time
	r    *recorder
	s    *notifications.Service
}

func begin(t *testing.T, at string) *desk {
	t.Helper()
	now, err := time.Parse("2006-01-02 15:04", at)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, path: filepath.Join(t.TempDir(), "ledger.db"), at: now.Truncate(24 * time.Hour), r: &recorder{}}
	d.open(d.r)
	d.pass(now.Sub(d.at)) // Purser has been there since midnight
	return d
}

// Now implements clock.Clock.
func (d *desk) Now() time.Time { return d.at.UTC() }

// open starts the service anew, as after a restart.
func (d *desk) open(channels ...channel.Channel) {
	d.t.Helper()
	db, err := sqlite.Open(d.t.Context(), d.path, sqlite.Options{Durable: true})
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = db.Close() })
	d.s, err = notifications.New(d.t.Context(), notifications.Options{
		DB: db, Clock: d, Log: slog.New(slog.DiscardHandler), Channels: channels,
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

// now says what needs a person; names in capitals are urgent.
func (d *desk) now(names ...string) {
	d.t.Helper()
	var all []notifications.Notice
	for _, n := range names {
		all = append(all, notifications.Notice{Key: n, Cause: "SKUs sell out", Title: n + " sells out", Urgent: strings.ToUpper(n) == n})
	}
	if err := d.s.Notify(d.t.Context(), all); err != nil {
		d.t.Fatal(err)
	}
}

// pass lets time go by: minute by minute, over hours in steps of ten.
func (d *desk) pass(span time.Duration) {
	d.t.Helper()
	step := time.Minute
	if span > 2*time.Hour {
		step = 10 * time.Minute
	}
	for end := d.at.Add(span); d.at.Before(end); d.at = earlier(d.at.Add(step), end) {
		if err := d.s.Tick(d.t.Context()); err != nil {
			d.t.Fatal(err)
		}
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func (d *desk) want(messages ...string) {
	d.t.Helper()
	if diff := cmp.Diff(messages, d.r.got); diff != "" {
		d.t.Error(diff)
	}
}

func TestUrgentThingsAtOnceTheRestInTheMorning(t *testing.T) {
	t.Parallel()
	d := begin(t, "2026-11-24 14:00")
	d.now("A", "b", "c")
	d.want("A sells out|Critical. Open Purser to see why.")
	d.pass(16*time.Hour + 59*time.Minute)
	d.want("A sells out|Critical. Open Purser to see why.")
	d.pass(2 * time.Minute)
	d.want("A sells out|Critical. Open Purser to see why.", "2 SKUs sell out|b sells out\nc sells out")
	d.pass(48 * time.Hour)
	if len(d.r.got) != 2 {
		t.Errorf("told again: %v", d.r.got[2:])
	}
}

func TestEachThingOnceUntilItIsBack(t *testing.T) {
	t.Parallel()
	d := begin(t, "2026-11-24 14:00")
	d.now("A", "B")
	d.now("A", "B")
	d.open(d.r) // after a restart
	d.pass(time.Hour)
	d.now("A", "B", "C")
	d.now("C") // A and B cleared
	d.pass(time.Hour)
	d.now("A", "C") // A is back
	d.want("2 SKUs sell out|A sells out\nB sells out", "C sells out|Critical. Open Purser to see why.", "A sells out|Critical. Open Purser to see why.")
}

func TestWhatClearedBeforeItWasToldIsNotTold(t *testing.T) {
	t.Parallel()
	d := begin(t, "2026-11-24 14:00")
	d.now("a", "b")
	d.now("b")
	d.pass(20 * time.Hour)
	d.want("b sells out|Open Purser to see why.")
}

func TestAStormIsOneMessage(t *testing.T) {
	t.Parallel()
	d := begin(t, "2026-11-24 14:00")
	var names []string
	for i := range 1000 {
		names = append(names, fmt.Sprintf("SKU-%04d", i))
	}
	for _, n := range []int{400, 700, 1000} { // three evaluations within minutes
		d.now(names[:n]...)
		d.pass(3 * time.Minute)
	}
	if len(d.r.got) != 1 || !strings.HasPrefix(d.r.got[0], "400 SKUs sell out|") || !strings.HasSuffix(d.r.got[0], "and 397 more") {
		t.Fatalf("got %v", d.r.got)
	}
	d.pass(time.Hour)
	if len(d.r.got) != 2 || !strings.HasPrefix(d.r.got[1], "600 SKUs sell out|") {
		t.Errorf("the rest of it: %v", d.r.got[1:])
	}
}

func TestTheBudgetOfADay(t *testing.T) {
	t.Parallel()
	d := begin(t, "2026-11-24 00:00")
	if err := d.s.SetSettings(t.Context(), notifications.Settings{Brief: "07:00", QuietFrom: "20:00", QuietTo: "07:00", Budget: 3}); err != nil {
		t.Fatal(err)
	}
	var names []string
	for i := range 23 { // something urgent every hour
		names = append(names, fmt.Sprintf("N%d", i))
		d.now(names...)
		d.pass(time.Hour)
	}
	d.pass(5 * time.Hour)
	told := 0
	for _, m := range d.r.got {
		var n int
		if _, err := fmt.Sscanf(m, "%d SKUs", &n); err != nil {
			n = 1
		}
		told += n
	}
	if len(d.r.got) > 3+5+1 || told != len(names) {
		t.Errorf("%d messages tell of %d things, want few and all %d", len(d.r.got), told, len(names))
	}
}

func TestQuietAndPaused(t *testing.T) {
	t.Parallel()
	d := begin(t, "2026-11-24 14:00")
	if err := d.s.SetSettings(t.Context(), notifications.Settings{Brief: "06:00", QuietFrom: "20:00", QuietTo: "07:30", Budget: 8, Paused: "2026-11-25"}); err != nil {
		t.Fatal(err)
	}
	d.now("a")
	d.pass(34 * time.Hour) // to midnight after the pause
	d.want()
	d.now("a", "B") // what is urgent is told in any hour
	d.want("B sells out|Critical. Open Purser to see why.")
	d.pass(7*time.Hour + 25*time.Minute)
	if len(d.r.got) != 1 {
		t.Errorf("told in the quiet hours: %v", d.r.got[1:])
	}
	d.pass(10 * time.Minute)
	d.want("B sells out|Critical. Open Purser to see why.", "a sells out|Open Purser to see why.")
}

// After a night in which the computer was off there is one brief, not one for each thing.
func TestABriefThatWasMissedIsCaughtUp(t *testing.T) {
	t.Parallel()
	d := begin(t, "2026-11-20 14:00")
	d.now("a", "b")
	d.at = d.at.Add(4*24*time.Hour + 2*time.Hour)
	d.now("a", "b", "c") // the first look on that day, in the afternoon
	d.want("3 SKUs sell out|a sells out\nb sells out\nc sells out")
	d.now("a", "b", "c", "d")
	d.pass(3 * time.Hour)
	if len(d.r.got) != 1 {
		t.Errorf("a second brief on that day: %v", d.r.got[1:])
	}
}

func TestWithoutAChannelItWaits(t *testing.T) {
	t.Parallel()
	d := begin(t, "2026-11-24 14:00")
	d.open() // a command without a window
	d.now("A")
	d.open(d.r)
	d.pass(time.Minute)
	d.want("A sells out|Critical. Open Purser to see why.")
}

func TestADeafChannelIsNotAskedAgain(t *testing.T) {
	t.Parallel()
	d := begin(t, "2026-11-24 14:00")
	d.r.err = errors.New("nobody listens")
	for range 3 {
		d.now("A")
	}
	if len(d.r.got) != 1 {
		t.Errorf("asked %d times", len(d.r.got))
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	d := begin(t, "2026-11-24 14:00")
	good := notifications.Defaults()
	for name, change := range map[string]func(*notifications.Settings){
		"brief": func(s *notifications.Settings) { s.Brief = "7 o'clock" },
		"quiet": func(s *notifications.Settings) { s.QuietTo = "" },
		"few":   func(s *notifications.Settings) { s.Budget = 0 },
		"many":  func(s *notifications.Settings) { s.Budget = 1000 },
		"day":   func(s *notifications.Settings) { s.Paused = "Monday" },
	} {
		bad := good
		change(&bad)
		if d.s.SetSettings(t.Context(), bad) == nil {
			t.Errorf("%s was taken", name)
		}
	}
	mine := notifications.Settings{Brief: "", QuietFrom: "22:00", QuietTo: "06:00", Budget: 2, Paused: "2026-12-01"}
	if err := d.s.SetSettings(t.Context(), mine); err != nil {
		t.Fatal(err)
	}
	d.open(d.r)
	if got, err := d.s.Settings(t.Context()); err != nil || got != mine {
		t.Errorf("got %+v, %v", got, err)
	}
}

// What a week would have come to under other settings.
func TestPreview(t *testing.T) {
	t.Parallel()
	d := begin(t, "2026-11-24 14:00")
	var names []string
	for day := range 4 {
		names = append(names, fmt.Sprintf("A%d", day), fmt.Sprintf("b%d", day))
		d.now(names...)
		d.pass(24 * time.Hour)
	}
	none := notifications.Defaults()
	none.Brief = ""
	for want, set := range map[int]notifications.Settings{8: notifications.Defaults(), 4: none} {
		if got, err := d.s.Preview(t.Context(), set); err != nil || got != want {
			t.Errorf("%+v: %d messages, want %d: %v", set, got, want, err)
		}
	}
	if len(d.r.got) != 8 {
		t.Errorf("in truth there were %d", len(d.r.got))
	}
}

func TestWhatBecomesUrgentIsToldOnceMore(t *testing.T) {
	t.Parallel()
	d := begin(t, "2026-11-24 06:30")
	say := func(urgent bool) {
		t.Helper()
		title := map[bool]string{false: "A is low", true: "A is too late"}[urgent]
		if err := d.s.Notify(t.Context(), []notifications.Notice{{Key: "a", Title: title, Urgent: urgent}}); err != nil {
			t.Fatal(err)
		}
	}
	say(false)
	d.pass(time.Hour)
	say(true)
	d.open(d.r)   // after a restart
	for range 3 { // it goes to and fro
		say(true)
		d.pass(5 * time.Hour)
		say(false)
		d.pass(24 * time.Hour)
	}
	d.want("A is low|Open Purser to see why.", "A is too late|Critical. Open Purser to see why.")
}

func TestWhatBecomesUrgentBeforeItWasToldIsToldAtOnce(t *testing.T) {
	t.Parallel()
	d := begin(t, "2026-11-24 14:00")
	for _, urgent := range []bool{false, true} {
		if err := d.s.Notify(t.Context(), []notifications.Notice{{Key: "a", Title: "A", Urgent: urgent}}); err != nil {
			t.Fatal(err)
		}
	}
	d.pass(30 * time.Hour)
	d.want("A|Critical. Open Purser to see why.")
}
