package decisions

import (
	"context"
	"errors"
	"fmt"

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
// outside their band, or against a limit, waits for a person like anything else. One that fails keeps none of the others
// from being done; the error names each.
func (s *Service) Automate(ctx context.Context, a Automation) (int, error) {
	rows, err := s.awakeRows(ctx)
	if err != nil {
		return 0, err
	}
	n := 0
	var failed []error
	for _, r := range rows {
		if ctx.Err() != nil { // it was called off
			failed = append(failed, ctx.Err())
			break
		}
		if r.State != decision.Proposed || r.held() {
			continue
		}
		done, err := s.automateOne(ctx, a, r)
		if done {
			n++
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("%q: %w", r.Proposal.Title, err))
		}
	}
	return n, errors.Join(failed...)
}

func (s *Service) automateOne(ctx context.Context, a Automation, r row) (bool, error) {
	alone, err := a.Alone(ctx, r.Proposal.Policy)
	if err != nil || !alone {
		return false, err
	}
	p, why, err := s.asks(ctx, a, r)
	if err != nil || why != "" || len(p.drafts) == 0 {
		return false, err
	}
	_, err = s.carry(ctx, p, []string{r.ID}, Purser, verbApprove, func(*row, action.Draft) string { return "done without asking, within its band" })
	var e *core.Error
	if errors.As(err, &e) && e.Code == core.CodeConflict {
		return false, nil // it changed in between, or was refused: a person is asked
	}
	return err == nil, err
}

// asks is what would be done about a decision, and why that is not done without asking; "" if it is.
func (s *Service) asks(ctx context.Context, a Automation, r row) (plan, string, error) {
	p, err := s.plan(ctx, []string{r.ID}, func(*action.Wish) {}, decision.Proposed)
	if err != nil || len(p.drafts) == 0 {
		return p, "", err
	}
	if d := p.drafts[0]; unprepared(d) {
		return p, d.Against[0], nil // no band says why
	}
	why, err := a.May(ctx, r.Proposal.Policy, p.drafts[0])
	return p, why, err
}

// Asks says why a decision waits for a person although its policy acts by itself. It is "" where the policy does not,
// where nothing is to be decided any more, and where it would be done.
func (s *Service) Asks(ctx context.Context, a Automation, id string) (string, error) {
	r, err := s.one(ctx, s.o.DB.Reader(), id)
	if err != nil || r.State != decision.Proposed || r.held() {
		return "", err
	}
	alone, err := a.Alone(ctx, r.Proposal.Policy)
	if err != nil || !alone {
		return "", err
	}
	_, why, err := s.asks(ctx, a, r)
	return why, err
}

// ProposedFor lists the subjects that a policy ever proposed something for, sorted.
func (s *Service) ProposedFor(ctx context.Context, policy string) (out []string, err error) {
	rows, err := s.o.DB.Reader().QueryContext(ctx, s.q["ProposedFor"], policy)
	if err != nil {
		return nil, fmt.Errorf("read what %s proposed: %w", policy, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var subject string
		if err := rows.Scan(&subject); err != nil {
			return nil, fmt.Errorf("read what %s proposed: %w", policy, err)
		}
		out = append(out, subject)
	}
	return out, rows.Err()
}
