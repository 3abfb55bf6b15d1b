package rules_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/services/rules"
)

func TestSweepDrawsACurve(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions(), belongs: belongs{}}
	for i := range 90 {
		f.set("inventory.cover_days", fmt.Sprintf("DE/S%02d", i), fact.Value{Num: float64(i)})
	}
	draft := strings.Replace(strings.Replace(stockDraft, "scope: inventory.on_hand >= 0\n", "", 1), " && !listings.suppressed", "", 1)
	e := engine(t, f, map[string]string{})
	out, err := e.Sweep(t.Context(), rules.SweepInput{YAML: draft, Threshold: "days"}, asOf)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(out.Points); n < 15 || n > 25 || out.Points[0].Value != 0 || out.Points[n-1].Value != 90 || out.Unit != "days" {
		t.Errorf("from least to most: %+v", out)
	}
	now := 0
	for i, p := range out.Points {
		if p.Matches != int(p.Value) {
			t.Errorf("below %v lie %d", p.Value, p.Matches)
		}
		if i > 0 && p.Value <= out.Points[i-1].Value {
			t.Errorf("%v is out of order", p.Value)
		}
		if p.Now {
			now++
			if p.Value != 35 || p.Text != "35 days" || p.PerWeek != 0 {
				t.Errorf("now: %+v", p)
			}
			if left, right := p.Value-out.Points[i-1].Value, out.Points[i+1].Value-p.Value; left > 2 || right > 2 {
				t.Errorf("around the present figure the curve is closer: %v and %v", left, right)
			}
		}
	}
	if now != 1 {
		t.Errorf("%d points are the present figure", now)
	}
	ratio := strings.Replace(draft, "value: 35, unit: days, meaning: m, min: 0, max: 90", "value: 0.3, unit: ratio, meaning: m, min: -1.5, max: 1", 1)
	if out, err = e.Sweep(t.Context(), rules.SweepInput{YAML: ratio, Threshold: "days"}, asOf); err != nil || len(out.Points) < 20 {
		t.Fatalf("%+v %v", out, err)
	}
	for _, p := range out.Points {
		if s := strconv.FormatFloat(p.Value, 'f', -1, 64); len(s) > len("-0.123") {
			t.Errorf("nobody would choose %s", s)
		}
	}
	for _, in := range []rules.SweepInput{{YAML: draft, Threshold: "none"}, {YAML: "name: p", Threshold: "days"}, {YAML: draft, Threshold: "days", Days: 9999}} {
		if _, err := e.Sweep(t.Context(), in, asOf); err == nil {
			t.Errorf("%+v must be refused", in)
		}
	}
}

func TestSweepOverDays(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions(), belongs: belongs{}}
	set := func(name string, cover float64, day core.Day) {
		if day == asOf {
			f.set("inventory.cover_days", name, fact.Value{Num: cover})
			return
		}
		f.on(day, "inventory.cover_days", name, fact.Value{Num: cover, AsOf: day})
	}
	for back := range core.Day(14) { // A falls from 33 to 20; B is low every other day
		set("DE/A", float64(20+back), asOf-back)
		set("DE/B", 10+50*float64(back%2), asOf-back)
	}
	draft := strings.Replace(strings.Replace(stockDraft, "scope: inventory.on_hand >= 0\n", "", 1), " && !listings.suppressed", "", 1)
	e := engine(t, f, map[string]string{})
	out, err := e.Sweep(t.Context(), rules.SweepInput{YAML: draft, Threshold: "days", Days: 14}, asOf)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range out.Points {
		want := 0.0
		switch {
		case p.Value > 60:
			want = 2 // both all along
		case p.Value > 20:
			want = 8 // A once, B seven times
		case p.Value > 10:
			want = 7
		}
		if p.PerWeek != want/2 {
			t.Errorf("below %v: %v a week, want %v", p.Value, p.PerWeek, want/2)
		}
	}
}
