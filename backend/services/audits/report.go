package audits

import (
	"context"
	"fmt"
)

// Report says what the review of a month came to.
func (s *Service) Report(ctx context.Context, name string) (ReportOutput, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, err := s.load(ctx)
	if err != nil {
		return ReportOutput{}, err
	}
	all := b.reviews()
	m, err := b.find(all, name)
	if err != nil {
		return ReportOutput{}, err
	}
	out := ReportOutput{MonthOutput: m.output(), Lots: s.lots(b, all, m), Found: []ItemRowOutput{}, Effects: []string{}}
	out.Sentence = fmt.Sprintf("Looked at %d of %d decided. %d wrong, %d critical.", out.Looked, out.Decided, out.Wrong, out.Critical)
	if out.Decided == 0 {
		out.Sentence = "Nothing was decided in " + out.Title + "."
	}
	for n, i := range m.items() {
		if i.review == nil {
			continue
		}
		switch i.review.rerun {
		case rerunSame:
			out.Rerun.Same++
		case rerunDifferent:
			out.Rerun.Different++
		default:
			out.Rerun.Cannot++
		}
		if i.review.bad() {
			out.Found = append(out.Found, s.row(b, i, n+1))
		}
	}
	out.LookAgain = s.lookedAgain(b, all, func(r review) bool { return r.month == m.name })
	type effect struct {
		action, at int64
		text       string
	}
	effects, err := collect(ctx, s, "Effects", func(sc scanner) (effect, error) {
		var e effect
		return e, sc.Scan(&e.action, &e.at, &e.text)
	}, m.name)
	for _, e := range effects {
		out.Effects = append(out.Effects, review{at: e.at}.on(s.o.Zone)+": "+e.text)
	}
	return out, err
}
