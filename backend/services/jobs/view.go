package jobs

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sony/gobreaker/v2"

	"purser/backend/core"
	"purser/backend/core/source"
)

const clockWords = "This computer's clock is earlier than what was fetched last: set it right, then it goes on by itself."

// FailureOutput is the last answer that was none.
type FailureOutput struct {
	Fault     string `json:"fault"`
	Message   string `json:"message"` // what happened and what to do
	Raw       string `json:"raw"`     // what Amazon answered
	RequestID string `json:"request_id"`
	Operation string `json:"operation"` // "createReport"
	Status    int    `json:"status"`    // HTTP; 0: no answer
	At        string `json:"at"`        // RFC 3339
}

// StreamOutput is a feed at a place, and how it stands.
type StreamOutput struct {
	Feed        string `json:"feed"`
	Title       string `json:"title"`
	API         string `json:"api"`
	Region      string `json:"region"`
	Marketplace string `json:"marketplace"` // "" of a feed of the region
	Group       string `json:"group"`
	// State: fresh, running, waiting, filling, late, stopped, paused, clock, held, or the fault of the last answer.
	State          string         `json:"state"`
	Text           string         `json:"text"`            // the state in words
	CoveredFrom    string         `json:"covered_from"`    // RFC 3339; "" of snapshots and before the first answer
	CoveredUntil   string         `json:"covered_until"`   // RFC 3339; of a snapshot when it was taken
	SettledThrough string         `json:"settled_through"` // last day that Amazon no longer restates; "" unknown
	Filled         int            `json:"filled"`          // per cent of the past that is here
	LastSuccess    string         `json:"last_success"`
	NextRun        string         `json:"next_run"`
	Rows           int            `json:"rows"`
	Seconds        int            `json:"seconds"` // how long the last ask took
	Runs           int            `json:"runs"`    // how often it was planned
	Open           int            `json:"open"`    // asks that wait
	QuotaLeft      string         `json:"quota_left"`
	Note           string         `json:"note"`
	Failure        *FailureOutput `json:"failure"`
}

// AskOutput is one piece of work.
type AskOutput struct {
	ID          int64          `json:"id"`
	Feed        string         `json:"feed"`
	Title       string         `json:"title"`
	Region      string         `json:"region"`
	Marketplace string         `json:"marketplace"`
	Kind        string         `json:"kind"` // fresh, snapshot, again, backfill
	From        string         `json:"from"` // RFC 3339; "" of a snapshot
	To          string         `json:"to"`
	Day         string         `json:"day"`    // of a feed day by day
	Status      string         `json:"status"` // open, running, suspect, held, cancelled, done
	Text        string         `json:"text"`
	Attempts    int            `json:"attempts"`
	Next        string         `json:"next"`
	Planned     string         `json:"planned"`
	Ended       string         `json:"ended"`
	Rows        int            `json:"rows"`
	Changed     int            `json:"changed"`
	Failure     *FailureOutput `json:"failure"`
}

func words(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func failureOutput(f *failure) *FailureOutput {
	if f == nil {
		return nil
	}
	return &FailureOutput{
		Fault: string(f.Fault), Message: f.Message, Raw: f.Raw, RequestID: f.Request, Operation: f.Operation, Status: f.Status, At: words(fromMS(f.At)),
	}
}

// Streams lists every stream of the account, in the order in which a seller looks at them.
func (s *Service) Streams() []StreamOutput {
	now := s.o.Clock.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	open := map[int64][]*ask{}
	for _, a := range s.asks {
		open[a.stream] = append(open[a.stream], a)
	}
	out := []StreamOutput{}
	for _, st := range s.sorted() {
		o := StreamOutput{
			Feed: st.key.feed, Title: st.feed.Title, API: st.feed.API, Region: st.key.region, Marketplace: st.key.marketplace, Group: st.feed.Group,
			LastSuccess: words(st.success), NextRun: words(s.nextRun(st, open[st.id])), Rows: st.rows, Seconds: int(st.took.Seconds()), Runs: st.runs,
			Open: len(open[st.id]), QuotaLeft: s.o.Left(st.feed.API, st.key.region, st.feed.Group), Note: st.note, Failure: failureOutput(st.failure),
		}
		from, until := covered(st, open[st.id])
		o.CoveredFrom, o.CoveredUntil, o.SettledThrough = words(from), words(until), s.settled(st, until, now)
		o.Filled = s.filled(st, open[st.id], now)
		o.State, o.Text = s.stateOf(st, open[st.id], until, o.Filled, now)
		out = append(out, o)
	}
	return out
}

// sorted lists the streams that are active.
func (s *Service) sorted() []*stream {
	var out []*stream
	for _, st := range s.streams {
		if st.active {
			out = append(out, st)
		}
	}
	slices.SortFunc(out, func(a, b *stream) int {
		return cmp.Or(cmp.Compare(a.feed.Order, b.feed.Order), cmp.Compare(a.feed.Title, b.feed.Title),
			cmp.Compare(a.key.region, b.key.region), cmp.Compare(a.key.marketplace, b.key.marketplace))
	})
	return out
}

// covered is what is here without a gap: from the newest window that is missing in the past until the oldest that is
// missing of what is new. Zero: nothing yet.
func covered(st *stream, open []*ask) (from, until time.Time) {
	if st.feed.Snapshot {
		return time.Time{}, st.success
	}
	from, until = st.low, st.high
	for _, a := range open {
		switch {
		case a.kind == kindFresh && a.since.Before(until):
			until = a.since
		case a.kind == kindBackfill && a.to.After(from):
			from = a.to
		}
	}
	if !until.After(from) {
		return time.Time{}, time.Time{}
	}
	return from, until
}

func (s *Service) settled(st *stream, until, now time.Time) string {
	if until.IsZero() || st.feed.Snapshot {
		return ""
	}
	var longest time.Duration
	for _, k := range st.feed.Kinds {
		longest = max(longest, s.o.Settles(k))
	}
	last := core.DayOf(until, st.zone) - 1
	return min(last, core.DayOf(now.Add(-longest), st.zone)-1).String()
}

// filled is how much of the past that is wanted is here, in per cent.
func (s *Service) filled(st *stream, open []*ask, now time.Time) int {
	if st.feed.Snapshot {
		return map[bool]int{true: 0, false: 100}[st.success.IsZero()]
	}
	from, until := covered(st, open)
	if until.IsZero() {
		return 0
	}
	begin := horizon(st.feed, st.zone, now, s.o.History(st.feed))
	if st.ended || !from.After(begin) || s.o.History(st.feed) <= 0 {
		return 100
	}
	return min(int(100*float64(until.Sub(from))/float64(until.Sub(begin))), 99)
}

// nextRun is when something happens next.
func (s *Service) nextRun(st *stream, open []*ask) time.Time {
	next := st.nextRun
	for _, a := range open {
		if (a.kind == kindFresh || a.kind == kindSnapshot) && (a.status == statusOpen || a.status == statusHeld) {
			next = a.next // nothing new is planned before it is done
			break
		}
	}
	for _, a := range open {
		if (a.status == statusOpen || a.status == statusSuspect) && a.next.Before(next) {
			next = a.next
		}
	}
	return next
}

// stateOf words how a stream stands. The caller holds s.mu.
func (s *Service) stateOf(st *stream, open []*ask, until time.Time, filled int, now time.Time) (state, text string) {
	l := s.lanes[st.lane()]
	running := slices.ContainsFunc(open, func(a *ask) bool { return s.cancel[a.id] != nil || a.state != nil && a.status == statusOpen })
	next := at(s.nextRun(st, open))
	switch {
	case s.paused || st.paused:
		return "paused", "Paused: nothing is fetched until you resume it."
	case l != nil && !l.reconnect.IsZero():
		return string(source.FaultReconnect), "Amazon no longer accepts the connection: connect the account anew."
	case st.behind:
		return "clock", clockWords
	case st.trouble == troubleLate:
		return troubleLate, "Late: " + st.note
	case st.trouble == troubleHeld:
		return troubleHeld, "Amazon refuses it. " + st.note
	case st.trouble == string(source.FaultDenied):
		return st.trouble, cmp.Or(st.note, messageOf(st, "The account's access does not allow it."))
	case st.trouble == string(source.FaultNotOffered):
		return st.trouble, "Amazon does not make this for your account; it is asked again on " + next + "."
	case st.trouble == string(source.FaultOffline):
		return st.trouble, "Amazon can't be reached; it is tried again by itself."
	case l != nil && l.groups[st.feed.Group] != nil && l.groups[st.feed.Group].State() == gobreaker.StateOpen:
		return string(source.FaultUnavailable), "Amazon does not answer at present; one try every ten minutes. What is here stays as it is."
	case st.trouble != "":
		return st.trouble, messageOf(st, "It did not work.") + " Next try: " + next + "."
	case slices.ContainsFunc(open, func(a *ask) bool { return a.kind == kindFresh && a.status == statusCancelled }):
		return "stopped", "You stopped a part of it. Press Fetch now to have it after all."
	case running:
		return "running", "Being fetched now."
	case until.IsZero():
		return "waiting", "Waits for its first turn."
	case filled < 100:
		return "filling", fmt.Sprintf("Up to date until %s; %d %% of the past is here.", at(until), filled)
	case now.Sub(until) > 2*st.feed.Every+st.feed.Late+2*day:
		return troubleLate, "Late: it reaches until " + at(until) + "; next try: " + next + "."
	default:
		return "fresh", "Up to date until " + at(until) + "."
	}
}

func messageOf(st *stream, otherwise string) string {
	if st.failure != nil && st.failure.Message != "" {
		return st.failure.Message
	}
	return otherwise
}

// Asks lists what waits and is under way in the order of its turn, then what was done last.
func (s *Service) Asks(ctx context.Context, done int) ([]AskOutput, error) {
	now := s.o.Clock.Now()
	s.mu.Lock()
	var open []*ask
	for _, a := range s.asks {
		if st := s.streams[a.stream]; st != nil && st.active {
			open = append(open, a)
		}
	}
	slices.SortFunc(open, func(a, b *ask) int {
		return cmp.Or(cmp.Compare(rank(a, s.streams[a.stream].feed, now), rank(b, s.streams[b.stream].feed, now)), compareAsks(a, b))
	})
	out := []AskOutput{}
	for _, a := range open {
		out = append(out, s.askOutput(a, s.cancel[a.id] != nil))
	}
	s.mu.Unlock()
	if done <= 0 {
		return out, nil
	}
	err := s.each(ctx, "Finished", func(r *sql.Rows) error {
		a, err := scanAsk(r)
		if err != nil {
			return err
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.streams[a.stream] != nil {
			out = append(out, s.askOutput(a, false))
		}
		return nil
	}, done)
	return out, err
}

func (s *Service) askOutput(a *ask, running bool) AskOutput {
	st := s.streams[a.stream]
	o := AskOutput{
		ID: a.id, Feed: st.key.feed, Title: st.feed.Title, Region: st.key.region, Marketplace: st.key.marketplace, Kind: a.kind,
		From: words(a.from), To: words(a.to), Day: a.day.String(), Status: a.status, Attempts: a.attempts, Next: words(a.next),
		Planned: words(a.planned), Ended: words(a.ended), Rows: a.rows, Changed: a.changed, Failure: failureOutput(a.failure),
	}
	if a.kind == kindSnapshot {
		o.From, o.To = "", ""
	}
	switch {
	case running:
		o.Status, o.Text = "running", "Being fetched now."
	case a.status == statusDone:
		o.Text = strings.TrimSpace(fmt.Sprintf("%d rows, %d new or different. %s", a.rows, a.changed, a.note))
	case a.note != "":
		o.Text = a.note
	case a.failure != nil:
		o.Text = a.failure.Message + " Next try: " + at(a.next) + "."
	case a.late:
		o.Text = "Amazon takes longer than usual; looked at again " + at(a.next) + "."
	case a.state != nil:
		o.Text = "Amazon is making it; looked at again " + at(a.next) + "."
	default:
		o.Text = "Waits for its turn."
	}
	return o
}
