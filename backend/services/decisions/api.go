package decisions

import (
	"context"
	"sync"
	"time"

	"purser/backend/core"
)

// API is what the window, the command line and the web host call. Before Attach every
// method answers that decisions are not running.
type API struct {
	mu  sync.RWMutex
	ctx context.Context //nolint:containedctx // bound methods have no context parameter
	s   *Service
}

// Attach gives the API its service; ctx ends with the program.
func Attach(ctx context.Context, a *API, s *Service) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ctx, a.s = ctx, s
}

func (a *API) service() (context.Context, *Service, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.s == nil {
		return nil, nil, core.Unavailable("decisions", "Decisions are not running yet.", nil)
	}
	return a.ctx, a.s, nil
}

// Inbox gives one tab of the inbox.
func (a *API) Inbox(in InboxInput) (InboxOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return InboxOutput{}, err
	}
	return s.Inbox(ctx, in)
}

// Get gives one decision with its reasons and its history.
func (a *API) Get(in IDInput) (DetailOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return DetailOutput{}, err
	}
	return s.Get(ctx, in.ID)
}

// Approve agrees to what is recommended; approving again changes nothing.
func (a *API) Approve(in ApproveInput) (ChangeOutput, error) {
	return a.change(func(ctx context.Context, s *Service) (Change, error) {
		return s.Approve(ctx, Agreement{IDs: idsOf(in.ID, in.IDs), Units: in.Units, Seen: in.Seen})
	})
}

// Preview is the dry run of approving: what would be done, line by line, and what speaks against it.
func (a *API) Preview(in ApproveInput) (BatchOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return BatchOutput{}, err
	}
	return s.Preview(ctx, Agreement{IDs: idsOf(in.ID, in.IDs), Units: in.Units})
}

// Delegate gives decisions to somebody as tasks.
func (a *API) Delegate(in DelegateInput) (ChangeOutput, error) {
	return a.change(func(ctx context.Context, s *Service) (Change, error) {
		due := core.Day(0)
		if in.Due != "" {
			var err error
			if due, err = core.ParseDay(in.Due); err != nil {
				return Change{}, core.Invalid("decisions", "The day on which it is due cannot be read.", "Write it as YYYY-MM-DD.")
			}
		}
		return s.Delegate(ctx, idsOf(in.ID, in.IDs), in.Owner, due)
	})
}

// Edit changes the units of a restock.
func (a *API) Edit(in EditInput) (ChangeOutput, error) {
	return a.change(func(ctx context.Context, s *Service) (Change, error) { return s.Edit(ctx, in.ID, in.Units) })
}

// Reject dismisses decisions with a reason.
func (a *API) Reject(in RejectInput) (ChangeOutput, error) {
	return a.change(func(ctx context.Context, s *Service) (Change, error) {
		return s.Reject(ctx, idsOf(in.ID, in.IDs), in.Reason, in.Note)
	})
}

// Snooze puts decisions off.
func (a *API) Snooze(in SnoozeInput) (ChangeOutput, error) {
	return a.change(func(ctx context.Context, s *Service) (Change, error) {
		var day core.Day
		if in.Until == SnoozeDate {
			var err error
			if day, err = core.ParseDay(in.Date); err != nil {
				return Change{}, core.Invalid("decisions", "The date to snooze until cannot be read.", "Write it as YYYY-MM-DD.")
			}
		}
		return s.Snooze(ctx, idsOf(in.ID, in.IDs), in.Until, day)
	})
}

// Undo takes back the newest thing a person did.
func (a *API) Undo() (ChangeOutput, error) {
	return a.change(func(ctx context.Context, s *Service) (Change, error) {
		d, err := s.Undo(ctx)
		return Change{IDs: d.IDs, Title: d.Title}, err
	})
}

// LastUndoable says what Undo would take back.
func (a *API) LastUndoable() (UndoOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return UndoOutput{}, err
	}
	return s.undoable(ctx)
}

// RestockLines gives the draft order.
func (a *API) RestockLines() (LinesOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return LinesOutput{}, err
	}
	lines, err := s.RestockLines(ctx)
	if err != nil {
		return LinesOutput{}, err
	}
	return s.linesOutput(lines), nil
}

// Tasks lists what approvals asked to do.
func (a *API) Tasks() (TasksOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return TasksOutput{}, err
	}
	tasks, err := s.Tasks(ctx)
	out := TasksOutput{Tasks: []TaskOutput{}}
	for _, t := range tasks {
		out.Tasks = append(out.Tasks, taskOutput(t))
	}
	return out, err
}

// CheckTask ticks or unticks a step of a task.
func (a *API) CheckTask(in CheckTaskInput) (TaskOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return TaskOutput{}, err
	}
	t, err := s.CheckTask(ctx, in.ID, in.Step, in.Done)
	if err != nil {
		return TaskOutput{}, err
	}
	return taskOutput(t), nil
}

// Stats says what became of what each policy proposed, and what is dismissed again and again.
func (a *API) Stats(in StatsInput) (StatsOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return StatsOutput{}, err
	}
	return s.Stats(ctx, in.Days)
}

// Verify checks the audit.
func (a *API) Verify() (VerifyOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return VerifyOutput{}, err
	}
	r, err := s.Verify(ctx)
	if err != nil {
		return VerifyOutput{Faults: []string{}}, err
	}
	return r.Output(), nil
}

func (a *API) change(do func(context.Context, *Service) (Change, error)) (ChangeOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return ChangeOutput{}, err
	}
	c, err := do(ctx, s)
	if err != nil {
		return ChangeOutput{}, err
	}
	if err := s.Anchor(ctx); err != nil {
		return ChangeOutput{}, err
	}
	return s.changeOutput(ctx, c)
}

func idsOf(id string, ids []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, x := range append([]string{id}, ids...) {
		if x != "" && !seen[x] {
			seen[x] = true
			out = append(out, x)
		}
	}
	return out
}

func stampText(unix int64) string { return time.Unix(unix, 0).UTC().Format(time.RFC3339) }
