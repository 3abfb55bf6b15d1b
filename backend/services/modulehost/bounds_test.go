package modulehost_test

import (
	"context"
	"fmt"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
)

// Facts of many days take no more room than a bound: those of other days go, the latest stay and are not asked for again.
func TestFactsOfManyDaysAreBounded(t *testing.T) {
	t.Parallel()
	values := map[string]fact.Value{}
	for i := range 300_000 {
		values[fmt.Sprintf("US/%d", i)] = fact.Value{Num: 1, Maturity: fact.Fresh}
	}
	asked := 0
	m := &fake{name: "aa", facts: func(context.Context, module.Host) ([]fact.Column, error) {
		asked++
		return []fact.Column{{Name: "aa.n", Values: values}}, nil
	}}
	h, _ := start(t, m)
	ask := func(day core.Day) {
		if cols, err := h.Columns(t.Context(), fact.Query{AsOf: day}); err != nil || len(cols) != 1 {
			t.Fatal(cols, err)
		}
	}
	for day := core.Day(100); day < 103; day++ { // three days fit
		ask(day)
		ask(100)
	}
	if asked != 3 {
		t.Errorf("asked %d times for three days that fit", asked)
	}
	ask(103)
	ask(103)
	if asked != 4 {
		t.Errorf("asked %d times: the latest day is not kept", asked)
	}
	if ask(100); asked != 5 {
		t.Errorf("asked %d times: the first day was not given up", asked)
	}
}
