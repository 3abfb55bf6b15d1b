package decisions_test

import (
	"fmt"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/decision"
	"purser/backend/core/fact"
	"purser/backend/services/decisions"
)

func TestInboxOrder(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	make := func(name string, sev decision.Severity, due core.Day, minor int64, per string) decision.Proposal {
		p := restock(name, 10)
		p.Policy, p.Severity, p.Due = "p-"+name, sev, due
		p.AtStake, p.AtStakePer = core.Money{Minor: minor, Currency: "EUR"}, per
		return p
	}
	soon, later := core.Date(2026, 11, 26), core.Date(2026, 12, 20)
	apply(t, s, always,
		make("info", decision.Info, soon, 999999, "day"),
		make("later", decision.Warning, later, 900, "day"),
		make("critical", decision.Critical, 0, 1, "day"),
		make("rich", decision.Warning, soon, 5000, "day"),
		make("poor", decision.Warning, soon, 4000, "day"),
		make("once", decision.Warning, soon, 140000, "once"), // 46.67 a day
		make("none", decision.Warning, 0, 800, "day"),
	)
	in, err := s.Inbox(t.Context(), decisions.InboxInput{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range in.Items {
		got = append(got, i.Label)
	}
	if want := "critical rich once poor later none info"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if in.SecondsToClear != 7*12 || in.OrderFormula == "" || in.AsOf != "2026-11-24" {
		t.Errorf("%d s, %q, as of %s", in.SecondsToClear, in.OrderFormula, in.AsOf)
	}
	if i := in.Items[1]; i.DueText != "due tomorrow" || i.DueDays != 1 || i.AtStake.Text != "€50.00" || i.AtStakePer != "day" {
		t.Errorf("row: %q %d %q", i.DueText, i.DueDays, i.AtStake.Text)
	}
}

func TestInboxFoldsFourAndMore(t *testing.T) {
	t.Parallel()
	for _, n := range []int{3, 4, 12} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			s, _, _ := fresh(t)
			var ps []decision.Proposal
			for i := range n {
				p := restock(fmt.Sprintf("SKU-%02d", i), 10)
				p.Due = core.Date(2026, 12, 1) + core.Day(i)
				ps = append(ps, p)
			}
			urgent := restock("SKU-99", 10)
			urgent.Severity = decision.Critical
			apply(t, s, always, append(ps, urgent)...)
			in, err := s.Inbox(t.Context(), decisions.InboxInput{Tab: decisions.TabNeeds, Marketplace: "DE"})
			if err != nil {
				t.Fatal(err)
			}
			if in.Items[0].Label != "SKU-99" || len(in.Items[0].Members) != 0 {
				t.Errorf("a critical one stands alone and first: %+v", in.Items[0])
			}
			if n < 4 {
				if len(in.Items) != 1+n {
					t.Errorf("%d rows, three are not folded", len(in.Items))
				}
				return
			}
			f := in.Items[1]
			if len(in.Items) != 2 || len(f.Members) != n || len(f.IDs) != n || f.Due != "2026-12-01" {
				t.Fatalf("folded: %d rows, %d members, due %s", len(in.Items), len(f.Members), f.Due)
			}
			if f.AtStake.Minor != int64(n)*41200 || f.Title != fmt.Sprintf("%d SKUs: Policy default", n) {
				t.Errorf("folded: %+v %q", f.AtStake, f.Title)
			}
			c, err := api(t, s).Approve(decisions.ApproveInput{IDs: f.IDs})
			if err != nil || len(c.Lines) != n || c.Title != fmt.Sprintf("Approved: %d decisions", n) {
				t.Fatalf("approve the row: %+v %v", c, err)
			}
			if _, err := s.Undo(t.Context()); err != nil {
				t.Fatal(err)
			}
			if lines, _ := s.RestockLines(t.Context()); len(lines) != 0 {
				t.Error("one undo takes back the whole row")
			}
			sound(t, s)
		})
	}
}

func TestFoldOfTwoCurrenciesHasNoSum(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	var ps []decision.Proposal
	for i := range 4 {
		p := restock(fmt.Sprintf("SKU-%d", i), 10)
		if i == 3 {
			p.AtStake.Currency = "USD"
		}
		ps = append(ps, p)
	}
	apply(t, s, always, ps...)
	in, err := s.Inbox(t.Context(), decisions.InboxInput{})
	if err != nil || len(in.Items) != 1 || in.Items[0].AtStake != nil {
		t.Errorf("euros and dollars are not added: %+v %v", in.Items, err)
	}
}

func TestInboxStopsAtFifteen(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	var ps []decision.Proposal
	for i := range 20 {
		p := restock("SKU", 10)
		p.Policy = fmt.Sprintf("policy-%02d", i)
		ps = append(ps, p)
	}
	other := restock("US-SKU", 1)
	other.Subject, other.SubjectKind = "US", fact.Marketplace
	apply(t, s, always, append(ps, other)...)
	in, err := s.Inbox(t.Context(), decisions.InboxInput{Marketplace: "DE"})
	if err != nil || len(in.Items) != 15 || len(in.AlsoNoticed) != 5 || in.SecondsToClear != 180 {
		t.Errorf("%d rows, %d also noticed, %d s: %v", len(in.Items), len(in.AlsoNoticed), in.SecondsToClear, err)
	}
	if in.Tabs[0].Count != 20 {
		t.Errorf("the tab counts decisions of the marketplace: %+v", in.Tabs)
	}
	us, err := s.Inbox(t.Context(), decisions.InboxInput{Marketplace: "US"})
	if err != nil || len(us.Items) != 1 || us.Items[0].Label != "US" {
		t.Errorf("US: %+v %v", us.Items, err)
	}
}

func TestInboxTabs(t *testing.T) {
	t.Parallel()
	s, _, clk := fresh(t)
	a, b, c, d := restock("A", 1), restock("B", 1), restock("C", 1), restock("D", 1)
	apply(t, s, always, a, b, c, d)
	must := func(_ decisions.Change, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.Snooze(t.Context(), []string{decisions.ID(b.ID())}, decisions.SnoozeWorse, 0))
	must(s.Reject(t.Context(), []string{decisions.ID(c.ID())}, decisions.ReasonTooLate, "sold elsewhere"))
	must(s.Approve(t.Context(), decisions.Agreement{IDs: []string{decisions.ID(d.ID())}}))
	apply(t, s, always, a, b, c) // D clears
	clk.days(2)
	apply(t, s, always, a, b, c, d) // and is back
	in, err := s.Inbox(t.Context(), decisions.InboxInput{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{decisions.TabNeeds: 2, decisions.TabWaiting: 1, decisions.TabRegressed: 1, decisions.TabDone: 1}
	for _, tab := range in.Tabs {
		if tab.Count != want[tab.Name] {
			t.Errorf("%s: %d, want %d", tab.Name, tab.Count, want[tab.Name])
		}
	}
	for _, i := range in.Items {
		age := map[string]int{"A": 2, "D": 0}[i.Label]
		if i.AgeDays != age {
			t.Errorf("%s is %d days old, want %d", i.Label, i.AgeDays, age)
		}
	}
	done, err := s.Inbox(t.Context(), decisions.InboxInput{Tab: decisions.TabDone})
	if err != nil || len(done.Items) != 1 || done.Items[0].StateText != "dismissed: too late" {
		t.Errorf("done: %+v %v", done.Items, err)
	}
}
