package decisions

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"sort"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/decision"
	"purser/backend/core/fact"
)

const (
	maxRows       = 15
	foldFrom      = 4  // decisions of one case that become one row
	secondsPerRow = 12 // median time a person needs for one
	daysOfOnce    = 30 // an amount lost once counts as a thirtieth a day in the order
	maxDone       = 200
)

// OrderFormula says how the inbox is ordered.
func OrderFormula() string {
	return "Severity (critical, warning, info), then the nearest due day, then the most money a day " +
		"(an amount lost once counts as a thirtieth; amounts of different currencies are compared by their figures)."
}

// order is what rows are sorted by.
type order struct {
	severity int
	due      core.Day // the last day there is for none
	money    float64  // a day, major units
	id       string
}

func (a order) before(b order) bool {
	switch {
	case a.severity != b.severity:
		return a.severity < b.severity
	case a.due != b.due:
		return a.due < b.due
	case a.money != b.money:
		return a.money > b.money
	}
	return a.id < b.id
}

func orderOf(r row) order {
	p := r.Proposal
	o := order{id: r.ID, due: p.Due, severity: severityRank(p.Severity)}
	if o.due == 0 {
		o.due = math.MaxInt32
	}
	if p.AtStake.Currency != "" {
		o.money = p.AtStake.Major()
		if p.AtStakePer == "once" {
			o.money /= daysOfOnce
		}
	}
	return o
}

// severityRank is smaller the worse it is.
func severityRank(s decision.Severity) int {
	switch s {
	case decision.Critical:
		return 0
	case decision.Warning:
		return 1
	case decision.Info:
	}
	return 2
}

// Inbox gives one tab in the order in which to deal with it. Snoozes whose day has come end first.
func (s *Service) Inbox(ctx context.Context, in InboxInput) (InboxOutput, error) {
	if in.Tab == "" {
		in.Tab = TabNeeds
	}
	rows, err := s.awakeRows(ctx)
	if err != nil {
		return InboxOutput{}, err
	}
	open, err := s.openTasks(ctx)
	if err != nil {
		return InboxOutput{}, err
	}
	rows = inMarketplace(rows, in.Marketplace)
	out := InboxOutput{Tab: in.Tab, Tabs: s.tabs(rows, open), OrderFormula: OrderFormula(), AlsoNoticed: []ItemOutput{}, Items: []ItemOutput{}}
	if err := s.stamp(ctx, &out); err != nil {
		return InboxOutput{}, err
	}
	var chosen []row
	for _, r := range rows {
		if s.inTab(r, in.Tab, open) {
			chosen = append(chosen, r)
		}
	}
	if in.Tab == TabDone {
		out.Items = s.done(chosen)
		return out, nil
	}
	items := s.folded(chosen)
	cut := min(len(items), maxRows)
	out.Items, out.AlsoNoticed = items[:cut:cut], append(out.AlsoNoticed, items[cut:]...)
	out.SecondsToClear = secondsPerRow * len(out.Items)
	return out, nil
}

// awakeRows reads all decisions after ending snoozes that are over.
func (s *Service) awakeRows(ctx context.Context) ([]row, error) {
	rows, err := s.all(ctx, s.o.DB.Reader())
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		if r.State == decision.Snoozed && r.SnoozeUntil != 0 && s.today() >= r.SnoozeUntil {
			err := s.o.DB.Write(ctx, func(tx *sql.Tx) error { _, err := s.wake(ctx, tx); return err })
			if err != nil {
				return nil, fmt.Errorf("end snoozes: %w", err)
			}
			return s.all(ctx, s.o.DB.Reader())
		}
	}
	return rows, nil
}

func (s *Service) openTasks(ctx context.Context) (map[string]bool, error) {
	tasks, err := s.Tasks(ctx)
	if err != nil {
		return nil, err
	}
	open := map[string]bool{}
	for _, t := range tasks {
		open[t.Decision] = !t.Done
	}
	return open, nil
}

func inMarketplace(rows []row, code string) []row {
	if code == "" {
		return rows
	}
	var out []row
	for _, r := range rows {
		if m, _ := cut(r.Proposal.Subject); m == code {
			out = append(out, r)
		}
	}
	return out
}

func (s *Service) inTab(r row, tab string, openTask map[string]bool) bool {
	if r.State == decision.Proposed && s.o.Observed(r.Proposal.Policy) {
		return tab == TabObserved
	}
	waiting := r.State == decision.Snoozed || (r.State == decision.Approved && openTask[r.ID])
	switch tab {
	case TabNeeds:
		return r.State == decision.Proposed && !r.held()
	case TabHeld:
		return r.State == decision.Proposed && r.held()
	case TabRegressed:
		return r.State == decision.Proposed && r.Regressed && !r.held()
	case TabWaiting:
		return waiting
	case TabDone:
		return r.State != decision.Proposed && !waiting
	}
	return false
}

func (s *Service) tabs(rows []row, open map[string]bool) []TabOutput {
	out := []TabOutput{{Name: TabNeeds}, {Name: TabWaiting}, {Name: TabHeld}, {Name: TabRegressed}, {Name: TabObserved}, {Name: TabDone}}
	for _, r := range rows {
		for i := range out {
			if s.inTab(r, out[i].Name, open) {
				out[i].Count++
			}
		}
	}
	return out
}

func (s *Service) stamp(ctx context.Context, out *InboxOutput) error {
	var asOf, at int64
	err := s.o.DB.Reader().QueryRowContext(ctx, s.q["GetApplied"]).Scan(&asOf, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the last evaluation: %w", err)
	}
	out.AsOf, out.AppliedAt = core.Day(asOf).String(), time.Unix(at, 0).UTC().Format(time.RFC3339)
	return nil
}

// done lists what has been dealt with, newest first.
func (s *Service) done(rows []row) []ItemOutput {
	sort.Slice(rows, func(i, j int) bool {
		if rows[i].StateAt != rows[j].StateAt {
			return rows[i].StateAt > rows[j].StateAt
		}
		return rows[i].ID < rows[j].ID
	})
	out := []ItemOutput{}
	for _, r := range rows[:min(len(rows), maxDone)] {
		out = append(out, s.item(r))
	}
	return out
}

// folded sorts rows and folds four or more of the same case, severity and marketplace into one.
func (s *Service) folded(rows []row) []ItemOutput {
	groups := map[string][]row{}
	for _, r := range rows {
		groups[foldKey(r)] = append(groups[foldKey(r)], r)
	}
	items := []ItemOutput{}
	for key, g := range groups {
		if len(g) >= foldFrom && foldable(g[0].Proposal.SubjectKind) {
			items = append(items, s.fold(key, g))
			continue
		}
		for _, r := range g {
			items = append(items, s.item(r))
		}
	}
	sort.Slice(items, func(i, j int) bool { return items[i].order.before(items[j].order) })
	return items
}

func foldKey(r row) string {
	m, _ := cut(r.Proposal.Subject)
	return strings.Join([]string{r.Proposal.Policy, r.Proposal.Case, string(r.Proposal.Severity), m, string(r.State)}, ":")
}

func foldable(k fact.SubjectKind) bool {
	return k == fact.SKU || k == fact.SearchTerm || k == fact.Campaign
}

// fold makes one row of several decisions: the nearest due day and the sum at stake.
func (s *Service) fold(key string, rows []row) ItemOutput {
	sort.Slice(rows, func(i, j int) bool { return orderOf(rows[i]).before(orderOf(rows[j])) })
	out := s.item(rows[0])
	out.ID, out.IDs, out.Members = "fold-"+ID(key), nil, nil
	out.Subject, out.Label, out.Due, out.DueText = "", "", "", ""
	out.Unknown, out.Do, out.IfYouWait, out.StateText = []string{}, "", "", ""
	total, first := core.Money{}, rows[0].Proposal
	known, labels := true, []string{}
	for _, r := range rows {
		m := s.item(r)
		out.Members, out.IDs = append(out.Members, m), append(out.IDs, r.ID)
		labels = append(labels, m.Label)
		out.Maturity = string(fact.Worst(fact.Maturity(out.Maturity), r.Proposal.Maturity))
		out.AgeDays = max(out.AgeDays, m.AgeDays)
		out.Regressed = out.Regressed || r.Regressed
		var err error
		if total, err = total.Add(r.Proposal.AtStake); err != nil || r.Proposal.AtStake.Currency == "" || r.Proposal.AtStakePer != first.AtStakePer {
			known = false
		}
		if m.AsOf < out.AsOf {
			out.AsOf = m.AsOf
		}
		if out.Due == "" {
			out.Due, out.DueText, out.DueDays = m.Due, m.DueText, m.DueDays
		}
	}
	out.stake(core.Money{}, "")
	out.order.money = 0
	if known {
		out.stake(total, first.AtStakePer)
		for _, r := range rows {
			out.order.money += orderOf(r).money
		}
	}
	out.order.id = out.ID
	out.Title = s.foldTitle(rows)
	out.Sentence = foldSentence(labels)
	out.Action.Label = fmt.Sprintf("Review %d", len(rows))
	out.Action.Units, out.Action.Proposed = 0, 0
	return out
}

func (s *Service) foldTitle(rows []row) string {
	p := rows[0].Proposal
	if t := s.o.GroupTitle(p.Policy, p.Case); t != "" {
		return fmt.Sprintf("%d %s", len(rows), t)
	}
	noun := map[fact.SubjectKind]string{fact.SKU: "SKUs", fact.SearchTerm: "search terms", fact.Campaign: "campaigns"}[p.SubjectKind]
	return fmt.Sprintf("%d %s: %s", len(rows), noun, s.o.PolicyTitle(p.Policy))
}

func foldSentence(labels []string) string {
	if len(labels) <= foldFrom {
		return strings.Join(labels, ", ") + "."
	}
	return fmt.Sprintf("%s and %d more.", strings.Join(labels[:3], ", "), len(labels)-3)
}
