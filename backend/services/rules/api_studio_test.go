package rules_test

import (
	"testing"

	"purser/backend/core/fact"
	"purser/backend/services/rules"
)

func TestStudioThroughTheAPI(t *testing.T) {
	t.Parallel()
	text := small("low", "", "inventory.cover_days < 30.0")
	k := account(t, map[string]string{"low.yaml": text})
	k.f.set("inventory.cover_days", "DE/B", fact.Value{Num: 6})
	if _, err := k.AddException(rules.ExceptionInput{Policy: "low", Subject: "DE/A", Reason: "it ends"}); err != nil {
		t.Fatal(err)
	}
	d, err := k.Read(rules.DraftInput{YAML: text})
	if err != nil || d.Policy == nil || len(d.Problems) > 0 {
		t.Fatalf("%+v %v", d, err)
	}
	d.Policy.Title = "Other"
	if d, err = k.Write(rules.DraftInput{YAML: text, Policy: d.Policy}); err != nil || d.Policy.Title != "Other" {
		t.Fatalf("%+v %v", d, err)
	}
	out, err := k.Preview(rules.PreviewInput{YAML: d.YAML})
	if err != nil || out.Matched != 1 || out.Excepted != 1 || out.Subjects != 2 || !out.Matches[0].Existing || out.AsOf != asOf.String() {
		t.Errorf("%+v %v", out, err)
	}
	if out.Live == nil || out.Live.Subject != "DE/B" {
		t.Errorf("live: %+v", out.Live)
	}
	if x, err := k.Preview(rules.PreviewInput{YAML: d.YAML, Subject: "A"}); err != nil || x.Live.Outcome != "excepted" || x.Live.Cases[0].Note != "you took A out: it ends" {
		t.Errorf("%+v %v", x.Live, err)
	}
	if x, err := k.Preview(rules.PreviewInput{YAML: "name: half"}); err != nil || len(x.Draft.Problems) == 0 || x.Matches == nil || x.Misses == nil {
		t.Errorf("a draft with problems is only read: %+v %v", x, err)
	}
	if _, err := k.Preview(rules.PreviewInput{YAML: d.YAML, AsOf: "soon"}); err == nil {
		t.Error("soon is no day")
	}
	if _, err := k.Sweep(rules.SweepInput{YAML: d.YAML, Threshold: "none"}); err == nil {
		t.Error("it has no thresholds")
	}
	v, err := k.Vocabulary(rules.VocabularyInput{})
	if err != nil || v.Subject != "sku" || len(v.Policies) != 1 || v.Policies[0].Cases[0] != "first" {
		t.Errorf("%+v %v", v.Policies, err)
	}
}

func TestStudioBeforeAttach(t *testing.T) {
	t.Parallel()
	a := &rules.API{}
	_, one := a.Read(rules.DraftInput{})
	_, two := a.Write(rules.DraftInput{})
	_, three := a.Preview(rules.PreviewInput{})
	_, four := a.Vocabulary(rules.VocabularyInput{})
	_, five := a.Sweep(rules.SweepInput{})
	for i, err := range []error{one, two, three, four, five} {
		if err == nil {
			t.Errorf("method %d answers without an engine", i)
		}
	}
}
