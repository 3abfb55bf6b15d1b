package modulehost_test

import (
	"context"
	"testing"

	"purser/backend/core/fact"
	"purser/backend/core/module"
)

// What speaks of a later day was not known on the day asked about, however useful it looks.
func TestFactsOfLaterDaysAreWithheld(t *testing.T) {
	t.Parallel()
	const asOf = 100
	m := &fake{name: "aa", facts: func(context.Context, module.Host) ([]fact.Column, error) {
		return []fact.Column{{Name: "aa.n", Values: map[string]fact.Value{
			"US/past":  {Num: 1, AsOf: asOf - 3, Maturity: fact.Estimated},
			"US/today": {Num: 2, AsOf: asOf, Maturity: fact.Fresh},
			"JP/ahead": {Num: 3, AsOf: asOf + 1, Maturity: fact.Fresh}, // its day began before the account's
			"US/later": {Num: 4, AsOf: asOf + 40, Maturity: fact.Estimated, Source: "x"},
		}}}, nil
	}}
	h, _ := start(t, m)
	cols, err := h.Columns(t.Context(), fact.Query{AsOf: asOf})
	if err != nil || len(cols) != 1 {
		t.Fatal(cols, err)
	}
	for subject, want := range map[string]float64{"US/past": 1, "US/today": 2, "JP/ahead": 3} {
		if v := cols[0].Values[subject]; !v.Known() || v.Num != want {
			t.Errorf("%s: got %+v", subject, v)
		}
	}
	if v := cols[0].Values["US/later"]; v.Known() || v.Num != 0 || v.Source != "x" || v.Note != "first known on 1970-05-21" {
		t.Errorf("the later value: got %+v", v)
	}
}
