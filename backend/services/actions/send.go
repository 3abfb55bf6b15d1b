package actions

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"purser/backend/core/action"
)

// mostLooks is how often a peer that cannot be asked is asked again what became of something that may not be repeated.
const mostLooks = 4

// execute does what is stored as being sent.
func (s *Service) execute(ctx context.Context, e action.Executor, r row) error {
	if ctx.Err() != nil {
		return s.back(ctx, r, "The program ended before it began.", nil)
	}
	if s.Stopped() {
		return s.back(ctx, r, stoppedText, nil)
	}
	receipt, err := s.do(ctx, e, r.Request)
	// What came of it is stored also while the program ends.
	ctx = context.WithoutCancel(ctx)
	var refused *action.RefusedError
	switch {
	case err == nil:
		r.Receipt = receipt
		return s.sent(ctx, e, r, "taken")
	case !errors.As(err, &refused):
		r.Reason = err.Error()
		return s.look(ctx, e, r)
	case errors.Is(err, action.ErrHalted):
		return s.back(ctx, r, stoppedText, nil)
	case r.Tries == 1 && rest(err) > 0: // the peer takes no more requests for a while: the approval still holds
		return s.back(ctx, r, refused.Reason, err)
	case r.Tries == 1:
		return s.end(ctx, r, action.Failed, Purser, refused.Reason)
	}
	// The try before it may have done it, and this one was refused for that: nothing is gained by another.
	fate, receipt, err := s.found(ctx, e, r.Request)
	if err == nil && fate == action.Done {
		r.Receipt = receipt
		return s.sent(ctx, e, r, "found at the peer after its answer was lost")
	}
	return s.lost(ctx, e, r, fate, fmt.Sprintf("try %d was refused: %s", r.Tries, refused.Reason))
}

// back returns what was stored as being sent and had not begun; what was tried before stays under way. A peer that takes no
// more requests, which cause tells, is left alone for a while.
func (s *Service) back(ctx context.Context, r row, why string, cause error) error {
	ctx = context.WithoutCancel(ctx)
	if pause := rest(cause); pause > 0 {
		r.NotBefore = s.until(max(pause, tryLater))
	}
	if r.Tries > 1 {
		return s.wait(ctx, r, why)
	}
	defer s.o.Changed()
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		r.BeganAt, r.Tries = 0, 0
		if err := s.move(ctx, tx, &r, action.Approved, Purser, "not begun: "+why); err != nil {
			return err
		}
		r.Waits = why
		return s.put(ctx, tx, &r)
	})
}

// sent stores the receipt, and reads back what can be read.
func (s *Service) sent(ctx context.Context, e action.Executor, r row, why string) error {
	r.NotBefore, r.Tries, r.DoneAt = 0, 0, s.now().Unix()
	if !e.Kind().Readable {
		r.EndedAt = r.DoneAt
	}
	err := s.o.DB.Write(ctx, func(tx *sql.Tx) error { return s.move(ctx, tx, &r, action.Sent, Purser, why) })
	s.o.Changed()
	if err != nil {
		return err
	}
	return s.readBack(ctx, e, r)
}

// look finds out about a request that nobody saw end. What may be repeated is tried again under its key; anything
// else is unknown until a person has looked.
func (s *Service) look(ctx context.Context, e action.Executor, r row) error {
	fate, receipt, err := s.found(ctx, e, r.Request)
	if err != nil {
		fate = action.Open
	}
	k := e.Kind()
	old := s.now().Sub(time.Unix(r.BeganAt, 0)) > longest
	switch {
	case fate == action.Done:
		r.Receipt = receipt
		return s.sent(ctx, e, r, "found at the peer after its answer was lost")
	case !k.Repeatable && err != nil && r.Tries < mostLooks && !old:
		r.Tries++ // asking does nothing; only the answer is missing
		return s.later(ctx, r, "The peer cannot be asked what became of it: "+err.Error()+".", err)
	case !k.Repeatable:
		return s.lost(ctx, e, r, fate, r.Reason)
	case r.Tries >= mostTries || old:
		return s.lost(ctx, e, r, fate, tried(r.Tries)+". "+r.Reason)
	case r.NotBefore == 0:
		return s.later(ctx, r, "No clear answer.", err)
	}
	return s.again(ctx, e, r, fate)
}

func tried(n int) string {
	if n == 1 {
		return "tried once"
	}
	return fmt.Sprintf("tried %d times", n)
}

// later looks at it again after a pause, which is longer where the peer asks for that.
func (s *Service) later(ctx context.Context, r row, why string, cause error) error {
	r.NotBefore = s.now().Add(max(pauseAfter(r.Tries), rest(cause))).Unix()
	r.Waits = fmt.Sprintf("%s Looked at again at %s.", why, time.Unix(r.NotBefore, 0).UTC().Format("15:04:05 UTC"))
	return s.store(ctx, r)
}

// lost ends what cannot be found out. That nothing was done is believed only of what may be repeated and stays on this
// computer: a peer elsewhere may still come to it.
func (s *Service) lost(ctx context.Context, e action.Executor, r row, fate action.Fate, why string) error {
	if k := e.Kind(); fate == action.NotDone && k.Repeatable && k.Level < action.Outbound {
		return s.end(ctx, r, action.Failed, Purser, "It was not done: "+why)
	}
	return s.end(ctx, r, action.Unknown, Purser, strings.TrimSuffix("It is not known whether this was done: "+why, ": "))
}

// again repeats under the same key, if everything still speaks for it.
func (s *Service) again(ctx context.Context, e action.Executor, r row, fate action.Fate) error {
	if s.Stopped() {
		return s.wait(ctx, r, stoppedText)
	}
	value, err := s.value(ctx, e, r.Request)
	if err != nil {
		return s.later(ctx, r, unreadable(err), err)
	}
	h, armed := hindrance{}, false
	err = s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		var err error
		if h, err = s.hinders(ctx, tx, e, r, value); err != nil || h.why != "" {
			return err
		}
		armed = true
		r.Tries, r.NotBefore, r.Waits = r.Tries+1, 0, ""
		return s.put(ctx, tx, &r)
	})
	switch {
	case err != nil:
		return err
	case h.ends:
		why, _, _ := strings.Cut(h.why, " Nothing was done") // by this try
		return s.lost(ctx, e, r, fate, fmt.Sprintf("%s, and not again. %s", tried(r.Tries), why))
	case !armed:
		return s.wait(ctx, r, h.why)
	}
	return s.execute(ctx, e, r)
}

// readBack compares what is there now with what should be.
func (s *Service) readBack(ctx context.Context, e action.Executor, r row) error {
	if !e.Kind().Readable {
		return nil
	}
	v, err := s.value(ctx, e, r.Request)
	if err != nil {
		return s.readLater(ctx, e.Kind(), r, err)
	}
	if v == r.Request.Before && v != r.Request.After {
		if again, yes := s.unsettled(&r, e.Kind()); yes {
			return s.notShown(ctx, r, again)
		}
	}
	r.Seen = v
	defer s.changedMode()
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		if v == r.Request.After {
			return s.well(ctx, tx, &r, Purser, "read back")
		}
		why := fmt.Sprintf("%s was to be there, and there is %s.", quoted(r.Request.After), quoted(v))
		if err := s.move(ctx, tx, &r, action.Mismatch, Purser, why); err != nil {
			return err
		}
		return s.demote(ctx, tx, r.Request.Policy, fmt.Sprintf("action %d: %s", r.ID, why))
	})
}

// readLater reads again after a pause: as often as anything is tried, and at least for as long as the kind takes to settle.
func (s *Service) readLater(ctx context.Context, k action.Kind, r row, cause error) error {
	r.Tries++
	if _, open := s.unsettled(&r, k); !open && r.Tries > mostTries {
		return s.end(ctx, r, action.Unknown, Purser, "It was taken, but what is there now cannot be read: "+cause.Error())
	}
	r.NotBefore = s.now().Add(max(pauseAfter(r.Tries), rest(cause))).Unix()
	r.Waits = "Taken; not read back yet: " + cause.Error()
	return s.store(ctx, r)
}

// well ends an action that was done; what it took back ends with it.
func (s *Service) well(ctx context.Context, tx *sql.Tx, r *row, who, why string) error {
	r.DoneAt = s.now().Unix()
	if err := s.move(ctx, tx, r, action.Verified, who, why); err != nil || r.Reverses == 0 {
		return err
	}
	was, err := s.one(ctx, tx, r.Reverses)
	if err != nil || was.State != action.Verified {
		return err
	}
	return s.move(ctx, tx, &was, action.RolledBack, r.Who, fmt.Sprintf("taken back by action %d", r.ID))
}

// Resolve ends an action whose fate only a person could find out.
func (s *Service) Resolve(ctx context.Context, id int64, happened bool, note string) error {
	defer func() { s.o.Changed(); s.Kick() }()
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		r, err := s.one(ctx, tx, id)
		if err != nil {
			return err
		}
		if !r.State.Blocks() {
			return conflict(fmt.Sprintf("%q is %s; there is nothing to find out.", r.Title, stateWords(r.State)), "")
		}
		said := func(what string) string {
			if note != "" {
				return what + ": " + note
			}
			return what
		}
		if happened {
			return s.well(ctx, tx, &r, Person, said("looked at: it was done"))
		}
		return s.move(ctx, tx, &r, action.Failed, Person, said("looked at: it was not done"))
	})
}

func stateWords(s action.State) string {
	return map[action.State]string{
		action.Approved: "approved", action.Sending: "being sent", action.Sent: "sent", action.Verified: "done", action.Mismatch: "not as it should be",
		action.Unknown: "of unknown fate", action.Failed: "not done", action.Cancelled: "taken back", action.RolledBack: "taken back",
	}[s]
}
