package decisions

import (
	"cmp"
	"context"
	_ "embed" // the figures of waste.json
	"encoding/json"
	"fmt"
	"slices"

	"purser/backend/core"
	"purser/backend/core/decision"
)

//go:embed waste.json
var wasteText []byte

// The ranges that statistics are asked for, in days.
const (
	statsShort   = 30
	statsDefault = 90
	statsLong    = 365
)

// Stats counts what became of what each policy proposed over the last 30, 90 or 365 days (0: 90), today included.
//
// An episode counts where it was dealt with or cleared in those days, or still waits; what was undone does not.
// Of each count proposed = approved + dismissed + snoozed + cleared + open, and dismissed = wrong + known +
// not worth it + too late. Repeats are looked for over the last 365 days, whatever the range is.
func (s *Service) Stats(ctx context.Context, days int) (StatsOutput, error) {
	days = cmp.Or(days, statsDefault)
	if !slices.Contains([]int{statsShort, statsDefault, statsLong}, days) {
		return StatsOutput{}, core.Invalid("decisions", fmt.Sprintf("Decisions are not counted over %d days.", days), "Choose 30, 90 or 365 days.")
	}
	limits, err := wasteLimits()
	if err != nil {
		return StatsOutput{}, err
	}
	// A day more than is counted: where the zone's day begins is looked at below.
	all, err := s.episodes(ctx, s.o.Clock.Now().AddDate(0, 0, -statsLong-1).Unix())
	if err != nil {
		return StatsOutput{}, err
	}
	first := s.firstDay(days)
	out := StatsOutput{Days: days, Since: first.String(), Policies: s.policyStats(all, first, limits), Limits: limits}
	out.Repeats, err = s.repeats(ctx, all, limits.RepeatTimes)
	return out, err
}

// firstDay is the first of the last days, today being the last.
func (s *Service) firstDay(days int) core.Day { return s.today() - core.Day(days) + 1 }

func wasteLimits() (LimitsOutput, error) {
	var l LimitsOutput
	if err := json.Unmarshal(wasteText, &l); err != nil {
		return l, fmt.Errorf("read the figures of wasted time: %w", err)
	}
	return l, nil
}

// policyStats counts the episodes since a day: those that wasted most first.
func (s *Service) policyStats(all []*episode, first core.Day, l LimitsOutput) []PolicyStatsOutput {
	byPolicy := map[string]*PolicyStatsOutput{}
	for _, e := range all {
		if e.settled() && e.day < first {
			continue
		}
		p := byPolicy[e.policy]
		if p == nil {
			p = &PolicyStatsOutput{Policy: e.policy, Title: s.o.PolicyTitle(e.policy), Cases: []CaseStatsOutput{}}
			byPolicy[e.policy] = p
		}
		p.count(e)
		at := slices.IndexFunc(p.Cases, func(c CaseStatsOutput) bool { return c.Case == e.caseName })
		if at < 0 {
			at = len(p.Cases)
			p.Cases = append(p.Cases, CaseStatsOutput{Case: e.caseName})
		}
		p.Cases[at].count(e)
	}
	out := make([]PolicyStatsOutput, 0, len(byPolicy))
	for _, p := range byPolicy {
		p.Wasted = p.wasted(l)
		slices.SortFunc(p.Cases, func(a, b CaseStatsOutput) int {
			return cmp.Or(cmp.Compare(b.Proposed, a.Proposed), cmp.Compare(a.Case, b.Case))
		})
		out = append(out, *p)
	}
	slices.SortFunc(out, func(a, b PolicyStatsOutput) int {
		return cmp.Or(-compareBool(a.Wasted, b.Wasted), cmp.Compare(b.Dismissed, a.Dismissed), cmp.Compare(a.Policy, b.Policy))
	})
	return out
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// count adds an episode and brings the share up to date.
func (c *CountsOutput) count(e *episode) {
	c.Proposed++
	switch e.state {
	case decision.Approved:
		c.Approved++
	case decision.Rejected:
		c.Dismissed++
		switch e.reason {
		case ReasonWrong:
			c.Wrong++
		case ReasonKnown:
			c.Known++
		case ReasonNotWorthIt:
			c.NotWorthIt++
		case ReasonTooLate:
			c.TooLate++
		}
	case decision.Snoozed:
		c.Snoozed++
	case decision.Expired:
		c.Cleared++
	case decision.Proposed:
		c.Open++
	}
	if dealt := c.Approved + c.Dismissed; dealt > 0 {
		share := float64(c.Dismissed) / float64(dealt)
		c.DismissedShare = &share
	}
}

// wasted says whether most of what was dealt with was dismissed. Too late is no waste: the finding was right.
func (c *CountsOutput) wasted(l LimitsOutput) bool {
	dealt := c.Approved + c.Dismissed
	return dealt >= max(1, l.WastedDealt) && float64(c.Dismissed-c.TooLate) >= l.WastedShare*float64(dealt)
}

// repeats finds what was dismissed so many times with one reason, since it was last approved; most often first.
func (s *Service) repeats(ctx context.Context, all []*episode, times int) ([]RepeatOutput, error) {
	out := []RepeatOutput{}
	can := func(string, string, string) bool { return true }
	if s.o.Exceptable != nil {
		var err error
		if can, err = s.o.Exceptable(ctx); err != nil {
			return out, err
		}
	}
	first := s.firstDay(statsLong)
	for i := 0; i < len(all); {
		n := 1
		for i+n < len(all) && all[i+n].decision == all[i].decision {
			n++
		}
		reason, count := habit(all[i:i+n], first)
		if e := all[i]; count >= times && can(e.policy, e.caseName, e.subject) {
			out = append(out, RepeatOutput{
				Decision: e.decision, Policy: e.policy, PolicyTitle: s.o.PolicyTitle(e.policy), Case: e.caseName,
				Subject: e.subject, Label: s.o.Label(e.subject), Times: count, Reason: reason,
			})
		}
		i += n
	}
	slices.SortFunc(out, func(a, b RepeatOutput) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), cmp.Compare(a.Policy, b.Policy), cmp.Compare(a.Case, b.Case), cmp.Compare(a.Subject, b.Subject))
	})
	return out, nil
}

// habit is the reason with which the episodes of one decision were dismissed most often since a day and since it was
// last approved, and how often; of equals the latest. Too late is left out: it was worth saying, only earlier.
func habit(episodes []*episode, first core.Day) (reason string, times int) {
	counts := map[string]int{}
	for _, e := range episodes {
		switch {
		case e.state == decision.Approved:
			clear(counts)
			reason, times = "", 0
		case e.state == decision.Rejected && e.reason != ReasonTooLate && e.day >= first:
			counts[e.reason]++
			if counts[e.reason] >= times {
				reason, times = e.reason, counts[e.reason]
			}
		}
	}
	return reason, times
}
