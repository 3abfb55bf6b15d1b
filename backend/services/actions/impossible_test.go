package actions_test

import (
	"context"
	"fmt"
	"testing"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/services/actions"
)

// A line that cannot be says why, with what to do, and cannot be approved; the others can.
func TestOneImpossibleLine(t *testing.T) {
	t.Parallel()
	invalid := core.Invalid("test", "It is too late.", "Leave it be.")
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"invalid":   {invalid, "It is too late. Leave it be."},
		"not found": {core.NotFound("test", "No keyword of the campaign is that."), "No keyword of the campaign is that."},
		"conflict":  {&core.Error{Code: core.CodeConflict, Message: "It stands twice."}, "It stands twice."},
		"within":    {fmt.Errorf("read: %w", invalid), "It is too late. Leave it be."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, h, told := stoppable(t)
			wishes := []action.Wish{w.wish("US/A", 110), w.wish("US/DRY", 110), w.wish("US/B", 110)}
			h.dry = c.err
			drafts, err := w.s.Prepare(t.Context(), wishes)
			if err != nil || len(drafts) != 3 {
				t.Fatalf("%+v, %v", drafts, err)
			}
			d := drafts[1]
			if len(d.Against) != 1 || d.Against[0] != c.want || d.Request.Decision != wishes[1].Decision || d.Request.Entity != "US/DRY" ||
				d.Request.Payload != "" || d.Kind.Name != "bid" || d.Title != wishes[1].Title || d.Note != "" || d.Hash != actions.HashOf(d.Request) {
				t.Errorf("%+v", d)
			}
			if _, err := w.approveDrafts(actions.Person, drafts[1:2]); code(err) != core.CodeConflict {
				t.Errorf("approved: %v", err)
			}
			ids, err := w.approveDrafts(actions.Person, []action.Draft{drafts[0], drafts[2]})
			w.must(err)
			w.run(held)
			w.run(held)
			for _, id := range ids {
				w.want(id, action.Verified)
			}
			ctx, stop := context.WithCancel(t.Context())
			stop()
			if drafts, err := w.s.Prepare(ctx, wishes); err == nil {
				t.Errorf("called off: %+v", drafts)
			}
			if len(*told) != 0 {
				t.Errorf("told %v", *told)
			}
		})
	}
}

// What was looked at while it could be does not stand in for what cannot be any more.
func TestNothingStandsInForWhatCannotBe(t *testing.T) {
	t.Parallel()
	w, h, _ := stoppable(t)
	wish := w.wish("US/DRY", 110)
	w.dry(wish)
	h.dry = core.NotFound("test", "The campaign is gone.")
	if d := w.dry(wish); len(d.Against) != 1 || d.Request.Payload != "" || d.Note != "" {
		t.Errorf("%+v", d)
	}
}

// A wish of a kind that nobody carries out is told as such beside the others.
func TestOneLineOfAnUnknownKind(t *testing.T) {
	t.Parallel()
	w, _, _ := stoppable(t)
	odd := w.wish("US/B", 110)
	odd.Kind = "nonsense"
	drafts, err := w.s.Prepare(t.Context(), []action.Wish{odd, w.wish("US/A", 110)})
	if err != nil || len(drafts) != 2 {
		t.Fatalf("%+v, %v", drafts, err)
	}
	if d := drafts[0]; len(d.Against) != 1 || d.Request.Payload != "" || d.Kind.Name != "nonsense" || d.Kind.Title == "" || d.Request.Decision != odd.Decision {
		t.Errorf("%+v", d)
	}
	if d := drafts[1]; len(d.Against) != 0 || d.Request.Payload == "" {
		t.Errorf("the other: %+v", d)
	}
	if _, err := w.approveDrafts(actions.Person, drafts[:1]); code(err) != core.CodeConflict {
		t.Errorf("approved: %v", err)
	}
}
