package actions_test

import (
	"math"
	"os"
	"time"

	"purser/backend/core/action"
)

// begins holds every moment in which the peer is asked to do something against everything that speaks against it. It
// knows only what was really done, and when; the peer holds its lock.
func (h *history) begins(b begun) {
	r, key := b.Request, b.Request.Key
	h.started[key]++
	if h.started[key] > 1 && !h.p.kind.Repeatable {
		h.rt.Fatalf("%s was begun twice and may not be repeated", r.Entity)
	}
	if _, err := os.Lstat(h.stop); err == nil {
		h.rt.Fatalf("%s was begun while everything is stopped", r.Entity)
	}
	if h.handsOff[r.Entity] != "" {
		h.rt.Fatalf("%s was begun though nobody may touch it", r.Entity)
	}
	if h.bad[r.Entity] {
		h.rt.Fatalf("%s was begun while a person must look at it", r.Entity)
	}
	if was := text(b.Was); was != r.Before && (h.started[key] == 1 || was != r.After) {
		h.rt.Fatalf("%s was begun though %q is there and not %q", r.Entity, was, r.Before)
	}
	if r.Size.To < capMin || r.Size.To > capMax {
		h.rt.Fatalf("%v was set on %s", r.Size.To, r.Entity)
	}
	const slack = 3 * time.Minute
	if at, ok := h.agreed[hashKey(h, key)]; h.started[key] == 1 && ok && h.real-at > 48*time.Hour+slack {
		h.rt.Fatalf("%s was begun %s after it was approved", r.Entity, h.real-at)
	}
	if h.reverse[key] || h.takesBack(key) {
		return
	}
	if h.off || r.Version != h.version {
		h.rt.Fatalf("%s was begun though its rule is another now", r.Entity)
	}
	h.withinCaps(b)
}

// takesBack asks the ledger, for a roll-back that is carried out before its key was noted.
func (h *history) takesBack(key string) bool {
	var reverses int64
	if err := h.db.Reader().QueryRow(`SELECT reverses FROM actions_action WHERE key = ?`, key).Scan(&reverses); err != nil {
		h.rt.Fatal(err)
	}
	return reverses != 0
}

func hashKey(h *history, key string) string {
	var hash string
	if err := h.db.Reader().QueryRow(`SELECT hash FROM actions_action WHERE key = ?`, key).Scan(&hash); err != nil {
		h.rt.Fatal(err)
	}
	return hash
}

// withinCaps counts what was really done within the windows before now. What lies ahead of the clock counts as well, until
// the window has really gone by: what is found to be done after the clock was put back is noted with the time it then is.
func (h *history) withinCaps(b begun) {
	r := b.Request
	inDay, inEntity, money, moneyMonth, lowest := 1, 1, r.Size.Money.Minor, r.Size.Money.Minor, r.Size.From
	for _, e := range h.p.effects {
		// What changed nothing was seen to be done at once, also where the peer takes days over it.
		if e.Key == r.Key || e.From == e.To {
			continue
		}
		ago, back := max(b.At.Sub(e.At), h.real-e.Real), h.reverse[e.Key] || h.takesBack(e.Key)
		cost := h.cost(e.Key)
		if e.Entity == r.Entity {
			if ago < capHours*time.Hour {
				h.rt.Fatalf("%s was changed again after %s", r.Entity, ago)
			}
			if ago < 7*24*time.Hour {
				lowest = math.Min(lowest, math.Min(e.From, e.To))
			}
		}
		if back {
			continue
		}
		if ago < 24*time.Hour {
			inDay++
			money += cost
			if e.Entity == r.Entity {
				inEntity++
			}
		}
		if ago < 30*24*time.Hour {
			moneyMonth += cost
		}
	}
	from, to := r.Size.From, r.Size.To
	for what, over := range map[string]bool{
		"actions in a day": inDay > capDay, "actions on a thing in a day": inEntity > capEntity, "money in a day": money > capMoneyDay,
		"money in a month": moneyMonth > capMoneyMonth, "the step": math.Abs(to-from)/from*100 > capStep+1e-6,
		"the rise in a week": to > from && (to-lowest)/lowest*100 > capWeek+1e-6,
	} {
		if over {
			h.rt.Fatalf("the limit of %s is crossed by %s to %v: %d, %d, %d, %d", what, r.Entity, to, inDay, inEntity, money, moneyMonth)
		}
	}
}

func (h *history) cost(key string) int64 {
	for _, b := range h.p.begins {
		if b.Request.Key == key {
			return b.Request.Size.Money.Minor
		}
	}
	return 0
}

var _ action.Executor = (*peer)(nil)
