package actions

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"purser/backend/core/action"
)

// execute does what is stored as being sent.
func (s *Service) execute(ctx context.Context, e action.Executor, r row) error {
	if s.Stopped() {
		return s.back(ctx, r)
	}
	doing, cancel := context.WithTimeout(ctx, patience)
	receipt, err := e.Execute(doing, r.Request)
	cancel()
	// What came of it is stored also while the program ends.
	ctx = context.WithoutCancel(ctx)
	var refused *action.RefusedError
	switch {
	case err == nil:
		r.Receipt = receipt
		return s.sent(ctx, e, r, "taken")
	case errors.As(err, &refused) && r.Tries == 1:
		return s.end(ctx, r, action.Failed, Purser, refused.Reason)
	}
	r.Reason = err.Error()
	return s.look(ctx, e, r)
}

// back returns what was stored as being sent and had not begun.
func (s *Service) back(ctx context.Context, r row) error {
	if r.Tries > 1 {
		return s.wait(ctx, r, stoppedText)
	}
	r.BeganAt, r.Tries = 0, 0
	return s.end(ctx, r, action.Approved, Purser, "stopped before it began")
}

// sent stores the receipt, and reads back what can be read.
func (s *Service) sent(ctx context.Context, e action.Executor, r row, why string) error {
	r.NotBefore, r.Tries = 0, 0
	if !e.Kind().Readable {
		r.EndedAt = s.now().Unix()
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
	fate, receipt, err := e.Found(ctx, r.Request)
	if err != nil {
		fate = action.Open
	}
	if fate == action.Done {
		r.Receipt = receipt
		return s.sent(ctx, e, r, "found at the peer after its answer was lost")
	}
	k := e.Kind()
	if !k.Repeatable {
		return s.end(ctx, r, action.Unknown, Purser, "It is not known whether this was done. "+r.Reason)
	}
	if k.Readable {
		if v, err := e.Value(ctx, r.Request); err == nil && v != r.Request.Before && v != r.Request.After {
			return s.end(ctx, r, action.Unknown, Purser, fmt.Sprintf("It is not known whether this was done: there is %s now.", quoted(v)))
		}
	}
	if r.Tries >= mostTries || s.now().Sub(time.Unix(r.BeganAt, 0)) > longest {
		if fate == action.NotDone && err == nil && k.Readable {
			return s.end(ctx, r, action.Failed, Purser, fmt.Sprintf("Not done after %d tries. %s", r.Tries, r.Reason))
		}
		return s.end(ctx, r, action.Unknown, Purser, fmt.Sprintf("It is not known whether this was done, after %d tries. %s", r.Tries, r.Reason))
	}
	if r.NotBefore > r.BeganAt && s.now().Unix() >= r.NotBefore {
		return s.again(ctx, e, r)
	}
	r.NotBefore = s.now().Add(pauseAfter(r.Tries)).Unix()
	r.Waits = fmt.Sprintf("No clear answer; tried again at %s.", time.Unix(r.NotBefore, 0).UTC().Format("15:04:05 UTC"))
	defer s.o.Changed()
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error { return s.put(ctx, tx, r) })
}

// again repeats under the same key.
func (s *Service) again(ctx context.Context, e action.Executor, r row) error {
	if s.Stopped() {
		return s.wait(ctx, r, stoppedText)
	}
	r.Tries, r.NotBefore = r.Tries+1, 0
	if err := s.o.DB.Write(ctx, func(tx *sql.Tx) error { return s.put(ctx, tx, r) }); err != nil {
		return err
	}
	return s.execute(ctx, e, r)
}

// pauseAfter grows from one second to about two hours.
func pauseAfter(tries int) time.Duration {
	const first, growth = time.Second, 4
	d := first
	for range min(tries, mostTries) - 1 {
		d *= growth
	}
	return min(d, 2*time.Hour)
}

// readBack compares what is there now with what should be.
func (s *Service) readBack(ctx context.Context, e action.Executor, r row) error {
	if !e.Kind().Readable {
		return nil
	}
	v, err := e.Value(ctx, r.Request)
	if err != nil {
		return s.readLater(ctx, r, err)
	}
	r.Seen = v
	if v == r.Request.After {
		return s.verified(ctx, r)
	}
	err = s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		why := fmt.Sprintf("%s was to be there, and there is %s.", quoted(r.Request.After), quoted(v))
		if err := s.move(ctx, tx, &r, action.Mismatch, Purser, why); err != nil {
			return err
		}
		return s.demote(ctx, tx, r.Request.Policy, fmt.Sprintf("action %d: %s", r.ID, why))
	})
	s.changedMode()
	return err
}

func (s *Service) readLater(ctx context.Context, r row, cause error) error {
	r.Tries++
	if r.Tries > mostTries {
		return s.end(ctx, r, action.Unknown, Purser, "It was taken, but what is there now cannot be read: "+cause.Error())
	}
	r.NotBefore = s.now().Add(pauseAfter(r.Tries)).Unix()
	r.Waits = "Taken; not read back yet: " + cause.Error()
	defer s.o.Changed()
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error { return s.put(ctx, tx, r) })
}

// verified ends an action well; what it took back ends with it.
func (s *Service) verified(ctx context.Context, r row) error {
	defer s.o.Changed()
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		if err := s.move(ctx, tx, &r, action.Verified, Purser, "read back"); err != nil || r.Reverses == 0 {
			return err
		}
		was, err := s.one(ctx, tx, r.Reverses)
		if err != nil || was.State != action.Verified {
			return err
		}
		return s.move(ctx, tx, &was, action.RolledBack, r.Who, fmt.Sprintf("taken back by action %d", r.ID))
	})
}

// Resolve ends an action whose fate only a person could find out.
func (s *Service) Resolve(ctx context.Context, id int64, happened bool, note string) error {
	defer s.o.Changed()
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		r, err := s.one(ctx, tx, id)
		if err != nil {
			return err
		}
		if !r.State.Blocks() {
			return conflict(fmt.Sprintf("%q is %s; there is nothing to find out.", r.Title, stateWords(r.State)), "")
		}
		to, why := action.Failed, "looked at: it was not done"
		if happened {
			to, why = action.Verified, "looked at: it was done"
		}
		if note != "" {
			why += ": " + note
		}
		r.Reason = why
		return s.move(ctx, tx, &r, to, Person, why)
	})
}

func stateWords(s action.State) string {
	return map[action.State]string{
		action.Approved: "approved", action.Sending: "being sent", action.Sent: "sent", action.Verified: "done", action.Mismatch: "not as it should be",
		action.Unknown: "of unknown fate", action.Failed: "not done", action.Cancelled: "taken back", action.RolledBack: "taken back",
	}[s]
}
