package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"purser/app"
	"purser/backend/core"
	"purser/backend/services/actions"
	"purser/backend/sources/simulator"
)

// TestAuto_whatAListMayHold: what a rule proposed for stands apart from what else there is of its kind.
func TestAuto_whatAListMayHold(t *testing.T) {
	t.Parallel()
	o := app.OpenOffice(t, t.TempDir(), auditDay)
	ids := o.Propose(t, toDo("US/B", "As it was."), toDo("US/A", "As it was."))
	got, err := o.Actions.Subjects(actions.SubjectsInput{Policy: "not_sellable"})
	if err != nil || len(got.Proposed) != 2 || got.Proposed[0].ID != "US/A" || len(got.Known) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := o.Actions.Subjects(actions.SubjectsInput{Policy: "gone"}); err != nil || len(got.Proposed)+len(got.Known) != 0 {
		t.Errorf("of no rule: %+v, %v", got, err)
	}
	if got, err := o.Actions.Asks(actions.AsksInput{Decision: ids[0]}); err != nil || got.Why != "" {
		t.Errorf("a rule that proposes says why it asks: %+v, %v", got, err)
	}
}

// TestAuto_whatThereIsOfAKind: SKUs are those of the catalogue, campaigns those that the reports tell of.
func TestAuto_whatThereIsOfAKind(t *testing.T) {
	t.Parallel()
	d := app.OpenDesk(t, t.TempDir(), time.Date(2026, 11, 25, 20, 0, 0, 0, time.UTC))
	if err := d.Load(t.Context(), simulator.Options{Seed: 11, AsOf: core.Date(2026, 11, 25), SKUs: 20, Days: 400}); err != nil {
		t.Fatal(err)
	}
	for _, policy := range []string{"not_sellable", "campaign_budget_limited", "health_metric"} {
		got := d.Subjects(t, policy)
		ids := map[string]bool{}
		for _, one := range slices.Concat(got.Proposed, got.Known) {
			if ids[one.ID] || !strings.Contains(one.ID, "/") {
				t.Errorf("%s: %q", policy, one.ID)
			}
			ids[one.ID] = true
		}
		if len(got.Known) == 0 {
			t.Errorf("%s: %d and %d", policy, len(got.Proposed), len(got.Known))
		}
	}
}
