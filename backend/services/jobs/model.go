package jobs

import (
	"encoding/json"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// Kinds of asks.
const (
	kindFresh    = "fresh"    // what is new
	kindSnapshot = "snapshot" // how things are now
	kindAgain    = "again"    // what Amazon restates
	kindBackfill = "backfill" // what is older than the account
)

// States of asks.
const (
	statusOpen      = "open"
	statusSuspect   = "suspect"   // nothing came where something should have
	statusHeld      = "held"      // it waits for a person, or for the next week
	statusCancelled = "cancelled" // a person stopped it
	statusDone      = "done"
)

// Why a stream is not up to date. The faults of APIs are such reasons too.
const (
	troubleLate = "late"
	troubleHeld = "held"
)

// failure is the last answer that was none.
type failure struct {
	Fault     source.APIFault `json:"fault"`
	Message   string          `json:"message"`
	Raw       string          `json:"raw,omitempty"`
	Request   string          `json:"request,omitempty"`
	Operation string          `json:"operation,omitempty"`
	Status    int             `json:"status,omitempty"`
	At        int64           `json:"at"` // Unix milliseconds
}

func failed(e *source.APIError, now time.Time) *failure {
	return &failure{
		Fault: e.Fault, Message: e.Message, Raw: e.Raw, Request: e.Request, Operation: e.Operation, Status: e.Status, At: toMS(now),
	}
}

func (f *failure) text() string {
	if f == nil {
		return ""
	}
	b, err := json.Marshal(f)
	if err != nil {
		return ""
	}
	return string(b)
}

func parseFailure(text string) *failure {
	var f failure
	if text == "" || json.Unmarshal([]byte(text), &f) != nil {
		return nil
	}
	return &f
}

// stream is a feed at a place.
type stream struct {
	id  int64
	key streamKey

	low, high time.Time // windows between were planned; zero: none was
	ended     bool
	nextRun   time.Time
	tried     time.Time
	success   time.Time
	rows      int
	took      time.Duration
	runs      int
	paused    bool
	trouble   string
	alerted   bool
	failure   *failure
	note      string

	feed   source.Feed
	zone   *time.Location
	active bool                        // the account still sells there, and the feed is still known
	behind bool                        // the clock is earlier than all that was done
	again  map[time.Duration]time.Time // by Past: when it was last asked for anew
}

func (s *stream) lane() laneKey { return laneKey{s.feed.API, s.key.region} }

// ask is a window of a stream.
type ask struct {
	id, stream int64
	kind       string
	from, to   time.Time // zero for snapshots
	since      time.Time // what lies before was covered already
	day        core.Day
	state      []byte
	resumed    bool // what was begun with state may have been done; not stored, true after a restart
	status     string
	person     bool // a person waits for it; stored as its priority
	attempts   int
	next       time.Time
	planned    time.Time
	began      time.Time
	ended      time.Time
	rows       int
	changed    int
	empties    int
	invalids   int
	restarts   int
	fatals     int
	fatal      time.Time
	late       bool
	failure    *failure
	note       string
}

// lane is an API in a region: one step at a time.
type lane struct {
	key       laneKey
	reconnect time.Time // since when nothing works until a person connects anew
	failure   *failure

	busy     bool
	offline  int // failures to reach anything, in a row
	retry    time.Time
	pace     time.Duration // the shortest time between the beginnings of two asks once a burst has begun; negative: none
	tokens   float64       // asks that may begin
	tokensAt time.Time
	denied   map[string]time.Time // by capability: until when it is not tried
	groups   map[string]*breaker
}

func toMS(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMS(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}
