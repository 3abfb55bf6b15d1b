package audits

import (
	"context"
	"sync"

	"purser/backend/core"
)

// API is what the window, the command line and the web host call. Before Attach every method answers that audits are
// not running.
type API struct {
	mu  sync.RWMutex
	ctx context.Context //nolint:containedctx // bound methods have no context parameter
	s   *Service
}

// Attach gives the API its service; ctx ends with the session.
func Attach(ctx context.Context, a *API, s *Service) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.ctx, a.s = ctx, s
}

func (a *API) service() (context.Context, *Service, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.s == nil {
		return nil, nil, core.Unavailable("audits", "Audits are not running yet.", nil)
	}
	return a.ctx, a.s, nil
}

// Months lists the months in which something was dealt with, newest first, and how their reviews stand.
func (a *API) Months() (MonthsOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return MonthsOutput{}, err
	}
	return s.Months(ctx)
}

// Month gives the review of a month: what is looked at, why, and how far it is.
func (a *API) Month(in MonthInput) (MonthDetailOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return MonthDetailOutput{}, err
	}
	return s.Month(ctx, in.Month)
}

// Item gives one item with its inputs as they were, what running its rule again says, and the questions about it.
func (a *API) Item(in ItemInput) (ItemOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return ItemOutput{}, err
	}
	return s.Item(ctx, in.Month, in.ID)
}

// Judge gives a verdict on an item, or another one than before; both stay in the audit.
func (a *API) Judge(in JudgeInput) (JudgeOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return JudgeOutput{}, err
	}
	return s.Judge(ctx, in)
}

// Report gives what the review of a month came to.
func (a *API) Report(in MonthInput) (ReportOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return ReportOutput{}, err
	}
	return s.Report(ctx, in.Month)
}

// Checklists gives the routine audits with their last results.
func (a *API) Checklists() (ChecklistsOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return ChecklistsOutput{}, err
	}
	return s.Checklists(ctx)
}

// RunChecks runs a list, or all of them.
func (a *API) RunChecks(in RunInput) (ChecklistsOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return ChecklistsOutput{}, err
	}
	if err := s.Run(ctx, in.List); err != nil {
		return ChecklistsOutput{}, err
	}
	return s.Checklists(ctx)
}

// AnswerCheck keeps what a person found who looked by hand.
func (a *API) AnswerCheck(in AnswerCheckInput) (ChecklistsOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return ChecklistsOutput{}, err
	}
	if err := s.Answer(ctx, in); err != nil {
		return ChecklistsOutput{}, err
	}
	return s.Checklists(ctx)
}

// SetSchedule sets how often a list is due.
func (a *API) SetSchedule(in ScheduleInput) (ChecklistsOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return ChecklistsOutput{}, err
	}
	if err := s.Schedule(ctx, in.List, in.Every); err != nil {
		return ChecklistsOutput{}, err
	}
	return s.Checklists(ctx)
}

// TurnIntoTask makes a task of what a check found.
func (a *API) TurnIntoTask(in CheckInput) (FindingTaskOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return FindingTaskOutput{}, err
	}
	return s.TurnIntoTask(ctx, in.List, in.Check)
}
