package rules_test

import (
	"slices"
	"strings"
	"testing"

	"purser/backend/core/fact"
	"purser/backend/services/rules"
)

// Whatever the vocabulary offers can be put into a condition as it is.
func TestVocabularyCompiles(t *testing.T) {
	t.Parallel()
	e := studio(t)
	for _, kind := range []fact.SubjectKind{fact.SKU, fact.Campaign, fact.SearchTerm, fact.HealthMetric, fact.Marketplace, fact.Account} {
		v, err := e.Vocabulary(t.Context(), kind)
		if err != nil || len(v.Facts) == 0 && kind != fact.Account || len(v.Subjects) != 6 || len(v.Formats) == 0 || len(v.Kinds) == 0 {
			t.Fatalf("%s: %+v %v", kind, v, err)
		}
		text := "name: p\ntitle: P\nversion: 1\nsubject: " + string(kind) + "\ncases:\n"
		for i, w := range v.Facts {
			if !w.Many && strings.HasPrefix(w.Type, "list") || w.Title == "" {
				t.Errorf("%s: %+v", kind, w)
			}
			if i < 40 {
				text += "  - {name: c" + itoa(i) + ", when: '" + w.Insert + " == " + w.Insert + "', severity: info, title: T, action: {kind: task, label: L}}\n"
			}
		}
		for _, w := range v.Functions {
			if strings.HasPrefix(w.Name, "subject.") {
				text += "  - {name: " + strings.ReplaceAll(w.Name, ".", "_") + ", when: \"" + w.Insert + " == ''\", severity: info, title: T, action: {kind: task, label: L}}\n"
			}
		}
		if d := read(t, e, text); len(d.Problems) > 0 {
			t.Errorf("%s: %+v", kind, d.Problems)
		}
	}
	if _, err := e.Vocabulary(t.Context(), "planet"); err == nil {
		t.Error("planets are no subjects")
	}
}

func TestVocabularyReaches(t *testing.T) {
	t.Parallel()
	v, err := studio(t).Vocabulary(t.Context(), fact.Campaign)
	if err != nil {
		t.Fatal(err)
	}
	find := func(name string) rules.WordOutput {
		i := slices.IndexFunc(v.Facts, func(w rules.WordOutput) bool { return w.Name == name })
		if i < 0 {
			return rules.WordOutput{}
		}
		return v.Facts[i]
	}
	if w := find("inventory.cover_days"); !w.Many || w.Insert != "lowest(inventory.cover_days)" || w.About != "sku" || w.Type != "list of number" {
		t.Errorf("a campaign sees its SKUs: %+v", w)
	}
	if w := find("accounthealth.at_risk"); w.Name == "" || w.Many {
		t.Errorf("and its marketplace: %+v", w)
	}
	if w := find("advertising.term_clicks"); w.Name != "" {
		t.Errorf("but no search terms: %+v", w)
	}
	if e := v.Effects[0]; e.Effect != "growth" || !e.Grows {
		t.Errorf("effects: %+v", e)
	}
}
