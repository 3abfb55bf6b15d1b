package audits

import (
	"context"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
)

type trails struct{ all []action.Trail }

func (s *Service) begin(ctx context.Context) (time.Time, error) {
	var at int64
	err := s.o.DB.Reader().QueryRowContext(ctx, s.q["Begin"], s.now().Unix()).Scan(&at)
	return time.Unix(at, 0), err
}

func interim() error { return core.Unavailable("audits", "This audit cannot be answered yet.", nil) }

func (s *Service) Months(context.Context) (MonthsOutput, error) { return MonthsOutput{}, interim() }
func (s *Service) Month(context.Context, string) (MonthDetailOutput, error) {
	return MonthDetailOutput{}, interim()
}
func (s *Service) Item(context.Context, string, int64) (ItemOutput, error) {
	return ItemOutput{}, interim()
}
func (s *Service) Judge(context.Context, JudgeInput) (JudgeOutput, error) {
	return JudgeOutput{}, interim()
}
func (s *Service) Report(context.Context, string) (ReportOutput, error) {
	return ReportOutput{}, interim()
}
func (s *Service) Checklists(context.Context) (ChecklistsOutput, error) {
	return ChecklistsOutput{}, interim()
}
func (s *Service) Run(context.Context, string) error              { return interim() }
func (s *Service) Answer(context.Context, AnswerCheckInput) error { return interim() }
func (s *Service) Schedule(context.Context, string, string) error { return interim() }
func (s *Service) TurnIntoTask(context.Context, string, string) (FindingTaskOutput, error) {
	return FindingTaskOutput{}, interim()
}
