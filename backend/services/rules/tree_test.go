package rules_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"purser/backend/services/rules"
)

func parsed(tb rapid.TB, text string, clauses ...string) rules.Condition {
	tb.Helper()
	c, err := rules.ParseCondition(text, clauses)
	if err != nil || c == nil {
		tb.Fatalf("%s: %v", text, err)
	}
	return *c
}

func TestConditionsBecomeRows(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"low && ads.run":                        `all(clause low, flag ads.run)`,
		"a.b && (c.d && e.f) && g.h":            `all(flag a.b, flag c.d, flag e.f, flag g.h)`,
		"a.b && c.d || e.f":                     `any(all(flag a.b, flag c.d), flag e.f)`,
		"!(a.b < 1.0)":                          `not(a.b < 1.0)`,
		"!low":                                  `not(clause low)`,
		"!!a.b":                                 `formula !!a.b`,
		"(a.b + 1.0) >= double(c.d) * 2.0":      `a.b + 1.0 >= double(c.d) * 2.0`,
		"a.b in ['x)', \"&& (\"]":               `a.b in ['x)', "&& ("]`,
		"a.b ? c.d : e.f":                       `formula a.b ? c.d : e.f`,
		"(a.b ? c.d : e.f) && true":             `all(formula a.b ? c.d : e.f, formula true)`,
		"[1, 2].exists(x, x > 1 && x < 3)":      `formula [1, 2].exists(x, x > 1 && x < 3)`,
		"any(a.flags) && a.name == r'\\' ":      `all(formula any(a.flags), a.name == r'\')`,
		"a.b // why\n && c.d":                   "formula a.b // why\n && c.d",
		"(a.b) && (c.d)":                        `all(flag a.b, flag c.d)`,
		"a.b < 1.0 == c.d":                      `a.b < 1.0 == c.d`,
		"a.name == 'ü' && c.d && a.name != 'é'": `all(a.name == 'ü', flag c.d, a.name != 'é')`,
	} {
		if got := shown(parsed(t, text, "low")); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
		if again := parsed(t, text, "low").Text(); !rules.SameCondition(text, again) {
			t.Errorf("%s is not %s", text, again)
		}
	}
	if c, err := rules.ParseCondition(" ", nil); c != nil || err != nil {
		t.Errorf("an empty text has no tree: %v %v", c, err)
	}
	if _, err := rules.ParseCondition("a.b <", nil); err == nil {
		t.Error("half a condition has no tree")
	}
}

// shown writes a tree in short.
func shown(c rules.Condition) string {
	switch c.Kind {
	case rules.CondAll, rules.CondAny, rules.CondNot:
		var parts []string
		for _, p := range c.Parts {
			parts = append(parts, shown(p))
		}
		return c.Kind + "(" + strings.Join(parts, ", ") + ")"
	case rules.CondCompare:
		return c.Left + " " + c.Op + " " + c.Right
	}
	return c.Kind + " " + c.Left
}

// conditionTrees generates trees as ParseCondition makes them.
func conditionTrees(depth int, not string) *rapid.Generator[rules.Condition] {
	return rapid.Custom(func(t *rapid.T) rules.Condition {
		kinds := []string{rules.CondCompare, rules.CondFlag, rules.CondClause, rules.CondFormula}
		if depth > 0 {
			kinds = append(kinds, rules.CondAll, rules.CondAny, rules.CondNot)
		}
		kinds = without(kinds, not)
		c := rules.Condition{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Parts: []rules.Condition{}}
		side := rapid.SampledFrom([]string{
			"a.b", "1.5", "-a.b", "double(c.d) + threshold.x", "(a.b - 1.0) * 2.0", "'te)xt'", "a.b ? 1.0 : 2.0", "a.x && a.y", "lowest(s.cover)", "a.b < 2.0",
		})
		switch c.Kind {
		case rules.CondCompare:
			c.Op = rapid.SampledFrom([]string{"<", "<=", ">", ">=", "==", "!=", "in"}).Draw(t, "op")
			c.Left, c.Right = side.Draw(t, "left"), side.Draw(t, "right")
		case rules.CondFlag:
			c.Left = rapid.SampledFrom([]string{"a.x", "listings.suppressed", "lone"}).Draw(t, "flag")
		case rules.CondClause:
			c.Left = rapid.SampledFrom([]string{"low", "high"}).Draw(t, "clause")
		case rules.CondFormula:
			c.Left = rapid.SampledFrom([]string{"true", "a.x ? a.y : low", "any(s.flags)", "has(a.b.c)", "[1].all(x, x > 0)"}).Draw(t, "formula")
		case rules.CondNot:
			c.Parts = append(c.Parts, conditionTrees(depth-1, "").Draw(t, "part"))
		default:
			for range rapid.IntRange(2, 4).Draw(t, "parts") {
				c.Parts = append(c.Parts, conditionTrees(depth-1, c.Kind).Draw(t, "part"))
			}
		}
		return c
	})
}

func without(kinds []string, not string) []string {
	var out []string
	for _, k := range kinds {
		if k != not {
			out = append(out, k)
		}
	}
	return out
}

func TestTreesAndTextsAreTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tree := conditionTrees(3, "").Draw(t, "tree")
		text := tree.Text()
		again := parsed(t, text, "low", "high")
		if !reflect.DeepEqual(again, tree) {
			a, _ := json.Marshal(tree)
			b, _ := json.Marshal(again)
			t.Fatalf("%s\n  was %s\n  got %s", text, a, b)
		}
		if !rules.SameCondition(text, again.Text()) {
			t.Fatalf("%s became %s", text, again.Text())
		}
	})
}
