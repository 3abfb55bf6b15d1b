package actions

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/source"
	"purser/backend/services/actions/internal/guard"
)

// Prepare is the dry run of wishes, through the same code that carries them out. Limits are held against all of
// them together, so that the last of a batch knows what the first has used up.
func (s *Service) Prepare(ctx context.Context, wishes []action.Wish) ([]action.Draft, error) {
	limits, err := s.limits(ctx)
	if err != nil {
		return nil, err
	}
	pasts := map[string][]guard.Past{}
	out := make([]action.Draft, 0, len(wishes))
	for _, w := range wishes {
		d, err := s.draft(ctx, w)
		if err != nil {
			return nil, fmt.Errorf("prepare %q: %w", w.Title, err)
		}
		if len(d.Against) == 0 {
			if err := s.oppose(ctx, &d, limits[w.Kind], pasts); err != nil {
				return nil, err
			}
		}
		out = append(out, d)
	}
	return out, nil
}

// draft is the dry run of one wish. What cannot be asked about just now is as it was when it was last looked at; without
// that, and where what is wished cannot be, it is a draft that says so and cannot be approved: it must not keep the
// others of a batch from being looked at.
func (s *Service) draft(ctx context.Context, w action.Wish) (action.Draft, error) {
	d := action.Draft{Kind: action.Kind{Name: w.Kind, Title: w.Kind}, Subject: w.Subject, Title: w.Title}
	e, err := s.executor(w.Kind)
	if err != nil {
		return refused(d, w, err.Error()), nil
	}
	d.Kind = e.Kind()
	why, err := s.kindHalted(ctx, s.o.DB.Reader(), d.Kind.Name)
	if err != nil {
		return d, err
	}
	if why != "" {
		return refused(d, w, why), nil
	}
	d.Request, err = s.prepare(ctx, e, w)
	switch why = unprepared(err); {
	case err != nil && (why == "" || ctx.Err() != nil):
		return d, err
	case away(err) && s.standIn(&d, w):
	case why != "":
		return refused(d, w, why), nil
	case d.Kind.Level >= action.Outbound:
		s.looked.keep(w, d.Request, s.now())
	}
	d.Hash, d.Risk = hashOf(d.Request), riskOf(d.Kind, d.Request)
	return d, nil
}

// refused is the draft of a wish that has no dry run: it says why, and sets nothing.
func refused(d action.Draft, w action.Wish, why string) action.Draft {
	d.Request = action.Request{Kind: d.Kind.Name, Decision: w.Decision, Policy: w.Policy, Version: w.Version, Entity: w.Subject}
	d.Against = []string{why}
	d.Hash, d.Risk = hashOf(d.Request), riskOf(d.Kind, d.Request)
	return d
}

// unprepared says in words why a wish has no dry run: nobody could be asked, or what is wished cannot be. It is ""
// without an error, and for one that was never meant for a person.
func unprepared(err error) string {
	var stopped *action.KindStoppedError
	var api *source.APIError
	var told *core.Error
	switch {
	case errors.As(err, &stopped):
		return stopped.Reason
	case errors.As(err, &api):
		return "Amazon could not be asked what it is now: " + api.Message
	case !errors.As(err, &told):
		return ""
	case told.Code == core.CodeUnavailable:
		return "Amazon could not be asked what it is now: " + told.Error()
	}
	return told.Error()
}

// oppose adds what speaks against a draft. What nothing speaks against counts for those that follow.
func (s *Service) oppose(ctx context.Context, d *action.Draft, l guard.Limits, pasts map[string][]guard.Past) error {
	k, req, db := d.Kind, d.Request, s.o.DB.Reader()
	if _, ok := pasts[k.Name]; !ok {
		past, err := s.past(ctx, db, k, l, 0)
		if err != nil {
			return err
		}
		pasts[k.Name] = past
	}
	for _, f := range guard.Check(k, req, l, pasts[k.Name], s.now(), false) {
		d.Against = append(d.Against, f.Text)
	}
	if why := s.o.HandsOff(ctx, k, req.Entity); why != "" {
		d.Against = append(d.Against, why)
	}
	why, err := s.blocked(ctx, db, row{Request: req})
	if err != nil {
		return err
	}
	if why != "" {
		d.Against = append(d.Against, why)
	}
	if len(d.Against) == 0 { // what cannot be approved uses up nothing
		pasts[k.Name] = append(pasts[k.Name], guard.Past{At: s.now(), Entity: req.Entity, Field: req.Field, Size: req.Size})
	}
	return nil
}

// riskOf orders what is approved together: what cannot be taken back first, then by money, by how far a number
// moves, and by units.
func riskOf(k action.Kind, r action.Request) float64 {
	const perLevel = 1e15
	step := 0.0
	if r.Size.From > 0 {
		step = (r.Size.To - r.Size.From) / r.Size.From
		if step < 0 {
			step = -step
		}
	}
	return float64(k.Level)*perLevel + float64(r.Size.Money.Minor)*1e3 + step*1e3 + float64(r.Size.Units)
}

// Approve stores the drafts as agreed to, in the given transaction: exactly these bytes will be done, or nothing.
// Several of them are one batch: the first goes alone, then five, then the rest. What leaves the computer is held for
// some seconds, in which it can be taken back. It gives the ids of the actions.
func (s *Service) Approve(ctx context.Context, tx *sql.Tx, drafts []action.Draft, who string) ([]int64, error) {
	batch := ""
	if len(drafts) > 1 {
		batch = rand.Text()
	}
	if err := s.tick(ctx, tx); err != nil {
		return nil, err
	}
	var ids []int64
	for i, d := range drafts {
		id, err := s.add(ctx, tx, d, row{Who: who, Batch: batch, Position: i})
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func (s *Service) add(ctx context.Context, tx *sql.Tx, d action.Draft, r row) (int64, error) {
	if d.Hash != hashOf(d.Request) {
		return 0, errors.New("the hash of a draft is not that of its request")
	}
	if d.Request.Payload == "" {
		return 0, conflict(fmt.Sprintf("It is not known what %q would change.", d.Title), "Look at it again.")
	}
	e, err := s.executor(d.Request.Kind)
	if err != nil {
		return 0, err
	}
	if err := s.single(ctx, tx, d); err != nil {
		return 0, err
	}
	now := s.now()
	r.Subject, r.Title, r.Hash, r.State, r.Request = d.Subject, d.Title, d.Hash, action.Approved, d.Request
	r.Request.Key = rand.Text()
	r.ApprovedAt, r.ExpiresAt, r.NotBefore = now.Unix(), now.Add(action.ValidFor).Unix(), now.Unix()
	if e.Kind().Level >= action.Outbound && r.Reverses == 0 {
		r.NotBefore = now.Add(action.HeldFor + time.Second - 1).Unix() // whole seconds are stored: not a part of one less
	}
	size, err := json.Marshal(r.Request.Size)
	if err != nil {
		return 0, fmt.Errorf("approve %q: %w", d.Title, err)
	}
	q := r.Request
	err = tx.QueryRowContext(ctx, s.q["AddAction"], q.Key, q.Decision, r.Title, q.Policy, q.Version, q.Kind, q.Entity, q.Field, q.Before, q.After,
		q.Payload, string(size), r.Hash, r.Who, r.ApprovedAt, r.ExpiresAt, r.NotBefore, r.Batch, r.Position, r.Reverses, r.Subject).Scan(&r.ID)
	if err != nil {
		return 0, fmt.Errorf("approve %q: %w", d.Title, err)
	}
	return r.ID, s.record(ctx, tx, r, "", r.Who, "approved until "+time.Unix(r.ExpiresAt, 0).UTC().Format("2 Jan, 15:04 UTC"))
}

// single refuses what is approved already and not over: two approvals of the same are a slip of the hand.
func (s *Service) single(ctx context.Context, tx *sql.Tx, d action.Draft) error {
	var title string
	var state action.State
	err := tx.QueryRowContext(ctx, s.q["Twin"], d.Hash).Scan(&title, &state)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("approve %q: %w", d.Title, err)
	}
	return conflict(fmt.Sprintf("The same was approved before, and %q is %s.", title, stateWords(state)), "Wait until it is over, or look at it.")
}

// Cancel takes an action back before it has begun; it says whether it could.
func (s *Service) Cancel(ctx context.Context, tx *sql.Tx, id int64, who, why string) (bool, error) {
	r, err := s.one(ctx, tx, id)
	if err != nil || r.State != action.Approved {
		return false, err
	}
	return true, s.move(ctx, tx, &r, action.Cancelled, who, why)
}

// Rollback takes an action back by another one under the same guards: only while what it set is still so.
// It gives the id of the new action.
func (s *Service) Rollback(ctx context.Context, id int64, who string) (int64, error) {
	r, err := s.one(ctx, s.o.DB.Reader(), id)
	if err != nil {
		return 0, err
	}
	if r.State != action.Verified || r.Reverses != 0 {
		return 0, conflict(fmt.Sprintf("%q is %s and cannot be taken back.", r.Title, stateWords(r.State)), "Only what was done and confirmed can be.")
	}
	e, err := s.executor(r.Request.Kind)
	if err != nil {
		return 0, err
	}
	back, err := e.Reverse(r.Request)
	if errors.Is(err, action.ErrFinal) {
		return 0, conflict(fmt.Sprintf("%q cannot be taken back: it has left this computer for good.", r.Title), "")
	}
	if err != nil {
		return 0, fmt.Errorf("take back %q: %w", r.Title, err)
	}
	now, err := s.value(ctx, e, r.Request)
	if err != nil {
		return 0, fmt.Errorf("read what %q changed: %w", r.Title, err)
	}
	if now != r.Request.After {
		return 0, conflict(fmt.Sprintf("%q cannot be taken back: it was changed since, from %s to %s.", r.Title, quoted(r.Request.After), quoted(now)),
			"Change it by hand, or decide anew.")
	}
	var made int64
	err = s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		again, err := s.one(ctx, tx, id)
		if err != nil {
			return err
		}
		var taking int
		if err := tx.QueryRowContext(ctx, s.q["TakingBack"], id).Scan(&taking); err != nil {
			return fmt.Errorf("take back %q: %w", r.Title, err)
		}
		if again.State != action.Verified || taking > 0 {
			return conflict(fmt.Sprintf("%q is being taken back already.", r.Title), "")
		}
		if err := s.tick(ctx, tx); err != nil {
			return err
		}
		d := action.Draft{Request: back, Kind: e.Kind(), Subject: r.Subject, Title: "Take back: " + r.Title, Hash: hashOf(back)}
		made, err = s.add(ctx, tx, d, row{Who: who, Reverses: id})
		return err
	})
	s.Kick()
	return made, err
}

func conflict(message, hint string) error {
	return &core.Error{Code: core.CodeConflict, Module: "actions", Message: message, Hint: hint}
}

func quoted(v string) string {
	if v == "" {
		return "nothing"
	}
	return `"` + v + `"`
}
