package decisions

import (
	"context"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/decision"
)

// undonePrefix begins the audit's reason where a person took something back.
const undonePrefix = "undone: "

// standing is how an episode stands.
type standing struct {
	state  decision.State
	day    core.Day // since when
	reason string   // of a rejection
}

// episode is one time that a decision was asked for: from being proposed until it was
// dealt with or cleared by itself. When it fires again after that, that is another one.
type episode struct {
	decision, policy, caseName, subject string
	standing
	// before holds what it was before each thing a person did, so that what was undone does not count.
	before []standing
}

// settled says whether nobody waits for it any more.
func (e *episode) settled() bool {
	return e.state == decision.Approved || e.state == decision.Rejected || e.state == decision.Expired
}

// statEntry is a row of the audit with what its decision is about.
type statEntry struct {
	decision, identity, who, reason string
	from, to                        decision.State
	at                              int64
}

// episodes reads from the audit every episode of the decisions that were open, or changed, since then (Unix seconds);
// those of one decision stand together, oldest first.
func (s *Service) episodes(ctx context.Context, since int64) ([]*episode, error) {
	entries, err := collect(ctx, s.o.DB.Reader(), s.q["AuditSince"], func(sc scanner) (statEntry, error) {
		var e statEntry
		err := sc.Scan(&e.decision, &e.identity, &e.at, &e.from, &e.to, &e.who, &e.reason)
		return e, err
	}, since)
	if err != nil {
		return nil, err
	}
	var out []*episode
	var now *episode
	for _, e := range entries {
		if now == nil || now.decision != e.decision || e.asksAgain() {
			now = newEpisode(e)
			out = append(out, now)
		}
		now.follow(e, core.DayOf(time.Unix(e.at, 0), s.o.Zone))
	}
	return out, nil
}

// asksAgain says whether a policy wants it decided again, after it was dealt with or had cleared.
func (e statEntry) asksAgain() bool {
	return e.who == Purser && e.to == decision.Proposed && e.from != decision.Snoozed
}

func newEpisode(e statEntry) *episode {
	out := &episode{decision: e.decision}
	parts := append(strings.SplitN(e.identity, ":", 3), "", "") // policy:case:subject
	out.policy, out.caseName, out.subject = parts[0], parts[1], parts[2]
	return out
}

// follow takes over one row of the audit.
func (e *episode) follow(row statEntry, day core.Day) {
	next := standing{state: row.to, day: day}
	if row.to == decision.Rejected {
		next.reason, _, _ = strings.Cut(row.reason, ":") // a note may follow
	}
	switch {
	case row.who != Person:
		e.before = nil // what an evaluation has moved on is not undone any more
	case strings.HasPrefix(row.reason, undonePrefix) && len(e.before) > 0:
		next = e.before[len(e.before)-1]
		e.before = e.before[:len(e.before)-1]
	case row.from == row.to && row.to != decision.Snoozed:
		e.before = append(e.before, e.standing)
		next = e.standing // other units: it stands as it stood
	default:
		e.before = append(e.before, e.standing)
	}
	e.standing = next
}
