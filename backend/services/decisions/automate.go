package decisions

import (
	"context"
	"errors"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/decision"
)

// Automation says what may be done without asking.
type Automation struct {
	// Alone says whether a policy acts by itself at all.
	Alone func(ctx context.Context, policy string) (bool, error)
	// May says why a draft of it is not done without asking; "" if it is.
	May func(ctx context.Context, policy string, d action.Draft) (string, error)
}

// Automate approves what policies may do by themselves, one decision after the other, and says how many. What is
// outside their band, or against a limit, waits for a person like anything else.
func (s *Service) Automate(ctx context.Context, a Automation) (int, error) {
	rows, err := s.awakeRows(ctx)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, r := range rows {
		if r.State != decision.Proposed || r.held() {
			continue
		}
		alone, err := a.Alone(ctx, r.Proposal.Policy)
		if err != nil {
			return n, err
		}
		if !alone {
			continue
		}
		done, err := s.automateOne(ctx, a, r)
		if err != nil {
			return n, err
		}
		if done {
			n++
		}
	}
	return n, nil
}

func (s *Service) automateOne(ctx context.Context, a Automation, r row) (bool, error) {
	p, err := s.plan(ctx, []string{r.ID}, func(*action.Wish) {}, decision.Proposed)
	if err != nil || len(p.drafts) == 0 {
		return false, err
	}
	why, err := a.May(ctx, r.Proposal.Policy, p.drafts[0])
	if err != nil || why != "" {
		return false, err
	}
	_, err = s.carry(ctx, p, []string{r.ID}, Purser, verbApprove, func(*row, action.Draft) string { return "done without asking, within its band" })
	var e *core.Error
	if errors.As(err, &e) && e.Code == core.CodeConflict {
		return false, nil // it changed in between, or was refused: a person is asked
	}
	return err == nil, err
}
