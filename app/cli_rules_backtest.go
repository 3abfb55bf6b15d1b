package app

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"purser/backend/services/rules"
)

// happened tells rules what the seller did about a subject, about all when it is "".
func (s *session) happened(ctx context.Context, subject string) ([]rules.Event, error) {
	all, err := s.decisions.Events(ctx, subject)
	if err != nil {
		return nil, err
	}
	out := make([]rules.Event, 0, len(all))
	for _, x := range all {
		out = append(out, rules.Event{Subject: x.Subject, Day: x.Day, Title: x.Title, State: x.State, Policy: x.Policy})
	}
	return out, nil
}

func (e *env) backtestCommand() *cobra.Command {
	var days int
	var asOf string
	c := &cobra.Command{
		Use:   "backtest POLICY",
		Short: "Show what a policy would have said on past days, on what was known on each",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return misuse("backtest needs the name of one policy")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			return e.with(c.Context(), false, func(s *session) error { return e.backtest(c.Context(), s, args[0], days, asOf) })
		},
	}
	c.Flags().IntVar(&days, "days", 90, "how many days, up to 365")
	c.Flags().StringVar(&asOf, "as-of", "", "last day, YYYY-MM-DD (default: today)")
	return c
}

func (e *env) backtest(ctx context.Context, s *session, policy string, days int, asOf string) error {
	day, err := s.dayFlag(asOf)
	if err != nil {
		return err
	}
	if days < 1 || days > 365 {
		return misuse("--days is between 1 and 365")
	}
	out, err := s.rules.Backtest(ctx, rules.BacktestInput{Policy: policy, Days: days}, day, nil)
	if err != nil {
		return err
	}
	if e.json {
		return e.answer(out)
	}
	e.printBacktest(out)
	return nil
}

func (e *env) printBacktest(out rules.BacktestOutput) {
	s := out.Summary
	e.print("%s to %s · %d days%s", out.From, out.To, out.Days, backtestNote(out))
	e.print("fired %d times on %d subjects, %.1f a week, about %.0f seconds of your time a week", s.Episodes, s.Subjects, s.PerWeek, s.SecondsPerWeek)
	e.print("ended by itself %d · still running %d · you acted %d · you dismissed %d · held back by guards %d · median %.0f days",
		s.Cleared, s.Running, s.Acted, s.Dismissed, s.Held, s.MedianDays)
	if len(s.PointedAt) > 0 {
		e.print("pointed at %s", strings.Join(s.PointedAt, " and "))
	}
	for _, o := range out.Overlaps {
		e.print("on %.0f %% of its days %s fired too", o.Share*100, o.Title)
	}
	for _, x := range out.Episodes {
		until := x.To
		if x.Running {
			until = "…"
		}
		line := fmt.Sprintf("%s – %-10s  %s  (%s)", x.From, until, x.Title, x.Subject)
		for _, more := range []string{x.AtStake, x.Did} {
			if more != "" {
				line += " · " + more
			}
		}
		if x.Unsettled {
			line += " · not settled"
		}
		e.print("%s", line)
	}
	if n := s.Episodes - len(out.Episodes); n > 0 {
		e.print("and %d before", n)
	}
}

func backtestNote(out rules.BacktestOutput) string {
	note := ""
	if out.Skipped > 0 {
		note += fmt.Sprintf(", %d before the first data", out.Skipped)
	}
	if out.Unsettled > 0 {
		note += fmt.Sprintf(", the last %d not settled", out.Unsettled)
	}
	return note
}
